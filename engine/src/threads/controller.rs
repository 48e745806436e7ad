//! The controller of every thread on which tasks run: it has no state of its own, and speaks for
//! the task that runs on the calling thread, which knows its execution. So a straggler of one
//! execution cannot touch another.

use std::{panic::Location, sync::Arc, thread};

use sync::{
    control::{self, Controller, Question, Resource, Runtime, TaskId, Wake},
    thread::{Adopt, Adopter, Adoption, Body, Scope, Thread},
};

use super::{execution::name, running, task::Task};
use crate::panics;

/// The one there is.
pub(super) static CONTROLLER: Threaded = Threaded;

/// Lets the real primitives block, and takes notes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threaded;

impl Controller for Threaded {
    #[inline]
    fn ask(&self, question: &Question<'_>) -> bool {
        let ask = |task: &Arc<Task>| {
            task.execution.check();
            task.ask(question)
        };
        running::with(ask).unwrap_or(false)
    }

    #[inline]
    fn done(&self) {
        running::with(|task| task.done());
    }

    fn is_cooperative(&self) -> bool {
        false
    }

    fn enlist(&self, _: &Resource, _: &Resource) {
        unreachable!("the real condition variables keep their own waiting lists");
    }

    fn delist(&self) -> bool {
        unreachable!("the real condition variables keep their own waiting lists");
    }

    /// Nothing to do: the real condition variable wakes its waiters.
    fn notify(&self, _: &Resource, _: Wake) {}

    fn spawn(&self, body: Arc<dyn Body>, _: &'static Location<'static>) {
        let task = running::task();
        task.execution.check();
        task.execution.spawn(body);
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        Some(&CONTROLLER)
    }

    fn scope<'env>(
        &self,
        place: &'static Location<'static>,
        body: &mut dyn for<'scope> FnMut(Scope<'scope, 'env>),
    ) {
        let parent = running::task();
        let number = parent.execution.next_scope();
        let adopter = Adopter { engine: &CONTROLLER, scope: number };
        thread::scope(|scope| {
            body(Scope::on_threads(scope, Some(adopter)));
            join_scoped(&parent, number, place);
        });
    }

    fn task(&self) -> TaskId {
        running::task().id
    }

    fn thread(&self) -> Thread {
        running::task().thread()
    }

    fn choose(&self, alternatives: usize) -> usize {
        running::task().choose(alternatives)
    }
}

impl Adopt for Threaded {
    fn adopt(&self, scope: usize, body: &dyn Body) -> Adoption {
        let parent = running::task();
        let execution = &parent.execution;
        execution.check();
        let task = execution.enrol(name(body), body.task().resource(), Some(scope));
        task.thread.get_or_init(|| body.task().thread().clone());
        Box::new(move |body| {
            let _control = control::install(&CONTROLLER);
            panics::catch(true);
            task.perform(|| {
                if !body.run() {
                    panics::unwound();
                }
            });
            task.leave();
        })
    }
}

/// Waits until every task of a scope has ended. std's scope waits for them too, but there the
/// watchdog could not see what for.
fn join_scoped(parent: &Task, scope: usize, place: &'static Location<'static>) {
    let mut children = parent.execution.present();
    children.retain(|task| task.scope == Some(scope));
    for child in children {
        parent.join(&child, place);
    }
}
