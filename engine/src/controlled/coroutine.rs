//! Coroutines on pooled stacks: the engine's only unsafe code.
//!
//! ```text
//!   root, an OS thread's stack          a task's own stack            another's
//!   --------------------------          ------------------            ---------
//!   Fiber::resume(signal)   ----------> runs, or returns from `pass`
//!                                       pass(other)      -----------> runs, or returns
//!                                       ...              <----------- pass(first)
//!   Seat::holds()           -- calls -> the test, which lies on the suspended stack
//!   Progress::Suspended     <---------- suspend(test)
//! ```
//!
//! A task that knows who is next hands over to it; the root runs where somebody begins or ends, and
//! where nobody is next.
//!
//! Three things are beyond the borrow checker: a task must go on where it was left (`left`), others
//! call a closure that lies on a stack which cannot move on meanwhile (`test`), and tasks of a
//! scope borrow from a frame that outlives them (`in_scope`).

#![expect(unsafe_code, reason = "stacks are switched here, and nowhere else")]

mod switch;

use std::{
    alloc::{Layout, handle_alloc_error},
    cell::{Cell, RefCell},
    mem::ManuallyDrop,
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    process,
    ptr::{self, NonNull},
    sync::Arc,
};

use corosensei::stack::{DefaultStack, Stack};
use sync::thread::{Body, Nursery, Scope};

use self::switch::{prepare, switch};
use crate::panics;

/// Bytes of address space for a task's stack. Pages are mapped when they are first touched, and a
/// guard page lies below.
const STACK_BYTES: usize = 256 * 1024;

/// What a task is told when it is resumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Perform the operation you asked for.
    Go,
    /// The execution is over: unwind.
    Abandon,
}

/// How far a task came before the root was switched to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It is suspended, in `suspend`.
    Suspended,
    /// It has returned from its body, or unwound.
    Finished,
}

/// A task's stack, with what others may know of it while it is suspended. One that is dropped stays
/// where it is, since others may point into it.
pub(super) struct Fiber {
    stack: ManuallyDrop<DefaultStack>,
    seat: &'static Seat,
}

/// Where a stack is known to others. It lives for ever, as stacks do: both are used again and again.
pub(super) struct Seat {
    /// Where the fiber was left; null while it runs, and when it has finished.
    left: Cell<*mut u8>,
    /// What it will run, until it first does.
    body: Cell<Option<Arc<dyn Body>>>,
    /// Set while the fiber is suspended with a test, and only then: the closure lies on its stack.
    test: Cell<Option<NonNull<dyn Fn() -> bool>>>,
}

/// What runs on an OS thread.
struct Here {
    /// The fiber that does. It is alive, since it runs.
    running: Cell<Option<&'static Seat>>,
    /// Where the root was left that resumed it, or the fiber before it.
    root: Cell<*mut u8>,
}

thread_local! {
    static HERE: Here = const {
        Here { running: Cell::new(None), root: Cell::new(ptr::null_mut()) }
    };

    /// Stacks to be used again.
    static POOL: RefCell<Vec<(DefaultStack, &'static Seat)>> = const { RefCell::new(Vec::new()) };
}

impl Fiber {
    /// A fiber that will run `body`.
    ///
    /// Ends the process, as a failed allocation does, if there is no room for another stack.
    pub(super) fn new(body: Arc<dyn Body>) -> Self {
        let (stack, seat) = POOL.with_borrow_mut(Vec::pop).unwrap_or_else(|| {
            let stack = DefaultStack::new(STACK_BYTES);
            (stack.unwrap_or_else(|_| no_room()), Box::leak(Box::new(Seat::new())))
        });
        seat.body.set(Some(body));
        let base = ptr::with_exposed_provenance_mut(stack.base().get());
        // SAFETY: nobody runs on the stack, which is aligned and has room for more than that.
        let left = unsafe { prepare(base, begin, ptr::from_ref(seat).cast()) };
        seat.left.set(left);
        Self { stack: ManuallyDrop::new(stack), seat }
    }

    /// Where others know the fiber.
    pub(super) fn seat(&self) -> &'static Seat {
        self.seat
    }

    /// Lets the fiber run, and whoever it passes on to, until one of them suspends itself or
    /// finishes: tells how far that one came.
    ///
    /// # Panics
    ///
    /// If the fiber has finished.
    pub(super) fn resume(&mut self, signal: Signal) -> Progress {
        HERE.with(|here| {
            let outer = (here.running.replace(Some(self.seat)), here.root.get());
            // SAFETY: the fiber is suspended, or fresh. It is of this OS thread, which it could not
            // leave: a pointer is not to be sent.
            let told = unsafe { switch(&here.root, self.seat.leave(), signal as usize) };
            here.running.set(outer.0);
            here.root.set(outer.1);
            if told == Progress::Suspended as usize {
                Progress::Suspended
            } else {
                Progress::Finished
            }
        })
    }

    /// Keeps the stack of a finished fiber for another one.
    pub(super) fn recycle(self) {
        debug_assert!(self.seat.left.get().is_null(), "only a finished fiber leaves its stack");
        let stack = ManuallyDrop::into_inner(self.stack);
        POOL.with_borrow_mut(|pool| pool.push((stack, self.seat)));
    }

    /// Gives the fiber up where it stands: nothing on its stack is dropped, and the stack is not
    /// used again.
    pub(super) fn leak(self) {
        self.seat.test.set(None);
        self.seat.left.set(ptr::null_mut());
    }
}

impl Seat {
    const fn new() -> Self {
        Self { left: Cell::new(ptr::null_mut()), body: Cell::new(None), test: Cell::new(None) }
    }

    /// Whether the suspended fiber's test holds; so it does for one that has none.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        let Some(test) = self.test.get() else { return true };
        // SAFETY: `test` is set only while its fiber is suspended inside `lend`, whose caller lends
        // it, so the closure and all it borrows are alive and nobody else runs.
        unsafe { test.as_ref()() }
    }

    /// Where to go on, which is done once.
    #[inline]
    fn leave(&self) -> *mut u8 {
        let left = self.left.replace(ptr::null_mut());
        assert!(!left.is_null(), "only a suspended fiber can be resumed");
        left
    }

    /// Lends `test` to others while `away` lasts.
    #[inline]
    fn lend<R>(&self, test: Option<&dyn Fn() -> bool>, away: impl FnOnce() -> R) -> R {
        self.test.set(test.map(|test| {
            // SAFETY: only the lifetime changes. The pointer is cleared below, before the loan ends;
            // a fiber that is never resumed is leaked, and `leak` clears it too.
            let test: &'static (dyn Fn() -> bool + 'static) = unsafe { std::mem::transmute(test) };
            NonNull::from(test)
        }));
        let answer = away();
        self.test.set(None);
        answer
    }
}

/// The bottom of a fiber's stack.
unsafe extern "C" fn begin(seat: *const ()) -> ! {
    // SAFETY: `Fiber::new` gave it, and a seat lives for ever.
    let seat = unsafe { &*seat.cast::<Seat>() };
    let body = seat.body.take();
    // Nothing unwinds from here: running catches what the task does, and this what dropping its
    // result does, which happens here if nobody can join it any more.
    let _ = catch_unwind(AssertUnwindSafe(move || {
        let body = body.expect("a fiber begins once");
        if !body.run() {
            panics::unwound();
        }
        drop(body);
    }));
    let nowhere = Cell::new(ptr::null_mut());
    let root = HERE.with(|here| here.root.get());
    // SAFETY: the root waits in `resume`.
    unsafe { switch(&nowhere, root, Progress::Finished as usize) };
    process::abort()
}

/// The fiber that runs.
#[inline]
fn running() -> &'static Seat {
    HERE.with(|here| here.running.get()).expect("only a fiber can be suspended")
}

/// Suspends the running fiber and goes back to the root; others may call `test` until it is resumed.
///
/// # Panics
///
/// Outside a fiber.
pub(super) fn suspend(test: Option<&dyn Fn() -> bool>) -> Signal {
    let seat = running();
    let root = HERE.with(|here| here.root.get());
    // SAFETY: the root waits in `resume`.
    let told =
        seat.lend(test, || unsafe { switch(&seat.left, root, Progress::Suspended as usize) });
    signal(told)
}

/// Suspends the running fiber and goes on with another one, which was resumed by the same root, or
/// passed to by one that was; others may call `test` until the running one is resumed.
///
/// # Panics
///
/// Outside a fiber, and if the other one is not suspended.
#[expect(clippy::inline_always, reason = "at nearly every other step")]
#[inline(always)]
pub(super) fn pass(to: &'static Seat, test: Option<&dyn Fn() -> bool>) -> Signal {
    let seat = running();
    HERE.with(|here| here.running.set(Some(to)));
    // SAFETY: it is suspended, and of this OS thread, as in `resume`.
    let told = seat.lend(test, || unsafe { switch(&seat.left, to.leave(), Signal::Go as usize) });
    signal(told)
}

/// What a fiber is told.
#[inline]
fn signal(told: usize) -> Signal {
    if told == Signal::Go as usize { Signal::Go } else { Signal::Abandon }
}

/// The end of the process: a stack is memory like any other.
fn no_room() -> ! {
    let layout = Layout::from_size_align(STACK_BYTES, 16).expect("a stack is aligned");
    handle_alloc_error(layout)
}

/// Calls `body` with a scope whose tasks are begun by `spawn`; `join` returns, or unwinds, only
/// when each of them has ended or will never run again.
pub(super) fn in_scope<'env>(
    body: &mut dyn for<'scope> FnMut(Scope<'scope, 'env>),
    spawn: &dyn Fn(Arc<dyn Body>, &'static Location<'static>),
    join: &dyn Fn(),
) {
    let nursery = Erasing { spawn };
    let result = catch_unwind(AssertUnwindSafe(|| body(Scope::in_nursery(&nursery))));
    join();
    if let Err(payload) = result {
        resume_unwind(payload);
    }
}

/// Begins tasks of a scope as if they borrowed nothing.
struct Erasing<'a> {
    spawn: &'a dyn Fn(Arc<dyn Body>, &'static Location<'static>),
}

impl<'scope> Nursery<'scope> for Erasing<'_> {
    fn spawn(&self, body: Arc<dyn Body + 'scope>, place: &'static Location<'static>) {
        // SAFETY: only the lifetime changes. `in_scope` is the one place that makes an `Erasing`,
        // and calls `join` before it returns or unwinds; until then everything that `'scope` may
        // borrow is alive.
        let body: Arc<dyn Body> = unsafe { std::mem::transmute(body) };
        (self.spawn)(body, place);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        cell::{Cell, RefCell},
        panic::{AssertUnwindSafe, catch_unwind},
    };

    use super::{Fiber, Progress, Seat, Signal, pass, suspend};

    #[test]
    fn a_fiber_is_suspended_and_resumed() {
        let body = sync::thread::body("fiber", || {
            assert_eq!(suspend(None), Signal::Go);
            assert_eq!(suspend(None), Signal::Abandon);
        });
        let mut fiber = Fiber::new(body);
        assert_eq!(fiber.resume(Signal::Go), Progress::Suspended);
        assert_eq!(fiber.resume(Signal::Go), Progress::Suspended);
        assert_eq!(fiber.resume(Signal::Abandon), Progress::Finished);
        fiber.recycle();
    }

    #[test]
    fn the_test_of_a_suspended_fiber_can_be_called_from_outside() {
        let body = sync::thread::body("fiber", || {
            let calls = Cell::new(0);
            let third = || {
                calls.set(calls.get() + 1);
                calls.get() == 3
            };
            suspend(Some(&third));
            assert_eq!(calls.get(), 3);
        });
        let mut fiber = Fiber::new(body);
        fiber.resume(Signal::Go);
        let seat = fiber.seat();
        assert_eq!([seat.holds(), seat.holds(), seat.holds()], [false, false, true]);
        assert_eq!(fiber.resume(Signal::Go), Progress::Finished);
        assert!(seat.holds(), "a fiber that is not suspended has no test");
        fiber.recycle();
    }

    #[test]
    fn a_fiber_hands_over_to_another_and_back() {
        thread_local! {
            static SEATS: RefCell<Vec<&'static Seat>> = const { RefCell::new(Vec::new()) };
            static SEEN: RefCell<String> = const { RefCell::new(String::new()) };
        }
        fn other(number: usize) -> &'static Seat {
            SEATS.with_borrow(|seats| seats[1 - number])
        }
        let mut fibers = [0, 1].map(|number| {
            Fiber::new(sync::thread::body("fiber", move || {
                for _ in 0..3 {
                    SEEN.with_borrow_mut(|seen| seen.push_str(["ping ", "pong "][number]));
                    assert_eq!(pass(other(number), None), Signal::Go);
                }
            }))
        });
        SEATS.set(fibers.iter().map(Fiber::seat).collect());
        assert_eq!(fibers[0].resume(Signal::Go), Progress::Finished);
        SEEN.with_borrow(|seen| assert_eq!(seen, "ping pong ping pong ping pong "));
        // The first has ended while the second waits for it.
        assert_eq!(fibers[1].resume(Signal::Go), Progress::Finished);
        fibers.into_iter().for_each(Fiber::recycle);
    }

    #[test]
    fn a_finished_fiber_is_not_resumed() {
        let mut fiber = Fiber::new(sync::thread::body("fiber", || {}));
        assert_eq!(fiber.resume(Signal::Go), Progress::Finished);
        let again = catch_unwind(AssertUnwindSafe(|| fiber.resume(Signal::Go)));
        let message = again.expect_err("there is nothing to resume");
        let message = message.downcast_ref::<&str>();
        assert_eq!(message, Some(&"only a suspended fiber can be resumed"));
    }

    #[test]
    fn what_a_compiler_keeps_in_registers_survives_a_switch() {
        let body = sync::thread::body("fiber", || {
            let mut sums = [1.0_f64; 24];
            for round in 0..100 {
                suspend(None);
                sums.iter_mut().zip(0..).for_each(|(sum, n)| *sum += f64::from(n * round));
            }
            assert_eq!(sums[23].to_bits(), (1.0_f64 + 23.0 * 4950.0).to_bits());
        });
        let mut fiber = Fiber::new(body);
        let mut rounds = 0.5_f64;
        while fiber.resume(Signal::Go) == Progress::Suspended {
            rounds += 1.0;
        }
        assert_eq!(rounds.to_bits(), 100.5_f64.to_bits());
        fiber.recycle();
    }

    #[test]
    fn a_panic_ends_the_fiber_and_stays_inside() {
        crate::panics::catch(true);
        let mut fiber = Fiber::new(sync::thread::body("fiber", || panic!("stays inside")));
        assert_eq!(fiber.resume(Signal::Go), Progress::Finished);
        crate::panics::catch(false);
        assert!(crate::panics::take().is_some_and(|raised| raised.message == "stays inside"));
        fiber.recycle();
    }

    #[test]
    fn a_leaked_fiber_runs_no_destructor() {
        struct Loud;
        impl Drop for Loud {
            fn drop(&mut self) {
                unreachable!("nothing on a leaked stack is dropped");
            }
        }
        let mut fiber = Fiber::new(sync::thread::body("fiber", || {
            let _loud = Loud;
            suspend(None);
        }));
        fiber.resume(Signal::Go);
        fiber.leak();
    }
}
