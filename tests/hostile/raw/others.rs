//! Reaching other processes, and making them.

use std::{ffi::c_int, ops::Range, ptr};

/// Sends SIGKILL to `process`.
pub(crate) fn kill(process: c_int) {
    // SAFETY: the worker must not get that far.
    unsafe { libc::kill(process, libc::SIGKILL) };
}

/// Sends SIGKILL to the supervisor.
pub(crate) fn kill_parent() {
    // SAFETY: the worker must not get that far.
    unsafe { libc::kill(libc::getppid(), libc::SIGKILL) };
}

/// Forks; the child sleeps for ever.
pub(crate) fn fork() {
    // SAFETY: the child calls nothing but what may be called after a fork.
    if unsafe { libc::fork() } == 0 {
        // SAFETY: as above.
        unsafe { libc::pause() };
    }
}

/// Forks twice, so that nobody is the parent of what sleeps for ever in a session of its own.
pub(crate) fn daemon() {
    // SAFETY: the children call nothing but what may be called after a fork.
    unsafe {
        if libc::fork() == 0 {
            libc::setsid();
            if libc::fork() == 0 {
                libc::pause();
            }
            libc::_exit(0);
        }
    }
}

/// Forks in the way that is hardly one.
pub(crate) fn vfork() {
    #[cfg(target_arch = "x86_64")]
    let call = libc::SYS_vfork;
    #[cfg(not(target_arch = "x86_64"))]
    let call = libc::SYS_clone;
    // SAFETY: the worker must not get that far.
    unsafe { libc::syscall(call, 0, 0, 0, 0, 0) };
}

/// Forks by the newest call, whose flags no filter sees.
pub(crate) fn clone3() {
    let arguments = [0u64; 8];
    // SAFETY: without flags it is a fork, whose child does nothing but end.
    unsafe {
        if libc::syscall(libc::SYS_clone3, arguments.as_ptr(), size_of_val(&arguments)) == 0 {
            libc::_exit(0);
        }
    }
}

/// Forks by the number that the call has among those of x32.
pub(crate) fn fork_x32() {
    #[cfg(target_arch = "x86_64")]
    let call = libc::SYS_fork | 0x4000_0000;
    #[cfg(not(target_arch = "x86_64"))]
    let call = libc::SYS_clone;
    // SAFETY: the worker must not get that far.
    unsafe { libc::syscall(call, 0, 0, 0, 0, 0) };
}

/// Forks by the interrupt of programs of 32 bits.
pub(crate) fn fork_int80() {
    #[cfg(target_arch = "x86_64")]
    // SAFETY: the call is a fork, which the worker must not get to; it changes `rax` alone.
    unsafe {
        std::arch::asm!("int 0x80", inout("rax") 2u64 => _, out("r8") _, out("r9") _,
            out("r10") _, out("r11") _);
    }
    #[cfg(not(target_arch = "x86_64"))]
    fork_x32();
}

/// Becomes `/bin/true`.
pub(crate) fn exec() {
    let arguments = [c"/bin/true".as_ptr(), ptr::null()];
    // SAFETY: both are lists that end with a null.
    unsafe { libc::execv(c"/bin/true".as_ptr(), arguments.as_ptr()) };
}

/// Begins a session.
pub(crate) fn new_session() {
    // SAFETY: it touches no memory.
    unsafe { libc::setsid() };
}

/// Leaves its process group.
pub(crate) fn new_group() {
    // SAFETY: it touches no memory.
    unsafe { libc::setpgid(0, 0) };
}

/// Becomes the debugger of the supervisor.
pub(crate) fn trace_parent() {
    // SAFETY: it touches no memory of this process.
    unsafe { libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0) };
}

/// Queues SIGKILL for the supervisor.
pub(crate) fn queue_signal() {
    // SAFETY: a `siginfo` of zeros is one.
    unsafe {
        let info: libc::siginfo_t = std::mem::zeroed();
        let parent = libc::getppid();
        libc::syscall(libc::SYS_rt_sigqueueinfo, parent, libc::SIGKILL, &raw const info);
    }
}

/// Has the supervisor be signalled when something happens to `files`.
pub(crate) fn own_by_parent(files: Range<c_int>) {
    for file in files {
        // SAFETY: it touches no memory.
        unsafe { libc::fcntl(file, libc::F_SETOWN, libc::getppid()) };
    }
}
