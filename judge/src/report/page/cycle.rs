//! The wait-for cycle of a deadlock as a drawing: the tasks in a ring, each with an arrow to the one
//! whose lock, or whose end, it waits for.

use std::f64::consts::TAU;

use engine::analysis::{Cause, Link};
use svg::{
    Document,
    node::element::{Circle, Group, Line, Path, Text, path::Data},
};

use super::drawing::{COLORS, LETTER};
use crate::Rejection;

/// The least radius of the ring.
const RADIUS: f64 = 90.0;

/// How much of the ring a task and its arrow need.
const ARC: f64 = 150.0;

/// The radius of a task.
const DOT: f64 = 9.0;

/// Room for the names above and below the ring.
const MARGIN: f64 = 44.0;

/// How far apart the two arrows of a pair are, from the middle.
const APART: f64 = 14.0;

type Point = (f64, f64);

/// The drawing of the cycle that `rejection` is a deadlock of, if it is.
pub(super) fn cycle(rejection: &Rejection) -> Option<String> {
    let Rejection::Deadlock { cause: Some(Cause::Cycle(links)), .. } = rejection else {
        return None;
    };
    // One who waits for itself needs no drawing.
    (links.len() > 1).then(|| drawing(links))
}

fn drawing(links: &[Link]) -> String {
    let radius = RADIUS.max(number(links.len()) * ARC / TAU);
    let letters = links.iter().map(|link| link.task.chars().count()).max().unwrap_or_default();
    let (width, height) =
        ((radius + number(letters * LETTER)) * 2.0 + MARGIN, (radius + MARGIN) * 2.0);
    // The first stands above; of two, one stands beside the other.
    let (first, apart) = if links.len() == 2 { (0.0, APART) } else { (-TAU / 4.0, 0.0) };
    let at = |index: usize, distance: f64| {
        let angle = TAU * number(index) / number(links.len()) + first;
        (width / 2.0 + angle.cos() * distance, height / 2.0 + angle.sin() * distance)
    };
    let mut document = Document::new()
        .set("width", width.round())
        .set("height", height.round())
        .set("role", "img")
        .set("aria-label", "Who waits for whom");
    for (index, link) in links.iter().enumerate() {
        document = document.add(arrow(link, at(index, radius), at(index + 1, radius), apart));
    }
    for (index, link) in links.iter().enumerate() {
        document = document.add(task(link, at(index, radius), at(index, radius + 30.0)));
    }
    document.to_string()
}

/// A task as a dot of its colour, with its name outside the ring.
fn task(link: &Link, (x, y): Point, (name_x, name_y): Point) -> Group {
    let color = format!("t{}", link.number % COLORS);
    let dot = Circle::new().set("cx", tenths(x)).set("cy", tenths(y)).set("r", DOT);
    let name = Text::new(&*link.task).set("x", tenths(name_x)).set("y", tenths(name_y + 4.0));
    // Names left and right of the ring begin or end there, so that they stay off it.
    let anchor = match name_x - x {
        aside if aside > 20.0 => "start",
        aside if aside < -20.0 => "end",
        _ => "middle",
    };
    let name =
        name.set("class", format!("head {color}")).set("style", format!("text-anchor: {anchor}"));
    Group::new().add(dot.set("class", color)).add(name)
}

/// From one who waits to the one it waits for, with what it waits for; `apart` from the straight way.
fn arrow(link: &Link, from: Point, to: Point, apart: f64) -> Group {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    let length = across.hypot(down);
    let (right, below) = (across / length, down / length);
    let from = (from.0 - below * apart, from.1 + right * apart);
    let on_way = |distance: f64| (from.0 + right * distance, from.1 + below * distance);
    let (begin, end) = (on_way(DOT + 4.0), on_way(length - DOT - 12.0));
    let shaft = Line::new()
        .set("x1", tenths(begin.0))
        .set("y1", tenths(begin.1))
        .set("x2", tenths(end.0))
        .set("y2", tenths(end.1))
        .set("class", "waits-for");
    let (point, side) = (on_way(length - DOT - 3.0), (-below * 5.0, right * 5.0));
    let tip = Data::new()
        .move_to((tenths(point.0), tenths(point.1)))
        .line_to((tenths(end.0 + side.0), tenths(end.1 + side.1)))
        .line_to((tenths(end.0 - side.0), tenths(end.1 - side.1)))
        .close();
    let words = Text::new(&*link.wait.on)
        .set("x", tenths(f64::midpoint(begin.0, end.0)))
        .set("y", tenths(f64::midpoint(begin.1, end.1) + 4.0))
        .set("class", "lock");
    Group::new().add(shaft).add(Path::new().set("d", tip).set("class", "tip")).add(words)
}

/// A tenth of a pixel is as exact as anybody can see.
fn tenths(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

#[expect(clippy::cast_precision_loss, reason = "there are few tasks")]
fn number(count: usize) -> f64 {
    count as f64
}
