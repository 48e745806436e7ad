//! Two tasks look whether the other wants to enter before they say that they want to.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

type Wishes = [AtomicBool; 2];

pub(super) fn wrong() {
    run(|wishes, mine| {
        let is_free = !wishes[1 - mine].load(SeqCst);
        wishes[mine].store(true, SeqCst);
        is_free
    });
}

/// First say it, and then look.
pub(super) fn fixed() {
    run(|wishes, mine| {
        wishes[mine].store(true, SeqCst);
        !wishes[1 - mine].load(SeqCst)
    });
}

fn run(may_enter: fn(&Wishes, usize) -> bool) {
    let wishes = [AtomicBool::new(false), AtomicBool::new(false)];
    let inside = AtomicUsize::new(0);
    let (wishes, inside) = (&wishes, &inside);
    thread::scope(|scope| {
        for mine in 0..2 {
            scope.spawn(move || {
                if may_enter(wishes, mine) {
                    assert_eq!(inside.fetch_add(1, SeqCst), 0, "both are inside");
                    inside.fetch_sub(1, SeqCst);
                }
                wishes[mine].store(false, SeqCst);
            });
        }
    });
}
