//! Disturbances at scheduling points: OS threads left to themselves meet in the same way again and
//! again.
//!
//! All noise is drawn from the seed, the execution's number and the task's number. What it leads to
//! is the system's business, so a seed repeats the noise and not the execution.

use std::{hint, thread, time::Duration};

use sync::control::TaskId;

use crate::strategy::Generator;

/// Whether an engine disturbs the tasks that it runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Noise {
    /// Tasks run as the system schedules them, and start in the order of the program.
    Off,
    /// Tasks yield, spin and sleep before operations, start late and in any order, and share a core
    /// or are kept apart.
    #[default]
    On,
}

/// How often the tasks of an execution are disturbed: in how many of 1024 scheduling points. One
/// is drawn per execution, since what much noise hides little noise may show.
const INTENSITIES: [u16; 4] = [0, 16, 64, 256];

/// The noise of one execution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    noise: Noise,
    key: u64,
    intensity: u16,
}

impl Plan {
    /// The plan for execution number `number` of `seed`.
    pub(super) fn new(noise: Noise, seed: u64, number: u64) -> Self {
        let mut generator = Generator::new(seed, number);
        let intensity = match noise {
            Noise::Off => 0,
            Noise::On => INTENSITIES[generator.below(INTENSITIES.len())],
        };
        Self { noise, key: generator.draw(), intensity }
    }

    /// The noise of one task.
    pub(super) fn source(&self, task: TaskId) -> Source {
        let stream = u64::try_from(task).expect("a usize has at most 64 bits");
        let generator = Generator::new(self.key, stream);
        Source { noise: self.noise, generator, intensity: self.intensity }
    }
}

/// The noise of one task.
#[derive(Debug)]
pub(super) struct Source {
    noise: Noise,
    generator: Generator,
    intensity: u16,
}

impl Source {
    /// What happens before the next operation.
    #[inline]
    pub(super) fn draw(&mut self) -> Disturbance {
        if self.intensity == 0 {
            return Disturbance::None;
        }
        let [low, high, kind, amount, ..] = self.generator.draw().to_le_bytes();
        let is_hit = u16::from_le_bytes([low, high]) % 1024 < self.intensity;
        if is_hit { disturbance(kind, amount) } else { Disturbance::None }
    }

    /// What happens before the task's first operation: often something.
    pub(super) fn draw_start(&mut self) -> Disturbance {
        if self.intensity == 0 {
            return Disturbance::None;
        }
        let [hit, _, kind, amount, ..] = self.generator.draw().to_le_bytes();
        if hit % 4 == 0 { disturbance(kind, amount) } else { Disturbance::None }
    }

    /// One of `0..alternatives`: the first, if there is no noise.
    pub(super) fn choose(&mut self, alternatives: usize) -> usize {
        match self.noise {
            Noise::Off => 0,
            Noise::On if alternatives < 2 => 0,
            Noise::On => self.generator.below(alternatives),
        }
    }
}

/// One disturbance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Disturbance {
    None,
    /// Others on the same core go first.
    Yield,
    /// Others on other cores come a little further: so many turns of a loop, each some ten
    /// nanoseconds.
    Spin(u8),
    /// Others everywhere come a good deal further.
    Sleep(Duration),
}

/// The longest sleep. The system adds some 50 µs of its own.
const LONGEST_SLEEP_MICROS: u8 = 50;

/// The longest spin, in turns: a few microseconds.
const LONGEST_SPIN: u8 = 64;

fn disturbance(kind: u8, amount: u8) -> Disturbance {
    match kind {
        // A sleep costs as much as a whole short execution, so it is rare.
        0..4 => Disturbance::Sleep(Duration::from_micros((amount % LONGEST_SLEEP_MICROS).into())),
        4..80 => Disturbance::Spin(amount % LONGEST_SPIN),
        _ => Disturbance::Yield,
    }
}

impl Disturbance {
    /// Lets it happen.
    #[inline]
    pub(super) fn perform(self) {
        match self {
            Self::None => {}
            Self::Yield => thread::yield_now(),
            Self::Spin(turns) => (0..turns).for_each(|_| hint::spin_loop()),
            Self::Sleep(duration) => thread::sleep(duration),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Disturbance, Noise, Plan};

    /// What 100 scheduling points of each of four tasks bring.
    fn disturbances(noise: Noise, seed: u64, number: u64) -> Vec<Disturbance> {
        let plan = Plan::new(noise, seed, number);
        let mut sources = [0, 1, 2, 3].map(|task| plan.source(task));
        (0..400).map(|point| sources[point % 4].draw()).collect()
    }

    #[test]
    fn the_same_seed_repeats_the_noise() {
        for number in 0..20 {
            let first = disturbances(Noise::On, 7, number);
            assert_eq!(first, disturbances(Noise::On, 7, number));
        }
    }

    #[test]
    fn noise_differs_from_execution_to_execution() {
        let all: Vec<_> = (0..8).map(|number| disturbances(Noise::On, 7, number)).collect();
        assert!(all.iter().any(|one| *one != all[0]));
    }

    #[test]
    fn no_noise_means_none() {
        for number in 0..20 {
            let disturbances = disturbances(Noise::Off, 7, number);
            assert!(disturbances.iter().all(|&one| one == Disturbance::None));
            assert_eq!(Plan::new(Noise::Off, 7, number).source(0).choose(5), 0);
        }
    }
}
