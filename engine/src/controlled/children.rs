//! The tasks of a scope.

use std::{cell::RefCell, panic::Location, sync::Arc};

use sync::{
    control::{Controller, Enabled, Op, Question, TaskId},
    thread::Body,
};

use super::{execution::Execution, task::Task};

/// The tasks of a scope, which may borrow from outside it.
pub(super) struct Children<'a> {
    execution: &'a Execution,
    /// Where the scope begins.
    place: &'static Location<'static>,
    bodies: RefCell<Vec<(TaskId, Arc<dyn Body>)>>,
}

impl<'a> Children<'a> {
    /// The tasks of a scope that begins at `place`.
    pub(super) fn new(execution: &'a Execution, place: &'static Location<'static>) -> Self {
        Self { execution, place, bodies: RefCell::default() }
    }

    /// Begins one more.
    pub(super) fn spawn(&self, body: Arc<dyn Body>, place: &'static Location<'static>) {
        let id = self.execution.state.borrow().tasks.len();
        self.execution.spawn(Arc::clone(&body), place);
        self.bodies.borrow_mut().push((id, body));
    }

    /// Waits until each of them has ended.
    pub(super) fn join(&self) {
        for (_, child) in self.bodies.borrow().iter() {
            let has_ended = || child.task().has_ended();
            let (op, resource) = (Op::Join, child.task().resource());
            let (place, enabled) = (self.place, Enabled::When(&has_ended));
            self.execution.ask(&Question { op, resource, place, enabled, timed: false });
        }
    }
}

impl Drop for Children<'_> {
    /// Lets go of the tasks that never ran, with what they borrow, before the scope ends.
    fn drop(&mut self) {
        for (id, _) in self.bodies.get_mut() {
            let mut state = self.execution.state.borrow_mut();
            let never_ran = state.tasks.get_mut(*id).and_then(Task::give_up);
            drop(state);
            if let Some(fiber) = never_ran {
                fiber.cancel();
            }
        }
    }
}
