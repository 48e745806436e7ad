//! An execution as text: a column for each task, a line for each step, at most 80 characters wide.

mod fold;
mod heads;
mod scene;

use std::ops::RangeInclusive;

use engine::{outcome::Blocked, trace::Place};
use sync::control::TaskId;

use self::heads::Heads;
pub(crate) use self::{
    fold::{Item, folded, last},
    scene::{Lane, Scene},
};
use super::{
    style::{BAD, FAINT, Glyphs, OPEN, STRONG, paint},
    wrap::WIDTH,
};
use crate::number::grouped;

/// How many lines of an execution are shown in a judgement: the last ones, which matter most.
const LINES: usize = 24;

/// How many lines of an execution are shown at all.
const MOST_LINES: usize = 600;

/// The end of an execution, without what only the harness does.
pub(super) fn short(scene: &Scene<'_>, glyphs: Glyphs) -> String {
    let items = folded(&scene.looks()).into_iter().filter(|item| match item {
        Item::Step(step) => !scene.is_harness(*step),
        _ => true,
    });
    Timeline::new(scene, last(items.collect(), LINES), glyphs).draw()
}

/// The whole of an execution; what is repeated is shown once.
pub(super) fn whole(scene: &Scene<'_>, glyphs: Glyphs) -> String {
    Timeline::new(scene, last(folded(&scene.looks()), MOST_LINES), glyphs).draw()
}

/// A timeline that is being drawn.
struct Timeline<'a> {
    scene: &'a Scene<'a>,
    items: Vec<Item>,
    heads: Heads,
    glyphs: Glyphs,
    /// Whether only the line of a place is written, since all are in one file and there is no room.
    short_places: Option<&'static str>,
    /// The step with which the output was wrong.
    bad: Option<usize>,
}

/// What stands right of the lanes.
struct Words {
    task: TaskId,
    action: String,
    place: Option<Place>,
}

impl<'a> Timeline<'a> {
    fn new(scene: &'a Scene<'a>, items: Vec<Item>, glyphs: Glyphs) -> Self {
        let steps = items.iter().filter_map(|item| match item {
            Item::Step(step) => Some(scene.steps()[*step].task),
            _ => None,
        });
        let stuck = scene.stuck();
        let shown = steps.chain(stuck.iter().map(|blocked| blocked.task));
        let heads = Heads::new(shown, &scene.trace.tasks);
        let bad = scene.bad();
        let mut timeline = Self { scene, items, heads, glyphs, short_places: None, bad };
        timeline.short_places = timeline.only_file().filter(|_| timeline.is_too_wide());
        timeline
    }

    fn draw(&self) -> String {
        let mut lines = vec![self.header()];
        let mut next = 0;
        for item in &self.items {
            lines.push(match *item {
                Item::Step(step) => {
                    let since = std::mem::replace(&mut next, step + 1);
                    self.step(since..=step)
                }
                Item::Again { steps, times } => self.aside(&again(steps, times)),
                Item::Skipped(steps) => {
                    let before = format!("{} steps before these", grouped(steps as u64));
                    self.aside(&before)
                }
            });
        }
        lines.extend(self.stuck());
        lines.push(String::new());
        lines.push(self.legend());
        lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
    }

    /// The tasks' names above their columns, and the file if it is not named below.
    fn header(&self) -> String {
        let left = format!("        {}", self.heads.header());
        let file = self.short_places.unwrap_or_default();
        let room = WIDTH.saturating_sub(left.chars().count());
        paint(STRONG, format!("{left}{file:>room$}").trim_end())
    }

    /// The last of `steps`, of which the others are not shown: that they preempt is shown here.
    fn step(&self, steps: RangeInclusive<usize>) -> String {
        let step = *steps.end();
        let preempts = steps.clone().any(|step| self.scene.preempts(step));
        let preempts = if preempts { paint(OPEN, "!") } else { " ".to_owned() };
        let is_bad = self.bad.is_some_and(|bad| steps.contains(&bad));
        let mark = if is_bad {
            preempts + &paint(BAD, self.glyphs.stuck)
        } else {
            " ".to_owned() + &preempts
        };
        let lanes = self.heads.lanes(|task| self.glyphs.lane(self.scene.lane(task, step)));
        format!("{mark}{step:>4}  {lanes}{}", self.line(&self.words(step)))
    }

    fn words(&self, step: usize) -> Words {
        let task = self.scene.steps()[step].task;
        Words { task, action: self.scene.action(step), place: self.scene.place(step) }
    }

    /// The tasks that wait in the end, and for what.
    fn stuck(&self) -> Vec<String> {
        let end = self.scene.steps().len();
        let lines = self.scene.stuck().into_iter().map(|blocked| {
            let lanes = self.heads.lanes(|task| match self.scene.lane(task, end) {
                _ if task == blocked.task => self.glyphs.stuck,
                lane => self.glyphs.lane(lane),
            });
            let mark = paint(BAD, self.glyphs.stuck);
            format!(" {mark}      {lanes}{}", self.line(&stuck_words(blocked)))
        });
        lines.collect()
    }

    /// What stands right of the lanes, its place at the right edge.
    fn line(&self, words: &Words) -> String {
        let name = self.heads.name(self.scene.trace.task(words.task));
        let left = format!("{name}{}", words.action);
        let place = self.place(words.place);
        let room = WIDTH - self.left() - place.chars().count();
        let left = cut(&left, room.saturating_sub(1));
        if place.is_empty() { left } else { format!("{left:<room$}{}", paint(FAINT, place)) }
    }

    /// How many columns stand left of the words.
    fn left(&self) -> usize {
        8 + self.heads.width()
    }

    fn place(&self, place: Option<Place>) -> String {
        match (place, self.short_places) {
            (None, _) => String::new(),
            (Some(place), None) => place.to_string(),
            (Some(place), Some(_)) => format!(":{}", place.line()),
        }
    }

    /// What is said about steps that are not shown.
    fn aside(&self, text: &str) -> String {
        paint(FAINT, format!("     {} {text}", self.glyphs.more))
    }

    fn legend(&self) -> String {
        let Glyphs { runs, ready, waits, stuck, .. } = self.glyphs;
        // The first task is the harness, which only waits for the others.
        let calls = (1..self.scene.trace.tasks.len()).filter(|&task| !self.heads.has(task));
        let others = calls.count();
        let others = match others {
            0 => String::new(),
            1 => "; 1 task not shown".to_owned(),
            _ => format!("; {others} tasks not shown"),
        };
        let wrong = match self.bad {
            Some(_) => format!("  {stuck} wrong"),
            None => String::new(),
        };
        let meaning =
            format!("{runs} runs  {ready} could run  {waits} waits  ! preempts{wrong}{others}");
        paint(FAINT, format!("        {meaning}"))
    }

    /// The words of every line.
    fn all_words(&self) -> impl Iterator<Item = Words> {
        let steps = self.items.iter().filter_map(|item| match item {
            Item::Step(step) => Some(self.words(*step)),
            _ => None,
        });
        steps.chain(self.scene.stuck().into_iter().map(stuck_words))
    }

    /// The file in which everything stands, if it is one.
    fn only_file(&self) -> Option<&'static str> {
        let mut files: Vec<_> =
            self.all_words().filter_map(|words| words.place).map(file).collect();
        files.dedup();
        if let [file] = files[..] { Some(file) } else { None }
    }

    fn is_too_wide(&self) -> bool {
        self.all_words().any(|words| {
            let name = self.heads.name(self.scene.trace.task(words.task));
            let place = self.place(words.place);
            let words = [name.as_str(), &words.action, &place];
            let width: usize = words.iter().map(|text| text.chars().count()).sum();
            self.left() + width + 1 > WIDTH
        })
    }
}

fn stuck_words(blocked: &Blocked) -> Words {
    let (action, place) = waiting(blocked);
    Words { task: blocked.task, action, place }
}

/// What `blocked` waits for, and where.
pub(crate) fn waiting(blocked: &Blocked) -> (String, Option<Place>) {
    match &blocked.wait {
        Some(wait) => (format!("{} {}", wait.op.waiting(), wait.on), Some(wait.place)),
        None => ("waits for something that cannot be seen".to_owned(), None),
    }
}

/// What is said of steps that come again.
pub(crate) fn again(steps: usize, times: usize) -> String {
    let times = match times {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{} times", grouped(times as u64)),
    };
    match steps {
        1 => format!("this step {times} more"),
        _ => format!("the {steps} steps above {times} more"),
    }
}

/// The name of the file that `place` lies in.
pub(crate) fn file(place: Place) -> &'static str {
    place.file().rsplit(['/', '\\']).next().unwrap_or_default()
}

/// `text`, or as much of it as there is room for.
fn cut(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['~']).collect()
}
