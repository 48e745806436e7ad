//! Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi and Nagarakatte, ASPLOS 2010).

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, precedence::Precedence, walk::Walk};

/// Gives each task a random priority and always runs the highest, but for `depth - 1` random
/// decisions at which that one is put below all others.
///
/// A bug that needs `depth` events in a certain order comes up with probability 1 ÷ (n · kᵈ⁻¹) at
/// least, for n tasks and k decisions. k is what earlier executions took. It counts decisions and
/// not steps, since where only one can move a change of priorities changes nothing. Changes are
/// drawn with replacement: in a short execution they would otherwise fall on every decision, which
/// is no longer random at all. A task that yields is not put below others for it: some bugs need it
/// to go on.
#[derive(Clone, Debug)]
pub(super) struct Pct {
    depth: Depth,
    /// Nothing while it is lent.
    precedence: Option<Box<Precedence>>,
}

/// How many events in a certain order to look for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Depth {
    /// So many.
    Fixed(u64),
    /// From one to so many, drawn anew for each execution.
    UpTo(u64),
}

/// How many decisions the first execution is taken to have.
const UNKNOWN: u64 = 32;

impl Pct {
    pub(super) fn new(depth: Depth) -> Self {
        Self { depth, precedence: None }
    }
}

impl Walk for Pct {
    fn begin(&mut self, census: &Census, draw: &mut Generator) {
        let depth = match self.depth {
            Depth::Fixed(depth) => depth,
            Depth::UpTo(most) => 1 + draw.share(most),
        };
        // Before the first decision a change would only be another draw.
        let places = census.decisions().unwrap_or(UNKNOWN).max(2) - 1;
        let drawn = draw.split();
        let changes = (1..depth).map(|_| 1 + draw.share(places));
        self.precedence.get_or_insert_default().renew(drawn, changes);
    }

    #[inline]
    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, _draw: &mut Generator) -> TaskId {
        self.precedence.get_or_insert_default().decide(choices.enabled())
    }

    fn lend(&mut self) -> Option<Box<Precedence>> {
        self.precedence.take()
    }

    fn take_back(&mut self, precedence: Box<Precedence>) {
        self.precedence = Some(precedence);
    }
}
