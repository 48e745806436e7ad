//! What is believed of a worker, and what becomes of its death.

use engine::{
    Coverage,
    verify::{End, Survey},
};
use problems::{Problem, Solution};

use super::Subject;
use crate::{
    Cache, Death, EngineKind, Input, Judge, Kept, Rejection, Verdict, Word,
    death::Cause,
    find_problem,
    supervisor::inquest::{Inquest, Suspect},
    worker::reply::{Proof, Report},
};

const ENGINE: EngineKind = EngineKind::Controlled;

fn problem() -> &'static Problem {
    find_problem("1115").expect("1115 is there")
}

fn right() -> &'static Solution {
    &problem().solutions[0]
}

fn wrong() -> &'static Solution {
    &problem().broken[0].solution
}

fn judge() -> Judge {
    let inputs = problem().cases[..2].iter().map(Input::from).collect();
    Judge { executions: 60, inputs, shrink_steps: 0, ..Judge::default() }
}

/// Whether a report on a right solution is believed when `change` has been at it.
fn believed(change: impl FnOnce(&mut Report)) -> bool {
    let judge = judge();
    let mut report: Report = judge.judge(problem(), right(), ENGINE).into();
    change(&mut report);
    Subject::new(&judge, (problem(), right()), ENGINE).judged(report).is_ok()
}

#[test]
fn accepted_is_who_has_run_every_execution_of_every_case() {
    assert!(believed(|_| ()));
    assert!(!believed(|report| drop(report.cases.pop())));
    assert!(!believed(|report| report.cases.clear()));
    assert!(!believed(|report| report.cases[1].coverage = Coverage::default()));
    assert!(!believed(|report| report.cases[0].coverage = Coverage::default()));
    assert!(!believed(|report| report.cases.push(report.cases[0].clone())));
    assert!(!believed(|report| report.cases.swap(0, 1)));
    assert!(!believed(|report| report.cases[0].case = "n7".to_owned()));
    assert!(believed(|report| {
        report.cases[0].coverage.see(7);
    }));
    // Who was stopped may have run nothing.
    assert!(believed(|report| {
        report.verdict = Verdict::Stopped;
        report.cases.clear();
    }));
}

#[test]
fn rejected_is_who_was_wrong_in_a_case_that_was_asked_for() {
    let judge = judge();
    let report: Report = judge.judge(problem(), wrong(), ENGINE).into();
    let judged = |report| Subject::new(&judge, (problem(), wrong()), ENGINE).judged(report);
    let judgement = judged(report.clone()).expect("it makes sense");
    assert_eq!(judgement.verdict.name(), "wrong answer");
    let evidence = judgement.verdict.evidence().expect("it is wrong");
    assert_eq!(evidence.kept, Kept::No);

    let mut other = report.clone();
    if let Verdict::Rejected(evidence) = &mut other.verdict {
        evidence.case = "n7".to_owned();
    }
    assert!(judged(other).is_err());
    let mut other = report;
    if let Verdict::Rejected(evidence) = &mut other.verdict {
        evidence.trace = None;
    }
    assert!(judged(other).is_err());
}

#[test]
fn what_is_wrong_is_kept_before_and_after_it_is_made_shorter() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let cache = Cache::at(folder.path().to_owned());
    let judge = Judge { cache: Some(cache.clone()), ..judge() };
    let report: Report =
        Judge { cache: None, ..judge.clone() }.judge(problem(), wrong(), ENGINE).into();
    let subject = Subject::new(&judge, (problem(), wrong()), ENGINE);
    subject.keep_intent(None);
    assert_eq!(cache.handles().len(), 0);
    subject.keep_intent(report.verdict.evidence());
    assert_eq!(cache.handles().len(), 1);
    let judgement = subject.judged(report).expect("it makes sense");
    let kept = &judgement.verdict.evidence().expect("it is wrong").kept;
    assert_eq!(*kept, Kept::As(cache.handles().remove(0)));
}

fn verified(solution: &Solution) -> Proof {
    let bounds = crate::Bounds { cores: 1, ..Default::default() };
    let input = Input::from(&problem().cases[0]);
    judge().verify(problem(), solution, &input, &bounds, &|_| ()).into()
}

#[test]
fn verified_is_who_has_nothing_left() {
    let judge = judge();
    let believed = |proof: Proof| {
        Subject::new(&judge, (problem(), right()), ENGINE).verified(proof).map(|found| found.word)
    };
    let proof = verified(right());
    assert_eq!(believed(proof.clone()).ok(), Some(Word::Verified));
    let subject = Subject::new(&judge, (problem(), right()), ENGINE);
    let elapsed = std::time::Duration::from_secs(3);
    let told = subject.verified(Proof { elapsed, ..proof.clone() });
    assert_eq!(told.expect("it makes sense").elapsed, elapsed);
    let with = |word: Word, survey: Survey| believed(Proof { word, survey, ..proof.clone() });
    let open = Survey { end: End::OutOfTime, ..proof.survey.clone() };
    assert!(with(Word::Verified, open.clone()).is_err());
    assert_eq!(with(Word::Inconclusive, open).ok(), Some(Word::Inconclusive));
    let nothing = Survey { executions: 0, ..proof.survey.clone() };
    assert!(with(Word::Verified, nothing.clone()).is_err());
    assert!(with(Word::Inconclusive, nothing).is_ok());

    let proof = verified(wrong());
    assert!(believed(proof.clone()).is_ok_and(|word| word.evidence().is_some()));
    let Word::Rejected(mut evidence) = proof.word.clone() else { panic!("it is wrong") };
    evidence.case = "n7".to_owned();
    assert!(believed(Proof { word: Word::Rejected(evidence), ..proof }).is_err());
}

fn death(steps: &[&str], panic: Option<&str>) -> Death {
    let steps = steps.iter().map(|&step| step.to_owned()).collect();
    let panic = panic.map(str::to_owned);
    Death { cause: Cause::Aborted, panic, steps, output: Vec::new(), repeats: None }
}

fn inquest(panic: Option<&str>) -> Inquest {
    let suspects = vec![Suspect { input: 0, execution: 3 }, Suspect { input: 1, execution: 5 }];
    Inquest { death: death(&[], panic), suspects, executions: 7 }
}

#[test]
fn a_death_is_a_verdict_on_the_guilty_execution() {
    let judge = judge();
    let subject = Subject::new(&judge, (problem(), right()), ENGINE);
    let again = Death { repeats: Some(true), ..death(&["foo starts"], Some("late")) };
    for (again, case, execution) in [(None, "n1", 3), (Some((1, again)), "n2", 5)] {
        let judgement = subject.died(inquest(None), again.clone());
        let evidence = judgement.verdict.evidence().expect("it is dead").clone();
        assert_eq!((evidence.case.as_str(), evidence.execution), (case, execution));
        assert_eq!((judgement.verdict.name(), judgement.executions), ("aborted", 7));
        let told = evidence.rejection.explain().concat();
        assert_eq!(told.contains("foo starts"), again.is_some());
        assert_eq!(told.contains("the last panic was late"), again.is_some());
        let Rejection::Died(death) = &evidence.rejection else { panic!("it is dead") };
        assert_eq!(death.repeats, again.as_ref().and_then(|(_, again)| again.repeats));

        let found = subject.died_searching(inquest(Some("early")), again, Survey::default());
        assert_eq!((found.word.name(), found.survey.executions), ("aborted", 7));
        let told = found.word.evidence().expect("it is dead").rejection.explain().concat();
        assert!(told.contains("the last panic was early"), "{told}");
    }
    let nobody = Inquest { suspects: Vec::new(), ..inquest(None) };
    assert_eq!(subject.died(nobody, None).verdict.name(), "aborted");
}

#[test]
fn threads_that_go_on_and_requests_to_stop_are_verdicts() {
    let judge = judge();
    let subject = Subject::new(&judge, (problem(), right()), ENGINE);
    let judgement = judge.judge(problem(), right(), ENGINE);
    assert_eq!(subject.leaks(judgement, 2).verdict.name(), "leak");
    let stopped = subject.stopped(9);
    assert_eq!((stopped.verdict.name(), stopped.executions), ("inconclusive", 9));
    assert_eq!(stopped.cases[0].case, "n1");
    assert_eq!(subject.searched(Word::Inconclusive, Survey::default()).case, "n1");
}
