//! The default: several walks in turn.

use sync::control::TaskId;

use super::{
    Choices, Generator, Strategy,
    census::{Census, LESSONS},
    crowd::Crowd,
    fresh::Fresh,
    patience::Patience,
    pct::{Depth, Pct},
    pos::Pos,
    random::Even,
    surw::Surw,
    urw::{Pace, Urw},
    walk::Walk,
};
use crate::trace::Operation;

/// A portfolio: each execution is one of several walks, in turn.
///
/// Each has blind spots that another one has not. All learn from the same executions, whoever
/// was in turn. A step that nobody else would notice is no decision, as far as is known from before:
/// it is taken at once. Only POS, which such steps disturb least, is asked about all of them, in case
/// what is known is not all there is.
#[derive(Clone, Debug)]
pub struct Mix {
    seed: u64,
    draw: Generator,
    census: Census,
    patience: Patience,
    turn: Turn,
    even: Even,
    crowd: Crowd,
    fresh: Fresh,
    pct: Pct,
    pos: Pos,
    urw: Urw,
    uneven: Urw,
    surw: Surw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Even,
    Crowd,
    Fresh,
    Pct,
    Pos,
    Urw,
    Uneven,
    Surw,
}

/// Whose turn it is at first: mostly those who find most bugs soonest.
const OPENING: [Turn; 16] = {
    use Turn::{Crowd, Even, Pct, Pos, Surw, Uneven, Urw};
    [Even, Urw, Surw, Urw, Surw, Crowd, Urw, Surw, Pos, Urw, Surw, Uneven, Pct, Surw, Crowd, Urw]
};

/// How many executions the opening has. What it has not found then, it may be blind to.
const OPENING_ENDS: u64 = 64;

/// Whose turn it is afterwards, over and over.
const ROUND: [Turn; 8] = {
    use Turn::{Crowd, Even, Pct, Pos, Surw, Uneven, Urw};
    [Surw, Crowd, Pos, Urw, Pct, Surw, Even, Uneven]
};

/// Up to how many interleaving classes a program is worth going through, one by one.
const FEW: u64 = 32;

impl Mix {
    /// The portfolio of `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            draw: Generator::new(seed, 0),
            census: Census::default(),
            patience: Patience::default(),
            turn: Turn::Even,
            even: Even,
            crowd: Crowd::default(),
            fresh: Fresh::default(),
            pct: Pct::new(Depth::UpTo(4)),
            pos: Pos::default(),
            urw: Urw::new(Pace::Even),
            uneven: Urw::new(Pace::Uneven),
            surw: Surw::default(),
        }
    }

    /// Whose turn it is. While there seem to be few classes, every other execution shows a new one.
    fn turn(&self, execution: u64) -> Turn {
        let is_odd = !execution.is_multiple_of(2);
        if is_odd && execution < LESSONS && self.fresh.has_few_left(FEW, &self.census) {
            return Turn::Fresh;
        }
        let turns = if execution < OPENING_ENDS { &OPENING[..] } else { &ROUND };
        turns[usize::try_from(execution % turns.len() as u64).unwrap_or_default()]
    }

    fn walk(&mut self) -> (&mut dyn Walk, &mut Census, &mut Generator) {
        let walk: &mut dyn Walk = match self.turn {
            Turn::Even => &mut self.even,
            Turn::Crowd => &mut self.crowd,
            Turn::Fresh => &mut self.fresh,
            Turn::Pct => &mut self.pct,
            Turn::Pos => &mut self.pos,
            Turn::Urw => &mut self.urw,
            Turn::Uneven => &mut self.uneven,
            Turn::Surw => &mut self.surw,
        };
        (walk, &mut self.census, &mut self.draw)
    }
}

impl Strategy for Mix {
    fn begin(&mut self, execution: u64) -> bool {
        self.draw = Generator::new(self.seed, execution);
        self.patience.renew();
        self.census.begin(execution);
        self.turn = self.turn(execution);
        let (walk, census, draw) = self.walk();
        walk.begin(census, draw);
        true
    }

    #[inline]
    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        if self.patience.is_over() {
            return choices.any(&mut self.draw);
        }
        if self.turn != Turn::Pos
            && let Some(unnoticed) = self.census.unnoticed(choices)
        {
            self.patience.note(unnoticed);
            return unnoticed;
        }
        let (walk, census, draw) = self.walk();
        census.decide();
        let chosen = walk.choose(census, choices, draw);
        self.patience.note(chosen);
        chosen
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        let (walk, _, draw) = self.walk();
        walk.pick(alternatives, draw)
    }

    fn may_wake_spuriously(&mut self) -> bool {
        let (walk, _, draw) = self.walk();
        walk.may_wake_spuriously(draw)
    }

    fn watches(&self) -> bool {
        true
    }

    fn spawned(&mut self, parent: Option<TaskId>, task: TaskId) {
        let (walk, census, draw) = self.walk();
        census.spawned(parent, task);
        walk.spawned(census, (parent, task), draw);
    }

    #[inline]
    fn executed(&mut self, task: TaskId, operation: &Operation) {
        let (walk, census, _) = self.walk();
        census.executed(task, operation);
        walk.executed(census, task, operation);
    }

    fn lessons(&self) -> u64 {
        LESSONS
    }
}
