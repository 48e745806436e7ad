//! A wrong execution is run again as soon as it is found: to see that it is the same one, and then
//! to find a shorter one that is wrong in the same way.

use engine::{
    Controlled, Limits, Outcome, Program, Replayer, Run, Shrunk,
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
    let subject = Subject { program: &program, trial, expected };
    let (again, witness) = match subject.followed(found.limits, trace, &found) {
        Ok(followed) => followed,
        Err(parting) => {
            return Evidence { rejection: Rejection::NotReproducible(parting), ..found };
        }
    };
    let mut found = Evidence { witness: Some(witness), ..found };
    let rejection = hindsight::without_cause(found.rejection.clone());
    let first = Failure { rejection, strict_only: found.strict_only };
    if again.is_some_and(|again| again.is_like(&first))
        && let Some(shrunk) = subject.shortest(&found, &first, steps)
        && let Some(rejection) = subject.explained(found.limits, &shrunk.witness)
    {
        found.told = trial.told();
        found.rejection = rejection;
        found.trace = Some(shrunk.trace);
        found.witness = Some(shrunk.witness);
    }
    found
}

/// Who was chosen at each step.
pub(crate) fn tasks(trace: &Trace) -> Vec<usize> {
    trace.steps.iter().map(|step| step.task).collect()
}

/// What is run again and again.
struct Subject<'a> {
    program: &'a Program,
    trial: &'a Trial,
    expected: Option<&'a str>,
}

impl Subject<'_> {
    /// What is wrong with the last run of `engine`, which ended with `outcome`.
    fn failure(&self, engine: &Controlled, outcome: &Outcome) -> Option<Failure> {
        Finding::under_control(engine, self.trial, outcome.clone(), self.expected).failure()
    }

    /// Follows the execution of `trace` once more: what is wrong with it.
    fn followed(
        &self,
        limits: Limits,
        trace: &Trace,
        found: &Evidence,
    ) -> Result<(Option<Failure>, Witness), Parting> {
        let mut replayer = Replayer::new(limits);
        let guide = Guide::Trace(tasks(trace), found.draws.clone());
        let (run, witness) = replayer.run(self.program, guide);
        match Parting::of(trace, &replayer.trace()) {
            None => Ok((self.failure(replayer.engine(), &run.outcome), witness)),
            Some(parting) => Err(parting),
        }
    }

    /// The shortest execution that was found to be wrong as `first` is.
    fn shortest(&self, found: &Evidence, first: &Failure, steps: usize) -> Option<Shrunk> {
        let schedule = found.witness.as_ref()?.schedule.clone();
        let mut fails = |run: &Run, engine: &Controlled| {
            self.failure(engine, &run.outcome).is_some_and(|failure| first.is_like(&failure))
        };
        let limits = found.limits;
        let schedule = match first.rejection {
            Rejection::Livelock(_) => {
                let limits = Limits { steps: limits.steps.min(LIVELOCK_STEPS), ..limits };
                shrink(self.program, limits, schedule, steps, &mut fails)?.witness.schedule
            }
            _ => return shrink(self.program, limits, schedule, steps, &mut fails),
        };
        shrink(self.program, limits, schedule, 0, &mut fails)
    }

    /// What the execution that `witness` tells of is rejected for, with its cause.
    fn explained(&self, limits: Limits, witness: &Witness) -> Option<Rejection> {
        let mut replayer = Replayer::new(limits);
        let (run, _) = replayer.run(self.program, Guide::Schedule(witness.schedule.clone()));
        let failure = self.failure(replayer.engine(), &run.outcome)?;
        Some(hindsight::with_cause(replayer.engine(), failure.rejection))
    }
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
