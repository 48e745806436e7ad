//! The controller that tasks ask: what each question and each note means to the execution.

#![expect(unsafe_code, reason = "whoever asks promises to heed the answer")]

use std::{
    panic::{Location, resume_unwind},
    sync::Arc,
    time::Duration,
};

use sync::{
    control::{
        Answer, Controller, Enabled, Note, Op, Question, Resource, Runtime, TaskId, Test, Wake,
    },
    thread::{Body, Scope, Thread},
};

use super::{
    children::Children,
    coroutine,
    execution::{Abandoned, Execution, Phase},
};

impl Controller for Execution {
    fn ask(&self, question: &Question<'_>) -> bool {
        self.pose(question, None).heed(|| self.unwind())
    }

    unsafe fn ask_always(
        &self,
        op: Op,
        resource: &Resource,
        place: &'static Location<'static>,
    ) -> Answer {
        let enabled = Enabled::Always;
        self.pose(&Question { op, resource, place, enabled, timed: false }, Some(true))
    }

    unsafe fn ask_when(
        &self,
        op: Op,
        resource: &Resource,
        place: &'static Location<'static>,
        test: Test<'_>,
        holds: bool,
    ) -> Answer {
        let enabled = Enabled::When(test);
        self.pose(&Question { op, resource, place, enabled, timed: false }, Some(holds))
    }

    #[cold]
    fn unwind(&self) {
        resume_unwind(Box::new(Abandoned));
    }

    fn done(&self) {}

    fn is_cooperative(&self) -> bool {
        true
    }

    unsafe fn ask_to_wait(
        &self,
        condvar: &Resource,
        mutex: &Resource,
        place: &'static Location<'static>,
        is_unchanged: bool,
    ) -> Answer {
        if is_unchanged {
            self.unchanged(mutex);
        }
        let (op, resource, enabled) = (Op::Wait, condvar, Enabled::Always);
        self.pose(&Question { op, resource, place, enabled, timed: false }, Some(true))
    }

    unsafe fn ask_notified(
        &self,
        condvar: &Resource,
        mutex: &Resource,
        place: &'static Location<'static>,
        test: Test<'_>,
    ) -> Answer {
        self.falls_asleep(condvar, mutex);
        let (op, resource, enabled) = (Op::Wake, mutex, Enabled::Notified(test));
        self.pose(&Question { op, resource, place, enabled, timed: false }, Some(false))
    }

    fn enlist(&self, condvar: &Resource, mutex: &Resource) {
        self.falls_asleep(condvar, mutex);
    }

    fn delist(&self) -> bool {
        self.state.borrow_mut().delist()
    }

    fn notify(&self, condvar: &Resource, wake: Wake) {
        self.state.borrow_mut().notify(condvar, wake);
    }

    fn spawn(&self, body: Arc<dyn Body>, place: &'static Location<'static>) {
        self.begin_task(body, place);
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        None
    }

    fn scope<'env>(
        &self,
        place: &'static Location<'static>,
        body: &mut dyn for<'scope> FnMut(Scope<'scope, 'env>),
    ) {
        let children = Children::new(self, place);
        coroutine::in_scope(body, &|body, place| children.spawn(body, place), &|| children.join());
    }

    fn task(&self) -> TaskId {
        self.state.borrow().current
    }

    fn thread(&self) -> Thread {
        coroutine::thread()
    }

    fn choose(&self, alternatives: usize) -> usize {
        self.state.borrow_mut().pick(alternatives)
    }

    fn note(&self, note: Note, on: &Resource) {
        if self.phase.get() == Phase::Running {
            self.state.borrow_mut().note(note, on);
        }
    }

    fn freed(&self, on: &Resource) {
        if self.phase.get() == Phase::Running && !self.is_freed_at_once(on) {
            self.lets_go(on, true);
        }
    }

    fn freed_unchanged(&self, on: &Resource) {
        if self.phase.get() == Phase::Running && !self.is_freed_at_once(on) {
            self.lets_go(on, false);
        }
    }

    fn holds(&self, on: &Resource, value: &dyn Fn() -> u64) {
        if self.phase.get() == Phase::Running {
            let mut state = self.state.borrow_mut();
            if state.is_heard {
                let resource = state.resources.index(on);
                state.strategy.holds(resource, value());
            }
        }
    }

    fn stored(&self, on: &Resource, before: u64, after: u64) {
        if self.is_weak() {
            self.state.borrow_mut().stored(on, before, after);
        }
    }

    fn sees(&self, on: &Resource) -> Option<u64> {
        if self.is_weak() { self.state.borrow_mut().sees(on) } else { None }
    }

    fn is_over(&self) -> bool {
        self.phase.get() != Phase::Running
    }

    fn fails_for_no_reason(&self) -> bool {
        self.phase.get() == Phase::Running && self.state.borrow_mut().fails_for_no_reason()
    }

    fn keep_time(&self) -> bool {
        self.state.borrow_mut().clock.keep();
        true
    }

    fn time(&self) -> Option<Duration> {
        self.state.borrow().clock.time()
    }
}
