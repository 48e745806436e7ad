//! What is recorded of an execution, and who is told of it.

use std::panic::Location;

use sync::control::{Kind, Note, Op, Resource, TaskId};

use super::{
    fingerprint::{Deed, DeedKind},
    state::State,
};
use crate::trace::{Noted, Operation, Place, Step};

impl State {
    /// `task`, which runs, performs an operation, which is given in parts: what is copied as a whole
    /// right after its parts were written has to wait until they have reached the cache.
    #[expect(clippy::inline_always, reason = "a call costs as much as the work, at every step")]
    #[inline(always)]
    pub(super) fn record(
        &mut self,
        task: TaskId,
        op: Op,
        resource: u32,
        place: &'static Location<'static>,
    ) {
        self.ready.perform(op, resource);
        if self.is_told {
            self.tell(task, &Operation { op, resource, place });
        }
        self.steps.push(Step { task, operation: Operation { op, resource, place } });
    }

    /// Whether somebody besides the strategy is told of steps.
    pub(super) fn has_teller(&self) -> bool {
        self.teller.is_some()
    }

    /// Tells whoever wants to know that `task` is about to perform `operation`: mostly a strategy that
    /// wants to know nothing else.
    #[inline(never)]
    fn tell(&mut self, task: TaskId, operation: &Operation) {
        if self.is_heard || self.teller.is_some() {
            self.tell_more(task, operation);
        } else {
            self.strategy.executed(task, operation);
        }
    }

    /// The same where not only the strategy wants to know, or it wants to know more.
    #[inline(never)]
    fn tell_more(&mut self, task: TaskId, operation: &Operation) {
        if self.is_heard {
            self.tell_of_resources();
        }
        if self.is_watched {
            self.strategy.executed(task, operation);
        }
        if let Some(tell) = self.teller {
            tell(&self.sentence(task, operation));
        }
    }

    /// Tells the strategy what has been met since it was told last.
    #[inline]
    fn tell_of_resources(&mut self) {
        for (index, name) in (self.told_of..).zip(&self.resources.names()[self.told_of..]) {
            self.strategy.met(u32::try_from(index).unwrap_or(u32::MAX), name.kind);
            self.told_of = index + 1;
        }
    }

    /// A step as a sentence: "foo locks mutex #1 at condvar.rs:29".
    #[cold]
    fn sentence(&self, task: TaskId, operation: &Operation) -> String {
        let &Operation { op, resource, place } = operation;
        let (name, verb, place) = (self.task_name(task), op.verb(), Place::from(place));
        let on = self.resources.name(resource);
        match on.kind {
            // Nobody spawns the first task: the place is a line of the engine.
            _ if task == 0 && op == Op::Start => format!("{name} {verb}"),
            Kind::Clock | Kind::Log | Kind::Task => format!("{name} {verb} at {place}"),
            _ => format!("{name} {verb} {on} at {place}"),
        }
    }

    /// The running task lets go of a resource, if that takes no call. Whether it has changed makes a
    /// difference only to a strategy that hears of it, and that takes one.
    #[inline]
    pub(super) fn is_freed_at_once(&mut self, on: &Resource) -> bool {
        let Some(resource) = self.resources.known(on) else { return false };
        if self.is_heard || self.notes.len() == self.notes.capacity() {
            return false;
        }
        self.freed(resource, true);
        true
    }

    /// The running task lets go of a resource, which may have changed while it had it.
    #[inline]
    pub(super) fn freed(&mut self, resource: u32, is_changed: bool) {
        self.ready.free(resource);
        if self.is_heard {
            self.tell_freed(resource, is_changed);
        }
        self.notes.push(Noted { after: self.steps.len(), note: Note::Freed, resource });
    }

    /// Tells the strategy so.
    #[inline(never)]
    fn tell_freed(&mut self, resource: u32, is_changed: bool) {
        self.tell_of_resources();
        if !is_changed {
            self.strategy.noted(self.current, Note::Unchanged, resource);
        }
        self.strategy.noted(self.current, Note::Freed, resource);
    }

    /// The running task does something besides its operation.
    #[inline]
    pub(super) fn note(&mut self, note: Note, on: &Resource) {
        if self.is_heard {
            self.tell_note(note, on);
        } else if self.is_watched && note == Note::Freed {
            // What a guard lets go of comes another way.
            self.strategy.shows(self.current);
        }
        match note {
            // For the strategy alone: it makes no difference to what has happened.
            Note::Unchanged
            | Note::Looks
            | Note::Forgets
            | Note::Looked
            | Note::Had(_)
            | Note::Needs(_) => {}
            _ => {
                let resource = self.resources.index(on);
                self.note_of(note, resource);
            }
        }
    }

    /// Tells the strategy so.
    #[inline(never)]
    fn tell_note(&mut self, note: Note, on: &Resource) {
        let resource = self.resources.index(on);
        self.tell_of_resources();
        self.strategy.noted(self.current, note, resource);
    }

    /// Records it.
    fn note_of(&mut self, note: Note, resource: u32) {
        let noted = Noted { after: self.steps.len(), note, resource };
        if note == Note::Woken {
            self.ready.touch_all();
            self.note_woken(noted);
        } else {
            self.ready.touch(resource);
            self.notes.push(noted);
        }
    }

    /// The running task does something that is told by no note, and makes a difference.
    pub(super) fn did(&mut self, kind: DeedKind) {
        self.deeds.push(Deed { after: self.steps.len(), task: self.current, kind });
    }

    /// Tells the interleaving class of the execution.
    pub(super) fn class(&mut self) -> u64 {
        let resources = self.resources.names().len();
        self.fingerprint.of(resources, &self.steps, &self.notes, &self.deeds)
    }

    /// Keeps those whom one step wakes in order of their numbers: some of Tokio's types wake in an
    /// order that is drawn anew each time.
    #[inline]
    pub(super) fn note_woken(&mut self, noted: Noted) {
        let comes_after = |other: &Noted| {
            other.after == noted.after
                && other.note == Note::Woken
                && other.resource > noted.resource
        };
        if self.notes.last().is_some_and(comes_after) {
            let later = self.notes.iter().rev().take_while(|other| comes_after(other)).count();
            self.notes.insert(self.notes.len() - later, noted);
        } else {
            self.notes.push(noted);
        }
    }
}
