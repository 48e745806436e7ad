//! Verifies a solution: runs every interleaving of a case, and says how far it came if it cannot.

use std::time::{Duration, Instant};

use engine::{
    Replayer, Schedule, Verifier, pulse,
    strategy::Guide,
    verify::{End, Survey},
};
use problems::{Problem, Solution, Trial};
use serde::{Deserialize, Serialize};

use crate::{
    Evidence, Input, Judge, Kept, Record, examination::Examination, failure::Finding,
    reduce::reduced,
};

/// How far to go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Only executions with so many preemptions at the most, first those with none, and so on.
    pub preemptions: Option<usize>,
    /// How many executions of a case there may be.
    pub max_executions: Option<u64>,
    /// How long a case may take.
    pub max_time: Option<Duration>,
    /// How many OS threads search.
    pub cores: usize,
}

/// What came of verifying a solution on one case.
#[derive(Clone, Debug)]
pub struct Verification {
    /// The problem's number.
    pub problem: u16,
    /// The solution's name.
    pub solution: &'static str,
    /// The case's name, or the input that the user gave.
    pub case: String,
    /// The word on it.
    pub word: Word,
    /// How much was run.
    pub survey: Survey,
    /// How long it took.
    pub elapsed: Duration,
}

/// The word on a case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Word {
    /// Every interleaving class was run, and every execution was right.
    Verified,
    /// An execution was wrong.
    Rejected(Box<Evidence>),
    /// Every execution was right, and there are others.
    Inconclusive,
}

impl Word {
    /// The verdict's name, as every report writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Rejected(evidence) => evidence.rejection.name(),
            Self::Inconclusive => "inconclusive",
        }
    }

    /// The execution that was wrong.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self {
            Self::Rejected(evidence) => Some(evidence),
            Self::Verified | Self::Inconclusive => None,
        }
    }
}

impl Judge {
    /// Runs every interleaving of `solution` on `input`, within `bounds`; `watch` is told now and
    /// then how far it is.
    ///
    /// ```
    /// use judge::{Bounds, Input, Judge, Word, find_problem};
    ///
    /// let problem = find_problem("1115").expect("1115 is one of the problems");
    /// let input = Input::from(&problem.cases[0]);
    /// for solution in problem.solutions {
    ///     let bounds = Bounds::default();
    ///     let found = Judge::default().verify(problem, solution, &input, &bounds, &|_| ());
    ///     assert_eq!(found.word, Word::Verified, "{}", solution.name);
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// If the problem forbids the input.
    pub fn verify(
        &self,
        problem: &Problem,
        solution: &Solution,
        input: &Input,
        bounds: &Bounds,
        watch: &(dyn Fn(&Survey) + Sync),
    ) -> Verification {
        let found = self.search(problem, solution, input, bounds, watch);
        self.shorten_found(problem, solution, input, found)
    }

    /// Verifies, and leaves a wrong execution as it was found.
    pub(crate) fn search(
        &self,
        problem: &Problem,
        solution: &Solution,
        input: &Input,
        bounds: &Bounds,
        watch: &(dyn Fn(&Survey) + Sync),
    ) -> Verification {
        let began = Instant::now();
        let trial = || input.trial(solution).expect("the input was read before");
        let expected = self.expected(input, &trial());
        let make = || Examination {
            trial: trial(),
            case: input.name.clone(),
            expected: expected.clone(),
            limits: self.limits,
            stop: self.stop.clone(),
            evidence: None,
        };
        let &Bounds { preemptions, max_executions, max_time, cores } = bounds;
        let limits = self.limits;
        let bounds = Verifier { preemptions, max_executions, max_time, ..Verifier::default() };
        let verifier = Verifier { limits, cores, ..bounds };
        let (survey, examiners) = verifier.explore(&make, watch);
        let found = examiners.into_iter().filter_map(|examiner| examiner.evidence);
        let first = found.min_by_key(|evidence| (evidence.strict_only, evidence.execution));
        let word = match first {
            Some(found) => Word::Rejected(Box::new(found)),
            None if survey.end == End::Exhausted => Word::Verified,
            None => Word::Inconclusive,
        };
        let (problem, solution, case) = (problem.number, solution.name, input.name.clone());
        Verification { problem, solution, case, word, survey, elapsed: began.elapsed() }
    }

    /// What `found` becomes when its wrong execution, if there is one, is followed once more and made
    /// short; a record of it is kept.
    pub(crate) fn shorten_found(
        &self,
        problem: &Problem,
        solution: &Solution,
        input: &Input,
        found: Verification,
    ) -> Verification {
        let Verification { word: Word::Rejected(wrong), .. } = found else { return found };
        let began = Instant::now();
        let trial = input.trial(solution).expect("the input was read before");
        let expected = self.expected(input, &trial);
        let mut wrong = reduced(*wrong, &trial, expected.as_deref(), self.shrink_steps);
        let record = Record::new(problem.number, solution.name, &wrong);
        wrong.kept = self.cache.as_ref().map_or(Kept::No, |cache| cache.keep(&record));
        let elapsed = found.elapsed + began.elapsed();
        Verification { word: Word::Rejected(Box::new(wrong)), elapsed, ..found }
    }

    /// What must be shown: with no accepted output, what `trial` shows when nobody is preempted.
    fn expected(&self, input: &Input, trial: &Trial) -> Option<String> {
        input.accepted.map(str::to_owned).or_else(|| self.usual(trial))
    }

    /// What `trial` shows when nobody is preempted, if it ends well.
    fn usual(&self, trial: &Trial) -> Option<String> {
        let guide = Guide::Schedule(Schedule::default());
        pulse::begin(0);
        let (run, _) = Replayer::new(self.limits).run(&trial.program(), guide);
        match Finding::of(trial, run.outcome, None) {
            Finding::Right(output) => Some(output),
            Finding::Wrong(_) => None,
        }
    }
}
