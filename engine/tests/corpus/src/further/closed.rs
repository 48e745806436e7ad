//! A receiver that finds nothing looks whether the sender has gone, and takes that for the end: the
//! last item may have come in between.

use sync::{
    Mutex,
    atomic::{AtomicBool, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Channel {
    items: Mutex<Vec<usize>>,
    is_closed: AtomicBool,
}

pub(super) fn wrong() {
    run(|channel| {
        let found = channel.items.lock().pop();
        found.is_none() && channel.is_closed.load(SeqCst)
    });
}

/// If the sender had gone before, nothing comes any more.
pub(super) fn fixed() {
    run(|channel| {
        let was_closed = channel.is_closed.load(SeqCst);
        channel.items.lock().pop().is_none() && was_closed
    });
}

fn run(is_at_its_end: fn(&Channel) -> bool) {
    let channel = Channel::default();
    thread::scope(|scope| {
        scope.spawn(|| {
            channel.items.lock().push(1);
            channel.is_closed.store(true, SeqCst);
        });
        scope.spawn(|| {
            if is_at_its_end(&channel) {
                assert!(channel.items.lock().is_empty(), "an item was left behind");
            }
        });
    });
}
