//! How many judgements came out which way: all that the end of a report needs to know of them.

use std::time::Duration;

use crate::{Exit, Judgement, Verdict};

/// Counts judgements by their verdicts, so that nobody has to keep them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many solutions were accepted.
    pub accepted: usize,
    /// How many were rejected.
    pub rejected: usize,
    /// How many judgements were ended early.
    pub stopped: usize,
    /// How long all of them took.
    pub elapsed: Duration,
}

impl Tally {
    /// Counts one judgement.
    pub fn count(&mut self, judgement: &Judgement) {
        match judgement.verdict {
            Verdict::Accepted => self.accepted += 1,
            Verdict::Rejected(_) => self.rejected += 1,
            Verdict::Stopped => self.stopped += 1,
        }
        self.elapsed += judgement.elapsed;
    }

    /// How a process ends that has come to these: the worst of them decides.
    pub fn exit(&self) -> Exit {
        if self.rejected > 0 {
            Exit::Rejected
        } else if self.stopped > 0 {
            Exit::Inconclusive
        } else {
            Exit::Accepted
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Tally;
    use crate::{EngineKind, Exit, Judge, Judgement, Verdict, find_problem};

    fn of(verdicts: &[&Verdict]) -> Tally {
        let mut tally = Tally::default();
        for &verdict in verdicts {
            tally.count(&Judgement {
                problem: 1115,
                solution: "semaphore",
                engine: EngineKind::Controlled,
                verdict: verdict.clone(),
                executions: 1,
                cases: Vec::new(),
                elapsed: Duration::from_secs(1),
            });
        }
        tally
    }

    /// The verdict on a wrong solution.
    fn rejected() -> Verdict {
        let problem = find_problem("1115").expect("1115 is there");
        let wrong = problem.broken.first().expect("there are wrong ones").solution;
        let judge = Judge { executions: 100, shrink_steps: 0, ..Judge::default() };
        judge.judge(problem, &wrong, EngineKind::Controlled).verdict
    }

    #[test]
    fn each_verdict_is_counted_with_its_time() {
        let (right, wrong, open) = (Verdict::Accepted, rejected(), Verdict::Stopped);
        let tally = of(&[&right, &wrong, &right, &open, &wrong, &right]);
        let elapsed = Duration::from_secs(6);
        assert_eq!(tally, Tally { accepted: 3, rejected: 2, stopped: 1, elapsed });
    }

    #[test]
    fn the_worst_verdict_decides_on_the_exit() {
        let (right, wrong, open) = (Verdict::Accepted, rejected(), Verdict::Stopped);
        assert_eq!(of(&[&right, &right]).exit(), Exit::Accepted);
        assert_eq!(of(&[&right, &open]).exit(), Exit::Inconclusive);
        assert_eq!(of(&[&open, &wrong, &right]).exit(), Exit::Rejected);
    }
}
