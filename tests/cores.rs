//! Executions are spread over the cores, and nobody can tell from the result.

use std::{num::NonZero, time::Duration};

use judge::{
    EngineKind, Judge, Judgement,
    problems::{
        Problem, Solution, Technique,
        p1115_print_foobar_alternately::{FooBar, PROBLEM, solution},
    },
    report::json,
};
use sync::Semaphore;

use crate::catalogue::{right, told, wrong};

/// Everything that is told of `solution` after so many executions on so many `cores`.
fn everything(problem: &Problem, solution: &Solution, executions: u64, cores: usize) -> String {
    let cores = NonZero::new(cores).expect("it takes a core");
    let judge = Judge { executions, cores, shrink_steps: 0, ..Judge::default() };
    let judgement = judge.judge(problem, solution, EngineKind::Controlled);
    let judgement = Judgement { elapsed: Duration::ZERO, ..judgement };
    format!("{}{}", told(&judgement), json::judgement(&judgement))
}

#[test]
fn the_same_is_said_of_a_wrong_answer_on_one_core_and_on_two() {
    for (problem, broken) in wrong() {
        let [one, two] = [1, 2].map(|cores| everything(problem, &broken.solution, 10_000, cores));
        assert_eq!(one, two, "{} {}", problem.number, broken.solution.name);
    }
}

#[test]
fn the_same_is_said_of_a_right_answer_on_one_core_and_on_two() {
    for (problem, solution) in right().step_by(5) {
        let [one, two] = [1, 2].map(|cores| everything(problem, solution, 20_000, cores));
        assert_eq!(one, two, "{} {}", problem.number, solution.name);
    }
}

static FOO: Semaphore = Semaphore::new(1);
static BAR: Semaphore = Semaphore::new(0);

/// Right for one execution at a time: its gates are everybody's.
struct Everybodys(usize);

impl FooBar for Everybodys {
    fn new(n: usize) -> Self {
        Self(n)
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.0 {
            FOO.acquire();
            print_foo();
            BAR.release();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.0 {
            BAR.acquire();
            print_bar();
            FOO.release();
        }
    }
}

#[test]
fn executions_that_would_meet_in_a_static_do_not_run_at_once() {
    let everybodys = solution::<Everybodys>("everybodys", Technique::Semaphore, "two static gates");
    let cores = NonZero::new(2).expect("two is more than none");
    let judge = Judge { cores, ..Judge::default() };
    let judgement = judge.judge(&PROBLEM, &everybodys, EngineKind::Controlled);
    assert!(judgement.verdict.is_accepted(), "{}", told(&judgement));
}
