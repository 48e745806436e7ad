//! What is judged, and what becomes of a worker's word on it.

use std::time::Instant;

use engine::{Coverage, schedule::Draws};
use problems::{Problem, Solution, Told};

use super::{
    SupervisorError,
    inquest::{Inquest, Suspect},
};
use crate::{
    Death, EngineKind, Evidence, Judge, Judgement, Kept, Outputs, Record, Rejection, Seen, Verdict,
    deal,
    worker::{
        board::Sight,
        job::{Cell, Report},
    },
};

/// One solution on one engine, under supervision.
pub(super) struct Subject<'a> {
    judge: &'a Judge,
    problem: &'a Problem,
    solution: &'a Solution,
    pub(super) engine: EngineKind,
    pub(super) cell: Cell,
    began: Instant,
}

impl<'a> Subject<'a> {
    pub(super) fn new(
        judge: &'a Judge,
        (problem, solution): (&'a Problem, &'a Solution),
        engine: EngineKind,
    ) -> Self {
        let cell = Cell::new(judge, problem, solution, engine);
        Self { judge, problem, solution, engine, cell, began: Instant::now() }
    }

    /// Keeps a record of what was found wrong before anybody makes it shorter.
    pub(super) fn keep_intent(&self, report: &Report) {
        if let Some(evidence) = report.verdict.evidence().filter(|wrong| wrong.trace.is_some()) {
            self.keep(&Record::intent(self.problem.number, self.solution.name, evidence));
        }
    }

    fn keep(&self, record: &Record) -> Kept {
        self.judge.cache.as_ref().map_or(Kept::No, |cache| cache.keep(record))
    }

    /// The judgement that the worker has come to, if it makes sense.
    pub(super) fn judged(&self, mut report: Report) -> Result<Judgement, SupervisorError> {
        self.makes_sense(&report).map_err(|why| SupervisorError::Nonsense(why.to_owned()))?;
        if let Verdict::Rejected(evidence) = &mut report.verdict
            && evidence.trace.is_some()
        {
            let record = Record::new(self.problem.number, self.solution.name, evidence);
            evidence.kept = self.keep(&record);
        }
        Ok(report.judgement(self.problem, self.solution, self.engine))
    }

    /// An accepted solution has run every execution that was asked for, and nothing is told of what
    /// nobody knows.
    fn makes_sense(&self, report: &Report) -> Result<(), &'static str> {
        let inputs = self.cell.inputs();
        let names = report.cases.iter().map(|seen| &seen.case);
        if report.cases.len() > inputs.len() || !names.zip(inputs).all(|(one, two)| one == two) {
            return Err("these are other cases");
        }
        let ran = report.cases.iter().map(|seen| seen.coverage.executions());
        match &report.verdict {
            Verdict::Accepted if report.cases.len() < inputs.len() => Err("cases are missing"),
            Verdict::Accepted
                if ran.zip(deal(self.judge.executions, inputs.len())).any(|(ran, of)| ran < of) =>
            {
                Err("executions are missing")
            }
            Verdict::Rejected(evidence) if !inputs.contains(&evidence.case) => {
                Err("that is another case")
            }
            Verdict::Rejected(evidence) if !evidence.is_coherent() => {
                Err("the evidence speaks of tasks that there are not")
            }
            _ => Ok(()),
        }
    }

    /// The judgement on what the worker died of. `again` is which of the suspects was guilty, and
    /// how it died when it was run alone.
    pub(super) fn died(&self, inquest: Inquest, again: Option<(usize, Death)>) -> Judgement {
        let Inquest { death, suspects, executions } = inquest;
        let (guilty, death) = match again {
            Some((guilty, again)) => (guilty, merged(death, again)),
            None => (0, death),
        };
        let suspect = suspects.get(guilty).copied().unwrap_or(Suspect { input: 0, execution: 0 });
        let evidence = self.evidence(suspect, Rejection::Died(Box::new(death)));
        self.ended(Verdict::Rejected(Box::new(evidence)), executions)
    }

    fn evidence(&self, suspect: Suspect, rejection: Rejection) -> Evidence {
        let case = self.cell.inputs().get(suspect.input).cloned().unwrap_or_default();
        Evidence {
            rejection,
            case,
            seed: self.judge.seed,
            execution: suspect.execution,
            engine: self.engine,
            strategy: self.judge.strategy,
            limits: self.judge.limits,
            found_steps: 0,
            draws: Draws::default(),
            trace: None,
            witness: None,
            told: Told::default(),
            strict_only: false,
            kept: Kept::No,
        }
    }

    /// An accepted solution of which `threads` threads go on.
    pub(super) fn leaks(&self, judgement: Judgement, threads: u64) -> Judgement {
        let what = if threads == 1 {
            "a thread that it".to_owned()
        } else {
            format!("{threads} threads that it")
        };
        let leak = Rejection::Leak(format!("{what} started outside of sync never ends"));
        let evidence = self.evidence(Suspect { input: 0, execution: 0 }, leak);
        Judgement { verdict: Verdict::Rejected(Box::new(evidence)), ..judgement }
    }

    /// What is known of a judgement that was ended on request.
    pub(super) fn stopped(&self, sight: &Sight) -> Judgement {
        self.ended(Verdict::Stopped, sight.begun())
    }

    fn ended(&self, verdict: Verdict, executions: u64) -> Judgement {
        let (coverage, outputs) = (Coverage::default(), Outputs::default());
        let case = self.cell.inputs().first().cloned().unwrap_or_default();
        Judgement {
            problem: self.problem.number,
            solution: self.solution.name,
            engine: self.engine,
            verdict,
            executions,
            cases: vec![Seen { case, coverage, outputs }],
            elapsed: self.began.elapsed(),
        }
    }
}

/// What is known of a death when its execution was run once more.
fn merged(first: Death, again: Death) -> Death {
    let (steps, repeats) = (again.steps, again.repeats);
    Death { steps, repeats, panic: first.panic.or(again.panic), ..first }
}
