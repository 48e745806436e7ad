//! The switch from one stack to another.
//!
//! A stack that is not running is known by where it ends. What it takes to go on lies there: two
//! registers that a compiler keeps for itself, and the address to go on at; all other registers
//! are given up.
//!
//! ```text
//!   a suspended stack            a fresh one
//!   -----------------            -----------
//!   rbp  (x29)                   padding
//!   rbx  (x19)                   `entry`
//!   where to go on               `argument`
//!                                `trampoline`     <- the end
//! ```
//!
//! The way out is a jump, never a return: a processor foretells a return by the call before it,
//! which was another stack's. So only the returns that follow are foretold, by the calls of the stack
//! that was left; where both stand at the same operation, as tasks often do, they are the right
//! ones. That is why stacks are switched directly, too, and not by way of a root, and where a task
//! [asks](super::Answer), and not below that.
//!
//! Rounding and other modes of floating point are not switched: tasks share them.

use std::{arch::asm, cell::Cell};

/// What a fresh stack begins with. It never returns, and never unwinds.
pub type Entry = unsafe extern "C" fn(*const ()) -> !;

/// Makes the stack that begins below `base` ready to run `entry` with `argument`, and tells where it
/// ends.
///
/// # Safety
///
/// `base` is aligned to 16 bytes, and the 32 bytes below it can be written.
pub unsafe fn prepare(base: *mut u8, entry: Entry, argument: *const ()) -> *mut u8 {
    let words = [trampoline as *const () as usize, argument as usize, entry as usize, 0];
    let end = base.wrapping_sub(size_of_val(&words));
    // SAFETY: the caller answers for the room.
    unsafe { end.cast::<[usize; 4]>().write_unaligned(words) };
    end
}

/// Leaves the running stack, whose end goes to `left`, for the one that ends at `to`, which is told
/// `word`. Returns when the running stack is switched to, with what it is told.
///
/// # Safety
///
/// `to` was [prepared](prepare), or put into its `left` when its stack was left, and has not been
/// switched to since; everything its stack borrows is alive; and it was left on this OS thread.
#[cfg(target_arch = "x86_64")]
#[expect(clippy::inline_always, reason = "a call would be one more return to foretell")]
#[inline(always)]
pub unsafe fn switch(left: &Cell<*mut u8>, to: *mut u8, word: usize) -> usize {
    let told;
    // SAFETY: each register is given up, or on the stack; the caller answers for `to`.
    unsafe {
        asm!(
            "push rbp",
            "push rbx",
            "lea rax, [rip + 2f]",
            "push rax",
            "mov [rdi], rsp",
            "mov rsp, rsi",
            "pop rax",
            "jmp rax",
            "2:",
            "pop rbx",
            "pop rbp",
            in("rdi") left.as_ptr(),
            in("rsi") to,
            inout("rdx") word => told,
            lateout("r12") _,
            lateout("r13") _,
            lateout("r14") _,
            lateout("r15") _,
            clobber_abi("C"),
        );
    }
    told
}

/// The same for another processor.
///
/// # Safety
///
/// The same.
#[cfg(target_arch = "aarch64")]
#[expect(clippy::inline_always, reason = "a call would be one more return to foretell")]
#[inline(always)]
pub unsafe fn switch(left: &Cell<*mut u8>, to: *mut u8, word: usize) -> usize {
    let told;
    // SAFETY: each register is given up, or on the stack; the caller answers for `to`.
    unsafe {
        asm!(
            "adr x9, 2f",
            "stp x9, xzr, [sp, #-32]!",
            "stp x19, x29, [sp, #16]",
            "mov x9, sp",
            "str x9, [x0]",
            "mov sp, x1",
            "ldr x9, [sp]",
            "br x9",
            "2:",
            "ldp x19, x29, [sp, #16]",
            "add sp, sp, #32",
            in("x0") left.as_ptr(),
            in("x1") to,
            inout("x2") word => told,
            lateout("x20") _,
            lateout("x21") _,
            lateout("x22") _,
            lateout("x23") _,
            lateout("x24") _,
            lateout("x25") _,
            lateout("x26") _,
            lateout("x27") _,
            lateout("x28") _,
            lateout("v8") _,
            lateout("v9") _,
            lateout("v10") _,
            lateout("v11") _,
            lateout("v12") _,
            lateout("v13") _,
            lateout("v14") _,
            lateout("v15") _,
            clobber_abi("C"),
        );
    }
    told
}

/// Where a fresh stack begins: calls what lies on it. Whoever walks the stack upwards stops here.
#[cfg(target_arch = "x86_64")]
#[unsafe(naked)]
unsafe extern "C" fn trampoline() -> ! {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined rip",
        "pop rdi",
        "pop rax",
        "add rsp, 8",
        "call rax",
        "ud2",
        ".cfi_endproc",
    )
}

/// The same for another processor.
#[cfg(target_arch = "aarch64")]
#[unsafe(naked)]
unsafe extern "C" fn trampoline() -> ! {
    std::arch::naked_asm!(
        ".cfi_startproc",
        ".cfi_undefined x30",
        "ldp x0, x9, [sp, #8]",
        "add sp, sp, #32",
        "mov x29, xzr",
        "mov x30, xzr",
        "blr x9",
        "brk #1",
        ".cfi_endproc",
    )
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
compile_error!("the controlled engine switches stacks on x86-64 and AArch64 only");
