//! Random numbers that a seed repeats.

/// A stream of random numbers: `SplitMix64` (Steele, Lea and Flood, OOPSLA 2014).
///
/// It is fast, small, and every seed gives a stream of its own, which is all that schedules need.
#[derive(Clone, Debug)]
pub struct Generator(u64);

impl Generator {
    /// The stream number `stream` of `seed`.
    pub fn new(seed: u64, stream: u64) -> Self {
        // Mixed, so that neighbouring streams do not overlap: a stream is a walk in steps of the
        // same constant from wherever it starts.
        Self(mix(mix(seed).wrapping_add(stream.wrapping_mul(STEP))))
    }

    /// Another stream, which begins wherever this one says.
    #[inline]
    pub(super) fn split(&mut self) -> Self {
        Self(self.draw())
    }

    /// Any number.
    #[inline]
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// One of `0..bound`, each as likely as the others to within 2⁻³² (Lemire, 2019, without the
    /// rejection).
    ///
    /// # Panics
    ///
    /// If `bound` is zero or above 2³².
    #[inline]
    pub fn below(&mut self, bound: usize) -> usize {
        scaled(self.draw(), bound)
    }

    /// One of `0..alternatives` in proportion to its `weight`; not all weights are zero.
    #[inline]
    pub(super) fn weighted(&mut self, alternatives: usize, weight: impl Fn(usize) -> u64) -> usize {
        let mut drawn = self.share((0..alternatives).map(&weight).sum());
        for alternative in 0..alternatives {
            match drawn.checked_sub(weight(alternative)) {
                Some(rest) => drawn = rest,
                None => return alternative,
            }
        }
        unreachable!("what is drawn is below the sum")
    }

    /// One of `0..bound`, where `bound` is as large as it likes but not zero.
    #[inline]
    pub(super) fn share(&mut self, bound: u64) -> u64 {
        let product = u128::from(self.draw()) * u128::from(bound);
        u64::try_from(product >> 64).expect("half of 128 bits")
    }
}

/// A generator for many small bounds: one random number makes several choices (Brackett-Rozinsky and
/// Lemire, 2024, without the rejection).
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    /// What is left of the number.
    left: u64,
    /// From how many it has chosen: the product of the bounds.
    used: u64,
    generator: Generator,
}

impl Default for Drawn {
    /// Draws from the first stream of seed 0.
    fn default() -> Self {
        Self::new(Generator::new(0, 0))
    }
}

/// From how many one number may choose: half its bits remain.
const ENOUGH: u64 = 1 << 32;

impl Drawn {
    pub(crate) fn new(mut generator: Generator) -> Self {
        Self { left: generator.draw(), used: 1, generator }
    }

    /// One of `0..bound`, each as likely as the others to within 2⁻³². Uses up nothing if there is only
    /// one. `bound` is from 1 to 2³².
    #[inline]
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let (drawn, left) = self.scaled(bound);
        self.use_up(left, bound);
        drawn
    }

    /// Any of `those`, likewise, if there are any.
    #[inline]
    pub(crate) fn one_of<T: Copy>(&mut self, those: &[T]) -> Option<T> {
        let (drawn, left) = self.scaled(those.len());
        let one = *those.get(drawn)?;
        self.use_up(left, those.len());
        Some(one)
    }

    /// One of `0..bound`, and what is left of the number then.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of a product")]
    fn scaled(&self, bound: usize) -> (usize, u64) {
        let product = u128::from(self.left) * bound as u128;
        ((product >> 64) as usize, product as u64)
    }

    /// The number has chosen from `bound`, and this is left of it.
    #[inline]
    fn use_up(&mut self, left: u64, bound: usize) {
        self.left = left;
        self.used = self.used.wrapping_mul(bound as u64);
        if self.used > ENOUGH {
            self.renew();
        }
    }

    /// Draws another number, before too little is left of this one.
    #[cold]
    fn renew(&mut self) {
        self.left = self.generator.draw();
        self.used = 1;
    }
}

/// One of `0..bound`, by a random number.
#[inline]
fn scaled(number: u64, bound: usize) -> usize {
    let bound = u64::try_from(bound).expect("a usize has at most 64 bits");
    assert!(bound != 0 && bound <= 1 << 32, "the bound is from 1 to 2^32");
    let drawn = ((number >> 32) * bound) >> 32;
    usize::try_from(drawn).expect("what is drawn is below the bound")
}

/// 2⁶⁴ divided by the golden ratio, odd.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Scrambles a number, one to one.
#[inline]
pub(crate) const fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::{Drawn, Generator};

    #[test]
    fn one_number_makes_choices_that_know_nothing_of_one_another() {
        let mut drawn = Drawn::new(Generator::new(7, 3));
        let mut seen = [[[0_u32; 5]; 3]; 2];
        for _ in 0..30_000 {
            let [one, other, third] = [2, 3, 5].map(|bound| drawn.below(bound));
            assert_eq!(drawn.below(1), 0);
            seen[one][other][third] += 1;
        }
        let mut counts = seen.as_flattened().as_flattened().iter();
        assert!(counts.all(|&times| (850..1150).contains(&times)), "{seen:?}");
    }

    #[test]
    fn choosing_from_one_uses_nothing_up() {
        let (mut plain, mut same) =
            (Drawn::new(Generator::new(7, 3)), Drawn::new(Generator::new(7, 3)));
        for bound in [3, 2, 8, 5, 1000, 7] {
            assert_eq!(same.below(1), 0);
            assert_eq!(same.below(bound), plain.below(bound));
        }
    }

    #[test]
    fn of_many_it_takes_the_one_that_is_drawn_and_of_none_nothing() {
        let (mut plain, mut same) =
            (Drawn::new(Generator::new(7, 3)), Drawn::new(Generator::new(7, 3)));
        for many in [1, 2, 5, 1000, 0, 3] {
            let those: Vec<usize> = (0..many).collect();
            let drawn = (many > 0).then(|| plain.below(many));
            assert_eq!(same.one_of(&those), drawn, "of {many}");
        }
    }

    #[test]
    fn the_same_seed_and_stream_repeat() {
        let draw = || {
            let mut generator = Generator::new(7, 3);
            [generator.draw(), generator.draw()]
        };
        assert_eq!(draw(), draw());
    }

    #[test]
    fn neighbouring_streams_share_nothing() {
        let numbers = |stream| {
            let mut generator = Generator::new(7, stream);
            [(); 100].map(|()| generator.draw())
        };
        let (first, second) = (numbers(0), numbers(1));
        assert!(first.iter().all(|number| !second.contains(number)));
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let mut generator = Generator::new(1, 0);
        let mut seen = [0; 5];
        (0..1000).for_each(|_| seen[generator.below(5)] += 1);
        assert!(seen.iter().all(|&times| times > 150), "{seen:?}");
    }
}
