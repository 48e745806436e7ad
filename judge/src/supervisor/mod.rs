//! Judges in a worker process, and survives it: starts it, watches it, and holds an inquest when it
//! has died.

mod examine;
mod guard;
mod inquest;
mod kernel;
mod line;
mod process;
mod subject;
mod tail;
mod watch;

use std::{io, time::Duration};

use problems::{Problem, Solution};
use rustix::process::{getpid, set_child_subreaper};
use thiserror::Error;

pub(crate) use self::{
    examine::{Finding, examine},
    guard::Guard,
};
use self::{
    inquest::Inquest,
    process::{Event, Settled, Worker},
    subject::Subject,
    watch::Watch,
};
use crate::{
    Death, EngineKind, Judge, Judgement, Site, Stop,
    death::Cause,
    worker::{
        board::Sight,
        confinement::Strength,
        job::{Job, Reply, Report, Task},
    },
};

/// How long an execution that is run again may wait outside of `sync`.
const AGAIN: Duration = Duration::from_millis(250);

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

/// How a job ended.
enum End {
    /// The worker did it, and is as sound as before.
    Done { report: Box<Report>, is_sound: bool },
    /// The worker died of it.
    Died(Box<Inquest>),
    /// It was ended before it was done, on request.
    Stopped(Sight),
    /// An execution that was run again did no harm.
    Survived,
}

/// A job under way.
struct Course<'a> {
    nonce: String,
    watch: Watch,
    /// The wrong execution that is being made shorter.
    found: Option<Box<Report>>,
    hearer: Hearer<'a>,
}

/// Who hears what a worker says on the way.
struct Hearer<'a> {
    /// How many executions are done.
    progress: &'a mut dyn FnMut(u64),
    /// What has been found wrong.
    keep: &'a dyn Fn(&Report),
}

impl Supervisor {
    /// A supervisor without a worker yet. Whatever a worker starts and leaves behind becomes a child
    /// of this process, so that it can be found.
    pub(crate) fn new(guard: Guard, stop: Stop) -> Self {
        // Without that, the worker's process group is all that can be ended.
        let _ = set_child_subreaper(Some(getpid()));
        Self { guard, stop, worker: None }
    }

    /// Starts a worker, if there is none that could serve, and says how well it is shut in.
    pub(crate) fn ready(&mut self, site: Site) -> Result<&Strength, SupervisorError> {
        let worker = match self.worker.take().filter(|worker| worker.serves(site)) {
            Some(worker) => worker,
            None => Worker::start(&self.guard, site, false)?,
        };
        Ok(self.worker.insert(worker).strength())
    }

    /// Judges a solution of a problem as [`Judge::judge_watched`] does.
    pub(crate) fn judge(
        &mut self,
        judge: &Judge,
        (problem, solution): (&Problem, &Solution),
        engine: EngineKind,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Judgement, SupervisorError> {
        let subject = Subject::new(judge, (problem, solution), engine);
        self.ready(judge.site)?;
        let mut worker = self.worker.take().expect("a worker is ready");
        let keep = |report: &Report| subject.keep_intent(report);
        let task = Task::Judge(subject.cell.clone());
        match self.run_within(&self.guard, &mut worker, task, Hearer { progress, keep: &keep })? {
            End::Done { report, is_sound } if report.verdict.is_accepted() => {
                let judgement = subject.judged(*report)?;
                // Where pages are fetched, threads of the judge's own stay.
                let may_stay = judge.site == Site::Http;
                match worker.settle(may_stay) {
                    Settled::Calm => match self.obituary(&mut worker, &subject)? {
                        None => self.worker = Some(worker).filter(|_| is_sound),
                        Some(inquest) => return Ok(subject.died(*inquest, None)),
                    },
                    Settled::Changed => {}
                    Settled::Threads(threads) => return Ok(subject.leaks(judgement, threads)),
                    Settled::Gone => {
                        let inquest = Inquest::hold(&mut worker, &self.guard, None);
                        return Ok(subject.died(inquest, None));
                    }
                }
                Ok(judgement)
            }
            // A solution that was rejected may have left threads and memory behind.
            End::Done { report, .. } => subject.judged(*report),
            End::Died(inquest) => {
                drop(worker);
                let again = self.again(&subject, &inquest);
                Ok(subject.died(*inquest, again))
            }
            End::Stopped(sight) => Ok(subject.stopped(&sight)),
            End::Survived => Err(SupervisorError::Nonsense("it ran what nobody asked".to_owned())),
        }
    }

    /// What `worker` died of, if it is dead: one that is about to die has fewer threads, too, and does
    /// not answer.
    fn obituary(
        &self,
        worker: &mut Worker,
        subject: &Subject<'_>,
    ) -> Result<Option<Box<Inquest>>, SupervisorError> {
        let task = Task::Answer(subject.cell.clone());
        let nobody = Hearer { progress: &mut |_| (), keep: &|_| () };
        match self.run_within(&self.guard, worker, task, nobody)? {
            End::Died(inquest) => Ok(Some(inquest)),
            _ => Ok(None),
        }
    }

    /// Runs the executions that the inquest suspects once more under control, each alone, and tells
    /// their steps. `None` if that tells nothing.
    fn again(&self, subject: &Subject<'_>, inquest: &Inquest) -> Option<(usize, Death)> {
        if subject.engine == EngineKind::Threads {
            return None;
        }
        // It is known by now that something is wrong, so that little patience is needed.
        let guard = Guard { stall: self.guard.stall.min(AGAIN), ..self.guard.clone() };
        let mut survived = false;
        for (index, suspect) in inquest.suspects.iter().enumerate() {
            let mut worker = Worker::start(&guard, Site::Model, true).ok()?;
            let task = Task::Again(subject.cell.only(suspect.input), suspect.execution);
            let nobody = Hearer { progress: &mut |_| (), keep: &|_| () };
            match self.run_within(&guard, &mut worker, task, nobody).ok()? {
                End::Died(again) => {
                    return Some((index, Death { repeats: Some(true), ..again.death }));
                }
                End::Survived => survived = true,
                End::Done { .. } | End::Stopped(_) => return None,
            }
        }
        survived.then(|| (0, Death { repeats: Some(false), ..inquest.death.clone() }))
    }

    /// Has `worker` do `task`, and watches it.
    fn run_within(
        &self,
        guard: &Guard,
        worker: &mut Worker,
        task: Task,
        hearer: Hearer<'_>,
    ) -> Result<End, SupervisorError> {
        let nonce = process::nonce().map_err(SupervisorError::Start)?;
        let watch = Watch::new(guard, &task, worker);
        worker.send(&Job { nonce: nonce.clone(), task })?;
        let mut course = Course { nonce, watch, found: None, hearer };
        loop {
            let end = match worker.listen()? {
                Event::Said(Reply::Garbled) => {
                    let cause = Some(Cause::Meddled);
                    Some(End::Died(Box::new(Inquest::hold(worker, guard, cause))))
                }
                Event::Said(reply) => course.hear(reply)?,
                Event::Died => Some(End::Died(Box::new(Inquest::hold(worker, guard, None)))),
                Event::Quiet => course.look(worker, guard, &self.stop),
            };
            match (end, course.found.take()) {
                (None, found) => course.found = found,
                // What was found wrong stays wrong, whatever became of making it shorter.
                (Some(End::Died(_) | End::Stopped(_)), Some(found)) => {
                    return Ok(End::Done { report: found, is_sound: false });
                }
                (Some(end), _) => return Ok(end),
            }
        }
    }
}

impl Course<'_> {
    fn hear(&mut self, reply: Reply) -> Result<Option<End>, SupervisorError> {
        match reply {
            Reply::Progress(done) => (self.hearer.progress)(done),
            Reply::Found(report) => {
                (self.hearer.keep)(&report);
                self.watch.shortens();
                self.found = Some(report);
            }
            Reply::Done { nonce, report, is_sound } if nonce == self.nonce => {
                return Ok(Some(End::Done { report, is_sound }));
            }
            Reply::Survived { nonce } if nonce == self.nonce => return Ok(Some(End::Survived)),
            Reply::Broken(reason) => return Err(SupervisorError::Broken(reason)),
            Reply::Ready(_) | Reply::Garbled | Reply::Done { .. } | Reply::Survived { .. } => {
                return Err(SupervisorError::Nonsense("nobody asked for that".to_owned()));
            }
        }
        Ok(None)
    }

    fn look(&mut self, worker: &mut Worker, guard: &Guard, stop: &Stop) -> Option<End> {
        let sight = worker.sight();
        if let Some(cause) = self.watch.look(worker, &sight) {
            return Some(End::Died(Box::new(Inquest::hold(worker, guard, Some(cause)))));
        }
        let is_over = self.watch.is_over() || stop.signal().is_some();
        (is_over && self.watch.has_not_stopped(worker)).then_some(End::Stopped(sight))
    }
}
