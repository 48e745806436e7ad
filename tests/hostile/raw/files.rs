//! Files that are open, and waiting for what does not come.

use std::{ffi::c_int, ops::Range, ptr};

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

/// Shuts both directions of `files`, where they are sockets.
pub(crate) fn hang_up(files: Range<c_int>) {
    for file in files {
        // SAFETY: it touches no memory.
        unsafe { libc::shutdown(file, libc::SHUT_RDWR) };
    }
}

/// Puts stdin in the place of `files`, where they are open.
pub(crate) fn replace(files: Range<c_int>) {
    for file in files {
        // SAFETY: none. Whoever owns them is to notice.
        unsafe {
            if libc::fcntl(file, libc::F_GETFD) >= 0 {
                libc::dup2(0, file);
            }
        }
    }
}

/// Has nobody wait for `files`.
pub(crate) fn do_not_block(files: Range<c_int>) {
    for file in files {
        // SAFETY: it touches no memory.
        unsafe { libc::fcntl(file, libc::F_SETFL, libc::O_NONBLOCK) };
    }
}

/// Changes when a file was written.
pub(crate) fn set_times() {
    // SAFETY: the path ends with a null, and no times mean now.
    unsafe { libc::utimensat(libc::AT_FDCWD, c"/tmp/judge-hostile".as_ptr(), ptr::null(), 0) };
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

/// Polls nothing, without a limit.
pub(crate) fn poll_for_ever() {
    // SAFETY: no file is looked at.
    unsafe { libc::poll(ptr::null_mut(), 0, -1) };
}

/// Waits at a number until somebody wakes it.
pub(crate) fn wait_at_number() {
    let number = 0u32;
    // SAFETY: the number lives as long as the call.
    unsafe {
        libc::syscall(libc::SYS_futex, &raw const number, libc::FUTEX_WAIT, 0, ptr::null::<u8>());
    }
}

/// Waits for a signal, whichever.
pub(crate) fn wait_for_signal() {
    // SAFETY: it touches no memory.
    unsafe { libc::pause() };
}
