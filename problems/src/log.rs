//! The harness's record of one execution: which calls were made, and when each callback began and
//! ended.

use std::{fmt, sync::Arc};

use parking_lot::Mutex;
use sync::control::{self, Kind, Note, Op, Resource};
use thiserror::Error;

/// One thing that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<T> {
    /// The call that did it, counted from zero in the order the problem lists them.
    pub call: usize,
    /// What of it.
    pub phase: Phase<T>,
}

/// What happened to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase<T> {
    /// It was made.
    Called,
    /// One of its callbacks began.
    Began(T),
    /// That callback ended.
    Ended(T),
    /// It returned.
    Returned,
    /// It is the last that was started so far, and nobody can move.
    Quiet,
}

impl<T: fmt::Display> Entry<T> {
    /// The entry in words, if it was a step of its own.
    pub fn tell(&self) -> Option<String> {
        match &self.phase {
            Phase::Began(what) => Some(format!("{what} begins")),
            Phase::Ended(what) => Some(format!("{what} ends")),
            Phase::Quiet => Some("sees that nobody can move".to_owned()),
            Phase::Called | Phase::Returned => None,
        }
    }
}

/// What the harness writes down, shared by its callbacks.
///
/// Each beginning and each end of a callback is a visible operation with a scheduling point before
/// it, so that callbacks which may overlap are seen to. Writing makes no happens-before edge that
/// a solution could profit from.
#[derive(Debug)]
pub struct Log<T>(Arc<Inner<T>>);

#[derive(Debug)]
struct Inner<T> {
    resource: Resource,
    /// Where callbacks are in the way of each other, if they are not all in one place.
    places: [Resource; PLACES],
    entries: Mutex<Vec<Entry<T>>>,
}

/// How many places a log has.
const PLACES: usize = 5;

impl<T> Log<T> {
    /// As [`callback`](Self::callback), where only the order of callbacks in one place matters to the
    /// checker: that of others need not be tried out.
    ///
    /// # Panics
    ///
    /// If there is no such place: there are five.
    pub fn callback_at(&self, place: usize, call: usize, what: T)
    where
        T: Copy,
    {
        control::step(Op::Begin, &self.0.places[place]);
        self.push(call, Phase::Began(what));
        control::step(Op::End, &self.0.places[place]);
        self.push(call, Phase::Ended(what));
    }

    /// The checker looks at what happened before this call was made and what did not: all orders of
    /// calls and callbacks are tried out.
    pub fn came(&self) {
        control::note(Note::Freed, &self.0.resource);
    }

    /// Records one callback of `call` from its beginning to its end.
    pub fn callback(&self, call: usize, what: T)
    where
        T: Copy,
    {
        self.begin(call, what);
        self.end(call, what);
    }

    /// Records that a callback of `call` begins.
    pub fn begin(&self, call: usize, what: T) {
        control::step(Op::Begin, &self.0.resource);
        self.push(call, Phase::Began(what));
    }

    /// Records that a callback of `call` ends.
    pub fn end(&self, call: usize, what: T) {
        control::step(Op::End, &self.0.resource);
        self.push(call, Phase::Ended(what));
    }

    /// Waits until nobody else can move, and records that `call` is the last one started so far.
    pub fn quiet(&self, call: usize) {
        control::quiesce(&self.0.resource);
        self.push(call, Phase::Quiet);
    }

    /// Records that `call` has returned; not if it does so after the end of the execution, to show
    /// what it would have done.
    pub(crate) fn returned(&self, call: usize) {
        if !control::is_over() {
            self.push(call, Phase::Returned);
        }
    }

    /// Records `phase` of `call`, without a scheduling point.
    pub(crate) fn push(&self, call: usize, phase: Phase<T>) {
        self.0.entries.lock().push(Entry { call, phase });
    }

    pub(crate) fn clear(&self) {
        self.0.entries.lock().clear();
    }

    pub(crate) fn read<R>(&self, reader: impl FnOnce(&[Entry<T>]) -> R) -> R {
        reader(&self.0.entries.lock())
    }
}

impl<T> Clone for Log<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Log<T> {
    fn default() -> Self {
        let resource = Resource::new(Kind::Log);
        let places = [const { Resource::new(Kind::Log) }; PLACES];
        Self(Arc::new(Inner { resource, places, entries: Mutex::new(Vec::new()) }))
    }
}

/// A callback began while another had not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{second} begins before {first} has ended")]
pub struct Overlap<T: fmt::Display> {
    /// The callback that was under way.
    pub first: T,
    /// The callback that did not wait for it.
    pub second: T,
}

/// The callbacks in the order they began, each with its call, up to the first overlap.
pub fn in_order<T>(entries: &[Entry<T>]) -> (Vec<(usize, T)>, Option<Overlap<T>>)
where
    T: Copy + PartialEq + fmt::Display,
{
    let mut callbacks = Vec::with_capacity(entries.len() / 2);
    let mut under_way = None;
    for entry in entries {
        match entry.phase {
            Phase::Began(second) => {
                if let Some(first) = under_way {
                    return (callbacks, Some(Overlap { first, second }));
                }
                under_way = Some(second);
                callbacks.push((entry.call, second));
            }
            Phase::Ended(_) => under_way = None,
            Phase::Called | Phase::Returned | Phase::Quiet => {}
        }
    }
    (callbacks, None)
}
