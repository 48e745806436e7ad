//! What the process is and may do, and what outlasts it.

use std::ptr;

/// Asks for more memory than it was given.
pub(crate) fn raise_limits() {
    let all = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
    // SAFETY: the limit is whole, and only read.
    unsafe { libc::setrlimit(libc::RLIMIT_DATA, &raw const all) };
}

/// Ignores every signal that can be ignored.
pub(crate) fn ignore_signals() {
    for signal in 1..32 {
        // SAFETY: ignoring runs no code.
        unsafe { libc::signal(signal, libc::SIG_IGN) };
    }
}

/// Sets a variable of the environment.
pub(crate) fn set_variable(name: &str, value: &str) {
    // SAFETY: no other thread of a worker looks at its environment.
    unsafe { std::env::set_var(name, value) };
}

/// Has SIGALRM come in a second.
pub(crate) fn alarm() {
    // SAFETY: it touches no memory.
    unsafe { libc::alarm(1) };
}

/// The same, by a timer.
pub(crate) fn timer() {
    let mut timer = ptr::null_mut();
    // SAFETY: there is room for a timer, and no event means SIGALRM.
    unsafe { libc::timer_create(libc::CLOCK_MONOTONIC, ptr::null_mut(), &raw mut timer) };
}

/// Has files that are made be without permissions.
pub(crate) fn umask() {
    // SAFETY: it touches no memory.
    unsafe { libc::umask(0o777) };
}

/// Gives way to every other process.
pub(crate) fn nice() {
    // SAFETY: it touches no memory.
    unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, 19) };
}

/// Runs only when nobody else does.
pub(crate) fn idle() {
    let parameter = libc::sched_param { sched_priority: 0 };
    // SAFETY: the parameter is whole, and only read.
    unsafe { libc::sched_setscheduler(0, libc::SCHED_IDLE, &raw const parameter) };
}

/// Blocks every signal that can be blocked, on this thread.
pub(crate) fn block_signals() {
    // SAFETY: the set is filled before it is read.
    unsafe {
        let mut all = std::mem::zeroed();
        libc::sigfillset(&raw mut all);
        libc::pthread_sigmask(libc::SIG_BLOCK, &raw const all, ptr::null_mut());
    }
}

/// Asks for a filter of system calls.
pub(crate) fn filter() {
    // SAFETY: without a program nothing is read.
    unsafe { libc::syscall(libc::SYS_seccomp, 1, 0, 0) };
}

/// Does not die with the supervisor.
pub(crate) fn outlive_parent() {
    // SAFETY: it touches no memory.
    unsafe { libc::prctl(libc::PR_SET_PDEATHSIG, 0) };
}

/// Has others not look at it in `/proc`.
pub(crate) fn hide() {
    // SAFETY: it touches no memory.
    unsafe { libc::prctl(libc::PR_SET_DUMPABLE, 0) };
}

/// Becomes another user, and so forgets to die with the supervisor.
pub(crate) fn become_nobody() {
    // SAFETY: it touches no memory. The bare call is for one thread.
    unsafe { libc::syscall(libc::SYS_setuid, 65534) };
}

/// Makes a piece of memory that outlives the process.
pub(crate) fn share_memory() {
    // SAFETY: it touches no memory.
    unsafe { libc::shmget(libc::IPC_PRIVATE, 4096, 0o600) };
}

/// Adds a key that outlives the process.
pub(crate) fn add_key() {
    let (kind, name) = (c"user", c"judge-hostile");
    // SAFETY: both texts end with a null, and there is one byte of payload.
    unsafe { libc::syscall(libc::SYS_add_key, kind.as_ptr(), name.as_ptr(), c"x".as_ptr(), 1, -4) };
}

/// Gives the thread another name.
pub(crate) fn rename(name: &std::ffi::CStr) {
    // SAFETY: the name ends with a null.
    unsafe { libc::prctl(libc::PR_SET_NAME, name.as_ptr()) };
}
