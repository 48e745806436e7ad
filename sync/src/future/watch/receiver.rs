//! Where the value is seen.

use std::{
    future::{Future, poll_fn},
    panic::Location,
    pin::pin,
    sync::Arc,
};

use tokio::sync::watch;

use super::{Ref, Shared, error::RecvError};
use crate::{
    control::{self, Enabled, Op, Question},
    future::step::step,
};

/// Sees the value, and remembers which one it has seen. See the [module](super) for the
/// *Differences from Tokio*.
#[derive(Debug)]
pub struct Receiver<T> {
    shared: Arc<Shared>,
    inner: watch::Receiver<T>,
}

impl<T> Receiver<T> {
    pub(super) fn new(inner: watch::Receiver<T>, shared: Arc<Shared>) -> Self {
        Self { shared, inner }
    }

    /// The value now.
    #[track_caller]
    pub fn borrow(&self) -> Ref<'_, T> {
        let _asked = control::ask(Op::Load, &*self.shared, Shared::may_read);
        Ref::new(&self.shared, self.inner.borrow())
    }

    /// The value now, which then counts as seen.
    #[track_caller]
    pub fn borrow_and_update(&mut self) -> Ref<'_, T> {
        let _asked = control::ask(Op::Load, &*self.shared, Shared::may_read);
        Ref::new(&self.shared, self.inner.borrow_and_update())
    }

    /// Waits for a value that has not been seen, which then counts as seen.
    ///
    /// # Errors
    ///
    /// If there is none, and no sender any more.
    #[track_caller]
    pub fn changed(&mut self) -> impl Future<Output = Result<(), RecvError>> {
        let place = Location::caller();
        async move {
            step(Op::Wait, &self.shared.resource, place);
            self.inner.changed().await
        }
    }

    /// Waits for a value that `test` accepts, which may be the one now.
    ///
    /// # Errors
    ///
    /// If `test` rejects the last value, and there is no sender any more.
    #[track_caller]
    pub fn wait_for(
        &mut self,
        mut test: impl FnMut(&T) -> bool,
    ) -> impl Future<Output = Result<Ref<'_, T>, RecvError>> {
        let (place, mut first) = (Location::caller(), true);
        let Self { shared, inner } = self;
        async move {
            let mut waiting = pin!(inner.wait_for(|value| {
                let _reading = shared.reading();
                test(value)
            }));
            let value = poll_fn(|context| {
                // Tokio's future reads the value each time it is polled. After the first time that
                // is part of the step that polls, unless somebody is writing.
                if std::mem::take(&mut first) || !shared.may_read() {
                    ask_to_read(shared, place);
                }
                waiting.as_mut().poll(context)
            })
            .await?;
            Ok(Ref::new(shared, value))
        }
    }

    /// Whether there is a value that has not been seen.
    ///
    /// # Errors
    ///
    /// If there is no sender any more.
    #[track_caller]
    pub fn has_changed(&self) -> Result<bool, RecvError> {
        control::step(Op::Load, &*self.shared);
        self.inner.has_changed()
    }

    /// Lets the value now count as not seen.
    pub fn mark_changed(&mut self) {
        self.inner.mark_changed();
    }
}

/// Asks, for a wait that was called at `place`, to read the value.
fn ask_to_read(shared: &Shared, place: &'static Location<'static>) {
    let Some(controller) = control::current() else { return };
    let (op, resource, test) = (Op::Wait, &shared.resource, || shared.may_read());
    let enabled = Enabled::When(&test);
    drop(control::pose(controller, &Question { op, resource, place, enabled, timed: false }));
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        control::freed(&self.shared.resource);
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        Self::new(self.inner.clone(), Arc::clone(&self.shared))
    }
}
