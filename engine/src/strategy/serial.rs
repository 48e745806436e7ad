//! One task after the other.

use sync::control::TaskId;

use super::{Choices, Generator, census::Census, walk::Walk};

/// Prefers the oldest task, or the youngest: each goes on for as long as it can, and the next one
/// moves while it waits.
///
/// Nobody comes in between, which is what a delay-bounded scheduler begins with (Emmi, Qadeer and
/// Rakamarić, POPL 2011). It shows at once what depends on who is done before whom, however long that
/// takes: the longer the one, the less likely a random walk lets the other wait for all of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Serial {
    Oldest,
    Youngest,
}

impl Walk for Serial {
    fn begin(&mut self, _census: &Census, _draw: &mut Generator) {}

    fn choose(&mut self, _census: &Census, choices: &Choices<'_>, _draw: &mut Generator) -> TaskId {
        let enabled = choices.enabled();
        match self {
            Self::Oldest => enabled[0],
            Self::Youngest => enabled[enabled.len() - 1],
        }
    }
}
