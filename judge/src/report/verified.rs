//! What was verified, as people and programs read it.

use engine::verify::{End, Survey};
use problems::Problem;
use serde::Serialize;

use super::{
    Format, Progress, human, json, junit, print,
    style::{BAD, FAINT, GOOD, OPEN, STRONG, paint},
};
use crate::{Verification, Word, number::grouped};

/// What stands below everything.
const NOTE: &str = "\
verified: one execution of each class of interleavings was run, and there are
no others; where states are counted, there are too many classes, and what
follows a state was run once: there, what a lock guards is taken to change
through &mut alone. Atomics are taken to be sequentially consistent, and waits
may end for no reason, but not in staged cases nor in virtual time";

/// The same where loads may see older stores.
const WEAK_NOTE: &str = "\
verified: one execution of each class of interleavings was run, and there are
no others; where states are counted, there are too many classes, and what
follows a state was run once: there, what a lock guards is taken to change
through &mut alone. Atomic loads may see older stores, but none that is yet to
come, and waits may end for no reason, but not in staged cases nor in virtual
time";

/// Tells verifications as they come.
#[derive(Debug)]
pub struct Teller {
    format: Format,
    /// Whether loads may see older stores.
    is_weak: bool,
    /// The problem whose heading was printed last.
    heading: Option<u16>,
    /// What JUnit gets at the end.
    cases: Vec<junit::Case>,
}

impl Teller {
    /// Begins a report.
    pub fn new(format: Format, is_weak: bool) -> Self {
        Self { format, is_weak, heading: None, cases: Vec::new() }
    }

    /// Shows how far a search is, where somebody watches.
    pub fn progress(&self, problem: &Problem, solution: &str, case: &str) -> Progress {
        Progress::of_search(&format!("{} {solution} {case}", problem.number))
    }

    /// Tells one verification.
    pub fn tell(&mut self, problem: &Problem, verification: &Verification) {
        match self.format {
            Format::Human => {
                if self.heading.replace(problem.number) != Some(problem.number) {
                    print(&heading(problem));
                }
                print(&line(verification));
            }
            Format::Json => print(&json_line(verification)),
            Format::Junit => self.cases.push(junit::Case::of_verification(problem, verification)),
        }
    }

    /// Ends the report.
    pub fn end(self, verifications: &[Verification]) {
        match self.format {
            Format::Human => print(&summary(verifications, self.is_weak)),
            Format::Json => {}
            Format::Junit => print(&junit::report(self.cases)),
        }
    }
}

fn heading(problem: &Problem) -> String {
    let title = paint(STRONG, format!("{} {}", problem.number, problem.title));
    let columns =
        columns(["solution", "case", "verdict", "executions", "classes", "states", "time"]);
    format!("\n{title}\n\n{}\n", paint(FAINT, columns))
}

fn columns(columns: [&str; 7]) -> String {
    let [solution, case, verdict, executions, classes, states, time] = columns;
    format!(
        "{solution:<18} {case:<12} {verdict:<12} {executions:>10} {classes:>8} {states:>9} {time:>5}"
    )
}

/// One verification: a line, and what explains it if the case is not verified.
pub fn line(verification: &Verification) -> String {
    let Verification { problem, solution, case, word, survey, elapsed } = verification;
    let color = match word {
        Word::Verified => GOOD,
        Word::Rejected(_) => BAD,
        Word::Inconclusive => OPEN,
    };
    // What is painted is wider than it looks, so its room is filled up beforehand.
    let verdict = paint(color, format!("{:<12}", word.name()));
    let about = if survey.coverage.is_exact() { "" } else { "~" };
    let classes = format!("{about}{}", grouped(survey.coverage.classes()));
    let states = survey.states.map(grouped).unwrap_or_default();
    let seconds = format!("{:.1}s", elapsed.as_secs_f64());
    let executions = grouped(survey.executions);
    let line = columns([solution, case, &verdict, &executions, &classes, &states, &seconds]);
    let line = line.trim_end().to_owned() + "\n";
    match word {
        Word::Verified => line,
        Word::Rejected(evidence) => line + &human::explanation(*problem, solution, evidence),
        Word::Inconclusive => format!("{line}  {}\n", covered(survey)),
    }
}

/// What of a case was covered, and why not all.
fn covered(survey: &Survey) -> String {
    let end = match survey.end {
        End::Unbounded(steps) => {
            let steps = grouped(steps as u64);
            format!("an execution is not over after {steps} steps: a loop that nothing bounds")
        }
        end => end.to_string(),
    };
    match survey.bound {
        Some(0) => format!("verified without preemptions; {end}"),
        Some(1) => format!("verified up to 1 preemption; {end}"),
        Some(bound) => format!("verified up to {bound} preemptions; {end}"),
        None => format!("about {:.0} % of it done; {end}", (survey.done * 100.0).floor()),
    }
}

fn summary(verifications: &[Verification], is_weak: bool) -> String {
    let count =
        |is: fn(&Word) -> bool| verifications.iter().filter(|found| is(&found.word)).count();
    let counts = [
        (count(|word| *word == Word::Verified), "verified", GOOD),
        (count(|word| matches!(word, Word::Rejected(_))), "rejected", BAD),
        (count(|word| *word == Word::Inconclusive), "inconclusive", OPEN),
    ];
    let told = counts.into_iter().filter(|&(number, ..)| number > 0);
    let parts = told.map(|(number, name, color)| paint(color, format!("{number} {name}")));
    let summary = format!("\n{}\n", parts.collect::<Vec<_>>().join(", "));
    // The word is explained where it stands.
    let is_said = |Verification { word, survey, .. }: &Verification| {
        *word == Word::Verified || *word == Word::Inconclusive && survey.bound.is_some()
    };
    if verifications.iter().any(is_said) {
        let note = if is_weak { WEAK_NOTE } else { NOTE };
        format!("{summary}{}\n", paint(FAINT, note))
    } else {
        summary
    }
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    problem: u16,
    solution: &'a str,
    case: &'a str,
    verdict: &'a str,
    executions: u64,
    given_up: u64,
    classes: u64,
    /// How many states were met, if what follows one was run once instead of each class.
    states: Option<u64>,
    /// Up to how many preemptions every execution was run, if they were bounded.
    bound: Option<usize>,
    covered: Option<String>,
    seconds: f64,
    evidence: Option<json::Wrong<'a>>,
}

/// One verification: a line of JSON.
pub fn json_line(verification: &Verification) -> String {
    let Verification { problem, solution, case, word, survey, elapsed } = verification;
    let line = Line {
        kind: "verification",
        problem: *problem,
        solution,
        case,
        verdict: word.name(),
        executions: survey.executions,
        given_up: survey.given_up,
        classes: survey.coverage.classes(),
        states: survey.states,
        bound: survey.bound,
        covered: (*word == Word::Inconclusive).then(|| covered(survey)),
        seconds: elapsed.as_secs_f64(),
        evidence: word.evidence().map(json::wrong),
    };
    serde_json::to_string(&line).expect("a line has no maps with odd keys") + "\n"
}
