//! Verifies a solution in a worker.

use engine::verify::Survey;
use problems::{Problem, Solution};

use super::{
    Fate, Guard, News, Supervisor, SupervisorError,
    course::{self, End},
    inquest::Inquest,
    judging::AGAIN,
    process::Worker,
    subject::Subject,
};
use crate::{
    Bounds, Death, EngineKind, Input, Judge, Site, Verification, Word,
    worker::{
        job::{Repeat, Task},
        reply::Answer,
    },
};

/// Up to how many executions a search is made once more to see the last steps of one that was the
/// worker's death: so many are told within a second or two.
const AGAIN_MOST: u64 = 10_000;

impl Supervisor {
    /// Verifies a solution of a problem as [`Judge::verify`] does.
    pub(crate) fn verify(
        &mut self,
        judge: &Judge,
        (problem, solution): (&Problem, &Solution),
        input: &Input,
        bounds: &Bounds,
        watch: &mut dyn FnMut(&Survey),
    ) -> Result<Verification, SupervisorError> {
        let judge = Judge { inputs: vec![input.clone()], ..judge.clone() };
        let subject = Subject::new(&judge, (problem, solution), EngineKind::Controlled);
        let mut last = Survey::default();
        let mut hear = |news: News<'_>| match news {
            News::Searched(survey) => {
                watch(survey);
                last = survey.clone();
            }
            News::Found(Answer::Verified(proof)) => subject.keep_intent(proof.word.evidence()),
            News::Found(_) | News::Executed(_) => {}
        };
        let fate = self.perform(Task::Verify(subject.cell.clone(), bounds.clone()), &mut hear)?;
        let verification = match fate {
            Fate::Done(Answer::Verified(proof)) => subject.verified(*proof),
            Fate::Leaks(Answer::Verified(proof), threads) => {
                let leak = Word::Rejected(Box::new(subject.leak(threads)));
                subject.verified(*proof).map(|found| Verification { word: leak, ..found })
            }
            Fate::Died(inquest) => {
                let again = self.search_again(&subject, bounds, &inquest);
                Ok(subject.died_searching(*inquest, again, last))
            }
            Fate::DiedLate(inquest) => Ok(subject.died_searching(*inquest, None, last)),
            Fate::Stopped(_) => Ok(subject.searched(Word::Inconclusive, last)),
            Fate::Done(_) | Fate::Leaks(..) => Err(SupervisorError::other_answer()),
        };
        if verification.is_err() {
            self.worker = None;
        }
        verification
    }

    /// Searches once more, on one core, and tells the steps, until the worker dies again. What a
    /// search runs has no number by which it could be run alone.
    fn search_again(
        &self,
        subject: &Subject<'_>,
        bounds: &Bounds,
        inquest: &Inquest,
    ) -> Option<(usize, Death)> {
        if inquest.executions > AGAIN_MOST {
            return None;
        }
        let guard = Guard { stall: self.guard.stall.min(AGAIN), ..self.guard.clone() };
        let mut worker = Worker::start(&guard, Site::Model).ok()?;
        let most = AGAIN_MOST.min(bounds.max_executions.unwrap_or(AGAIN_MOST));
        let bounds = Bounds { cores: 1, max_executions: Some(most), ..bounds.clone() };
        let task = Task::Again(subject.cell.clone(), Repeat::Search(bounds));
        match course::run(&guard, &self.stop, &mut worker, task, &mut |_| ()).ok()? {
            End::Died(again) => Some((0, Death { repeats: Some(true), ..again.death })),
            End::Done { .. } | End::Stopped(_) => None,
        }
    }
}
