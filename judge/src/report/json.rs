//! Judgements as programs read them: one JSON object a line. What is there stays; more may come.

use serde::Serialize;

use crate::{EngineKind, Evidence, Judgement, Kept, Tally};

/// The version of what is written.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Record<'a> {
    Start {
        schema: u32,
        seed: u64,
        executions: u64,
        judgements: usize,
    },
    Judgement {
        problem: u16,
        solution: &'a str,
        engine: &'a str,
        verdict: &'a str,
        executions: u64,
        classes: Option<u64>,
        chance_of_new: Option<f64>,
        seconds: f64,
        cases: Vec<Case<'a>>,
        evidence: Option<Box<Wrong<'a>>>,
    },
    End {
        accepted: usize,
        rejected: usize,
        inconclusive: usize,
    },
}

#[derive(Serialize)]
struct Case<'a> {
    case: &'a str,
    executions: u64,
    outputs: Vec<Output<'a>>,
}

#[derive(Serialize)]
struct Output<'a> {
    output: &'a str,
    times: u64,
    first: u64,
}

#[derive(Serialize)]
pub(super) struct Wrong<'a> {
    case: &'a str,
    seed: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    strategy: Option<&'static str>,
    execution: u64,
    strict_only: bool,
    explanation: Vec<String>,
    steps: Option<usize>,
    preemptions: Option<usize>,
    schedule: Option<String>,
    handle: Option<&'a str>,
}

/// The first line.
pub fn start(seed: u64, executions: u64, judgements: usize) -> String {
    line(&Record::Start { schema: SCHEMA, seed, executions, judgements })
}

/// The line of one judgement.
pub fn judgement(judgement: &Judgement) -> String {
    let coverage = judgement.coverage();
    line(&Record::Judgement {
        problem: judgement.problem,
        solution: judgement.solution,
        engine: judgement.engine.name(),
        verdict: judgement.verdict.name(),
        executions: judgement.executions,
        classes: coverage.map(|coverage| coverage.classes),
        chance_of_new: coverage.map(|coverage| coverage.chance_of_new),
        seconds: judgement.elapsed.as_secs_f64(),
        cases: judgement.cases.iter().map(case).collect(),
        evidence: judgement.verdict.evidence().map(wrong).map(Box::new),
    })
}

/// The last line.
pub fn end(tally: &Tally) -> String {
    let &Tally { accepted, rejected, stopped: inconclusive, .. } = tally;
    line(&Record::End { accepted, rejected, inconclusive })
}

fn case(seen: &crate::Seen) -> Case<'_> {
    let outputs = seen.outputs.seen.iter().map(|output| Output {
        output: &output.text,
        times: output.times,
        first: output.first,
    });
    let executions = seen.coverage.executions();
    Case { case: &seen.case, executions, outputs: outputs.collect() }
}

pub(super) fn wrong(evidence: &Evidence) -> Wrong<'_> {
    let is_controlled = evidence.engine == EngineKind::Controlled;
    Wrong {
        case: &evidence.case,
        seed: evidence.seed,
        strategy: is_controlled.then(|| evidence.strategy.name()),
        execution: evidence.execution,
        strict_only: evidence.strict_only,
        explanation: evidence.explain(),
        steps: evidence.trace.as_ref().map(|trace| trace.steps.len()),
        preemptions: evidence.witness.as_ref().map(|witness| witness.preempted.len()),
        schedule: evidence.witness.as_ref().map(|witness| witness.schedule.to_string()),
        handle: match &evidence.kept {
            Kept::As(handle) => Some(handle.as_str()),
            Kept::No | Kept::Failed(_) => None,
        },
    }
}

fn line(record: &Record<'_>) -> String {
    let json = serde_json::to_string(record).expect("a record has no maps with odd keys");
    json + "\n"
}
