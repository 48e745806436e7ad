//! Who knows of the last accesses to each cell: two executions may have seen the same and differ in
//! whether what comes next races with what was before.
//!
//! The edges are those of `analysis::happens_before`; instead of clocks there is a bit for each access
//! that a later one could race with.

use sync::control::{Kind, Note, Op, TaskId};

use crate::{analysis::Callbacks, strategy::mix};

/// A bit for each access.
type Accesses = u64;

/// Who knows of what.
#[derive(Debug)]
pub(super) struct Knowledge {
    /// Whether callbacks count as writes of one cell.
    callbacks: Callbacks,
    /// The accesses that later ones could race with, by bit.
    live: Vec<Option<Access>>,
    tasks: Vec<Knows>,
    things: Vec<Passes>,
    /// Whether two accesses have raced, or there were too many to remember.
    has_raced: bool,
}

/// An access to a cell.
#[derive(Clone, Copy, Debug)]
struct Access {
    task: TaskId,
    cell: u32,
    writes: bool,
    /// What its task had seen.
    seen: u64,
}

/// What a task knows of.
#[derive(Clone, Copy, Debug, Default)]
struct Knows {
    own: Accesses,
    /// At its last release fence.
    fenced: Accesses,
    /// From the stores that it has loaded from.
    loaded: Accesses,
    /// From those who have woken it.
    inbox: Accesses,
    touched: u32,
    /// Whether its last operation was an attempt to read.
    tries_to_read: bool,
}

/// What is known to those who come to a resource.
#[derive(Clone, Copy, Debug, Default)]
struct Passes {
    kind: Option<Kind>,
    to_all: Accesses,
    /// Of a read-write lock: what only its next writer comes after.
    to_writers: Accesses,
    /// Whom it wakes.
    wakes: Option<TaskId>,
    /// How many hold it for reading.
    readers: usize,
}

impl Knowledge {
    pub(super) fn new(callbacks: Callbacks) -> Self {
        let (live, tasks, things) = (Vec::new(), Vec::new(), Vec::new());
        Self { callbacks, live, tasks, things, has_raced: false }
    }

    pub(super) fn clear(&mut self) {
        *self = Self::new(self.callbacks);
    }

    /// What `task` knows of, as a hash.
    pub(super) fn of_task(&self, task: TaskId) -> u64 {
        let Knows { own, fenced, loaded, inbox, .. } = self.tasks[task];
        let of = |accesses, salt| mix(self.hash(accesses).wrapping_add(salt));
        of(own, 1) ^ of(fenced, 2) ^ of(loaded, 3) ^ of(inbox, 4)
    }

    /// What those will know of who come to `resource`, as a hash.
    pub(super) fn of_resource(&self, resource: u32) -> u64 {
        let passes = &self.things[resource as usize];
        self.hash(passes.to_all).wrapping_add(mix(self.hash(passes.to_writers)))
    }

    /// Whether two accesses have raced, as a hash.
    pub(super) fn verdict(&self) -> u64 {
        u64::from(self.has_raced)
    }

    fn hash(&self, accesses: Accesses) -> u64 {
        let is_known = |&(bit, _): &(usize, &Option<Access>)| accesses >> bit & 1 == 1;
        let live = self.live.iter().enumerate().filter(is_known);
        live.filter_map(|(_, access)| *access).fold(0, |sum, access| sum.wrapping_add(access.seen))
    }

    pub(super) fn met(&mut self, resource: u32, kind: Kind) {
        let index = resource as usize;
        if self.things.len() <= index {
            self.things.resize(index + 1, Passes::default());
        }
        self.things[index].kind = Some(kind);
    }

    pub(super) fn spawned(&mut self, parent: Option<TaskId>, _task: TaskId) {
        let own = parent.map_or(0, |parent| self.tasks[parent].own);
        self.tasks.push(Knows { own, ..Knows::default() });
    }

    /// `task`, which has `seen` so much, performs `op` on `resource`.
    pub(super) fn executed(&mut self, task: TaskId, op: Op, resource: u32, seen: u64) {
        let thing = &mut self.things[resource as usize];
        let knows = &mut self.tasks[task];
        knows.touched = resource;
        knows.tries_to_read = op == Op::TryRead;
        if op == Op::Await {
            knows.own |= knows.inbox;
        }
        match thing.kind {
            Some(Kind::Clock) => knows.fence(op),
            Some(Kind::Atomic) if op != Op::Await => thing.atomic(knows, op),
            None | Some(Kind::Condvar | Kind::Atomic) => {}
            Some(Kind::Cell | Kind::Log) => self.access(task, op, resource, seen),
            Some(Kind::RwLock) => {
                knows.own |= thing.to_all;
                match op {
                    Op::Read => thing.readers += 1,
                    Op::TryRead => {}
                    _ => knows.own |= thing.to_writers,
                }
            }
            Some(Kind::Parker) if op == Op::Unpark => thing.to_all |= knows.own,
            // A task that has ended has left there what it knew.
            Some(Kind::Mutex | Kind::Parker | Kind::Task) => knows.own |= thing.to_all,
            Some(_) => {
                knows.own |= thing.to_all;
                if op.changes() {
                    thing.to_all |= knows.own;
                }
            }
        }
    }

    /// `task` does something besides its operation.
    pub(super) fn noted(&mut self, task: TaskId, note: Note, resource: u32) {
        let index = resource as usize;
        match note {
            Note::Freed if self.things[index].kind == Some(Kind::Cell) => self.end(task, resource),
            Note::Freed => {
                let (knows, thing) = (self.tasks[task], &mut self.things[index]);
                if thing.readers > 0 {
                    thing.readers -= 1;
                    thing.to_writers |= knows.own;
                } else {
                    thing.to_all |= knows.own;
                }
            }
            Note::Taken => {
                let (knows, thing) = (&mut self.tasks[task], &mut self.things[index]);
                knows.own |= thing.to_all;
                if knows.tries_to_read {
                    thing.readers += 1;
                } else {
                    knows.own |= thing.to_writers;
                }
            }
            Note::Awaits => self.things[index].wakes = Some(task),
            Note::Woken => {
                let (knows, wakes) = (self.tasks[task], self.things[index].wakes);
                let cause = self.things[knows.touched as usize].to_all;
                if let Some(woken) = wakes {
                    self.tasks[woken].inbox |= knows.own | cause;
                }
            }
            _ => {}
        }
        if matches!(note, Note::Freed | Note::Taken | Note::OnlyLoaded(_)) {
            self.tasks[task].touched = resource;
        }
    }

    /// `task` accesses a cell, or a callback of its begins or ends.
    fn access(&mut self, task: TaskId, op: Op, cell: u32, seen: u64) {
        let writes = match op {
            Op::Peek => false,
            Op::Poke => true,
            Op::Begin | Op::End if self.callbacks == Callbacks::Ordered => true,
            _ => return,
        };
        let own = self.tasks[task].own;
        for bit in 0..self.live.len() {
            let Some(other) = self.live[bit].filter(|other| other.cell == cell) else { continue };
            let races = other.task != task && own >> bit & 1 == 0 && (writes || other.writes);
            self.has_raced |= races;
            if writes || !other.writes && other.task == task {
                self.live[bit] = None;
                self.forget(bit);
            }
        }
        let access = Access { task, cell, writes, seen };
        let bit = self.live.iter().position(Option::is_none).unwrap_or(self.live.len());
        if bit >= Accesses::BITS as usize {
            self.has_raced = true;
            return;
        }
        self.live.resize(self.live.len().max(bit + 1), None);
        self.live[bit] = Some(access);
        self.tasks[task].own |= 1 << bit;
    }

    /// The access that `task` has begun last ends here: nobody else knows of its end.
    fn end(&mut self, task: TaskId, cell: u32) {
        let is_own =
            |access: &Option<Access>| access.is_some_and(|a| a.cell == cell && a.task == task);
        if let Some(bit) = self.live.iter().position(is_own) {
            self.forget(bit);
            self.tasks[task].own |= 1 << bit;
        }
    }

    /// Nobody knows of this access.
    fn forget(&mut self, bit: usize) {
        let mask = !(1 << bit);
        for knows in &mut self.tasks {
            knows.own &= mask;
            knows.fenced &= mask;
            knows.loaded &= mask;
            knows.inbox &= mask;
        }
        for thing in &mut self.things {
            thing.to_all &= mask;
            thing.to_writers &= mask;
        }
    }
}

impl Knows {
    fn fence(&mut self, op: Op) {
        let is_fence =
            matches!(op, Op::Fence | Op::FenceAcquire | Op::FenceRelease | Op::FenceAcqRel);
        if is_fence && op.acquires() {
            self.own |= self.loaded;
        }
        if is_fence && op.releases() {
            self.fenced = self.own;
        }
    }
}

impl Passes {
    fn atomic(&mut self, knows: &mut Knows, op: Op) {
        if !op.is_store() {
            knows.loaded |= self.to_all;
            if op.acquires() {
                knows.own |= self.to_all;
            }
        }
        if op.is_load() {
            return;
        }
        let source = if op.releases() { knows.own } else { knows.fenced };
        if op.is_store() {
            self.to_all = source;
        } else {
            self.to_all |= source;
        }
    }
}
