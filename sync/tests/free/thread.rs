//! Tasks that are OS threads.

use sync::{
    atomic::{AtomicBool, Ordering::SeqCst},
    hint,
    thread::{self, Builder},
};

#[test]
fn a_join_gives_the_result() {
    assert_eq!(thread::spawn(|| 1).join().unwrap(), 1);
}

#[test]
fn a_join_gives_the_payload_of_a_panic() {
    let task = thread::spawn(|| std::panic::resume_unwind(Box::new("lost")));
    let payload = task.join().map(|()| "returned").unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"lost"));
}

#[test]
fn a_scoped_join_gives_the_payload_of_a_panic() {
    let payload = thread::scope(|scope| {
        let task = scope.spawn(|| std::panic::resume_unwind(Box::new("lost")));
        task.join().map(|()| "returned").unwrap_err()
    });
    assert_eq!(payload.downcast_ref(), Some(&"lost"));
}

#[test]
fn a_scope_borrows_and_waits() {
    let mut words = vec!["foo"; 3];
    thread::scope(|scope| {
        for word in &mut words {
            scope.spawn(move || *word = "bar");
        }
    });
    assert_eq!(words, ["bar"; 3]);
}

#[test]
fn a_task_has_its_name() {
    let task = Builder::new().name("foo".to_owned());
    let task = task.spawn(|| thread::current().name().map(str::to_owned)).unwrap();
    assert_eq!(task.thread().name(), Some("foo"));
    assert_eq!(task.join().unwrap().as_deref(), Some("foo"));
}

#[test]
fn an_unpark_that_comes_first_is_kept() {
    thread::current().unpark();
    thread::current().unpark();
    thread::park();
}

#[test]
fn an_unpark_ends_a_park() {
    let is_ready = AtomicBool::new(false);
    thread::scope(|scope| {
        let waiter = thread::current();
        let is_ready = &is_ready;
        scope.spawn(move || {
            is_ready.store(true, SeqCst);
            waiter.unpark();
        });
        while !is_ready.load(SeqCst) {
            thread::park();
        }
    });
}

#[test]
fn a_task_is_finished_after_its_end() {
    let task = thread::spawn(|| ());
    while !task.is_finished() {
        hint::spin_loop();
        thread::yield_now();
    }
    task.join().unwrap();
}
