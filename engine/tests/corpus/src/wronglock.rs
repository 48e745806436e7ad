//! One task guards a value with one mutex, and all others guard it with another.

use sync::{
    Mutex,
    atomic::{AtomicI64, Ordering::SeqCst},
    thread,
};

pub(crate) fn wrong(others: usize) {
    let (mine, theirs) = (Mutex::new(()), Mutex::new(()));
    run(others, &mine, &theirs);
}

/// One mutex for everybody.
pub(crate) fn fixed(others: usize) {
    let everybodys = Mutex::new(());
    run(others, &everybodys, &everybodys);
}

fn run(others: usize, mine: &Mutex<()>, theirs: &Mutex<()>) {
    let value = AtomicI64::new(0);
    let value = &value;
    thread::scope(|scope| {
        scope.spawn(move || {
            let _guard = mine.lock();
            let before = value.load(SeqCst);
            let now = value.load(SeqCst);
            value.store(now + 1, SeqCst);
            assert_eq!(value.load(SeqCst), before + 1);
        });
        for _ in 0..others {
            scope.spawn(move || {
                let _guard = theirs.lock();
                let now = value.load(SeqCst);
                value.store(now + 1, SeqCst);
            });
        }
    });
}
