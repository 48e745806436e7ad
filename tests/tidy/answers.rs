//! Problems and their answers: all listed, none with a forbidden import.

use std::collections::BTreeSet;

use judge::problems::{self, Technique};

use super::{File, files, none};

/// What of std an answer may use.
const STD: [&str; 11] = [
    "std::any::Any",
    "std::array",
    "std::cmp",
    "std::collections",
    "std::future",
    "std::iter",
    "std::mem",
    "std::ops",
    "std::panic",
    "std::sync::Arc",
    "std::time::Duration",
];

/// Crates that `problems` could reach, and an engine could not see.
const UNSEEN: [&str; 4] = ["std::", "parking_lot::", "crossbeam_channel::", "tokio::"];

/// The answers in `folder`: every Rust file but the list.
fn answers(folder: &str) -> Vec<File> {
    let mut files = files(folder, ".rs");
    files.retain(|file| file.name() != "mod.rs");
    files
}

/// The folders that answers lie in.
fn folders() -> Vec<String> {
    let of = |kind: &str| {
        let folder =
            |problem: &&problems::Problem| format!("problems/src/{}/{kind}", problem.folder);
        problems::ALL.iter().map(folder).collect::<Vec<_>>()
    };
    [of("solutions"), of("broken"), vec!["problems/src/practice".to_owned()]].concat()
}

/// The paths that `file` imports, one for each leaf of each `use`.
fn imports(file: &File) -> Vec<String> {
    let code = file.code().fold("\n".to_owned(), |text, (_, line)| text + line + "\n");
    let uses = code.split("\nuse ").skip(1).filter_map(|rest| rest.split(';').next());
    uses.flat_map(|tree| {
        let tree: String = tree.split_whitespace().collect();
        leaves("", &tree)
    })
    .collect()
}

/// The paths in a tree such as `sync::{atomic::{AtomicU8, Ordering}, thread}`.
fn leaves(prefix: &str, tree: &str) -> Vec<String> {
    let Some((root, rest)) = tree.split_once('{') else { return vec![format!("{prefix}{tree}")] };
    let inside = rest.strip_suffix('}').expect("a brace closes what it opened");
    let prefix = format!("{prefix}{root}");
    let mut depth = 0;
    let branches = inside.split(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    branches.filter(|branch| !branch.is_empty()).flat_map(|tree| leaves(&prefix, tree)).collect()
}

/// Whether an answer to the problem in `folder` may use `path`.
fn may_use(folder: &str, path: &str) -> bool {
    let within = |root: &str| path == root || path.starts_with(&format!("{root}::"));
    within("sync") || within(&format!("crate::{folder}")) || STD.into_iter().any(within)
}

/// The folder of the problem that `file` answers.
fn problem_of(file: &File) -> &'static str {
    let is_of = |problem: &&&problems::Problem| {
        let own = format!("practice/p{}_", problem.number);
        file.path.contains(problem.folder) || file.path.contains(&own)
    };
    problems::ALL.iter().find(is_of).expect("an answer belongs to a problem").folder
}

#[test]
fn every_answer_is_listed() {
    for folder in folders() {
        let list = File::read(&format!("{folder}/mod.rs"));
        let is_listed = |file: &File| {
            let module = file.name().trim_end_matches(".rs");
            let used = list.text.contains(&format!("{module}::"));
            used && list.text.lines().any(|line| line == format!("mod {module};"))
        };
        let unlisted = answers(&folder).into_iter().filter(|file| !is_listed(file));
        none(unlisted.map(|file| file.path), "an answer that nobody lists");
    }
}

#[test]
fn an_answer_imports_sync_and_its_problem() {
    let all = folders().into_iter().flat_map(|folder| answers(&folder));
    let forbidden = all.flat_map(|file| {
        let folder = problem_of(&file);
        let of_file = imports(&file).into_iter().filter(|path| !may_use(folder, path));
        of_file.map(|path| format!("{}: {path}", file.path)).collect::<Vec<_>>()
    });
    none(forbidden, "an import that no engine can see");
}

#[test]
fn an_answer_names_nothing_unseen_in_passing() {
    let is_forbidden = |line: &str| {
        let has = |root: &&str| line.contains(*root) && !STD.iter().any(|path| line.contains(path));
        !line.starts_with("use ") && UNSEEN.iter().any(has)
    };
    let all = folders().into_iter().flat_map(|folder| answers(&folder));
    let forbidden = all.flat_map(|file| {
        let lines = file.code().filter(|(_, line)| is_forbidden(line));
        lines.map(|(number, _)| format!("{}:{number}", file.path)).collect::<Vec<_>>()
    });
    none(forbidden, "a path that no engine can see");
}

#[test]
fn trees_of_imports_are_read_to_their_leaves() {
    let tree = "sync::{atomic::{AtomicU8,Ordering::{self,Acquire}},thread,}";
    let paths = ["sync::atomic::AtomicU8", "sync::atomic::Ordering::self"];
    let more = ["sync::atomic::Ordering::Acquire", "sync::thread"];
    assert_eq!(leaves("", tree), [paths, more].concat());
}

#[test]
fn every_problem_has_a_solution_of_each_kind() {
    let needed = Technique::ALL.into_iter().filter(|kind| *kind != Technique::Atomic);
    for kind in needed {
        let has = |problem: &&&problems::Problem| {
            problem.solutions.iter().any(|solution| solution.technique == kind)
        };
        let without = problems::ALL.iter().filter(|problem| !has(problem));
        none(without.map(|problem| problem.title.to_owned()), &format!("no {kind} solution"));
    }
}

#[test]
fn there_are_enough_answers() {
    let right: usize = problems::ALL.iter().map(|problem| problem.solutions.len()).sum();
    assert!(right >= 33, "{right} solutions");
    let few = problems::ALL.iter().filter(|problem| problem.broken.len() < 4);
    none(few.map(|problem| problem.title.to_owned()), "fewer than four broken solutions");
}

#[test]
fn names_are_unique_in_a_problem() {
    for problem in problems::ALL {
        let broken = problem.broken.iter().map(|broken| broken.solution.name);
        let mut names = BTreeSet::from(["all", "broken"]);
        for name in problem.solutions.iter().map(|solution| solution.name).chain(broken) {
            assert!(names.insert(name), "{} has two called {name}", problem.number);
        }
    }
}

#[test]
fn every_problem_has_a_statement() {
    for problem in problems::ALL {
        let readme = File::read(&format!("problems/src/{}/README.md", problem.folder));
        assert_eq!(readme.text, problem.statement);
        let title = format!("# {} {}\n", problem.number, problem.title);
        assert!(readme.text.starts_with(&title), "{} does not begin with {title}", readme.path);
    }
}

#[test]
fn each_case_has_a_snapshot_and_each_snapshot_a_case() {
    for problem in problems::ALL {
        let files = files(&format!("problems/src/{}/snapshots", problem.folder), "");
        let files: BTreeSet<_> = files.iter().map(|file| file.name().to_owned()).collect();
        let cases = problem.cases.iter().map(|case| format!("{}.snap", case.name)).collect();
        assert_eq!(files, cases, "{}", problem.number);
    }
}

#[test]
fn each_broken_solution_has_an_explanation_and_each_explanation_a_solution() {
    let files = files("tests/snapshots/caught", ".snap");
    let files: BTreeSet<_> = files.iter().map(|file| file.name().to_owned()).collect();
    let broken = problems::ALL.iter().flat_map(|problem| {
        let file =
            |broken: &problems::Broken| format!("{}-{}.snap", problem.number, broken.solution.name);
        problem.broken.iter().map(file)
    });
    assert_eq!(files, broken.collect());
}
