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
    schedule::Draws,
    strategy::{Choices, Operations, Strategy},
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
    /// What the strategy has drawn besides who is next, which the steps tell.
    pub(super) draws: Draws,
    /// Who was chosen last.
    pub(super) current: TaskId,
    /// How the execution ended, once it has.
    pub(super) outcome: Option<Outcome>,
    /// How many steps in a row did nothing but look and try.
    polls: usize,
    /// The tasks that are ready or have a test, in ascending order: all that could be chosen.
    candidates: Vec<TaskId>,
    /// How many tasks are asleep and may wake for no reason.
    dozing: usize,
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
            draws: Draws::default(),
            current: 0,
            outcome: None,
            polls: 0,
            candidates: Vec::new(),
            dozing: 0,
            enabled: Vec::new(),
        }
    }

    /// Forgets the execution before: `execution` begins.
    pub(super) fn reset(&mut self, execution: u64) {
        self.resources.reset(execution);
        self.fingerprint.reset();
        self.tasks.clear();
        self.steps.clear();
        self.draws.clear();
        self.current = 0;
        self.outcome = None;
        self.polls = 0;
        self.candidates.clear();
        self.dozing = 0;
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
        self.candidates.push(id);
        self.fingerprint.spawn(parent);
        id
    }

    /// Notes what the running task asks for.
    #[inline]
    pub(super) fn pend(&mut self, question: &Question<'_>) {
        let resource = self.resources.index(question.resource);
        let current = self.current;
        let task = &mut self.tasks[current];
        // A future that is polled again touches what it touched before.
        let resource = if question.op == Op::Await { task.last.resource } else { resource };
        task.pending = Operation { op: question.op, resource, place: question.place };
        match question.enabled {
            Enabled::Always => {}
            Enabled::When(_) if question.op == Op::Join => self.pend_join(resource),
            Enabled::When(_) => task.status = Status::Testing,
            Enabled::Notified(_) if task.asleep_on.is_none() => task.status = Status::Testing,
            Enabled::Notified(_) => {
                task.status = Status::Asleep;
                self.dozing += usize::from(task.may_wake);
                self.no_candidate(current);
            }
            Enabled::Quiescent => {
                task.status = Status::Quiescent;
                self.no_candidate(current);
            }
        }
    }

    /// The running task joins the one that is known as `resource`.
    fn pend_join(&mut self, resource: u32) {
        let joined = self.resources.name(resource).number as usize;
        if self.tasks[joined].status != Status::Ended {
            self.tasks[self.current].status = Status::Joining;
            self.no_candidate(self.current);
        }
    }

    /// `task` cannot be chosen for now.
    fn no_candidate(&mut self, task: TaskId) {
        if let Ok(position) = self.candidates.binary_search(&task) {
            self.candidates.remove(position);
        }
    }

    /// `task` may be chosen again.
    fn candidate(&mut self, task: TaskId) {
        if let Err(position) = self.candidates.binary_search(&task) {
            self.candidates.insert(position, task);
        }
    }

    /// Chooses who is next and commits to it; `asking` runs now and has just asked, so its test is
    /// at hand. `None` if the execution is over, which `outcome` then says.
    #[inline]
    pub(super) fn advance(&mut self, asking: Option<&Enabled<'_>>) -> Option<TaskId> {
        self.enabled.clear();
        for &id in &self.candidates {
            let task = &self.tasks[id];
            let is_enabled = task.status == Status::Ready
                || match asking {
                    Some(enabled) if id == self.current => holds(enabled),
                    _ => task.holds(),
                };
            if is_enabled {
                self.enabled.push(id);
            }
        }
        if self.dozing > 0 || self.polls >= QUIET_AFTER || self.enabled.is_empty() {
            return self.advance_in_doubt(asking);
        }
        let next = self.choose(asking);
        self.commit(next)
    }

    /// Chooses when nobody can move, or somebody may wake for no reason, or all may be spinning.
    #[cold]
    fn advance_in_doubt(&mut self, asking: Option<&Enabled<'_>>) -> Option<TaskId> {
        let nobody = self.enabled.is_empty();
        if (nobody || self.polls >= QUIET_AFTER)
            && let Some(quiet) = self.grant_quiescence()
        {
            return self.commit(quiet);
        }
        // Waking for no reason is not progress: it rescues nobody.
        if nobody {
            self.outcome = Some(self.stopped());
            return None;
        }
        self.add_spurious(asking);
        let next = self.choose(asking);
        self.commit(next)
    }

    /// One of the enabled tasks.
    #[inline]
    fn choose(&mut self, asking: Option<&Enabled<'_>>) -> TaskId {
        if let [only] = self.enabled[..] {
            return only;
        }
        let current = if asking.is_some() { Some(self.current) } else { None };
        let pending = Pending { tasks: &self.tasks, steps: self.steps.len() };
        self.strategy.choose(&Choices::new(&self.enabled, current, &pending))
    }

    /// Who has waited until nobody else can move; nobody wakes for no reason afterwards, since that
    /// would be a move.
    #[cold]
    fn grant_quiescence(&mut self) -> Option<TaskId> {
        let quiet = self.tasks.iter().position(|task| task.status == Status::Quiescent)?;
        self.tasks.iter_mut().for_each(|task| task.may_wake = false);
        self.dozing = 0;
        self.polls = 0;
        Some(quiet)
    }

    /// Adds the sleepers that may wake for no reason.
    fn add_spurious(&mut self, asking: Option<&Enabled<'_>>) {
        for (id, task) in self.tasks.iter().enumerate() {
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

    /// `task` performs its pending operation, unless there have been enough.
    #[inline]
    fn commit(&mut self, task: TaskId) -> Option<TaskId> {
        if self.steps.len() >= self.limits.steps {
            return self.too_many_steps();
        }
        self.current = task;
        let chosen = &mut self.tasks[task];
        let operation = chosen.pending;
        if operation.op != Op::Await {
            chosen.last = operation;
        }
        let was = std::mem::replace(&mut chosen.status, Status::Ready);
        if matches!(was, Status::Asleep | Status::Quiescent) {
            self.rouse(task, was);
        }
        self.polls = if operation.op.may_be_polling() { self.polls + 1 } else { 0 };
        self.fingerprint.step(task, &operation);
        self.steps.push(Step { task, operation });
        Some(task)
    }

    #[cold]
    fn too_many_steps(&mut self) -> Option<TaskId> {
        self.outcome = Some(Outcome::StepLimit(self.limits.steps));
        None
    }

    /// `task` was chosen although it was not a candidate.
    #[cold]
    fn rouse(&mut self, task: TaskId, was: Status) {
        let roused = &mut self.tasks[task];
        self.dozing -= usize::from(was == Status::Asleep && roused.may_wake);
        roused.asleep_on = None;
        self.candidate(task);
    }

    /// The running task goes to sleep on a condition variable.
    pub(super) fn enlist(&mut self, condvar: &Resource) {
        let condvar = self.resources.index(condvar);
        let may_wake = self.limits.spurious && self.draw_wake();
        let task = &mut self.tasks[self.current];
        task.asleep_on = Some(condvar);
        task.may_wake = may_wake;
    }

    /// Whether a wait that begins now may end for no reason.
    fn draw_wake(&mut self) -> bool {
        let may_wake = self.strategy.may_wake_spuriously();
        self.draws.wakes.push(may_wake);
        may_wake
    }

    /// The running task sleeps no more; `false` if it had been notified.
    pub(super) fn delist(&mut self) -> bool {
        self.tasks[self.current].asleep_on.take().is_some()
    }

    /// The running task notifies those who sleep on a condition variable.
    pub(super) fn notify(&mut self, condvar: &Resource, wake: Wake) {
        let condvar = self.resources.index(condvar);
        self.enabled.clear();
        for (id, task) in self.tasks.iter().enumerate() {
            if task.asleep_on == Some(condvar) {
                self.enabled.push(id);
            }
        }
        if wake == Wake::One && self.enabled.len() > 1 {
            let picked = self.strategy.pick(self.enabled.len());
            self.draws.picks.push(picked);
            self.enabled.swap(0, picked);
            self.enabled.truncate(1);
        }
        while let Some(id) = self.enabled.pop() {
            self.wake(id);
        }
    }

    /// The running task notifies `id`.
    fn wake(&mut self, id: TaskId) {
        let task = &mut self.tasks[id];
        task.asleep_on = None;
        if task.status == Status::Asleep {
            task.status = Status::Testing;
            self.dozing -= usize::from(task.may_wake);
            self.candidate(id);
        }
        self.fingerprint.wake(self.current, id);
    }

    /// The strategy picks one of several alternatives for the running task.
    pub(super) fn pick(&mut self, alternatives: usize) -> usize {
        if alternatives < 2 {
            return 0;
        }
        let picked = self.strategy.pick(alternatives);
        self.draws.picks.push(picked);
        self.fingerprint.pick(self.current, picked);
        picked
    }

    /// The running task has ended.
    pub(super) fn end(&mut self) {
        let id = self.current;
        self.no_candidate(id);
        let task = &mut self.tasks[id];
        task.status = Status::Ended;
        task.seat = None;
        let resource = task.resource;
        self.fingerprint.end(id, resource);
        for other in 0..self.tasks.len() {
            let task = &mut self.tasks[other];
            if task.status == Status::Joining && task.pending.resource == resource {
                task.status = Status::Ready;
                self.candidate(other);
            }
        }
    }

    /// The running task has panicked, which ends the execution: nobody is next.
    pub(super) fn panicked(&mut self, raised: Raised) -> Option<TaskId> {
        let task = self.tasks[self.current].name(self.current);
        let Raised { message, place } = raised;
        self.outcome = Some(Outcome::Panicked(Panic { task, message, place }));
        None
    }

    /// How the execution ended, now that nobody can move.
    fn stopped(&self) -> Outcome {
        let blocked = self.blocked();
        if blocked.is_empty() { Outcome::Completed } else { Outcome::Deadlock(blocked) }
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
        let has_not_ended = |(_, task): &(TaskId, &Task)| task.status != Status::Ended;
        let describe = |(id, task): (TaskId, &Task)| {
            let Operation { op, resource, place } = task.waits_for();
            let wait = Some(Wait { op, on: self.describe(resource), place: Place(place) });
            Blocked { task: id, name: task.name(id), wait }
        };
        self.tasks.iter().enumerate().filter(has_not_ended).map(describe).collect()
    }
}

/// The pending operations, as a strategy may look at them.
struct Pending<'a> {
    tasks: &'a [Task],
    steps: usize,
}

impl Operations for Pending<'_> {
    fn of(&self, task: TaskId) -> Operation {
        self.tasks[task].pending
    }

    fn steps(&self) -> usize {
        self.steps
    }
}

#[inline]
fn holds(enabled: &Enabled<'_>) -> bool {
    match enabled {
        Enabled::Always | Enabled::Quiescent => true,
        Enabled::When(test) | Enabled::Notified(test) => test(),
    }
}
