//! A task under way: hears what the worker says, and watches it until the task has ended.

use std::{
    fs::File,
    io::{self, Read},
};

use super::{
    Guard, News, SupervisorError,
    inquest::Inquest,
    process::{Event, Worker},
    watch::Watch,
};
use crate::{
    Stop,
    death::Cause,
    worker::{
        job::{Job, Task},
        reply::{Answer, Reply, Said},
    },
};

/// How a task ended.
pub(super) enum End {
    /// The worker did it, and is as sound as before.
    Done { answer: Answer, is_sound: bool },
    /// The worker died of it.
    Died(Box<Inquest>),
    /// It was ended before it was done, on request; so many executions had begun.
    Stopped(u64),
}

/// A task under way.
struct Course<'a> {
    nonce: String,
    watch: Watch,
    /// The wrong execution that is being made shorter.
    found: Option<Answer>,
    hear: &'a mut dyn FnMut(News<'_>),
}

/// Has `worker` do `task`, and watches it as `guard` says.
pub(super) fn run(
    guard: &Guard,
    stop: &Stop,
    worker: &mut Worker,
    task: Task,
    hear: &mut dyn FnMut(News<'_>),
) -> Result<End, SupervisorError> {
    let nonce = nonce().map_err(SupervisorError::Start)?;
    let watch = Watch::new(guard, &task, worker);
    if !matches!(task, Task::Answer(_)) {
        worker.count_from_here();
    }
    worker.send(&Job { nonce: nonce.clone(), task })?;
    let mut course = Course { nonce, watch, found: None, hear };
    loop {
        let end = match worker.listen()? {
            Event::Said(Reply { nonce, said }) if nonce == course.nonce => course.hear(said)?,
            Event::Said(_) | Event::Garbled => Some(died(worker, guard, Some(Cause::Meddled))),
            Event::Died => Some(died(worker, guard, None)),
            Event::Quiet => course.look(worker, guard, stop),
        };
        let end = match end {
            // Nobody has asked for that but the solution itself.
            Some(End::Done { answer, .. }) if answer.is_stopped() && !course.watch.has_asked() => {
                Some(died(worker, guard, Some(Cause::Interrupted)))
            }
            end => end,
        };
        match (end, course.found.take()) {
            (None, found) => course.found = found,
            // What was found wrong stays wrong, whatever became of making it shorter.
            (Some(End::Died(_) | End::Stopped(_)), Some(answer)) => {
                return Ok(End::Done { answer, is_sound: false });
            }
            (Some(end), _) => return Ok(end),
        }
    }
}

impl Course<'_> {
    fn hear(&mut self, said: Said) -> Result<Option<End>, SupervisorError> {
        match said {
            Said::Progress(done) => (self.hear)(News::Executed(done)),
            Said::Searched(survey) => (self.hear)(News::Searched(&survey)),
            Said::Found(answer) if !answer.is_right() => {
                (self.hear)(News::Found(&answer));
                self.watch.shortens();
                self.found = Some(answer);
            }
            Said::Done { answer, is_sound } => return Ok(Some(End::Done { answer, is_sound })),
            Said::Broken(reason) => return Err(SupervisorError::Broken(reason)),
            Said::Ready(_) | Said::Found(_) => return Err(SupervisorError::other_answer()),
        }
        Ok(None)
    }

    fn look(&mut self, worker: &mut Worker, guard: &Guard, stop: &Stop) -> Option<End> {
        if worker.speaks() {
            self.watch.hears();
        }
        let sight = worker.sight();
        if let Some(cause) = self.watch.look(worker, &sight) {
            return Some(died(worker, guard, Some(cause)));
        }
        let is_over = self.watch.is_over() || stop.signal().is_some();
        (is_over && self.watch.has_not_stopped(worker))
            .then(|| End::Stopped(worker.executions(&sight)))
    }
}

/// The worker is dead, or is ended for `cause`.
fn died(worker: &mut Worker, guard: &Guard, cause: Option<Cause>) -> End {
    End::Died(Box::new(Inquest::hold(worker, guard, cause)))
}

/// A word that nobody can guess.
pub(super) fn nonce() -> io::Result<String> {
    let mut bytes = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    Ok(format!("{:032x}", u128::from_ne_bytes(bytes)))
}
