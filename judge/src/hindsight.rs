//! What an execution under control shows when it is looked at once more.

use engine::{Controlled, analysis::Callbacks};
use problems::{Order, Trial};

use crate::Rejection;

/// The data race of the last execution, which showed the right output.
pub(crate) fn race(engine: &Controlled, trial: &Trial) -> Option<Rejection> {
    engine.race(callbacks(trial)).map(|race| Rejection::DataRace(Box::new(race)))
}

/// Whether callbacks that nothing orders are a data race.
pub(crate) fn callbacks(trial: &Trial) -> Callbacks {
    match trial.order() {
        Order::Free => Callbacks::Free,
        Order::OneByOne => Callbacks::Ordered,
    }
}

/// What the last execution is rejected for, with what can be told of its cause.
pub(crate) fn with_cause(engine: &Controlled, rejection: Rejection) -> Rejection {
    match rejection {
        Rejection::Deadlock { blocked, .. } => {
            Rejection::Deadlock { blocked, cause: engine.cause() }
        }
        other => other,
    }
}

/// What is told of an execution before anybody looks for its cause.
pub(crate) fn without_cause(rejection: Rejection) -> Rejection {
    match rejection {
        Rejection::Deadlock { blocked, .. } => Rejection::Deadlock { blocked, cause: None },
        other => other,
    }
}
