//! What takes more than safe code: touching memory that is not there, and bare system calls.

#![expect(unsafe_code, reason = "that is what these solutions are about")]

mod ends;
mod files;
mod memory;
mod others;
mod standing;

pub(crate) use self::{
    ends::{at_exit, exit_at_once, exit_on_crash, exit_pthread, exit_thread, raise},
    files::{
        close, do_not_block, hang_up, poll_for_ever, read_pipe, replace, set_times, wait_at_number,
        wait_for_signal, write_to,
    },
    memory::{
        lock_all, map_for_ever, protect_stack, read, unmap_all, unmap_stack, write, write_constant,
    },
    others::{
        clone3, daemon, exec, fork, fork_int80, fork_x32, kill, kill_parent, new_group,
        new_session, own_by_parent, queue_signal, trace_parent, vfork,
    },
    standing::{
        add_key, alarm, become_nobody, block_signals, filter, hide, idle, ignore_signals, nice,
        outlive_parent, raise_limits, rename, set_variable, share_memory, timer, umask,
    },
};
