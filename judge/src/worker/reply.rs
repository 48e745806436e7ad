//! What a worker answers: JSON, one value a line.

use std::time::Duration;

use engine::verify::{End, Survey};
use problems::{Problem, Solution};
use serde::{Deserialize, Serialize};

use super::confinement::Strength;
use crate::{EngineKind, Judgement, Replayed, Seen, Verdict, Verification, Word};

/// One line from a worker. Without the word of what it was told last, somebody else has written it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Reply {
    pub(crate) nonce: String,
    pub(crate) said: Said,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Said {
    /// It has shut itself in, as well as the kernel can, and waits for jobs.
    Ready(Strength),
    /// So many executions are done.
    Progress(u64),
    /// How far a search through all interleavings is, without its classes.
    Searched(#[serde(with = "Searched")] Survey),
    /// A wrong execution has been found; what follows only makes it shorter.
    Found(Answer),
    /// The job is done; whether the worker is still as it was, as far as it can tell.
    Done { answer: Answer, is_sound: bool },
    /// The judge's own code has failed, for this reason.
    Broken(String),
}

/// What comes of a task.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Answer {
    /// It is judged.
    Judged(Box<Report>),
    /// All its interleavings were run, or as many as there could be.
    Verified(Box<Proof>),
    /// It was run once more.
    Replayed(Box<Replayed>),
    /// There is nothing to say but that nobody has died of it.
    Survived,
}

/// A judgement, but for what whoever asked knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) verdict: Verdict,
    pub(crate) executions: u64,
    pub(crate) cases: Vec<Seen>,
    pub(crate) elapsed: Duration,
}

/// A verification, but for what whoever asked knows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Proof {
    pub(crate) word: Word,
    #[serde(with = "Searched")]
    pub(crate) survey: Survey,
    pub(crate) elapsed: Duration,
}

/// How a survey is written down.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Survey")]
struct Searched {
    executions: u64,
    given_up: u64,
    coverage: engine::Coverage,
    states: Option<u64>,
    bound: Option<usize>,
    done: f64,
    #[serde(with = "Ended")]
    end: End,
}

/// How its end is written down.
#[derive(Serialize, Deserialize)]
#[serde(remote = "End")]
enum Ended {
    Exhausted,
    Bounded,
    OutOfTime,
    TooManyClasses,
    OutOfExecutions,
    Unbounded(usize),
    Parted,
    Stopped,
}

impl Answer {
    /// Whether nothing is wrong.
    pub(crate) fn is_right(&self) -> bool {
        match self {
            Self::Judged(report) => report.verdict.is_accepted(),
            Self::Verified(proof) => proof.word.evidence().is_none(),
            Self::Replayed(replayed) => replayed.rejection.is_none(),
            Self::Survived => true,
        }
    }

    /// Whether it was ended early because somebody asked for that.
    pub(crate) fn is_stopped(&self) -> bool {
        match self {
            Self::Judged(report) => report.verdict == Verdict::Stopped,
            Self::Verified(proof) => {
                proof.word == Word::Inconclusive && proof.survey.end == End::Stopped
            }
            Self::Replayed(_) | Self::Survived => false,
        }
    }
}

impl From<Judgement> for Report {
    fn from(judgement: Judgement) -> Self {
        let Judgement { verdict, executions, cases, elapsed, .. } = judgement;
        Self { verdict, executions, cases, elapsed }
    }
}

impl Report {
    /// The judgement on `solution`.
    pub(crate) fn judgement(
        self,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
    ) -> Judgement {
        let Self { verdict, executions, cases, elapsed } = self;
        let (problem, solution) = (problem.number, solution.name);
        Judgement { problem, solution, engine, verdict, executions, cases, elapsed }
    }
}

impl From<Verification> for Proof {
    fn from(verification: Verification) -> Self {
        let Verification { word, survey, elapsed, .. } = verification;
        Self { word, survey, elapsed }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use engine::verify::{End, Survey};
    use problems::{Problem, Solution};

    use super::{Answer, Proof, Reply, Report, Said};
    use crate::{
        Bounds, EngineKind, Input, Judge, Plan, Verdict, Verification, Word, find_problem,
        replay::Which,
    };

    fn problem() -> &'static Problem {
        find_problem("1115").expect("1115 is there")
    }

    fn right() -> &'static Solution {
        &problem().solutions[0]
    }

    fn wrong() -> &'static Solution {
        &problem().broken[0].solution
    }

    fn input() -> Input {
        Input::from(&problem().cases[0])
    }

    fn judge() -> Judge {
        Judge { executions: 60, inputs: vec![input()], shrink_steps: 0, ..Judge::default() }
    }

    fn report(solution: &Solution) -> Report {
        judge().judge(problem(), solution, EngineKind::Controlled).into()
    }

    fn proof(solution: &Solution) -> Proof {
        let bounds = Bounds { cores: 1, ..Bounds::default() };
        judge().verify(problem(), solution, &input(), &bounds, &|_| ()).into()
    }

    fn judged(verdict: Verdict) -> Answer {
        Answer::Judged(Box::new(Report { verdict, ..report(right()) }))
    }

    fn verified(word: Word, end: End) -> Answer {
        let survey = Survey { end, ..Survey::default() };
        Answer::Verified(Box::new(Proof { word, survey, elapsed: Duration::ZERO }))
    }

    fn replayed(solution: &Solution) -> Answer {
        let plan = Plan::from(&judge());
        Answer::Replayed(Box::new(Which::Drawn(0).replay(problem(), solution, &input(), plan)))
    }

    /// What a worker says is read as it was meant.
    #[track_caller]
    fn read_back(said: Said) -> Said {
        let reply = Reply { nonce: "word".to_owned(), said };
        let line = serde_json::to_vec(&reply).expect("it can be written");
        let Reply { nonce, said } = serde_json::from_slice(&line).expect("it can be read");
        assert_eq!(nonce, "word");
        said
    }

    #[test]
    fn right_is_what_nothing_is_wrong_with() {
        let rejected = report(wrong()).verdict;
        assert!(judged(Verdict::Accepted).is_right());
        assert!(!judged(Verdict::Stopped).is_right());
        assert!(!judged(rejected).is_right());
        assert!(verified(Word::Verified, End::Exhausted).is_right());
        assert!(verified(Word::Inconclusive, End::OutOfTime).is_right());
        assert!(!verified(proof(wrong()).word, End::Stopped).is_right());
        assert!(replayed(right()).is_right());
        assert!(Answer::Survived.is_right());
        let Answer::Replayed(mut once_more) = replayed(right()) else { unreachable!("it is one") };
        once_more.rejection = report(wrong()).verdict.evidence().map(|e| e.rejection.clone());
        assert!(!Answer::Replayed(once_more).is_right());
    }

    #[test]
    fn stopped_is_what_has_no_word_and_was_ended_on_request() {
        assert!(judged(Verdict::Stopped).is_stopped());
        assert!(!judged(Verdict::Accepted).is_stopped());
        assert!(verified(Word::Inconclusive, End::Stopped).is_stopped());
        assert!(!verified(Word::Inconclusive, End::OutOfTime).is_stopped());
        // A wrong execution also ends a search, and so does one that was asked for too late.
        assert!(!verified(proof(wrong()).word, End::Stopped).is_stopped());
        assert!(!verified(Word::Verified, End::Stopped).is_stopped());
        assert!(!replayed(right()).is_stopped());
        assert!(!Answer::Survived.is_stopped());
    }

    #[test]
    fn a_judgement_goes_over_the_line_whole() {
        let judgement = judge().judge(problem(), wrong(), EngineKind::Controlled);
        let answer = Answer::Judged(Box::new(judgement.clone().into()));
        let said = read_back(Said::Done { answer, is_sound: false });
        let Said::Done { answer: Answer::Judged(report), is_sound: false } = said else {
            unreachable!("a judgement was said, by one that is not sound")
        };
        let told = report.judgement(problem(), wrong(), EngineKind::Threads);
        assert_eq!((told.problem, told.solution), (1115, wrong().name));
        assert_eq!(told.engine, EngineKind::Threads);
        // A place that was read is known by other means than one of this program's own.
        let [told_verdict, verdict] = [&told.verdict, &judgement.verdict]
            .map(|verdict| serde_json::to_string(verdict).expect("it can be written"));
        assert_eq!(told_verdict, verdict);
        assert_eq!((told.executions, told.elapsed), (judgement.executions, judgement.elapsed));
        let [told, seen] = [told.cases, judgement.cases].map(|cases| {
            let case = cases.into_iter().next().expect("one was judged");
            (case.case, case.coverage.executions(), case.coverage.classes())
        });
        assert_eq!(told, seen);
    }

    #[test]
    fn a_proof_goes_over_the_line_whole_however_its_search_ended() {
        let bounds = Bounds { cores: 1, ..Bounds::default() };
        let found = judge().verify(problem(), right(), &input(), &bounds, &|_| ());
        let Verification { survey, elapsed, .. } = found.clone();
        let mut proof: Proof = found.into();
        assert_eq!((proof.elapsed, proof.survey.executions), (elapsed, survey.executions));
        for end in [
            End::Exhausted,
            End::Bounded,
            End::OutOfTime,
            End::TooManyClasses,
            End::OutOfExecutions,
            End::Unbounded(9),
            End::Parted,
            End::Stopped,
        ] {
            proof.survey.end = end;
            let said = read_back(Said::Found(Answer::Verified(Box::new(proof.clone()))));
            let Said::Found(Answer::Verified(read)) = said else {
                unreachable!("a proof was said")
            };
            assert_eq!((read.word, read.survey.end), (Word::Verified, end));
            assert_eq!(read.survey.executions, survey.executions);
        }
    }
}
