//! Makes a failing execution easy to read: as few preemptions as still fail the same way, then few loads
//! that see an older store, few waits that end for no reason, few steps.
//!
//! Every candidate is run, and kept if it fails the same way and is better. Candidates leave blocks
//! of turns out, large ones first (delta debugging: Zeller and Hildebrandt, TSE 2002), or bring two
//! blocks of one task together (Jalbert and Sen, FSE 2010), or are drawn with fewer preemptions than
//! the best so far. Nothing is drawn from a clock, so the same failure shrinks to the same schedule.

use crate::{
    Controlled, Limits, Program, Replayer, Run,
    schedule::{Draws, Schedule},
    strategy::{Guide, Witness},
    trace::Trace,
};

/// How many executions are drawn for each number of preemptions.
const SAMPLES: u64 = 200;

/// How many preemptions a reader can follow.
const EASY: usize = 2;

/// Up to how many executions are drawn with one preemption fewer where there are more than that.
const MORE_SAMPLES: u64 = 2000;

/// A failing execution, as short as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shrunk {
    /// How it ended.
    pub run: Run,
    /// What happened.
    pub trace: Trace,
    /// The choices that lead there, and where they go against habit.
    pub witness: Witness,
}

/// What makes one failing execution better than another, what matters most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cost {
    preemptions: usize,
    older: usize,
    wakes: usize,
    steps: usize,
    picks: usize,
    turns: usize,
}

impl Cost {
    fn of(run: &Run, witness: &Witness) -> Self {
        let Schedule { turns, draws } = &witness.schedule;
        Self {
            preemptions: witness.preempted.len(),
            older: witness.older(),
            wakes: witness.wakes(),
            steps: run.steps,
            picks: draws.picks.iter().filter(|&&pick| pick != 0).count(),
            turns: turns.len(),
        }
    }
}

/// Shrinks the failing execution of `program` that follows from `schedule`, spending about `steps`
/// steps on it. `fails` says of the last run of an engine whether it fails as the first one did.
///
/// `None` if the schedule itself does not fail.
pub fn shrink(
    program: &Program,
    limits: Limits,
    schedule: Schedule,
    steps: usize,
    fails: &mut dyn FnMut(&Run, &Controlled) -> bool,
) -> Option<Shrunk> {
    let mut replayer = Replayer::new(limits);
    let (run, witness) = replayer.run(program, Guide::Schedule(schedule));
    if !fails(&run, replayer.engine()) {
        return None;
    }
    let best = Cost::of(&run, &witness);
    let schedule = witness.schedule;
    let mut search = Search { program, replayer, fails, left: steps, best, schedule };
    search.run();
    let Search { mut replayer, fails, schedule, .. } = search;
    // Once more, for what the best one looks like.
    let (run, witness) = replayer.run(program, Guide::Schedule(schedule));
    fails(&run, replayer.engine()).then(|| Shrunk { trace: replayer.trace(), run, witness })
}

/// The search for a better schedule.
struct Search<'a> {
    program: &'a Program,
    replayer: Replayer,
    fails: &'a mut dyn FnMut(&Run, &Controlled) -> bool,
    /// How many steps may still be spent.
    left: usize,
    best: Cost,
    schedule: Schedule,
}

impl Search<'_> {
    /// Tries everything, until nothing helps any more or the budget is used up.
    fn run(&mut self) {
        self.tries(Guide::Schedule(Schedule::default()));
        self.draw_fewer();
        self.improve();
        while self.best.preemptions > EASY && self.draw_one_fewer() {
            self.improve();
        }
    }

    /// Changes the best one step by step, until nothing helps any more.
    fn improve(&mut self) {
        loop {
            let before = self.best;
            self.fewer_wakes();
            self.fewer_picks(|draws| &mut draws.picks);
            self.fewer_picks(|draws| &mut draws.loads);
            self.fewer_blocks();
            self.joined_blocks();
            if self.best == before || self.left == 0 {
                break;
            }
        }
    }

    /// Whether an execution by `guide` fails the same way and is better; it is the best one then.
    fn tries(&mut self, guide: Guide) -> bool {
        if self.left == 0 {
            return false;
        }
        let (run, witness) = self.replayer.run(self.program, guide);
        self.left = self.left.saturating_sub(run.steps.max(1));
        let cost = Cost::of(&run, &witness);
        let is_better = cost < self.best && (self.fails)(&run, self.replayer.engine());
        if is_better {
            self.best = cost;
            self.schedule = witness.schedule;
        }
        is_better
    }

    fn tries_blocks(&mut self, blocks: &[(usize, usize)]) -> bool {
        self.tries(Guide::Roughly(self.schedule.with_blocks(blocks)))
    }

    /// Draws executions with fewer preemptions, from none upwards.
    fn draw_fewer(&mut self) {
        let span = self.schedule.turns.len();
        for preemptions in 0..self.best.preemptions {
            let mut sample = 0..SAMPLES;
            if sample.any(|seed| self.tries(Guide::Sparing { seed, preemptions, span })) {
                return;
            }
        }
    }

    /// Draws executions with one preemption fewer: whether one is better.
    fn draw_one_fewer(&mut self) -> bool {
        let (span, preemptions) = (self.schedule.turns.len(), self.best.preemptions - 1);
        let mut sample = SAMPLES..MORE_SAMPLES;
        sample.any(|seed| self.tries(Guide::Sparing { seed, preemptions, span }))
    }

    fn fewer_wakes(&mut self) {
        let mut without = self.schedule.clone();
        without.draws.wakes.clear();
        if self.best.wakes > 0 && self.tries(Guide::Roughly(without)) {
            return;
        }
        for index in 0..self.schedule.draws.wakes.len() {
            let mut fewer = self.schedule.clone();
            if std::mem::take(fewer.draws.wakes.get_mut(index).unwrap_or(&mut false)) {
                self.tries(Guide::Roughly(fewer));
            }
        }
    }

    /// Tries the first alternative in the place of each other one that was picked.
    fn fewer_picks(&mut self, picks: fn(&mut Draws) -> &mut Vec<usize>) {
        for index in 0..picks(&mut self.schedule.draws).len() {
            let mut fewer = self.schedule.clone();
            if std::mem::take(picks(&mut fewer.draws).get_mut(index).unwrap_or(&mut 0)) > 0 {
                self.tries(Guide::Roughly(fewer));
            }
        }
    }

    /// Leaves out half of the blocks, then quarters, down to single ones.
    fn fewer_blocks(&mut self) {
        let mut size = self.schedule.blocks().len().div_ceil(2);
        while size > 0 && self.left > 0 {
            let mut start = 0;
            loop {
                let mut blocks = self.schedule.blocks();
                if start >= blocks.len() {
                    break;
                }
                blocks.drain(start..blocks.len().min(start + size));
                if !self.tries_blocks(&blocks) {
                    start += size;
                }
            }
            size /= 2;
        }
    }

    /// Brings a block together with the next one of the same task: here, or there.
    fn joined_blocks(&mut self) {
        let mut first = 0;
        while first < self.schedule.blocks().len() && self.left > 0 {
            let blocks = self.schedule.blocks();
            let (task, turns) = blocks[first];
            let next = blocks.iter().skip(first + 1).position(|&(other, _)| other == task);
            let joined = next.is_some_and(|distance| {
                let next = first + 1 + distance;
                let mut here = blocks.clone();
                here[first].1 += here.remove(next).1;
                let mut there = blocks;
                there[next].1 += turns;
                there.remove(first);
                self.tries_blocks(&here) || self.tries_blocks(&there)
            });
            first += usize::from(!joined);
        }
    }
}
