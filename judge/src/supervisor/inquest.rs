//! Finds out what a worker died of, and which execution was guilty.

use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

use rustix::process::Signal;

use super::{Guard, kernel, process::Worker};
use crate::{
    Death,
    death::Cause,
    worker::board::{Beat, Sight},
};

/// How near to the end of the stack memory is touched when the stack is used up, in bytes.
const NEAR: u64 = 64 << 10;

/// What was found out.
#[derive(Clone, Debug)]
pub(super) struct Inquest {
    pub(super) death: Death,
    /// The executions that were under way.
    pub(super) suspects: Vec<Suspect>,
    /// How many had been run.
    pub(super) executions: u64,
}

/// An execution that was under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Suspect {
    /// Which of the inputs it was run on.
    pub(super) input: usize,
    pub(super) execution: u64,
}

impl Inquest {
    /// Ends `worker`, if it has not ended, and looks at what is left: `cause` is what it is ended
    /// for.
    pub(super) fn hold(worker: &mut Worker, guard: &Guard, cause: Option<Cause>) -> Self {
        let status = match cause {
            Some(_) => worker.end(),
            None => worker.status(),
        };
        let sight = worker.sight();
        let output = worker.tail.lines();
        let cause = cause.unwrap_or_else(|| found(status, &sight, &output, guard));
        let suspects = sight.busy().map(Suspect::from).collect();
        let executions = worker.executions(&sight);
        let Sight { panic, last, .. } = sight;
        let death = Death { cause, panic, steps: last, output, repeats: None };
        Self { death, suspects, executions }
    }
}

impl From<&Beat> for Suspect {
    fn from(beat: &Beat) -> Self {
        let input = usize::try_from(beat.subject.saturating_sub(1)).unwrap_or_default();
        Self { input, execution: beat.execution.saturating_sub(1) }
    }
}

/// What a worker died of that ended with `status`.
fn found(status: ExitStatus, sight: &Sight, output: &[String], guard: &Guard) -> Cause {
    let Some(number) = status.signal() else {
        return Cause::Exited(status.code().unwrap_or_default());
    };
    let signal = Signal::from_named_raw(number);
    let is_out_of_memory = || {
        let says = |line: &String| line.contains("memory allocation of");
        sight.wanted.is_some() || output.iter().any(says)
    };
    match signal {
        Some(Signal::ABORT) if is_out_of_memory() => Cause::OutOfMemory(guard.memory),
        Some(Signal::ABORT) => Cause::Aborted,
        Some(Signal::SEGV | Signal::BUS) => match sight.fault {
            Some((address, stack)) if address.abs_diff(stack) <= NEAR => Cause::StackOverflow,
            _ => Cause::Signal(named(number)),
        },
        Some(Signal::SYS) => {
            let call = sight.call.and_then(kernel::name);
            Cause::Forbidden(call.unwrap_or_else(|| "that was made".to_owned()))
        }
        Some(Signal::XCPU) => Cause::CpuTime(guard.cpu.unwrap_or_default()),
        // With the limit on processor time a SIGKILL is the kernel's last word.
        Some(Signal::KILL) if guard.cpu.is_some() => Cause::CpuTime(guard.cpu.unwrap_or_default()),
        _ => Cause::Signal(named(number)),
    }
}

/// "signal 11 (SIGSEGV)".
fn named(number: i32) -> String {
    match signal_hook::low_level::signal_name(number) {
        Some(name) => format!("signal {number} ({name})"),
        None => format!("signal {number}"),
    }
}

#[cfg(test)]
mod tests {
    use std::{os::unix::process::ExitStatusExt, process::ExitStatus};

    use super::found;
    use crate::{death::Cause, supervisor::Guard, worker::board::Sight};

    fn died(signal: i32, sight: &Sight, output: &[&str]) -> Cause {
        let output: Vec<String> = output.iter().map(|&line| line.to_owned()).collect();
        found(ExitStatus::from_raw(signal), sight, &output, &Guard::default())
    }

    #[test]
    fn an_abort_for_want_of_memory_is_told_from_others() {
        let bare = Sight::default();
        assert_eq!(died(libc::SIGABRT, &bare, &[]), Cause::Aborted);
        let wanted = Sight { wanted: Some(8), ..Sight::default() };
        assert_eq!(died(libc::SIGABRT, &wanted, &[]), Cause::OutOfMemory(1 << 30));
        let says = ["memory allocation of 262144 bytes failed"];
        assert_eq!(died(libc::SIGABRT, &bare, &says), Cause::OutOfMemory(1 << 30));
    }

    #[test]
    fn a_fault_near_the_end_of_the_stack_is_an_overflow() {
        let sight = Sight { fault: Some((4096, 8192)), ..Sight::default() };
        assert_eq!(died(libc::SIGSEGV, &sight, &[]), Cause::StackOverflow);
        let wild = Sight { fault: Some((16, 0x7fff_0000)), ..Sight::default() };
        let crash = Cause::Signal("signal 11 (SIGSEGV)".to_owned());
        assert_eq!(died(libc::SIGSEGV, &wild, &[]), crash);
    }

    #[test]
    fn leaving_early_is_no_success() {
        let early = found(ExitStatus::from_raw(0), &Sight::default(), &[], &Guard::default());
        assert_eq!(early, Cause::Exited(0));
    }
}
