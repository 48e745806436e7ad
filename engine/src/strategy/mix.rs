//! The default: several walks in turn.

use sync::control::TaskId;

use super::{
    Choices, Generator, Strategy,
    abreast::Abreast,
    arrivals::Arrivals,
    census::{Census, LESSONS},
    crowd::Crowd,
    fresh::Fresh,
    patience::Patience,
    pct::{Depth, Pct},
    pos::Pos,
    random::Even,
    serial::Serial,
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
    /// Whether anything may happen for no reason in this execution. In half of them nothing does,
    /// since whoever wakes for no reason does not show that nobody wakes it.
    wakes: bool,
    arrivals: Arrivals,
    abreast: Abreast,
    oldest: Serial,
    youngest: Serial,
    even: Even,
    crowd: Crowd,
    fresh: Fresh,
    /// PCT with one change of priorities.
    once: Pct,
    pct: Pct,
    pos: Pos,
    urw: Urw,
    uneven: Urw,
    surw: Surw,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Arrivals,
    Abreast,
    Oldest,
    Youngest,
    Even,
    Crowd,
    Fresh,
    Once,
    Pct,
    Pos,
    Urw,
    Uneven,
    Surw,
}

/// Whose turn it is after the first execution: mostly those who find most bugs soonest, and the
/// others one by one.
const OPENING: [Turn; 33] = {
    use Turn::{Abreast, Crowd, Fresh, Oldest, Once, Pct, Pos, Surw, Uneven, Urw, Youngest};
    [
        Urw, Urw, Surw, Urw, Surw, Surw, Fresh, Urw, Surw, Urw, Surw, Oldest, Fresh, Once, Surw,
        Fresh, Crowd, Urw, Surw, Fresh, Uneven, Once, Abreast, Surw, Fresh, Youngest, Urw, Once,
        Crowd, Surw, Fresh, Pos, Pct,
    ]
};

/// Whose turn it is afterwards, over and over. What has not been found by then, most may be blind
/// to.
const ROUND: [Turn; 16] = {
    use Turn::{Crowd, Even, Fresh, Once, Pct, Pos, Surw, Uneven, Urw};
    [
        Surw, Fresh, Once, Crowd, Urw, Pct, Surw, Once, Fresh, Crowd, Once, Uneven, Surw, Urw, Pos,
        Even,
    ]
};

/// Up to how many interleaving classes a program is worth going through, one by one.
const FEW: u64 = 64;

impl Mix {
    /// The portfolio of `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            draw: Generator::new(seed, 0),
            census: Census::default(),
            patience: Patience::default(),
            turn: Turn::Arrivals,
            wakes: false,
            arrivals: Arrivals::default(),
            abreast: Abreast::default(),
            oldest: Serial::Oldest,
            youngest: Serial::Youngest,
            even: Even,
            crowd: Crowd::default(),
            fresh: Fresh::default(),
            once: Pct::new(Depth::Fixed(2)),
            pct: Pct::new(Depth::UpTo(4)),
            pos: Pos::default(),
            urw: Urw::new(Pace::Even),
            uneven: Urw::new(Pace::Uneven),
            surw: Surw::default(),
        }
    }

    /// Whose turn it is. While there seem to be few classes, every execution shows a new one.
    fn turn(&self, execution: u64) -> Turn {
        if execution == 0 {
            return Turn::Arrivals;
        }
        if execution < LESSONS && self.fresh.has_few_left(FEW, &self.census) {
            return Turn::Fresh;
        }
        let number = usize::try_from(execution).expect("a usize has 64 bits");
        let later = ROUND[number % ROUND.len()];
        OPENING.get(number - 1).copied().unwrap_or(later)
    }

    fn walk(&mut self) -> (&mut dyn Walk, &mut Census, &mut Generator) {
        let walk: &mut dyn Walk = match self.turn {
            Turn::Arrivals => &mut self.arrivals,
            Turn::Abreast => &mut self.abreast,
            Turn::Oldest => &mut self.oldest,
            Turn::Youngest => &mut self.youngest,
            Turn::Even => &mut self.even,
            Turn::Crowd => &mut self.crowd,
            Turn::Fresh => &mut self.fresh,
            Turn::Once => &mut self.once,
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
        self.wakes = execution > 0 && self.draw.below(2) == 0;
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
        census.decide(1);
        let chosen = walk.choose(census, choices, draw);
        self.patience.note(chosen);
        chosen
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        let (walk, _, draw) = self.walk();
        walk.pick(alternatives, draw)
    }

    fn may_wake_spuriously(&mut self) -> bool {
        match self.turn {
            // It keeps account of what it has tried.
            Turn::Fresh => self.fresh.may_wake_spuriously(&mut self.draw),
            _ => self.wakes && self.draw.below(4) == 0,
        }
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

    fn shows(&mut self, task: TaskId) {
        self.census.shows(task);
    }

    fn lessons(&self) -> u64 {
        LESSONS
    }
}
