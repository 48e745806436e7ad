//! Who could go on: kept from one step to the next, and looked at again only where a step may have
//! changed it.
//!
//! A task that waits is suspended with a test of real state, such as whether a mutex is free. Only
//! what acts on the resource of its operation, or lets go of it, or wakes a task, can change what
//! the test says, so nobody's test is called between such steps. In debug builds every test is
//! called at every step all the same, to see that this holds; before a deadlock is told it always
//! is.

use sync::control::TaskId;

use super::task::{Status, Task};

/// The tasks that could go on, and what it takes to keep their list true.
#[derive(Default)]
pub(super) struct Ready {
    /// In ascending order. The running task is among them until it has to wait.
    enabled: Vec<TaskId>,
    /// Who is suspended with a test; and some that no longer are, until the next review.
    tested: Vec<TaskId>,
    /// By resource: how many are suspended with a test that may depend on it.
    waiting: Vec<u32>,
    /// Whether something may have changed what a test says.
    is_stale: bool,
}

impl Ready {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.enabled.clear();
        self.tested.clear();
        self.waiting.clear();
        self.is_stale = false;
    }

    /// Who could go on, in ascending order.
    #[inline]
    pub(super) fn enabled(&self) -> &[TaskId] {
        &self.enabled
    }

    /// The running task acts on `resource`, or lets go of it.
    #[inline]
    pub(super) fn touch(&mut self, resource: u32) {
        self.is_stale |= self.waiting.get(resource as usize).is_some_and(|&waiting| waiting > 0);
    }

    /// The running task does what may change any test.
    pub(super) fn touch_all(&mut self) {
        self.is_stale = true;
    }

    /// Whether something may have changed what a test says.
    #[inline]
    pub(super) fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// `task`, which is number `id`, could go on, whatever the others do.
    pub(super) fn enable(&mut self, id: TaskId, task: &mut Task) {
        if !std::mem::replace(&mut task.is_enabled, true) {
            self.enabled.push(id);
            // Swaps: a list of a few is moved faster by hand than by a call.
            let mut position = self.enabled.len() - 1;
            while position > 0 && self.enabled[position - 1] > id {
                self.enabled.swap(position - 1, position);
                position -= 1;
            }
        }
    }

    /// `task`, which is number `id`, cannot go on.
    pub(super) fn disable(&mut self, id: TaskId, task: &mut Task) {
        if std::mem::replace(&mut task.is_enabled, false) {
            let last = self.enabled.len() - 1;
            let mut position = 0;
            while self.enabled[position] != id {
                position += 1;
            }
            while position < last {
                self.enabled.swap(position, position + 1);
                position += 1;
            }
            self.enabled.pop();
        }
    }

    /// `task`, which is number `id`, is suspended with a test.
    #[inline]
    pub(super) fn suspend(&mut self, id: TaskId, task: &mut Task) {
        let resource = task.pending.resource as usize;
        if resource >= self.waiting.len() {
            self.grow(resource);
        }
        self.waiting[resource] += 1;
        task.is_tested = true;
        if !std::mem::replace(&mut task.is_listed, true) {
            self.tested.push(id);
        }
    }

    /// Makes room for those who wait for resource number `resource`.
    #[cold]
    fn grow(&mut self, resource: usize) {
        self.waiting.resize(resource + 1, 0);
    }

    /// `task` is about to go on.
    #[inline]
    pub(super) fn resume(&mut self, task: &mut Task) {
        if std::mem::replace(&mut task.is_tested, false) {
            self.waiting[task.pending.resource as usize] -= 1;
        }
    }

    /// From now on the test of `task`, which is number `id`, tells whether it can go on.
    pub(super) fn recall(&mut self, id: TaskId, task: &mut Task) {
        task.status = Status::Ready;
        self.suspend(id, task);
        self.is_stale = true;
    }

    /// Calls the tests again.
    #[inline(never)]
    pub(super) fn review(&mut self, tasks: &mut [Task]) {
        self.is_stale = false;
        let mut kept = 0;
        for index in 0..self.tested.len() {
            let id = self.tested[index];
            let task = &mut tasks[id];
            if !task.is_tested {
                task.is_listed = false;
                continue;
            }
            self.tested[kept] = id;
            kept += 1;
            let holds = task.holds();
            if holds != task.is_enabled {
                if holds {
                    self.enable(id, task);
                } else {
                    self.disable(id, task);
                }
            }
        }
        self.tested.truncate(kept);
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
