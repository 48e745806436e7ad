//! What is judged, and what becomes of a worker's word on it.

use std::time::Instant;

use engine::{
    Coverage,
    schedule::Draws,
    verify::{End, Survey},
};
use problems::{Problem, Solution, Told};

use super::{
    SupervisorError,
    inquest::{Inquest, Suspect},
};
use crate::{
    Death, EngineKind, Evidence, Judge, Judgement, Kept, Outputs, Record, Rejection, Seen, Verdict,
    Verification, Word, deal,
    worker::{
        job::Cell,
        reply::{Proof, Report},
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
    pub(super) fn keep_intent(&self, wrong: Option<&Evidence>) {
        if let Some(evidence) = wrong.filter(|wrong| wrong.trace.is_some()) {
            self.keep(&Record::intent(self.problem.number, self.solution.name, evidence));
        }
    }

    fn keep(&self, record: &Record) -> Kept {
        self.judge.cache.as_ref().map_or(Kept::No, |cache| cache.keep(record))
    }

    /// The judgement that the worker has come to, if it makes sense.
    pub(super) fn judged(&self, mut report: Report) -> Result<Judgement, SupervisorError> {
        self.makes_sense(&report).map_err(|why| SupervisorError::Nonsense(why.to_owned()))?;
        if let Verdict::Rejected(evidence) = &mut report.verdict {
            self.keep_evidence(evidence);
        }
        Ok(report.judgement(self.problem, self.solution, self.engine))
    }

    /// The verification that the worker has come to, if it makes sense.
    pub(super) fn verified(&self, proof: Proof) -> Result<Verification, SupervisorError> {
        self.proves(&proof).map_err(|why| SupervisorError::Nonsense(why.to_owned()))?;
        let Proof { mut word, survey, elapsed } = proof;
        if let Word::Rejected(evidence) = &mut word {
            self.keep_evidence(evidence);
        }
        Ok(Verification { elapsed, ..self.searched(word, survey) })
    }

    fn keep_evidence(&self, evidence: &mut Evidence) {
        if evidence.trace.is_some() {
            let record = Record::new(self.problem.number, self.solution.name, evidence);
            evidence.kept = self.keep(&record);
        }
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
            Verdict::Rejected(evidence) => self.speaks_of_this(evidence),
            Verdict::Accepted | Verdict::Stopped => Ok(()),
        }
    }

    /// What is verified has nothing left, and something was run.
    fn proves(&self, proof: &Proof) -> Result<(), &'static str> {
        let Proof { word, survey, .. } = proof;
        match word {
            Word::Verified if survey.end != End::Exhausted => Err("the search has not ended"),
            Word::Verified if survey.executions == 0 => Err("executions are missing"),
            Word::Rejected(evidence) => self.speaks_of_this(evidence),
            Word::Verified | Word::Inconclusive => Ok(()),
        }
    }

    fn speaks_of_this(&self, evidence: &Evidence) -> Result<(), &'static str> {
        if !self.cell.inputs().contains(&evidence.case) {
            return Err("that is another case");
        }
        if !evidence.is_coherent() {
            return Err("the evidence speaks of tasks that there are not");
        }
        Ok(())
    }

    /// The judgement on what the worker died of. `again` is which of the suspects was guilty, and
    /// how it died when it was run alone.
    pub(super) fn died(&self, inquest: Inquest, again: Option<(usize, Death)>) -> Judgement {
        let executions = inquest.executions;
        let evidence = self.death(inquest, again);
        self.ended(Verdict::Rejected(Box::new(evidence)), executions)
    }

    /// The same, of a search that had come as far as `survey` says.
    pub(super) fn died_searching(
        &self,
        inquest: Inquest,
        again: Option<(usize, Death)>,
        survey: Survey,
    ) -> Verification {
        let survey = Survey { executions: inquest.executions, ..survey };
        let evidence = self.death(inquest, again);
        self.searched(Word::Rejected(Box::new(evidence)), survey)
    }

    fn death(&self, inquest: Inquest, again: Option<(usize, Death)>) -> Evidence {
        let Inquest { death, suspects, .. } = inquest;
        let (guilty, death) = match again {
            Some((guilty, again)) => (guilty, merged(death, again)),
            None => (0, death),
        };
        let suspect = suspects.get(guilty).copied().unwrap_or(Suspect { input: 0, execution: 0 });
        self.evidence(suspect, Rejection::Died(Box::new(death)))
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
        let verdict = Verdict::Rejected(Box::new(self.leak(threads)));
        Judgement { verdict, ..judgement }
    }

    /// That `threads` threads go on when all is done.
    pub(super) fn leak(&self, threads: u64) -> Evidence {
        self.evidence(Suspect { input: 0, execution: 0 }, Rejection::of_threads(threads))
    }

    /// What is known of a judgement that was ended on request, after so many executions.
    pub(super) fn stopped(&self, executions: u64) -> Judgement {
        self.ended(Verdict::Stopped, executions)
    }

    /// What a search has come to.
    pub(super) fn searched(&self, word: Word, survey: Survey) -> Verification {
        Verification {
            problem: self.problem.number,
            solution: self.solution.name,
            case: self.cell.inputs().first().cloned().unwrap_or_default(),
            word,
            survey,
            elapsed: self.began.elapsed(),
        }
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

#[cfg(test)]
mod tests;
