//! Vector clocks (Fidge, 1988; Mattern, 1989): for each task and each resource, how much of each
//! task's past happened before.

/// Rows of one clock each, in one piece of memory.
///
/// An entry is one more than the number of the last step of that task which is known, and zero if
/// none is. Steps are numbered over the whole execution, so an entry needs no counting.
#[derive(Default)]
pub(super) struct Clocks {
    width: usize,
    entries: Vec<u32>,
}

/// The number of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row(pub(super) usize);

impl Clocks {
    /// `rows` clocks that know nothing, for `width` tasks.
    pub(super) fn new(rows: usize, width: usize) -> Self {
        Self { width, entries: vec![0; rows * width] }
    }

    /// Step number `step` of `task` is done, as `row` knows.
    pub(super) fn tick(&mut self, row: Row, task: usize, step: usize) {
        self.entries[row.0 * self.width + task] = u32::try_from(step + 1).unwrap_or(u32::MAX);
    }

    /// Whether `row` knows step number `step` of `task`.
    pub(super) fn knows(&self, row: Row, task: usize, step: usize) -> bool {
        self.entries[row.0 * self.width + task] as usize > step
    }

    /// `into` knows what `from` knows, besides what it does already.
    pub(super) fn join(&mut self, into: Row, from: Row) {
        if into == from {
            return;
        }
        let (into, from) = (into.0 * self.width, from.0 * self.width);
        for entry in 0..self.width {
            self.entries[into + entry] = self.entries[into + entry].max(self.entries[from + entry]);
        }
    }

    /// `into` knows what these entries of another row say, besides what it does already.
    pub(super) fn join_entries(&mut self, into: Row, entries: &[u32]) {
        let into = into.0 * self.width;
        for (own, &entry) in self.entries[into..].iter_mut().zip(entries) {
            *own = (*own).max(entry);
        }
    }

    /// The entries of `row`.
    pub(super) fn row(&self, row: Row) -> &[u32] {
        &self.entries[row.0 * self.width..][..self.width]
    }

    /// `into` knows what `from` knows, and nothing else.
    pub(super) fn copy(&mut self, into: Row, from: Row) {
        let from = from.0 * self.width;
        self.entries.copy_within(from..from + self.width, into.0 * self.width);
    }
}

#[cfg(test)]
mod tests {
    use super::{Clocks, Row};

    #[test]
    fn a_clock_knows_what_it_was_told() {
        let mut clocks = Clocks::new(3, 2);
        clocks.tick(Row(0), 0, 4);
        clocks.tick(Row(1), 1, 7);
        clocks.join(Row(1), Row(0));
        assert!(clocks.knows(Row(1), 0, 4) && clocks.knows(Row(1), 0, 3));
        assert!(!clocks.knows(Row(1), 0, 5) && !clocks.knows(Row(0), 1, 0));
        clocks.copy(Row(1), Row(2));
        assert!(!clocks.knows(Row(1), 0, 0));
    }
}
