//! One execution: its tasks, what went wrong in it, and who says how it ended.

use std::{
    borrow::Cow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc,
        atomic::{
            AtomicBool, AtomicUsize,
            Ordering::{AcqRel, Acquire, Relaxed},
        },
    },
    thread,
    time::Instant,
};

use parking_lot::Mutex;
use sync::{
    control::{Resource, next_execution},
    thread::Body,
};

use super::{crew::Crew, names::Names, noise::Plan, placement::Placement, running, task::Task};
use crate::{
    outcome::{Blocked, Outcome, Panic},
    panics::{self, Raised},
};

/// An execution under way, or over: its stragglers keep it, and touch no other.
pub(super) struct Execution {
    pub(super) plan: Plan,
    pub(super) placement: Placement,
    pub(super) crew: Arc<Crew>,
    pub(super) names: Names,
    pub(super) began: Instant,
    /// How many tasks there have been.
    tasks: AtomicUsize,
    /// How many scopes there have been.
    scopes: AtomicUsize,
    /// How many tasks are not gone yet.
    present: AtomicUsize,
    /// Those that are not gone yet, for the watchdog and its report.
    roll: Mutex<Vec<Arc<Task>>>,
    /// What was raised, with numbers in order of raising: the first has caused the others.
    panics: Mutex<Vec<(u64, Panic)>>,
    /// Whether the outcome stands. Whatever a task asks from then on ends it.
    is_over: AtomicBool,
    /// Who waits for the last task to be gone.
    caller: thread::Thread,
}

/// What a straggler is unwound with.
struct Abandoned;

impl Execution {
    /// An execution that begins now, and for whose end the calling thread will wait.
    pub(super) fn new(plan: Plan, placement: Placement, crew: Arc<Crew>) -> Arc<Self> {
        Arc::new(Self {
            plan,
            placement,
            crew,
            names: Names::new(next_execution()),
            began: Instant::now(),
            tasks: AtomicUsize::new(0),
            scopes: AtomicUsize::new(0),
            present: AtomicUsize::new(0),
            roll: Mutex::new(Vec::new()),
            panics: Mutex::new(Vec::new()),
            is_over: AtomicBool::new(false),
            caller: thread::current(),
        })
    }

    /// A task to come, which others know as `resource`.
    pub(super) fn enrol(
        self: &Arc<Self>,
        name: Option<Cow<'static, str>>,
        resource: &Resource,
        scope: Option<usize>,
    ) -> Arc<Task> {
        let id = self.tasks.fetch_add(1, Relaxed);
        let resource = self.names.add_task(resource, id, name);
        let task = Arc::new(Task::new(id, resource, scope, Arc::clone(self)));
        self.present.fetch_add(1, Relaxed);
        self.roll.lock().push(Arc::clone(&task));
        task
    }

    /// A number for one more scope.
    pub(super) fn next_scope(&self) -> usize {
        self.scopes.fetch_add(1, Relaxed)
    }

    /// Runs `body` as a task of the execution, on a thread of the pool.
    pub(super) fn spawn(self: &Arc<Self>, body: Arc<dyn Body>) {
        let task = self.enrol(name(&*body), body.task().resource(), None);
        task.thread.get_or_init(|| body.task().thread().clone());
        self.crew.pool.give(Box::new(move |seat| {
            task.perform(move || {
                if !body.run() {
                    panics::unwound();
                }
                // With whatever it returned, if nobody wants that: while it is still this task's
                // doing, and before anybody can take the task for gone.
                drop(body);
            });
            // First back in the pool, then gone: the next execution is to find everybody there.
            seat.vacate();
            task.leave();
        }));
    }

    /// Notes a panic of `task`.
    pub(super) fn panicked(&self, task: &Task, (order, raised): (u64, Raised)) {
        let Raised { message, place } = raised;
        let panic = Panic { task: task.name(), message, place };
        self.panics.lock().push((order, panic));
    }

    /// The panic that came first.
    pub(super) fn panic(&self) -> Option<Panic> {
        let panics = self.panics.lock();
        panics.iter().min_by_key(|(order, _)| order).map(|(_, panic)| panic.clone())
    }

    /// Whether every task is gone.
    pub(super) fn is_deserted(&self) -> bool {
        // Acquire: pairs with the decrement in `leave`. What the tasks did is seen.
        self.present.load(Acquire) == 0
    }

    /// The tasks that are not gone.
    pub(super) fn present(&self) -> Vec<Arc<Task>> {
        self.roll.lock().clone()
    }

    /// Those who have not ended, as a report lists them.
    pub(super) fn blocked(&self) -> Vec<Blocked> {
        let mut present = self.present();
        present.sort_by_key(|task| task.id);
        present.iter().map(|task| task.blocked()).collect()
    }

    /// Ends the execution, whose outcome is known, and lets go of those who are still there.
    pub(super) fn close(&self) {
        self.is_over.store(true, Relaxed);
        self.roll.lock().clear();
    }

    /// How the execution ended, every task being gone.
    pub(super) fn outcome(&self) -> Outcome {
        self.panic().map_or(Outcome::Completed, |panic| Outcome::Panicked(Box::new(panic)))
    }

    /// Ends the calling task if the execution is over: nobody waits for it any more, and one that
    /// goes round in a loop would do so for ever.
    #[inline]
    pub(super) fn check(&self) {
        if self.is_over() && !thread::panicking() {
            resume_unwind(Box::new(Abandoned));
        }
    }

    /// Whether the outcome stands.
    #[inline]
    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Relaxed)
    }
}

impl Task {
    /// Runs `code` as this task, on the calling thread.
    pub(super) fn perform(self: &Arc<Self>, code: impl FnOnce()) {
        let Execution { crew, placement, .. } = &*self.execution;
        crew.cores.place(*placement, self.id);
        let guard = running::enter(Arc::clone(self));
        self.begin();
        // A body catches its own panics. What is caught here was raised by something it returned.
        drop(catch_unwind(AssertUnwindSafe(code)));
        if let Some(raised) = panics::take_in_order() {
            self.execution.panicked(self, raised);
        }
        drop(guard);
    }

    /// The task is gone: it does nothing any more, and nobody is still to be woken by it.
    pub(super) fn leave(&self) {
        self.end();
        let execution = &self.execution;
        let mut roll = execution.roll.lock();
        if let Some(index) = roll.iter().position(|task| task.id == self.id) {
            roll.swap_remove(index);
        }
        drop(roll);
        if execution.present.fetch_sub(1, AcqRel) == 1 {
            execution.caller.unpark();
        }
    }
}

/// The name that a task was given, to keep.
pub(super) fn name(body: &dyn Body) -> Option<Cow<'static, str>> {
    body.task().name().map(|name| Cow::Owned(name.to_owned()))
}
