//! The first task of an execution, which nobody spawns.

use std::{cell::Cell, sync::Arc};

use sync::thread::{Body, Task};

use crate::Program;

/// Runs the program itself.
pub(super) struct First {
    task: Task,
    program: Program,
}

impl First {
    fn new(program: &Program) -> Self {
        Self { task: Task::new(Some("main".into())), program: Arc::clone(program) }
    }
}

impl Body for First {
    fn run(&self) -> bool {
        let returned = self.task.run(|| (self.program)()).is_ok();
        self.task.end();
        returned
    }

    fn task(&self) -> &Task {
        &self.task
    }
}

/// The first task, kept from one execution to the next: a short one is mostly what stands around its
/// steps.
#[derive(Default)]
pub(super) struct Kept(Cell<Option<Arc<First>>>);

impl Kept {
    /// A task that runs `program`: the one before, if nobody has that any more.
    pub(super) fn task(&self, program: &Program) -> Arc<First> {
        let mut first = self.0.take().unwrap_or_else(|| Arc::new(First::new(program)));
        match Arc::get_mut(&mut first) {
            Some(first) => {
                first.task = Task::new(Some("main".into()));
                if !Arc::ptr_eq(&first.program, program) {
                    first.program = Arc::clone(program);
                }
            }
            None => first = Arc::new(First::new(program)),
        }
        self.0.set(Some(Arc::clone(&first)));
        first
    }

    /// Lets go of the program.
    pub(super) fn clear(&self) {
        self.0.take();
    }
}
