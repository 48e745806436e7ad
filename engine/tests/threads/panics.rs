//! Panics of tasks: who, what, where.

use std::sync::Arc;

use engine::Outcome;
use sync::{Semaphore, task};

use crate::{outcome, spawn};

/// The panic that `program` ends with, as text without the column.
#[track_caller]
fn panic_of(program: impl Fn() + Send + Sync + 'static) -> String {
    match outcome(program) {
        Outcome::Panicked(panic) => {
            format!("{} at {}: {}", panic.task, panic.place, panic.message)
        }
        other => panic!("no panic but {other:?}"),
    }
}

#[test]
fn a_panic_is_told_with_its_task_its_message_and_its_place() {
    let line = line!() + 1;
    let told = panic_of(|| drop(spawn("foo", || panic!("foo is {}", "wrong")).join()));
    assert_eq!(told, format!("foo at panics.rs:{line}: foo is wrong"));
}

#[test]
fn an_async_panic_is_told_too() {
    let line = line!() + 2;
    let told = panic_of(|| {
        let foo_task = task::spawn_named(Some("foo".into()), async { panic!("foo is wrong") });
        let _: Result<(), _> = task::block_on(foo_task);
    });
    assert_eq!(told, format!("foo at panics.rs:{line}: foo is wrong"));
}

#[test]
fn the_panic_that_came_first_is_told() {
    for _ in 0..100 {
        let told = panic_of(|| {
            spawn("foo", || panic!("the cause")).join().expect("the consequence");
        });
        assert!(told.ends_with("the cause"), "{told}");
    }
}

#[test]
fn a_panic_ends_an_execution_in_which_others_wait_for_ever() {
    let told = panic_of(|| {
        let gate = Arc::new(Semaphore::new(0));
        let theirs = Arc::clone(&gate);
        drop(spawn("foo", move || {
            theirs.release_many(usize::from(theirs.try_acquire()));
            panic!("before the release");
        }));
        gate.acquire();
    });
    assert!(told.ends_with("before the release"), "{told}");
}
