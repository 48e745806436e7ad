//! `judge serve`: a site to try a crawl on.

use std::{
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use rustix::process::{Pid, Signal, kill_process};

use super::{judge, run, written};

#[test]
fn what_is_served_can_be_crawled() {
    let mut command = judge("serve");
    command.arg("star 8, 1 ms").stdout(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
    let mut line = String::new();
    while !line.contains("judge crawl") {
        line.clear();
        stdout.read_line(&mut line).expect("it is text");
    }
    let crawl =
        line.trim().trim_start_matches("judge ").to_owned() + " --workers 3 --ignore-robots";
    let [told, _] = written(&run(judge(&crawl)).code(0));
    assert!(told.contains("\n9 pages in "), "{told}");
    kill_process(Pid::from_child(&child), Signal::INT).expect("it still runs");
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).expect("it is text");
    assert_eq!(child.wait().expect("it has ended").code(), Some(130));
    assert!(rest.starts_with("\nCtrl-C ends it\n\n9 requests for 9 URLs, "), "{rest}");
}

#[test]
fn what_cannot_be_served_is_refused_in_one_sentence() {
    let serve = |site: &str| {
        let mut command = judge("serve");
        let [stdout, stderr] = written(
            &run({
                command.arg(site);
                command
            })
            .code(2),
        );
        assert_eq!(stdout, "", "{site}");
        stderr
    };
    let known = "error: \"comet\" must be a site, such as diamond, star 8, or random 40 seed 7\n";
    assert_eq!(serve("comet"), known);
    assert!(serve("traps").contains("are one page to HTTP"));
}
