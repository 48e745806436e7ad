//! A random walk over places in the source instead of tasks.

use std::{panic::Location, ptr};

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, walk::Walk};

/// Picks one of the places in the source at which enabled tasks stand, each as likely as the others,
/// and then any of the tasks that stand there.
///
/// Where a hundred tasks do the same and one does something else, that one has the same chance in
/// each step as the hundred together: the larger the crowd, the more a random walk neglects it. Many
/// bugs need two kinds of tasks to meet, and not two certain ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Crowd {
    /// Scratch space: the places, and how many stand at each.
    places: Vec<(&'static Location<'static>, usize)>,
}

impl Walk for Crowd {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {}

    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        let place = |task| choices.operation(task).place;
        self.places.clear();
        for &task in choices.enabled() {
            let here = place(task);
            match self.places.iter_mut().find(|(place, _)| is_same(place, here)) {
                Some((_, tasks)) => *tasks += 1,
                None => self.places.push((here, 1)),
            }
        }
        let (chosen, tasks) = self.places[draw.below(self.places.len())];
        let mut there = choices.enabled().iter().filter(|&&task| is_same(place(task), chosen));
        *there.nth(draw.below(tasks)).expect("so many stand there")
    }
}

/// Whether both are the same line and column; the compiler may have made several of one.
fn is_same(one: &'static Location<'static>, other: &'static Location<'static>) -> bool {
    ptr::eq(one, other) || one == other
}
