//! What is read and came from outside, as functions of bytes: for fuzzers and for property tests.
//! None of them may panic, whatever the bytes.

use problems::{Problem, Solution};

use crate::{
    EngineKind, Evidence, Handle, Input, Record, Verification,
    engine::Schedule,
    find_problem,
    report::{human, json, page::Page, replay, verified},
    worker::reply::{Answer, Proof, Reply, Said},
};

/// Reads the name of an execution, and its text again.
pub fn handle(text: &str) {
    if let Ok(handle) = text.parse::<Handle>() {
        assert_eq!(handle.to_string().parse(), Ok(handle), "a handle is what it says");
    }
}

/// Reads a schedule, and its text again.
pub fn schedule(text: &str) {
    if let Ok(schedule) = text.parse::<Schedule>() {
        let again = schedule.to_string().parse::<Schedule>();
        let again = again.expect("what was written can be read").to_string();
        assert_eq!(again, schedule.to_string(), "a schedule is what it says");
    }
}

/// Reads a file with a record.
pub fn record(text: &str) {
    if let Ok(record) = Record::read(text) {
        // Neither of them trusts what it reads.
        let _ = (record.handle(), record.plan(), record.schedule());
        assert_eq!(Record::read(&record.to_string()).ok(), Some(record), "it is what it says");
    }
}

/// Reads an input of the user's own, for each problem.
pub fn input(text: &str) {
    let first = |problem: &&'static Problem| problem.solutions.first().copied();
    for (problem, solution) in problems::ALL.iter().filter_map(|p| Some((p, first(p)?))) {
        let input = Input::own(text);
        if input.trial(&solution).is_ok() {
            assert!(!problem.input.is_empty(), "what is allowed is told");
        }
    }
}

/// Reads what a worker says, and tells it in every format.
pub fn reply(line: &[u8]) {
    let Ok(Reply { said, .. }) = serde_json::from_slice(line) else { return };
    let (Said::Found(answer) | Said::Done { answer, .. }) = said else { return };
    let problem = find_problem("1115").expect("1115 is there");
    let solution = problem.solutions.first().expect("it has solutions");
    match answer {
        Answer::Judged(report) => {
            for engine in EngineKind::ALL {
                let judgement = report.clone().judgement(problem, solution, engine);
                let wrong = judgement.verdict.evidence();
                if wrong.is_none_or(Evidence::is_coherent) {
                    let _ = (human::judgement(&judgement), json::judgement(&judgement));
                    if let Some(evidence) = wrong {
                        told(problem, solution, evidence);
                    }
                }
            }
        }
        Answer::Verified(proof) => {
            let Proof { word, survey, elapsed } = *proof;
            let (problem, solution, case) = (problem.number, solution.name, "n1".to_owned());
            let found = Verification { problem, solution, case, word, survey, elapsed };
            if found.word.evidence().is_none_or(Evidence::is_coherent) {
                let _ = (verified::line(&found), verified::json_line(&found));
            }
        }
        Answer::Replayed(replayed) => {
            if replayed.is_coherent() {
                let input = Input::own("1");
                let _ = replay::execution(problem, solution, &input, &replayed);
                let _ = Page::of_replayed(problem, solution, "n1", &replayed).html();
            }
        }
        Answer::Survived => {}
    }
}

/// Writes `evidence` down as a record, and as a page.
fn told(problem: &Problem, solution: &Solution, evidence: &Evidence) {
    let _ = Record::new(problem.number, solution.name, evidence).to_string();
    let _ = Page::of(problem, solution, evidence).map(|page| page.html());
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use proptest::prelude::*;

    use crate::{
        EngineKind, Handle, Judge, Record,
        engine::Schedule,
        find_problem,
        worker::reply::{Answer, Reply, Said},
    };

    /// What a worker says of a wrong solution.
    fn said() -> Vec<u8> {
        let problem = find_problem("1115").expect("1115 is there");
        let wrong = problem.broken.first().expect("there are wrong ones").solution;
        let judge = Judge { executions: 100, ..Judge::default() };
        let judgement = judge.judge(problem, &wrong, EngineKind::Controlled);
        assert!(judgement.verdict.evidence().is_some_and(|wrong| wrong.trace.is_some()));
        let answer = Answer::Judged(Box::new(judgement.into()));
        let reply = Reply { nonce: "word".to_owned(), said: Said::Found(answer) };
        serde_json::to_vec(&reply).expect("it can be written")
    }

    #[test]
    fn what_a_worker_says_is_told() {
        super::reply(&said());
    }

    /// The fuzzers' seeds of this kind.
    fn seeds(kind: &str) -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(kind);
        let files = fs::read_dir(folder).expect("it is there").flatten();
        files.map(|file| fs::read_to_string(file.path()).expect("it is text")).collect()
    }

    /// A fuzzer that begins with what is refused takes hours to come to what is read.
    #[test]
    fn seeds_are_what_they_should_be() {
        let replies = seeds("reply").into_iter().map(|seed| {
            super::reply(seed.as_bytes());
            serde_json::from_str::<Reply>(&seed).expect("it is a reply").said
        });
        let answers = replies.filter_map(|said| match said {
            Said::Found(answer) | Said::Done { answer, .. } => Some(answer),
            _ => None,
        });
        let answers: Vec<Answer> = answers.collect();
        assert!(answers.iter().any(|answer| matches!(answer, Answer::Judged(_))));
        assert!(answers.iter().any(|answer| matches!(answer, Answer::Verified(_))));
        assert!(answers.iter().any(|answer| matches!(answer, Answer::Replayed(_))));
        assert!(answers.iter().filter(|answer| !answer.is_right()).count() >= 3);
        for seed in seeds("record") {
            let read = Record::read(&seed).expect("it is a record");
            assert!(read.schedule().is_ok_and(|schedule| schedule.is_some()));
            super::record(&seed);
        }
        assert!(seeds("schedule").iter().any(|seed| seed.parse::<Schedule>().is_ok()));
        assert!(seeds("handle").iter().all(|seed| seed.parse::<Handle>().is_ok()));
        assert!(!seeds("input").is_empty());
    }

    #[test]
    fn a_reply_with_other_numbers_can_be_told_or_is_refused() {
        let said = String::from_utf8(said()).expect("it is text");
        let parts: Vec<&str> = said.split_inclusive(|c: char| !c.is_ascii_digit()).collect();
        let changes = (0..parts.len(), prop_oneof![Just(0u64), Just(1), Just(7), any::<u64>()]);
        proptest!(ProptestConfig::with_cases(512), |((at, number) in changes)| {
            let mut other: Vec<String> = parts.iter().map(|&part| part.to_owned()).collect();
            let digits = other[at].trim_end_matches(|c: char| !c.is_ascii_digit()).len();
            other[at].replace_range(..digits, &number.to_string());
            super::reply(other.concat().as_bytes());
        });
    }

    proptest! {
        #[test]
        fn any_text_is_a_handle_or_none(text in "\\PC{0,30}|[0-9]{1,4}-[a-zA-Z-]{1,12}-[0-9a-zA-Z]{5}") {
            super::handle(&text);
        }

        #[test]
        fn any_text_is_a_schedule_or_none(text in "\\PC{0,40}|([0-9]{1,3}(x[0-9]{1,4})?[./pw]{0,2}){0,20}") {
            super::schedule(&text);
        }

        #[test]
        fn any_text_is_an_input_or_none(text in "\\PC{0,40}|[-+_0-9]{0,25}|[a-z0-9 ,;:>/.-]{0,60}") {
            super::input(&text);
        }

        #[test]
        fn any_text_is_a_record_or_none(text in "\\PC{0,80}") {
            super::record(&text);
        }

        #[test]
        fn any_record_can_be_read(
            numbers in (any::<u16>(), any::<u64>(), any::<u64>(), any::<usize>(), any::<usize>()),
            texts in ("\\PC{0,20}", "\\PC{0,20}", "[0-9x./plw]{0,20}", "\\PC{0,20}", "[0-9: ]{0,30}"),
        ) {
            let (problem, seed, execution, max_steps, length) = numbers;
            let (solution, case, schedule, action, steps) = texts;
            let value = serde_json::json!({
                "judge": 1, "problem": problem, "solution": solution, "case": case, "seed": seed,
                "execution": execution, "strategy": "mix", "spurious": true, "max_steps": max_steps,
                "verdict": "deadlock", "schedule": schedule, "length": length,
                "actions": [action], "steps": steps,
            });
            super::record(&value.to_string());
        }
    }
}
