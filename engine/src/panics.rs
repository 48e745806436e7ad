//! Panics of tasks: caught where they happen, told in the outcome, and not printed.

use std::{
    cell::{Cell, RefCell},
    panic::{self, PanicHookInfo},
    sync::{
        Once,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
};

use crate::{pulse, trace::shown};

/// A panic as it was raised.
#[derive(Clone, Debug)]
pub(crate) struct Raised {
    pub(crate) message: String,
    pub(crate) place: String,
}

/// The panic by which it is found out whether panics are told.
const PROBE: &str = "are panics told?";

/// Where std panics because a panic cannot go on.
const STD: &str = "core/src/panicking.rs";

thread_local! {
    static CATCHES: Cell<bool> = const { Cell::new(false) };
    static CAUGHT: RefCell<Option<(u64, Raised)>> = const { RefCell::new(None) };
}

/// From here on, panics on this OS thread are kept and not printed, or no longer. The first one is
/// kept until it is taken: those that follow are mostly its consequences.
pub(crate) fn catch(catches: bool) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if CATCHES.get() {
                let raised = Raised::new(info);
                // That a panic met a panic says less than the panic that it met.
                let says_less = info.location().is_some_and(|place| place.file().ends_with(STD));
                if !says_less && raised.message != PROBE {
                    pulse::panicked(&raised.message, &raised.place);
                }
                CAUGHT.with_borrow_mut(|caught| {
                    caught.get_or_insert_with(|| (next_number(), raised));
                });
            } else {
                print(info);
            }
        }));
    });
    CATCHES.set(catches);
}

/// A task has unwound on this OS thread. If nobody was told of a panic, it was raised without one, or
/// the program has put a hook of its own in the place of ours.
pub(crate) fn unwound() {
    CAUGHT.with_borrow_mut(|caught| {
        caught.get_or_insert_with(|| {
            let message = "it unwound, and told nobody why".to_owned();
            (next_number(), Raised { message, place: "an unknown place".to_owned() })
        });
    });
}

/// Whether panics are still told: a program may have replaced the hook.
pub(crate) fn are_told() -> bool {
    let before = CATCHES.replace(true);
    let own = panic::catch_unwind(|| panic!("{PROBE}"));
    CATCHES.set(before);
    own.is_err() && take().is_some()
}

/// Whether a panic is kept on this OS thread.
#[inline]
pub(crate) fn are_kept() -> bool {
    CAUGHT.with_borrow(Option::is_some)
}

/// The panic that was kept on this OS thread.
#[inline]
pub(crate) fn take() -> Option<Raised> {
    take_in_order().map(|(_, raised)| raised)
}

/// The panic that was kept on this OS thread, with a number: of two panics on different threads of
/// which one has caused the other, the cause has the lower one.
#[inline]
pub(crate) fn take_in_order() -> Option<(u64, Raised)> {
    // Mostly there is none, and then nothing is moved.
    are_kept().then(|| CAUGHT.take()).flatten()
}

/// Relaxed is enough: what makes one panic the cause of another orders the two calls as well.
fn next_number() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Relaxed)
}

impl Raised {
    fn new(info: &PanicHookInfo<'_>) -> Self {
        let message = shortened(info.payload_as_str().unwrap_or("the payload is not text"));
        let place = info.location().map_or_else(
            || "an unknown place".to_owned(),
            |place| shown(place.file(), place.line()),
        );
        Self { message, place }
    }
}

/// What is kept of a message: nobody reads a megabyte.
fn shortened(message: &str) -> String {
    const MOST: usize = 2000;
    if message.len() <= MOST {
        return message.to_owned();
    }
    format!("{}…", &message[..message.floor_char_boundary(MOST)])
}
