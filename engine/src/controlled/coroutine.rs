//! Coroutines on pooled stacks: the engine's only unsafe blocks.
//!
//! ```text
//!   root, an OS thread's stack          a task's own stack            another's
//!   --------------------------          ------------------            ---------
//!   Fiber::resume(signal)   ----------> runs, or heeds an answer
//!                                       pass(other).heed(..) -------> runs, or heeds
//!                                       ...              <----------- pass(first).heed(..)
//!   Fiber::holds()          -- calls -> the test, which lies on the suspended stack
//!   Progress::Suspended     <---------- suspend(test)
//! ```
//!
//! A task that knows who is next hands over to it, and so does one that has ended; the root runs
//! before the first and after the last.
//!
//! Three things are beyond the borrow checker: a task must go on where it was left (`left`), others
//! call a closure that lies on a stack which cannot move on meanwhile (`test`), and tasks of a
//! scope borrow from a frame that outlives them (`in_scope`).

#![expect(unsafe_code, reason = "stacks are switched here, or left as an answer says")]

#[cfg(test)]
mod tests;

use std::{
    alloc::{Layout, handle_alloc_error},
    cell::{Cell, RefCell},
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    ptr::{self, NonNull},
    sync::Arc,
};

use corosensei::stack::{DefaultStack, Stack};
use sync::{
    control::{
        Answer, Test,
        switch::{prepare, switch},
    },
    thread::{Body, Nursery, Scope, Thread},
};

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

/// A task's stack, with what others may know of it while it is suspended. It lives for ever, since
/// others may point to it, and is used again and again; its stack lives as long as the OS thread.
pub(super) struct Fiber {
    stack: Cell<Option<DefaultStack>>,
    /// Where it was left; null while it runs, and when it has finished.
    left: Cell<*mut u8>,
    /// Where it will run what it is given next, when it has finished.
    rest: Cell<*mut u8>,
    /// What it runs, or will. The fiber itself lets go of it when it has run, and nobody else touches
    /// it meanwhile.
    body: Cell<Option<Arc<dyn Body>>>,
    /// How many it has run.
    runs: Cell<u64>,
    /// Set while it is suspended with a test, and only then: the closure lies on its stack.
    test: Cell<Option<NonNull<dyn Fn() -> bool>>>,
}

/// Who is told when a fiber ends.
pub(super) trait Root {
    /// The running fiber has run what it had to: who is next, if not the root.
    fn ended(&self) -> Option<&'static Fiber>;
}

/// What runs on an OS thread.
struct Here {
    /// The fiber that does. It is alive, since it runs.
    running: Cell<Option<&'static Fiber>>,
    /// Where the root was left that resumed it, or the fiber before it; and who is told of the end.
    left: Cell<*mut u8>,
    root: Cell<Option<&'static dyn Root>>,
}

thread_local! {
    static HERE: Here = const {
        Here {
            running: Cell::new(None),
            left: Cell::new(ptr::null_mut()),
            root: Cell::new(None),
        }
    };

    /// Fibers to be used again.
    static POOL: RefCell<Pool> = const { RefCell::new(Pool(Vec::new())) };
}

/// Those that have finished.
struct Pool(Vec<&'static Fiber>);

impl Drop for Pool {
    fn drop(&mut self) {
        self.0.iter().for_each(|fiber| drop(fiber.stack.take()));
    }
}

impl Fiber {
    /// A fiber that will run `body`.
    ///
    /// Ends the process, as a failed allocation does, if there is no room for another stack.
    #[inline]
    pub(super) fn begin(body: Arc<dyn Body>) -> &'static Self {
        let fiber = POOL.with_borrow_mut(|pool| pool.0.pop()).unwrap_or_else(Self::with_stack);
        fiber.body.set(Some(body));
        fiber.left.set(fiber.rest.get());
        fiber
    }

    /// One more.
    #[cold]
    fn with_stack() -> &'static Self {
        let stack = DefaultStack::new(STACK_BYTES).unwrap_or_else(|_| no_room());
        let base = ptr::with_exposed_provenance_mut(stack.base().get());
        let fiber = Box::leak(Box::new(Self {
            stack: Cell::new(Some(stack)),
            left: Cell::new(ptr::null_mut()),
            rest: Cell::new(ptr::null_mut()),
            body: Cell::new(None),
            runs: Cell::new(0),
            test: Cell::new(None),
        }));
        // SAFETY: nobody runs on the stack, which is aligned and has room for more than that.
        fiber.rest.set(unsafe { prepare(base, run, ptr::from_ref(fiber).cast()) });
        fiber
    }

    /// Lets the fiber run, and whoever it passes on to, until one of them suspends itself, or finishes
    /// and `root` knows nobody to follow: tells how far that one came.
    ///
    /// # Panics
    ///
    /// If the fiber has finished.
    pub(super) fn resume(&'static self, signal: Signal, root: &'static dyn Root) -> Progress {
        HERE.with(|here| {
            let outer = (here.running.replace(Some(self)), here.left.get(), here.root.get());
            here.root.set(Some(root));
            // SAFETY: the fiber is suspended, or fresh. It is of this OS thread, which it could not
            // leave: a pointer is not to be sent.
            let told = unsafe { switch(&here.left, self.leave(), signal as usize) };
            here.running.set(outer.0);
            here.left.set(outer.1);
            here.root.set(outer.2);
            if told == Progress::Suspended as usize {
                Progress::Suspended
            } else {
                Progress::Finished
            }
        })
    }

    /// Whether it has not run yet what it will.
    pub(super) fn is_fresh(&self) -> bool {
        !self.left.get().is_null() && self.left == self.rest
    }

    /// How many bodies it has run to their ends.
    #[inline]
    pub(super) fn runs(&self) -> u64 {
        self.runs.get()
    }

    /// Lets go of what the fresh fiber would have run.
    pub(super) fn cancel(&'static self) {
        assert!(self.is_fresh(), "what has begun is not cancelled");
        self.left.set(ptr::null_mut());
        let body = self.body.take();
        POOL.with_borrow_mut(|pool| pool.0.push(self));
        drop(body);
    }

    /// Gives the fiber up where it stands: nothing on its stack is dropped, and the stack is not
    /// used again.
    pub(super) fn leak(&self) {
        self.test.set(None);
        self.left.set(ptr::null_mut());
    }

    /// Whether the suspended fiber's test holds; so it does for one that has none.
    #[inline]
    pub(super) fn holds(&self) -> bool {
        let Some(test) = self.test.get() else { return true };
        // SAFETY: `test` is set only while its fiber is suspended inside `lend`, whose caller lends
        // it, so the closure and all it borrows are alive and nobody else runs.
        unsafe { test.as_ref()() }
    }

    /// What it runs.
    fn body(&self) -> &dyn Body {
        // SAFETY: it lies there until the fiber has run it, and whoever asks does so meanwhile.
        let body = unsafe { (*self.body.as_ptr()).as_deref() };
        body.expect("a fiber has something to run")
    }

    /// Where to go on, which is done once.
    #[inline]
    fn leave(&self) -> *mut u8 {
        let left = self.left.replace(ptr::null_mut());
        assert!(!left.is_null(), "only a suspended fiber can be resumed");
        self.test.set(None);
        left
    }

    /// Lends `test`, which lies on the fiber's stack, to others until it is gone on with.
    #[inline]
    fn lend(&self, test: Option<Test<'_>>) {
        self.test.set(test.map(|test| {
            // SAFETY: only the lifetime changes. Whoever is suspended does nothing more before `leave`
            // clears the pointer; a fiber that is never resumed is leaked, and `leak` clears it too.
            let test: Test<'static> = unsafe { std::mem::transmute(test) };
            NonNull::from(test)
        }));
    }
}

/// The bottom of a fiber's stack: runs one thing after the other, whenever there is one.
unsafe extern "C" fn run(fiber: *const ()) -> ! {
    // SAFETY: `with_stack` gave it, and a fiber lives for ever.
    let fiber: &'static Fiber = unsafe { &*fiber.cast::<Fiber>() };
    loop {
        // Nothing unwinds from here: running catches what the task does, and this what dropping its
        // result does, which happens here if nobody can join it any more.
        let _ = catch_unwind(AssertUnwindSafe(|| {
            if !fiber.body().run() {
                panics::unwound();
            }
            drop(fiber.body.take());
        }));
        fiber.runs.set(fiber.runs.get() + 1);
        let next = HERE.with(|here| {
            let next = here.root.get().and_then(Root::ended);
            if next.is_some() {
                here.running.set(next);
            }
            next
        });
        // From here on it can be used again, and this is where it begins then.
        POOL.with_borrow_mut(|pool| pool.0.push(fiber));
        // SAFETY: whoever is next is suspended, or fresh, and of this OS thread; the root waits in
        // `resume`.
        unsafe {
            match next {
                Some(next) => switch(&fiber.rest, next.leave(), Signal::Go as usize),
                None => switch(&fiber.rest, root(), Progress::Finished as usize),
            }
        };
    }
}

/// The fiber that runs.
#[inline]
fn running() -> &'static Fiber {
    HERE.with(|here| here.running.get()).expect("only a fiber can be suspended")
}

/// Where the root waits.
fn root() -> *mut u8 {
    HERE.with(|here| here.left.get())
}

/// The handle of the task that the running fiber is.
///
/// # Panics
///
/// Outside a fiber.
pub(super) fn thread() -> Thread {
    running().body().task().thread().clone()
}

/// Suspends the running fiber and goes back to the root; others may call `test` until it is resumed.
///
/// # Panics
///
/// Outside a fiber.
pub(super) fn suspend(test: Option<Test<'_>>) -> Signal {
    let fiber = running();
    fiber.lend(test);
    // SAFETY: the root waits in `resume`.
    signal(unsafe { switch(&fiber.left, root(), Progress::Suspended as usize) })
}

/// The running fiber is to be suspended, and to go back to the root; others may call `test` until it is
/// resumed.
///
/// # Panics
///
/// Outside a fiber.
pub(super) fn give_up(test: Option<Test<'_>>) -> Answer {
    const { assert!(Progress::Suspended as usize == 0, "what the root is told") };
    let fiber = running();
    fiber.lend(test);
    // SAFETY: the root waits in `resume`, and a fiber lives for ever.
    unsafe { Answer::leave(&fiber.left, root()) }
}

/// The running fiber is to be suspended, and to go on with another one, a fresh one or one that was
/// resumed by the same root, or passed to by one that was; others may call `test` until the running one
/// is resumed.
///
/// # Panics
///
/// Outside a fiber, and if the other one is not suspended.
#[expect(clippy::inline_always, reason = "at nearly every other step")]
#[inline(always)]
pub(super) fn pass(to: &'static Fiber, test: Option<Test<'_>>) -> Answer {
    const { assert!(Signal::Go as usize == 0, "what the other one is told") };
    let (fiber, end) = (running(), to.leave());
    HERE.with(|here| here.running.set(Some(to)));
    fiber.lend(test);
    // SAFETY: it is suspended, and of this OS thread, as in `resume`; a fiber lives for ever.
    unsafe { Answer::leave(&fiber.left, end) }
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
