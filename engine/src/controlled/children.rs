//! The tasks of a scope.

use std::{cell::RefCell, panic::Location, sync::Arc};

use sync::{
    control::{Controller, Enabled, Op, Question, TaskId},
    thread::Body,
};

use super::{coroutine::Fiber, execution::Execution, state::NOBODY, task::Task};

/// The tasks of a scope, which may borrow from outside it.
pub(super) struct Children<'a> {
    execution: &'a Execution,
    /// Where the scope begins.
    place: &'static Location<'static>,
    begun: RefCell<Vec<Child>>,
}

/// A task of a scope.
pub(super) struct Child {
    id: TaskId,
    /// None if it was begun too late to ever run.
    fiber: Option<&'static Fiber>,
    /// How many others its fiber had run before.
    before: u64,
}

impl Child {
    /// One that was begun too late.
    const NEVER: Self = Self { id: NOBODY, fiber: None, before: 0 };

    #[inline]
    fn has_ended(&self) -> bool {
        self.fiber.is_some_and(|fiber| fiber.runs() != self.before)
    }
}

impl<'a> Children<'a> {
    /// The tasks of a scope that begins at `place`.
    pub(super) fn new(execution: &'a Execution, place: &'static Location<'static>) -> Self {
        Self { execution, place, begun: RefCell::new(execution.spare_children.take()) }
    }

    /// Begins one more.
    pub(super) fn spawn(&self, body: Arc<dyn Body>, place: &'static Location<'static>) {
        let begun = self.execution.begin_task(body, place);
        let child = begun.map_or(Child::NEVER, |(id, fiber)| Child {
            id,
            fiber: Some(fiber),
            before: fiber.runs(),
        });
        self.begun.borrow_mut().push(child);
    }

    /// Waits until each of them has ended.
    pub(super) fn join(&self) {
        for child in self.begun.borrow().iter() {
            let resource = &self.execution.state.borrow().task_resource(child.id);
            let has_ended = || child.has_ended();
            let (op, place, enabled) = (Op::Join, self.place, Enabled::When(&has_ended));
            self.execution.ask(&Question { op, resource, place, enabled, timed: false });
        }
    }
}

impl Drop for Children<'_> {
    /// Lets go of the tasks that never ran, with what they borrow, before the scope ends.
    fn drop(&mut self) {
        let begun = self.begun.get_mut();
        for child in begun.drain(..) {
            let mut state = self.execution.state.borrow_mut();
            let never_ran = state.tasks.get_mut(child.id).and_then(Task::give_up);
            drop(state);
            if let Some(fiber) = never_ran {
                fiber.cancel();
            }
        }
        self.execution.spare_children.set(std::mem::take(begun));
    }
}
