//! What an execution says of itself when nobody can move any more.

use sync::control::{Kind, Op, TaskId};

use super::{
    state::State,
    task::{Status, Task},
};
use crate::{
    outcome::{Blocked, Outcome, Wait},
    trace::Operation,
};

impl State {
    /// How the execution ended, now that nobody can move.
    pub(super) fn stopped(&mut self) -> Outcome {
        self.awake.clear();
        self.tell_who_waits();
        let blocked = self.blocked();
        if blocked.is_empty() { Outcome::Completed } else { Outcome::Deadlock(blocked) }
    }

    /// Tells the strategy that the execution ends here, and who waits: all who are not awake.
    pub(super) fn tell_who_waits(&mut self) {
        if self.is_heard {
            let waits = |(id, task): &(TaskId, &Task)| {
                task.status != Status::Ended && !self.awake.contains(id)
            };
            let waiting = self.tasks.iter().enumerate().filter(waits);
            let waiting: Vec<_> = waiting.map(|(id, task)| (id, task.pending)).collect();
            self.strategy.stopped(&waiting);
        }
    }

    /// What reports call a resource; a task goes by its name.
    fn describe(&self, resource: u32) -> String {
        let name = self.resources.name(resource);
        match name.kind {
            Kind::Task => self.task_name(name.number as usize),
            _ => name.to_string(),
        }
    }

    /// What reports say `id` waits for: a sleeper waits on its condition variable, and a future
    /// that was pending waits for what it asked for last.
    pub(super) fn waits_for(&self, id: TaskId) -> Operation {
        let Task { pending, status, .. } = self.tasks[id];
        if status != Status::Asleep && pending.op != Op::Await {
            return pending;
        }
        let own = self.steps.iter().rev().filter(|step| step.task == id);
        let mut asked = own.map(|step| step.operation).filter(|past| past.op != Op::Await);
        asked.next().unwrap_or(pending)
    }

    fn blocked(&self) -> Vec<Blocked> {
        let has_not_ended = |(_, task): &(TaskId, &Task)| task.status != Status::Ended;
        let describe = |(id, _): (TaskId, &Task)| {
            let Operation { op, resource, place } = self.waits_for(id);
            let wait = Some(Wait { op, on: self.describe(resource), place: place.into() });
            Blocked { task: id, name: self.task_name(id), wait }
        };
        self.tasks.iter().enumerate().filter(has_not_ended).map(describe).collect()
    }
}
