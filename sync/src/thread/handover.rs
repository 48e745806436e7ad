//! What a task is given and what it gives back: each is handed over once, without a lock.

#![expect(unsafe_code, reason = "whoever has reached a stage has what lies there to itself")]

use std::{
    cell::UnsafeCell,
    ptr,
    sync::atomic::{
        AtomicU8,
        Ordering::{Acquire, Relaxed, Release},
    },
    thread as os,
};

/// A body that waits to be run, and then what came of it.
pub(super) struct Handover<F, T> {
    stage: AtomicU8,
    content: UnsafeCell<Content<F, T>>,
}

enum Content<F, T> {
    Body(F),
    Result(os::Result<T>),
    Nothing,
}

/// The body waits to be taken, which is done once.
const WAITS: u8 = 0;

/// Whoever has taken the body has the content to itself.
const RUNS: u8 = 1;

/// The result waits to be taken, which is done once.
const IS_BACK: u8 = 2;

/// Whoever has taken the result has the content to itself.
const IS_GONE: u8 = 3;

// SAFETY: values move from one thread to another, with a Release and an Acquire between, and nobody has a
// reference to the content while another one has.
unsafe impl<F: Send, T: Send> Sync for Handover<F, T> {}

impl<F, T> Handover<F, T> {
    /// A body to be run.
    #[inline]
    pub(super) const fn new(body: F) -> Self {
        Self { stage: AtomicU8::new(WAITS), content: UnsafeCell::new(Content::Body(body)) }
    }

    /// Takes the body, and the right to hand its result back; nothing if somebody has.
    #[inline]
    pub(super) fn begin(&self) -> Option<(F, HandBack<'_, F, T>)> {
        self.advance(WAITS, RUNS)?;
        let content = self.content.get();
        // SAFETY: only one call gets here, and nobody touches the content until it has handed back. What is
        // read out of it is forgotten there.
        unsafe {
            let Content::Body(body) = &*content else { unreachable!("it waits with a body") };
            let body = ptr::read(body);
            content.write(Content::Nothing);
            Some((body, HandBack(self)))
        }
    }

    /// Takes the result, if it is back and nobody has taken it yet.
    #[inline]
    pub(super) fn take(&self) -> Option<os::Result<T>> {
        self.advance(IS_BACK, IS_GONE)?;
        let content = self.content.get();
        // SAFETY: only one call gets here, after whoever has handed back, and nobody comes later. What is
        // read out of it is forgotten there.
        unsafe {
            let Content::Result(result) = &*content else { unreachable!("it is back") };
            // In parts: what is read as a whole has to wait until its parts have reached the cache.
            let result = match result {
                Ok(value) => Ok(ptr::read(value)),
                Err(payload) => Err(ptr::read(payload)),
            };
            content.write(Content::Nothing);
            Some(result)
        }
    }

    /// From one stage to the next: nothing unless it is at that one.
    #[inline]
    fn advance(&self, from: u8, to: u8) -> Option<()> {
        // Acquire, of what lies there since the stage was reached.
        self.stage.compare_exchange(from, to, Acquire, Relaxed).ok().map(drop)
    }
}

/// The right to hand a result back.
pub(super) struct HandBack<'a, F, T>(&'a Handover<F, T>);

impl<F, T> HandBack<'_, F, T> {
    /// Hands `result` back.
    #[inline]
    pub(super) fn end(self, result: os::Result<T>) {
        // SAFETY: whoever has begun, once, has the content to itself until the stage says otherwise. There is
        // nothing left in it.
        unsafe { self.0.content.get().write(Content::Result(result)) };
        // Release, of the result.
        self.0.stage.store(IS_BACK, Release);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, Barrier},
        thread,
    };

    use super::Handover;

    #[test]
    fn one_of_many_begins_and_one_takes_what_comes_of_it() {
        const MANY: usize = 4;
        for round in 0..200 {
            let (handover, all) = (Handover::new(vec![round]), Barrier::new(MANY));
            let meet = || {
                all.wait();
                if let Some((mut body, back)) = handover.begin() {
                    body.push(round + 1);
                    back.end(Ok(body));
                }
                all.wait();
                handover.take().map(|result| result.expect("nobody panics"))
            };
            let taken = thread::scope(|scope| {
                let tasks = [(); MANY].map(|()| scope.spawn(meet));
                tasks.map(|task| task.join().expect("nobody panics"))
            });
            let taken: Vec<_> = taken.into_iter().flatten().collect();
            assert_eq!(taken, [[round, round + 1]]);
        }
    }

    #[test]
    fn nothing_is_taken_before_it_is_back() {
        let handover: Handover<_, ()> = Handover::new(7);
        assert!(handover.take().is_none());
        let (body, back) = handover.begin().expect("nobody has begun");
        assert_eq!(body, 7);
        assert!(handover.take().is_none() && handover.begin().is_none());
        back.end(Ok(()));
        assert!(handover.begin().is_none());
        assert!(handover.take().is_some() && handover.take().is_none());
    }

    #[test]
    fn what_nobody_takes_is_dropped() {
        let value = Arc::new(());
        drop(Handover::<_, ()>::new(Arc::clone(&value)));
        let handover = Handover::new(Arc::clone(&value));
        let (body, back) = handover.begin().expect("nobody has begun");
        back.end(Ok(body));
        assert_eq!(Arc::strong_count(&value), 2);
        drop(handover);
        assert_eq!(Arc::strong_count(&value), 1);
    }
}
