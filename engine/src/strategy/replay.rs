//! Follows a schedule, and watches what comes of it.

use std::sync::Arc;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use sync::control::TaskId;

use super::{
    Choices, Generator, Strategy,
    habit::{Habit, Usual},
};
use crate::schedule::{Draws, Schedule};

/// What a replay goes by.
#[derive(Clone, Debug)]
pub enum Guide {
    /// The tasks of each step of a trace, and what was drawn.
    Trace(Vec<TaskId>, Draws),
    /// A schedule; the rest is habit. What does not fit is noted.
    Schedule(Schedule),
    /// A schedule that may not fit: the turns of tasks that cannot move are left out.
    Roughly(Schedule),
    /// Habit, but for so many preemptions among the first `span` choices; whoever follows a task
    /// that cannot go on is drawn.
    Sparing {
        /// What makes it repeat.
        seed: u64,
        /// How many there are at the most.
        preemptions: usize,
        /// Among how many choices.
        span: usize,
    },
}

/// What a replay saw.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// The choices that were made, as short as they can be said.
    pub schedule: Schedule,
    /// The steps before which a task was preempted that would have gone on by habit.
    pub preempted: Vec<usize>,
    /// Who could have gone on before which step, wherever there was a choice.
    pub could: Vec<(usize, TaskId)>,
    /// The first step that the guide does not fit.
    pub misfit: Option<usize>,
    /// How many turns, from the first to the last that is not habit.
    unusual: usize,
}

/// Follows a guide. The other end of what it shares sets the guide and reads what was seen.
pub(crate) struct Replay(Arc<Mutex<Desk>>);

/// What a replay and its owner share.
pub(crate) struct Desk {
    guide: Guide,
    /// How many turns of the guide are used up.
    turn: usize,
    /// The step that comes after the last choice.
    next: usize,
    habit: Habit,
    generator: Generator,
    /// Before which choices a sparing guide preempts.
    preempts: Vec<usize>,
    witness: Witness,
}

impl Replay {
    pub(crate) fn new() -> (Self, Arc<Mutex<Desk>>) {
        let desk = Arc::new(Mutex::new(Desk::new(Guide::Schedule(Schedule::default()))));
        (Self(Arc::clone(&desk)), desk)
    }
}

impl Desk {
    pub(crate) fn new(guide: Guide) -> Self {
        let mut generator = Generator::new(0, 0);
        let mut preempts = Vec::new();
        if let Guide::Sparing { seed, preemptions, span } = guide {
            generator = Generator::new(seed, span as u64);
            preempts.extend((0..preemptions).map(|_| generator.below(span.max(1))));
        }
        let (habit, witness) = (Habit::default(), Witness::default());
        Self { guide, turn: 0, next: 0, habit, generator, preempts, witness }
    }

    /// What was seen, the schedule as short as it can be said.
    pub(crate) fn take(&mut self) -> Witness {
        let mut witness = std::mem::take(&mut self.witness);
        if let Guide::Schedule(schedule) = &self.guide
            && self.turn < schedule.turns.len()
        {
            // There were fewer choices than it has turns.
            witness.misfit.get_or_insert(self.next);
        }
        witness.schedule.trim(witness.unusual);
        witness
    }

    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        let usual = self.habit.of(choices);
        let chosen = self.turn(choices, usual);
        self.witness.note(choices, usual, chosen);
        self.habit.note(chosen, choices.operation(chosen).op);
        chosen
    }

    fn turn(&mut self, choices: &Choices<'_>, usual: Usual) -> TaskId {
        let can = |task: &TaskId| choices.enabled().contains(task);
        let wanted = match &self.guide {
            Guide::Trace(tasks, _) => tasks.get(choices.step()).copied(),
            Guide::Schedule(schedule) => schedule.turns.get(self.turn).copied(),
            Guide::Roughly(schedule) => {
                let left = schedule.turns.get(self.turn..).unwrap_or_default();
                self.turn += left.iter().take_while(|task| !can(task)).count();
                schedule.turns.get(self.turn).copied()
            }
            Guide::Sparing { .. } => Some(self.draw(choices, usual)),
        };
        self.turn += 1;
        self.next = choices.step() + 1;
        if wanted.is_some_and(|task| !can(&task)) {
            self.witness.misfit.get_or_insert(choices.step());
        }
        wanted.filter(can).unwrap_or(usual.task())
    }

    /// Who goes on by a sparing guide.
    fn draw(&mut self, choices: &Choices<'_>, usual: Usual) -> TaskId {
        let enabled = choices.enabled();
        match usual {
            Usual::Stay(task) if !self.preempts.contains(&self.turn) => task,
            _ => enabled[self.generator.below(enabled.len())],
        }
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        let picked = self.follow(|draws| &draws.picks, alternatives);
        self.witness.schedule.draws.picks.push(picked);
        picked
    }

    fn pick_store(&mut self, alternatives: usize) -> usize {
        let picked = self.follow(|draws| &draws.loads, alternatives);
        self.witness.schedule.draws.loads.push(picked);
        picked
    }

    /// The next one of these numbers by the guide, or the first alternative if that has none that fits.
    fn follow(&mut self, numbers: fn(&Draws) -> &Vec<usize>, alternatives: usize) -> usize {
        let next = numbers(&self.witness.schedule.draws).len();
        let wanted = match &self.guide {
            Guide::Trace(_, draws) => numbers(draws).get(next).copied(),
            Guide::Schedule(schedule) | Guide::Roughly(schedule) => {
                numbers(&schedule.draws).get(next).copied()
            }
            Guide::Sparing { .. } => Some(self.generator.below(alternatives)),
        };
        wanted.filter(|&pick| pick < alternatives).unwrap_or(0)
    }

    fn may_wake(&mut self) -> bool {
        let wakes = &mut self.witness.schedule.draws.wakes;
        let may_wake = match &self.guide {
            Guide::Trace(_, draws) => draws.wakes.get(wakes.len()).copied(),
            Guide::Schedule(schedule) | Guide::Roughly(schedule) => {
                schedule.draws.wakes.get(wakes.len()).copied()
            }
            Guide::Sparing { .. } => None,
        };
        wakes.push(may_wake.unwrap_or(false));
        may_wake.unwrap_or(false)
    }
}

impl Witness {
    fn note(&mut self, choices: &Choices<'_>, usual: Usual, chosen: TaskId) {
        let step = choices.step();
        self.schedule.turns.push(chosen);
        self.could.extend(choices.enabled().iter().map(|&task| (step, task)));
        if chosen != usual.task() {
            self.unusual = self.schedule.turns.len();
            if matches!(usual, Usual::Stay(_)) {
                self.preempted.push(step);
            }
        }
    }

    /// How many loads saw an older store.
    pub fn older(&self) -> usize {
        self.schedule.draws.loads.iter().filter(|&&behind| behind > 0).count()
    }

    /// How many waits could end for no reason.
    pub fn wakes(&self) -> usize {
        self.schedule.draws.wakes.iter().filter(|wake| **wake).count()
    }
}

impl Strategy for Replay {
    fn begin(&mut self, _execution: u64) -> bool {
        true
    }

    fn choose(&mut self, choices: &Choices<'_>) -> TaskId {
        self.0.lock().choose(choices)
    }

    fn pick(&mut self, alternatives: usize) -> usize {
        self.0.lock().pick(alternatives)
    }

    fn pick_store(&mut self, alternatives: usize) -> usize {
        self.0.lock().pick_store(alternatives)
    }

    fn may_wake_spuriously(&mut self) -> bool {
        self.0.lock().may_wake()
    }
}
