//! An execution as a page: one file that needs no network and no scripts, with the timeline as a
//! drawing beside the solution's source.
//!
//! Each step is a radio button, so the arrow keys go from one to the next in any browser; what a
//! chosen step lights up is a rule of style. The script only makes that nicer.

mod cycle;
mod drawing;
mod listing;
mod moments;

use askama::Template;
use engine::strategy::Witness;
use problems::{Problem, Solution};

use self::{
    cycle::cycle,
    drawing::drawing,
    listing::{Listing, listings},
    moments::{Moment, moments},
};
use super::{
    failing::size,
    timeline::{Item, Scene, folded, last},
};
use crate::{Evidence, Kept, Rejection, Replayed};

/// How many lines of an execution a page shows: it must stay below a megabyte.
const MOST_LINES: usize = 400;

/// A page about one execution.
#[derive(Template)]
#[template(path = "page.html")]
pub struct Page {
    title: String,
    solution: &'static str,
    idea: &'static str,
    /// The verdict's name; "right" if nothing is wrong.
    verdict: &'static str,
    is_wrong: bool,
    sentence: String,
    explanation: Vec<String>,
    case: String,
    size: String,
    command: Option<String>,
    drawing: String,
    /// Whether the drawing shows where the output goes wrong.
    goes_wrong: bool,
    /// Who waits for whom, if that goes round.
    cycle: Option<String>,
    moments: Vec<Moment>,
    listings: Vec<Listing>,
}

impl Page {
    /// The page about `evidence`, if its engine could tell what happened.
    pub fn of(problem: &Problem, solution: &Solution, evidence: &Evidence) -> Option<Self> {
        let scene = Scene::of(evidence)?;
        let witness = evidence.witness.as_ref()?;
        let page = Self::new(problem, solution, &evidence.case, &scene, witness);
        let command = match &evidence.kept {
            Kept::As(handle) => Some(format!("judge replay {handle}")),
            Kept::No | Kept::Failed(_) => None,
        };
        Some(Self { command, ..page })
    }

    /// The page about `replayed`, which is an execution of `case`.
    pub fn of_replayed(
        problem: &Problem,
        solution: &Solution,
        case: &str,
        replayed: &Replayed,
    ) -> Self {
        let scene = Scene::of_replayed(replayed);
        Self::new(problem, solution, case, &scene, &replayed.witness)
    }

    fn new(
        problem: &Problem,
        solution: &Solution,
        case: &str,
        scene: &Scene<'_>,
        witness: &Witness,
    ) -> Self {
        let items = items(scene);
        let mut explanation = scene.rejection().map(Rejection::explain).unwrap_or_default();
        explanation.extend(scene.trace.unseen());
        Self {
            title: format!("{} {}", problem.number, problem.title),
            solution: solution.name,
            idea: solution.idea,
            verdict: scene.rejection().map_or("right", Rejection::name),
            is_wrong: scene.rejection().is_some(),
            sentence: sentence(solution.name, scene.rejection()),
            explanation,
            case: case.to_owned(),
            size: size(witness, scene.steps().len()),
            command: None,
            drawing: drawing(scene, &items),
            goes_wrong: scene.bad().is_some(),
            cycle: scene.rejection().and_then(cycle),
            moments: moments(scene, &items),
            listings: listings(scene, &items, (problem, solution)),
        }
    }

    /// The page as text.
    ///
    /// # Panics
    ///
    /// Never: the template asks for nothing that could fail.
    pub fn html(&self) -> String {
        self.render().expect("the template cannot fail")
    }
}

/// What is shown: the end of it if it is too long, without what only the harness does.
fn items(scene: &Scene<'_>) -> Vec<Item> {
    let shown = folded(&scene.looks()).into_iter().filter(|item| match item {
        Item::Step(step) => !scene.is_harness(*step),
        _ => true,
    });
    last(shown.collect(), MOST_LINES)
}

/// The verdict in a sentence.
fn sentence(solution: &str, rejection: Option<&Rejection>) -> String {
    let what = match rejection {
        None => "does what it should in this execution.",
        Some(Rejection::WrongAnswer(_)) => "gives a wrong answer.",
        Some(Rejection::InvariantViolated(_)) => "breaks a rule, although its output is right.",
        Some(Rejection::Deadlock { .. }) => "stops for ever: nobody can move.",
        Some(Rejection::Livelock(_)) => "never ends: its tasks move, and nothing comes of it.",
        Some(Rejection::Panicked(_)) => "panics.",
        Some(Rejection::NotConcurrent(_)) => "is right, and does one thing after the other.",
        Some(Rejection::Leak(_)) => "is right, and leaves something behind that goes on.",
        Some(Rejection::DataRace(_)) => "has a data race: two accesses that nothing orders.",
        Some(Rejection::TimedOut(_)) => "does not end in time.",
        Some(Rejection::NotReproducible(_)) => "does not do the same with the same choices.",
        Some(Rejection::Died(_)) => "ends the process in which it runs.",
    };
    format!("{solution} {what}")
}
