//! A random walk.

use sync::control::TaskId;

use super::{Choices, Drawn, Generator, Strategy, census::Census, walk::Walk};

/// Picks any enabled task, each as likely as the others.
///
/// An execution in which the numbers of enabled tasks were b₁, b₂, … comes up with probability
/// 1 ÷ (b₁ · b₂ · …). That finds many bugs soon, and those that need a short task to come after a
/// long one almost never.
#[derive(Clone, Debug)]
pub struct Random {
    seed: u64,
    generator: Generator,
    drawn: Drawn,
}

impl Random {
    /// The walks of `seed`, one for each execution.
    pub fn new(seed: u64) -> Self {
        let generator = Generator::new(seed, 0);
        Self { seed, drawn: Drawn::new(generator.clone()), generator }
    }
}

impl Strategy for Random {
    fn begin(&mut self, execution: u64) -> bool {
        self.generator = Generator::new(self.seed, execution);
        self.drawn = Drawn::new(self.generator.clone());
        true
    }

    #[inline]
    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        let enabled = choices.enabled();
        enabled[self.drawn.below(enabled.len())]
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        self.drawn.below(alternatives)
    }

    fn draws_evenly(&self) -> Option<Generator> {
        Some(self.generator.clone())
    }
}

/// The same, as one walk among others.
#[derive(Clone, Debug)]
pub(super) struct Even;

impl Walk for Even {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {}

    #[inline]
    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, draw: &mut Generator) -> TaskId {
        choices.any(draw)
    }
}
