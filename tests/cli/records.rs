//! Records of wrong executions: written when one is found, found again by handle or file, and told
//! apart from code that has changed.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{judge, run, unbroken, written};

/// An answer that is wrong, and judged quickly.
const WRONG: &str = "1115 --impl early-handover --engine controlled --case n1";

/// `judge line` with the cache in `folder`: what it writes, and its exit code.
#[track_caller]
fn judged(folder: &Path, line: &str) -> ([String; 2], Option<i32>) {
    let mut command = judge(line);
    command.env("XDG_CACHE_HOME", folder);
    let assert = run(command);
    (written(&assert), assert.get_output().status.code())
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("there is room for a folder")
}

/// The handle that a report ends with.
#[track_caller]
fn handle(report: &str) -> &str {
    let line = report.lines().find_map(|line| line.strip_prefix("  judge replay "));
    line.expect("a rejection has a handle")
}

/// What follows the table of a judgement, up to the timeline.
fn explanation(report: &str) -> Option<&str> {
    report.lines().map(str::trim).find(|line| line.starts_with("word 0"))
}

#[test]
fn a_handle_replays_to_the_same_verdict() {
    let folder = folder();
    let ([report, _], code) = judged(folder.path(), &format!("run {WRONG}"));
    assert_eq!(code, Some(1));
    let handle = handle(&report);
    assert!(handle.len() <= 21, "{handle} is long to type");
    for typed in [handle.to_owned(), handle.to_uppercase()] {
        let ([replayed, _], code) = judged(folder.path(), &format!("replay {typed}"));
        assert_eq!(code, Some(1));
        assert_eq!(explanation(&replayed), explanation(&report), "{replayed}");
    }
}

#[test]
fn a_record_is_small_and_the_only_file_written() {
    let folder = folder();
    judged(folder.path(), &format!("run {WRONG}"));
    let records = fs::read_dir(folder.path().join("judge")).expect("the cache is there");
    let sizes: Vec<u64> = records
        .map(|record| record.and_then(|record| record.metadata()).expect("it is a file").len())
        .collect();
    assert!(matches!(sizes[..], [size] if size <= 4096), "{sizes:?}");
}

#[test]
fn a_saved_schedule_replays_where_there_is_no_cache() {
    let (here, elsewhere) = (folder(), folder());
    let file = here.path().join("saved.json");
    let file = file.to_str().expect("the name is text");
    let ([report, _], _) = judged(here.path(), &format!("run {WRONG} --save {file}"));
    let again = format!("replay {file} --save {file}.again");
    let ([replayed, _], code) = judged(elsewhere.path(), &again);
    assert_eq!((code, explanation(&replayed)), (Some(1), explanation(&report)));
    let read = |file: &str| fs::read_to_string(file).expect("it was written");
    assert_eq!(read(file), read(&format!("{file}.again")));
}

#[test]
fn a_replay_that_no_longer_fits_says_where_it_parts() {
    let folder = folder();
    let file = folder.path().join("saved.json");
    let line = format!("run {WRONG} --save {}", file.display());
    judged(folder.path(), &line);
    let record = fs::read_to_string(&file).expect("it was written");
    let other = record.replace("notifies one on condvar #0", "notifies all on condvar #0");
    fs::write(&file, other).expect("there is room for it");
    let ([stdout, stderr], code) = judged(folder.path(), &format!("replay {}", file.display()));
    assert_eq!((stdout.as_str(), code), ("", Some(5)));
    for part in [
        "error: the code is not what it was: at step 3 the record has\n",
        "    foo notifies all on condvar #0 at early_handover.rs:22\n",
        "  and the code has\n    foo notifies one on condvar #0 at early_handover.rs:22\n",
    ] {
        assert!(stderr.contains(part), "{part:?} is not in:\n{stderr}");
    }
}

/// The schedule in a record, as it is written there.
fn schedule_in(record: &str) -> &str {
    let (_, rest) = record.split_once("\"schedule\":").expect("a record has a schedule");
    rest.split(',').next().expect("other fields follow")
}

#[test]
fn a_schedule_made_for_others_is_refused_or_told_apart() {
    let folder = folder();
    let file = folder.path().join("saved.json");
    judged(folder.path(), &format!("run {WRONG} --save {}", file.display()));
    let record = fs::read_to_string(&file).expect("it was written");
    let found = schedule_in(&record);
    let schedules = [(found, "\"1xx\"", 2), (found, "\"2.2.1.1\"", 5)];
    let formats = [("\"judge\":1", "\"judge\":99", 2), ("{", "", 2)];
    for (before, after, expected) in schedules.into_iter().chain(formats) {
        fs::write(&file, record.replacen(before, after, 1)).expect("there is room for it");
        let (_, code) = judged(folder.path(), &format!("replay {}", file.display()));
        assert_eq!(code, Some(expected), "{after}");
    }
}

#[test]
fn a_cache_that_cannot_be_written_is_told_and_changes_no_verdict() {
    let folder = folder();
    let file = folder.path().join("no-folder");
    fs::write(&file, "").expect("there is room for it");
    let ([report, _], code) = judged(&file, &format!("run {WRONG}"));
    assert_eq!(code, Some(1));
    let command = "judge replay 1115 --impl early-handover --case n1 --seed 0 --execution";
    for part in [command, "there is no record of it: "] {
        assert!(report.contains(part), "{part:?} is not in:\n{report}");
    }
}

#[test]
fn an_unknown_handle_brings_the_nearest_one() {
    let folder = folder();
    let ([report, _], _) = judged(folder.path(), &format!("run {WRONG}"));
    let handle = handle(&report);
    let ([_, stderr], code) = judged(folder.path(), "replay 1115-early-hand-00000");
    assert_eq!(code, Some(2));
    assert!(unbroken(&stderr).contains(&format!("did you mean {handle:?}?")), "{stderr}");
}

#[test]
fn the_same_seed_writes_the_same_record_and_the_same_page() {
    let folder = folder();
    let files = |name: &str| {
        let path = |end: &str| folder.path().join(format!("{name}.{end}"));
        let (record, page) = (path("json"), path("html"));
        let line = format!("run {WRONG} --save {} --html {}", record.display(), page.display());
        judged(folder.path(), &line);
        [record, page].map(|file| fs::read_to_string(file).expect("it was written"))
    };
    assert_eq!(files("first"), files("second"));
}
