//! The judge as a library: somebody's own answer, judged where it is written.

use std::panic::{AssertUnwindSafe, catch_unwind};

use judge::{
    Judge,
    problems::{
        Solution, Technique,
        p1115_print_foobar_alternately::{FooBar, PROBLEM, solution},
    },
};
use sync::Semaphore;

/// One permit travels between two gates.
struct Gates {
    n: usize,
    foo_turn: Semaphore,
    bar_turn: Semaphore,
}

impl FooBar for Gates {
    fn new(n: usize) -> Self {
        Self { n, foo_turn: Semaphore::new(1), bar_turn: Semaphore::new(0) }
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        for _ in 0..self.n {
            self.foo_turn.acquire();
            print_foo();
            self.bar_turn.release();
        }
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.n {
            self.bar_turn.acquire();
            print_bar();
            self.foo_turn.release();
        }
    }
}

/// The same, and nobody passes the permit back.
struct OneWay(Gates);

impl FooBar for OneWay {
    fn new(n: usize) -> Self {
        Self(Gates::new(n))
    }

    fn foo<F: Fn()>(&self, print_foo: F) {
        self.0.foo(print_foo);
    }

    fn bar<F: Fn()>(&self, print_bar: F) {
        for _ in 0..self.0.n {
            self.0.bar_turn.acquire();
            print_bar();
        }
    }
}

/// What `assert_accepted` panics with.
#[track_caller]
fn rejection(solution: &Solution) -> String {
    let judge = Judge { executions: 100, ..Judge::default() };
    let assertion = AssertUnwindSafe(|| judge.assert_accepted(&PROBLEM, solution));
    let payload = catch_unwind(assertion).expect_err("a wrong answer is not accepted");
    let message = payload.downcast_ref::<String>().expect("the explanation is text");
    anstream::adapter::strip_str(message).to_string()
}

#[test]
fn ones_own_solution_is_accepted() {
    let judge = Judge { executions: 1_000, ..Judge::default() };
    let mine = solution::<Gates>("mine", Technique::Semaphore, "two gates");
    judge.assert_accepted(&PROBLEM, &mine);
}

#[test]
fn ones_own_mistake_is_explained_with_its_lines() {
    let message = rejection(&solution::<OneWay>("one-way", Technique::Semaphore, "one gate"));
    for part in [
        "one-way is not accepted\n",
        "deadlock in execution 0 of case n2: ",
        "foo waits for a permit of semaphore #0 at library.rs:",
        "bar waits for a permit of semaphore #1 at library.rs:",
    ] {
        assert!(message.contains(part), "{part:?} is not in:\n{message}");
    }
}
