//! Finding problems, solutions and cases by what people call them.

use std::sync::OnceLock;

use problems::{Problem, Solution, Technique, practice};
use thiserror::Error;

/// A name that nothing has.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no {what} is called {name:?}{hint}")]
pub struct UnknownName {
    what: &'static str,
    name: String,
    hint: Hint,
}

/// What the user may have meant.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hint(Option<String>);

impl std::fmt::Display for Hint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.0 {
            Some(name) => write!(f, "; did you mean {name:?}?"),
            None => Ok(()),
        }
    }
}

impl UnknownName {
    pub(crate) fn new<'a>(
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let likeness = |known: &&str| strsim::jaro_winkler(&name.to_lowercase(), known);
        let nearest = known
            .into_iter()
            .filter(|known| likeness(known) > 0.7)
            .max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
        Self { what, name: name.to_owned(), hint: Hint(nearest.map(str::to_owned)) }
    }
}

/// The problem with this number, slug or short name.
///
/// # Errors
///
/// If there is none.
pub fn find_problem(name: &str) -> Result<&'static Problem, UnknownName> {
    let is_called = |problem: &&&Problem| {
        problem.number.to_string() == name
            || problem.slug.eq_ignore_ascii_case(name)
            || problem.nickname.eq_ignore_ascii_case(name)
    };
    problems::ALL.iter().find(is_called).copied().ok_or_else(|| {
        let numbers: Vec<String> = problems::ALL.iter().map(|p| p.number.to_string()).collect();
        let names = problems::ALL.iter().flat_map(|problem| [problem.slug, problem.nickname]);
        UnknownName::new("problem", name, numbers.iter().map(String::as_str).chain(names))
    })
}

/// Which solutions of a problem are to be judged.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    names: Vec<String>,
}

impl Selection {
    /// The solutions with these names; none means all right ones. A name may be a solution's, a
    /// technique's (all right solutions of it), `all`, or `broken`.
    pub fn new(names: Vec<String>) -> Self {
        Self { names }
    }
}

/// The solutions of `problem` that `selection` names, each once, in the order of the problem.
///
/// # Errors
///
/// For a name that nothing has.
pub fn select(problem: &Problem, selection: &Selection) -> Result<Vec<Solution>, UnknownName> {
    if selection.names.is_empty() {
        return Ok(problem.solutions.to_vec());
    }
    let mut chosen: Vec<Solution> = Vec::new();
    for name in &selection.names {
        let found = named(problem, name);
        if found.is_empty() {
            let every = every(problem);
            let names = every.iter().map(|solution| solution.name);
            let techniques = Technique::ALL.iter().map(|technique| technique.name());
            return Err(UnknownName::new("solution", name, names.chain(techniques)));
        }
        for solution in found {
            if chosen.iter().all(|known| known.name != solution.name) {
                chosen.push(solution);
            }
        }
    }
    Ok(chosen)
}

/// Your own answers to `problem`.
pub(crate) fn own(problem: &Problem) -> Vec<Solution> {
    of_problem(practice::ALL, problem).collect()
}

fn of_problem(
    solutions: &'static [(u16, Solution)],
    problem: &Problem,
) -> impl Iterator<Item = Solution> {
    let number = problem.number;
    solutions.iter().filter(move |(of, _)| *of == number).map(|(_, solution)| *solution)
}

/// Solutions that are found by name, and listed nowhere.
static HIDDEN: OnceLock<&'static [(u16, Solution)]> = OnceLock::new();

/// From here on `solutions`, each with the number of its problem, are found by name.
pub(crate) fn hide(solutions: &'static [(u16, Solution)]) {
    HIDDEN.get_or_init(|| solutions);
}

/// Every answer to `problem`: right, your own, wrong.
fn every(problem: &Problem) -> Vec<Solution> {
    let broken = problem.broken.iter().map(|broken| broken.solution);
    let listed = problem.solutions.iter().copied().chain(own(problem)).chain(broken);
    listed.chain(of_problem(HIDDEN.get().copied().unwrap_or_default(), problem)).collect()
}

fn named(problem: &Problem, name: &str) -> Vec<Solution> {
    match name {
        "all" => return problem.solutions.to_vec(),
        "broken" => return problem.broken.iter().map(|broken| broken.solution).collect(),
        _ => {}
    }
    let by_name: Vec<Solution> =
        every(problem).into_iter().filter(|solution| solution.name == name).collect();
    if !by_name.is_empty() {
        return by_name;
    }
    let of_technique = |solution: &&Solution| solution.technique.name() == name;
    problem.solutions.iter().filter(of_technique).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::{Selection, find_problem, select};

    fn names(selection: &[&str]) -> Vec<&'static str> {
        let problem = find_problem("1115").expect("1115 is there");
        let selection = Selection::new(selection.iter().map(|&name| name.to_owned()).collect());
        let chosen = select(problem, &selection).expect("the names are known");
        chosen.iter().map(|solution| solution.name).collect()
    }

    #[test]
    fn a_problem_is_found_by_number_slug_and_short_name() {
        for name in ["1115", "print-foobar-alternately", "foobar", "FooBar"] {
            assert_eq!(find_problem(name).map(|problem| problem.number), Ok(1115), "{name}");
        }
    }

    #[test]
    fn an_unknown_problem_brings_a_suggestion() {
        let error = find_problem("fobar").expect_err("no problem is called so");
        assert_eq!(error.to_string(), "no problem is called \"fobar\"; did you mean \"foobar\"?");
    }

    #[test]
    fn an_unknown_solution_brings_a_suggestion() {
        let problem = find_problem("1115").expect("1115 is there");
        let error = select(problem, &Selection::new(vec!["semafore".to_owned()]));
        let message = "no solution is called \"semafore\"; did you mean \"semaphore\"?";
        assert_eq!(error.expect_err("no solution is called so").to_string(), message);
    }

    #[test]
    fn a_name_chooses_once_however_often_it_is_given() {
        assert_eq!(names(&["semaphore", "semaphore"]), ["semaphore"]);
    }

    #[test]
    fn a_broken_solution_is_judged_only_when_named() {
        assert!(!names(&["all"]).contains(&"early-handover"));
        assert_eq!(names(&["early-handover"]), ["early-handover"]);
    }
}
