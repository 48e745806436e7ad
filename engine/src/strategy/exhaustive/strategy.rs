//! The search as a strategy: what it is asked, and what it is told.

use sync::control::{Kind, Note, TaskId};

use super::{Exhaustive, Progress, Reduction, choice::Choice, is_private, preempts, tree::Passed};
use crate::{
    strategy::{Choices, Strategy},
    trace::Operation,
};

impl Strategy for Exhaustive {
    fn begin(&mut self, _execution: u64) -> bool {
        let done = self.done();
        self.fresh = self.search.next(done, &mut self.path);
        self.history.clear();
        self.spinning.clear();
        self.sleeping.clear();
        if let Some(memory) = &mut self.memory {
            memory.clear();
        }
        self.progress = Progress::default();
        self.fresh.is_some()
    }

    /// Each execution follows from all before it.
    fn lessons(&self) -> u64 {
        u64::MAX
    }

    fn decides_always(&self) -> bool {
        true
    }

    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        self.settle();
        let depth = self.progress.depth;
        if self.path.len() == depth {
            self.new_turn(choices);
        }
        let Some(passed) = self.path.get(depth) else {
            // All are asleep, or what follows is known.
            self.progress.gives_up = true;
            return choices.enabled()[0];
        };
        let chosen = passed.chosen;
        if passed.choice.turn().is_none() || !choices.enabled().contains(&chosen) {
            self.part();
            return choices.enabled()[0];
        }
        if matches!(self.reduction, Reduction::Preemptions(_)) {
            let enabled = choices.enabled().iter().map(|&task| (task, choices.operation(task)));
            let enabled: Vec<_> = enabled.collect();
            self.progress.preemptions += usize::from(preempts(choices, &enabled, chosen));
        }
        self.progress.turn = Some(depth);
        self.progress.is_new_step = true;
        self.progress.depth += 1;
        chosen
    }

    fn gives_up(&self) -> bool {
        self.progress.gives_up
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        let depth = self.progress.depth;
        if self.path.len() == depth {
            self.path.push(Passed::new(Choice::Pick(alternatives), 0));
        }
        self.progress.depth += 1;
        let passed = &self.path[depth];
        if passed.choice.turn().is_some() || passed.chosen >= alternatives {
            self.part();
            return 0;
        }
        if let Some(memory) = &mut self.memory {
            memory.picked(passed.chosen);
            if let Some(event) = self.history.last_mut() {
                event.footprint.opens();
            }
        }
        passed.chosen
    }

    fn may_wake_spuriously(&mut self) -> bool {
        self.history.last_mut().is_some_and(|event| self.sleeping.may_wake(event.task))
    }

    fn watches(&self) -> bool {
        true
    }

    fn listens(&self) -> bool {
        true
    }

    fn met(&mut self, resource: u32, kind: Kind) {
        if let Some(memory) = &mut self.memory {
            memory.met(resource, kind);
        }
    }

    fn spawned(&mut self, parent: Option<TaskId>, task: TaskId) {
        if let Some(memory) = &mut self.memory {
            memory.spawned(parent, task);
        }
        self.history.spawned(task);
    }

    fn executed(&mut self, task: TaskId, operation: &Operation) {
        self.settle();
        let is_chosen = std::mem::take(&mut self.progress.is_new_step);
        let turn = self.progress.turn.filter(|_| is_chosen);
        self.history.executed(task, operation, turn);
        if let Some(event) = self.history.last_mut() {
            self.sleeping.begins(event);
        }
        if let Some(memory) = &mut self.memory
            && memory.executed(
                task,
                operation,
                is_private(operation.op, self.spinning.has_news(task)),
            )
        {
            self.sleeping.waits_again(task);
        }
        self.progress.findings.see(operation.op);
        self.progress.is_settled = false;
    }

    fn noted(&mut self, task: TaskId, note: Note, resource: u32) {
        if let Some(memory) = &mut self.memory {
            memory.noted(task, note, resource);
        }
        match note {
            Note::Freed if self.memory.as_ref().is_some_and(|memory| memory.is_log(resource)) => {
                self.history.came(resource);
            }
            Note::Freed => self.history.freed(resource),
            Note::Looks | Note::Looked => {
                self.spinning.noted(task, note);
                if let Some(event) = self.history.last_mut() {
                    event.looks_anew = true;
                }
            }
            Note::Saw(_) => self.spinning.noted(task, note),
            Note::Had(amount) => self.history.had(amount),
            Note::Needs(amount) => self.history.needs(amount),
            Note::Awaits => self.history.awaits(task, resource),
            Note::OnlyLoaded(_) => self.history.found_out(false),
            Note::Taken => self.history.found_out(true),
            _ => {}
        }
    }

    fn holds(&mut self, resource: u32, value: u64) {
        if let Some(memory) = &mut self.memory {
            memory.holds(resource, value);
        }
    }

    fn woken(&mut self, task: TaskId) {
        if let Some(memory) = &mut self.memory {
            memory.woken(task);
        }
        self.sleeping.notified(task);
        self.history.woken(task);
    }

    fn stopped(&mut self, waiting: &[(TaskId, Operation)]) {
        self.history.stopped(waiting);
    }
}
