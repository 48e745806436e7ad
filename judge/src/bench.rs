//! Where executions are run and looked at, case by case, until one is wrong or the budget is used
//! up.

use std::ops::ControlFlow;

use engine::{
    Controlled, Coverage, Noise, Outcome, Program, Settings, Threads, pulse, schedule::Draws,
    trace::Trace,
};
use problems::{Extent, Problem, Trial};

use crate::{
    EngineKind, Evidence, Judge, Kept, Outputs, Plan, Rejection, Verdict, hindsight, judge::Input,
    judgement::Seen, number::hashed, reduce,
};

/// How often progress is told, in executions; a power of two.
const STRIDE: u64 = 64;

/// A judgement under way.
pub(crate) struct Bench<'a> {
    judge: &'a Judge,
    engine: EngineKind,
    progress: &'a mut dyn FnMut(u64),
    done: u64,
    cases: Vec<Seen>,
    /// The first wrong execution; one that breaks only the strict reading is replaced by a worse.
    evidence: Option<Box<Evidence>>,
}

impl<'a> Bench<'a> {
    pub(crate) fn new(
        judge: &'a Judge,
        engine: EngineKind,
        progress: &'a mut dyn FnMut(u64),
    ) -> Self {
        Self { judge, engine, progress, done: 0, cases: Vec::new(), evidence: None }
    }

    /// Whether nothing that is still to come could change the verdict.
    pub(crate) fn is_over(&self) -> bool {
        let rejected = self.evidence.as_ref().is_some_and(|evidence| !evidence.strict_only);
        rejected || self.judge.stop.signal().is_some()
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

    /// Judges `executions` executions of `trial`, which is a solution on `input`.
    pub(crate) fn judge(
        &mut self,
        problem: &Problem,
        input: &Input,
        trial: &Trial,
        executions: u64,
    ) {
        pulse::about(self.cases.len() as u64);
        let (coverage, outputs) = (Coverage::default(), Outputs::default());
        self.cases.push(Seen { case: input.name.clone(), coverage, outputs });
        match self.engine {
            EngineKind::Controlled => {
                let engine = Plan::from(self.judge).engine(problem, input);
                self.control(input, trial, engine, executions);
            }
            EngineKind::Threads => {
                let seed = case_seed(self.judge.seed, problem, input);
                self.thread(input, trial, seed, executions);
            }
        }
    }

    fn control(&mut self, input: &Input, trial: &Trial, mut engine: Controlled, executions: u64) {
        let program = trial.program();
        for execution in 0..executions {
            let Some(run) = engine.run(&program, execution) else { break };
            let sight = Sight::Controlled(&engine, run.class);
            self.look(input, trial, execution, run.outcome, &sight);
            if execution == 0 && !self.is_over() {
                self.run_twice(input, trial, &program, &engine);
            }
            if self.is_over() {
                break;
            }
        }
    }

    /// Runs the execution that was just run once more: what depends on a static or on the clock
    /// shows.
    fn run_twice(&mut self, input: &Input, trial: &Trial, program: &Program, engine: &Controlled) {
        let seen = (&engine.trace(), engine.draws());
        if let Some(parting) = reduce::parting(program, self.judge.limits, seen) {
            let wrong = (Rejection::NotReproducible(parting), false);
            self.reject(input, trial, 0, wrong, &Sight::Controlled(engine, 0));
        }
    }

    fn thread(&mut self, input: &Input, trial: &Trial, seed: u64, executions: u64) {
        let noise = if self.judge.noise { Noise::On } else { Noise::Off };
        let settings = Settings { seed, noise, time_limit: self.judge.time_limit };
        let mut engine = Threads::new(settings);
        engine.run_batch(&trial.program(), 0..executions, &mut |execution, outcome| {
            self.look(input, trial, execution, outcome, &Sight::Threads);
            if self.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
    }

    /// Counts an execution and keeps what is wrong with it.
    fn look(
        &mut self,
        input: &Input,
        trial: &Trial,
        execution: u64,
        outcome: Outcome,
        sight: &Sight<'_>,
    ) {
        let is_new = self.count(sight);
        let extent = if outcome == Outcome::Completed { Extent::Whole } else { Extent::Prefix };
        let checked = trial.check(extent);
        let rejection = match checked {
            Ok(output) if extent == Extent::Whole => self.compare(input, output, execution),
            Ok(_) => Rejection::of(outcome, None),
            Err(violation) => Rejection::of(outcome, Some(violation)),
        };
        let looks = is_new && self.evidence.is_none();
        let rejection = match rejection {
            None if looks => sight.race(trial).map(|race| (race, true)),
            rejection => rejection,
        };
        let Some(wrong) = rejection else { return };
        if !(wrong.1 && self.evidence.is_some()) {
            self.reject(input, trial, execution, wrong, sight);
        }
    }

    /// Keeps what is wrong with an execution; the second half says whether only the strict reading
    /// is broken.
    fn reject(
        &mut self,
        input: &Input,
        trial: &Trial,
        execution: u64,
        (rejection, strict_only): (Rejection, bool),
        sight: &Sight<'_>,
    ) {
        let trace = sight.trace();
        self.evidence = Some(Box::new(Evidence {
            rejection: sight.with_cause(rejection),
            case: input.name.clone(),
            seed: self.judge.seed,
            execution,
            engine: self.engine,
            strategy: self.judge.strategy,
            limits: self.judge.limits,
            found_steps: trace.as_ref().map_or(0, |trace| trace.steps.len()),
            draws: sight.draws(),
            trace,
            witness: None,
            told: trial.told(),
            strict_only,
            kept: Kept::No,
        }));
    }

    /// Counts an execution: whether it is the first of its class.
    fn count(&mut self, sight: &Sight<'_>) -> bool {
        self.done += 1;
        if self.done.is_multiple_of(STRIDE) {
            (self.progress)(self.done);
        }
        let seen = self.cases.last_mut().expect("a case is being judged");
        seen.coverage.see(sight.class())
    }

    /// Compares the canonical output of a whole execution with the accepted one, or with the first
    /// that was seen where there is none.
    fn compare(
        &mut self,
        input: &Input,
        output: String,
        execution: u64,
    ) -> Option<(Rejection, bool)> {
        let outputs = &mut self.cases.last_mut().expect("a case is being judged").outputs;
        let first = outputs.seen.first().map(|output| output.text.as_str());
        let expected = input.accepted.or(first);
        let rejection = expected.and_then(|expected| Rejection::of_output(&output, expected));
        outputs.see(output, execution);
        rejection.map(|rejection| (rejection, false))
    }
}

/// What an engine can tell of the execution that it ran last.
enum Sight<'a> {
    /// Everything.
    Controlled(&'a Controlled, u64),
    /// Nothing but how it ended.
    Threads,
}

impl Sight<'_> {
    /// Its interleaving class; all the same if that cannot be seen.
    fn class(&self) -> u64 {
        match self {
            Self::Controlled(_, class) => *class,
            Self::Threads => 0,
        }
    }

    /// The data race of an execution that was right otherwise. `LeetCode`, which looks at the output
    /// only, would accept it.
    fn race(&self, trial: &Trial) -> Option<Rejection> {
        match self {
            Self::Controlled(engine, _) => hindsight::race(engine, trial),
            Self::Threads => None,
        }
    }

    fn with_cause(&self, rejection: Rejection) -> Rejection {
        match self {
            Self::Controlled(engine, _) => hindsight::with_cause(engine, rejection),
            Self::Threads => rejection,
        }
    }

    fn draws(&self) -> Draws {
        match self {
            Self::Controlled(engine, _) => engine.draws(),
            Self::Threads => Draws::default(),
        }
    }

    fn trace(&self) -> Option<Trace> {
        match self {
            Self::Controlled(engine, _) => Some(engine.trace()),
            Self::Threads => None,
        }
    }
}

/// The seed of one case: its own, so that a case judged alone is judged as among others. The same
/// for every solution, which then meet the same draws.
pub(crate) fn case_seed(seed: u64, problem: &Problem, input: &Input) -> u64 {
    seed ^ hashed(input.name.bytes().chain(problem.number.to_le_bytes()))
}
