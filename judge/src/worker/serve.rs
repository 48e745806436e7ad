//! The worker's side: shuts itself in, and does one job after the other until nobody asks any more.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    panic::{AssertUnwindSafe, catch_unwind},
    time::{Duration, Instant},
};

use engine::pulse;
use problems::{Problem, Solution};
use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal, setsid};
use serde::{Serialize, de::DeserializeOwned};
use signal_hook::{consts::SIGINT, flag};

use super::{
    board,
    job::{Cell, Hello, Job, Reply, Report, Task},
    traps,
};
use crate::{Exit, Plan, Stop, bench};

/// How often progress is told.
const PROGRESS: Duration = Duration::from_millis(50);

/// A worker's end of the line.
struct Line {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
}

/// Serves the supervisor, process number `parent`, that has started the process. Its exit is no verdict on anything.
pub(crate) fn serve(parent: i32) -> Exit {
    match Line::take_over(parent).and_then(Line::serve) {
        Ok(()) => Exit::Accepted,
        Err(_) => Exit::Failed,
    }
}

impl Line {
    /// Takes stdin as the line and stdout as the board, and leaves a solution none of the two: what
    /// it prints goes to where stderr goes.
    fn take_over(parent: i32) -> io::Result<Self> {
        set_parent_process_death_signal(Some(Signal::KILL))?;
        // The signal comes only from now on.
        if getppid().map(Pid::as_raw_pid) != Some(parent) {
            return Err(io::Error::other("the supervisor is gone"));
        }
        // A session of its own: no terminal, and a group that can be killed as one.
        setsid()?;
        let owned =
            |stream: &dyn AsFd| -> io::Result<OwnedFd> { stream.as_fd().try_clone_to_owned() };
        let socket = UnixStream::from(owned(&io::stdin())?);
        board::put_up(&File::from(owned(&io::stdout())?))?;
        rustix::stdio::dup2_stdin(File::open("/dev/null")?)?;
        rustix::stdio::dup2_stdout(io::stderr())?;
        traps::set()?;
        Ok(Self { reader: BufReader::new(socket.try_clone()?), writer: socket })
    }

    fn serve(mut self) -> io::Result<()> {
        let stop = Stop::default();
        flag::register_usize(SIGINT, stop.flag(), SIGINT.unsigned_abs() as usize)?;
        let Some(hello) = self.read::<Hello>()? else { return Ok(()) };
        if hello.tells_steps {
            board::show_steps();
        }
        let strength = hello.confinement.enter()?;
        bench::staff();
        self.say(&Reply::Ready(strength))?;
        while let Some(Job { nonce, task }) = self.read()? {
            match task {
                Task::Judge(cell) => self.judge(&cell, nonce, &stop)?,
                Task::Answer(_) => self.say(&Reply::Survived { nonce })?,
                Task::Again(cell, execution) => {
                    let done = catch_unwind(AssertUnwindSafe(|| run_again(&cell, execution)));
                    self.say(&match done {
                        Ok(()) => Reply::Survived { nonce },
                        Err(payload) => broken(&*payload),
                    })?;
                }
            }
        }
        Ok(())
    }

    fn judge(&mut self, cell: &Cell, nonce: String, stop: &Stop) -> io::Result<()> {
        let Some((problem, solution)) = cell.subject() else {
            return Err(io::Error::other("there is no such solution"));
        };
        let judged = catch_unwind(AssertUnwindSafe(|| {
            self.find_and_shorten(cell, (problem, &solution), stop)
        }));
        let reply = match judged {
            Ok(report) => {
                let (report, is_sound) = (Box::new(report?), pulse::hears_panics());
                Reply::Done { nonce, report, is_sound }
            }
            Err(payload) => broken(&*payload),
        };
        self.say(&reply)
    }

    fn find_and_shorten(
        &mut self,
        cell: &Cell,
        (problem, solution): (&Problem, &Solution),
        stop: &Stop,
    ) -> io::Result<Report> {
        let judge = cell.judge(problem, stop);
        board::show_shortening(0);
        let mut said = Instant::now();
        let mut progress = |done| {
            if said.elapsed() > PROGRESS {
                said = Instant::now();
                // That nobody listens is noticed when the job is done.
                let _ = self.say(&Reply::Progress(done));
            }
        };
        let found = judge.find(problem, solution, cell.engine, &mut progress);
        if found.verdict.evidence().is_none() {
            return Ok(found.into());
        }
        board::show_shortening(1);
        self.say(&Reply::Found(Box::new(found.clone().into())))?;
        Ok(judge.shorten(problem, solution, found).into())
    }

    fn say(&mut self, reply: &impl Serialize) -> io::Result<()> {
        let mut line = serde_json::to_vec(reply)?;
        line.push(b'\n');
        self.writer.write_all(&line)
    }

    /// The next value; `None` if nobody asks any more.
    fn read<T: DeserializeOwned>(&mut self) -> io::Result<Option<T>> {
        let mut line = String::new();
        if self.reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        Ok(Some(serde_json::from_str(&line)?))
    }
}

/// Runs execution number `execution` of the only input of `cell` once more.
fn run_again(cell: &Cell, execution: u64) {
    let Some((problem, solution)) = cell.subject() else { return };
    let judge = cell.judge(problem, &Stop::default());
    let Some(input) = judge.inputs.first() else { return };
    let trial = input.trial(&solution).expect("the input was read before");
    pulse::about(1);
    let mut engine = Plan::from(&judge).engine(problem, input);
    Plan::run_again(&mut engine, &trial.program(), execution);
}

/// The judge's own code has panicked: that is no verdict.
fn broken(payload: &(dyn std::any::Any + Send)) -> Reply {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    Reply::Broken(text.unwrap_or("it panicked").to_owned())
}
