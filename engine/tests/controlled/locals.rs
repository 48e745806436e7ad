//! Values that each task has of its own, although all run on one OS thread.

use std::cell::{Cell, RefCell};

use sync::{
    Mutex, Semaphore,
    atomic::{AtomicU32, Ordering::SeqCst},
    task,
    thread::{self, LocalKey},
};

use super::{endings, of_opposite_orders, set};

sync::thread_local! {
    static COUNT: Cell<u32> = const { Cell::new(0) };
    static TWICE: Cell<u32> = Cell::new(2 * COUNT.replace(5));
}

/// Counts to two, with others in between.
fn count_to_two(number: &AtomicU32) {
    for expected in [0, 1] {
        assert_eq!(COUNT.get(), expected);
        number.fetch_add(1, SeqCst);
        COUNT.set(COUNT.get() + 1);
    }
}

#[test]
fn each_task_has_its_own_in_each_execution() {
    let program = || {
        let number = AtomicU32::new(0);
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| count_to_two(&number));
            }
            count_to_two(&number);
        });
        assert_eq!(
            TWICE.get(),
            4,
            "it is made when it is first looked at, and may look at another"
        );
        assert_eq!(COUNT.get(), 5);
    };
    assert_eq!(endings(200, program), set(["completed"]));
}

#[test]
fn so_has_each_async_task() {
    let program = || {
        let counts = || async {
            for expected in 0..3 {
                assert_eq!(COUNT.replace(expected + 1), expected);
                task::yield_now().await;
            }
        };
        let tasks = [task::spawn(counts()), task::spawn(counts())];
        task::block_on(async {
            for task in tasks {
                task.await.expect("it counts right");
            }
        });
        assert_eq!(COUNT.get(), 0);
    };
    assert_eq!(endings(100, program), set(["completed"]));
}

#[test]
fn what_a_destructor_does_is_the_last_that_its_task_does() {
    /// Gives back a permit when its task ends.
    struct GivesBack(&'static Semaphore);
    impl Drop for GivesBack {
        fn drop(&mut self) {
            self.0.release();
        }
    }
    sync::thread_local!(static PERMIT: RefCell<Option<GivesBack>> = const { RefCell::new(None) });
    let program = || {
        let permits: &'static Semaphore = Box::leak(Box::new(Semaphore::new(1)));
        let takes = move || {
            permits.acquire();
            PERMIT.set(Some(GivesBack(permits)));
        };
        let [one, other] = [(); 2].map(|()| thread::spawn(takes));
        one.join().expect("it takes and gives back");
        other.join().expect("so does the other");
        assert_eq!(permits.available(), 1, "whoever joins comes after that");
    };
    assert_eq!(endings(200, program), set(["completed"]));
}

#[test]
fn destructors_deadlock_as_others_do() {
    struct Locks([&'static Mutex<()>; 2]);
    impl Drop for Locks {
        fn drop(&mut self) {
            let _first = self.0[0].lock();
            let _second = self.0[1].lock();
        }
    }
    sync::thread_local!(static LAST: RefCell<Option<Locks>> = const { RefCell::new(None) });
    let program = || {
        let [left, right]: [&'static Mutex<()>; 2] =
            [(); 2].map(|()| &*Box::leak(Box::new(Mutex::new(()))));
        thread::scope(|scope| {
            scope.spawn(|| LAST.set(Some(Locks([left, right]))));
            scope.spawn(|| LAST.set(Some(Locks([right, left]))));
        });
    };
    assert_eq!(endings(300, program), of_opposite_orders());
}

#[test]
fn an_execution_that_is_given_up_leaves_nothing_to_the_next() {
    let program = || {
        assert_eq!(COUNT.replace(1), 0);
        Semaphore::new(0).acquire();
    };
    assert_eq!(endings(20, program), set(["main waits for a permit of semaphore #0"]));
    let fails = || {
        assert_eq!(COUNT.replace(1), 0);
        panic!("on purpose");
    };
    assert_eq!(endings(20, fails), set(["main: on purpose"]));
}

#[test]
fn nobody_sees_what_those_in_control_have() {
    fn looks(key: &'static LocalKey<Cell<u32>>) -> impl Fn() + Send + Sync {
        move || assert_eq!(key.replace(9), 0)
    }
    assert_eq!(COUNT.replace(7), 0);
    assert_eq!(endings(3, looks(&COUNT)), set(["completed"]));
    assert_eq!(COUNT.get(), 7);
}
