//! Where output goes, and in which colours.

use std::io;

use super::{judge, run, written};

/// Whether `judge list`, with `flags` and the variables `environment`, writes colour to its pipe.
#[track_caller]
fn is_coloured(flags: &str, environment: &[(&str, &str)]) -> bool {
    let mut command = judge(&format!("{flags} list"));
    command.envs(environment.iter().copied());
    let [stdout, stderr] = written(&run(command).success());
    assert_eq!(stderr, "");
    stdout.contains("\u{1b}[")
}

#[test]
fn a_pipe_gets_colour_only_when_asked_for() {
    assert!(!is_coloured("", &[]));
    assert!(!is_coloured("--color auto", &[("TERM", "xterm-256color")]));
    assert!(is_coloured("--color always", &[]));
    assert!(is_coloured("", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn no_color_is_honoured_and_the_flag_beats_it() {
    assert!(!is_coloured("", &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]));
    assert!(is_coloured("--color always", &[("NO_COLOR", "1")]));
    assert!(!is_coloured("--color never", &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn colour_changes_no_text() {
    for line in ["list 1115", "run 1115 --impl starter --engine controlled"] {
        let text = |flags: &str| {
            let [stdout, _] = written(&run(judge(&format!("{flags} {line}"))));
            let stdout = anstream::adapter::strip_str(&stdout).to_string();
            // The last lines tell how long it took.
            stdout.split("\n\n1 rejected").next().unwrap_or_default().to_owned()
        };
        assert_eq!(text("--color always"), text(""));
    }
}

#[test]
fn a_reader_who_has_gone_away_is_no_error() {
    for line in ["list", "show 1226", "--help", "run 1115 --impl semaphore --iters 100"] {
        let (reader, writer) = io::pipe().expect("there is room for a pipe");
        drop(reader);
        let mut command = judge(line);
        command.stdout(writer);
        let output = command.spawn().and_then(std::process::Child::wait_with_output);
        let status = output.expect("it starts").status;
        assert_eq!(status.code(), Some(0), "judge {line}");
    }
}

#[test]
fn progress_stays_out_of_pipes() {
    run(judge("run 1115 --iters 1000 --engine controlled")).success().stderr("");
}
