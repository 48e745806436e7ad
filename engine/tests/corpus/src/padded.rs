//! The same programs with bystanders: tasks that have nothing to do with the bug, and make it harder
//! to meet for whoever cannot tell.

use std::sync::Arc;

use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

/// How many bystanders there are.
const BYSTANDERS: usize = 4;

/// How many steps each takes.
const STEPS: usize = 10;

/// Runs `program` among tasks that each touch something of their own.
pub fn alone(program: fn()) {
    among(program, Arc::default);
}

/// Runs `program` among tasks that all touch the same thing.
pub fn together(program: fn()) {
    let common = Arc::default();
    among(program, || Arc::clone(&common));
}

fn among(program: fn(), thing: impl Fn() -> Arc<AtomicUsize>) {
    let bystander = |_| {
        let thing = thing();
        thread::spawn(move || {
            for _ in 0..STEPS {
                thing.fetch_add(1, SeqCst);
            }
        })
    };
    let bystanders: Vec<_> = (0..BYSTANDERS).map(bystander).collect();
    program();
    for bystander in bystanders {
        bystander.join().expect("adding does not panic");
    }
}
