//! Ending the process, or the thread.

use std::{ffi::c_int, ptr};

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

/// Has the process exit well where it would crash.
pub(crate) fn exit_on_crash() {
    extern "C" fn exit(_: c_int) {
        exit_at_once();
    }
    // SAFETY: the handler calls nothing but what a handler may call.
    unsafe { libc::signal(libc::SIGSEGV, exit as extern "C" fn(c_int) as usize) };
}

/// Has the process end well when it exits, however it does.
pub(crate) fn at_exit() {
    extern "C" fn end() {
        exit_at_once();
    }
    // SAFETY: what is registered never returns.
    unsafe { libc::atexit(end) };
}

/// Ends the thread, and nothing else.
pub(crate) fn exit_thread() {
    // SAFETY: none. Whoever waits for the thread is to notice.
    unsafe { libc::syscall(libc::SYS_exit, 0) };
}

/// Ends the thread as the C library does.
pub(crate) fn exit_pthread() {
    // SAFETY: none. Whoever waits for the thread is to notice.
    unsafe { libc::pthread_exit(ptr::null_mut()) };
}
