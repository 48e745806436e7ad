//! What a judge has to say about one solution: the verdict, and how much was seen.

use std::time::Duration;

use engine::Coverage;
use serde::{Deserialize, Serialize};

use crate::{EngineKind, Verdict};

/// How many distinct outputs of a case are kept at the most.
const OUTPUTS: usize = 20;

/// One solution, judged on one engine.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The problem's number.
    pub problem: u16,
    /// The solution's name.
    pub solution: &'static str,
    /// The engine.
    pub engine: EngineKind,
    /// The word on it.
    pub verdict: Verdict,
    /// How many executions were run.
    pub executions: u64,
    /// What was seen of each case, in order.
    pub cases: Vec<Seen>,
    /// How long it took.
    pub elapsed: Duration,
}

/// What was seen of one case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Seen {
    /// The case's name, or the input that the user gave.
    pub case: String,
    /// Its executions and their interleaving classes; no classes on OS threads.
    pub coverage: Coverage,
    /// Its canonical outputs.
    pub outputs: Outputs,
}

/// The distinct canonical outputs of a case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Outputs {
    /// Each with how often it was seen and in which execution first.
    pub seen: Vec<Output>,
}

/// One canonical output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// The text.
    pub text: String,
    /// How often it was seen.
    pub times: u64,
    /// In which execution first.
    pub first: u64,
}

impl Outputs {
    /// Counts `text`, the output of execution `number`. Of more than 20 the later ones are not
    /// kept.
    pub fn see(&mut self, text: String, number: u64) {
        if let Some(output) = self.seen.iter_mut().find(|output| output.text == text) {
            output.times += 1;
        } else if self.seen.len() < OUTPUTS {
            self.seen.push(Output { text, times: 1, first: number });
        }
    }

    /// Adds `later`, outputs of executions that came after all these.
    pub(crate) fn extend(&mut self, later: Self) {
        for output in later.seen {
            if let Some(seen) = self.seen.iter_mut().find(|seen| seen.text == output.text) {
                seen.times += output.times;
            } else if self.seen.len() < OUTPUTS {
                self.seen.push(output);
            }
        }
    }
}

/// Interleaving classes over all cases of a judgement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverages {
    /// How many were seen.
    pub classes: u64,
    /// Whether they were counted one by one.
    pub is_exact: bool,
    /// The estimated probability that one more execution, dealt as before, shows a new one.
    pub chance_of_new: f64,
}

impl Judgement {
    /// The interleaving classes over all cases; `None` on OS threads, where they cannot be seen.
    #[expect(clippy::cast_precision_loss, reason = "an estimate needs no more than 52 bits")]
    pub fn coverage(&self) -> Option<Coverages> {
        if self.engine == EngineKind::Threads {
            return None;
        }
        let coverages = || self.cases.iter().map(|seen| &seen.coverage);
        let new: f64 = coverages().map(|c| c.chance_of_new() * c.executions() as f64).sum();
        let executions: u64 = coverages().map(Coverage::executions).sum();
        Some(Coverages {
            classes: coverages().map(Coverage::classes).sum(),
            is_exact: coverages().all(Coverage::is_exact),
            chance_of_new: new / executions.max(1) as f64,
        })
    }
}
