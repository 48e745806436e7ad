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

use engine::{pulse, verify::Survey};
use parking_lot::Mutex;
use problems::{Problem, Solution};
use rustix::process::{Pid, Signal, getppid, set_parent_process_death_signal, setsid};
use serde::de::DeserializeOwned;
use signal_hook::{consts::SIGINT, flag};

use super::{
    board,
    job::{Cell, Hello, Job, Repeat, Task},
    reply::{Answer, Reply, Said},
    traps,
};
use crate::{
    Bounds, EngineKind, Exit, Input, Judge, Judgement, Plan, Stop, Verification, bench,
    replay::Which,
};

/// How often progress is told.
const PROGRESS: Duration = Duration::from_millis(50);

/// A worker's end of the line.
struct Line {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    /// The word of what was asked last.
    nonce: String,
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
        let reader = BufReader::new(socket.try_clone()?);
        Ok(Self { reader, writer: socket, nonce: String::new() })
    }

    fn serve(mut self) -> io::Result<()> {
        let stop = Stop::default();
        flag::register_usize(SIGINT, stop.flag(), SIGINT.unsigned_abs() as usize)?;
        let Some(hello) = self.read::<Hello>()? else { return Ok(()) };
        self.nonce = hello.nonce;
        let strength = hello.confinement.enter()?;
        bench::staff();
        self.say(Said::Ready(strength))?;
        while let Some(Job { nonce, task }) = self.read()? {
            self.nonce = nonce;
            let done = catch_unwind(AssertUnwindSafe(|| self.perform(&task, &stop)));
            self.say(match done {
                Ok(answer) => Said::Done { answer: answer?, is_sound: pulse::hears_panics() },
                Err(payload) => broken(&*payload),
            })?;
        }
        Ok(())
    }

    fn perform(&self, task: &Task, stop: &Stop) -> io::Result<Answer> {
        if let Task::Answer(_) = task {
            return Ok(Answer::Survived);
        }
        board::wipe();
        let subject = Subject::of(task.cell(), stop)?;
        match task {
            Task::Judge(cell) => self.judge(&subject, cell.engine),
            Task::Verify(_, bounds) => self.verify(&subject, bounds),
            Task::Replay(_, which) => {
                board::show_steps();
                subject.replay(which)
            }
            Task::Again(_, repeat) => {
                board::show_steps();
                match repeat {
                    Repeat::Execution(number) => subject.run_again(*number),
                    Repeat::Search(bounds) => subject.search_again(bounds),
                }
            }
            Task::Answer(_) => Ok(Answer::Survived),
        }
    }

    fn judge(&self, subject: &Subject, engine: EngineKind) -> io::Result<Answer> {
        let Subject { judge, problem, solution } = subject;
        let answer = |judgement: Judgement| Answer::Judged(Box::new(judgement.into()));
        let mut said = Instant::now();
        let mut progress = |done| self.say_now_and_then(&mut said, || Said::Progress(done));
        let found = judge.find(problem, solution, engine, &mut progress);
        if found.verdict.evidence().is_none() {
            return Ok(answer(found));
        }
        self.say(Said::Found(answer(found.clone())))?;
        Ok(answer(judge.shorten(problem, solution, found)))
    }

    fn verify(&self, subject: &Subject, bounds: &Bounds) -> io::Result<Answer> {
        let Subject { judge, problem, solution } = subject;
        let answer = |found: Verification| Answer::Verified(Box::new(found.into()));
        let input = subject.input()?;
        let said = Mutex::new(Instant::now());
        let watch = |survey: &Survey| {
            let &Survey { executions, given_up, bound, done, .. } = survey;
            let survey = Survey { executions, given_up, bound, done, ..Survey::default() };
            self.say_now_and_then(&mut said.lock(), || Said::Searched(survey));
        };
        let found = judge.search(problem, solution, input, bounds, &watch);
        if found.word.evidence().is_none() {
            return Ok(answer(found));
        }
        self.say(Said::Found(answer(found.clone())))?;
        Ok(answer(judge.shorten_found(problem, solution, input, found)))
    }

    /// Says how far it is, unless it has just done so.
    fn say_now_and_then(&self, said: &mut Instant, news: impl FnOnce() -> Said) {
        if said.elapsed() > PROGRESS {
            *said = Instant::now();
            // That nobody listens is noticed when the job is done.
            let _ = self.say(news());
        }
    }

    fn say(&self, said: Said) -> io::Result<()> {
        let mut line = serde_json::to_vec(&Reply { nonce: self.nonce.clone(), said })?;
        line.push(b'\n');
        (&self.writer).write_all(&line)
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

/// What a task is about, as this program knows it.
struct Subject {
    judge: Judge,
    problem: &'static Problem,
    solution: Solution,
}

impl Subject {
    fn of(cell: &Cell, stop: &Stop) -> io::Result<Self> {
        let (problem, solution) =
            cell.subject().ok_or_else(|| io::Error::other("there is no such solution"))?;
        Ok(Self { judge: cell.judge(problem, stop), problem, solution })
    }

    /// The only input.
    fn input(&self) -> io::Result<&Input> {
        pulse::about(1);
        self.judge.inputs.first().ok_or_else(|| io::Error::other("there is no input"))
    }

    /// Runs execution number `execution` once more.
    fn run_again(&self, execution: u64) -> io::Result<Answer> {
        let input = self.input()?;
        let trial = input.trial(&self.solution).expect("the input was read before");
        let mut engine = Plan::from(&self.judge).engine(self.problem, input);
        Plan::run_again(&mut engine, &trial.program(), execution);
        Ok(Answer::Survived)
    }

    /// Searches once more. Nobody asks what is found.
    fn search_again(&self, bounds: &Bounds) -> io::Result<Answer> {
        let Self { judge, problem, solution } = self;
        judge.search(problem, solution, self.input()?, bounds, &|_| ());
        Ok(Answer::Survived)
    }

    fn replay(&self, which: &Which) -> io::Result<Answer> {
        let Self { judge, problem, solution } = self;
        let replayed = which.replay(problem, solution, self.input()?, Plan::from(judge));
        Ok(Answer::Replayed(Box::new(replayed)))
    }
}

/// The judge's own code has panicked: that is no verdict.
fn broken(payload: &(dyn std::any::Any + Send)) -> Said {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    Said::Broken(text.unwrap_or("it panicked").to_owned())
}
