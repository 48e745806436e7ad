//! The folder of records: each is written whole or not at all, and the oldest go when there are too
//! many.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
    time::SystemTime,
};

use etcetera::BaseStrategy;
use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::{Handle, Record};

/// How many records are kept; at 4 kB each, about 2 MB.
const MOST: usize = 500;

/// A folder of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cache(PathBuf);

/// Whether there is a record of an execution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// Nobody asked for one.
    No,
    /// There is, under this name.
    As(Handle),
    /// It could not be written, for this reason.
    Failed(String),
}

impl Cache {
    /// The folder in the user's cache: `$XDG_CACHE_HOME/judge`, or `~/.cache/judge`.
    ///
    /// # Errors
    ///
    /// If the user has no home.
    pub fn of_user() -> io::Result<Self> {
        let strategy = etcetera::choose_base_strategy().map_err(io::Error::other)?;
        Ok(Self(strategy.cache_dir().join("judge")))
    }

    /// A folder that need not exist yet.
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Where it lies.
    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes `record`, and makes room for it.
    pub fn keep(&self, record: &Record) -> Kept {
        match self.write(record) {
            Ok(handle) => Kept::As(handle),
            Err(error) => Kept::Failed(error.to_string()),
        }
    }

    fn write(&self, record: &Record) -> io::Result<Handle> {
        let handle = record.handle();
        write_whole(&self.file(&handle), record)?;
        self.make_room()?;
        Ok(handle)
    }

    /// Reads the record called `handle`.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be read.
    pub fn read(&self, handle: &Handle) -> io::Result<String> {
        fs::read_to_string(self.file(handle))
    }

    /// The handles of all records.
    pub fn handles(&self) -> Vec<Handle> {
        let files = self.files().unwrap_or_default();
        let names = files.iter().filter_map(|(_, file)| file.file_stem()?.to_str());
        names.filter_map(|name| name.parse().ok()).collect()
    }

    fn file(&self, handle: &Handle) -> PathBuf {
        self.0.join(format!("{handle}.json"))
    }

    /// The records' files, the oldest first.
    fn files(&self) -> io::Result<Vec<(SystemTime, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let file = entry?.path();
            if file.extension().is_some_and(|extension| extension == "json") {
                // Another judge may have removed it meanwhile.
                if let Ok(written) = fs::metadata(&file).and_then(|data| data.modified()) {
                    files.push((written, file));
                }
            }
        }
        files.sort();
        Ok(files)
    }

    fn make_room(&self) -> io::Result<()> {
        let files = self.files()?;
        for (_, file) in &files[..files.len().saturating_sub(MOST)] {
            // Another judge may have been faster.
            let _ = fs::remove_file(file);
        }
        Ok(())
    }
}

/// Writes `record` to `file`: whole, or not at all.
pub(crate) fn write_whole(file: &Path, record: &Record) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    fs::create_dir_all(folder)?;
    let mut draft = NamedTempFile::new_in(folder)?;
    writeln!(draft, "{record}")?;
    draft.persist(file)?;
    Ok(())
}
