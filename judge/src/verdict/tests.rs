//! Every kind of verdict, by hand.

use engine::{
    Outcome,
    outcome::{Blocked, Panic},
    trace::Trace,
};
use problems::{Fault, Grade, Violation};

use super::{Evidence, Rejection, Verdict};
use crate::{Death, EngineKind, Judge, Parting, death::Cause, find_problem};

/// Evidence of an execution that was wrong, with its trace and its choices.
fn evidence() -> Evidence {
    let problem = find_problem("1115").expect("1115 is there");
    let wrong = problem.broken.first().expect("there are wrong ones").solution;
    let judge = Judge { executions: 50, shrink_steps: 1000, ..Judge::default() };
    let judgement = judge.judge(problem, &wrong, EngineKind::Controlled);
    judgement.verdict.evidence().expect("it is wrong").clone()
}

fn blocked(task: usize) -> Blocked {
    Blocked { task, name: "foo".to_owned(), wait: None }
}

fn violation(fault: Fault, grade: Grade) -> Violation {
    Violation { fault, grade, message: "no".to_owned() }
}

fn panic() -> Panic {
    let [task, message, place] = ["foo", "no", "a.rs:1"].map(str::to_owned);
    Panic { task, message, place }
}

/// One of each kind that can be made by hand, with its name and the fault that it is.
fn rejections() -> Vec<(Rejection, &'static str, Option<Fault>)> {
    let no = || "no".to_owned();
    let parting = Parting { step: 1, first: None, second: None };
    let (panic_told, steps, output) = (None, Vec::new(), Vec::new());
    let death = Death { cause: Cause::Aborted, panic: panic_told, steps, output, repeats: None };
    let deadlock = Rejection::Deadlock { blocked: vec![blocked(0)], cause: None };
    vec![
        (Rejection::WrongAnswer(no()), "wrong answer", Some(Fault::WrongAnswer)),
        (Rejection::InvariantViolated(no()), "invariant violated", Some(Fault::InvariantViolated)),
        (deadlock, "deadlock", Some(Fault::Deadlock)),
        (Rejection::Livelock(1200), "livelock", Some(Fault::Livelock)),
        (Rejection::Panicked(panic()), "panicked", Some(Fault::Panicked)),
        (Rejection::NotConcurrent(no()), "not concurrent", Some(Fault::NotConcurrent)),
        (Rejection::Leak(no()), "leak", Some(Fault::Leak)),
        (Rejection::TimedOut(vec![blocked(0)]), "timed out", None),
        (Rejection::NotReproducible(parting), "not reproducible", None),
        (Rejection::Died(Box::new(death)), "aborted", None),
    ]
}

#[test]
fn each_rejection_has_its_name_its_fault_and_something_to_say() {
    for (rejection, name, fault) in rejections() {
        assert_eq!((rejection.name(), rejection.fault()), (name, fault));
        let explained = rejection.explain();
        assert!(explained.iter().any(|line| line.len() > 1), "{name}: {explained:?}");
        assert!(!explained.contains(&"xyzzy".to_owned()), "{name}");
    }
    assert_eq!(Rejection::WrongAnswer("no".to_owned()).explain(), ["no"]);
    assert_eq!(Rejection::Livelock(1200).explain(), ["not over after 1,200 steps"]);
}

#[test]
fn each_verdict_has_its_name_and_one_of_them_accepts() {
    let rejected = Verdict::Rejected(Box::new(evidence()));
    let names = [&Verdict::Accepted, &Verdict::Stopped, &rejected].map(Verdict::name);
    assert_eq!(names, ["accepted", "inconclusive", "wrong answer"]);
    let accepted = [&Verdict::Accepted, &Verdict::Stopped, &rejected].map(Verdict::is_accepted);
    assert_eq!(accepted, [true, false, false]);
    assert!(rejected.evidence().is_some());
    assert_eq!(Verdict::Accepted.evidence(), None);
    assert_eq!(Verdict::Stopped.evidence(), None);
}

#[test]
fn what_the_output_shows_comes_before_how_it_ended() {
    use Grade::{LeetCode, Strict};
    let wrong = || Some(violation(Fault::WrongAnswer, LeetCode));
    let strict = || Some(violation(Fault::InvariantViolated, Strict));
    let stuck = || Outcome::Deadlock(vec![blocked(0)]);
    let name = |outcome: Outcome, violation: Option<Violation>| {
        Rejection::of(outcome, violation).map(|(rejection, strict)| (rejection.name(), strict))
    };
    assert_eq!(name(Outcome::Completed, None), None);
    assert_eq!(name(Outcome::GivenUp, wrong()), None);
    assert_eq!(name(Outcome::Completed, wrong()), Some(("wrong answer", false)));
    assert_eq!(name(Outcome::Completed, strict()), Some(("invariant violated", true)));
    assert_eq!(name(stuck(), None), Some(("deadlock", false)));
    assert_eq!(name(stuck(), wrong()), Some(("wrong answer", false)));
    assert_eq!(name(stuck(), strict()), Some(("deadlock", false)));
    assert_eq!(name(Outcome::StepLimit(9), strict()), Some(("livelock", false)));
    assert_eq!(name(Outcome::Panicked(Box::new(panic())), None), Some(("panicked", false)));
    assert_eq!(name(Outcome::TimedOut(Vec::new()), None), Some(("timed out", false)));
}

#[test]
fn a_violation_is_rejected_as_what_it_is() {
    let name = |fault| {
        let found = Rejection::of(Outcome::Completed, Some(violation(fault, Grade::LeetCode)));
        found.expect("it is wrong").0.name()
    };
    let faults = [Fault::WrongAnswer, Fault::NotConcurrent, Fault::Leak, Fault::InvariantViolated];
    let names = ["wrong answer", "not concurrent", "leak", "invariant violated"];
    assert_eq!(faults.map(name), names);
}

#[test]
fn an_output_is_compared_whole_but_for_blanks_at_its_end() {
    assert_eq!(Rejection::of_output("foobar\n", "foobar"), None);
    for other in ["foo", "foobarbar", " foobar", "foobaR", ""] {
        let found = Rejection::of_output(other, "foobar").expect("it is another output");
        assert!(found.explain()[0].contains("accepted is \"foobar\""), "{found:?}");
    }
}

#[test]
fn threads_that_go_on_are_counted() {
    let said = |threads| Rejection::of_threads(threads).explain().remove(0);
    assert_eq!(said(1), "a thread that it started outside of sync never ends");
    assert_eq!(said(2), "2 threads that it started outside of sync never ends");
}

#[test]
fn evidence_speaks_of_tasks_and_steps_that_there_are() {
    let told = evidence();
    assert!(told.is_coherent());
    assert!(!Evidence { trace: None, ..told.clone() }.is_coherent());
    assert!(Evidence { trace: None, witness: None, ..told.clone() }.is_coherent());
    assert!(Evidence { witness: None, ..told.clone() }.is_coherent());

    let trace = told.trace.clone().expect("it has one");
    let (steps, tasks) = (trace.steps.len(), trace.tasks.len());
    let with = |could: (usize, usize)| {
        let mut witness = told.witness.clone().expect("it has one");
        witness.could = vec![could];
        Evidence { witness: Some(witness), ..told.clone() }.is_coherent()
    };
    assert!(with((steps, tasks - 1)));
    assert!(!with((steps + 1, tasks - 1)));
    assert!(!with((steps, tasks)));

    let stuck = |task: usize| {
        let rejection = Rejection::Deadlock { blocked: vec![blocked(task)], cause: None };
        Evidence { rejection, ..told.clone() }.is_coherent()
    };
    assert!(stuck(tasks - 1));
    assert!(!stuck(tasks));
    assert!(Rejection::Livelock(1).fits(&Trace::default()));
}
