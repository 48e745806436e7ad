//! What is wrong with one execution, and when two executions are wrong in the same way.

use std::collections::BTreeSet;

use engine::{
    Controlled, Outcome,
    outcome::{self, Blocked},
};
use problems::{Extent, Trial};

use crate::{Rejection, hindsight};

/// What came of the last run of a trial.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Finding {
    /// Nothing is wrong; this is its canonical output.
    Right(String),
    /// Something is.
    Wrong(Failure),
}

/// What is wrong with an execution.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Failure {
    pub(crate) rejection: Rejection,
    /// Whether only the strict reading of the statement is broken.
    pub(crate) strict_only: bool,
}

impl Finding {
    /// Looks at the last run of `trial`, which ended with `outcome`. Whole executions must show
    /// `expected`, if that is known.
    pub(crate) fn of(trial: &Trial, outcome: Outcome, expected: Option<&str>) -> Self {
        let whole = outcome == Outcome::Completed;
        let extent = if whole { Extent::Whole } else { Extent::Prefix };
        let rejection = match trial.check(extent) {
            Ok(output) if whole => {
                let of_output = expected.and_then(|text| Rejection::of_output(&output, text));
                let Some(rejection) = of_output else { return Self::Right(output) };
                Some((rejection, false))
            }
            Ok(_) => Rejection::of(outcome, None),
            Err(violation) => Rejection::of(outcome, Some(violation)),
        };
        let (rejection, strict_only) = rejection.expect("what is not completed is wrong");
        Self::Wrong(Failure { rejection, strict_only })
    }

    /// As [`of`](Self::of), of the last run of `engine`: where nothing else is wrong, a data race
    /// is. `LeetCode`, which looks at the output only, would accept it.
    pub(crate) fn under_control(
        engine: &Controlled,
        trial: &Trial,
        outcome: Outcome,
        expected: Option<&str>,
    ) -> Self {
        match Self::of(trial, outcome, expected) {
            Self::Right(output) => match hindsight::race(engine, trial) {
                Some(rejection) => Self::Wrong(Failure { rejection, strict_only: true }),
                None => Self::Right(output),
            },
            wrong @ Self::Wrong(_) => wrong,
        }
    }

    pub(crate) fn failure(self) -> Option<Failure> {
        match self {
            Self::Right(_) => None,
            Self::Wrong(failure) => Some(failure),
        }
    }
}

impl Failure {
    /// Whether `other` is wrong in the same way: numbers and names may differ, what is said may not.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        self.strict_only == other.strict_only && alike(&self.rejection, &other.rejection)
    }
}

fn alike(first: &Rejection, other: &Rejection) -> bool {
    match (first, other) {
        (Rejection::WrongAnswer(one), Rejection::WrongAnswer(two))
        | (Rejection::InvariantViolated(one), Rejection::InvariantViolated(two))
        | (Rejection::NotConcurrent(one), Rejection::NotConcurrent(two))
        | (Rejection::Leak(one), Rejection::Leak(two)) => pattern(one) == pattern(two),
        (Rejection::Deadlock { blocked: one, .. }, Rejection::Deadlock { blocked: two, .. }) => {
            let (one, two) = (waits(one), waits(two));
            !two.is_empty() && two.is_subset(&one)
        }
        (Rejection::Livelock(_), Rejection::Livelock(_)) => true,
        (Rejection::DataRace(one), Rejection::DataRace(two)) => one.places() == two.places(),
        (Rejection::Panicked(one), Rejection::Panicked(two)) => one.place == two.place,
        _ => false,
    }
}

/// A message without its numbers, and without the text that a wrong output shows.
fn pattern(message: &str) -> String {
    let said = message.split('"').step_by(2);
    said.flat_map(str::chars).filter(|c| !c.is_ascii_digit()).collect()
}

/// Where in the source the solution's tasks wait, and how.
fn waits(blocked: &[Blocked]) -> BTreeSet<(&'static str, String)> {
    outcome::waits(blocked.iter().filter(|blocked| !crate::explain::only_joins(blocked)))
}

#[cfg(test)]
mod tests {
    use std::panic::Location;

    use engine::{
        analysis::Race,
        outcome::{Blocked, Panic, Wait},
    };
    use problems::Fault;
    use sync::control::Op;

    use super::{Failure, Finding};
    use crate::{EngineKind, Evidence, Judge, Rejection, find_problem};

    fn wrong(message: &str) -> Failure {
        let rejection = Rejection::WrongAnswer(message.to_owned());
        Failure { rejection, strict_only: false }
    }

    #[test]
    fn a_failure_is_what_is_wrong_and_nothing_else() {
        assert_eq!(Finding::Wrong(wrong("no")).failure(), Some(wrong("no")));
        assert_eq!(Finding::Right("foobar".to_owned()).failure(), None);
    }

    #[test]
    fn whoever_is_stuck_is_not_asked_for_the_whole_output() {
        let problem = find_problem("1115").expect("1115 is there");
        let stuck = problem.broken.iter().find(|broken| broken.fault == Fault::Deadlock);
        let judge = Judge { executions: 100, shrink_steps: 0, ..Judge::default() };
        let stuck = stuck.expect("one is").solution;
        let verdict = judge.judge(problem, &stuck, EngineKind::Controlled).verdict;
        assert_eq!(verdict.name(), "deadlock");
    }

    #[test]
    fn numbers_and_outputs_make_no_difference() {
        assert!(wrong("atom 2 is O").is_like(&wrong("atom 17 is O")));
        assert!(wrong("\"a\" is not \"b\"").is_like(&wrong("\"c\" is not \"d\"")));
    }

    #[test]
    fn words_kinds_and_grades_do() {
        assert!(!wrong("atom 2 is O").is_like(&wrong("atom 2 is H")));
        let strict = Failure { strict_only: true, ..wrong("atom 2 is O") };
        assert!(!wrong("atom 2 is O").is_like(&strict));
        let livelock = of(Rejection::Livelock(9));
        assert!(!wrong("atom 2 is O").is_like(&livelock));
        assert!(livelock.is_like(&of(Rejection::Livelock(10))));
    }

    fn of(rejection: Rejection) -> Failure {
        Failure { rejection, strict_only: false }
    }

    #[track_caller]
    fn waits(task: usize, op: Op) -> Blocked {
        let (on, place) = ("mutex #0".to_owned(), Location::caller().into());
        Blocked { task, name: "foo".to_owned(), wait: Some(Wait { op, on, place }) }
    }

    fn stuck(blocked: &[&Blocked]) -> Failure {
        let blocked = blocked.iter().map(|&blocked| blocked.clone()).collect();
        of(Rejection::Deadlock { blocked, cause: None })
    }

    #[test]
    fn a_deadlock_is_like_one_that_waits_at_more_lines() {
        let one = waits(1, Op::Lock);
        let two = waits(2, Op::Acquire);
        let main = waits(0, Op::Join);
        assert!(stuck(&[&one, &two]).is_like(&stuck(&[&one])));
        assert!(!stuck(&[&one]).is_like(&stuck(&[&one, &two])));
        assert!(!stuck(&[&one]).is_like(&stuck(&[&two])));
        // Whoever only waits for the others says nothing, and neither does nobody.
        assert!(stuck(&[&one]).is_like(&stuck(&[&one, &main])));
        assert!(!stuck(&[&one]).is_like(&stuck(&[&main])));
        assert!(!stuck(&[]).is_like(&stuck(&[])));
    }

    #[test]
    fn panics_are_alike_at_the_same_place_whatever_they_say() {
        let panic = |message: &str, place: &str| {
            let [task, message, place] = ["foo", message, place].map(str::to_owned);
            of(Rejection::Panicked(Panic { task, message, place }))
        };
        assert!(panic("no", "a.rs:1").is_like(&panic("never", "a.rs:1")));
        assert!(!panic("no", "a.rs:1").is_like(&panic("no", "a.rs:2")));
    }

    #[test]
    fn races_are_alike_between_the_same_lines() {
        let race = |number: &str, name: &str| {
            let problem = find_problem(number).expect("it is a problem");
            let listed = problem.broken.iter().find(|broken| broken.solution.name == name);
            let judge = Judge { executions: 50, shrink_steps: 0, ..Judge::default() };
            let solution = listed.expect("it is listed").solution;
            let judgement = judge.judge(problem, &solution, EngineKind::Controlled);
            let evidence: &Evidence = judgement.verdict.evidence().expect("it is wrong");
            assert!(matches!(evidence.rejection, Rejection::DataRace(_)), "{number} {name}");
            of(evidence.rejection.clone())
        };
        let (one, other) = (race("1115", "relaxed-store"), race("1195", "relaxed-load"));
        assert!(one.is_like(&one.clone()));
        // Both race in the log: what tells them apart is the callback's place, which is the same.
        assert_eq!(one.is_like(&other), super::alike(&other.rejection, &one.rejection));
        assert!(!one.is_like(&wrong("no")));
        let with = |change: fn(&mut Race)| {
            let Rejection::DataRace(race) = &one.rejection else { unreachable!("it is one") };
            let mut race = race.clone();
            change(&mut race);
            of(Rejection::DataRace(race))
        };
        let swapped = with(|race| std::mem::swap(&mut race.first, &mut race.second));
        assert!(one.is_like(&swapped));
        assert!(!one.is_like(&with(|race| race.second.place = Location::caller().into())));
        assert!(!one.is_like(&with(|race| race.first.place = Location::caller().into())));
    }
}
