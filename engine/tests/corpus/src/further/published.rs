//! A flag says that there is something to read, before it is there.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

struct Page {
    text: AtomicUsize,
    is_ready: AtomicBool,
}

pub(super) fn wrong() {
    run(|page| {
        page.is_ready.store(true, SeqCst);
        page.text.store(7, SeqCst);
    });
}

/// First the text and then the flag.
pub(super) fn fixed() {
    run(|page| {
        page.text.store(7, SeqCst);
        page.is_ready.store(true, SeqCst);
    });
}

fn run(publish: fn(&Page)) {
    let page = Page { text: AtomicUsize::new(0), is_ready: AtomicBool::new(false) };
    thread::scope(|scope| {
        scope.spawn(|| publish(&page));
        scope.spawn(|| {
            if page.is_ready.load(SeqCst) {
                assert_eq!(page.text.load(SeqCst), 7, "ready, and not there");
            }
        });
    });
}
