//! What is nowhere in the source, and what is everywhere.

mod answers;
mod houses;
mod screens;
mod words;

use std::{
    fs,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

const TOP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The packages that a build of everything builds, and the one that measures.
const HOUSES: [&str; 7] = ["sync", "engine", "problems", "web", "judge", "tests", "benches"];

/// A file of the project.
struct File {
    /// Seen from the top, with slashes.
    path: String,
    text: String,
}

impl File {
    fn read(path: &str) -> Self {
        let text = fs::read_to_string(Path::new(TOP).join(path));
        Self { path: path.to_owned(), text: text.unwrap_or_else(|e| panic!("{path}: {e}")) }
    }

    /// The lines that are code and no tests, with their numbers; comments are taken off.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.path.split('/').any(|folder| folder == "tests" || folder == "benches");
        let all = self.text.lines().take_while(move |line| !is_test && *line != "#[cfg(test)]");
        all.enumerate().map(|(index, line)| {
            (index + 1, line.split_once("//").map_or(line, |(code, _)| code).trim())
        })
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().expect("a path has a last part")
    }
}

/// Every file in `folder` whose name ends in `ending`.
fn files(folder: &str, ending: &str) -> Vec<File> {
    let top = Path::new(TOP).join(folder);
    let is_ours = |entry: &DirEntry| entry.file_name() != "target";
    let mut paths: Vec<PathBuf> = WalkDir::new(top)
        .into_iter()
        .filter_entry(is_ours)
        .map(|entry| entry.expect("the folder can be read").into_path())
        .filter(|path| path.is_file() && path.to_string_lossy().ends_with(ending))
        .collect();
    paths.sort();
    let relative = |path: PathBuf| {
        let path = path.strip_prefix(TOP).expect("the walk began at the top");
        File::read(&path.to_string_lossy().replace('\\', "/"))
    };
    paths.into_iter().map(relative).collect()
}

/// Every Rust file.
fn sources() -> Vec<File> {
    HOUSES.iter().flat_map(|house| files(house, ".rs")).collect()
}

/// Fails with all that was found, if something was.
#[track_caller]
fn none(found: impl IntoIterator<Item = String>, rule: &str) {
    let found: Vec<String> = found.into_iter().collect();
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}
