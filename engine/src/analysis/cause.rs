//! Why nobody can move, where the evidence is there. Where it is not, a deadlock is just that.

use serde::{Deserialize, Serialize};
use sync::control::TaskId;

use super::{History, held::Held, wait_for::Waits, wake_up};
use crate::trace::{Operation, Place};

/// What a deadlock is an instance of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Each waits for what the next one holds, and the last for what the first one does. One alone
    /// waits for itself.
    Cycle(Vec<Link>),
    /// One holds a lock while it waits for something else, and all others wait for the lock.
    Holding {
        /// Who holds it, and what it waits for.
        holder: Link,
        /// Whether it is an async task, suspended at an await.
        across_await: bool,
    },
    /// A task sleeps that would go on if it were awake: the notification that was meant for it did
    /// not wake it.
    LostWakeUp {
        /// Who sleeps.
        sleeper: String,
        /// The sleeper's number.
        number: TaskId,
        /// On what: "condvar #0".
        on: String,
        /// Since where in the source.
        since: Place,
        /// What became of the notification.
        loss: Loss,
    },
}

/// A task that waits, and the lock that it holds meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Who.
    pub task: String,
    /// The task's number.
    pub number: TaskId,
    /// What it holds, if that is what the one before it waits for: "mutex #0", and where it was
    /// locked. None if its end is waited for.
    pub holds: Option<(String, Place)>,
    /// What it waits for.
    pub wait: crate::outcome::Wait,
}

/// What became of a notification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Loss {
    /// It came before the task slept, after the task had seen that it must, or while nobody did.
    TooEarly {
        /// Who notified.
        notifier: String,
        /// Where in the source.
        place: Place,
    },
    /// It woke another task, which went back to sleep.
    Elsewhere {
        /// Who notified.
        notifier: String,
        /// Where in the source.
        place: Place,
        /// Who was woken.
        woken: String,
    },
    /// There was none.
    NeverSent,
}

/// A task that has not ended when nobody can move.
#[derive(Clone, Copy)]
pub(crate) struct Stuck {
    pub(crate) task: TaskId,
    /// What it would do next.
    pub(crate) pending: Operation,
    /// What that waits for: see `Task::waits_for`.
    pub(crate) waits: Operation,
    /// Whether it went on when it was woken for no reason.
    pub(crate) goes_on: bool,
}

impl Cause {
    /// Looks for the cause of a deadlock in which `stuck` have not ended.
    pub(crate) fn find(history: History<'_>, stuck: &[Stuck]) -> Option<Self> {
        let mut held = Held::default();
        for (index, step, notes) in history.events() {
            held.step(index, step, history.kind(step.operation.resource));
            for noted in notes {
                held.note(step.task, noted);
            }
        }
        let waits = Waits::new(history, stuck, &held);
        let lost = || wake_up::condvar(history, stuck);
        // A notification that was never sent shows less: a wait without a loop always goes on.
        let never_sent = || wake_up::never_sent(history, stuck);
        let notify = || wake_up::notify(history, stuck);
        waits.cycle().or_else(lost).or_else(|| waits.holding()).or_else(notify).or_else(never_sent)
    }

    /// What it is called.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Cycle(links) if links.len() == 1 => "self-deadlock",
            Self::Cycle(links) if links.iter().all(|link| link.holds.is_some()) => {
                "lock-order cycle"
            }
            Self::Cycle(_) => "wait-for cycle",
            Self::Holding { across_await: true, .. } => "guard held across an await",
            Self::Holding { across_await: false, .. } => "lock held while waiting",
            Self::LostWakeUp { loss: Loss::NeverSent, .. } => "missing notification",
            Self::LostWakeUp { .. } => "lost wake-up",
        }
    }

    /// Whether it says of `task` what the task waits for.
    pub fn explains(&self, task: TaskId) -> bool {
        match self {
            Self::Cycle(links) => links.iter().any(|link| link.number == task),
            Self::Holding { holder, .. } => holder.number == task,
            Self::LostWakeUp { number, .. } => *number == task,
        }
    }
}
