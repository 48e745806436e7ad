//! What C++20 allows of a little program, by the axioms of RC11 (Lahav, Vafeiadis, Kang, Hur and Dreyer,
//! PLDI 2017) with the release sequences of C++20: every way to read and every order of stores is tried,
//! and kept if no axiom forbids it.

use std::{
    collections::BTreeSet,
    sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst},
};

/// An operation of a little program; each value that is stored is stored once, and none is zero.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    Load(usize, Ordering),
    Store(usize, u32, Ordering),
    Swap(usize, u32, Ordering),
    Fence(Ordering),
}

impl Act {
    fn variable(self) -> Option<usize> {
        match self {
            Self::Load(variable, _) | Self::Store(variable, ..) | Self::Swap(variable, ..) => {
                Some(variable)
            }
            Self::Fence(_) => None,
        }
    }

    fn ordering(self) -> Ordering {
        match self {
            Self::Load(_, ordering)
            | Self::Store(_, _, ordering)
            | Self::Swap(_, _, ordering)
            | Self::Fence(ordering) => ordering,
        }
    }

    fn reads(self) -> bool {
        matches!(self, Self::Load(..) | Self::Swap(..))
    }

    fn written(self) -> Option<u32> {
        match self {
            Self::Store(_, value, _) | Self::Swap(_, value, _) => Some(value),
            Self::Load(..) | Self::Fence(_) => None,
        }
    }

    fn acquires(self) -> bool {
        matches!(self.ordering(), Acquire | AcqRel | SeqCst)
    }

    fn releases(self) -> bool {
        matches!(self.ordering(), Release | AcqRel | SeqCst)
    }
}

/// A relation between events: for each, a bit for each that it is related to.
#[derive(Clone, PartialEq, Eq)]
struct Relation(Vec<u32>);

impl Relation {
    fn new(size: usize, holds: impl Fn(usize, usize) -> bool) -> Self {
        let row = |from| (0..size).filter(|&to| holds(from, to)).fold(0, |row, to| row | 1 << to);
        Self((0..size).map(row).collect())
    }

    fn holds(&self, from: usize, to: usize) -> bool {
        self.0[from] >> to & 1 == 1
    }

    fn or(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one | other).collect())
    }

    fn then(&self, other: &Self) -> Self {
        let size = self.0.len();
        let row = |&row: &u32| {
            (0..size).filter(|&by| row >> by & 1 == 1).fold(0, |to, by| to | other.0[by])
        };
        Self(self.0.iter().map(row).collect())
    }

    fn filter(&self, holds: impl Fn(usize, usize) -> bool) -> Self {
        Self::new(self.0.len(), |from, to| self.holds(from, to) && holds(from, to))
    }

    fn closure(&self) -> Self {
        let more = self.or(&self.then(self));
        if more == *self { more } else { more.closure() }
    }

    fn or_same(&self) -> Self {
        self.or(&Self::new(self.0.len(), |from, to| from == to))
    }

    fn is_irreflexive(&self) -> bool {
        (0..self.0.len()).all(|event| !self.holds(event, event))
    }

    fn is_acyclic(&self) -> bool {
        self.closure().is_irreflexive()
    }
}

/// The events of a program: first each variable's beginning with zero, then each task's acts.
pub(super) struct Events {
    acts: Vec<Act>,
    /// Nobody's, for those that begin a variable.
    tasks: Vec<Option<usize>>,
    variables: usize,
}

impl Events {
    pub(super) fn of(program: &[Vec<Act>], variables: usize) -> Self {
        let first = (0..variables).map(|variable| Act::Store(variable, 0, Relaxed));
        let own = program.iter().flatten().copied();
        let tasks = program
            .iter()
            .enumerate()
            .flat_map(|(task, acts)| acts.iter().map(move |_| Some(task)));
        let tasks = std::iter::repeat_n(None, variables).chain(tasks).collect();
        Self { acts: first.chain(own).collect(), tasks, variables }
    }

    fn writes(&self, variable: usize) -> Vec<usize> {
        let writes = |&event: &usize| {
            let act = self.acts[event];
            act.variable() == Some(variable) && act.written().is_some()
        };
        (0..self.acts.len()).filter(writes).collect()
    }

    /// Whatever the reads may see, in their order.
    pub(super) fn allowed(&self) -> BTreeSet<Vec<u32>> {
        let reads: Vec<usize> =
            (0..self.acts.len()).filter(|&event| self.acts[event].reads()).collect();
        let sources = |&read: &usize| {
            let variable = self.acts[read].variable().expect("a fence reads nothing");
            let mut writes = self.writes(variable);
            writes.retain(|&write| write != read);
            writes
        };
        let choices = product(&reads.iter().map(sources).collect::<Vec<_>>());
        let orders: Vec<_> =
            (0..self.variables).map(|variable| orders(&self.writes(variable))).collect();
        let orders = product(&orders);
        let says = |sources: &Vec<usize>| {
            sources
                .iter()
                .map(|&write| self.acts[write].written().expect("it is a write"))
                .collect()
        };
        let is_allowed = |sources: &&Vec<usize>| {
            let read_from: Vec<_> = sources.iter().copied().zip(reads.iter().copied()).collect();
            orders.iter().any(|order| self.is_consistent(&read_from, order))
        };
        choices.iter().filter(is_allowed).map(says).collect()
    }

    /// Whether no axiom forbids these reads, each with what it reads from, and these orders of stores.
    fn is_consistent(&self, read_from: &[(usize, usize)], orders: &[Vec<usize>]) -> bool {
        let size = self.acts.len();
        let relation = |holds: &dyn Fn(usize, usize) -> bool| Relation::new(size, holds);
        let same = |one: usize, other: usize| {
            let variable = self.acts[one].variable();
            variable.is_some() && variable == self.acts[other].variable()
        };
        let in_order = relation(&|one, other| {
            one < other
                && self.tasks[other].is_some()
                && (self.tasks[one].is_none() || self.tasks[one] == self.tasks[other])
        });
        let reads = relation(&|write, read| read_from.contains(&(write, read)));
        let stores = relation(&|one, other| {
            let place = |event| orders.iter().flatten().position(|&write| write == event);
            same(one, other) && place(one).zip(place(other)).is_some_and(|(one, other)| one < other)
        });
        let back = relation(&|read, write| reads.holds(write, read)).then(&stores);
        let back = back.filter(|read, write| read != write);
        // A swap reads what was stored last before it.
        let is_torn = relation(&|read, write| back.then(&stores).holds(read, write));
        if !is_torn.is_irreflexive() || !in_order.or(&reads).is_acyclic() {
            return false;
        }
        let is_fence = |event: usize| matches!(self.acts[event], Act::Fence(_));
        let swaps = relation(&|write, read| {
            reads.holds(write, read) && matches!(self.acts[read], Act::Swap(..))
        });
        let headed = swaps.closure().or_same();
        let before = in_order.filter(|fence, store| {
            is_fence(fence) && self.acts[fence].releases() && self.acts[store].written().is_some()
        });
        let after = in_order.filter(|load, fence| {
            is_fence(fence) && self.acts[fence].acquires() && self.acts[load].reads()
        });
        let itself = relation(&|one, other| one == other);
        let source = itself.filter(|_, store| self.acts[store].releases()).or(&before);
        let sink = itself.filter(|load, _| self.acts[load].acquires()).or(&after);
        let meets = source.then(&headed).then(&reads).then(&sink);
        let happens = in_order.or(&meets).closure();
        let coherence = reads.or(&stores).or(&back).closure();
        if !happens.is_irreflexive() || !happens.then(&coherence.or_same()).is_irreflexive() {
            return false;
        }
        let is_sc =
            |event: usize| self.acts[event].ordering() == SeqCst && self.tasks[event].is_some();
        let elsewhere = in_order.filter(|one, other| !same(one, other));
        let base = in_order
            .or(&elsewhere.then(&happens).then(&elsewhere))
            .or(&happens.filter(same))
            .or(&stores)
            .or(&back);
        let sc = itself.filter(|event, _| is_sc(event) && !is_fence(event));
        let fences = itself.filter(|event, _| is_sc(event) && is_fence(event));
        let left = sc.or(&fences.then(&happens.or_same()));
        let right = sc.or(&happens.or_same().then(&fences));
        let through = happens.or(&happens.then(&coherence).then(&happens));
        let total = left.then(&base).then(&right).or(&fences.then(&through).then(&fences));
        total.is_acyclic()
    }
}

/// Every way to choose one of each.
fn product<T: Clone>(choices: &[Vec<T>]) -> Vec<Vec<T>> {
    choices.iter().fold(vec![Vec::new()], |ways, choice| {
        let longer = |way: &Vec<T>| {
            let way = way.clone();
            choice
                .iter()
                .map(move |one| [&way[..], std::slice::from_ref(one)].concat())
                .collect::<Vec<_>>()
        };
        ways.iter().flat_map(longer).collect()
    })
}

/// Every order of the writes in which the first of them, by which the variable begins, comes first.
fn orders(writes: &[usize]) -> Vec<Vec<usize>> {
    let (first, rest) = writes.split_first().expect("a variable begins with something");
    let mut orders = vec![vec![*first]];
    for &write in rest {
        let longer = |order: &Vec<usize>| {
            let at = |place: usize| {
                let mut order = order.clone();
                order.insert(place, write);
                order
            };
            (1..=order.len()).map(at).collect::<Vec<_>>()
        };
        orders = orders.iter().flat_map(longer).collect();
    }
    orders
}
