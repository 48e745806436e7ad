//! Runs one execution once more, in a worker.

use problems::{Problem, Solution};

use super::{Fate, Supervisor, SupervisorError, subject::Subject};
use crate::{
    Death, EngineKind, Input, Judge, Plan, Rejection, Replayed,
    replay::Which,
    worker::{job::Task, reply::Answer},
};

/// What came of running an execution once more.
#[derive(Debug)]
pub(crate) enum Again {
    /// It came to its end.
    Ran(Box<Replayed>),
    /// The worker died of it.
    Died(Box<Death>),
}

impl Supervisor {
    /// Runs an execution once more. What it dies of comes with its last steps.
    pub(crate) fn replay(
        &mut self,
        (problem, solution): (&Problem, &Solution),
        input: &Input,
        plan: Plan,
        which: Which,
    ) -> Result<Again, SupervisorError> {
        let Plan { seed, strategy, limits } = plan;
        let inputs = vec![input.clone()];
        let judge = Judge { seed, strategy, limits, inputs, ..Judge::default() };
        let subject = Subject::new(&judge, (problem, solution), EngineKind::Controlled);
        match self.perform(Task::Replay(subject.cell.clone(), which), &mut |_| ())? {
            Fate::Done(Answer::Replayed(replayed)) if replayed.is_coherent() => {
                Ok(Again::Ran(replayed))
            }
            Fate::Leaks(Answer::Replayed(replayed), threads) if replayed.is_coherent() => {
                let rejection = Some(Rejection::of_threads(threads));
                Ok(Again::Ran(Box::new(Replayed { rejection, output: None, ..*replayed })))
            }
            Fate::Died(inquest) | Fate::DiedLate(inquest) => {
                Ok(Again::Died(Box::new(inquest.death)))
            }
            Fate::Done(_) | Fate::Leaks(..) | Fate::Stopped(_) => {
                Err(SupervisorError::other_answer())
            }
        }
    }
}
