//! The timeline as a drawing: a lane for each task, a row for each step.
//!
//! Colours are classes, which the page's style fills in for light and for dark.

use std::{collections::BTreeSet, fmt::Write};

use engine::trace::Place;
use svg::{
    Document,
    node::element::{Anchor, Circle, Group, Line, Path, Rectangle, Text, path::Data},
};
use sync::control::TaskId;

use super::listing::{anchor, is_listed};
use crate::report::timeline::{Item, Lane, Scene, again, file, waiting};

/// Height of a row.
const ROW: usize = 26;
/// Room for the numbers.
const LEFT: usize = 52;
/// Width of all lanes together, while there are not too many of them.
const LANES: usize = 220;
/// Least and most width of a lane whose name is slanted, since all names would not fit upright.
const SLANTED: (usize, usize) = (20, 44);
/// Height of the names while they are upright.
const UPRIGHT: usize = 34;
/// Width of a letter in the drawing's font, a little generously.
pub(super) const LETTER: usize = 8;
/// How many letters of a row's words are shown; beside the drawing all of them are.
const WORDS: usize = 47;
/// How many colours tasks have before they begin again.
pub(super) const COLORS: usize = 8;

/// What is drawn, and where.
struct Drawing<'a> {
    scene: &'a Scene<'a>,
    /// The tasks with a lane.
    tasks: Vec<TaskId>,
    /// Width of a lane.
    lane: usize,
    /// Height of what stands above the rows.
    top: usize,
    /// Where places end.
    width: usize,
    /// Whether all places are in the same file, so that their lines say it all.
    is_one_file: bool,
}

/// A row of it.
struct Row {
    /// The number of the step; nothing if it is not one.
    step: Option<usize>,
    task: Option<TaskId>,
    is_stuck: bool,
    /// Whether the output was wrong with it, whatever came after.
    is_bad: bool,
    words: String,
    place: Option<Place>,
}

/// The drawing of `items`, and of who waits in the end.
pub(super) fn drawing(scene: &Scene<'_>, items: &[Item]) -> String {
    let rows = rows(scene, items);
    let drawing = Drawing::new(scene, &rows);
    let height = drawing.top + rows.len() * ROW + 8;
    let mut document = Document::new()
        .set("width", drawing.width)
        .set("height", height)
        .set("viewBox", (0, 0, drawing.width, height))
        .set("role", "img")
        .set("aria-label", "What each task did, step by step")
        .add(drawing.heads());
    document = document.add(drawing.lanes(&rows));
    for (index, row) in rows.iter().enumerate() {
        document = document.add(drawing.row(index, row, &rows));
    }
    document.to_string()
}

fn rows(scene: &Scene<'_>, items: &[Item]) -> Vec<Row> {
    let aside =
        |words| Row { step: None, task: None, is_stuck: false, is_bad: false, words, place: None };
    let bad = scene.bad();
    let row = |item: &Item| match *item {
        Item::Step(step) => {
            let (task, words) = (Some(scene.steps()[step].task), shortened(scene.action(step)));
            let (is_bad, place) = (bad == Some(step), scene.place(step));
            Row { step: Some(step), task, is_stuck: false, is_bad, words, place }
        }
        Item::Again { steps, times } => aside(again(steps, times)),
        Item::Skipped(steps) => aside(format!("{steps} steps before these")),
    };
    let end = scene.steps().len();
    let stuck = scene.stuck().into_iter().map(|blocked| {
        let (words, place) = waiting(blocked);
        Row {
            step: Some(end),
            task: Some(blocked.task),
            is_stuck: true,
            is_bad: false,
            words,
            place,
        }
    });
    items.iter().map(row).chain(stuck).collect()
}

impl<'a> Drawing<'a> {
    fn new(scene: &'a Scene<'a>, rows: &[Row]) -> Self {
        let mut tasks: Vec<TaskId> = rows.iter().filter_map(|row| row.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        let longest = |names: &mut dyn Iterator<Item = usize>| names.max().unwrap_or_default();
        let letters = longest(&mut tasks.iter().map(|&task| scene.trace.task(task).len()));
        let upright = (letters * LETTER + 20).max(48);
        let (lane, top) = if upright * tasks.len() <= LANES {
            (upright, UPRIGHT)
        } else {
            let (least, most) = SLANTED;
            ((LANES / tasks.len()).clamp(least, most), UPRIGHT + letters * 6)
        };
        let files: BTreeSet<&str> = rows.iter().filter_map(|row| row.place).map(file).collect();
        let is_one_file = files.len() < 2;
        let place = |row: &Row| row.place.map_or(0, |place| 3 + written(place, is_one_file).len());
        let texts = longest(&mut rows.iter().map(|row| row.words.chars().count() + place(row)));
        let width = LEFT + tasks.len() * lane + (texts + 2) * LETTER;
        Self { scene, tasks, lane, top, width, is_one_file }
    }

    /// The middle of a task's lane.
    fn x(&self, task: TaskId) -> usize {
        let lane = self.tasks.iter().position(|&other| other == task).unwrap_or_default();
        LEFT + lane * self.lane + self.lane / 2
    }

    /// The middle of a row.
    fn y(&self, row: usize) -> usize {
        self.top + row * ROW + ROW / 2
    }

    fn heads(&self) -> Group {
        let mut heads = Group::new().set("class", "heads");
        for &task in &self.tasks {
            let (x, y) = (self.x(task), self.top - 12);
            let name = Text::new(self.scene.trace.task(task));
            let class = format!("head t{}", task % COLORS);
            let name = name.set("x", x).set("y", y).set("class", class);
            heads = heads.add(if self.top > UPRIGHT {
                name.set("transform", format!("rotate(-38 {x} {y})"))
            } else {
                name.set("text-anchor", "middle")
            });
        }
        heads
    }

    /// What each task was up to, as lines from row to row.
    fn lanes(&self, rows: &[Row]) -> Group {
        let mut lanes = Group::new().set("class", "lanes");
        for &task in &self.tasks {
            for (class, from, to) in self.stretches(task, rows) {
                let (x, half) = (self.x(task), ROW / 2);
                let line = Line::new().set("x1", x).set("x2", x).set("class", class);
                lanes = lanes.add(line.set("y1", self.y(from) - half).set("y2", self.y(to) + half));
            }
        }
        lanes
    }

    /// The rows from which and to which `task` was up to one thing.
    fn stretches(&self, task: TaskId, rows: &[Row]) -> Vec<(&'static str, usize, usize)> {
        let mut stretches: Vec<(&'static str, usize, usize)> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let Some(class) = row.step.and_then(|step| class(self.scene.lane(task, step))) else {
                continue;
            };
            match stretches.last_mut() {
                Some((last, _, to)) if *last == class && *to + 1 == index => *to = index,
                _ => stretches.push((class, index, index)),
            }
        }
        stretches
    }

    fn row(&self, index: usize, row: &Row, rows: &[Row]) -> Group {
        let y = self.y(index);
        let hit = Rectangle::new()
            .set("class", "hit")
            .set("x", 0)
            .set("y", y - ROW / 2)
            .set("width", self.width)
            .set("height", ROW)
            .set("rx", 6);
        let mut inside = Group::new().add(hit);
        if let (Some(step), false) = (row.step, row.is_stuck) {
            inside = inside.add(text(LEFT - 16, y, "number", &step.to_string()));
        }
        if let Some(arrow) = self.arrow(index, row, rows) {
            inside = inside.add(arrow);
        }
        if let Some(task) = row.task {
            inside = inside.add(self.mark(task, y, row));
        }
        let words = LEFT + self.tasks.len() * self.lane + LETTER;
        let class = match row.task {
            Some(_) if row.is_bad => "wrong",
            Some(_) => "action",
            None => "aside",
        };
        inside = inside.add(text(words, y, class, &row.words));
        if let Some(place) = row.place {
            let place = written(place, self.is_one_file);
            inside = inside.add(text(self.width - LETTER, y, "place", &place));
        }
        linked(row, inside)
    }

    /// The dot of a step, or the cross of a task that waits for ever.
    fn mark(&self, task: TaskId, y: usize, row: &Row) -> Group {
        let (x, class) = (self.x(task), format!("t{}", task % COLORS));
        if !row.is_stuck {
            let circle = Circle::new().set("cx", x).set("cy", y);
            let dot = circle.clone().set("r", 6).set("class", class);
            let ring = row.is_bad.then(|| circle.set("r", 10).set("class", "wrong"));
            return ring.into_iter().fold(Group::new().add(dot), Group::add);
        }
        let cross = Data::new().move_to((x - 5, y - 5)).line_by((10, 10));
        let cross = cross.move_to((x + 5, y - 5)).line_by((-10, 10));
        Group::new().add(Path::new().set("d", cross).set("class", "stuck"))
    }

    /// From the task that is preempted to the one that goes first.
    fn arrow(&self, index: usize, row: &Row, rows: &[Row]) -> Option<Path> {
        let step = row.step.filter(|_| !row.is_stuck)?;
        let above = rows[..index].last()?;
        // The step that preempts may be one that is not shown, right before.
        let preempting = (above.step? + 1..=step).find(|&step| self.scene.preempts(step))?;
        let before = self.scene.steps()[preempting - 1].task;
        if above.task != Some(before) {
            return None;
        }
        let (from, to) = (self.x(before), self.x(row.task?));
        let (above, here) = (self.y(index - 1), self.y(index));
        let curve = Data::new()
            .move_to((from, above + 8))
            .cubic_curve_to((from, here, from, here, to, here));
        Some(Path::new().set("d", curve).set("class", "preempts"))
    }
}

fn class(lane: Lane) -> Option<&'static str> {
    match lane {
        Lane::Absent => None,
        Lane::Runs | Lane::Ready => Some("ready"),
        Lane::Waits => Some("waits"),
    }
}

fn shortened(words: String) -> String {
    if words.chars().count() <= WORDS {
        return words;
    }
    words.chars().take(WORDS - 1).chain(['…']).collect()
}

fn written(place: Place, is_one_file: bool) -> String {
    if is_one_file { format!("line {}", place.line()) } else { place.to_string() }
}

fn text(x: usize, y: usize, class: &str, content: &str) -> Text {
    Text::new(content).set("x", x).set("y", y + 4).set("class", class)
}

/// The row with its name, and with a link to its line if it has one.
fn linked(row: &Row, inside: Group) -> Group {
    let mut class = "row".to_owned();
    if let Some(step) = row.step {
        let _ = write!(class, " r{step}");
    }
    let group = Group::new().set("class", class);
    match row.place.filter(|place| is_listed(*place)) {
        None => group.add(inside),
        Some(place) => {
            group.add(Anchor::new().set("href", format!("#{}", anchor(place))).add(inside))
        }
    }
}
