//! Whatever surrounds the judge, a wrong solution is never accepted.
//!
//! `JUDGE_ENVIRONMENTS=1000 cargo test -p tests --test tests environments` tries so many.

use std::{
    env,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output, Stdio},
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
    "ulimit -S -f 0;",
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

/// The verdicts on them, in every environment.
const EXPECTED: [&str; 4] = ["accepted", "wrong answer", "exited", "exited"];

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
    for number in 0..count() {
        let (told, mut command) = command(number, folder.path());
        is_as_ever(&command.output().expect("the shell starts"), &told);
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

/// Has `shell` judge [`SOLUTIONS`] after `before`, and gives what came of it.
fn judged(shell: &[&str], before: &str) -> Output {
    let judge = env!("CARGO_BIN_EXE_hostile-judge");
    let options = "--engine controlled --iters 200 --format json --case n2";
    let line = format!("{before} exec {judge} run 1115 {SOLUTIONS} {options}");
    let mut command = Command::new(shell[0]);
    command.args(&shell[1..]).arg(line).env_clear().stdin(Stdio::null());
    command.output().expect("the shell starts")
}

/// Any shell.
const SHELL: [&str; 2] = ["/bin/sh", "-c"];

/// A shell with disks of its own, where everybody may have a name space.
const SHELL_APART: [&str; 4] = ["unshare", "-rm", "/bin/sh", "-c"];

#[test]
fn a_disk_that_is_full_or_only_read_costs_the_record_and_not_the_verdict() {
    let apart = Command::new("unshare").args(["-rm", "true"]).output();
    let has_disks = apart.is_ok_and(|output| output.status.success());
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let disk = folder.path().display();
    let surroundings =
        format!("export XDG_CACHE_HOME={disk} TMPDIR={disk} HOME={disk}; cd {disk};");
    for options in ["size=4k", "ro", "nr_inodes=1"] {
        let fill = "cat /dev/zero 2>/dev/null >all;";
        let mount =
            format!("mount -t tmpfs -o {options} tmpfs {disk} || exit 99; {surroundings} {fill}");
        let output = if has_disks {
            judged(&SHELL_APART, &mount)
        } else {
            judged(&SHELL, &format!("{surroundings} ulimit -S -f 0;"))
        };
        is_as_ever(&output, options);
    }
}

#[test]
fn where_records_cannot_lie_the_verdicts_are_the_same() {
    for cache in ["/dev/full", "/dev/null", "/proc", "/nowhere", "/dev/full/cache"] {
        is_as_ever(&judged(&SHELL, &format!("export XDG_CACHE_HOME={cache};")), cache);
    }
}

/// The verdicts and the exit code are those of any environment.
#[track_caller]
fn is_as_ever(output: &Output, told: &str) {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let found: Vec<&str> = stdout.lines().filter_map(verdict).collect();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(found, EXPECTED, "{told}: {stderr}");
    assert_eq!(output.status.code(), Some(1), "{told}: {stderr}");
    assert!(!stderr.contains("panicked"), "{told}: {stderr}");
}

#[test]
fn where_no_file_may_grow_nothing_is_judged_and_the_exit_code_says_so() {
    let output = judged(&SHELL, "ulimit -f 0;");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("cannot start a worker"), "{stderr}");
}
