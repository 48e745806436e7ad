//! What people see, whole.

use super::{judge, run, written};

/// Asserts what `judge line` shows and how it ends, as the snapshot `name`.
#[track_caller]
fn shows(name: &str, line: &str) {
    let assert = run(judge(line));
    let [stdout, stderr] = written(&assert);
    let code = assert.get_output().status.code().expect("no signal ended it");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/cli");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.add_filter(r" +\d+\.\ds\n", "  TIME\n");
    settings.bind(|| {
        insta::assert_snapshot!(
            name,
            format!("$ judge {line}\n{stdout}{stderr}[exit code {code}]")
        );
    });
}

#[test]
fn list_shows_problems_and_techniques() {
    shows("list", "list");
}

#[test]
fn list_shows_the_solutions_of_a_problem() {
    shows("list-1115", "list 1115");
}

#[test]
fn show_has_all_that_one_needs_to_begin() {
    shows("show-1115", "show 1115");
}

#[test]
fn run_shows_what_is_accepted() {
    shows("run-accepted", "run 1115 --iters 200");
}

#[test]
fn run_explains_a_wrong_answer() {
    shows("run-wrong-answer", "run foobar --impl early-handover --engine controlled");
}

#[test]
fn run_explains_a_deadlock() {
    shows("run-deadlock", "run 1115 --impl rendezvous-token --engine controlled");
}

#[test]
fn run_explains_what_is_not_concurrent() {
    shows("run-not-concurrent", "run crawler --impl guard-held --engine controlled --case pair");
}

#[test]
fn run_judges_an_input_of_ones_own() {
    shows("run-own-input", "run 1117 --impl semaphore --case HHOOHH --iters 1_000 --seed 7");
}

#[test]
fn run_says_when_nothing_is_selected() {
    shows("run-nothing", "run 1115 --case staged --engine threads");
}

#[test]
fn list_marks_what_verify_has_verified() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let output = |line| {
        let mut command = judge(line);
        command.env("XDG_CACHE_HOME", folder.path());
        let [stdout, _] = written(&run(command).success());
        stdout
    };
    output("verify 1115 --impl semaphore --cores 1");
    let listed = output("list 1115");
    assert!(listed.contains("✓semaphore") && !listed.contains("✓condvar"), "{listed}");
    let table = output("list");
    assert!(table.contains("✓1") && table.contains("✓ verified"), "{table}");
}

#[test]
fn verify_shows_what_is_verified() {
    shows("verify-verified", "verify 1115 --case n1 --case staged --cores 1");
}

#[test]
fn verify_explains_a_wrong_answer() {
    shows("verify-rejected", "verify 1115 --impl early-handover --case n1 --cores 1");
}

#[test]
fn verify_says_how_far_it_came() {
    shows("verify-bounded", "verify 1115 --impl condvar --case n2 --preemptions 1 --cores 1");
}

#[test]
fn verify_says_when_its_budget_is_used_up() {
    let line = "verify 1226 --impl condvar --case all-once --max-executions 500 --cores 1";
    shows("verify-inconclusive", line);
}

#[test]
fn replay_shows_a_wrong_execution() {
    shows("replay-rejected", "replay 1115 --impl early-handover --case n1 --execution 1");
}

#[test]
fn replay_shows_a_right_execution() {
    shows("replay-accepted", "replay 1115 --impl semaphore --case n2 --execution 3 --seed 9");
}

#[test]
fn help_names_commands_and_exit_codes() {
    shows("help", "--help");
}

#[test]
fn each_command_has_help() {
    for command in ["list", "show", "run", "verify", "replay", "new", "crawl", "serve", "doctor"] {
        shows(&format!("help-{command}"), &format!("{command} --help"));
    }
}

#[test]
fn a_command_is_needed() {
    shows("no-command", "");
}
