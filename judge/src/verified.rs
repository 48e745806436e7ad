//! Which solutions the last `judge verify` has verified, for `judge list`.

use std::{collections::BTreeSet, env, fs, io, io::Write, path::PathBuf, time::UNIX_EPOCH};

use problems::Problem;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::Cache;

/// What one build of the judge has verified, on all the small cases of a problem. Another build knows
/// nothing of it: its solutions may be others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    build: String,
    solutions: BTreeSet<(u16, String)>,
}

impl Verified {
    /// What has been noted in `cache`; nothing if there is nothing to be read.
    pub fn read(cache: Option<&Cache>) -> Self {
        let build = build();
        let text = cache.and_then(|cache| fs::read_to_string(file(cache)).ok());
        let known = text.and_then(|text| serde_json::from_str(&text).ok());
        known
            .filter(|known: &Self| known.build == build)
            .unwrap_or(Self { build, solutions: BTreeSet::new() })
    }

    /// Whether the solution of `problem` called `name` is one of them.
    pub fn has(&self, problem: &Problem, name: &str) -> bool {
        self.solutions.contains(&(problem.number, name.to_owned()))
    }

    /// Notes what the last word on a solution is.
    pub fn note(&mut self, problem: &Problem, name: &str, is_verified: bool) {
        let solution = (problem.number, name.to_owned());
        if is_verified {
            self.solutions.insert(solution);
        } else {
            self.solutions.remove(&solution);
        }
    }

    /// Writes it to `cache`, whole or not at all.
    ///
    /// # Errors
    ///
    /// If the folder cannot be written.
    pub fn write(&self, cache: &Cache) -> io::Result<()> {
        fs::create_dir_all(cache.folder())?;
        let mut draft = NamedTempFile::new_in(cache.folder())?;
        write!(draft, "{}", serde_json::to_string(self)?)?;
        draft.persist(file(cache))?;
        Ok(())
    }
}

fn file(cache: &Cache) -> PathBuf {
    cache.folder().join("verified")
}

/// What tells this build from others: when the program was written, and how long it is.
fn build() -> String {
    let data = env::current_exe().and_then(fs::metadata).ok();
    let written = data.as_ref().and_then(|data| data.modified().ok());
    let since = written.and_then(|written| written.duration_since(UNIX_EPOCH).ok());
    let length = data.map_or(0, |data| data.len());
    format!("{}-{length}", since.unwrap_or_default().as_nanos())
}

#[cfg(test)]
mod tests {
    use super::Verified;
    use crate::{Cache, find_problem};

    #[test]
    fn what_was_noted_is_read_back_by_the_same_build_alone() {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let cache = Cache::at(folder.path().to_owned());
        let problem = find_problem("1115").expect("it is a problem");
        let mut verified = Verified::read(Some(&cache));
        verified.note(problem, "semaphore", true);
        verified.note(problem, "condvar", true);
        verified.note(problem, "condvar", false);
        verified.write(&cache).expect("it can be written");
        let again = Verified::read(Some(&cache));
        assert!(again.has(problem, "semaphore"));
        assert!(!again.has(problem, "condvar"));

        let other = Verified { build: "another".to_owned(), ..again };
        other.write(&cache).expect("it can be written");
        assert!(!Verified::read(Some(&cache)).has(problem, "semaphore"));
    }
}
