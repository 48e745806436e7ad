//! Executions under control, spread over the cores: the result is the same, byte for byte, as on
//! one.
//!
//! An execution depends on its number and on the first ones, the lessons, and on nothing else. So
//! each core runs the lessons of the case that it turns to, and then any executions of it; what
//! came of them is taken in order.

use std::{
    collections::BTreeMap,
    ops::{ControlFlow, Range},
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::{self, Receiver, Sender},
    },
    thread::available_parallelism,
};

use engine::pulse;
use parking_lot::Mutex;
use rayon_core::{ThreadPool, ThreadPoolBuilder};

use super::{
    Work,
    runner::{Runner, Wrong},
    span::Span,
};
use crate::Judge;

/// How many executions are run before somebody takes what came of them.
const SPAN: u64 = 256;

/// Who would join in a case has its lessons to run first: it must have this many times as many
/// executions left.
const WORTH_JOINING: u64 = 4;

/// Threads besides the calling one, one for each further core. They are kept for ever, as the
/// engines are that they use.
static POOL: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, usize::from);
    let builder = ThreadPoolBuilder::new().num_threads(cores.saturating_sub(1).max(1));
    builder.thread_name(|number| format!("judge {}", number + 1)).build().ok()
});

/// Starts the threads, which else start when they are needed first.
pub(crate) fn staff() {
    LazyLock::force(&POOL);
}

/// Runs all of `works` on so many `cores`, and gives what came of them to `take`, in order, until
/// that has seen enough.
///
/// # Errors
///
/// If executions that were under way at once met in a primitive, such as one in a static: nothing
/// that was taken counts. Gives what was wrong with executions that were run besides.
pub(super) fn run(
    judge: &Judge,
    works: &[Work<'_>],
    cores: usize,
    take: &mut dyn FnMut(Span) -> ControlFlow<()>,
) -> Result<Wrong, HaveMet> {
    let (keeps_primitives, wrong) = if cores > 1 { probe(judge, works) } else { (false, None) };
    let cores = if keeps_primitives { 1 } else { cores };
    let table = Table::new(judge, works, cores, wrong);
    let (sender, receiver) = mpsc::channel();
    let mut lead = Lead { table: &table, receiver, early: BTreeMap::new(), next: (0, 0) };
    match &*POOL {
        Some(pool) if cores > 1 => pool.in_place_scope(|scope| {
            for _ in 1..cores.min(pool.current_num_threads() + 1) {
                let (table, sender) = (&table, sender.clone());
                scope.spawn(move |_| table.help(&sender));
            }
            drop(sender);
            lead.work(take);
        }),
        _ => lead.work(take),
    }
    if table.have_met.load(Relaxed) { Err(HaveMet) } else { Ok(table.wrong.into_inner()) }
}

/// Whether the second execution meets a primitive of the first one, so that two at once might; and
/// what is wrong with them.
fn probe(judge: &Judge, works: &[Work<'_>]) -> (bool, Wrong) {
    let Some(work) = works.first() else { return (false, None) };
    let mut runner = Runner::new(judge, 0, work);
    let wrong = runner.learn(2, &|| false);
    (runner.keeps_primitives(), wrong)
}

/// Executions that were under way at once met in a primitive.
#[derive(Debug)]
pub(super) struct HaveMet;

/// What all cores work from.
struct Table<'a> {
    judge: &'a Judge,
    works: &'a [Work<'a>],
    cores: usize,
    lessons: u64,
    /// By case: the executions that nobody has turned to yet.
    left: Mutex<Vec<Range<u64>>>,
    is_over: AtomicBool,
    have_met: AtomicBool,
    /// What was wrong with an execution that was run besides.
    wrong: Mutex<Wrong>,
}

impl<'a> Table<'a> {
    fn new(judge: &'a Judge, works: &'a [Work<'a>], cores: usize, wrong: Wrong) -> Self {
        let left = works.iter().map(|work| 0..work.executions).collect();
        let (is_over, have_met) = (AtomicBool::new(false), AtomicBool::new(false));
        let lessons = judge.strategy.build(judge.seed).lessons().max(1);
        let (left, wrong) = (Mutex::new(left), Mutex::new(wrong));
        Self { judge, works, cores, lessons, left, is_over, have_met, wrong }
    }

    /// Runs spans until none is left.
    fn help(&self, results: &Sender<Span>) {
        let mut runner = None;
        while !self.is_over.load(Relaxed)
            && let Some(span) = self.run_next(&mut runner)
            && results.send(span).is_ok()
        {}
        pulse::rest();
    }

    /// Runs one span, of the case that `runner` has if there is one; `None` if all are taken.
    fn run_next(&self, runner: &mut Option<Runner<'a>>) -> Option<Span> {
        let (case, executions) = self.claim(runner.as_ref().map(Runner::case))?;
        let is_over = || self.is_over.load(Relaxed) || self.judge.stop.signal().is_some();
        if runner.as_ref().is_none_or(|runner| runner.case() != case) {
            let fresh = runner.insert(Runner::new(self.judge, case, &self.works[case]));
            if let Some(wrong) = fresh.learn(self.lessons.min(executions.start), &is_over) {
                self.wrong.lock().get_or_insert(wrong);
            }
        }
        let runner = runner.as_mut()?;
        let span = runner.run(executions, &is_over);
        if self.cores > 1 && runner.keeps_primitives() {
            self.have_met.store(true, Relaxed);
            self.is_over.store(true, Relaxed);
        }
        Some(span)
    }

    /// The executions to run next for a core that has case number `own` at hand.
    fn claim(&self, own: Option<usize>) -> Option<(usize, Range<u64>)> {
        let mut left = self.left.lock();
        let is_worth = |&case: &usize| {
            let Range { start, end } = left[case];
            let joins = || end - start >= WORTH_JOINING * self.lessons.max(SPAN);
            start < end && (start == 0 || own == Some(case) || joins())
        };
        let case = own.into_iter().chain(0..left.len()).find(is_worth)?;
        let Range { start, end } = left[case];
        let length = if start == 0 { self.lessons.max(SPAN) } else { SPAN };
        let claimed = start..end.min(start + length);
        left[case].start = claimed.end;
        Some((case, claimed))
    }
}

/// The core that takes what came of all spans, and works on others meanwhile.
struct Lead<'a> {
    table: &'a Table<'a>,
    receiver: Receiver<Span>,
    /// What cannot be taken yet, by case and first execution.
    early: BTreeMap<(usize, u64), Span>,
    /// What is to be taken next.
    next: (usize, u64),
}

impl<'a> Lead<'a> {
    fn work(&mut self, take: &mut dyn FnMut(Span) -> ControlFlow<()>) {
        let mut runner = None;
        while self.next.0 < self.table.works.len() && !self.table.is_over.load(Relaxed) {
            if let Some(span) = self.early.remove(&self.next) {
                self.pass(&span);
                if take(span).is_break() {
                    break;
                }
            } else if let Some(span) = self.run_or_wait(&mut runner) {
                self.keep(span);
            } else {
                break;
            }
            while let Ok(span) = self.receiver.try_recv() {
                self.keep(span);
            }
        }
        self.table.is_over.store(true, Relaxed);
    }

    /// A span that this core runs, or else one that another one has run.
    fn run_or_wait(&self, runner: &mut Option<Runner<'a>>) -> Option<Span> {
        self.table.run_next(runner).or_else(|| {
            pulse::rest();
            self.receiver.recv().ok()
        })
    }

    fn keep(&mut self, span: Span) {
        self.early.insert((span.case, span.first), span);
    }

    /// Goes on to what comes after `span`.
    fn pass(&mut self, span: &Span) {
        let (case, first) = (span.case, span.first + span.classes.len() as u64);
        let is_last = span.is_cut || first == self.table.works[case].executions;
        self.next = if is_last { (case + 1, 0) } else { (case, first) };
    }
}
