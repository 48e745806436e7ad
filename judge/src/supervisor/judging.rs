//! Judges a solution in a worker.

use std::time::Duration;

use problems::{Problem, Solution};

use super::{
    Fate, Guard, News, Supervisor, SupervisorError,
    course::{self, End},
    inquest::Inquest,
    process::Worker,
    subject::Subject,
};
use crate::{
    Death, EngineKind, Judge, Judgement, Site,
    worker::{
        job::{Repeat, Task},
        reply::Answer,
    },
};

/// How long an execution that is run again may wait outside of `sync`: it is known by then that
/// something is wrong, so that little patience is needed.
pub(super) const AGAIN: Duration = Duration::from_millis(250);

impl Supervisor {
    /// Judges a solution of a problem as [`Judge::judge_watched`] does.
    pub(crate) fn judge(
        &mut self,
        judge: &Judge,
        (problem, solution): (&Problem, &Solution),
        engine: EngineKind,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Judgement, SupervisorError> {
        let subject = Subject::new(judge, (problem, solution), engine);
        let mut hear = |news: News<'_>| match news {
            News::Executed(done) => progress(done),
            News::Found(Answer::Judged(report)) => {
                subject.keep_intent(report.verdict.evidence());
            }
            News::Found(_) | News::Searched(_) => {}
        };
        let fate = self.perform(Task::Judge(subject.cell.clone()), &mut hear)?;
        let judgement = match fate {
            Fate::Done(Answer::Judged(report)) => subject.judged(*report),
            Fate::Leaks(Answer::Judged(report), threads) => {
                subject.judged(*report).map(|judgement| subject.leaks(judgement, threads))
            }
            Fate::Died(inquest) => {
                let again = self.again(&subject, &inquest);
                Ok(subject.died(*inquest, again))
            }
            Fate::DiedLate(inquest) => Ok(subject.died(*inquest, None)),
            Fate::Stopped(executions) => Ok(subject.stopped(executions)),
            Fate::Done(_) | Fate::Leaks(..) => Err(SupervisorError::other_answer()),
        };
        if judgement.is_err() {
            self.worker = None;
        }
        judgement
    }

    /// Runs the executions that the inquest suspects once more under control, each alone, and tells
    /// their steps. `None` if that tells nothing.
    fn again(&self, subject: &Subject<'_>, inquest: &Inquest) -> Option<(usize, Death)> {
        if subject.engine == EngineKind::Threads {
            return None;
        }
        let guard = Guard { stall: self.guard.stall.min(AGAIN), ..self.guard.clone() };
        let mut survived = false;
        for (index, suspect) in inquest.suspects.iter().enumerate() {
            let mut worker = Worker::start(&guard, Site::Model).ok()?;
            let repeat = Repeat::Execution(suspect.execution);
            let task = Task::Again(subject.cell.only(suspect.input), repeat);
            match course::run(&guard, &self.stop, &mut worker, task, &mut |_| ()).ok()? {
                End::Died(again) => {
                    return Some((index, Death { repeats: Some(true), ..again.death }));
                }
                End::Done { answer: Answer::Survived, .. } => survived = true,
                End::Done { .. } | End::Stopped(_) => return None,
            }
        }
        survived.then(|| (0, Death { repeats: Some(false), ..inquest.death.clone() }))
    }
}
