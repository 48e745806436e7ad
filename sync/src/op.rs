//! The visible operations, and how a report speaks of them.

use serde::{Deserialize, Serialize};

/// One visible action on a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
// Without padding around it a pending operation is copied in two moves.
#[repr(u32)]
pub enum Op {
    /// A task begins.
    Start,
    /// Another task's end is waited for.
    Join,
    /// A mutex is locked.
    Lock,
    /// A mutex is locked if it is free.
    TryLock,
    /// A read-write lock is locked for reading.
    Read,
    /// A read-write lock is locked for reading if no writer has it.
    TryRead,
    /// A read-write lock is locked for writing.
    Write,
    /// A read-write lock is locked for writing if it is free.
    TryWrite,
    /// A condition variable: release the mutex and sleep, in one step.
    Wait,
    /// A condition variable: wake and lock the mutex again.
    Wake,
    /// One waiter is woken.
    NotifyOne,
    /// All waiters are woken.
    NotifyAll,
    /// Permits are taken.
    Acquire,
    /// Permits are taken if they are there.
    TryAcquire,
    /// Permits are given.
    Release,
    /// A task comes to a barrier.
    Arrive,
    /// A task leaves a barrier that has opened.
    Pass,
    /// A message is sent.
    Send,
    /// A message is sent if there is room.
    TrySend,
    /// A message is received.
    Receive,
    /// A message is received if there is one.
    TryReceive,
    /// A channel's last handle on one side is dropped.
    Disconnect,
    /// An atomic is read, `SeqCst`; or another resource is looked at.
    Load,
    /// An atomic is read, `Relaxed`.
    LoadRelaxed,
    /// An atomic is read, `Acquire`.
    LoadAcquire,
    /// An atomic is written, `SeqCst`; or another resource is.
    Store,
    /// An atomic is written, `Relaxed`.
    StoreRelaxed,
    /// An atomic is written, `Release`.
    StoreRelease,
    /// An atomic is read and written in one step, `SeqCst`; or another resource is.
    Update,
    /// An atomic is read and written in one step, `Relaxed`.
    UpdateRelaxed,
    /// An atomic is read and written in one step, `Acquire`.
    UpdateAcquire,
    /// An atomic is read and written in one step, `Release`.
    UpdateRelease,
    /// An atomic is read and written in one step, `AcqRel`.
    UpdateAcqRel,
    /// A memory fence, `SeqCst`.
    Fence,
    /// A memory fence, `Acquire`.
    FenceAcquire,
    /// A memory fence, `Release`.
    FenceRelease,
    /// A memory fence, `AcqRel`.
    FenceAcqRel,
    /// A plain cell is read.
    Peek,
    /// A plain cell is written.
    Poke,
    /// A cell that is set once is read, or set.
    Once,
    /// Others may go first.
    Yield,
    /// A task sleeps until it is unparked.
    Park,
    /// A task is unparked.
    Unpark,
    /// Time passes.
    Sleep,
    /// A future that was pending is polled again.
    Await,
    /// A callback of the harness begins.
    Begin,
    /// A callback of the harness ends.
    End,
    /// A call of the harness is recorded.
    Record,
    /// The harness waits until nobody else can move.
    Quiesce,
}

impl Op {
    /// Whether the operation changes its resource: two operations on one resource are dependent
    /// when at least one of them does.
    #[inline]
    pub const fn changes(self) -> bool {
        const READS: u64 = Op::set(&[
            Op::Start,
            Op::Join,
            Op::Read,
            Op::TryRead,
            Op::Load,
            Op::LoadRelaxed,
            Op::LoadAcquire,
            Op::Peek,
            Op::Yield,
        ]);
        READS >> self as u32 & 1 == 0
    }

    /// Whether it ends with a mutex locked that was free: whoever unlocks it in the same step leaves it as
    /// it was.
    #[inline]
    pub const fn locks(self) -> bool {
        const LOCKS: u64 = Op::set(&[Op::Lock, Op::Wake]);
        LOCKS >> self as u32 & 1 == 1
    }

    /// Whether the operation only looks, or tries and may fail: what a task does again and again that
    /// waits without blocking.
    #[inline]
    pub const fn may_be_polling(self) -> bool {
        const POLLS: u64 = Op::set(&[
            Op::Load,
            Op::LoadRelaxed,
            Op::LoadAcquire,
            Op::Update,
            Op::UpdateRelaxed,
            Op::UpdateAcquire,
            Op::UpdateRelease,
            Op::UpdateAcqRel,
            Op::Peek,
            Op::Once,
            Op::Yield,
            Op::Sleep,
            Op::TryLock,
            Op::TryRead,
            Op::TryWrite,
            Op::TryAcquire,
            Op::TrySend,
            Op::TryReceive,
        ]);
        POLLS >> self as u32 & 1 == 1
    }

    /// A bit for each of `operations`: a question that is asked at every step is one shift then.
    pub(crate) const fn set(operations: &[Self]) -> u64 {
        let (mut bits, mut index) = (0, 0);
        while index < operations.len() {
            bits |= 1 << operations[index] as u32;
            index += 1;
        }
        bits
    }

    /// What a task does that performs the operation: "locks", "waits on".
    pub const fn verb(self) -> &'static str {
        match self {
            Op::Start => "starts",
            Op::Join => "joins",
            Op::Lock => "locks",
            Op::TryLock => "tries to lock",
            Op::Read => "locks for reading",
            Op::TryRead => "tries to lock for reading",
            Op::Write => "locks for writing",
            Op::TryWrite => "tries to lock for writing",
            Op::Wait => "waits on",
            Op::Wake => "wakes and locks",
            Op::NotifyOne => "notifies one on",
            Op::NotifyAll => "notifies all on",
            Op::Acquire => "acquires",
            Op::TryAcquire => "tries to acquire",
            Op::Release => "releases",
            Op::Arrive => "arrives at",
            Op::Pass => "passes",
            Op::Send => "sends to",
            Op::TrySend => "tries to send to",
            Op::Receive => "receives from",
            Op::TryReceive => "tries to receive from",
            Op::Disconnect => "disconnects",
            Op::Load | Op::LoadRelaxed | Op::LoadAcquire => "loads",
            Op::Store | Op::StoreRelaxed | Op::StoreRelease => "stores to",
            Op::Update
            | Op::UpdateRelaxed
            | Op::UpdateAcquire
            | Op::UpdateRelease
            | Op::UpdateAcqRel => "updates",
            Op::Fence | Op::FenceAcquire | Op::FenceRelease | Op::FenceAcqRel => "fences",
            Op::Peek => "reads",
            Op::Poke => "writes",
            Op::Once => "asks",
            Op::Yield => "yields",
            Op::Park => "parks on",
            Op::Unpark => "unparks",
            Op::Sleep => "sleeps",
            Op::Await => "goes on with",
            Op::Begin => "begins",
            Op::End => "ends",
            Op::Record => "is",
            Op::Quiesce => "sees that nobody else can move",
        }
    }

    /// What a task does that cannot perform the operation yet: "waits for", "waits on".
    pub const fn waiting(self) -> &'static str {
        match self {
            Op::Join => "waits for the end of",
            Op::Lock => "waits to lock",
            Op::Read => "waits to read",
            Op::Write => "waits to write",
            Op::Wait => "waits on",
            Op::Wake => "is awake and waits to lock",
            Op::Acquire => "waits for a permit of",
            Op::Arrive | Op::Pass => "waits at",
            Op::Send => "waits to send to",
            Op::Receive => "waits to receive from",
            Op::Park => "is parked on",
            Op::Await => "awaits",
            _ => "waits for",
        }
    }
}
