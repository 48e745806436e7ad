//! Memory orderings, as a trace tells them: each ordering of a load, a store, an update and a fence
//! is an operation of its own, so that no question has to carry more than its operation.

use std::sync::atomic::Ordering;

use crate::op::Op;

impl Op {
    /// A load with `ordering`.
    #[inline]
    pub const fn load(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Relaxed => Op::LoadRelaxed,
            Ordering::Acquire => Op::LoadAcquire,
            _ => Op::Load,
        }
    }

    /// A store with `ordering`.
    #[inline]
    pub const fn store(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Relaxed => Op::StoreRelaxed,
            Ordering::Release => Op::StoreRelease,
            _ => Op::Store,
        }
    }

    /// An update with `ordering`.
    #[inline]
    pub const fn update(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Relaxed => Op::UpdateRelaxed,
            Ordering::Acquire => Op::UpdateAcquire,
            Ordering::Release => Op::UpdateRelease,
            Ordering::AcqRel => Op::UpdateAcqRel,
            _ => Op::Update,
        }
    }

    /// A fence with `ordering`.
    #[inline]
    pub const fn fence(ordering: Ordering) -> Self {
        match ordering {
            Ordering::Acquire => Op::FenceAcquire,
            Ordering::Release => Op::FenceRelease,
            Ordering::AcqRel => Op::FenceAcqRel,
            _ => Op::Fence,
        }
    }

    /// Whether what another task did before the store that is read is seen afterwards.
    pub const fn acquires(self) -> bool {
        const ACQUIRES: u64 = Op::set(&[
            Op::Load,
            Op::LoadAcquire,
            Op::Update,
            Op::UpdateAcquire,
            Op::UpdateAcqRel,
            Op::Fence,
            Op::FenceAcquire,
            Op::FenceAcqRel,
        ]);
        ACQUIRES >> self as u32 & 1 == 1
    }

    /// Whether what the task did before is seen by those who acquire what is written.
    pub const fn releases(self) -> bool {
        const RELEASES: u64 = Op::set(&[
            Op::Store,
            Op::StoreRelease,
            Op::Update,
            Op::UpdateRelease,
            Op::UpdateAcqRel,
            Op::Fence,
            Op::FenceRelease,
            Op::FenceAcqRel,
        ]);
        RELEASES >> self as u32 & 1 == 1
    }

    /// Whether it loads and does nothing else.
    pub const fn is_load(self) -> bool {
        matches!(self, Op::Load | Op::LoadRelaxed | Op::LoadAcquire)
    }

    /// Whether it stores without looking.
    pub const fn is_store(self) -> bool {
        matches!(self, Op::Store | Op::StoreRelaxed | Op::StoreRelease)
    }

    /// The name of its ordering; `SeqCst` for whatever has none.
    pub const fn ordering(self) -> &'static str {
        match self {
            Op::LoadRelaxed | Op::StoreRelaxed | Op::UpdateRelaxed => "Relaxed",
            Op::LoadAcquire | Op::UpdateAcquire | Op::FenceAcquire => "Acquire",
            Op::StoreRelease | Op::UpdateRelease | Op::FenceRelease => "Release",
            Op::UpdateAcqRel | Op::FenceAcqRel => "AcqRel",
            _ => "SeqCst",
        }
    }
}

/// What a compare-exchange promises whether it succeeds or fails: the ordering of the update, which
/// must load no weaker than the failure does. One that has failed [says so](crate::control::Note).
#[inline]
pub(crate) const fn either(success: Ordering, failure: Ordering) -> Ordering {
    match (success, failure) {
        (_, Ordering::SeqCst) => Ordering::SeqCst,
        (Ordering::Relaxed, Ordering::Acquire) => Ordering::Acquire,
        (Ordering::Release, Ordering::Acquire) => Ordering::AcqRel,
        _ => success,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

    use super::{Op, either};

    #[test]
    fn an_operation_promises_what_its_ordering_does() {
        for (ordering, acquires, releases) in [
            (Relaxed, false, false),
            (Acquire, true, false),
            (Release, false, true),
            (AcqRel, true, true),
            (SeqCst, true, true),
        ] {
            let update = Op::update(ordering);
            assert_eq!((update.acquires(), update.releases()), (acquires, releases));
            assert_eq!(update.ordering(), format!("{ordering:?}"));
        }
        assert!(Op::load(Acquire).acquires() && !Op::load(Relaxed).acquires());
        assert!(Op::store(Release).releases() && !Op::store(Relaxed).releases());
        assert!(Op::fence(Release).releases() && !Op::fence(Release).acquires());
    }

    #[test]
    fn a_compare_exchange_loads_no_weaker_than_its_failure() {
        assert_eq!(either(Relaxed, Acquire), Acquire);
        assert_eq!(either(Release, Acquire), AcqRel);
        assert_eq!(either(Release, Relaxed), Release);
        assert_eq!(either(AcqRel, SeqCst), SeqCst);
    }
}
