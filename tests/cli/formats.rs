//! What programs read.

use serde_json::Value;

use super::{judge, run, written};

/// A right answer and a wrong one.
const BOTH: &str =
    "run 1115 --impl semaphore --impl early-handover --engine controlled --iters 100";

/// The lines that `judge line` writes, each read as JSON.
#[track_caller]
fn records(line: &str) -> Vec<Value> {
    let [stdout, stderr] = written(&run(judge(line)).code(1));
    assert_eq!(stderr, "");
    let read = |line: &str| serde_json::from_str(line).expect("each line is one JSON value");
    stdout.lines().map(read).collect()
}

/// The names of the elements that are left open in `xml`.
#[track_caller]
fn open_elements(xml: &str) -> Vec<&str> {
    let mut open = Vec::new();
    for tag in xml.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').expect("a tag ends");
        let name = tag.split_whitespace().next().unwrap_or_default();
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{xml}");
        } else if !tag.starts_with('?') && !tag.ends_with('/') {
            open.push(name);
        }
    }
    open
}

#[test]
fn json_has_one_record_a_line_from_start_to_end() {
    let records = records(&format!("{BOTH} --format json"));
    let kinds: Vec<_> = records.iter().map(|record| record["type"].as_str()).collect();
    assert_eq!(kinds, ["start", "judgement", "judgement", "end"].map(Some));
    let start = serde_json::json!({
        "type": "start", "schema": 1, "seed": 0, "executions": 100, "judgements": 2
    });
    assert_eq!(records[0], start);
    let end = serde_json::json!({"type": "end", "accepted": 1, "rejected": 1, "inconclusive": 0});
    assert_eq!(records[3], end);
}

#[test]
fn json_has_the_verdict_and_its_evidence() {
    let records = records(&format!("{BOTH} --format json"));
    let [accepted, rejected] = [&records[1], &records[2]];
    assert_eq!(accepted["verdict"], "accepted");
    assert_eq!(accepted["evidence"], Value::Null);
    assert_eq!(accepted["executions"], 100);
    assert_eq!(accepted["cases"][0]["outputs"][0]["output"], "foobar");
    assert_eq!(rejected["verdict"], "wrong answer");
    let evidence = &rejected["evidence"];
    assert_eq!((&evidence["case"], &evidence["seed"]), (&"n1".into(), &0.into()));
    assert_eq!(evidence["explanation"][0], "bar begins before foo has ended");
}

#[test]
fn junit_is_one_document_with_a_failure_for_each_rejection() {
    let [stdout, stderr] = written(&run(judge(&format!("{BOTH} --format junit"))).code(1));
    assert_eq!(stderr, "");
    assert!(stdout.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{stdout}");
    assert_eq!(open_elements(&stdout), [""; 0]);
    assert_eq!(stdout.matches("<testsuite ").count(), 1);
    assert_eq!(stdout.matches("<testcase ").count(), 2);
    assert_eq!(stdout.matches("<failure ").count(), 1);
    assert!(stdout.contains("bar begins before foo has ended"), "{stdout}");
}

#[test]
fn no_format_has_colour_in_a_pipe() {
    for format in ["human", "json", "junit"] {
        let [stdout, _] = written(&run(judge(&format!("{BOTH} --format {format}"))));
        assert!(!stdout.contains('\u{1b}'), "{stdout}");
    }
}
