//! What a worker writes on its board when it dies of a signal, and then dies of it.

#![expect(unsafe_code, reason = "no safe interface handles these signals")]

use std::{ffi::c_int, io, mem, ptr};

use libc::{SA_ONSTACK, SA_RESETHAND, SA_SIGINFO, SIGBUS, SIGSEGV, SIGSYS, c_void, siginfo_t};

use super::board::{show_call, show_fault};

type Handler = extern "C" fn(c_int, *mut siginfo_t, *mut c_void);

/// From here on, touching memory that is not there and forbidden calls are told on the board.
///
/// # Errors
///
/// If the system does not let the signals be handled.
pub(super) fn set() -> io::Result<()> {
    for signal in [SIGSEGV, SIGBUS] {
        handle(signal, fault)?;
    }
    handle(SIGSYS, refused)
}

/// The handler runs once, on the stack that std keeps for it on every thread: the default is back
/// before it begins.
fn handle(signal: c_int, handler: Handler) -> io::Result<()> {
    // SAFETY: all zeros is a `sigaction` with the default action and an empty mask.
    let mut action: libc::sigaction = unsafe { mem::zeroed() };
    action.sa_sigaction = handler as usize;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND;
    // SAFETY: `action` is whole, and its handler does only what a signal handler may do: it stores
    // into atomics, and raises a signal.
    match unsafe { libc::sigaction(signal, &raw const action, ptr::null_mut()) } {
        0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

/// Returns to the instruction that failed, which fails again and is not handled any more.
extern "C" fn fault(_: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the kernel passes both, as SA_SIGINFO asks, and a fault has an address.
    let (address, stack) = unsafe { ((*info).si_addr() as u64, registers(context).stack) };
    show_fault(address, stack.max(1));
}

extern "C" fn refused(signal: c_int, _: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the kernel passes it, as SA_SIGINFO asks.
    show_call(unsafe { registers(context).call });
    // SAFETY: raising is allowed in a handler. It is held back until the handler has returned.
    unsafe { libc::raise(signal) };
}

/// Two of the registers at the time of a signal.
struct Registers {
    stack: u64,
    /// The number of the system call under way, if one is.
    call: u64,
}

/// # Safety
///
/// `context` must be what the kernel passed to a handler.
#[cfg(target_arch = "x86_64")]
unsafe fn registers(context: *mut c_void) -> Registers {
    // SAFETY: that is what a context is.
    let registers = unsafe { &(*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs };
    let value = |index: c_int| registers[usize::try_from(index).unwrap_or_default()];
    Registers {
        stack: value(libc::REG_RSP).cast_unsigned(),
        call: value(libc::REG_RAX).cast_unsigned(),
    }
}

/// # Safety
///
/// `context` must be what the kernel passed to a handler.
#[cfg(target_arch = "aarch64")]
unsafe fn registers(context: *mut c_void) -> Registers {
    // SAFETY: that is what a context is.
    let context = unsafe { &(*context.cast::<libc::ucontext_t>()).uc_mcontext };
    Registers { stack: context.sp, call: context.regs[8] }
}
