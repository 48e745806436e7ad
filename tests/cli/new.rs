//! `judge new` in a checkout that holds nothing but the practice folder.

use std::{fs, path::PathBuf, process::Command};

use assert_cmd::assert::Assert;
use judge::problems::{self, Problem};
use tempfile::TempDir;

use super::{judge, run, unbroken, written};

const FOLDER: &str = "problems/src/practice";
const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The list of a new checkout, whatever the one that the tests run in has by now.
const LIST: &str = "\
//! Your own answers.

use crate::Solution;

/// Your answers, each with the number of its problem.
pub const ALL: &[(u16, Solution)] = &[];
";

/// A checkout, gone when dropped.
struct Checkout(TempDir);

impl Checkout {
    fn new() -> Self {
        let top = tempfile::tempdir().expect("there is room for a folder");
        let folder = top.path().join(FOLDER);
        fs::create_dir_all(&folder).expect("the folder is ours");
        fs::write(folder.join("mod.rs"), LIST).expect("the folder is ours");
        Self(top)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(FOLDER).join(name)
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.file(name)).expect("the file is there")
    }

    #[track_caller]
    fn new_answer(&self, problem: &Problem, name: &str) -> Assert {
        let mut command = judge(&format!("new {} {name}", problem.number));
        command.current_dir(self.0.path());
        run(command)
    }

    /// How many files there are, the list among them.
    fn files(&self) -> usize {
        fs::read_dir(self.0.path().join(FOLDER)).expect("the folder is there").count()
    }
}

#[test]
fn the_file_is_the_starter_with_a_header_of_its_own() {
    let checkout = Checkout::new();
    for problem in problems::ALL {
        checkout.new_answer(problem, "nobodys").success().stderr("");
        let text = checkout.text(&format!("p{}_nobodys.rs", problem.number));
        let (header, code) = text.split_once('\n').expect("there are lines");
        assert_eq!(header, format!("//! My answer to {} {}.", problem.number, problem.title));
        let (_, starter) = problem.starter.split_once("\n\n").expect("the header ends");
        assert_eq!(code.trim_start(), starter);
    }
}

#[test]
fn the_list_names_each_answer_with_its_problem() {
    let checkout = Checkout::new();
    for problem in problems::ALL {
        checkout.new_answer(problem, "nobodys").success();
        checkout.new_answer(problem, "nobodys-other").success();
    }
    let list = checkout.text("mod.rs");
    for problem in problems::ALL {
        for name in ["nobodys", "nobodys-other"] {
            let module = format!("p{}_{}", problem.number, name.replace('-', "_"));
            assert!(list.contains(&format!("mod {module};\n")), "{list}");
            let entry = format!("crate::{}::solution::<{module}::Starter>(", problem.folder);
            assert!(list.contains(&entry), "{list}");
        }
    }
}

#[test]
fn what_is_written_needs_no_formatting() {
    let checkout = Checkout::new();
    for problem in problems::ALL {
        checkout.new_answer(problem, "nobodys").success();
        checkout.new_answer(problem, "nobodys-longer-name").success();
    }
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.args(["--check", "--edition", "2024", "--config-path", TOP]);
    rustfmt.arg(checkout.file("mod.rs"));
    // A toolchain may come without it.
    if let Ok(output) = rustfmt.output() {
        let difference = String::from_utf8_lossy(&output.stdout);
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{difference}{complaint}");
    }
}

#[test]
fn it_says_where_the_file_is_and_what_comes_next() {
    let checkout = Checkout::new();
    let foobar = judge::find_problem("foobar").expect("1115 is one of the problems");
    let [stdout, _] = written(&checkout.new_answer(foobar, "nobodys").success());
    insta::assert_snapshot!(stdout, @r"
    problems/src/practice/p1115_nobodys.rs is yours now; it compiles, and does not wait for anything yet.

      cargo judge show 1115
      cargo judge run 1115 --impl nobodys
    ");
}

#[test]
fn a_folder_inside_a_checkout_will_do() {
    let checkout = Checkout::new();
    let mut command = judge("new 1115 nobodys");
    command.current_dir(checkout.0.path().join("problems/src"));
    run(command).success();
    assert!(checkout.file("p1115_nobodys.rs").is_file());
}

#[test]
fn bad_names_and_taken_names_are_refused_and_nothing_is_written() {
    let checkout = Checkout::new();
    let before = checkout.text("mod.rs");
    let foobar = judge::find_problem("foobar").expect("1115 is one of the problems");
    for name in ["Mine", "1st", "my_own", "mine-", "../mine", "über"] {
        let [_, stderr] = written(&checkout.new_answer(foobar, name).code(2).stdout(""));
        assert!(stderr.starts_with(&format!("error: {name:?} cannot be a name: ")), "{stderr}");
    }
    for name in ["semaphore", "starter", "all"] {
        let [_, stderr] = written(&checkout.new_answer(foobar, name).code(2).stdout(""));
        assert!(stderr.contains(&format!("{name:?} already; choose another")), "{stderr}");
    }
    assert_eq!((checkout.text("mod.rs"), checkout.files()), (before, 1));
}

#[test]
fn a_file_that_exists_is_not_overwritten() {
    let checkout = Checkout::new();
    let foobar = judge::find_problem("foobar").expect("1115 is one of the problems");
    checkout.new_answer(foobar, "nobodys").success();
    fs::write(checkout.file("p1115_nobodys.rs"), "// An evening's work.\n").expect("it is ours");
    let list = checkout.text("mod.rs");
    let [_, stderr] = written(&checkout.new_answer(foobar, "nobodys").code(2).stdout(""));
    let said = unbroken(&stderr);
    assert!(said.ends_with("p1115_nobodys.rs exists already; choose another name"), "{stderr}");
    assert_eq!(checkout.text("p1115_nobodys.rs"), "// An evening's work.\n");
    assert_eq!(checkout.text("mod.rs"), list);
}

#[test]
fn a_folder_outside_a_checkout_is_refused() {
    let elsewhere = tempfile::tempdir().expect("there is room for a folder");
    let mut command = judge("new 1115 nobodys");
    command.current_dir(elsewhere.path());
    let [_, stderr] = written(&run(command).code(2).stdout(""));
    let said = unbroken(&stderr);
    assert!(said.contains("a new solution needs a checkout to live in"), "{stderr}");
}
