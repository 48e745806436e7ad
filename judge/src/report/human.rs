//! Judgements as people read them.

use problems::Problem;

use super::{
    steps,
    style::{BAD, FAINT, GOOD, OPEN, STRONG, paint},
};
use crate::{EngineKind, Evidence, Judgement, Verdict};

/// How many steps of a wrong execution are shown: the last ones, which matter most.
const STEPS: usize = 24;

/// The line above a problem's judgements.
pub fn heading(problem: &Problem) -> String {
    format!("\n{}\n", paint(STRONG, format!("{} {}", problem.number, problem.title)))
}

/// One judgement: a line, and what explains it if it is not accepted.
pub fn judgement(judgement: &Judgement) -> String {
    let verdict = &judgement.verdict;
    let color = match verdict {
        Verdict::Accepted => GOOD,
        Verdict::Rejected(_) => BAD,
        Verdict::Stopped => OPEN,
    };
    let verdict_text = paint(color, format!("{verdict:<18}"));
    let solution = paint(STRONG, format!("{:<22}", judgement.solution));
    let line = format!("{solution} {:<10} {verdict_text} {}\n", judgement.engine, seen(judgement));
    match verdict.evidence() {
        Some(evidence) => line + &explanation(judgement, evidence),
        None => line,
    }
}

/// How much was seen.
fn seen(judgement: &Judgement) -> String {
    let executions = format!("{} runs", grouped(judgement.executions));
    let Some(coverage) = judgement.coverage() else { return executions };
    let about = if coverage.is_exact { "" } else { "~" };
    let new = percent(coverage.chance_of_new);
    format!("{executions}, {about}{} classes, {new} new", grouped(coverage.classes))
}

fn explanation(judgement: &Judgement, evidence: &Evidence) -> String {
    let mut text = format!(
        "\n  {} in execution {} of case {}\n",
        evidence.rejection.name(),
        grouped(evidence.execution),
        evidence.case,
    );
    for line in evidence.rejection.explain() {
        text += &format!("    {line}\n");
    }
    if evidence.strict_only {
        text += "  LeetCode grade: accepted; it looks at the output only\n";
    }
    if let Some(trace) = &evidence.trace {
        text.push('\n');
        text += &steps::last(trace, &evidence.told, STEPS);
    }
    text + &format!("\n  {}\n\n", how_to_see_it_again(judgement, evidence))
}

fn how_to_see_it_again(judgement: &Judgement, evidence: &Evidence) -> String {
    let Judgement { problem, solution, .. } = judgement;
    let Evidence { case, seed, execution, engine, .. } = evidence;
    match engine {
        EngineKind::Controlled => format!(
            "judge replay {problem} --impl {solution} --case {case} --seed {seed} \
             --execution {execution}"
        ),
        EngineKind::Threads => {
            paint(FAINT, "OS threads cannot be replayed; try --engine controlled")
        }
    }
}

/// The line below everything.
pub fn summary(judgements: &[Judgement]) -> String {
    let count = |is: fn(&Verdict) -> bool| judgements.iter().filter(|j| is(&j.verdict)).count();
    let accepted = count(Verdict::is_accepted);
    let rejected = count(|verdict| matches!(verdict, Verdict::Rejected(_)));
    let stopped = count(|verdict| matches!(verdict, Verdict::Stopped));
    let mut parts = Vec::new();
    for (number, name, color) in
        [(accepted, "accepted", GOOD), (rejected, "rejected", BAD), (stopped, "stopped", OPEN)]
    {
        if number > 0 {
            parts.push(paint(color, format!("{number} {name}")));
        }
    }
    let seconds: f64 = judgements.iter().map(|judgement| judgement.elapsed.as_secs_f64()).sum();
    format!("\n{} in {seconds:.1} s\n", parts.join(", "))
}

/// A number with its thousands apart: 10,000.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
    use super::{grouped, percent};

    #[test]
    fn thousands_stand_apart() {
        let texts = [0, 999, 1000, 1_234_567].map(grouped);
        assert_eq!(texts, ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn percentages_show_what_they_know() {
        let texts = [0.0, 0.000_01, 0.0012, 0.5, 1.0].map(percent);
        assert_eq!(texts, ["0 %", "<0.1 %", "0.1 %", "50 %", "100 %"]);
    }
}
