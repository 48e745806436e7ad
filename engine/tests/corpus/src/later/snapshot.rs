//! What has come in and what has gone out are counted apart, and read one after the other: between the
//! two, more may have gone out than had come in.

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

const ROUNDS: usize = 8;

#[derive(Default)]
struct Traffic {
    came: AtomicUsize,
    went: AtomicUsize,
    counting: Mutex<()>,
}

impl Traffic {
    fn pass(&self) {
        for _ in 0..ROUNDS {
            let _counting = self.counting.lock();
            self.came.fetch_add(1, SeqCst);
            self.went.fetch_add(1, SeqCst);
        }
    }

    fn look(&self) {
        let (came, went) = (self.came.load(SeqCst), self.went.load(SeqCst));
        assert!(went < came + 3, "{came} came, and {went} went");
    }
}

pub(super) fn wrong() {
    run(Traffic::look);
}

/// Nobody counts meanwhile.
pub(super) fn fixed() {
    run(|traffic| {
        let _counting = traffic.counting.lock();
        traffic.look();
    });
}

fn run(look: fn(&Traffic)) {
    let traffic = Traffic::default();
    thread::scope(|scope| {
        scope.spawn(|| traffic.pass());
        scope.spawn(|| look(&traffic));
    });
}
