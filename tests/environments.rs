//! Whatever surrounds the judge, a wrong solution is never accepted.
//!
//! `JUDGE_ENVIRONMENTS=1000 cargo test -p tests --test tests environments` tries so many.

use std::{
    env,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Stdio},
};

use judge::engine::strategy::Generator;

/// Variables that somebody in the process might listen to, with values that could hurt.
const VARIABLES: &[(&str, &[&str])] = &[
    ("INSTA_UPDATE", &["always", "force", "no", "new", "unseen", "bogus"]),
    ("INSTA_FORCE_PASS", &["1"]),
    ("INSTA_OUTPUT", &["none", "diff"]),
    ("INSTA_WORKSPACE_ROOT", &["/nowhere", "/"]),
    ("INSTA_PENDING_DIR", &["/nowhere", "/"]),
    ("INSTA_REQUIRE_FULL_MATCH", &["1"]),
    ("INSTA_SNAPSHOT_REFERENCES_FILE", &["/dev/full"]),
    ("CI", &["1", "true", ""]),
    ("RUST_BACKTRACE", &["1", "full", "0"]),
    ("RUST_LIB_BACKTRACE", &["1"]),
    ("RUST_LOG", &["trace"]),
    ("RUST_MIN_STACK", &["1", "99999999999999", "no"]),
    ("RUST_TEST_THREADS", &["0"]),
    ("TOKIO_WORKER_THREADS", &["0", "1000"]),
    ("RAYON_NUM_THREADS", &["0", "1000"]),
    ("TERM", &["", "dumb", "xterm-256color", "\u{1b}[2J"]),
    ("COLUMNS", &["0", "1", "-1", "99999999999"]),
    ("NO_COLOR", &["1"]),
    ("CLICOLOR_FORCE", &["1"]),
    ("LANG", &["tr_TR.UTF-8", "C", "xx_YY", ""]),
    ("LC_ALL", &["de_DE", "POSIX"]),
    ("HOME", &["", "/nowhere", "/dev/null"]),
    ("XDG_CACHE_HOME", &["", "/nowhere", "/proc", "/sys", "/dev/full", "relative"]),
    ("TMPDIR", &["/nowhere", ""]),
    ("PATH", &["", "/nowhere"]),
    ("MALLOC_ARENA_MAX", &["1"]),
    ("MALLOC_PERTURB_", &["170"]),
    ("GLIBC_TUNABLES", &["glibc.malloc.tcache_count=0", "nothing"]),
    ("LD_PRELOAD", &["/nowhere.so"]),
    ("LD_LIBRARY_PATH", &["/nowhere"]),
    ("TZ", &["Nowhere/Land", ""]),
    ("CARGO_MANIFEST_DIR", &["/nowhere"]),
];

/// What is done to the process before it begins, in the shell's words.
const SURROUNDINGS: &[&str] = &[
    "",
    "exec <&-;",
    "exec 2>&-;",
    "exec <&- 2>&-;",
    "ulimit -n 64;",
    "ulimit -n 24;",
    "ulimit -c unlimited;",
    "ulimit -v 8000000;",
    "ulimit -s 1024;",
    "umask 777;",
    "cd /;",
    "cd /proc/self;",
    "/bin/mkdir gone; cd gone; /bin/rmdir ../gone;",
    "trap '' INT TERM HUP PIPE CHLD;",
];

/// How many environments are tried: here, and by whoever asks for more.
fn count() -> u64 {
    env::var("JUDGE_ENVIRONMENTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40)
}

/// Right, wrong, and one that exits as if all were well.
const SOLUTIONS: &str = "--impl upright --impl early-handover --impl exit-0 --impl exit-after";

fn command(number: u64, folder: &Path) -> (String, Command) {
    let mut draw = Generator::new(6, number);
    let before = SURROUNDINGS[draw.below(SURROUNDINGS.len())];
    let program = env!("CARGO_BIN_EXE_hostile-judge");
    let engine = ["controlled", "threads"][draw.below(2)];
    let options = format!("--engine {engine} --iters 200 --format json --case n2");
    let line = format!("{before} exec {program} run 1115 {SOLUTIONS} {options}");
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(&line).env_clear().stdin(Stdio::null()).current_dir(folder);
    let mut told = line;
    for (name, values) in VARIABLES {
        if draw.below(3) == 0 {
            let value = values[draw.below(values.len())];
            command.env(name, value);
            told = format!("{name}={value:?} {told}");
        }
    }
    (told, command)
}

#[test]
fn the_verdicts_are_the_same_in_every_environment() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let read_only = std::fs::Permissions::from_mode(0o555);
    std::fs::set_permissions(folder.path(), read_only).expect("it is ours");
    let expected = ["accepted", "wrong answer", "exited", "exited"];
    for number in 0..count() {
        let (told, mut command) = command(number, folder.path());
        let output = command.output().expect("the shell starts");
        let stdout = String::from_utf8_lossy(&output.stdout);
        let found: Vec<&str> = stdout.lines().filter_map(verdict).collect();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(found, expected, "{told}\n{stderr}");
        assert_eq!(output.status.code(), Some(1), "{told}\n{stderr}");
    }
}

/// The verdict in a record.
fn verdict(line: &str) -> Option<&str> {
    line.split_once("\"verdict\":\"")?.1.split('"').next()
}

#[test]
fn nobody_reads_the_report_and_the_exit_code_says_it_all() {
    let program = env!("CARGO_BIN_EXE_hostile-judge");
    for closed in [">&-", ">&- 2>&-", ">/dev/full", ">/dev/full 2>/dev/full"] {
        let run = |solution: &str| {
            let line = format!("exec {program} run 1115 --impl {solution} --case n1 {closed}");
            let status = Command::new("/bin/sh").arg("-c").arg(line).env_clear().status();
            status.expect("the shell starts").code()
        };
        assert_eq!([run("upright"), run("exit-0")], [Some(0), Some(1)], "{closed}");
    }
}
