//! What the kernel says about a thread: the one witness of whether it sleeps that no starved
//! machine can mislead.

use std::{fs, sync::OnceLock};

use rustix::thread::{Pid, gettid};

/// How often a thread that sleeps now has left its processor so far; `None` if it does not sleep,
/// or is gone.
pub(super) fn asleep(thread: Pid) -> Option<u64> {
    let path = format!("/proc/self/task/{}/status", thread.as_raw_nonzero());
    let status = fs::read_to_string(path).ok()?;
    is_sleeping(&status).then(|| switches(&status)).flatten()
}

/// Whether the kernel tells at all. Not everything that looks like Linux has these files.
pub(super) fn tells() -> bool {
    static TELLS: OnceLock<bool> = OnceLock::new();
    *TELLS.get_or_init(|| {
        let path = format!("/proc/self/task/{}/status", gettid().as_raw_nonzero());
        fs::read_to_string(path).is_ok_and(|status| switches(&status).is_some())
    })
}

/// Interruptible sleep: the state of a thread that waits on a futex or in a poll.
fn is_sleeping(status: &str) -> bool {
    field(status, "State:").is_some_and(|state| state.starts_with('S'))
}

/// How often the thread has left its processor, to sleep or for another thread.
fn switches(status: &str) -> Option<u64> {
    let count = |name| field(status, name)?.parse::<u64>().ok();
    Some(count("voluntary_ctxt_switches:")? + count("nonvoluntary_ctxt_switches:")?)
}

fn field<'a>(status: &'a str, name: &str) -> Option<&'a str> {
    status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::{is_sleeping, switches};

    const STATUS: &str = "Name:\tjudge\nState:\tS (sleeping)\nvoluntary_ctxt_switches:\t7\n\
                          nonvoluntary_ctxt_switches:\t3\n";

    #[test]
    fn a_sleeping_thread_is_told_by_its_state() {
        assert!(is_sleeping(STATUS));
        assert!(!is_sleeping(&STATUS.replace("S (", "R (")));
        assert!(!is_sleeping(&STATUS.replace("S (", "D (")));
    }

    #[test]
    fn all_switches_count() {
        assert_eq!(switches(STATUS), Some(10));
    }

    #[test]
    fn a_kernel_that_does_not_count_is_not_believed() {
        assert_eq!(switches("State:\tS (sleeping)\n"), None);
    }
}
