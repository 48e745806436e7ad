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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use engine::Coverage;

    use super::{Judgement, OUTPUTS, Output, Outputs, Seen};
    use crate::{EngineKind, Verdict};

    fn of(texts: &[&str]) -> Outputs {
        let mut outputs = Outputs::default();
        for (number, text) in (0..).zip(texts) {
            outputs.see((*text).to_owned(), number);
        }
        outputs
    }

    fn output(text: &str, times: u64, first: u64) -> Output {
        Output { text: text.to_owned(), times, first }
    }

    #[test]
    fn outputs_are_counted_and_the_first_one_is_kept() {
        let outputs = of(&["a", "b", "a", "a"]);
        assert_eq!(outputs.seen, [output("a", 3, 0), output("b", 1, 1)]);
    }

    #[test]
    fn later_outputs_are_added_to_earlier_ones() {
        let mut outputs = of(&["a", "b"]);
        outputs.extend(of(&["b", "b", "c"]));
        assert_eq!(outputs.seen, [output("a", 1, 0), output("b", 3, 1), output("c", 1, 2)]);
    }

    #[test]
    fn of_many_outputs_the_first_are_kept() {
        let texts: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut outputs = of(&texts);
        assert_eq!(outputs.seen.len(), OUTPUTS);
        outputs.extend(of(&["another", "0"]));
        assert_eq!((outputs.seen.len(), outputs.seen[0].times), (OUTPUTS, 2));
        let mut few = of(&texts[..5]);
        few.extend(of(&texts[5..]));
        assert_eq!(few.seen.len(), OUTPUTS);
    }

    /// Two cases: one of four executions and two classes, one of two executions and two classes.
    fn judgement(engine: EngineKind) -> Judgement {
        let cases = [&[1, 1, 1, 2][..], &[3, 4]].map(|classes| {
            let mut coverage = Coverage::default();
            for &class in classes {
                coverage.see(class);
            }
            Seen { case: "n1".to_owned(), coverage, outputs: Outputs::default() }
        });
        let (verdict, elapsed) = (Verdict::Accepted, Duration::ZERO);
        let (problem, solution, executions) = (1115, "semaphore", 6);
        Judgement { problem, solution, engine, verdict, executions, cases: cases.into(), elapsed }
    }

    #[test]
    fn classes_are_counted_over_all_cases() {
        let coverage = judgement(EngineKind::Controlled).coverage().expect("it can be seen");
        assert_eq!((coverage.classes, coverage.is_exact), (4, true));
        // Three classes were seen once, in six executions.
        assert!((coverage.chance_of_new - 0.5).abs() < 1e-9, "{coverage:?}");
        assert_eq!(judgement(EngineKind::Threads).coverage(), None);
    }
}
