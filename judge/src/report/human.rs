//! Judgements as people read them.

use engine::{Limits, strategy::StrategyKind};
use problems::Problem;

use super::{
    failing,
    style::{BAD, FAINT, GOOD, Glyphs, OPEN, STRONG, paint},
    timeline::{self, Scene},
    wrap::{self, statement, wrapped},
};
use crate::{EngineKind, Evidence, Judgement, Kept, Tally, Verdict, number::grouped};

/// What the columns `classes` and `new` mean.
const NEW: &str = "classes: interleavings that differ in more than the order of independent steps;\n\
                   new: the estimated chance that the next execution shows one more";

/// The lines above a problem's judgements.
pub fn heading(problem: &Problem) -> String {
    let title = paint(STRONG, format!("{} {}", problem.number, problem.title));
    let columns = columns(["solution", "engine", "verdict", "executions", "classes", "new"]);
    format!("\n{title}\n\n{}\n", paint(FAINT, columns))
}

/// One judgement: a line, and what explains it if it is not accepted.
pub fn judgement(judgement: &Judgement) -> String {
    let (executions, [classes, new]) = (grouped(judgement.executions), coverage(judgement));
    let (solution, engine) = (judgement.solution, judgement.engine.name());
    let verdict = judgement.verdict.name();
    let color = match judgement.verdict {
        Verdict::Accepted => GOOD,
        Verdict::Rejected(_) => BAD,
        Verdict::Stopped => OPEN,
    };
    // What is painted is wider than it looks, so its room is filled up beforehand.
    let verdict = paint(color, format!("{verdict:<18}"));
    let line = columns([solution, engine, &verdict, &executions, &classes, &new]);
    let line = line.trim_end().to_owned() + "\n";
    match judgement.verdict.evidence() {
        Some(evidence) => line + &explanation(judgement.problem, judgement.solution, evidence),
        None => line,
    }
}

fn columns([solution, engine, verdict, executions, classes, new]: [&str; 6]) -> String {
    format!("{solution:<22} {engine:<10} {verdict:<18} {executions:>11} {classes:>8} {new:>6}")
}

/// How many interleaving classes were seen, and the chance that the next execution shows another.
fn coverage(judgement: &Judgement) -> [String; 2] {
    let Some(coverage) = judgement.coverage() else { return Default::default() };
    let about = if coverage.is_exact { "" } else { "~" };
    [format!("{about}{}", grouped(coverage.classes)), percent(coverage.chance_of_new)]
}

/// What explains why `solution` is rejected, and how to see it again.
pub(super) fn explanation(problem: u16, solution: &str, evidence: &Evidence) -> String {
    let scene = Scene::of(evidence);
    let mut lines = vec![String::new(), title(evidence)];
    let explained = evidence.explain();
    lines.extend(explained.iter().map(|line| statement(4, line)));
    if evidence.strict_only {
        lines.push("  LeetCode grade: accepted; it looks at the output only".to_owned());
    }
    lines.push(String::new());
    if let Some(scene) = scene {
        lines.push(timeline::short(&scene, Glyphs::chosen()));
    }
    lines.extend(how_to_see_it_again(problem, solution, evidence));
    lines.iter().fold(String::new(), |text, line| text + line.trim_end_matches(' ') + "\n")
}

/// What it is, where it was found, and how much it takes.
fn title(evidence: &Evidence) -> String {
    let name = paint(BAD, evidence.rejection.name());
    let execution = grouped(evidence.execution);
    let found = format!("  {name} in execution {execution} of case {}", evidence.case);
    let (Some(witness), Some(trace)) = (&evidence.witness, &evidence.trace) else { return found };
    let size = failing::size(witness, trace.steps.len());
    let whole = format!("{found}: {size}");
    if wrap::width(&whole) <= wrap::WIDTH { whole } else { format!("{found}:\n    {size}") }
}

fn how_to_see_it_again(problem: u16, solution: &str, evidence: &Evidence) -> Vec<String> {
    if evidence.engine == EngineKind::Threads {
        let hint = "OS threads cannot be replayed; try --engine controlled";
        return vec![format!("  {}", paint(FAINT, hint))];
    }
    match &evidence.kept {
        Kept::As(handle) => vec![format!("  judge replay {handle}")],
        Kept::No => vec![command(problem, solution, evidence)],
        Kept::Failed(reason) => vec![
            command(problem, solution, evidence),
            wrapped(&format!("  {}", paint(FAINT, format!("there is no record of it: {reason}")))),
        ],
    }
}

/// The command that runs the execution again as it was found.
fn command(problem: u16, solution: &str, evidence: &Evidence) -> String {
    let Evidence { case, seed, execution, strategy, limits, .. } = evidence;
    let mut parts = vec![
        format!("judge replay {problem}"),
        format!("--impl {solution}"),
        format!("--case {case}"),
        format!("--seed {seed}"),
        format!("--execution {execution}"),
    ];
    let default = Limits::default();
    if *strategy != StrategyKind::default() {
        parts.push(format!("--strategy {}", strategy.name()));
    }
    if limits.spurious != default.spurious {
        parts.push("--no-spurious".to_owned());
    }
    if limits.weak_memory != default.weak_memory {
        parts.push("--weak-memory".to_owned());
    }
    if limits.steps != default.steps {
        parts.push(format!("--max-steps {}", limits.steps));
    }
    wrap::command(2, &parts)
}

/// The lines below everything. No time stands here: the same seed prints the same bytes.
pub fn summary(tally: &Tally) -> String {
    let &Tally { accepted, rejected, stopped, .. } = tally;
    let mut parts = Vec::new();
    for (number, name, color) in
        [(accepted, "accepted", GOOD), (rejected, "rejected", BAD), (stopped, "stopped", OPEN)]
    {
        if number > 0 {
            parts.push(paint(color, format!("{number} {name}")));
        }
    }
    let note = paint(FAINT, NEW);
    format!("\n{}\n{note}\n", parts.join(", "))
}

/// A probability in percent, with as many digits as say something.
fn percent(chance: f64) -> String {
    let percent = chance * 100.0;
    if percent == 0.0 || percent >= 10.0 {
        format!("{percent:.0} %")
    } else if percent >= 0.1 {
        format!("{percent:.1} %")
    } else {
        "<0.1 %".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percentages_show_what_they_know() {
        let texts = [0.0, 0.000_01, 0.0012, 0.5, 1.0].map(percent);
        assert_eq!(texts, ["0 %", "<0.1 %", "0.1 %", "50 %", "100 %"]);
    }
}
