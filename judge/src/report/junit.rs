//! Judgements as CI servers read them: JUnit's XML, a suite for each problem.

use std::time::Duration;

use problems::{Problem, Solution};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{human, verified};
use crate::{Judgement, Verdict, Verification, Word};

/// One judgement, kept until the end.
#[derive(Clone, Debug)]
pub struct Case {
    suite: String,
    name: String,
    elapsed: Duration,
    verdict: &'static str,
    explanation: Option<String>,
}

impl Case {
    /// What JUnit gets of `judgement`.
    pub fn new(problem: &Problem, solution: &Solution, judgement: &Judgement) -> Self {
        let plain = || anstream::adapter::strip_str(&human::judgement(judgement)).to_string();
        Self {
            suite: format!("{} {}", problem.number, problem.title),
            name: format!("{}/{}", solution.name, judgement.engine),
            elapsed: judgement.elapsed,
            verdict: judgement.verdict.name(),
            explanation: (judgement.verdict != Verdict::Accepted).then(plain),
        }
    }

    /// What JUnit gets of `verification`.
    pub fn of_verification(problem: &Problem, verification: &Verification) -> Self {
        let told = verified::line(verification);
        let plain = anstream::adapter::strip_str(&told).to_string();
        Self {
            suite: format!("{} {}", problem.number, problem.title),
            name: format!("{}/{}", verification.solution, verification.case),
            elapsed: verification.elapsed,
            verdict: verification.word.name(),
            explanation: (verification.word != Word::Verified).then_some(plain),
        }
    }

    fn test(&self) -> TestCase {
        let status = match &self.explanation {
            None => TestCaseStatus::success(),
            Some(explanation) => {
                let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
                status
                    .set_type(self.verdict)
                    .set_message(self.verdict)
                    .set_description(explanation);
                status
            }
        };
        let mut test = TestCase::new(self.name.as_str(), status);
        test.set_time(self.elapsed);
        test
    }
}

/// The whole report.
pub fn report(cases: Vec<Case>) -> String {
    let mut report = Report::new("judge");
    let mut suites: Vec<TestSuite> = Vec::new();
    for case in cases {
        let position = suites.iter().position(|suite| suite.name.as_str() == case.suite);
        let position = position.unwrap_or_else(|| {
            suites.push(TestSuite::new(case.suite.as_str()));
            suites.len() - 1
        });
        suites[position].add_test_case(case.test());
    }
    report.add_test_suites(suites);
    report.to_string().expect("the report is valid XML") + "\n"
}
