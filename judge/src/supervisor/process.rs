//! A worker as its supervisor sees it: a process, a line to it, what it prints, and its board.

use std::{
    fs::File,
    io::{self, PipeReader, Read},
    os::{
        fd::AsFd,
        unix::{net::UnixStream, process::ExitStatusExt},
    },
    process::{Child, Command, ExitStatus},
    time::{Duration, Instant},
};

use rustix::{
    fs::{MemfdFlags, OFlags, fcntl_getfl, fcntl_setfl, ftruncate, memfd_create},
    process::{Pid, Signal, WaitOptions, kill_process, kill_process_group, waitpid},
};
use serde::Serialize;

use super::{
    Guard, SupervisorError,
    course::nonce,
    kernel::{self, Belongings},
    line::{BUFFER, Heard, Line},
    tail::Tail,
};
use crate::{
    Site,
    worker::{
        board::{self, Sight},
        confinement::Strength,
        job::{Cell, Hello},
        reply::{Reply, Said},
    },
};

/// How long a worker may take to begin.
const BEGINNING: Duration = Duration::from_secs(20);

/// How long threads may take to end when there is nothing left to do: a thread is still there for a
/// moment after it was joined, and a machine may be busy.
const SETTLING: Duration = Duration::from_secs(2);

/// How long files may take to be closed then.
const CLOSING: Duration = Duration::from_millis(20);

/// How long the stragglers of a worker may take to show up as children.
const STRAGGLING: u32 = 50;

/// A worker process.
#[derive(Debug)]
pub(super) struct Worker {
    child: Child,
    pid: Pid,
    site: Site,
    /// Whose solution it runs, once it runs one: the problem's number and the solution's name.
    subject: Option<(u16, String)>,
    strength: Option<Strength>,
    /// What it had when it began.
    belongings: Option<Belongings>,
    /// How many threads that were.
    threads: u64,
    /// How many executions it had begun when it was given its task.
    begun: u64,
    line: Line,
    output: Option<PipeReader>,
    pub(super) tail: Tail,
    board: File,
}

/// What has happened.
pub(super) enum Event {
    /// The worker has said something.
    Said(Reply),
    /// Somebody has, who is not the worker.
    Garbled,
    /// It is gone, or has hung up.
    Died,
    /// Nothing, for a while.
    Quiet,
}

impl From<Heard> for Event {
    fn from(heard: Heard) -> Self {
        match heard {
            Heard::Reply(reply) => Self::Said(reply),
            Heard::Garbled => Self::Garbled,
        }
    }
}

/// What a job has left behind.
pub(super) enum Settled {
    /// Nothing.
    Calm,
    /// Open files, or other handlers of signals: it is not as it was.
    Changed,
    /// So many threads.
    Threads(u64),
    /// Nothing: it has died.
    Gone,
}

impl Worker {
    /// Starts a worker that shuts itself in as `guard` says.
    pub(super) fn start(guard: &Guard, site: Site) -> Result<Self, SupervisorError> {
        let mut worker = Self::spawn(site).map_err(SupervisorError::Start)?;
        let nonce = nonce().map_err(SupervisorError::Start)?;
        worker.send(&Hello { nonce, confinement: guard.confinement(site) })?;
        let began = Instant::now();
        while began.elapsed() < BEGINNING {
            match worker.listen()? {
                Event::Said(Reply { said: Said::Ready(strength), .. }) => {
                    worker.strength = Some(strength);
                    worker.belongings = Some(kernel::belongings(worker.pid));
                    worker.threads = worker.count_threads();
                    return Ok(worker);
                }
                Event::Said(_) | Event::Garbled => break,
                Event::Died => return Err(SupervisorError::Start(worker.last_words())),
                Event::Quiet => {}
            }
        }
        Err(SupervisorError::Start(io::ErrorKind::TimedOut.into()))
    }

    fn spawn(site: Site) -> io::Result<Self> {
        let (line, other) = UnixStream::pair()?;
        let (output, printed) = io::pipe()?;
        let board = memfd_create("board", MemfdFlags::CLOEXEC)?;
        ftruncate(&board, board::SIZE)?;
        for end in [line.as_fd(), output.as_fd()] {
            fcntl_setfl(end, fcntl_getfl(end)? | OFlags::NONBLOCK)?;
        }
        let mut command = Command::new("/proc/self/exe");
        command.arg("worker").arg(std::process::id().to_string()).env_clear();
        command.stdin(std::os::fd::OwnedFd::from(other));
        command.stdout(board.try_clone()?).stderr(printed);
        let child = command.spawn()?;
        Ok(Self {
            pid: Pid::from_child(&child),
            child,
            site,
            subject: None,
            strength: None,
            belongings: None,
            threads: 1,
            begun: 0,
            line: Line::new(line),
            output: Some(output),
            tail: Tail::default(),
            board: board.into(),
        })
    }

    /// Why a worker that has not begun is gone.
    fn last_words(&mut self) -> io::Error {
        let status = self.end();
        let words = self.tail.lines().join(" ");
        io::Error::other(format!("it is gone before it began ({status}) {words}"))
    }

    /// Whether it can do something with `cell`: where its pages come from is decided when it starts,
    /// and no solution comes to where another has been.
    pub(super) fn serves(&self, cell: &Cell) -> bool {
        let is_free = || self.subject.as_ref().is_none_or(|subject| *subject == cell.name());
        self.site == cell.site && is_free()
    }

    /// From here on it is there for the solution of `cell`.
    pub(super) fn belong_to(&mut self, cell: &Cell) {
        self.subject = Some(cell.name());
    }

    /// How well it has shut itself in.
    pub(super) fn strength(&self) -> &Strength {
        self.strength.as_ref().expect("it said so when it began")
    }

    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// What stands on its board. Nothing, if even that cannot be read.
    pub(super) fn sight(&self) -> Sight {
        Sight::of(&self.board).unwrap_or_default()
    }

    /// What it has begun until now is not of the task that it is given now.
    pub(super) fn count_from_here(&mut self) {
        self.begun = self.sight().begun();
    }

    /// How many executions of its task it had begun when it showed `sight`.
    pub(super) fn executions(&self, sight: &Sight) -> u64 {
        sight.begun().saturating_sub(self.begun)
    }

    /// Sends it one line.
    pub(super) fn send(&mut self, message: &impl Serialize) -> Result<(), SupervisorError> {
        self.line.send(message)
    }

    /// Asks it to stop.
    pub(super) fn interrupt(&self) {
        // If it is gone, that is noticed when somebody listens.
        let _ = kill_process(self.pid, Signal::INT);
    }

    /// Waits until something happens, for a while.
    pub(super) fn listen(&mut self) -> Result<Event, SupervisorError> {
        if let Some(heard) = self.line.reply() {
            return Ok(heard.into());
        }
        self.line.wait(self.output.as_ref()).map_err(SupervisorError::Line)?;
        self.hear_output();
        let is_open = self.line.take().map_err(SupervisorError::Line)?;
        match self.line.reply() {
            Some(heard) => Ok(heard.into()),
            None if is_open => Ok(Event::Quiet),
            None => Ok(Event::Died),
        }
    }

    /// Whether it has begun to say something since this was asked last.
    pub(super) fn speaks(&mut self) -> bool {
        self.line.has_come()
    }

    /// Takes what has been printed.
    fn hear_output(&mut self) {
        let mut buffer = [0; BUFFER];
        let Some(output) = &mut self.output else { return };
        match output.read(&mut buffer) {
            Ok(0) => self.output = None,
            Ok(length) => self.tail.add(&buffer[..length]),
            Err(_) => {}
        }
    }

    fn count_threads(&self) -> u64 {
        kernel::standing(self.pid).map_or(1, |standing| standing.threads)
    }

    /// Waits until all threads have ended that are about to, and says what is left of a job.
    pub(super) fn settle(&mut self, threads_may_stay: bool) -> Settled {
        let began = Instant::now();
        loop {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return Settled::Gone;
            }
            let threads = self.count_threads();
            let is_calm = threads <= self.threads || threads_may_stay;
            if is_calm && Some(kernel::belongings(self.pid)) == self.belongings {
                return Settled::Calm;
            }
            if is_calm && began.elapsed() > CLOSING {
                return Settled::Changed;
            }
            if began.elapsed() > SETTLING {
                return Settled::Threads(threads.saturating_sub(self.threads));
            }
            self.hear_output();
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Ends it, with all that it has started, and says how it ended: by itself, if it was gone
    /// already.
    pub(super) fn end(&mut self) -> ExitStatus {
        let ended = self.child.try_wait().ok().flatten();
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.kill();
        let status = ended.or_else(|| self.child.wait().ok());
        self.drain();
        reap_stragglers();
        status.unwrap_or_else(|| ExitStatus::from_raw(0))
    }

    /// How it ended by itself, for which it is given a moment: the line breaks before the process is
    /// gone.
    pub(super) fn status(&mut self) -> ExitStatus {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(2) {
            if let Ok(Some(_)) = self.child.try_wait() {
                break;
            }
            self.hear_output();
            std::thread::sleep(Duration::from_millis(1));
        }
        self.end()
    }

    /// Takes what is still in the pipe.
    fn drain(&mut self) {
        let mut before = u64::MAX;
        while self.output.is_some() && self.tail.total() != before {
            before = self.tail.total();
            self.hear_output();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.end();
    }
}

/// Ends those whom a worker has started and left behind: they are children of this process now.
fn reap_stragglers() {
    for _ in 0..STRAGGLING {
        let children = kernel::children();
        if children.is_empty() {
            return;
        }
        for child in children {
            let _ = kill_process(child, Signal::KILL);
            let _ = waitpid(Some(child), WaitOptions::NOHANG);
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
