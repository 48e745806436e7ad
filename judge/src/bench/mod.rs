//! Where executions are run and looked at, case by case, until one is wrong or the budget is used
//! up.

mod cores;
mod examiner;
mod runner;
mod span;

use std::ops::ControlFlow;

use engine::{Coverage, Noise, Settings, Threads, pulse};
use problems::{Problem, Solution};

pub(crate) use self::cores::staff;
use self::{
    examiner::{Examiner, Sight},
    span::Span,
};
use crate::{
    EngineKind, Evidence, Judge, Outputs, Verdict, judge::Input, judgement::Seen, number::hashed,
};

/// How often what came of executions on OS threads is taken, in executions.
const STRIDE: usize = 64;

/// What to run, and how often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work<'a> {
    pub(crate) problem: &'a Problem,
    pub(crate) solution: &'a Solution,
    pub(crate) input: &'a Input,
    pub(crate) executions: u64,
}

/// A judgement under way.
pub(crate) struct Bench<'a> {
    judge: &'a Judge,
    progress: &'a mut dyn FnMut(u64),
    done: u64,
    cases: Vec<Seen>,
    /// The first wrong execution; one that breaks only the strict reading is replaced by a worse.
    evidence: Option<Box<Evidence>>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(judge: &'a Judge, progress: &'a mut dyn FnMut(u64)) -> Self {
        Self { judge, progress, done: 0, cases: Vec::new(), evidence: None }
    }

    /// Runs all of `works` on `engine`, until nothing that is still to come could change the
    /// verdict.
    pub(crate) fn judge(&mut self, works: &[Work<'_>], engine: EngineKind) {
        match engine {
            EngineKind::Controlled => self.control(works),
            EngineKind::Threads => self.thread(works),
        }
    }

    /// The verdict, and what was seen of each case.
    pub(crate) fn finish(self) -> (Verdict, Vec<Seen>) {
        let verdict = match self.evidence {
            Some(evidence) => Verdict::Rejected(evidence),
            None if self.judge.stop.signal().is_some() => Verdict::Stopped,
            None => Verdict::Accepted,
        };
        (verdict, self.cases)
    }

    fn control(&mut self, works: &[Work<'_>]) {
        let (judge, all) = (self.judge, self.judge.cores.get());
        for cores in [all, 1] {
            (self.done, self.cases, self.evidence) = (0, Vec::new(), None);
            let mut take = |span| self.take(works, span);
            if let Ok(wrong) = cores::run(judge, works, cores, &mut take) {
                // Executions that count come first.
                let counted = self.evidence.take().filter(|e| wrong.is_none() || !e.strict_only);
                self.evidence = counted.or(wrong);
                break;
            }
        }
    }

    fn thread(&mut self, works: &[Work<'_>]) {
        for (case, work) in works.iter().enumerate() {
            if self.thread_case(works, case, work).is_break() {
                break;
            }
        }
    }

    fn thread_case(&mut self, works: &[Work<'_>], case: usize, work: &Work<'_>) -> ControlFlow<()> {
        pulse::about(case as u64 + 1);
        let noise = if self.judge.noise { Noise::On } else { Noise::Off };
        let seed = case_seed(self.judge.seed, work.problem, work.input);
        let settings = Settings { seed, noise, time_limit: self.judge.time_limit };
        let mut examiner = Examiner::new(self.judge, work);
        let mut span = Span::new(case, 0);
        let program = examiner.trial.program();
        let mut engine = Threads::new(settings);
        engine.run_batch(&program, 0..work.executions, &mut |execution, outcome| {
            examiner.examine(&mut span, execution, outcome, &Sight::Threads);
            if span.classes.len() < STRIDE && span.wrong.is_none() && !self.is_stopped() {
                return ControlFlow::Continue(());
            }
            let next = Span::new(case, execution + 1);
            self.take(works, std::mem::replace(&mut span, next))
        });
        self.take(works, span)
    }

    /// Counts the executions of `span`, which comes after all that were counted before, and keeps
    /// what is wrong with them. Breaks if nothing that is still to come could change the verdict.
    fn take(&mut self, works: &[Work<'_>], span: Span) -> ControlFlow<()> {
        if span.case == self.cases.len() {
            let case = works[span.case].input.name.clone();
            let (coverage, outputs) = (Coverage::default(), Outputs::default());
            self.cases.push(Seen { case, coverage, outputs });
        }
        let seen = &mut self.cases[span.case];
        self.done += span.classes.len() as u64;
        for class in span.classes {
            seen.coverage.see(class);
        }
        seen.outputs.extend(span.outputs);
        self.evidence = span.wrong.or(self.evidence.take()).or(span.strict);
        (self.progress)(self.done);
        if self.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn is_over(&self) -> bool {
        self.is_stopped() || self.evidence.as_ref().is_some_and(|evidence| !evidence.strict_only)
    }

    fn is_stopped(&self) -> bool {
        self.judge.stop.signal().is_some()
    }
}

/// The seed of one case: its own, so that a case judged alone is judged as among others. The same
/// for every solution, which then meet the same draws.
pub(crate) fn case_seed(seed: u64, problem: &Problem, input: &Input) -> u64 {
    seed ^ hashed(input.name.bytes().chain(problem.number.to_le_bytes()))
}
