//! A pool of threads under control: as many jobs at a time as it has threads, and any of them next.

use sync::{
    Mutex,
    atomic::{AtomicUsize, Ordering::SeqCst},
    pool::ThreadPool,
    thread,
};

use super::{endings, set};

#[test]
fn a_scope_ends_when_the_jobs_of_its_jobs_have_ended() {
    let program = || {
        let done = AtomicUsize::new(0);
        ThreadPool::new(2).scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|scope| {
                    scope.spawn(|_| {
                        done.fetch_add(1, SeqCst);
                    });
                    done.fetch_add(1, SeqCst);
                });
            }
        });
        assert_eq!(done.load(SeqCst), 4);
    };
    assert_eq!(endings(300, program), set(["completed"]));
}

#[test]
fn as_many_jobs_are_done_at_a_time_as_there_are_threads() {
    let program = || {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        ThreadPool::new(2).scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|_| {
                    most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                    thread::yield_now();
                    now.fetch_sub(1, SeqCst);
                });
            }
        });
        panic!("{}", most.load(SeqCst));
    };
    assert_eq!(endings(300, program), set(["main: 1", "main: 2"]));
}

#[test]
fn any_of_the_waiting_jobs_may_be_next() {
    let program = || {
        let done = Mutex::new(Vec::new());
        ThreadPool::new(1).scope(|scope| {
            for number in 0..3 {
                let done = &done;
                scope.spawn(move |_| done.lock().push(number));
            }
        });
        panic!("{:?}", done.into_inner());
    };
    let orders = [
        "main: [0, 1, 2]",
        "main: [0, 2, 1]",
        "main: [1, 0, 2]",
        "main: [1, 2, 0]",
        "main: [2, 0, 1]",
        "main: [2, 1, 0]",
    ];
    assert_eq!(endings(300, program), set(orders));
}

#[test]
fn a_job_that_waits_for_one_without_a_thread_is_a_deadlock() {
    let program = || {
        let permits = sync::Semaphore::new(0);
        ThreadPool::new(1).scope(|scope| {
            scope.spawn(|_| permits.release());
            permits.acquire();
        });
    };
    let stuck = "main waits for the end of task 1, task 1 waits for a permit of semaphore #0";
    assert_eq!(endings(20, program), set([stuck]));
}
