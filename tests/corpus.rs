//! Judges every hostile solution many times over, in few supervisors, and looks at those meanwhile.
//!
//! `JUDGE_HOSTILE_RUNS=1000 cargo test -p tests --test tests -- hostile:: left_behind` judges each so
//! many times on either engine.

use std::{
    collections::BTreeMap,
    env, fs,
    io::{self, BufRead},
    path::Path,
    process::Stdio,
    sync::{LazyLock, Mutex},
    thread,
};

use judge::EngineKind;

use crate::hostile::{command, expected, verdict};

/// How often each is judged, if nobody asks for more.
const LAPS: usize = 20;

/// How many supervisors there are at once. Most of them wait for a limit, and use no processor.
const AT_ONCE: usize = 8;

/// How many solutions one supervisor has at the most.
const TOGETHER: usize = 60;

/// How many laps one supervisor has of a solution that is ended by a limit of time.
const PATIENT_LAPS: usize = 5;

/// What came of the corpus, judged once for all tests that ask.
pub(crate) static CORPUS: LazyLock<Corpus> = LazyLock::new(Corpus::judge);

/// What came of it.
pub(crate) struct Corpus {
    /// How often each was judged.
    pub(crate) laps: usize,
    /// What came of each supervisor.
    pub(crate) courses: Vec<Course>,
    /// What was left in the folder that all of them had for temporary files.
    pub(crate) litter: Vec<String>,
}

/// One supervisor, and what it judged.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    pub(crate) engine: EngineKind,
    limits: &'static str,
    pub(crate) names: Vec<&'static str>,
    laps: usize,
}

/// What came of a batch.
pub(crate) struct Course {
    pub(crate) batch: Batch,
    /// How many judgements were told.
    pub(crate) judgements: usize,
    /// Verdicts that are not as expected.
    pub(crate) wrong: Vec<String>,
    /// How large the supervisor was after each judgement.
    pub(crate) sizes: Vec<Size>,
}

/// How large a process is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) kib: u64,
    pub(crate) files: usize,
}

impl Corpus {
    fn judge() -> Self {
        let laps = env::var("JUDGE_HOSTILE_RUNS").ok().and_then(|laps| laps.parse().ok());
        let laps = laps.unwrap_or(LAPS).max(LAPS);
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let batches = Mutex::new(EngineKind::ALL.into_iter().flat_map(|e| batches(e, laps)));
        let courses = Mutex::new(Vec::new());
        let work = || {
            let next = || batches.lock().expect("nobody has panicked").next();
            while let Some(batch) = next() {
                let course = batch.judge(folder.path());
                courses.lock().expect("nobody has panicked").push(course);
            }
        };
        thread::scope(|scope| (0..AT_ONCE).for_each(|_| drop(scope.spawn(work))));
        let courses = courses.into_inner().expect("nobody has panicked");
        Self { laps, courses, litter: entries(folder.path()) }
    }

    /// What was not as expected on `engine`.
    pub(crate) fn wrong(&self, engine: EngineKind) -> Vec<&str> {
        self.on(engine).flat_map(|course| &course.wrong).map(String::as_str).collect()
    }

    /// How many judgements there were on `engine`.
    pub(crate) fn judgements(&self, engine: EngineKind) -> usize {
        self.on(engine).map(|course| course.judgements).sum()
    }

    fn on(&self, engine: EngineKind) -> impl Iterator<Item = &Course> {
        self.courses.iter().filter(move |course| course.batch.engine == engine)
    }
}

/// All that is to be judged on `engine`, the longest batch first.
fn batches(engine: EngineKind, laps: usize) -> Vec<Batch> {
    let mut by_limits: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for hostile in ::hostile::all() {
        let names = by_limits.entry(limits(expected(hostile, engine))).or_default();
        names.push(hostile.solution.name);
    }
    let patient = by_limits.remove(PATIENT).unwrap_or_default();
    let mut batches = Vec::new();
    for (limits, names) in by_limits {
        let batch = |names: &[_]| Batch { engine, limits, names: names.to_vec(), laps };
        batches.extend(names.chunks(TOGETHER).map(batch));
    }
    for first in (0..laps).step_by(PATIENT_LAPS) {
        let laps = PATIENT_LAPS.min(laps - first);
        let batch =
            |&name: &&'static str| Batch { engine, limits: PATIENT, names: vec![name], laps };
        batches.extend(patient.iter().map(batch));
    }
    batches.sort_by_key(|batch| std::cmp::Reverse(batch.names.len() * batch.laps));
    batches
}

/// The limits of those who are ended by a limit of time: they wait, or loop, whatever it is.
const PATIENT: &str = "--stall 100ms --time-limit 100ms --memory 96MiB";

/// What makes a verdict come soon: it is the same one whatever the limit is that it is about.
fn limits(verdict: &str) -> &'static str {
    match verdict {
        "uncontrolled" | "timed out" => PATIENT,
        "livelock" => "--max-steps 20000 --memory 96MiB",
        "out of memory" => "--memory 64MiB",
        // Their stacks would use up less memory first, where nobody looks for a while.
        "too many threads" => "--memory 1GiB",
        "too much output" => "--output 64KiB --memory 96MiB",
        _ => "--memory 96MiB",
    }
}

impl Batch {
    fn judge(self, folder: &Path) -> Course {
        let options = format!("{} --laps {}", self.limits, self.laps);
        let mut command = command(self.engine.name(), &options, &self.names);
        command.current_dir(folder).env("TMPDIR", folder);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it starts");
        let stdout = child.stdout.take().expect("stdout is a pipe");
        let mut course =
            Course { batch: self, judgements: 0, wrong: Vec::new(), sizes: Vec::new() };
        for line in io::BufReader::new(stdout).lines() {
            if let Some((name, verdict)) = verdict(&line.expect("it is text")) {
                course.judgements += 1;
                course.sizes.extend(size(child.id()));
                course.compare(&name, &verdict);
            }
        }
        child.wait().expect("it ends");
        course
    }
}

impl Course {
    fn compare(&mut self, name: &str, verdict: &str) {
        let hostile = ::hostile::all().find(|hostile| hostile.solution.name == name);
        let expected = expected(hostile.expect("it was asked for"), self.batch.engine);
        if verdict != expected {
            self.wrong.push(format!("{name}: {verdict}, and not {expected}"));
        }
    }
}

/// How large process number `process` is; `None` if it is gone.
fn size(process: u32) -> Option<Size> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    let kib = line.split_whitespace().next()?.parse().ok()?;
    Some(Size { kib, files: fs::read_dir(format!("/proc/{process}/fd")).ok()?.count() })
}

/// What lies in `folder`.
pub(crate) fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it can be read").flatten();
    entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}
