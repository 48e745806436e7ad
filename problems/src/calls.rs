//! Starting every call of a problem as a task of its own.

use std::{borrow::Cow, future::Future, pin::Pin, sync::Arc};

use sync::{
    control::{self, Kind, Note, Resource},
    task, thread,
};

use crate::{Log, Phase};

/// How the calls of one execution are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starts {
    /// All at once, in no particular order.
    Together,
    /// One at a time, each when nobody can move any more; the order is drawn per execution.
    /// Needs an engine that knows when nobody can move: the controlled one.
    Staged,
    /// As [`Staged`](Self::Staged), in the order the input gives.
    InOrder,
}

impl Starts {
    /// Whether only the controlled engine can start calls this way.
    pub fn needs_control(self) -> bool {
        self != Self::Together
    }
}

/// The calls of one execution, to be run to their ends.
pub struct Calls<'a, T> {
    log: &'a Log<T>,
    calls: Vec<Call>,
}

struct Call {
    number: usize,
    name: Cow<'static, str>,
    /// The kind of call that it is, if it cannot be told from others of its kind.
    kind: Option<Arc<Resource>>,
    body: Body,
}

enum Body {
    Blocking(Box<dyn FnOnce() + Send>),
    Async(Pin<Box<dyn Future<Output = ()> + Send>>),
}

impl<'a, T: Send + 'static> Calls<'a, T> {
    /// No calls yet; what they do goes to `log`.
    pub fn new(log: &'a Log<T>) -> Self {
        Self { log, calls: Vec::new() }
    }

    /// One more call; `body` gets the log and the call's number.
    pub fn add(&mut self, name: &'static str, body: impl FnOnce(&Log<T>, usize) + Send + 'static) {
        let (log, number) = (self.log.clone(), self.calls.len());
        let body = Body::Blocking(Box::new(move || {
            log.push(number, Phase::Called);
            body(&log, number);
            log.returned(number);
        }));
        self.calls.push(Call { number, name: name.into(), kind: None, body });
    }

    /// One more call, of an async solution.
    pub fn add_async<F>(&mut self, name: &'static str, body: impl FnOnce(Log<T>, usize) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (log, number) = (self.log.clone(), self.calls.len());
        let call = body(log.clone(), number);
        let body = Body::Async(Box::pin(async move {
            log.push(number, Phase::Called);
            call.await;
            log.returned(number);
        }));
        self.calls.push(Call { number, name: name.into(), kind: None, body });
    }

    /// Says that calls of one name cannot be told apart: they do the same to the same things, and the
    /// checker does not care which of them does what.
    pub fn alike(&mut self) {
        for call in 0..self.calls.len() {
            let (before, rest) = self.calls.split_at_mut(call);
            let same = before.iter().find(|other| other.name == rest[0].name);
            let known = same.and_then(|other| other.kind.clone());
            rest[0].kind = Some(known.unwrap_or_else(|| Arc::new(Resource::new(Kind::Task))));
        }
    }

    /// Starts every call as a task of its own and waits until all have returned. A call that
    /// panics is the engine's to report.
    pub fn run(mut self, starts: Starts) {
        tell_apart(&mut self.calls);
        match starts {
            Starts::Together => control::shuffle(&mut self.calls),
            Starts::Staged => control::choose_order(&mut self.calls),
            Starts::InOrder => {}
        }
        let mut started = Vec::with_capacity(self.calls.len());
        for call in self.calls {
            let number = call.number;
            let kind = call.kind.clone();
            started.push(call.start());
            if let Some(kind) = kind {
                control::note(Note::Alike, &kind);
            }
            if starts.needs_control() {
                self.log.quiet(number);
            }
        }
        started.into_iter().for_each(Started::join);
    }
}

/// Numbers the calls that share a name, so that a report can tell them apart: "hydrogen #2".
fn tell_apart(calls: &mut [Call]) {
    for first in 0..calls.len() {
        let name = calls[first].name.clone();
        let shares = |call: &&mut Call| call.name == name;
        if calls[first + 1..].iter().any(|call| call.name == name) {
            for (number, call) in calls[first..].iter_mut().filter(shares).enumerate() {
                call.name = Cow::Owned(format!("{name} #{number}"));
            }
        }
    }
}

impl Call {
    fn start(self) -> Started {
        match self.body {
            Body::Blocking(body) => Started::Blocking(thread::spawn_named(Some(self.name), body)),
            Body::Async(body) => Started::Async(task::spawn_named(Some(self.name), body)),
        }
    }
}

enum Started {
    Blocking(thread::JoinHandle<()>),
    Async(task::JoinHandle<()>),
}

impl Started {
    /// Waits until the call has returned. One that panicked is the engine's to report.
    fn join(self) {
        match self {
            Self::Blocking(task) => drop(task.join()),
            Self::Async(task) => drop(task::block_on(task)),
        }
    }
}
