//! A wrong execution is run again as soon as it is found: to see that it is the same one, and then
//! to find a shorter one that is wrong in the same way.

use engine::{
    Limits, Program, Replayer, Run, Shrunk,
    schedule::Draws,
    shrink,
    strategy::{Guide, Witness},
    trace::Trace,
};
use problems::Trial;

use crate::{
    Evidence, Parting, Rejection,
    failure::{Failure, Finding},
    hindsight,
};

/// How many steps a livelock is given while it is made shorter. Whether what comes of it is one
/// within the limit that was asked for is looked at in the end.
const LIVELOCK_STEPS: usize = 10_000;

/// What `found` becomes when its execution is followed once more and made as short as `steps` steps
/// of trying can.
pub(crate) fn reduced(
    found: Evidence,
    trial: &Trial,
    expected: Option<&str>,
    steps: usize,
) -> Evidence {
    let Some(trace) = &found.trace else { return found };
    let program = trial.program();
    let (again, witness) = match followed(&program, found.limits, trace, &found) {
        Ok(followed) => followed,
        Err(parting) => {
            return Evidence { rejection: Rejection::NotReproducible(parting), ..found };
        }
    };
    let mut found = Evidence { witness: Some(witness), ..found };
    let finding = Finding::of(trial, again.outcome, expected);
    let rejection = hindsight::without_cause(found.rejection.clone());
    let first = Failure { rejection, strict_only: found.strict_only };
    if finding == Finding::Wrong(first.clone())
        && let Some(shrunk) = shortest(&program, trial, expected, (&found, &first), steps)
        && let Finding::Wrong(failure) = Finding::of(trial, shrunk.run.outcome, expected)
    {
        found.told = trial.told();
        found.rejection = explained(&program, found.limits, &shrunk.witness, failure.rejection);
        found.trace = Some(shrunk.trace);
        found.witness = Some(shrunk.witness);
    }
    found
}

/// What the execution that `witness` tells of is rejected for, with its cause.
fn explained(
    program: &Program,
    limits: Limits,
    witness: &Witness,
    rejection: Rejection,
) -> Rejection {
    let mut replayer = Replayer::new(limits);
    replayer.run(program, Guide::Schedule(witness.schedule.clone()));
    hindsight::with_cause(replayer.engine(), rejection)
}

/// Follows the execution of `trace` once more.
fn followed(
    program: &Program,
    limits: Limits,
    trace: &Trace,
    found: &Evidence,
) -> Result<(Run, Witness), Parting> {
    let mut replayer = Replayer::new(limits);
    let guide = Guide::Trace(tasks(trace), found.draws.clone());
    let (run, witness) = replayer.run(program, guide);
    match Parting::of(trace, &replayer.trace()) {
        None => Ok((run, witness)),
        Some(parting) => Err(parting),
    }
}

/// Who was chosen at each step.
pub(crate) fn tasks(trace: &Trace) -> Vec<usize> {
    trace.steps.iter().map(|step| step.task).collect()
}

/// The shortest execution that was found to be wrong as `first` is, which was the last one run.
fn shortest(
    program: &Program,
    trial: &Trial,
    expected: Option<&str>,
    (found, first): (&Evidence, &Failure),
    steps: usize,
) -> Option<Shrunk> {
    let schedule = found.witness.as_ref()?.schedule.clone();
    let mut fails = |run: &Run| {
        let finding = Finding::of(trial, run.outcome.clone(), expected);
        finding.failure().is_some_and(|failure| first.is_like(&failure))
    };
    let limits = found.limits;
    let schedule = match first.rejection {
        Rejection::Livelock(_) => {
            let limits = Limits { steps: limits.steps.min(LIVELOCK_STEPS), ..limits };
            shrink(program, limits, schedule, steps, &mut fails)?.witness.schedule
        }
        _ => return shrink(program, limits, schedule, steps, &mut fails),
    };
    shrink(program, limits, schedule, 0, &mut fails)
}

/// Whether `program` does the same when it is run twice with the same choices, of which `trace` and
/// `found` tell; where the two part if not.
pub(crate) fn parting(
    program: &Program,
    limits: Limits,
    (trace, draws): (&Trace, Draws),
) -> Option<Parting> {
    let mut replayer = Replayer::new(limits);
    replayer.run(program, Guide::Trace(tasks(trace), draws));
    Parting::of(trace, &replayer.trace())
}
