//! Coroutines on pooled stacks: the engine's only unsafe code.
//!
//! ```text
//!   root, an OS thread's stack            a task's own stack
//!   --------------------------            ------------------
//!   Fiber::resume(signal)   ------------> runs, or returns from `suspend`
//!                                         ...
//!   Progress::Suspended     <------------ suspend(test)
//!   Seat::holds()           --- calls --> the test, which lies on the suspended stack
//! ```
//!
//! Three things are beyond the borrow checker: a running task must find its way back to the root
//! (`yielder`), the root calls a closure that lies on a stack which cannot move on meanwhile
//! (`test`), and tasks of a scope borrow from a frame that outlives them (`in_scope`).

#![expect(unsafe_code, reason = "stacks are switched here, and nowhere else")]

use std::{
    alloc::{Layout, handle_alloc_error},
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    ptr::{self, NonNull},
    rc::Rc,
    sync::Arc,
};

use corosensei::{Coroutine, CoroutineResult, Yielder, stack::DefaultStack};
use sync::thread::{Body, Nursery, Scope};

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

/// How far a task came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Progress {
    /// It is suspended, in `suspend`.
    Suspended,
    /// It has returned from its body, or unwound.
    Finished,
}

/// A task's stack, with what others may know of it while it is suspended.
pub(super) struct Fiber {
    coroutine: Coroutine<Signal, (), (), DefaultStack>,
    seat: Rc<Seat>,
}

/// Where a fiber and its controller meet.
#[derive(Default)]
pub(super) struct Seat {
    /// Set when the fiber first runs; valid until it has finished.
    yielder: Cell<Option<NonNull<Yielder<Signal, ()>>>>,
    /// Set while the fiber is suspended with a test, and only then: the closure lies on its stack.
    test: Cell<Option<NonNull<dyn Fn() -> bool>>>,
}

thread_local! {
    /// The fiber that runs on this OS thread. It is alive, since `resume` is called on it.
    static RUNNING: Cell<*const Seat> = const { Cell::new(ptr::null()) };

    /// Stacks to be used again.
    static POOL: RefCell<Vec<(DefaultStack, Rc<Seat>)>> = const { RefCell::new(Vec::new()) };
}

impl Fiber {
    /// A fiber that will run `body`.
    ///
    /// Ends the process, as a failed allocation does, if there is no room for another stack.
    pub(super) fn new(body: Arc<dyn Body>) -> Self {
        let (stack, seat) = POOL.with_borrow_mut(Vec::pop).unwrap_or_else(|| {
            let stack = DefaultStack::new(STACK_BYTES);
            (stack.unwrap_or_else(|_| no_room()), Rc::default())
        });
        let own = Rc::clone(&seat);
        let coroutine = Coroutine::with_stack(stack, move |yielder, _| {
            own.yielder.set(Some(NonNull::from(yielder)));
            drop(own);
            // Nothing unwinds into the root: running catches what the task does, and this what
            // dropping its result does, which happens here if nobody can join it any more.
            let _ = catch_unwind(AssertUnwindSafe(move || {
                if !body.run() {
                    panics::unwound();
                }
                drop(body);
            }));
        });
        Self { coroutine, seat }
    }

    /// Where to test whether the fiber could go on.
    pub(super) fn seat(&self) -> Rc<Seat> {
        Rc::clone(&self.seat)
    }

    /// Lets the fiber run until it suspends itself or finishes.
    pub(super) fn resume(&mut self, signal: Signal) -> Progress {
        let outer = RUNNING.replace(Rc::as_ptr(&self.seat));
        let result = self.coroutine.resume(signal);
        RUNNING.set(outer);
        match result {
            CoroutineResult::Yield(()) => Progress::Suspended,
            CoroutineResult::Return(()) => Progress::Finished,
        }
    }

    /// Keeps the stack of a finished fiber for another one.
    pub(super) fn recycle(self) {
        debug_assert!(self.coroutine.done(), "only a finished fiber leaves its stack");
        POOL.with_borrow_mut(|pool| pool.push((self.coroutine.into_stack(), self.seat)));
    }

    /// Gives the fiber up where it stands: nothing on its stack is dropped, and the stack is not
    /// used again, since others may point into it.
    pub(super) fn leak(mut self) {
        self.seat.test.set(None);
        // SAFETY: resetting is unsound where something on the stack relies on being dropped. The
        // stack is leaked in one piece with everything on it, and never runs again, so whatever it
        // borrowed is never used again, and whatever it lent stays in place.
        unsafe { self.coroutine.force_reset() };
        std::mem::forget(self.coroutine.into_stack());
    }
}

impl Seat {
    /// Whether the suspended fiber's test holds; so it does for one that has none.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        let Some(test) = self.test.get() else { return true };
        // SAFETY: `test` is set only while its fiber is suspended inside `suspend`, whose caller
        // lends it, so the closure and all it borrows are alive and nobody else runs.
        unsafe { test.as_ref()() }
    }
}

/// The end of the process: a stack is memory like any other.
fn no_room() -> ! {
    let layout = Layout::from_size_align(STACK_BYTES, 16).expect("a stack is aligned");
    handle_alloc_error(layout)
}

/// Suspends the running fiber; others may call `test` until it is resumed.
///
/// # Panics
///
/// Outside a fiber.
pub(super) fn suspend(test: Option<&dyn Fn() -> bool>) -> Signal {
    let seat = RUNNING.get();
    assert!(!seat.is_null(), "only a fiber can be suspended");
    // SAFETY: `resume` set the pointer, holds the seat, and has not returned.
    let seat = unsafe { &*seat };
    seat.test.set(test.map(|test| {
        // SAFETY: only the lifetime changes. The pointer is cleared below, before the loan ends;
        // a fiber that is never resumed is leaked, and `leak` clears it too.
        let test: &'static (dyn Fn() -> bool + 'static) = unsafe { std::mem::transmute(test) };
        NonNull::from(test)
    }));
    let yielder = seat.yielder.get().expect("a running fiber has a yielder");
    // SAFETY: corosensei keeps the yielder on the fiber's own stack while its body runs, and this
    // is that body.
    let signal = unsafe { yielder.as_ref() }.suspend(());
    seat.test.set(None);
    signal
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
    use std::cell::Cell;

    use super::{Fiber, Progress, Signal, suspend};

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
