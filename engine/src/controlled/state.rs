//! The state of one execution: who is there, what each would do, what has happened.

use std::{panic::Location, sync::Arc};

use sync::{
    control::{Enabled, Kind, Note, Op, Question, Resource, TaskId, Wake},
    thread::Body,
};

use super::{
    clock::Clock,
    doubt::QUIET_AFTER,
    fingerprint::Fingerprint,
    resources::Resources,
    sleepers::Sleepers,
    task::{Status, Task},
};
use crate::{
    Limits,
    outcome::{Outcome, Panic},
    panics::Raised,
    pulse::{self, Teller},
    schedule::Draws,
    strategy::{Choices, Operations, Strategy},
    trace::{Noted, Operation, Place, Step},
};

/// The state of an execution under way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is looked at in every step, as cheaply as can be"
)]
pub(super) struct State {
    pub(super) strategy: Box<dyn Strategy>,
    pub(super) limits: Limits,
    pub(super) resources: Resources,
    pub(super) fingerprint: Fingerprint,
    pub(super) clock: Clock,
    pub(super) tasks: Vec<Task>,
    pub(super) steps: Vec<Step>,
    /// Whether the strategy is told of tasks and steps in this execution.
    pub(super) is_watched: bool,
    /// How many resources the strategy has been told of.
    told_of: usize,
    /// Who else is told of steps.
    teller: Option<Teller>,
    /// Whether anybody is.
    is_told: bool,
    /// Whether the strategy is asked even where there is no choice.
    pub(super) decides_always: bool,
    pub(super) notes: Vec<Noted>,
    /// What the strategy has drawn besides who is next, which the steps tell.
    pub(super) draws: Draws,
    /// Who was chosen last.
    pub(super) current: TaskId,
    /// How the execution ended, once it has.
    pub(super) outcome: Option<Outcome>,
    /// Whether that was a deadlock.
    pub(super) is_deadlock: bool,
    /// Who sleeps since the deadlock although it would go on.
    pub(super) goes_on: Option<TaskId>,
    /// After how many steps to see next whether there were too many, or nothing but looking.
    pub(super) milestone: usize,
    /// The tasks whose test tells whether they can go on, in ascending order.
    candidates: Vec<TaskId>,
    /// How many tasks are asleep and may wake for no reason.
    pub(super) dozing: usize,
    /// The waiting lists of the condition variables.
    pub(super) sleepers: Sleepers,
    /// Who can go on, of the candidates: scratch space of `advance`, never shorter than they are.
    pub(super) enabled: Vec<TaskId>,
}

impl State {
    pub(super) fn new(strategy: Box<dyn Strategy>, limits: Limits) -> Self {
        Self {
            strategy,
            limits,
            resources: Resources::default(),
            fingerprint: Fingerprint::default(),
            clock: Clock::default(),
            tasks: Vec::new(),
            steps: Vec::new(),
            is_watched: false,
            told_of: 0,
            teller: None,
            is_told: false,
            decides_always: false,
            notes: Vec::new(),
            draws: Draws::default(),
            current: 0,
            outcome: None,
            is_deadlock: false,
            goes_on: None,
            milestone: 0,
            candidates: Vec::new(),
            dozing: 0,
            sleepers: Sleepers::default(),
            enabled: Vec::new(),
        }
    }

    /// Forgets the execution before: `execution` begins.
    pub(super) fn reset(&mut self, execution: u64) {
        self.resources.reset(execution);
        self.fingerprint.reset();
        self.clock.reset();
        self.tasks.clear();
        self.steps.clear();
        self.is_watched = self.strategy.watches();
        self.told_of = 0;
        self.teller = pulse::teller();
        self.is_told = self.is_watched || self.teller.is_some();
        self.decides_always = self.strategy.decides_always();
        self.notes.clear();
        self.draws.clear();
        self.current = 0;
        self.outcome = None;
        self.is_deadlock = false;
        self.goes_on = None;
        self.milestone = QUIET_AFTER.min(self.limits.steps);
        self.candidates.clear();
        self.dozing = 0;
        self.sleepers.clear();
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
        self.note(Note::Spawned, resource);
        self.tasks.push(Task::new(body, resource, place));
        if self.enabled.len() <= id {
            self.enabled.push(id);
        }
        self.candidates.push(id);
        self.fingerprint.spawn(parent);
        if self.is_watched {
            self.strategy.spawned(parent, id);
        }
        id
    }

    /// The running task asks: chooses who is next and commits to it. `None` if the execution is
    /// over, which `outcome` then says.
    #[inline]
    pub(super) fn ask(&mut self, question: &Question<'_>) -> Option<TaskId> {
        let resource = self.resources.index(question.resource);
        let task = &mut self.tasks[self.current];
        // A future that is polled again touches what it touched before.
        let resource = if question.op == Op::Await { task.pending.resource } else { resource };
        task.pending = Operation { op: question.op, resource, place: question.place };
        let is_enabled = match question.enabled {
            Enabled::Always => true,
            Enabled::When(test) if question.op != Op::Join => test(),
            _ => self.ask_to_wait(question, resource),
        };
        self.advance(Some(question), is_enabled)
    }

    /// The running task asks for something that it may have to wait for out of the way, where it
    /// need not be tested again and again. Whether it could go on at once.
    #[cold]
    fn ask_to_wait(&mut self, question: &Question<'_>, resource: u32) -> bool {
        let status = match question.enabled {
            Enabled::Notified(_) if self.sleepers.contains(self.current) => Status::Asleep,
            Enabled::Quiescent => Status::Quiescent,
            Enabled::After(duration) if self.clock.set_alarm(self.current, duration) => {
                Status::Sleeping
            }
            Enabled::When(_) if !self.has_ended(resource) => Status::Joining,
            enabled => return holds(&enabled),
        };
        let task = &mut self.tasks[self.current];
        task.status = status;
        self.dozing += usize::from(status == Status::Asleep && task.may_wake);
        self.no_candidate(self.current);
        false
    }

    /// Whether the task that is known as `resource` has ended.
    fn has_ended(&self, resource: u32) -> bool {
        let joined = self.resources.name(resource).number as usize;
        self.tasks[joined].status == Status::Ended
    }

    /// `task` cannot be chosen for now.
    fn no_candidate(&mut self, task: TaskId) {
        if let Ok(position) = self.candidates.binary_search(&task) {
            self.candidates.remove(position);
        }
    }

    /// `task` may be chosen again.
    pub(super) fn candidate(&mut self, task: TaskId) {
        if let Err(position) = self.candidates.binary_search(&task) {
            self.candidates.insert(position, task);
        }
    }

    /// Chooses who is next when nobody asks: a task has ended, or none has started yet.
    #[inline(never)]
    pub(super) fn begin_or_go_on(&mut self) -> Option<TaskId> {
        self.advance(None, true)
    }

    /// Chooses who is next and commits to it; `asking` is what the running task has just asked, and
    /// `is_enabled` whether it could go on.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    fn advance(&mut self, asking: Option<&Question<'_>>, is_enabled: bool) -> Option<TaskId> {
        let mut count = 0;
        for &id in &self.candidates {
            let could = if id == self.current { is_enabled } else { self.tasks[id].holds() };
            // Kept only if it could: nobody can foretell that, so there is no branch.
            self.enabled[count] = id;
            count += usize::from(could);
        }
        if self.dozing > 0
            || count == 0
            || self.steps.len() >= self.milestone
            || self.decides_always
        {
            return self.advance_in_doubt(asking, count);
        }
        let next = self.choose(asking, count);
        Some(self.commit(next))
    }

    /// One of the first `count` enabled tasks.
    #[inline]
    pub(super) fn choose(&mut self, asking: Option<&Question<'_>>, count: usize) -> TaskId {
        let enabled = &self.enabled[..count];
        if let [only] = *enabled
            && !self.decides_always
        {
            return only;
        }
        let current = asking.map(|_| self.current);
        let pending = Pending { tasks: &self.tasks, steps: self.steps.len() };
        self.strategy.choose(&Choices::new(enabled, current, &pending))
    }

    /// `task` performs its pending operation.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    pub(super) fn commit(&mut self, task: TaskId) -> TaskId {
        self.current = task;
        let operation = self.tasks[task].pending;
        self.fingerprint.step(task, &operation);
        if self.is_told {
            self.tell(task, &operation);
        }
        self.steps.push(Step { task, operation });
        task
    }

    /// Tells whoever wants to know that `task` is about to perform `operation`.
    #[inline]
    fn tell(&mut self, task: TaskId, operation: &Operation) {
        if self.is_watched {
            self.tell_of_resources();
            self.strategy.executed(task, operation);
        }
        if let Some(tell) = self.teller {
            tell(&self.sentence(task, operation));
        }
    }

    /// Tells the strategy what has been met since it was told last.
    #[inline]
    fn tell_of_resources(&mut self) {
        for (index, name) in (self.told_of..).zip(&self.resources.names()[self.told_of..]) {
            self.strategy.met(u32::try_from(index).unwrap_or(u32::MAX), name.kind);
            self.told_of = index + 1;
        }
    }

    /// A step as a sentence: "foo locks mutex #1 at condvar.rs:29".
    #[cold]
    fn sentence(&self, task: TaskId, operation: &Operation) -> String {
        let (name, place) = (self.tasks[task].name(task), Place::from(operation.place));
        let on = self.resources.name(operation.resource);
        match on.kind {
            Kind::Clock | Kind::Log | Kind::Task => {
                format!("{name} {} at {place}", operation.op.verb())
            }
            _ => format!("{name} {} {on} at {place}", operation.op.verb()),
        }
    }

    /// The running task does something besides its operation.
    #[inline]
    pub(super) fn note(&mut self, note: Note, resource: u32) {
        if note == Note::Freed {
            self.fingerprint.free(self.current, resource);
        }
        if self.is_watched {
            self.tell_of_resources();
            self.strategy.noted(self.current, note, resource);
        }
        let noted = Noted { after: self.steps.len(), note, resource };
        if note == Note::Woken {
            return self.note_woken(noted);
        }
        self.notes.push(noted);
    }

    /// Keeps those whom one step wakes in order of their numbers: some of Tokio's types wake in an
    /// order that is drawn anew each time.
    #[cold]
    fn note_woken(&mut self, noted: Noted) {
        let comes_after = |other: &Noted| {
            other.after == noted.after
                && other.note == Note::Woken
                && other.resource > noted.resource
        };
        let later = self.notes.iter().rev().take_while(|other| comes_after(other)).count();
        self.notes.insert(self.notes.len() - later, noted);
    }

    /// The running task goes to sleep on a condition variable.
    pub(super) fn enlist(&mut self, condvar: &Resource) {
        let condvar = self.resources.index(condvar);
        let may_wake = self.limits.spurious && self.draw_wake();
        self.tasks[self.current].may_wake = may_wake;
        self.sleepers.add(self.current, condvar);
    }

    /// Whether a wait that begins now may end for no reason. Where all interleavings are run, none
    /// does that could be cut short because nobody else can move: when somebody waits for that, or
    /// when time jumps then.
    fn draw_wake(&mut self) -> bool {
        let waits_for_quiet = |task: &Task| task.status == Status::Quiescent;
        let is_cut_short =
            self.decides_always && (self.clock.is_kept() || self.tasks.iter().any(waits_for_quiet));
        let may_wake = !is_cut_short && self.strategy.may_wake_spuriously();
        self.draws.wakes.push(may_wake);
        may_wake
    }

    /// The running task sleeps no more; `false` if it had been notified.
    pub(super) fn delist(&mut self) -> bool {
        self.leave_list(self.current)
    }

    /// `task` wakes although it may not have been notified; whether it has not. Whoever notifies
    /// later finds one fewer: that order makes a difference.
    pub(super) fn leave_list(&mut self, task: TaskId) -> bool {
        let condvar = self.sleepers.remove(task);
        condvar.inspect(|&condvar| self.fingerprint.free(task, condvar)).is_some()
    }

    /// The running task notifies those who sleep on a condition variable.
    pub(super) fn notify(&mut self, condvar: &Resource, wake: Wake) {
        let condvar = self.resources.index(condvar);
        let mut waiting = self.sleepers.on(condvar);
        if wake == Wake::One && waiting > 1 {
            let picked = self.strategy.pick(waiting);
            self.draws.picks.push(picked);
            let task = self.sleepers.take(condvar, picked);
            return self.wake(task);
        }
        while waiting > 0 {
            let task = self.sleepers.take(condvar, 0);
            self.wake(task);
            waiting -= 1;
        }
    }

    /// The running task notifies `id`.
    fn wake(&mut self, id: TaskId) {
        let task = &mut self.tasks[id];
        let resource = task.resource;
        if task.status == Status::Asleep {
            task.status = Status::Ready;
            self.dozing -= usize::from(task.may_wake);
            self.candidate(id);
        }
        self.fingerprint.wake(self.current, id);
        self.note(Note::Woken, resource);
        if self.is_watched {
            self.strategy.woken(id);
        }
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
        self.fingerprint.free(id, resource);
        if self.is_watched {
            self.strategy.noted(id, Note::Freed, resource);
        }
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
pub(super) fn holds(enabled: &Enabled<'_>) -> bool {
    match enabled {
        Enabled::Always | Enabled::After(_) | Enabled::Quiescent => true,
        Enabled::When(test) | Enabled::Notified(test) => test(),
    }
}
