//! Small async programs, drawn: what tasks await of Tokio's types, in no sensible order.

use std::sync::Arc;

use engine::{Program, strategy::Generator};
use sync::{
    future::{Mutex, MutexGuard, Notify, Semaphore, mpsc, watch},
    task,
};

use super::generated::Observed;

/// One operation of a generated program.
#[derive(Clone, Copy, Debug)]
enum Do {
    Lock,
    TryLock,
    Change,
    Unlock,
    Acquire(u32),
    TryAcquire,
    Add,
    Notified,
    NotifyOne,
    NotifyAll,
    Replace,
    Changed,
    WaitFor(usize),
    Send,
    Receive,
    Yield,
}

fn operation(generator: &mut Generator) -> Do {
    match generator.below(18) {
        0 | 1 => Do::Lock,
        2 => Do::TryLock,
        3 => Do::Change,
        4 => Do::Unlock,
        5 => Do::Acquire(1),
        6 => Do::Acquire(2),
        7 => Do::TryAcquire,
        8 => Do::Add,
        9 => Do::Notified,
        10 => Do::NotifyOne,
        11 => Do::NotifyAll,
        12 => Do::Replace,
        13 => Do::Changed,
        14 => Do::WaitFor(1 + generator.below(2)),
        15 => Do::Send,
        16 => Do::Receive,
        _ => Do::Yield,
    }
}

/// Two or three tasks of a few operations: what number `seed` does.
#[derive(Debug)]
pub(super) struct Awaiting(Vec<Vec<Do>>);

impl Awaiting {
    pub(super) fn new(seed: u64) -> Self {
        let mut generator = Generator::new(seed, 1);
        let tasks = 2 + generator.below(2);
        let most = if tasks == 2 { 3 } else { 2 };
        let mut task = |_| {
            let length = 1 + generator.below(most);
            (0..length).map(|_| operation(&mut generator)).collect()
        };
        Self((0..tasks).map(&mut task).collect())
    }

    /// The program, and what its tasks have seen when it is over.
    pub(super) fn observed(&self) -> (Program, Observed) {
        let (observed, tasks) = (Observed::default(), self.0.clone());
        let seen = observed.clone();
        let program: Program = Arc::new(move || {
            observed.begin(tasks.len());
            let (sender, receiver) = mpsc::channel(1);
            let mut receiver = Some(receiver);
            let shared = Arc::new(Shared::new());
            let spawn = |(number, operations): (usize, &Vec<Do>)| {
                let ends = (sender.clone(), receiver.take(), shared.value.subscribe());
                let (shared, operations) = (Arc::clone(&shared), operations.clone());
                let observed = observed.clone();
                task::spawn(async move {
                    perform(&shared, &operations, ends, (number, &observed)).await;
                })
            };
            let handles: Vec<_> = tasks.iter().enumerate().map(spawn).collect();
            drop(sender);
            for handle in handles {
                let _ended = task::block_on(handle);
            }
        });
        (program, seen)
    }
}

/// What the tasks of a generated program share.
struct Shared {
    mutex: Mutex<usize>,
    permits: Semaphore,
    notify: Notify,
    value: watch::Sender<usize>,
}

impl Shared {
    fn new() -> Self {
        let (mutex, permits) = (Mutex::new(0), Semaphore::new(1));
        Self { mutex, permits, notify: Notify::new(), value: watch::channel(0).0 }
    }
}

type Ends = (mpsc::Sender<usize>, Option<mpsc::Receiver<usize>>, watch::Receiver<usize>);

async fn perform(
    shared: &Shared,
    operations: &[Do],
    (sender, mut receiver, mut value): Ends,
    (number, observed): (usize, &Observed),
) {
    let mut guards: Vec<MutexGuard<'_, usize>> = Vec::new();
    let see = |seen| observed.note(number, seen);
    for &operation in operations {
        match operation {
            Do::Lock => {
                let guard = shared.mutex.lock().await;
                see(*guard);
                guards.push(guard);
            }
            Do::TryLock => {
                let guard = shared.mutex.try_lock().ok();
                see(guard.as_deref().map_or(10, |seen| *seen));
                guards.extend(guard);
            }
            Do::Change => {
                if let Some(guard) = guards.last_mut() {
                    **guard = **guard * 2 + number + 1;
                }
            }
            Do::Unlock => drop(guards.pop()),
            Do::Acquire(permits) => {
                shared.permits.acquire_many(permits).await.expect("nobody closes it").forget();
            }
            Do::TryAcquire => see(usize::from(shared.permits.try_acquire().is_ok())),
            Do::Add => shared.permits.add_permits(1),
            Do::Notified => shared.notify.notified().await,
            Do::NotifyOne => shared.notify.notify_one(),
            Do::NotifyAll => shared.notify.notify_waiters(),
            Do::Replace => see(shared.value.send_replace(number + 1)),
            Do::Changed => {
                let is_open = value.changed().await.is_ok();
                see(if is_open { *value.borrow_and_update() } else { 10 });
            }
            Do::WaitFor(least) => {
                let seen = value.wait_for(|&value| value >= least).await;
                see(seen.map_or(10, |seen| *seen));
            }
            Do::Send => see(usize::from(sender.send(number).await.is_ok())),
            Do::Receive => {
                if let Some(receiver) = &mut receiver {
                    see(receiver.recv().await.unwrap_or(10));
                }
            }
            Do::Yield => task::yield_now().await,
        }
    }
}
