//! Ctrl-C: once to stop with a summary, twice to end at once. And a file that may not grow is no death.

use std::sync::{Arc, atomic::AtomicBool};

use signal_hook::{
    consts::{SIGINT, SIGTERM, SIGXFSZ},
    flag,
};

use crate::{Exit, Stop};

/// Raises `stop` when SIGINT or SIGTERM comes; a second one ends the process.
///
/// # Errors
///
/// If the system does not let signals be handled.
pub(super) fn listen(stop: &Stop) -> std::io::Result<()> {
    for signal in [SIGINT, SIGTERM] {
        let second = Arc::new(AtomicBool::new(false));
        // In this order: the first signal finds `second` unset, and sets it.
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&second))?;
        flag::register(signal, second)?;
        flag::register_usize(signal, stop.flag(), usize::try_from(signal).unwrap_or_default())?;
    }
    Ok(())
}

/// Whoever writes more to a file than the process may is told so, and does not die of it.
///
/// # Errors
///
/// If the system does not let signals be handled.
pub(super) fn survive_small_files() -> std::io::Result<()> {
    flag::register(SIGXFSZ, Arc::default()).map(drop)
}

/// The exit code for the signal that raised `stop`, if one has.
pub(super) fn exit(stop: &Stop) -> Option<Exit> {
    stop.signal().map(|signal| Exit::Signal(u8::try_from(signal).unwrap_or_default()))
}
