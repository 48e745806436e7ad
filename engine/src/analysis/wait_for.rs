//! Who waits for whom: cycles, and locks that are held by one who waits for something else.

use sync::control::{Op, TaskId};

use super::{
    History,
    cause::{Cause, Link, Stuck},
    held::{Held, Holding, mode},
};
use crate::outcome::Wait;

/// The waits of a deadlock.
pub(super) struct Waits<'a> {
    history: History<'a>,
    stuck: &'a [Stuck],
    held: &'a Held,
}

/// What keeps a task from going on.
#[derive(Clone, Copy)]
enum Obstacle {
    /// A lock, as it is held.
    Held(Holding),
    /// A task that has not ended.
    Joined(TaskId),
}

impl<'a> Waits<'a> {
    pub(super) fn new(history: History<'a>, stuck: &'a [Stuck], held: &'a Held) -> Self {
        Self { history, stuck, held }
    }

    /// A cycle of tasks each of which waits for the next.
    pub(super) fn cycle(&self) -> Option<Cause> {
        self.stuck.iter().find_map(|start| {
            let mut path = self.path(start.task, start.task)?;
            // The last one on the way is the first one again, with what it holds.
            path.rotate_right(1);
            Some(Cause::Cycle(path.into_iter().map(|obstacle| self.link(obstacle)).collect()))
        })
    }

    /// What stands between `task` and `goal`, which is the last of it, if the waits lead there.
    fn path(&self, task: TaskId, goal: TaskId) -> Option<Vec<Obstacle>> {
        let mut path = Vec::new();
        self.search(task, goal, &mut Vec::new(), &mut path).then_some(path)
    }

    /// Depth first, since a writer may wait for several readers.
    fn search(
        &self,
        task: TaskId,
        goal: TaskId,
        seen: &mut Vec<TaskId>,
        path: &mut Vec<Obstacle>,
    ) -> bool {
        for obstacle in self.obstacles(task) {
            let next = obstacle.task();
            if seen.contains(&next) {
                continue;
            }
            seen.push(next);
            path.push(obstacle);
            if next == goal || self.search(next, goal, seen, path) {
                return true;
            }
            path.pop();
        }
        false
    }

    /// One who holds a lock and waits for something that is no lock, while all others wait for it.
    pub(super) fn holding(&self) -> Option<Cause> {
        self.held.holdings().iter().find_map(|&holding| self.held_while_waiting(holding))
    }

    fn held_while_waiting(&self, holding: Holding) -> Option<Cause> {
        let holder = self.stuck.iter().find(|stuck| stuck.task == holding.task)?;
        if self.obstacles(holder.task).next().is_some() {
            return None;
        }
        let joins = |stuck: &&Stuck| stuck.waits.op == Op::Join;
        let mut others = Vec::new();
        for other in self.stuck.iter().filter(|other| other.task != holder.task) {
            self.path(other.task, holder.task)?;
            others.extend(Some(other).filter(|other| !joins(other)).map(|other| other.task));
        }
        let waits_for_it = |other: TaskId| {
            self.obstacles(other)
                .any(|obstacle| matches!(obstacle, Obstacle::Held(held) if held == holding))
        };
        others.into_iter().any(waits_for_it).then(|| Cause::Holding {
            holder: self.link(Obstacle::Held(holding)),
            across_await: holder.pending.op == Op::Await,
        })
    }

    /// What keeps `task` from going on, as far as it is a task.
    fn obstacles(&self, task: TaskId) -> impl Iterator<Item = Obstacle> {
        let stuck = self.stuck.iter().find(|stuck| stuck.task == task);
        let locks = stuck.and_then(|stuck| self.wanted_lock(stuck));
        let held = self.held.holdings().iter().filter(move |held| Some(held.resource) == locks);
        let joined = stuck.filter(|stuck| stuck.waits.op == Op::Join).and_then(|stuck| {
            let name = self.history.resources[stuck.waits.resource as usize];
            let joined = name.number as usize;
            self.stuck.iter().any(|stuck| stuck.task == joined).then_some(joined)
        });
        held.copied().map(Obstacle::Held).chain(joined.map(Obstacle::Joined))
    }

    /// The lock that a task waits for, if that is what it does.
    fn wanted_lock(&self, stuck: &Stuck) -> Option<u32> {
        let wanted = stuck.waits.resource;
        mode(stuck.waits.op)?;
        let awaited = stuck.pending.op == Op::Await;
        (!awaited || self.held.awaits(stuck.task, wanted)).then_some(wanted)
    }

    fn link(&self, obstacle: Obstacle) -> Link {
        let number = obstacle.task();
        let stuck = self.stuck.iter().find(|stuck| stuck.task == number);
        let waits = stuck.expect("who is waited for has not ended").waits;
        Link {
            task: (self.history.tasks)(number),
            number,
            holds: match obstacle {
                Obstacle::Held(held) => {
                    Some((self.history.name(held.resource), self.history.place(held.step)))
                }
                Obstacle::Joined(_) => None,
            },
            wait: Wait {
                op: waits.op,
                on: self.history.name(waits.resource),
                place: waits.place.into(),
            },
        }
    }
}

impl Obstacle {
    /// Who is in the way.
    fn task(self) -> TaskId {
        match self {
            Self::Held(held) => held.task,
            Self::Joined(task) => task,
        }
    }
}
