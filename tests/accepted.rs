//! Right answers are accepted, and all show the one output that people have accepted.

use std::{collections::BTreeSet, path::PathBuf};

use judge::{
    EngineKind, Input, Judge,
    problems::{self, Case, Problem},
};

use crate::catalogue::{right, told};

/// The canonical outputs that the right answers to `problem` show of `case`.
#[track_caller]
fn outputs(problem: &Problem, case: &Case, engine: EngineKind, executions: u64) -> Vec<String> {
    // Nothing to compare with: the snapshot is what is asserted here.
    let input = Input { accepted: None, ..Input::from(case) };
    let judge = Judge { executions, inputs: vec![input], ..Judge::default() };
    let mut texts = BTreeSet::new();
    for solution in problem.solutions {
        let judgement = judge.judge(problem, solution, engine);
        assert!(judgement.verdict.is_accepted(), "{}: {}", problem.number, told(&judgement));
        let seen = judgement.cases.into_iter().flat_map(|seen| seen.outputs.seen);
        texts.extend(seen.map(|output| output.text));
    }
    texts.into_iter().collect()
}

#[track_caller]
fn all_are_accepted(judge: &Judge, engine: EngineKind) {
    for (problem, solution) in right() {
        let judgement = judge.judge(problem, solution, engine);
        assert!(judgement.verdict.is_accepted(), "{}: {}", problem.number, told(&judgement));
    }
}

/// Where the accepted outputs of `problem` lie.
fn folder(problem: &Problem) -> PathBuf {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../problems/src");
    PathBuf::from(top).join(problem.folder).join("snapshots")
}

#[test]
fn every_case_shows_its_accepted_output_under_control() {
    for problem in problems::ALL {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder(problem));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| {
            for case in problem.cases {
                let outputs = outputs(problem, case, EngineKind::Controlled, 300);
                let [output] = &outputs[..] else {
                    panic!(
                        "{} {} has more than one output: {outputs:#?}",
                        problem.number, case.name
                    )
                };
                insta::assert_snapshot!(case.name, output);
            }
        });
    }
}

#[test]
fn every_case_shows_its_accepted_output_on_threads() {
    for problem in problems::ALL {
        for case in problem.cases.iter().filter(|case| !case.starts.needs_control()) {
            let outputs = outputs(problem, case, EngineKind::Threads, 100);
            assert_eq!(outputs, [case.accepted()], "{} {}", problem.number, case.name);
        }
    }
}

#[test]
fn the_judge_reads_snapshots_as_insta_writes_them() {
    for problem in problems::ALL {
        for case in problem.cases {
            let file = folder(problem).join(case.name).with_extension("snap");
            let snapshot = insta::Snapshot::from_file(&file).expect("each case has a snapshot");
            let text = snapshot.as_text().expect("it is text").to_string();
            assert_eq!(case.accepted(), text.trim_end(), "{}", file.display());
        }
    }
}

#[test]
fn every_solution_is_accepted_under_control_at_any_seed() {
    for seed in [0, 1, 0xF00_BA5] {
        let judge = Judge { executions: 2_000, seed, ..Judge::default() };
        all_are_accepted(&judge, EngineKind::Controlled);
    }
}

#[test]
fn every_solution_is_accepted_on_threads() {
    let judge = Judge { executions: 200, ..Judge::default() };
    all_are_accepted(&judge, EngineKind::Threads);
}
