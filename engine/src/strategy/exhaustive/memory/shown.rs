//! What a checker may still look at of what an execution has shown so far.

use std::fmt;

/// A number for what has been shown in the execution under way: equal where a checker could not tell
/// what has been shown apart, whatever is shown later.
pub type Digest = Box<dyn Fn() -> u64 + Send>;

/// A digest, if there is one; if not, all that is logged may be looked at, in its order.
#[derive(Default)]
pub(super) struct Shown(Option<Digest>);

impl Shown {
    pub(super) fn by(digest: Digest) -> Self {
        Self(Some(digest))
    }

    pub(super) fn is_told(&self) -> bool {
        self.0.is_some()
    }

    /// The number for now.
    pub(super) fn now(&self) -> u64 {
        self.0.as_ref().map_or(0, |digest| digest())
    }
}

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shown")
    }
}
