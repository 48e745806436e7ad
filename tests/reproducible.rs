//! A solution that depends on what nobody controls is told apart from a wrong one.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use judge::{
    EngineKind, Judge, Rejection, Verdict,
    problems::{
        Technique,
        p1115_print_foobar_alternately::{FooBar, PROBLEM, solution},
    },
};
use sync::Semaphore;

/// How many instances there have been: what no execution may know of the others.
static INSTANCES: AtomicUsize = AtomicUsize::new(0);

/// Right, and every other instance does a step more.
struct Moody {
    n: usize,
    foo_turn: Semaphore,
    bar_turn: Semaphore,
    is_moody: bool,
}

impl FooBar for Moody {
    fn new(n: usize) -> Self {
        let is_moody = INSTANCES.fetch_add(1, Relaxed) % 2 == 1;
        Self { n, foo_turn: Semaphore::new(1), bar_turn: Semaphore::new(0), is_moody }
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
            if self.is_moody {
                self.bar_turn.release();
                self.bar_turn.acquire();
            }
            print_bar();
            self.foo_turn.release();
        }
    }
}

#[test]
fn what_depends_on_a_static_is_not_reproducible() {
    let moody = solution::<Moody>("moody", Technique::Semaphore, "two gates and a mood");
    let judgement = Judge::default().judge(&PROBLEM, &moody, EngineKind::Controlled);
    assert_eq!(judgement.executions, 1, "it shows at once");
    let Verdict::Rejected(evidence) = judgement.verdict else { panic!("it is not right") };
    let Rejection::NotReproducible(parting) = &evidence.rejection else {
        panic!("{:?} is not what is wrong", evidence.rejection);
    };
    assert_ne!(parting.first, parting.second);
}
