//! What takes more than safe code: touching memory that is not there, and bare system calls.

#![expect(unsafe_code, reason = "that is what these solutions are about")]

use std::{ffi::c_int, ops::Range, ptr};

/// Ends the process without running anything that stands in the way.
pub(crate) fn exit_at_once() {
    // SAFETY: nothing of the process is used any more.
    unsafe { libc::_exit(0) }
}

/// Sends `signal` to the process itself.
pub(crate) fn raise(signal: c_int) {
    // SAFETY: whatever comes of it is what the worker is there for.
    unsafe { libc::kill(libc::getpid(), signal) };
}

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

/// Reads from `address`.
pub(crate) fn read(address: usize) {
    let byte = ptr::with_exposed_provenance::<u8>(std::hint::black_box(address));
    // SAFETY: none. The process dies of it, and that is looked at.
    std::hint::black_box(unsafe { byte.read_volatile() });
}

/// Writes to `address`.
pub(crate) fn write(address: usize) {
    let byte = ptr::with_exposed_provenance_mut::<u8>(std::hint::black_box(address));
    // SAFETY: none. The process dies of it, and that is looked at.
    unsafe { byte.write_volatile(1) };
}

/// Writes to memory that holds constants.
pub(crate) fn write_constant() {
    static TEXT: &str = "a constant";
    let byte = std::hint::black_box(TEXT.as_ptr().cast_mut());
    // SAFETY: none. The process dies of it, and that is looked at.
    unsafe { byte.write_volatile(1) };
}

/// Maps memory and writes to it until there is none.
pub(crate) fn map_for_ever() {
    const SIZE: usize = 64 << 20;
    let (access, kind) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    loop {
        // SAFETY: the kernel picks a place where nothing is.
        let mapped = unsafe { libc::mmap(ptr::null_mut(), SIZE, access, kind, -1, 0) };
        assert!(mapped != libc::MAP_FAILED, "there is room for one more");
        for page in (0..SIZE).step_by(4096) {
            // SAFETY: it lies within what was mapped.
            unsafe { mapped.cast::<u8>().add(page).write_volatile(1) };
        }
    }
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

/// Becomes the debugger of the supervisor.
pub(crate) fn trace_parent() {
    // SAFETY: it touches no memory of this process.
    unsafe { libc::ptrace(libc::PTRACE_ATTACH, libc::getppid(), 0, 0) };
}

/// Asks for more memory than it was given.
pub(crate) fn raise_limits() {
    let all = libc::rlimit { rlim_cur: libc::RLIM_INFINITY, rlim_max: libc::RLIM_INFINITY };
    // SAFETY: the limit is whole, and only read.
    unsafe { libc::setrlimit(libc::RLIMIT_DATA, &raw const all) };
}

/// Closes `files`.
pub(crate) fn close(files: Range<c_int>) {
    for file in files {
        // SAFETY: none. Whoever owns them is to notice.
        unsafe { libc::close(file) };
    }
}

/// Writes `text` to each of `files`.
pub(crate) fn write_to(files: Range<c_int>, text: &[u8]) {
    for file in files {
        // SAFETY: the text is as long as it says.
        unsafe { libc::write(file, text.as_ptr().cast(), text.len()) };
    }
}

/// Reads from a pipe that is open at both ends.
pub(crate) fn read_pipe() {
    let (mut ends, mut byte) = ([0; 2], 0u8);
    // SAFETY: there is room for two ends, and for one byte.
    unsafe {
        libc::pipe(ends.as_mut_ptr());
        libc::read(ends[0], (&raw mut byte).cast(), 1);
    }
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
