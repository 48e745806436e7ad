//! Who could go on: kept from one step to the next, and looked at again only where a step may have
//! changed it.
//!
//! A task that waits is suspended with a test of real state, such as whether a mutex is free. Only
//! what acts on the resource of its operation, or lets go of it, or wakes a task, can change what
//! the test says, so nobody's test is called between such steps. In debug builds every test is
//! called at every step all the same, to see that this holds; before a deadlock is told it always
//! is.

use sync::control::{Op, TaskId};

use super::task::{Status, Task};
use crate::trace::{CLOCK, Operation};

/// The tasks that could go on, and what it takes to keep their list true.
pub(super) struct Ready {
    /// In ascending order. The running task is among them until it has to wait.
    enabled: Vec<TaskId>,
    /// Who is suspended with a test; and some that no longer are, until the next review.
    tested: Vec<TaskId>,
    /// How many are suspended with a test that may depend on a resource, in a drawer for it and others:
    /// whose number is the same up to a multiple.
    waiting: [u32; DRAWERS],
    /// What the running task has done last, and on which resource.
    done: (Op, u32),
    /// In whose drawer that may have changed what a test says: a bit for each.
    by_operation: u64,
    /// Where something else may have.
    otherwise: u64,
}

/// In how many drawers those are counted who wait. Where two resources share one, tests are called
/// once more than they need be.
const DRAWERS: usize = u64::BITS as usize;

impl Default for Ready {
    fn default() -> Self {
        let (enabled, tested) = (Vec::new(), Vec::new());
        let (done, by_operation, otherwise) = ((Op::Start, CLOCK), 0, 0);
        Self { enabled, tested, waiting: [0; DRAWERS], done, by_operation, otherwise }
    }
}

impl Ready {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.enabled.clear();
        self.tested.clear();
        self.waiting = [0; DRAWERS];
        (self.by_operation, self.otherwise) = (0, 0);
    }

    /// Who could go on, in ascending order.
    #[inline]
    pub(super) fn enabled(&self) -> &[TaskId] {
        &self.enabled
    }

    /// A step begins: the running task does `op` on `resource`.
    #[inline]
    pub(super) fn perform(&mut self, op: Op, resource: u32) {
        self.done = (op, resource);
        self.by_operation = self.watched(resource);
    }

    /// The running task does something else to `resource`.
    #[inline]
    pub(super) fn touch(&mut self, resource: u32) {
        self.otherwise |= self.watched(resource);
    }

    /// The running task lets go of `resource`. A step that locks a mutex and unlocks it, as most that
    /// lock do, leaves it as it was.
    #[inline]
    pub(super) fn free(&mut self, resource: u32) {
        let (op, on) = self.done;
        if on == resource && op.locks() {
            self.by_operation = 0;
        } else {
            self.touch(resource);
        }
    }

    /// The running task does what may change any test.
    pub(super) fn touch_all(&mut self) {
        self.otherwise = u64::MAX;
    }

    /// Whether something may have changed what a test says.
    #[inline]
    pub(super) fn is_stale(&self) -> bool {
        self.by_operation | self.otherwise != 0
    }

    /// Task number `id` has begun, the last one so far, and could go on.
    pub(super) fn add(&mut self, id: TaskId) {
        self.enabled.push(id);
    }

    /// `task`, which is number `id`, could go on, whatever the others do.
    pub(super) fn enable(&mut self, id: TaskId, task: &mut Task) {
        if !std::mem::replace(&mut task.is_enabled, true) {
            insert(&mut self.enabled, id);
        }
    }

    /// `task`, which is number `id`, cannot go on.
    pub(super) fn disable(&mut self, id: TaskId, task: &mut Task) {
        if std::mem::replace(&mut task.is_enabled, false) {
            remove(&mut self.enabled, id);
        }
    }

    /// `task`, which is number `id`, is suspended with a test.
    #[inline]
    pub(super) fn suspend(&mut self, id: TaskId, task: &mut Task) {
        *self.waiting(task.pending.resource) += 1;
        task.is_tested = true;
        if !std::mem::replace(&mut task.is_listed, true) {
            self.tested.push(id);
        }
    }

    /// How many wait for resource number `resource`, and others in its drawer.
    #[inline]
    fn waiting(&mut self, resource: u32) -> &mut u32 {
        &mut self.waiting[resource as usize % DRAWERS]
    }

    /// The bit of that drawer, if anybody does.
    #[inline]
    fn watched(&mut self, resource: u32) -> u64 {
        u64::from(*self.waiting(resource) > 0) << (resource as usize % DRAWERS)
    }

    /// `task` is about to go on.
    #[inline]
    pub(super) fn resume(&mut self, task: &mut Task) {
        if std::mem::replace(&mut task.is_tested, false) {
            *self.waiting(task.pending.resource) -= 1;
        }
    }

    /// From now on the test of `task`, which is number `id`, tells whether it can go on. It is called at
    /// once: what changes later in the step is told.
    pub(super) fn recall(&mut self, id: TaskId, task: &mut Task) {
        task.status = Status::Ready;
        self.suspend(id, task);
        if task.holds() {
            self.enable(id, task);
        }
    }

    /// Calls the tests again that may say something else.
    #[inline]
    pub(super) fn review(&mut self, tasks: &mut [Task]) {
        let drawers = std::mem::take(&mut self.by_operation) | std::mem::take(&mut self.otherwise);
        self.review_in(drawers, tasks);
    }

    /// Calls all tests again.
    pub(super) fn review_all(&mut self, tasks: &mut [Task]) {
        self.touch_all();
        self.review(tasks);
    }

    /// Calls the tests again of those who wait in `drawers`: a bit for each.
    #[inline(never)]
    fn review_in(&mut self, drawers: u64, tasks: &mut [Task]) {
        // All who wait to lock the same mutex see the same, so one of them is asked.
        let (mut mutex, mut is_free) = (CLOCK, false);
        let mut index = 0;
        while let Some(&id) = self.tested.get(index) {
            let task = &mut tasks[id];
            if !task.is_tested {
                task.is_listed = false;
                self.tested.swap_remove(index);
                continue;
            }
            index += 1;
            let Operation { op, resource, .. } = task.pending;
            if drawers & (1 << (resource as usize % DRAWERS)) == 0 {
                continue;
            }
            let holds = if resource == mutex { is_free } else { task.holds() };
            if matches!(op, Op::Lock | Op::Wake) {
                (mutex, is_free) = (resource, holds);
            }
            if holds != task.is_enabled {
                task.is_enabled = holds;
                if holds {
                    insert(&mut self.enabled, id);
                } else {
                    remove(&mut self.enabled, id);
                }
            }
        }
    }

    /// Sees that what is kept is what the tests say.
    #[cfg(debug_assertions)]
    pub(super) fn verify(&self, tasks: &[Task]) {
        for (id, task) in tasks.iter().enumerate() {
            let (pending, is_enabled) = (task.pending, task.is_enabled);
            if task.is_tested {
                assert_eq!(is_enabled, task.holds(), "task {id} would do {pending:?}");
            }
            assert_eq!(is_enabled, self.enabled.contains(&id), "task {id} would do {pending:?}");
        }
    }
}

/// Puts `id` into an ascending list. By hand: a few are moved faster so than by a call.
#[inline]
fn insert(list: &mut Vec<TaskId>, id: TaskId) {
    list.push(id);
    let mut hole = list.len() - 1;
    while hole > 0 && list[hole - 1] > id {
        list[hole] = list[hole - 1];
        hole -= 1;
    }
    list[hole] = id;
}

/// Takes `id` out of a list that it is in, likewise.
#[inline]
fn remove(list: &mut Vec<TaskId>, id: TaskId) {
    let mut moved = id;
    let mut hole = list.len();
    while moved != id || hole == list.len() {
        hole -= 1;
        std::mem::swap(&mut list[hole], &mut moved);
    }
    list.pop();
}
