use std::{
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, catch_unwind},
    ptr,
    sync::Arc,
};

use sync::thread::Body;

use super::{Fiber, Progress, Root, Signal, pass, suspend};

/// Knows nobody to follow.
struct Alone;

impl Root for Alone {
    fn ended(&self) -> Option<&'static Fiber> {
        None
    }
}

fn fiber(body: impl FnOnce() + Send + 'static) -> &'static Fiber {
    Fiber::begin(sync::thread::body("fiber", body))
}

fn resume(fiber: &'static Fiber, signal: Signal) -> Progress {
    fiber.resume(signal, &Alone)
}

#[test]
fn a_fiber_is_suspended_and_resumed() {
    let fiber = fiber(|| {
        assert_eq!(suspend(None), Signal::Go);
        assert_eq!(suspend(None), Signal::Abandon);
    });
    assert_eq!(resume(fiber, Signal::Go), Progress::Suspended);
    assert_eq!(resume(fiber, Signal::Go), Progress::Suspended);
    assert_eq!(resume(fiber, Signal::Abandon), Progress::Finished);
}

#[test]
fn a_fiber_runs_one_thing_after_the_other() {
    let first = fiber(|| assert_eq!(suspend(None), Signal::Go));
    assert_eq!(resume(first, Signal::Go), Progress::Suspended);
    assert_eq!(resume(first, Signal::Go), Progress::Finished);
    let second = fiber(|| assert_eq!(suspend(None), Signal::Go));
    assert!(ptr::eq(first, second), "a stack is used again");
    assert_eq!(resume(second, Signal::Go), Progress::Suspended);
    assert_eq!(resume(second, Signal::Go), Progress::Finished);
}

#[test]
fn one_that_has_ended_hands_over_to_who_is_next() {
    struct Next(Cell<Option<Arc<dyn Body>>>);
    impl Root for Next {
        fn ended(&self) -> Option<&'static Fiber> {
            self.0.take().map(Fiber::begin)
        }
    }
    let next = sync::thread::body("fiber", || assert_eq!(suspend(None), Signal::Go));
    let root: &'static Next = Box::leak(Box::new(Next(Cell::new(Some(next)))));
    assert_eq!(fiber(|| {}).resume(Signal::Go, root), Progress::Suspended);
}

#[test]
fn the_test_of_a_suspended_fiber_can_be_called_from_outside() {
    let fiber = fiber(|| {
        let calls = Cell::new(0);
        let third = || {
            calls.set(calls.get() + 1);
            calls.get() == 3
        };
        suspend(Some(&third));
        assert_eq!(calls.get(), 3);
    });
    resume(fiber, Signal::Go);
    assert_eq!([fiber.holds(), fiber.holds(), fiber.holds()], [false, false, true]);
    assert_eq!(resume(fiber, Signal::Go), Progress::Finished);
    assert!(fiber.holds(), "a fiber that is not suspended has no test");
}

#[test]
fn a_fiber_hands_over_to_another_and_back() {
    thread_local! {
        static BOTH: RefCell<Vec<&'static Fiber>> = const { RefCell::new(Vec::new()) };
        static SEEN: RefCell<String> = const { RefCell::new(String::new()) };
    }
    fn other(number: usize) -> &'static Fiber {
        BOTH.with_borrow(|both| both[1 - number])
    }
    let fibers = [0, 1].map(|number| {
        fiber(move || {
            for _ in 0..3 {
                SEEN.with_borrow_mut(|seen| seen.push_str(["ping ", "pong "][number]));
                assert!(!pass(other(number), None).heed(|| unreachable!("nobody unwinds")));
            }
        })
    });
    BOTH.set(fibers.to_vec());
    assert_eq!(resume(fibers[0], Signal::Go), Progress::Finished);
    SEEN.with_borrow(|seen| assert_eq!(seen, "ping pong ping pong ping pong "));
    // The first has ended while the second waits for it.
    assert_eq!(resume(fibers[1], Signal::Go), Progress::Finished);
}

#[test]
fn a_finished_fiber_is_not_resumed() {
    let fiber = fiber(|| {});
    assert_eq!(resume(fiber, Signal::Go), Progress::Finished);
    let again = catch_unwind(AssertUnwindSafe(|| resume(fiber, Signal::Go)));
    let message = again.expect_err("there is nothing to resume");
    let message = message.downcast_ref::<&str>();
    assert_eq!(message, Some(&"only a suspended fiber can be resumed"));
}

#[test]
fn what_a_compiler_keeps_in_registers_survives_a_switch() {
    let fiber = fiber(|| {
        let mut sums = [1.0_f64; 24];
        for round in 0..100 {
            suspend(None);
            sums.iter_mut().zip(0..).for_each(|(sum, n)| *sum += f64::from(n * round));
        }
        assert_eq!(sums[23].to_bits(), (1.0_f64 + 23.0 * 4950.0).to_bits());
    });
    let mut rounds = 0.5_f64;
    while resume(fiber, Signal::Go) == Progress::Suspended {
        rounds += 1.0;
    }
    assert_eq!(rounds.to_bits(), 100.5_f64.to_bits());
}

#[test]
fn a_panic_ends_the_fiber_and_stays_inside() {
    crate::panics::catch(true);
    assert_eq!(resume(fiber(|| panic!("stays inside")), Signal::Go), Progress::Finished);
    crate::panics::catch(false);
    assert!(crate::panics::take().is_some_and(|raised| raised.message == "stays inside"));
}

#[test]
fn a_fiber_that_is_cancelled_runs_nothing() {
    let witness = Arc::new(());
    let held = Arc::clone(&witness);
    let cancelled = fiber(move || unreachable!("it never runs, and holds {held:?}"));
    assert!(cancelled.is_fresh());
    cancelled.cancel();
    assert_eq!(Arc::strong_count(&witness), 1, "what it held is let go of");
    let second = fiber(|| assert_eq!(suspend(None), Signal::Go));
    assert!(ptr::eq(cancelled, second), "its stack is used again");
    assert_eq!(resume(second, Signal::Go), Progress::Suspended);
    assert!(!second.is_fresh());
}

#[test]
fn a_leaked_fiber_runs_no_destructor() {
    struct Loud;
    impl Drop for Loud {
        fn drop(&mut self) {
            unreachable!("nothing on a leaked stack is dropped");
        }
    }
    let fiber = fiber(|| {
        let _loud = Loud;
        suspend(None);
    });
    resume(fiber, Signal::Go);
    fiber.leak();
}
