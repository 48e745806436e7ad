//! What can be seen of a resource.

use sync::control::{Kind, Op};

use super::mind::{CAME, FREED, Mind, combine};

/// What can be seen of a resource.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Thing {
    pub(super) kind: Option<Kind>,
    /// What it holds: a hash of that if it is told, and else of what has been done to make it so.
    pub(super) version: u64,
    /// All that has been done to it, in order: for those who see more than what it holds.
    pub(super) past: u64,
    /// Whether those who wait for it stand in a queue.
    pub(super) has_queue: bool,
    /// Whether it is a task that has ended.
    pub(super) has_ended: bool,
    /// Whether it wakes a task that polls futures.
    pub(super) wakes: bool,
}

impl Thing {
    /// What `op` tells of it.
    pub(super) fn shows(&self, op: Op) -> u64 {
        match (op, self.kind) {
            (_, None | Some(Kind::Clock)) | (Op::Begin | Op::End, Some(Kind::Log)) => 0,
            (op, Some(Kind::Atomic)) if op.is_store() => 0,
            (Op::TryLock | Op::TryRead | Op::TryWrite | Op::TryAcquire, _)
            | (Op::Load, Some(Kind::Semaphore)) => self.past,
            (Op::Wait | Op::NotifyOne | Op::NotifyAll, Some(Kind::Condvar))
            | (Op::Acquire | Op::Release, Some(Kind::Semaphore))
            | (Op::Pass, Some(Kind::Barrier))
                if !self.has_queue =>
            {
                0
            }
            _ => self.version,
        }
    }

    /// Whether what it holds is another thing after `op`, or its queue is.
    pub(super) fn is_changed_by(&self, op: Op) -> bool {
        match self.kind {
            None | Some(Kind::Clock | Kind::Task) => false,
            // Everybody who waits is woken, and who has the lock is known by what they have seen.
            Some(Kind::Condvar | Kind::Semaphore | Kind::Barrier | Kind::Mutex) => self.has_queue,
            Some(Kind::Watch) => op.changes() && op != Op::Wait,
            _ => op.changes(),
        }
    }

    /// The task of `mind` lets go of it; it is number `resource`.
    pub(super) fn is_freed(&mut self, mind: &mut Mind, resource: u32) {
        let is_unchanged = mind.unchanged.take_if(|unchanged| *unchanged == resource).is_some();
        let only_looked = match self.kind {
            Some(Kind::Mutex | Kind::RwLock) => is_unchanged && !self.has_queue,
            Some(Kind::Watch) => is_unchanged,
            Some(Kind::Cell) => true,
            _ => false,
        };
        match self.kind {
            // A call has come: the checker sees who has, and not in which order.
            Some(Kind::Log) => {
                mind.seen = combine(mind.seen, 0, CAME);
                self.version = self.version.wrapping_add(combine(mind.role, 0, CAME));
            }
            Some(Kind::Task) => {
                self.has_ended = true;
                self.version = mind.ends();
            }
            _ if only_looked => mind.seen = combine(mind.seen, 0, FREED),
            _ => {
                mind.seen = combine(mind.seen, self.version, FREED);
                self.version = mind.seen;
            }
        }
        self.past = combine(self.past, mind.seen, FREED);
    }
}
