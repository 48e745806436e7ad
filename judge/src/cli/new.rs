//! `judge new`: a file of your own to practise in.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::Args;
use problems::Problem;

use super::CommandError;
use crate::{Exit, find_problem, report};

/// Writes a solution that compiles and does not synchronise yet, for you to go on with
#[derive(Debug, Args)]
pub(super) struct New {
    /// The problem, by number, slug or short name
    problem: String,

    /// What your solution is called: lower case letters, digits and hyphens
    name: String,
}

/// The folder, seen from the top of a checkout.
const FOLDER: &str = "problems/src/practice";

impl New {
    pub(super) fn run(&self) -> Result<Exit, CommandError> {
        let problem = find_problem(&self.problem)?;
        let name = self.name.as_str();
        check_name(problem, name)?;
        let top = checkout()?;
        let module = format!("p{}_{}", problem.number, name.replace('-', "_"));
        let file = top.join(FOLDER).join(format!("{module}.rs"));
        let list = top.join(FOLDER).join("mod.rs");
        let text = read(&list)?;
        if file.exists() {
            let file = file.display();
            return Err(CommandError::Usage(format!("{file} exists already; choose another name")));
        }
        let listed = add_line(&text, problem, name, &module).ok_or_else(|| {
            CommandError::Usage(format!("{} does not end with the list `ALL`", list.display()))
        })?;
        write(&file, &starter(problem))?;
        write(&list, &listed)?;
        report::print(&report::new::written(
            problem,
            name,
            &Path::new(FOLDER).join(format!("{module}.rs")),
        ));
        Ok(Exit::Accepted)
    }
}

fn check_name(problem: &Problem, name: &str) -> Result<(), CommandError> {
    let is_fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let starts_well = name.starts_with(|c: char| c.is_ascii_lowercase());
    if !starts_well || !name.chars().all(is_fine) || name.ends_with('-') {
        let message = "has lower case letters, digits and hyphens, and starts with a letter";
        return Err(CommandError::Usage(format!("{name:?} cannot be a name: a name {message}")));
    }
    let taken = crate::select(problem, &crate::Selection::new(vec![name.to_owned()])).is_ok();
    if taken {
        let number = problem.number;
        return Err(CommandError::Usage(format!(
            "{number} has a {name:?} already; choose another"
        )));
    }
    Ok(())
}

/// The checkout that the current folder lies in.
fn checkout() -> Result<PathBuf, CommandError> {
    let failed = |source| CommandError::Io { what: "cannot see the current folder".into(), source };
    let here = std::env::current_dir().map_err(failed)?;
    let found = here.ancestors().find(|folder| folder.join(FOLDER).join("mod.rs").is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        CommandError::Usage(format!(
            "a new solution needs a checkout to live in, and {} is in none; \
             go into a clone of the repository first",
            here.display()
        ))
    })
}

/// The problem's starter, made the user's own.
fn starter(problem: &Problem) -> String {
    let header = format!("//! My answer to {} {}.\n", problem.number, problem.title);
    let code = problem.starter.lines().skip_while(|line| line.starts_with("//!"));
    code.fold(header, |text, line| text + line + "\n")
}

/// The list with one more module and one more entry.
fn add_line(list: &str, problem: &Problem, name: &str, module: &str) -> Option<String> {
    let (head, entries) = list.split_once("pub const ALL: &[(u16, Solution)] = &[")?;
    let (before, rest) = entries.split_once("];")?;
    let (docs, uses) = head.split_once("use crate::Solution;")?;
    let entry = format!(
        "    (\n        {},\n        crate::{}::solution::<{module}::Starter>(\n            {name:?},\n            \
         crate::Technique::Condvar,\n            \"my own\",\n        ),\n    ),\n",
        problem.number, problem.folder
    );
    let before = if before.trim().is_empty() { "\n" } else { before };
    Some(format!(
        "{docs}mod {module};\n\nuse crate::Solution;{uses}pub const ALL: &[(u16, Solution)] = &[{before}{entry}];{rest}"
    ))
}

fn read(path: &Path) -> Result<String, CommandError> {
    fs::read_to_string(path).map_err(failed("cannot read", path))
}

fn write(path: &Path, text: &str) -> Result<(), CommandError> {
    fs::write(path, text).map_err(failed("cannot write", path))
}

fn failed(verb: &str, path: &Path) -> impl FnOnce(io::Error) -> CommandError {
    let what = format!("{verb} {}", path.display());
    move |source| CommandError::Io { what, source }
}
