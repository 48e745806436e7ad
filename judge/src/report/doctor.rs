//! What holds on a machine, one line for each finding.

use super::style::{BAD, GOOD, paint};
use crate::supervisor::Finding;

/// The findings, as people read them.
pub(crate) fn findings(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        let (color, word) = if finding.holds { (GOOD, "holds") } else { (BAD, "fails") };
        // What is painted is wider than it looks, so its room is filled up beforehand.
        format!("{} {:<28} {}\n", paint(color, format!("{word:<6}")), finding.what, finding.detail)
    };
    findings.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::supervisor::Finding;

    #[test]
    fn each_finding_is_a_line() {
        let finding = |holds| Finding { what: "Landlock", holds, detail: "in part".to_owned() };
        let text = findings(&[finding(true), finding(false)]);
        let text = anstream::adapter::strip_str(&text).to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "holds  Landlock                     in part",
                "fails  Landlock                     in part"
            ]
        );
    }
}
