//! Where executions are run and looked at, case by case, until one is wrong or the budget is used
//! up.

use std::ops::ControlFlow;

use engine::{
    Controlled, Coverage, Noise, Outcome, Settings, Threads, strategy::Random, trace::Trace,
};
use problems::{Extent, Problem, Trial};

use crate::{
    EngineKind, Evidence, Judge, Outputs, Rejection, Verdict, hindsight, judge::Input,
    judgement::Seen,
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
        let (coverage, outputs) = (Coverage::default(), Outputs::default());
        self.cases.push(Seen { case: input.name.clone(), coverage, outputs });
        let seed = case_seed(self.judge.seed, problem, input);
        match self.engine {
            EngineKind::Controlled => self.control(input, trial, seed, executions),
            EngineKind::Threads => self.thread(input, trial, seed, executions),
        }
    }

    fn control(&mut self, input: &Input, trial: &Trial, seed: u64, executions: u64) {
        let program = trial.program();
        let strategy = Box::new(Random::new(seed));
        let mut engine = Controlled::new(strategy, self.judge.limits).waking_sleepers();
        for execution in 0..executions {
            let Some(run) = engine.run(&program, execution) else { break };
            self.look(input, trial, execution, run.outcome, &Sight::Controlled(&engine, run.class));
            if self.is_over() {
                break;
            }
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
        let Some((rejection, strict_only)) = rejection else { return };
        if strict_only && self.evidence.is_some() {
            return;
        }
        self.evidence = Some(Box::new(Evidence {
            rejection: sight.with_cause(rejection),
            case: input.name.clone(),
            seed: self.judge.seed,
            execution,
            engine: self.engine,
            limits: self.judge.limits,
            trace: sight.trace(),
            told: trial.told(),
            strict_only,
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
    // FNV-1a (Fowler, Noll and Vo, 1991).
    let name = input.name.bytes().chain(problem.number.to_le_bytes());
    let hash = name.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    seed ^ hash
}
