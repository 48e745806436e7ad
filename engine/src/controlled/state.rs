//! The state of one execution: who is there, what each would do, what has happened.

use std::{borrow::Cow, panic::Location, sync::Arc};

use sync::{
    control::{Enabled, Kind, Note, Op, Resource, TaskId, Test},
    thread::Body,
};

use super::{
    clock::Clock,
    coasting::Coasting,
    coroutine::Fiber,
    doubt::QUIET_AFTER,
    fingerprint::{Deed, DeedKind, Fingerprint},
    older::Values,
    ready::Ready,
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
    strategy::{Choices, Drawn, Operations, Precedence, Strategy},
    trace::{Noted, Operation, Step},
};

/// Who is next when an execution is over.
pub(super) const NOBODY: TaskId = TaskId::MAX;

/// Who goes on when a task has asked.
pub(super) enum Next {
    /// The task that has asked.
    Itself,
    /// Another one.
    Other(&'static Fiber),
    /// Nobody: the execution is over.
    Nobody,
}

/// The state of an execution under way.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is looked at in every step, as cheaply as can be"
)]
pub(super) struct State {
    pub(super) strategy: Box<dyn Strategy>,
    pub(super) limits: Limits,
    pub(super) resources: Resources,
    pub(super) clock: Clock,
    pub(super) tasks: Vec<Task>,
    /// The names that some of them were given, in the order of their numbers.
    names: Vec<(TaskId, Cow<'static, str>)>,
    pub(super) steps: Vec<Step>,
    /// Whether the strategy is told of tasks and steps in this execution.
    pub(super) is_watched: bool,
    /// Whether it is told, too, what else they do within their steps.
    pub(super) is_heard: bool,
    /// How many resources the strategy has been told of.
    pub(super) told_of: usize,
    /// Who else is told of steps.
    pub(super) teller: Option<Teller>,
    /// Whether anybody is.
    pub(super) is_told: bool,
    /// Whether the strategy is asked even where there is no choice.
    pub(super) decides_always: bool,
    /// Whether the strategy picks anybody, each as likely as the others.
    pub(super) is_even: bool,
    /// Where to draw from then.
    pub(super) drawn: Drawn,
    /// What decides, if the strategy has lent it.
    precedence: Option<Box<Precedence>>,
    pub(super) notes: Vec<Noted>,
    /// What else has been done within steps.
    pub(super) deeds: Vec<Deed>,
    /// Scratch space for telling the class.
    pub(super) fingerprint: Fingerprint,
    /// What the strategy has drawn besides who is next, which the steps tell.
    pub(super) draws: Draws,
    /// Who was chosen last.
    pub(super) current: TaskId,
    /// How the execution ended, once it has.
    pub(super) outcome: Option<Outcome>,
    /// Since when it runs on although it is given up.
    pub(super) coasting: Option<Coasting>,
    /// Whether that was a deadlock.
    pub(super) is_deadlock: bool,
    /// Who sleeps since the deadlock although it would go on.
    pub(super) goes_on: Option<TaskId>,
    /// After how many steps to see next whether there were too many, or nothing but looking.
    pub(super) milestone: usize,
    /// From how many steps on each choice is a doubtful one: the milestone, or from the beginning.
    pub(super) doubts_from: usize,
    /// Up to which step it takes no more than to draw who is next.
    draws_until: usize,
    /// Who could go on.
    pub(super) ready: Ready,
    /// How many tasks are asleep and may wake for no reason.
    pub(super) dozing: usize,
    /// The waiting lists of the condition variables.
    pub(super) sleepers: Sleepers,
    /// What atomics have held.
    pub(super) values: Values,
    /// Who could go on, with those that may wake for no reason: scratch space for a doubtful choice.
    pub(super) awake: Vec<TaskId>,
}

impl State {
    pub(super) fn new(strategy: Box<dyn Strategy>, limits: Limits) -> Self {
        Self {
            strategy,
            limits,
            resources: Resources::default(),
            clock: Clock::default(),
            tasks: Vec::new(),
            names: Vec::new(),
            steps: Vec::new(),
            is_watched: false,
            is_heard: false,
            told_of: 0,
            teller: None,
            is_told: false,
            decides_always: false,
            is_even: false,
            drawn: Drawn::default(),
            precedence: None,
            notes: Vec::new(),
            deeds: Vec::new(),
            fingerprint: Fingerprint::default(),
            draws: Draws::default(),
            current: 0,
            outcome: None,
            coasting: None,
            is_deadlock: false,
            goes_on: None,
            milestone: 0,
            doubts_from: 0,
            draws_until: 0,
            ready: Ready::default(),
            dozing: 0,
            sleepers: Sleepers::default(),
            values: Values::default(),
            awake: Vec::new(),
        }
    }

    /// Forgets the execution before: `execution` begins.
    #[inline]
    pub(super) fn reset(&mut self, execution: u64) {
        self.resources.reset(execution);
        self.clock.reset();
        self.tasks.iter_mut().filter_map(Task::give_up).for_each(Fiber::cancel);
        self.tasks.clear();
        self.names.clear();
        self.steps.clear();
        self.is_watched = self.strategy.watches();
        self.is_heard = self.is_watched && self.strategy.listens();
        self.told_of = 0;
        self.teller = pulse::teller();
        self.is_told = self.is_watched || self.teller.is_some();
        self.decides_always = self.strategy.decides_always();
        let even = self.strategy.draws_evenly();
        self.is_even = even.is_some();
        self.drawn = even.map(Drawn::new).unwrap_or_default();
        self.precedence = self.strategy.lend();
        self.notes.clear();
        self.deeds.clear();
        self.draws.clear();
        self.current = 0;
        self.outcome = None;
        self.coasting = None;
        self.is_deadlock = false;
        self.goes_on = None;
        self.milestone = QUIET_AFTER.min(self.limits.steps);
        self.ready.clear();
        self.sleepers.clear();
        self.values.clear();
        self.set_dozing(0);
    }

    /// So many tasks are asleep and may wake for no reason.
    pub(super) fn set_dozing(&mut self, dozing: usize) {
        self.dozing = dozing;
        let is_doubtful = dozing > 0 || self.decides_always;
        self.doubts_from = if is_doubtful { 0 } else { self.milestone };
        self.draws_until = if self.is_even { self.doubts_from } else { 0 };
    }

    /// Begins a task: its number, and where it will run.
    pub(super) fn spawn(
        &mut self,
        parent: Option<TaskId>,
        body: Arc<dyn Body>,
        place: &'static Location<'static>,
    ) -> (TaskId, &'static Fiber) {
        let id = self.tasks.len();
        let begun = body.task();
        let resource = self.resources.add_task(begun.resource(), id);
        self.note(Note::Spawned, begun.resource());
        if let Some(name) = begun.own_name() {
            self.names.push((id, name));
        }
        let fiber = Fiber::begin(body);
        self.tasks.push(Task::new(fiber, resource, place));
        self.ready.add(id);
        if parent.is_some() {
            self.did(DeedKind::Spawned);
        }
        if self.is_watched {
            self.strategy.spawned(parent, id);
        }
        (id, fiber)
    }

    /// What stands for task number `id` among the resources; something new if there is no such task.
    pub(super) fn task_resource(&self, id: TaskId) -> Resource {
        let resource = Resource::new(Kind::Task);
        if let Some(task) = self.tasks.get(id) {
            self.resources.give_number(&resource, task.resource);
        }
        resource
    }

    /// The number of what the running task asks for.
    #[inline]
    pub(super) fn number(&mut self, op: Op, resource: &Resource) -> u32 {
        let resource = self.resources.index(resource);
        if op != Op::Await {
            return resource;
        }
        // A future that is polled again touches what it touched before: in its task's step under way.
        self.steps.last().map_or(resource, |step| step.operation.resource)
    }

    /// The running task asks for `operation`: chooses who is next and commits to it. Nobody is if the
    /// execution is over, which `outcome` then says.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    pub(super) fn ask(&mut self, operation: Operation, enabled: &Enabled<'_>) -> Next {
        let asking = self.current;
        let Operation { op, resource, place } = operation;
        let drawn = self.draw_turn();
        if drawn == Some(asking) {
            self.record(asking, op, resource, place);
            return Next::Itself;
        }
        let task = &mut self.tasks[asking];
        // In parts, as in `record`.
        task.pending.op = op;
        task.pending.resource = resource;
        task.pending.place = place;
        let is_tested = enabled.test().is_some();
        let next = match drawn {
            Some(next) => {
                if is_tested {
                    self.ready.suspend(asking, task);
                }
                next
            }
            None => match self.find_next(true, enabled.sleeps()) {
                NOBODY => return Next::Nobody,
                next if next == asking => {
                    self.record(asking, op, resource, place);
                    return Next::Itself;
                }
                next => {
                    if is_tested {
                        self.ready.suspend(asking, &mut self.tasks[asking]);
                    }
                    next
                }
            },
        };
        Next::Other(self.commit(next))
    }

    /// Whether the running task could have at once what it asks for.
    pub(super) fn is_possible(&self, enabled: &Enabled<'_>) -> bool {
        match enabled {
            Enabled::Always => true,
            Enabled::When(test) => test(),
            Enabled::After(_) => !self.clock.is_kept(),
            Enabled::Notified(_) | Enabled::Quiescent => false,
        }
    }

    /// The running task has to wait: in a way of which somebody will tell, or until its test holds.
    #[inline]
    pub(super) fn wait(&mut self, enabled: &Enabled<'_>) {
        let status = match *enabled {
            Enabled::Notified(_) => Status::Asleep,
            Enabled::Quiescent => Status::Quiescent,
            Enabled::After(duration) if self.clock.set_alarm(self.current, duration) => {
                Status::Sleeping
            }
            _ => Status::Ready,
        };
        self.wait_as(status);
    }

    /// The running task has to wait, and `status` says how.
    #[inline(never)]
    fn wait_as(&mut self, status: Status) {
        let task = &mut self.tasks[self.current];
        task.status = status;
        self.ready.disable(self.current, task);
        if status == Status::Asleep && task.may_wake {
            self.set_dozing(self.dozing + 1);
        }
    }

    /// The name that a task was given, or one made of its number.
    pub(super) fn task_name(&self, task: TaskId) -> String {
        let given = self.names.binary_search_by_key(&task, |&(task, _)| task);
        given.map_or_else(|_| format!("task {task}"), |index| self.names[index].1.to_string())
    }

    /// Chooses who is next when nobody asks: a task has ended, or none has started yet.
    #[inline(never)]
    pub(super) fn begin_or_go_on(&mut self) -> Option<&'static Fiber> {
        let next = self.draw_turn().unwrap_or_else(|| self.find_next(false, None));
        (next != NOBODY).then(|| self.commit(next))
    }

    /// Brings the list of who could go on up to date. Who is next, where it takes no more than to draw.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    fn draw_turn(&mut self) -> Option<TaskId> {
        if self.ready.is_stale() {
            self.ready.review(&mut self.tasks);
        }
        #[cfg(debug_assertions)]
        self.ready.verify(&self.tasks);
        if self.steps.len() < self.draws_until {
            self.drawn.one_of(self.ready.enabled())
        } else {
            None
        }
    }

    /// Who is next, where it takes more, or nobody if the execution is over. The running task may have
    /// asked just now, and go to sleep with a test.
    #[inline(never)]
    fn find_next(&mut self, has_asked: bool, sleeps: Option<Test<'_>>) -> TaskId {
        let enabled = self.ready.enabled();
        if self.steps.len() >= self.doubts_from || enabled.is_empty() {
            return self.next_in_doubt(has_asked, sleeps);
        }
        if let [only] = *enabled {
            return only;
        }
        if let Some(precedence) = &mut self.precedence
            && let Some(next) = precedence.next(enabled, self.ready.favourite())
        {
            self.ready.prefer(next);
            return next;
        }
        self.ask_strategy(has_asked)
    }

    /// The strategy gets back what it has lent, if it has.
    pub(super) fn give_back(&mut self) {
        if let Some(precedence) = self.precedence.take() {
            self.strategy.take_back(precedence);
        }
    }

    /// Whom the strategy chooses.
    #[inline(never)]
    fn ask_strategy(&mut self, has_asked: bool) -> TaskId {
        self.give_back();
        let pending = Pending { tasks: &self.tasks, steps: self.steps.len() };
        let current = has_asked.then_some(self.current);
        self.strategy.choose(&Choices::new(self.ready.enabled(), current, &pending))
    }

    /// One of those who are awake.
    pub(super) fn choose(&mut self, has_asked: bool) -> TaskId {
        if self.is_even {
            return self.drawn.one_of(&self.awake).expect("somebody is awake");
        }
        if let [only] = *self.awake
            && !self.decides_always
        {
            return only;
        }
        if let Some(precedence) = &mut self.precedence
            && let Some(next) = precedence.next(&self.awake, None)
        {
            self.ready.prefer(NOBODY);
            return next;
        }
        self.give_back();
        let current = has_asked.then_some(self.current);
        let pending = Pending { tasks: &self.tasks, steps: self.steps.len() };
        self.strategy.choose(&Choices::new(&self.awake, current, &pending))
    }

    /// `task`, which is not the running one, performs what was pending.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    fn commit(&mut self, task: TaskId) -> &'static Fiber {
        self.current = task;
        let next = &mut self.tasks[task];
        self.ready.resume(task, next);
        let (Operation { op, resource, place }, fiber) = (next.pending, next.fiber);
        self.record(task, op, resource, place);
        fiber.expect("only a task that has ended has no coroutine")
    }

    /// Whether a wait that begins now may end for no reason, or what could succeed fails for none.
    pub(super) fn may_wake_spuriously(&mut self) -> bool {
        if self.is_even { self.drawn.below(8) == 0 } else { self.strategy.may_wake_spuriously() }
    }

    /// The strategy picks one of so many, of which there are at least two.
    pub(super) fn draw(&mut self, alternatives: usize) -> usize {
        let picked = if self.is_even {
            self.drawn.below(alternatives)
        } else {
            self.strategy.pick(alternatives)
        };
        self.draws.picks.push(picked);
        picked
    }

    /// The strategy picks one of several alternatives for the running task.
    pub(super) fn pick(&mut self, alternatives: usize) -> usize {
        if alternatives < 2 {
            return 0;
        }
        let picked = self.draw(alternatives);
        self.did(DeedKind::Picked(picked));
        picked
    }

    /// The running task has ended.
    #[inline]
    pub(super) fn end(&mut self) {
        let id = self.current;
        let task = &mut self.tasks[id];
        self.ready.disable(id, task);
        task.status = Status::Ended;
        task.fiber = None;
        let resource = task.resource;
        self.did(DeedKind::Freed(resource));
        if self.is_heard {
            self.strategy.noted(id, Note::Freed, resource);
        }
        self.ready.touch(resource);
    }

    /// The running task has panicked, which ends the execution: nobody is next.
    pub(super) fn panicked(&mut self, raised: Raised) {
        let task = self.task_name(self.current);
        let Raised { message, place } = raised;
        self.conclude(|_| Outcome::Panicked(Box::new(Panic { task, message, place })));
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
