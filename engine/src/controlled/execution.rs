//! Runs a program once: the root that resumes tasks, and what they ask it.

use std::{
    cell::{Cell, RefCell},
    panic::{Location, resume_unwind},
    sync::Arc,
};

use sync::{
    control::{self, Answer, Enabled, Note, Op, Question, Resource, TaskId, next_execution},
    thread::Body,
};

use super::{
    children::Child,
    coroutine::{self, Fiber, Progress, Root, Signal},
    first::Kept,
    state::{Next, State},
};
use crate::{
    Limits, Program,
    outcome::Outcome,
    panics, pulse,
    schedule::Draws,
    strategy::Strategy,
    trace::{Operation, Trace},
};

/// The controlled engine: runs programs on coroutines, under a strategy.
pub struct Controlled {
    /// Lives for ever, since the primitives that a program leaves behind could ask it even after
    /// the engine is gone; kept for the next engine of this OS thread.
    execution: &'static Execution,
}

/// What one execution came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// How it ended.
    pub outcome: Outcome,
    /// How many steps it took.
    pub steps: usize,
}

thread_local! {
    static SPARE: RefCell<Vec<&'static Execution>> = const { RefCell::new(Vec::new()) };
}

impl Controlled {
    /// An engine on the calling OS thread.
    pub fn new(strategy: Box<dyn Strategy>, limits: Limits) -> Self {
        let spare = SPARE.with_borrow_mut(Vec::pop);
        let state = State::new(strategy, limits);
        let execution = match spare {
            Some(execution) => {
                execution.state.replace(state);
                execution.wakes_sleepers.set(false);
                execution
            }
            None => Box::leak(Box::new(Execution::new(state))),
        };
        Self { execution }
    }

    /// Runs `program` once, as execution number `number` of the strategy; `None` if the strategy
    /// has nothing left to try.
    #[inline]
    pub fn run(&mut self, program: &Program, number: u64) -> Option<Run> {
        // A strategy may have to wait for others: that is no task that waits.
        pulse::rest();
        let begins = self.execution.state.borrow_mut().strategy.begin(number);
        begins.then(|| {
            pulse::begin(number);
            self.execution.run(program)
        })
    }

    /// Runs `program` once more, in an order that has no number.
    pub(crate) fn run_aside(&mut self, program: &Program) -> Option<Run> {
        let begins = self.execution.state.borrow_mut().strategy.begin(0);
        begins.then(|| {
            pulse::beat();
            self.execution.run(program)
        })
    }

    pub(super) fn execution(&self) -> &Execution {
        self.execution
    }

    /// How many executions, from number 0 on, the strategy [learns](Strategy::lessons) from.
    pub fn lessons(&self) -> u64 {
        self.execution.state.borrow().strategy.lessons()
    }

    /// Whether an execution has used a primitive that an earlier one had used: one in a static, or
    /// one that the program keeps. Two such executions must not be under way at once.
    pub fn keeps_primitives(&self) -> bool {
        self.execution.state.borrow().resources.are_kept
    }

    /// What happened in the last run.
    pub fn trace(&self) -> Trace {
        let state = self.execution.state.borrow();
        Trace {
            steps: state.steps.clone(),
            notes: state.notes.clone(),
            tasks: (0..state.tasks.len()).map(|id| state.task_name(id)).collect(),
            resources: state.resources.names().to_vec(),
            places: Vec::new(),
        }
    }

    /// Tells the interleaving class of the last run: equal for executions whose traces differ only in
    /// the order of independent operations.
    pub fn class(&self) -> u64 {
        self.execution.state.borrow_mut().class()
    }

    /// What was drawn in the last run, besides who was next: with the trace, all that it takes to
    /// see it again.
    pub fn draws(&self) -> Draws {
        self.execution.state.borrow().draws.clone()
    }
}

impl Drop for Controlled {
    fn drop(&mut self) {
        self.execution.main.clear();
        SPARE.with_borrow_mut(|spare| spare.push(self.execution));
    }
}

/// One execution after the other, on one OS thread.
pub(super) struct Execution {
    pub(super) phase: Cell<Phase>,
    pub(super) state: RefCell<State>,
    /// The task that runs the program.
    main: Kept,
    /// Whether sleepers are woken after a deadlock.
    pub(super) wakes_sleepers: Cell<bool>,
    /// What such a sleeper has asked for.
    pub(super) asked: Cell<Option<Operation>>,
    /// Whether it could be had at once.
    pub(super) is_possible: Cell<bool>,
    /// Room for the tasks of a scope.
    pub(super) spare_children: Cell<Vec<Child>>,
    /// How often the task that is being abandoned has been unwound.
    unwound: Cell<u32>,
    /// Whether the OS thread is taken to unwind although it does not: a task was given up while it
    /// unwound.
    is_spoiled: Cell<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Tasks ask and are scheduled.
    Running,
    /// Nobody could move, and sleepers are woken to see whether they would go on.
    Waking,
    /// Tasks unwind.
    Abandoning,
}

/// How often a task is unwound that catches it and goes on.
const UNWINDINGS: u32 = 100;

/// How much a task may ask for while it unwinds where it may have caught what it was unwound with.
const FAREWELLS: u32 = 10_000;

/// What a task's stack is unwound with when its execution is over.
pub(super) struct Abandoned;

impl Execution {
    fn new(state: State) -> Self {
        Self {
            phase: Cell::new(Phase::Running),
            state: RefCell::new(state),
            main: Kept::default(),
            wakes_sleepers: Cell::new(false),
            asked: Cell::new(None),
            is_possible: Cell::new(false),
            spare_children: Cell::default(),
            unwound: Cell::new(0),
            is_spoiled: Cell::new(false),
        }
    }

    fn run(&'static self, program: &Program) -> Run {
        self.is_spoiled.set(std::thread::panicking());
        let main = self.begin(program);
        let control = control::install(self);
        panics::catch(true);
        if let Some(main) = main {
            main.resume(Signal::Go, self);
        }
        self.wake_sleepers();
        self.abandon();
        panics::catch(false);
        drop(control);
        self.finish()
    }

    /// Begins the first task: says where to go on, unless the execution is over already.
    #[track_caller]
    fn begin(&self, program: &Program) -> Option<&'static Fiber> {
        let mut state = self.state.borrow_mut();
        state.reset(next_execution());
        state.spawn(None, self.main.task(program), Location::caller());
        self.phase.set(Phase::Running);
        state.begin_or_go_on()
    }

    /// Unwinds the tasks that have not ended, the youngest first: a task of a scope borrows from
    /// an older one.
    fn abandon(&'static self) {
        self.phase.set(Phase::Abandoning);
        let state = self.state.borrow();
        // Mostly all have ended.
        let is_completed = state.outcome == Some(Outcome::Completed);
        let tasks = if is_completed { 0 } else { state.tasks.len() };
        drop(state);
        for id in (0..tasks).rev() {
            let mut state = self.state.borrow_mut();
            let has_begun = |fiber: &mut &'static Fiber| !fiber.is_fresh();
            let Some(fiber) = state.tasks[id].fiber.take_if(has_begun) else { continue };
            state.current = id;
            let relocks = state.tasks[id].pending.op == Op::Wake && !fiber.holds();
            drop(state);
            // A wait locks its mutex again on its way out, and if somebody has that, the OS thread would
            // wait for ever.
            if relocks {
                fiber.leak();
                continue;
            }
            self.unwound.set(0);
            // It may wait, while unwinding, for something that will never come.
            if fiber.resume(Signal::Abandon, self) == Progress::Suspended {
                fiber.leak();
            }
        }
        panics::take();
    }

    fn finish(&self) -> Run {
        let mut state = self.state.borrow_mut();
        let outcome = state.outcome.take().expect("the execution is over");
        state.forget_coasting();
        state.give_back();
        Run { outcome, steps: state.steps.len() }
    }

    /// Whether the running task unwinds.
    #[inline]
    fn unwinds(&self) -> bool {
        std::thread::panicking() && self.unwinds_indeed()
    }

    /// Whether it does, where the OS thread is taken to unwind.
    #[cold]
    fn unwinds_indeed(&self) -> bool {
        // Where that says nothing, a panic that was told does. A task that is abandoned unwinds.
        !self.is_spoiled.get() || self.phase.get() == Phase::Abandoning || panics::are_kept()
    }

    /// An operation of a task that unwinds: performed if it can be, without a choice.
    #[cold]
    fn ask_aside(&self, question: &Question<'_>) {
        match self.phase.get() {
            Phase::Waking if !self.unwinds() => {
                if self.ask_after_the_end(question) == Signal::Abandon {
                    resume_unwind(Box::new(Abandoned));
                }
                return;
            }
            Phase::Abandoning if !self.unwinds() => {
                // It caught what it was unwound with, and goes on. At some point it never will end.
                self.unwound.set(self.unwound.get() + 1);
                if self.unwound.get() < UNWINDINGS {
                    resume_unwind(Box::new(Abandoned));
                }
                coroutine::suspend(None);
            }
            Phase::Abandoning if self.is_spoiled.get() => {
                // It may have caught that, too: this cannot be told here.
                self.unwound.set(self.unwound.get() + 1);
                if self.unwound.get() > FAREWELLS {
                    coroutine::suspend(None);
                }
            }
            _ => {}
        }
        let is_possible = || match question.enabled {
            Enabled::Always | Enabled::After(_) => true,
            Enabled::When(test) => test(),
            Enabled::Notified(_) | Enabled::Quiescent => false,
        };
        while !is_possible() {
            if self.phase.get() == Phase::Running {
                // It may unwind without anybody having been told.
                panics::unwound();
                self.state.borrow_mut().panicked(panics::take().expect("it has been told"));
            }
            // If the root comes back, others may have unwound by then.
            coroutine::suspend(None);
        }
    }
}

impl Execution {
    /// The running task asks; `possible` is whether what it asks for could be had at once, if that is
    /// known already.
    #[expect(clippy::inline_always, reason = "each caller knows what kind of question it is")]
    #[inline(always)]
    pub(super) fn pose(&self, question: &Question<'_>, possible: Option<bool>) -> Answer {
        let &Question { op, resource, place, enabled, .. } = question;
        if self.phase.get() != Phase::Running || self.unwinds() {
            self.ask_aside(&Question { op, resource, place, enabled, timed: false });
            return Answer::GO;
        }
        let mut state = self.state.borrow_mut();
        let resource = state.number(op, resource);
        if !possible.unwrap_or_else(|| state.is_possible(&enabled)) {
            state.wait(&enabled);
        }
        let next = state.ask(Operation { op, resource, place }, &enabled);
        drop(state);
        match next {
            Next::Itself => Answer::GO,
            Next::Other(fiber) => coroutine::pass(fiber, enabled.test()),
            Next::Nobody => coroutine::give_up(enabled.test()),
        }
    }

    /// The running task lets go of `on`, if that takes no call: at each unlocking.
    #[inline]
    pub(super) fn is_freed_at_once(&self, on: &Resource) -> bool {
        let Ok(mut state) = self.state.try_borrow_mut() else { return false };
        state.is_freed_at_once(on)
    }

    /// The running task lets go of `on`, which may have changed while it had it.
    #[inline(never)]
    pub(super) fn lets_go(&self, on: &Resource, is_changed: bool) {
        let mut state = self.state.borrow_mut();
        let resource = state.resources.index(on);
        state.freed(resource, is_changed);
    }

    /// The running task goes to sleep on `condvar`, and lets go of `mutex`.
    #[inline]
    pub(super) fn falls_asleep(&self, condvar: &Resource, mutex: &Resource) {
        let mut state = self.state.borrow_mut();
        state.enlist(condvar);
        if self.phase.get() == Phase::Running {
            let mutex = state.resources.index(mutex);
            state.freed(mutex, true);
        }
    }

    /// The running task begins another one: its number, and where it will run. What a task spawns while it
    /// unwinds never runs.
    #[inline]
    pub(super) fn begin_task(
        &self,
        body: Arc<dyn Body>,
        place: &'static Location<'static>,
    ) -> Option<(TaskId, &'static Fiber)> {
        if self.phase.get() != Phase::Running {
            return None;
        }
        let mut state = self.state.borrow_mut();
        let parent = state.current;
        Some(state.spawn(Some(parent), body, place))
    }

    /// Whether loads may see older stores.
    pub(super) fn is_weak(&self) -> bool {
        self.phase.get() == Phase::Running && self.state.borrow().limits.weak_memory
    }

    /// The running task has not changed what `mutex` guards, which it holds.
    #[inline]
    pub(super) fn unchanged(&self, mutex: &Resource) {
        let mut state = self.state.borrow_mut();
        if state.is_heard && self.phase.get() == Phase::Running {
            state.note(Note::Unchanged, mutex);
        }
    }
}

impl Root for Execution {
    fn ended(&self) -> Option<&'static Fiber> {
        if self.phase.get() != Phase::Running {
            return None;
        }
        let mut state = self.state.borrow_mut();
        state.end();
        match panics::take() {
            None => state.begin_or_go_on(),
            Some(raised) => {
                state.panicked(raised);
                None
            }
        }
    }
}
