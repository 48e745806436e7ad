//! The source beside a timeline.

use engine::trace::Place;
use problems::{Problem, Solution};

use crate::{
    report::timeline::{Item, Scene, file, waiting},
    source::source,
};

/// A file, as it is listed.
pub(super) struct Listing {
    pub(super) name: String,
    pub(super) lines: Vec<Line>,
}

/// A line of it.
pub(super) struct Line {
    pub(super) anchor: String,
    pub(super) number: usize,
    pub(super) text: String,
    /// "comment", or nothing.
    pub(super) kind: &'static str,
    /// Whether a step stands there.
    pub(super) is_place: bool,
}

/// The files that steps of `items` stand in, in the order in which they come up. A solution that
/// uses nothing has no steps of its own, and is found by its name.
pub(super) fn listings(
    scene: &Scene<'_>,
    items: &[Item],
    (problem, solution): (&Problem, &Solution),
) -> Vec<Listing> {
    let steps = items.iter().filter_map(|item| match item {
        Item::Step(step) => scene.place(*step),
        _ => None,
    });
    let stuck = scene.stuck().into_iter().filter_map(|blocked| waiting(blocked).1);
    let places: Vec<Place> = steps.chain(stuck).collect();
    let mut files: Vec<&'static str> = Vec::new();
    for place in &places {
        if !files.contains(&place.file()) {
            files.push(place.file());
        }
    }
    let mut shown: Vec<_> = files.into_iter().filter_map(|file| listing(file, &places)).collect();
    if let Some(own) = by_name(problem, solution)
        && !shown.iter().any(|listing| listing.name == own.name)
    {
        shown.insert(0, own);
    }
    shown
}

/// The file that is called as the solution is.
fn by_name(problem: &Problem, solution: &Solution) -> Option<Listing> {
    let name = format!("{}.rs", solution.name.replace('-', "_"));
    let file = |kind| format!("problems/src/{}/{kind}/{name}", problem.folder);
    let text = ["solutions", "broken"].map(file).iter().find_map(|file| source(file))?;
    let lines = text.lines().zip(1..).map(|(text, number)| line(&name, number, text, [].iter()));
    Some(Listing { lines: lines.collect(), name })
}

fn listing(path: &'static str, places: &[Place]) -> Option<Listing> {
    let of_file = || places.iter().filter(|place| place.file() == path);
    let name = file(*of_file().next()?);
    let lines = source(path)?
        .lines()
        .enumerate()
        .map(|(index, text)| line(name, index + 1, text, of_file()))
        .collect();
    Some(Listing { name: name.to_owned(), lines })
}

fn line<'a>(
    file: &str,
    number: usize,
    text: &str,
    mut places: impl Iterator<Item = &'a Place>,
) -> Line {
    let kind = if text.trim_start().starts_with("//") { "comment" } else { "code" };
    let is_place = places.any(|place| usize::try_from(place.line()).is_ok_and(|at| at == number));
    Line { anchor: anchored(file, number), number, text: text.to_owned(), kind, is_place }
}

/// Whether the page shows the source in which `place` stands: the harness' and the engine's it does
/// not.
pub(super) fn is_listed(place: Place) -> bool {
    source(place.file()).is_some()
}

/// What the line that `place` stands in is called within the page.
pub(super) fn anchor(place: Place) -> String {
    anchored(file(place), usize::try_from(place.line()).unwrap_or_default())
}

fn anchored(file: &str, line: usize) -> String {
    let plain: String =
        file.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{plain}-{line}")
}
