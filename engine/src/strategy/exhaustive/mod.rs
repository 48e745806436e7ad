//! Every interleaving, one execution of each class.

mod causality;
mod choice;
mod footprint;
mod history;
mod knowledge;
mod memory;
mod met;
mod search;
mod sleeping;
mod spinning;
mod strategy;
mod tree;

use sync::control::{Op, TaskId};

pub use self::{
    choice::Reduction,
    memory::Digest,
    search::{Findings, Search},
};
use self::{
    choice::{Asleep, Choice, Turn, undisturbed},
    history::History,
    memory::Memory,
    met::Place,
    search::Done,
    sleeping::Sleeping,
    spinning::Spinning,
    tree::Passed,
};
use super::Choices;
use crate::trace::Operation;

/// Runs every interleaving: when [`begin`](crate::strategy::Strategy::begin) says no, there are no others.
///
/// Executions whose traces differ only in the order of independent steps are of one class, and one
/// of each class is enough. This is source-DPOR with sleep sets (Abdulla, Aronis, Jonsson and
/// Sagonas, POPL 2014): after each execution, wherever two dependent steps could have come the
/// other way round, a task that leads there is wanted at the earlier of the two. What a sleep set
/// holds back would only repeat a class; an execution in which nothing else is left is
/// [given up](crate::strategy::Strategy::gives_up).
///
/// Which waiter a notification wakes, and all else that is [picked](crate::strategy::Strategy::pick), is tried out
/// in full. A wait may end for no reason once, and once more after its task has been notified or has
/// changed something. A task that yields is not chosen before somebody has changed what it has looked
/// at since it yielded last: until then it would only look again.
#[derive(Debug)]
pub struct Exhaustive {
    search: Search,
    reduction: Reduction,
    /// The choices of the execution under way.
    path: Vec<Passed>,
    /// From which of them on they are new; nothing while no execution is under way.
    fresh: Option<usize>,
    history: History,
    spinning: Spinning,
    sleeping: Sleeping,
    /// What tells states apart, if what follows a state is run once.
    memory: Option<Memory>,
    progress: Progress,
}

/// How far the execution under way has come.
#[derive(Debug, Default)]
struct Progress {
    /// How many choices it has passed.
    depth: usize,
    /// The last turn that it has passed.
    turn: Option<usize>,
    /// Whether the step that was chosen there is yet to be told.
    is_new_step: bool,
    /// Whether the last step has been looked at as a whole.
    is_settled: bool,
    preemptions: usize,
    gives_up: bool,
    findings: Findings,
}

impl Exhaustive {
    /// All interleavings but those that `reduction` leaves out.
    pub fn new(reduction: Reduction) -> Self {
        Search::new(reduction).strategy()
    }

    /// One of those who take part in `search`.
    fn taking_part(search: Search, reduction: Reduction) -> Self {
        Self {
            search,
            reduction,
            path: Vec::new(),
            fresh: None,
            history: History::default(),
            spinning: Spinning::default(),
            sleeping: Sleeping::default(),
            memory: match reduction {
                Reduction::States(callbacks) => Some(Memory::new(callbacks)),
                _ => None,
            },
            progress: Progress::default(),
        }
    }

    /// A search for states goes by `digest` for what an execution has shown.
    #[must_use]
    pub fn showing(mut self, digest: Option<Digest>) -> Self {
        if let (Some(memory), Some(digest)) = (&mut self.memory, digest) {
            memory.is_shown(digest);
        }
        self
    }

    /// What the execution that is over has shown.
    fn done(&mut self) -> Option<Done> {
        self.settle();
        let fresh = self.fresh.take()?;
        let mut wants = Vec::new();
        if self.reduction.lets_sleep() {
            self.history.note_footprints(&mut self.path);
        }
        if self.reduction == Reduction::Classes {
            wants = self.history.reversals(&self.path, fresh);
        }
        Some(Done { fresh, wants, findings: self.progress.findings })
    }

    /// The step under way is over: all is known of it.
    fn settle(&mut self) {
        if !std::mem::replace(&mut self.progress.is_settled, true)
            && let Some(event) = self.history.last_mut()
        {
            self.spinning.happened(event);
            if let Some(memory) = &mut self.memory {
                memory.settle();
                if let Some(turn) = self.history.last_turn() {
                    self.path[turn].is_private = memory.is_private();
                }
            }
        }
    }

    /// The state that the execution under way has come to, if all that counts is remembered.
    fn place(&self, choices: &Choices<'_>) -> Option<Place> {
        // Where all only look again, whose turn it is follows from whose it was.
        let last = choices.current().filter(|_| self.spinning.are_all_idle(choices));
        let more = |task| {
            let has_news = u64::from(self.spinning.has_news(task));
            self.sleeping.known(task) | has_news << 3 | u64::from(Some(task) == last) << 4
        };
        self.memory.as_ref()?.place(more)
    }

    /// Who sleeps on after the last step.
    fn asleep(&self) -> Vec<Asleep> {
        match (self.progress.turn, self.history.last()) {
            (Some(turn), Some(step)) if self.reduction.lets_sleep() => {
                undisturbed(&self.path[turn].asleep, step)
            }
            _ => Vec::new(),
        }
    }

    /// Who could be next where nobody has been before, and who is asleep there: nobody but those who
    /// have not been tried at the same state, and of those that are alike one.
    fn turn(&self, choices: &Choices<'_>) -> Turn {
        let mut enabled = self.spinning.without_idle(choices);
        let mut asleep = self.asleep();
        if self.memory.is_none() {
            return Turn::new(enabled, asleep);
        }
        let Some(place) = self.place(choices) else {
            return Turn::new(enabled, Vec::new());
        };
        let sleeps = place.asleep(|task| asleep.iter().any(|asleep| asleep.task == task));
        let left = self.search.come(place.state, sleeps);
        let mut taken = 0;
        enabled.retain(|&(task, _)| {
            let bit = place.bit(task);
            let is_other = taken & bit == 0;
            taken |= bit;
            is_other && left.is_tried(bit)
        });
        asleep.retain(|asleep| left.sleeps(place.bit(asleep.task)));
        Turn::new(enabled, asleep)
    }

    /// Who is next where nobody has been before: nobody, if whatever comes has been seen elsewhere.
    fn new_turn(&mut self, choices: &Choices<'_>) {
        let mut turn = self.turn(choices);
        if let Reduction::Preemptions(bound) = self.reduction
            && self.progress.preemptions >= bound
        {
            self.progress.findings.has_left_out |=
                turn.leave_out(|all, task| preempts(choices, all, task));
        }
        // Nobody has to wake for no reason: others are tried first. What nobody notices comes before
        // all else, where nothing else is tried then.
        let rank = |task, op| match self.memory {
            Some(_) if is_private(op, self.spinning.has_news(task)) => 0,
            _ => 1 + u8::from(self.sleeping.is_asleep(task)),
        };
        if let Some(first) = turn.first(choices.current(), rank) {
            self.path.push(Passed::new(Choice::Turn(turn), first));
        }
    }

    /// The execution under way cannot be what it was: the program has not done the same as before.
    fn part(&mut self) {
        self.progress.gives_up = true;
        self.progress.findings.has_parted = true;
    }
}

/// Whether nobody else could notice when a task performs `op`, as far as that goes, if it has news of
/// what it has looked at: whoever yields then goes on in any case.
fn is_private(op: Op, has_news: bool) -> bool {
    matches!(op, Op::Start | Op::Join | Op::Pass) || op == Op::Yield && has_news
}

/// Whether choosing `task` leaves one that could go on, and has not offered to wait.
fn preempts(choices: &Choices<'_>, enabled: &[(TaskId, Operation)], task: TaskId) -> bool {
    let goes_on = |&(other, operation): &(TaskId, Operation)| {
        Some(other) == choices.current() && operation.op != Op::Yield
    };
    Some(task) != choices.current() && enabled.iter().any(goes_on)
}
