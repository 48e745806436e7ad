//! Judges in a worker process, and survives it: starts it, watches it, and holds an inquest when it
//! has died.

mod course;
mod examine;
mod guard;
mod inquest;
mod judging;
mod kernel;
mod line;
mod process;
mod replaying;
mod subject;
mod tail;
mod verifying;
mod watch;

use std::io;

use engine::verify::Survey;
use rustix::process::{Resource, Rlimit, getpid, getrlimit, set_child_subreaper, setrlimit};
use thiserror::Error;

use self::{
    course::End,
    inquest::Inquest,
    process::{Settled, Worker},
};
pub(crate) use self::{
    examine::{Finding, examine},
    guard::Guard,
    replaying::Again,
};
use crate::{
    Site, Stop,
    worker::{confinement::Strength, heap, job::Task, reply::Answer},
};

/// Judges in a process of its own.
#[derive(Debug)]
pub(crate) struct Supervisor {
    guard: Guard,
    stop: Stop,
    worker: Option<Worker>,
}

/// Why there is no judgement.
#[derive(Debug, Error)]
pub(crate) enum SupervisorError {
    /// A worker could not be started.
    #[error("cannot start a worker: {0}")]
    Start(io::Error),
    /// The line to a worker is broken, although the worker lives.
    #[error("cannot speak with a worker: {0}")]
    Line(io::Error),
    /// The worker says what it was not asked.
    #[error("a worker gave an answer that makes no sense: {0}")]
    Nonsense(String),
    /// The judge's own code failed in a worker.
    #[error("the judge failed in a worker: {0}")]
    Broken(String),
}

/// What became of a task.
enum Fate {
    /// It is done.
    Done(Answer),
    /// All is right, and so many threads go on.
    Leaks(Answer, u64),
    /// The worker died of it.
    Died(Box<Inquest>),
    /// The worker died when it was done, and all was right until then.
    DiedLate(Box<Inquest>),
    /// It was ended before it was done, on request; so many executions had begun.
    Stopped(u64),
}

/// What a worker says on the way.
enum News<'a> {
    /// So many executions are done.
    Executed(u64),
    /// So far is a search.
    Searched(&'a Survey),
    /// An execution was found to be wrong, and is about to be made shorter.
    Found(&'a Answer),
}

impl Supervisor {
    /// A supervisor without a worker yet. Whatever a worker starts and leaves behind becomes a child
    /// of this process, so that it can be found.
    pub(crate) fn new(guard: Guard, stop: Stop) -> Self {
        // Without that, the worker's process group is all that can be ended.
        let _ = set_child_subreaper(Some(getpid()));
        // A worker's board is a file in memory, and as large as a page or two. Where no file may grow at
        // all there is no worker, and starting one says so.
        let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
        let _ = setrlimit(Resource::Fsize, Rlimit { current: maximum, maximum });
        Self { guard, stop, worker: None }
    }

    /// Starts a worker, and says how well it is shut in.
    pub(crate) fn ready(&mut self, site: Site) -> Result<&Strength, SupervisorError> {
        let worker = Worker::start(&self.guard, site)?;
        Ok(self.worker.insert(worker).strength())
    }

    /// Has a worker do `task`, and looks at what it leaves behind. Where nothing is wrong it may do
    /// the next one of the same solution.
    fn perform(
        &mut self,
        task: Task,
        hear: &mut dyn FnMut(News<'_>),
    ) -> Result<Fate, SupervisorError> {
        // Whoever asked last has told by now what came of it.
        heap::give_back();
        let site = task.cell().site;
        let mut worker = match self.worker.take().filter(|worker| worker.serves(task.cell())) {
            Some(worker) => worker,
            None => Worker::start(&self.guard, site)?,
        };
        worker.belong_to(task.cell());
        let afterwards = Task::Answer(task.cell().clone());
        let (answer, is_sound) =
            match course::run(&self.guard, &self.stop, &mut worker, task, hear)? {
                End::Done { answer, is_sound } if answer.is_right() => (answer, is_sound),
                // A solution that was rejected may have left threads and memory behind.
                End::Done { answer, .. } => return Ok(Fate::Done(answer)),
                End::Died(inquest) => return Ok(Fate::Died(inquest)),
                End::Stopped(executions) => return Ok(Fate::Stopped(executions)),
            };
        // Where pages are fetched, threads of the judge's own stay.
        let may_stay = site == Site::Http;
        let is_as_before = match worker.settle(may_stay) {
            Settled::Calm => true,
            Settled::Changed => false,
            Settled::Threads(threads) => return Ok(Fate::Leaks(answer, threads)),
            Settled::Gone => {
                let inquest = Inquest::hold(&mut worker, &self.guard, None);
                return Ok(Fate::DiedLate(Box::new(inquest)));
            }
        };
        // One that is about to die has fewer threads, too, and fewer files, and does not answer.
        let end = course::run(&self.guard, &self.stop, &mut worker, afterwards, &mut |_| ())?;
        if let End::Died(inquest) = end {
            return Ok(Fate::DiedLate(inquest));
        }
        self.worker = Some(worker).filter(|_| is_sound && is_as_before);
        Ok(Fate::Done(answer))
    }
}

impl SupervisorError {
    /// The worker has done something else than it was asked to do.
    fn other_answer() -> Self {
        Self::Nonsense("that is no answer to what it was asked".to_owned())
    }
}
