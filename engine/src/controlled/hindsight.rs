//! Looking at an execution when it is over: its races, and the cause of its deadlock.

use sync::control::{Op, Question, TaskId};

use super::{
    Controlled,
    coroutine::{self, Progress, Signal},
    execution::{Execution, Phase},
    state::State,
    task::Status,
};
use crate::{
    Outcome,
    analysis::{Callbacks, Cause, History, Race, Stuck, find_race},
    panics,
    trace::Operation,
};

/// After how many operations in a row that only look a sleeper is taken to go on looking for ever.
const LOOKS: usize = 100;

impl Controlled {
    /// From now on, when nobody can move, those who sleep on a condition variable are woken for no
    /// reason, to see whether they would go on: [`cause`](Self::cause) can then tell a lost wake-up.
    ///
    /// The program runs on for that after the end of the execution, up to the next visible operation
    /// that changes something; [`is_over`](sync::control::is_over) tells it so.
    #[must_use]
    pub fn waking_sleepers(self) -> Self {
        self.execution().wakes_sleepers.set(true);
        self
    }

    /// The first data race of the last run, if it had one: two accesses to a
    /// [`RaceCell`](sync::cell::RaceCell), or two callbacks if those are to be ordered.
    ///
    /// The answer is the same for all runs of one [class](Controlled::class).
    pub fn race(&self, callbacks: Callbacks) -> Option<Race> {
        self.execution().state.borrow().look(|history| find_race(history, callbacks))
    }

    /// What the deadlock of the last run is an instance of, if that can be told.
    pub fn cause(&self) -> Option<Cause> {
        let state = self.execution().state.borrow();
        if state.is_deadlock {
            state.look(|history| Cause::find(history, &state.stuck()))
        } else {
            None
        }
    }
}

impl State {
    /// Shows `look` what has happened.
    pub(super) fn look<R>(&self, look: impl FnOnce(History<'_>) -> R) -> R {
        look(History {
            steps: &self.steps,
            notes: &self.notes,
            resources: self.resources.names(),
            tasks: &|task| self.task_name(task),
            size: self.tasks.len(),
            is_weak: self.limits.weak_memory,
        })
    }

    fn stuck(&self) -> Vec<Stuck> {
        let left = self.tasks.iter().enumerate().filter(|(_, task)| task.status != Status::Ended);
        left.map(|(id, task)| Stuck {
            task: id,
            pending: task.pending,
            waits: self.waits_for(id),
            goes_on: self.goes_on == Some(id),
        })
        .collect()
    }

    /// Those who sleep on a condition variable.
    fn sleepers(&self) -> Vec<TaskId> {
        let asleep = |&id: &TaskId| self.tasks[id].status == Status::Asleep;
        (0..self.tasks.len()).filter(asleep).collect()
    }
}

impl Execution {
    /// Finds one who sleeps and would go on if it were awake.
    pub(super) fn wake_sleepers(&'static self) {
        if !matches!(self.state.borrow().outcome, Some(Outcome::Deadlock(_))) {
            return;
        }
        self.state.borrow_mut().is_deadlock = true;
        if !self.wakes_sleepers.get() {
            return;
        }
        self.phase.set(Phase::Waking);
        let sleepers = self.state.borrow().sleepers();
        let goes_on = sleepers.into_iter().find(|&sleeper| self.goes_on(sleeper));
        self.state.borrow_mut().goes_on = goes_on;
        panics::take();
    }

    /// Lets `sleeper` run until it changes something, or is back where it was. Locking changes
    /// nothing yet: what it looks at may lie in another mutex.
    fn goes_on(&'static self, sleeper: TaskId) -> bool {
        let slept_on = {
            let mut state = self.state.borrow_mut();
            state.current = sleeper;
            if !state.tasks[sleeper].holds() {
                return false;
            }
            state.waits_for(sleeper).resource
        };
        for _ in 0..LOOKS {
            let Some(next) = self.resume_once(sleeper) else { return true };
            match next.op {
                Op::Wait if next.resource == slept_on => {
                    // It sleeps again, and unlocks the mutex for those who are asked after it.
                    self.resume_once(sleeper);
                    return false;
                }
                Op::Lock | Op::Read if !self.is_possible.get() => return false,
                Op::Lock => {}
                op if op.changes() => return true,
                _ => {}
            }
        }
        false
    }

    /// Resumes `task`: what it asks for next, or nothing if it has ended.
    fn resume_once(&'static self, task: TaskId) -> Option<Operation> {
        let fiber = self.state.borrow().tasks[task].fiber?;
        match fiber.resume(Signal::Go, self) {
            Progress::Suspended => self.asked.take(),
            Progress::Finished => {
                self.state.borrow_mut().tasks[task].fiber = None;
                None
            }
        }
    }

    /// Notes what a task asks for after the end, and suspends it.
    pub(super) fn ask_after_the_end(&self, question: &Question<'_>) -> Signal {
        let resource = self.state.borrow_mut().resources.index(question.resource);
        let test = question.enabled.test();
        self.is_possible.set(test.is_none_or(|test| test()));
        self.asked.set(Some(Operation { op: question.op, resource, place: question.place }));
        coroutine::suspend(test)
    }
}
