//! What a worker answers: JSON, one value a line.

use std::time::Duration;

use engine::verify::{End, Survey};
use problems::{Problem, Solution};
use serde::{Deserialize, Serialize};

use super::confinement::Strength;
use crate::{EngineKind, Judgement, Replayed, Seen, Verdict, Verification, Word};

/// One line from a worker. Without the word of what it was told last, somebody else has written it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    pub(crate) nonce: String,
    pub(crate) said: Said,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Said {
    /// It has shut itself in, as well as the kernel can, and waits for jobs.
    Ready(Strength),
    /// So many executions are done.
    Progress(u64),
    /// How far a search through all interleavings is, without its classes.
    Searched(#[serde(with = "Searched")] Survey),
    /// A wrong execution has been found; what follows only makes it shorter.
    Found(Answer),
    /// The job is done; whether the worker is still as it was, as far as it can tell.
    Done { answer: Answer, is_sound: bool },
    /// The judge's own code has failed, for this reason.
    Broken(String),
}

/// What comes of a task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// It is judged.
    Judged(Box<Report>),
    /// All its interleavings were run, or as many as there could be.
    Verified(Box<Proof>),
    /// It was run once more.
    Replayed(Box<Replayed>),
    /// There is nothing to say but that nobody has died of it.
    Survived,
}

/// A judgement, but for what whoever asked knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) executions: u64,
    pub(crate) cases: Vec<Seen>,
    pub(crate) elapsed: Duration,
}

/// A verification, but for what whoever asked knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Proof {
    pub(crate) word: Word,
    #[serde(with = "Searched")]
    pub(crate) survey: Survey,
    pub(crate) elapsed: Duration,
}

/// How a survey is written down.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Survey")]
struct Searched {
    executions: u64,
    given_up: u64,
    coverage: engine::Coverage,
    states: Option<u64>,
    bound: Option<usize>,
    done: f64,
    #[serde(with = "Ended")]
    end: End,
}

/// How its end is written down.
#[derive(Serialize, Deserialize)]
#[serde(remote = "End")]
enum Ended {
    Exhausted,
    Bounded,
    OutOfTime,
    TooManyClasses,
    OutOfExecutions,
    Unbounded(usize),
    Parted,
    Stopped,
}

impl Answer {
    /// Whether nothing is wrong.
    pub(crate) fn is_right(&self) -> bool {
        match self {
            Self::Judged(report) => report.verdict.is_accepted(),
            Self::Verified(proof) => proof.word.evidence().is_none(),
            Self::Replayed(replayed) => replayed.rejection.is_none(),
            Self::Survived => true,
        }
    }

    /// Whether it was ended early because somebody asked for that.
    pub(crate) fn is_stopped(&self) -> bool {
        match self {
            Self::Judged(report) => report.verdict == Verdict::Stopped,
            Self::Verified(proof) => {
                proof.word == Word::Inconclusive && proof.survey.end == End::Stopped
            }
            Self::Replayed(_) | Self::Survived => false,
        }
    }
}

impl From<Judgement> for Report {
    fn from(judgement: Judgement) -> Self {
        let Judgement { verdict, executions, cases, elapsed, .. } = judgement;
        Self { verdict, executions, cases, elapsed }
    }
}

impl Report {
    /// The judgement on `solution`.
    pub(crate) fn judgement(
        self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
    ) -> Judgement {
        let Self { verdict, executions, cases, elapsed } = self;
        let (problem, solution) = (problem.number, solution.name);
        Judgement { problem, solution, engine, verdict, executions, cases, elapsed }
    }
}

impl From<Verification> for Proof {
    fn from(verification: Verification) -> Self {
        let Verification { word, survey, elapsed, .. } = verification;
        Self { word, survey, elapsed }
    }
}
