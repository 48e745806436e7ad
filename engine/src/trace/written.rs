//! Traces and places as they are written down, for another process to read. Whoever wrote them need
//! not be trusted: what is read has no number that leads nowhere.

use std::{collections::HashSet, panic::Location};

use parking_lot::Mutex;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sync::control::{Op, TaskId};

use super::{Name, Noted, Operation, Place, Step};

/// How many different files are told apart at the most; no program of ours has as many.
const FILES: usize = 4096;

/// What is shown of a file too many.
const SOME_FILE: &str = "?";

/// A place is written as its file, line and column.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.file, self.line, self.column).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (file, line, column) = <(String, u32, u32)>::deserialize(deserializer)?;
        Ok(Self { file: kept(file), line, column })
    }
}

/// The same name, kept for ever; each only once.
fn kept(file: String) -> &'static str {
    static KEPT: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut guard = KEPT.lock();
    let files = guard.get_or_insert_default();
    match files.get(file.as_str()) {
        Some(known) => known,
        None if files.len() >= FILES => SOME_FILE,
        None => {
            let file: &'static str = file.leak();
            files.insert(file);
            file
        }
    }
}

/// A trace, as it is written: each place once, and each step as task, operation, resource, place.
#[derive(Serialize, Deserialize)]
pub(super) struct Trace {
    places: Vec<Place>,
    steps: Vec<(TaskId, Op, u32, usize)>,
    notes: Vec<Noted>,
    tasks: Vec<String>,
    resources: Vec<Name>,
}

impl From<super::Trace> for Trace {
    fn from(trace: super::Trace) -> Self {
        let mut places: Vec<Place> = Vec::new();
        let mut steps = Vec::with_capacity(trace.steps.len());
        for (number, &Step { task, operation }) in trace.steps.iter().enumerate() {
            let place = trace.place(number);
            let index = places.iter().position(|known| *known == place).unwrap_or_else(|| {
                places.push(place);
                places.len() - 1
            });
            steps.push((task, operation.op, operation.resource, index));
        }
        let super::Trace { notes, tasks, resources, .. } = trace;
        Self { places, steps, notes, tasks, resources }
    }
}

impl TryFrom<Trace> for super::Trace {
    type Error = &'static str;

    fn try_from(written: Trace) -> Result<Self, Self::Error> {
        let Trace { places, steps, notes, tasks, resources } = written;
        let is_known = |resource: u32| (resource as usize) < resources.len();
        let leads = |&(task, _, resource, place): &(TaskId, Op, u32, usize)| {
            task < tasks.len() && is_known(resource) && place < places.len()
        };
        let fits = |noted: &Noted| noted.after <= steps.len() && is_known(noted.resource);
        if !steps.iter().all(leads) {
            return Err("a step leads nowhere");
        }
        if !notes.iter().all(fits) {
            return Err("a note leads nowhere");
        }
        // Nobody asks the operation: `Trace::place` knows better.
        let nowhere = Location::caller();
        let operation = |op, resource| Operation { op, resource, place: nowhere };
        Ok(Self {
            places: steps.iter().map(|&(_, _, _, place)| places[place]).collect(),
            steps: steps
                .iter()
                .map(|&(task, op, resource, _)| Step { task, operation: operation(op, resource) })
                .collect(),
            notes,
            tasks,
            resources,
        })
    }
}
