//! Who could go on: kept from one step to the next, and looked at again only where a step may have
//! changed it.
//!
//! A task that waits is suspended with a test of real state, such as whether a mutex is free. Only
//! what acts on the resource of its operation, or lets go of it, or wakes a task, can change what
//! the test says, so nobody's test is called between such steps. In debug builds every test is
//! called at every step all the same, to see that this holds; before a deadlock is told it always
//! is.

use sync::control::{Op, TaskId};

use super::{
    state::NOBODY,
    task::{Status, Task},
};
use crate::trace::{CLOCK, Operation};

/// The tasks that could go on, and what it takes to keep their list true.
pub(super) struct Ready {
    /// In ascending order. The running task is among them until it has to wait.
    enabled: Vec<TaskId>,
    /// Which of them the strategy would choose again; nobody, once somebody has joined them since it was
    /// asked, or that one has left them.
    favourite: TaskId,
    /// Who is suspended with a test that may depend on a resource, in a drawer for it and others, whose
    /// number is the same up to a multiple: a bit for each task, and the last one for all the others.
    waiting: [u64; DRAWERS],
    /// In which drawers there is anybody: a bit for each.
    occupied: u64,
    /// Those others; and some that no longer are suspended so, until a review comes across them.
    others: Vec<TaskId>,
    /// What the running task has done last, and on which resource.
    done: (Op, u32),
    /// In whose drawer that may have changed what a test says: a bit for each.
    by_operation: u64,
    /// Where something else may have.
    otherwise: u64,
}

/// In how many drawers those lie who wait. Where two resources share one, tests are called once more than
/// they need be.
const DRAWERS: usize = u64::BITS as usize;

/// From which number on tasks share a bit.
const SHARED: TaskId = DRAWERS - 1;

impl Default for Ready {
    fn default() -> Self {
        Self {
            enabled: Vec::new(),
            favourite: NOBODY,
            waiting: [0; DRAWERS],
            occupied: 0,
            others: Vec::new(),
            done: (Op::Start, CLOCK),
            by_operation: 0,
            otherwise: 0,
        }
    }
}

impl Ready {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        self.enabled.clear();
        self.favourite = NOBODY;
        for drawer in bits(std::mem::take(&mut self.occupied)) {
            self.waiting[drawer] = 0;
        }
        self.others.clear();
        (self.by_operation, self.otherwise) = (0, 0);
    }

    /// Who could go on, in ascending order.
    #[inline]
    pub(super) fn enabled(&self) -> &[TaskId] {
        &self.enabled
    }

    /// Whom the strategy would choose again, if that is known.
    #[inline]
    pub(super) fn favourite(&self) -> Option<TaskId> {
        (self.favourite != NOBODY).then_some(self.favourite)
    }

    /// The strategy would choose `task` again.
    #[inline]
    pub(super) fn prefer(&mut self, task: TaskId) {
        self.favourite = task;
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
        self.favourite = NOBODY;
    }

    /// `task`, which is number `id`, could go on, whatever the others do.
    pub(super) fn enable(&mut self, id: TaskId, task: &mut Task) {
        if !std::mem::replace(&mut task.is_enabled, true) {
            self.join(id);
        }
    }

    /// `task`, which is number `id`, cannot go on.
    pub(super) fn disable(&mut self, id: TaskId, task: &mut Task) {
        if std::mem::replace(&mut task.is_enabled, false) {
            self.quit(id);
        }
    }

    /// `task`, which is number `id`, is suspended with a test, which is called again where need be: not
    /// while it sleeps.
    #[inline]
    pub(super) fn suspend(&mut self, id: TaskId, task: &mut Task) {
        if task.status != Status::Ready {
            return;
        }
        let drawer = drawer(task.pending.resource);
        self.waiting[drawer] |= bit(id);
        self.occupied |= 1 << drawer;
        task.is_tested = true;
        if id >= SHARED && !std::mem::replace(&mut task.is_listed, true) {
            self.others.push(id);
        }
    }

    /// The bit of the drawer for resource number `resource`, if anybody waits in it.
    #[inline]
    fn watched(&self, resource: u32) -> u64 {
        self.occupied & (1 << drawer(resource))
    }

    /// `task`, which is number `id`, is about to go on.
    #[inline]
    pub(super) fn resume(&mut self, id: TaskId, task: &mut Task) {
        if std::mem::replace(&mut task.is_tested, false) && id < SHARED {
            self.leave(drawer(task.pending.resource), id);
        }
    }

    /// Nobody with the bit of task number `id` waits in `drawer` any more.
    #[inline]
    fn leave(&mut self, drawer: usize, id: TaskId) {
        self.waiting[drawer] &= !bit(id);
        if self.waiting[drawer] == 0 {
            self.occupied &= !(1 << drawer);
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
        for drawer in bits(drawers & self.occupied) {
            // All who wait to lock the same mutex see the same, so one of them is asked.
            let (mut mutex, mut is_free) = (CLOCK, false);
            for id in bits(self.waiting[drawer]) {
                if id == SHARED {
                    self.review_others(drawer, tasks);
                    break;
                }
                let task = &mut tasks[id];
                let Operation { op, resource, .. } = task.pending;
                let holds = if resource == mutex { is_free } else { task.holds() };
                if matches!(op, Op::Lock | Op::Wake) {
                    (mutex, is_free) = (resource, holds);
                }
                self.turn(id, task, holds);
            }
        }
    }

    /// Likewise of those in a drawer who share a bit.
    #[cold]
    fn review_others(&mut self, drawer: usize, tasks: &mut [Task]) {
        let mut others = std::mem::take(&mut self.others);
        self.leave(drawer, SHARED);
        others.retain(|&id| {
            let task = &mut tasks[id];
            task.is_listed = task.is_tested;
            if task.is_tested && self::drawer(task.pending.resource) == drawer {
                self.waiting[drawer] |= bit(SHARED);
                self.occupied |= 1 << drawer;
                self.turn(id, task, task.holds());
            }
            task.is_listed
        });
        self.others = others;
    }

    /// The test of `task`, which is number `id`, says whether it could go on.
    #[inline]
    fn turn(&mut self, id: TaskId, task: &mut Task, holds: bool) {
        if holds != task.is_enabled {
            task.is_enabled = holds;
            if holds {
                self.join(id);
            } else {
                self.quit(id);
            }
        }
    }

    /// Task number `id` has come to be one of those who could go on. By hand: a few numbers are moved
    /// faster so than by a call.
    #[inline]
    fn join(&mut self, id: TaskId) {
        self.favourite = NOBODY;
        self.enabled.push(id);
        let mut hole = self.enabled.len() - 1;
        while hole > 0 && self.enabled[hole - 1] > id {
            self.enabled[hole] = self.enabled[hole - 1];
            hole -= 1;
        }
        self.enabled[hole] = id;
    }

    /// Task number `id`, which was one of them, no longer is; likewise.
    #[inline]
    fn quit(&mut self, id: TaskId) {
        if self.favourite == id {
            self.favourite = NOBODY;
        }
        let Some(mut moved) = self.enabled.pop() else { return };
        let mut hole = self.enabled.len();
        while moved != id {
            hole -= 1;
            std::mem::swap(&mut self.enabled[hole], &mut moved);
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

/// The drawer for resource number `resource`.
#[inline]
fn drawer(resource: u32) -> usize {
    resource as usize % DRAWERS
}

/// The numbers of the bits that are set, in ascending order.
#[inline]
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let first = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(first)
    })
}

/// The bit of task number `id`.
#[inline]
fn bit(id: TaskId) -> u64 {
    1 << id.min(SHARED)
}
