//! A controller of one task: it never waits, since there is nobody to wait for.

use std::{
    cell::RefCell,
    collections::VecDeque,
    panic::{AssertUnwindSafe, Location, catch_unwind, resume_unwind},
    sync::Arc,
};

use sync::{
    control::{self, Controller, Enabled, Op, Question, Resource, Runtime, TaskId, Wake},
    thread::{Body, Scope, Thread},
};

/// Grants every question whose test holds.
#[derive(Default)]
struct Fake {
    /// What others do, each just before a question of that kind is answered.
    meanwhile: RefCell<VecDeque<(Op, Action)>>,
    asked: RefCell<Vec<(Op, u32)>>,
}

type Action = Box<dyn FnOnce()>;

/// The payload of the panic with which a task ends that would wait.
struct Stuck(Op);

/// What is done to a controlled task from outside.
#[derive(Clone, Copy)]
pub(super) struct Handle(&'static Fake);

impl Handle {
    /// Lets another task do `action` just before the next answer to a question for `op`.
    pub(super) fn before(self, op: Op, action: impl FnOnce() + 'static) {
        self.0.meanwhile.borrow_mut().push_back((op, Box::new(action)));
    }

    /// The questions since the last call.
    pub(super) fn asked(self) -> Vec<Op> {
        self.0.asked.take().into_iter().map(|(op, _)| op).collect()
    }

    /// The line that the last question was about.
    pub(super) fn line(self) -> u32 {
        self.0.asked.borrow().last().expect("something has been asked").1
    }
}

/// Runs `program` under control; everything that others were to do meanwhile must have been done.
pub(super) fn run(program: impl FnOnce(Handle)) {
    let fake: &'static Fake = Box::leak(Box::default());
    let _installed = control::install(fake);
    program(Handle(fake));
    assert!(fake.meanwhile.borrow().is_empty(), "not everything was asked for");
}

/// The operation at which `program` would wait for ever.
pub(super) fn stuck_at<T>(program: impl FnOnce() -> T) -> Op {
    let payload = catch_unwind(AssertUnwindSafe(program)).err().expect("the program waits");
    match payload.downcast::<Stuck>() {
        Ok(stuck) => stuck.0,
        Err(other) => resume_unwind(other),
    }
}

impl Controller for Fake {
    fn ask(&self, question: &Question<'_>) -> bool {
        self.asked.borrow_mut().push((question.op, question.place.line()));
        let is_next = |next: &mut (Op, _)| next.0 == question.op;
        let action = self.meanwhile.borrow_mut().pop_front_if(is_next);
        if let Some((_, action)) = action {
            action();
        }
        let holds = match question.enabled {
            Enabled::Always | Enabled::After(_) | Enabled::Quiescent => true,
            Enabled::When(test) => test(),
            Enabled::Notified(_) => false,
        };
        if !holds {
            // Unlike a panic, this prints nothing.
            resume_unwind(Box::new(Stuck(question.op)));
        }
        true
    }

    fn done(&self) {}

    fn is_cooperative(&self) -> bool {
        true
    }

    fn enlist(&self, _condvar: &Resource, _mutex: &Resource) {}

    fn delist(&self) -> bool {
        true
    }

    fn notify(&self, _condvar: &Resource, _wake: Wake) {}

    fn spawn(&self, _body: Arc<dyn Body>, _place: &'static Location<'static>) {
        unreachable!("there is one task")
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        None
    }

    fn scope<'env>(
        &self,
        _place: &'static Location<'static>,
        _body: &mut dyn for<'scope> FnMut(Scope<'scope, 'env>),
    ) {
        unreachable!("there is one task")
    }

    fn task(&self) -> TaskId {
        0
    }

    fn thread(&self) -> Thread {
        unreachable!("nobody unparks the one task")
    }

    fn choose(&self, _alternatives: usize) -> usize {
        0
    }
}
