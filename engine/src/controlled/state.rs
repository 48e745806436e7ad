//! The state of one execution: who is there, what each would do, what has happened.

use std::{panic::Location, sync::Arc};

use sync::{
    control::{Enabled, Kind, Op, Question, Resource, TaskId, Wake},
    thread::Body,
};

use super::{
    fingerprint::Fingerprint,
    resources::Resources,
    task::{Status, Task},
};
use crate::{
    Limits,
    outcome::{Blocked, Outcome, Panic, Wait},
    panics::Raised,
    strategy::{Choices, Strategy},
    trace::{Operation, Place, Step},
};

/// After how many steps in a row that only look and try a task is taken not to move: it spins.
const QUIET_AFTER: usize = 1000;

/// The state of an execution under way.
pub(super) struct State {
    pub(super) strategy: Box<dyn Strategy>,
    pub(super) limits: Limits,
    pub(super) resources: Resources,
    pub(super) fingerprint: Fingerprint,
    pub(super) tasks: Vec<Task>,
    pub(super) steps: Vec<Step>,
    /// Who was chosen last.
    pub(super) current: TaskId,
    /// How the execution ended, once it has.
    pub(super) outcome: Option<Outcome>,
    /// How many steps in a row did nothing but look and try.
    polls: usize,
    /// The tasks that have not ended, in ascending order.
    live: Vec<TaskId>,
    /// Scratch space of `advance`.
    enabled: Vec<TaskId>,
}

impl State {
    pub(super) fn new(strategy: Box<dyn Strategy>, limits: Limits) -> Self {
        Self {
            strategy,
            limits,
            resources: Resources::default(),
            fingerprint: Fingerprint::default(),
            tasks: Vec::new(),
            steps: Vec::new(),
            current: 0,
            outcome: None,
            polls: 0,
            live: Vec::new(),
            enabled: Vec::new(),
        }
    }

    /// Forgets the execution before: `execution` begins.
    pub(super) fn reset(&mut self, execution: u64) {
        self.resources.reset(execution);
        self.fingerprint.reset();
        self.tasks.clear();
        self.steps.clear();
        self.current = 0;
        self.outcome = None;
        self.polls = 0;
        self.live.clear();
    }

    /// Begins a task.
    pub(super) fn spawn(
        &mut self,
        parent: Option<TaskId>,
        body: Arc<dyn Body>,
        place: &'static Location<'static>,
    ) -> TaskId {
        let id = self.tasks.len();
        let resource = self.resources.add_task(body.task().resource(), id);
        self.tasks.push(Task::new(body, resource, place));
        self.live.push(id);
        self.fingerprint.spawn(parent);
        id
    }

    /// Notes what the running task asks for.
    #[inline]
    pub(super) fn pend(&mut self, question: &Question<'_>) {
        let resource = self.resources.index(question.resource);
        let task = &mut self.tasks[self.current];
        // A future that is polled again touches what it touched before.
        let resource = if question.op == Op::Await { task.last.resource } else { resource };
        task.pending = Operation { op: question.op, resource, place: question.place };
        task.status = match question.enabled {
            Enabled::Always => Status::Ready,
            Enabled::When(_) => Status::Testing,
            Enabled::Notified(_) if task.asleep_on.is_none() => Status::Testing,
            Enabled::Notified(_) => Status::Asleep,
            Enabled::Quiescent => Status::Quiescent,
        };
    }

    /// Chooses who is next and commits to it; `asking` runs now and has just asked, so its test is
    /// at hand. `None` if the execution is over, which `outcome` then says.
    #[inline]
    pub(super) fn advance(&mut self, asking: Option<&Enabled<'_>>) -> Option<TaskId> {
        let next = self.choose(asking);
        match next {
            Some(task) => self.commit(task),
            None => self.outcome = Some(self.stopped()),
        }
        next.filter(|_| self.outcome.is_none())
    }

    fn choose(&mut self, asking: Option<&Enabled<'_>>) -> Option<TaskId> {
        self.enabled.clear();
        let mut may_wake = false;
        for &id in &self.live {
            let task = &self.tasks[id];
            let is_enabled = match task.status {
                Status::Ready => true,
                Status::Testing => match asking {
                    Some(enabled) if id == self.current => holds(enabled),
                    _ => task.holds(),
                },
                Status::Asleep => {
                    may_wake |= task.may_wake;
                    false
                }
                Status::Quiescent | Status::Ended => false,
            };
            if is_enabled {
                self.enabled.push(id);
            }
        }
        // Waking for no reason is not progress: it rescues nobody.
        if self.enabled.is_empty() || self.polls >= QUIET_AFTER {
            let quiet = self.grant_quiescence();
            if quiet.is_some() || self.enabled.is_empty() {
                return quiet;
            }
        }
        if may_wake {
            self.add_spurious(asking);
        }
        if let [only] = self.enabled[..] {
            return Some(only);
        }
        let tasks = &self.tasks;
        let current = Some(self.current).filter(|_| asking.is_some());
        let operation = |task: TaskId| tasks[task].pending;
        Some(self.strategy.choose(&Choices::new(&self.enabled, current, &operation)))
    }

    /// Who has waited until nobody else can move; nobody wakes for no reason afterwards, since that
    /// would be a move.
    #[cold]
    fn grant_quiescence(&mut self) -> Option<TaskId> {
        let is_quiescent = |id: &TaskId| self.tasks[*id].status == Status::Quiescent;
        let quiet = self.live.iter().copied().find(is_quiescent)?;
        self.tasks.iter_mut().for_each(|task| task.may_wake = false);
        self.polls = 0;
        Some(quiet)
    }

    /// Adds the sleepers that may wake for no reason.
    fn add_spurious(&mut self, asking: Option<&Enabled<'_>>) {
        for &id in &self.live {
            let task = &self.tasks[id];
            if task.status == Status::Asleep && task.may_wake {
                let is_free = match asking {
                    Some(enabled) if id == self.current => holds(enabled),
                    _ => task.holds(),
                };
                if is_free {
                    self.enabled.push(id);
                }
            }
        }
    }

    /// `task` performs its pending operation.
    #[inline]
    fn commit(&mut self, task: TaskId) {
        if self.steps.len() >= self.limits.steps {
            self.outcome = Some(Outcome::StepLimit(self.limits.steps));
            return;
        }
        self.current = task;
        let chosen = &mut self.tasks[task];
        if chosen.status == Status::Asleep {
            chosen.asleep_on = None;
        }
        chosen.status = Status::Ready;
        let operation = chosen.pending;
        if operation.op != Op::Await {
            chosen.last = operation;
        }
        self.polls = if operation.op.may_be_polling() { self.polls + 1 } else { 0 };
        self.fingerprint.step(task, &operation);
        self.steps.push(Step { task, operation });
    }

    /// The running task goes to sleep on a condition variable.
    pub(super) fn enlist(&mut self, condvar: &Resource) {
        let condvar = self.resources.index(condvar);
        let may_wake = self.limits.spurious && self.strategy.may_wake_spuriously();
        let task = &mut self.tasks[self.current];
        task.asleep_on = Some(condvar);
        task.may_wake = may_wake;
    }

    /// The running task sleeps no more; `false` if it had been notified.
    pub(super) fn delist(&mut self) -> bool {
        self.tasks[self.current].asleep_on.take().is_some()
    }

    /// The running task notifies those who sleep on a condition variable.
    pub(super) fn notify(&mut self, condvar: &Resource, wake: Wake) {
        let condvar = self.resources.index(condvar);
        let sleeps = |id: &TaskId| self.tasks[*id].asleep_on == Some(condvar);
        self.enabled.clear();
        self.enabled.extend(self.live.iter().copied().filter(sleeps));
        if wake == Wake::One && self.enabled.len() > 1 {
            let picked = self.strategy.pick(self.enabled.len());
            self.enabled.swap(0, picked);
            self.enabled.truncate(1);
        }
        for &id in &self.enabled {
            let task = &mut self.tasks[id];
            task.asleep_on = None;
            if task.status == Status::Asleep {
                task.status = Status::Testing;
            }
            self.fingerprint.wake(self.current, id);
        }
    }

    /// The strategy picks one of several alternatives for the running task.
    pub(super) fn pick(&mut self, alternatives: usize) -> usize {
        if alternatives < 2 {
            return 0;
        }
        let picked = self.strategy.pick(alternatives);
        self.fingerprint.pick(self.current, picked);
        picked
    }

    /// The running task has ended.
    pub(super) fn end(&mut self) {
        let id = self.current;
        self.live.retain(|&live| live != id);
        let task = &mut self.tasks[id];
        task.status = Status::Ended;
        task.seat = None;
        self.fingerprint.end(id, task.resource);
    }

    /// The running task has panicked, which ends the execution.
    pub(super) fn panicked(&mut self, raised: Raised) {
        let task = self.tasks[self.current].name(self.current);
        let Raised { message, place } = raised;
        self.outcome = Some(Outcome::Panicked(Panic { task, message, place }));
    }

    /// How the execution ended, now that nobody can move.
    fn stopped(&self) -> Outcome {
        if self.live.is_empty() { Outcome::Completed } else { Outcome::Deadlock(self.blocked()) }
    }

    /// What reports call a resource; a task goes by its name.
    fn describe(&self, resource: u32) -> String {
        let name = self.resources.name(resource);
        match self.tasks.get(name.number as usize) {
            Some(task) if name.kind == Kind::Task => task.name(name.number as usize),
            _ => name.to_string(),
        }
    }

    fn blocked(&self) -> Vec<Blocked> {
        let describe = |&id: &TaskId| {
            let task = &self.tasks[id];
            let Operation { op, resource, place } = task.waits_for();
            let wait = Some(Wait { op, on: self.describe(resource), place: Place(place) });
            Blocked { task: id, name: task.name(id), wait }
        };
        self.live.iter().map(describe).collect()
    }
}

fn holds(enabled: &Enabled<'_>) -> bool {
    match enabled {
        Enabled::Always | Enabled::Quiescent => true,
        Enabled::When(test) | Enabled::Notified(test) => test(),
    }
}
