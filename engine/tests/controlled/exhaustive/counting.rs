//! Small programs, drawn, about what is counted: permits, messages, and room for them; and a value,
//! of which there is one at the most.

use std::{sync::Arc, time::Duration};

use engine::{Program, strategy::Generator};
use sync::{OnceLock, Semaphore, channel, thread};

/// One operation of a generated program.
#[derive(Clone, Copy, Debug)]
enum Do {
    Acquire(usize),
    TryAcquire(usize),
    Release(usize),
    Send,
    TrySend,
    SendSoon,
    Receive,
    TryReceive,
    ReceiveSoon,
    Leave,
    Set,
    Await,
    Initialise,
    Look,
}

fn operation(generator: &mut Generator) -> Do {
    match generator.below(20) {
        0..3 => Do::Acquire(1),
        3 => Do::Acquire(2),
        4 => Do::Acquire(0),
        5 => Do::TryAcquire(2),
        6 | 7 => Do::Release(1),
        8 => Do::Release(2),
        9 => Do::Send,
        10 => Do::TrySend,
        11 => Do::SendSoon,
        12 => Do::Receive,
        13 => Do::TryReceive,
        14 => Do::ReceiveSoon,
        15 => Do::Leave,
        16 => Do::Set,
        17 => Do::Await,
        18 => Do::Initialise,
        _ => Do::Look,
    }
}

/// A few tasks of a few operations: what number `seed` does.
#[derive(Debug)]
pub(super) struct Counting {
    permits: usize,
    room: Option<usize>,
    tasks: Vec<Vec<Do>>,
}

impl Counting {
    pub(super) fn new(seed: u64) -> Self {
        let mut generator = Generator::new(seed, 2);
        let permits = generator.below(3);
        let room = Some(1 + generator.below(3)).filter(|&room| room < 3);
        let tasks = 2 + generator.below(2);
        let most = if tasks == 2 { 3 } else { 2 };
        let mut task = |_| {
            let length = 1 + generator.below(most);
            (0..length).map(|_| operation(&mut generator)).collect()
        };
        Self { permits, room, tasks: (0..tasks).map(&mut task).collect() }
    }

    pub(super) fn program(&self) -> Program {
        let (permits, room, tasks) = (self.permits, self.room, self.tasks.clone());
        Arc::new(move || {
            let common = Arc::new((Semaphore::new(permits), OnceLock::new()));
            let ends = room.map_or_else(channel::unbounded, channel::bounded);
            let spawn = |operations: &Vec<Do>| {
                let (common, ends) = (Arc::clone(&common), ends.clone());
                let operations = operations.clone();
                thread::spawn(move || perform(&common, ends, &operations))
            };
            let handles: Vec<_> = tasks.iter().map(spawn).collect();
            // Whoever leaves last leaves nobody behind.
            drop(ends);
            for handle in handles {
                drop(handle.join());
            }
        })
    }
}

/// Both ends of a channel.
type Ends = (channel::Sender<()>, channel::Receiver<()>);

/// What all tasks have in common besides the channel.
type Common = (Semaphore, OnceLock<()>);

fn perform((permits, cell): &Common, ends: Ends, operations: &[Do]) {
    let mut ends = Some(ends);
    for &operation in operations {
        match (operation, &ends) {
            (Do::Acquire(many), _) => permits.acquire_many(many),
            (Do::TryAcquire(many), _) => drop(permits.try_acquire_many(many)),
            (Do::Release(many), _) => permits.release_many(many),
            (Do::Send, Some((sender, _))) => drop(sender.send(())),
            (Do::TrySend, Some((sender, _))) => drop(sender.try_send(())),
            (Do::SendSoon, Some((sender, _))) => drop(sender.send_timeout((), Duration::ZERO)),
            (Do::Receive, Some((_, receiver))) => drop(receiver.recv()),
            (Do::TryReceive, Some((_, receiver))) => drop(receiver.try_recv()),
            (Do::ReceiveSoon, Some((_, receiver))) => drop(receiver.recv_timeout(Duration::ZERO)),
            (Do::Leave, _) => ends = None,
            (Do::Set, _) => drop(cell.set(())),
            (Do::Await, _) => *cell.wait(),
            (Do::Initialise, _) => *cell.get_or_init(|| permits.release()),
            (Do::Look, _) => drop(cell.get()),
            (_, None) => {}
        }
    }
}
