use engine::{
    Limits, Schedule,
    strategy::StrategyKind,
    trace::{Step, Trace},
};

use super::{ROOM, Record, RecordError, written};
use crate::{EngineKind, Evidence, Judge, Plan, find_problem};

/// What is wrong with a wrong solution of 1115.
fn evidence() -> Evidence {
    let problem = find_problem("1115").expect("1115 is there");
    let wrong = problem.broken.first().expect("there are wrong ones").solution;
    let limits = Limits { steps: 12_345, spurious: false, weak_memory: true };
    let judge = Judge { executions: 100, seed: 7, limits, ..Judge::default() };
    let judge = Judge { strategy: StrategyKind::Pct, ..judge };
    let judgement = judge.judge(problem, &wrong, EngineKind::Controlled);
    judgement.verdict.evidence().expect("it is wrong").clone()
}

fn trace(evidence: &Evidence) -> &Trace {
    evidence.trace.as_ref().expect("it was under control")
}

/// The steps of `evidence` over and over, so many of them in all.
fn of_steps(evidence: &Evidence, steps: usize) -> Trace {
    let own = &trace(evidence).steps;
    let mut long = trace(evidence).clone();
    long.steps = own.iter().copied().cycle().take(steps).collect();
    long
}

fn record(evidence: &Evidence) -> Record {
    Record::new(1115, "wrong", evidence)
}

#[test]
fn every_choice_and_every_step_is_written_down_and_read() {
    let evidence = evidence();
    let read = Record::read(&record(&evidence).to_string()).expect("it is a record");
    assert_eq!(read, record(&evidence));
    let witness = evidence.witness.as_ref().expect("it was under control");
    let schedule = read.schedule().expect("it can be read").expect("there is room for it");
    assert_eq!(schedule.to_string(), witness.schedule.to_string());
    assert_ne!(schedule.to_string(), Schedule::default().to_string());
    assert_eq!(read.length, trace(&evidence).steps.len());
    assert_eq!(read.expected().len(), read.length);
    assert_eq!(read.verdict, evidence.rejection.name());
    assert_eq!(read.divergence(trace(&evidence)), None);
}

#[test]
fn how_it_was_drawn_is_written_down() {
    let limits = Limits { steps: 12_345, spurious: false, weak_memory: true };
    let plan = Plan { seed: 7, strategy: StrategyKind::Pct, limits };
    assert_eq!(record(&evidence()).plan(), plan);
}

#[test]
fn other_formats_and_other_texts_are_refused() {
    let text = record(&evidence()).to_string();
    let later = text.replace("\"judge\":1", "\"judge\":2");
    assert!(matches!(Record::read(&later), Err(RecordError::Format(2))));
    let odd = text.replace("\"pct\"", "\"luck\"");
    assert!(matches!(Record::read(&odd), Err(RecordError::Strategy(name)) if name == "luck"));
    let unread = text.replace("\"schedule\":\"", "\"schedule\":\"?");
    assert!(matches!(Record::read(&unread), Err(RecordError::Schedule(_))));
}

#[test]
fn a_schedule_that_takes_half_of_the_room_is_the_longest() {
    let evidence = evidence();
    let of_length = |length: usize| -> Record {
        let turns = "0.1.".repeat(length / 4);
        let text = format!("{turns}{}", "1".repeat(length - turns.len()));
        let schedule: Schedule = text.parse().expect("it is a schedule");
        assert_eq!(schedule.to_string().len(), length);
        Record::intent(1115, "wrong", &evidence).with(&schedule, trace(&evidence))
    };
    // Lengths that are no multiple of four, so that the text does not end in a stop.
    let (fits, does_not) = (of_length(ROOM / 2 - 1), of_length(ROOM / 2 + 1));
    assert!(fits.schedule.is_some() && fits.length > 0);
    assert_eq!(does_not, Record::intent(1115, "wrong", &evidence));
    let whole = format!("{}1.10", "0.1.".repeat(ROOM / 8 - 1));
    let schedule: Schedule = whole.parse().expect("it is a schedule");
    assert_eq!(schedule.to_string().len(), ROOM / 2);
    let record = Record::intent(1115, "wrong", &evidence).with(&schedule, trace(&evidence));
    assert!(record.schedule.is_some());
}

#[test]
fn as_many_steps_are_compared_as_there_is_room_for() {
    let evidence = evidence();
    let long = of_steps(&evidence, 5000);
    let schedule: Schedule = "0x5000".parse().expect("it is a schedule");
    // Names that leave room for some of the steps.
    for length in [10, 1000, 2000, 3000, 5000] {
        let solution = "x".repeat(length);
        let record = Record::intent(1115, &solution, &evidence).with(&schedule, &long);
        let size = |steps: usize| {
            let (actions, steps) = written(&long, steps);
            Record { actions, steps, ..record.clone() }.to_string().len()
        };
        let mut most = 400;
        while most > 0 && size(most) > ROOM {
            most = most * 3 / 4;
        }
        assert_eq!((record.length, record.expected().len()), (5000, most), "{length}");
    }
}

/// Where the record of `evidence` parts from `changed`: the step, what was expected, and what is
/// found.
fn parting(evidence: &Evidence, changed: &Trace) -> Option<(usize, String, String)> {
    let divergence = record(evidence).divergence(changed)?;
    Some((divergence.step, divergence.expected, divergence.found))
}

#[test]
fn another_task_another_action_and_another_end_are_told() {
    let evidence = evidence();
    let own = trace(&evidence);
    let last = own.steps.len() - 1;
    let changed = |step: Step| {
        let mut trace = own.clone();
        trace.steps[last] = step;
        trace
    };
    let expected = format!("{} {}", own.task(own.steps[last].task), super::action(own, last));
    let found = |trace: &Trace| Some((last, expected.clone(), super::tell(trace, last)));

    let somebody = Step { task: own.steps[last].task + 1, ..own.steps[last] };
    assert_eq!(parting(&evidence, &changed(somebody)), found(&changed(somebody)));
    let other = own.steps.iter().find(|step| step.operation.op != own.steps[last].operation.op);
    let something =
        Step { operation: other.expect("it does two things").operation, ..own.steps[last] };
    assert_eq!(parting(&evidence, &changed(something)), found(&changed(something)));

    let shorter = of_steps(&evidence, last);
    let end = || "the end".to_owned();
    assert_eq!(parting(&evidence, &shorter), Some((last, expected.clone(), end())));
    let longer = of_steps(&evidence, last + 2);
    let after = super::tell(&longer, last + 1);
    assert_eq!(parting(&evidence, &longer), Some((last + 1, end(), after)));
}

#[test]
fn other_lines_are_no_difference_and_neither_is_what_was_not_compared() {
    let evidence = evidence();
    let mut moved = trace(&evidence).clone();
    for step in &mut moved.steps {
        step.operation.place = std::panic::Location::caller();
    }
    assert_eq!(parting(&evidence, &moved), None);
    let schedule: Schedule = "0x5000".parse().expect("it is a schedule");
    let long = of_steps(&evidence, 5000);
    let record = Record::intent(1115, "wrong", &evidence).with(&schedule, &long);
    assert_eq!(record.divergence(&of_steps(&evidence, 6000)), None);
}
