//! What the steps of an execution tell those who take them.

use sync::control::{Kind, Note, Op, TaskId};

use super::{
    Memory, Step,
    mind::{HOLDS, OPENED, PICKED, POLLS, TAKEN, WOKEN, Wait, combine},
};
use crate::{
    strategy::mix,
    trace::{CLOCK, Operation},
};

impl Memory {
    /// `task` performs `operation`: whether it waits again as it has waited before, and has done
    /// nothing since but look at what it waits for. If nobody could notice when, it `is_private`.
    pub(in super::super) fn executed(
        &mut self,
        task: TaskId,
        operation: &Operation,
        is_private: bool,
    ) -> bool {
        self.tell_all();
        let resource = operation.resource;
        let is_condvar = self.things[resource as usize].kind == Some(Kind::Condvar);
        let mind = &mut self.tasks[task];
        let only_polls = operation.op == Op::Await;
        mind.is_idle = operation.op == Op::Yield && !is_private;
        self.step = Step { task, is_private, waits_again: false, only_polls };
        if operation.op.changes() || !operation.op.may_be_polling() {
            mind.does();
        }
        match operation.op {
            Op::Wake => mind.wait = mind.wait.map(|wait| Wait { lock: Some(resource), ..wait }),
            Op::Wait if is_condvar => {
                let is_same = mind.wait.is_some_and(|wait| {
                    (wait.condvar, wait.place) == (resource, operation.place)
                        && wait.lock.is_some()
                        && wait.lock == mind.unchanged
                });
                self.step.waits_again = is_same;
                let seen = mind.wait.filter(|_| is_same).map_or(0, |wait| wait.seen);
                let (condvar, place) = (resource, operation.place);
                mind.wait = Some(Wait { condvar, place, lock: None, seen });
            }
            _ => mind.wait = None,
        }
        self.is_lost |= matches!(operation.op, Op::Sleep | Op::Quiesce);
        self.touch(task, resource);
        self.under_way = Some((task, *operation));
        self.step.waits_again
    }

    fn touch(&mut self, task: TaskId, resource: u32) {
        let mind = &mut self.tasks[task];
        let thing = &mut self.things[resource as usize];
        // What a task has seen that has ended, it remembers itself.
        if resource == CLOCK || thing.kind == Some(Kind::Task) && !thing.wakes {
            return;
        }
        if !mind.touched.contains(&resource) {
            mind.touched.push(resource);
        }
        thing.has_queue |= mind.polls;
    }

    /// The step under way is over, and all has been told of it.
    pub(in super::super) fn settle(&mut self) {
        self.tell_all();
        let Some(mind) = self.tasks.get_mut(self.step.task) else { return };
        if !self.step.only_polls {
            mind.pending = mind.seen;
        }
        if let Some(wait) = mind.wait.as_mut().filter(|wait| wait.lock.is_none()) {
            if self.step.waits_again {
                mind.seen = wait.seen;
            } else {
                wait.seen = mind.seen;
            }
        }
    }

    /// One of several alternatives has been picked.
    pub(in super::super) fn picked(&mut self, picked: usize) {
        self.tell_all();
        self.picked = Some(picked);
    }

    /// The step under way has made `resource` hold what `value` stands for.
    pub(in super::super) fn holds(&mut self, resource: u32, value: u64) {
        self.tell_operation();
        self.things[resource as usize].version = combine(value, 0, HOLDS);
    }

    /// `task` is notified: whoever was picked, whoever picked does not see it.
    pub(in super::super) fn woken(&mut self, task: TaskId) {
        self.picked = None;
        self.tasks[task].is_notified = true;
    }

    /// `task` does something besides its operation.
    pub(in super::super) fn noted(&mut self, task: TaskId, note: Note, resource: u32) {
        match note {
            // The last two make no difference to what may come.
            Note::Spawned | Note::Had(_) | Note::Needs(_) => return,
            Note::Looks | Note::Forgets | Note::Looked => return self.loops(task, note),
            Note::OnlyLoaded(load) => self.turns_out(load),
            Note::Queued => self.things[resource as usize].has_queue = true,
            Note::Awaits => self.things[resource as usize].wakes = true,
            _ => {}
        }
        if note != Note::Woken {
            self.touch(task, resource);
        }
        self.tell_operation();
        self.knowledge.noted(task, note, resource);
        self.step.is_private &= matches!(note, Note::Alike | Note::Unchanged | Note::Awaits);
        self.step.only_polls = false;
        let (mind, thing) = (&mut self.tasks[task], &mut self.things[resource as usize]);
        mind.does();
        if note != Note::Unchanged {
            mind.wait = mind.wait.filter(|wait| wait.lock.is_none());
        }
        match note {
            Note::Unchanged => mind.unchanged = Some(resource),
            Note::Freed => thing.is_freed(mind, resource),
            Note::Taken => {
                mind.seen = combine(mind.seen, thing.version, TAKEN);
                if thing.has_queue {
                    thing.version = combine(mind.seen, thing.version, TAKEN);
                }
            }
            Note::Awaits => {
                mind.polls = true;
                mind.seen = combine(mind.seen, 0, POLLS);
            }
            // An end is not forgotten because nobody knew of it.
            Note::Woken if thing.wakes && !thing.has_ended => thing.version = WOKEN,
            Note::Opened => {
                mind.seen = combine(mind.seen, 0, OPENED);
                thing.version = combine(thing.version, 0, OPENED);
            }
            Note::Alike => self.alike(task, resource),
            _ => {}
        }
    }

    /// `task` begins a loop in which it waits, begins it anew, or has left it.
    fn loops(&mut self, task: TaskId, note: Note) {
        self.tell_all();
        let mind = &mut self.tasks[task];
        match note {
            Note::Looks => mind.looks(),
            // Where nobody has news all look again for ever, which must be seen.
            Note::Forgets => mind.forgets(),
            _ => mind.looked(),
        }
    }

    /// The operation under way was only this one.
    fn turns_out(&mut self, op: Op) {
        if let Some((_, operation)) = &mut self.under_way {
            operation.op = op;
        }
    }

    /// All is told of the step under way.
    fn tell_all(&mut self) {
        self.tell_operation();
        if let Some(picked) = self.picked.take() {
            let mind = &mut self.tasks[self.step.task];
            mind.seen = combine(mind.seen, picked as u64, PICKED);
            mind.does();
            mind.wait = None;
        }
    }

    /// The operation under way was what it seemed to be.
    pub(super) fn tell_operation(&mut self) {
        if let Some((task, operation)) = self.under_way.take() {
            self.perform(task, operation.op, operation.resource);
            self.knowledge.executed(task, operation.op, operation.resource, self.tasks[task].seen);
        }
    }

    fn perform(&mut self, task: TaskId, op: Op, resource: u32) {
        if op == Op::Await {
            return self.polls_again(task);
        }
        let (mind, thing) = (&mut self.tasks[task], &mut self.things[resource as usize]);
        let salt = op as u64;
        if op == Op::Join {
            self.step.is_private &= thing.has_ended;
            mind.awaited = Some(resource).filter(|_| !thing.has_ended);
            if thing.has_ended {
                mind.joined = mind.joined.wrapping_add(mix(thing.version));
            }
            mind.seen = combine(mind.seen, u64::from(thing.has_ended), salt);
            return;
        }
        mind.is_notified &= op != Op::Wake;
        mind.seen = combine(mind.seen, thing.shows(op), salt);
        if thing.is_changed_by(op) {
            thing.version = combine(mind.seen, thing.version, salt);
        }
        thing.past = combine(thing.past, mind.seen, salt);
    }

    /// `task` polls its future again, which may look at all that it has looked at before. If it is
    /// pending again, it is as if it had been polled like this the first time.
    fn polls_again(&mut self, task: TaskId) {
        let mind = &mut self.tasks[task];
        let ended = mind.awaited.filter(|&awaited| self.things[awaited as usize].has_ended);
        if let Some(ended) = ended {
            mind.joined = mind.joined.wrapping_add(mix(self.things[ended as usize].version));
            mind.awaited = None;
            self.step.only_polls = false;
        }
        mind.seen = mind.pending;
        for &resource in &mind.touched {
            let thing = &mut self.things[resource as usize];
            if thing.wakes {
                thing.version = 0;
            } else if thing.kind != Some(Kind::Log) {
                mind.seen = combine(mind.seen, thing.version, Op::Await as u64);
            }
        }
        for &resource in &mind.touched {
            let thing = &mut self.things[resource as usize];
            if !matches!(thing.kind, Some(Kind::Log | Kind::Task | Kind::Watch | Kind::Atomic)) {
                thing.version = combine(mind.seen, thing.version, Op::Await as u64);
            }
        }
    }
}
