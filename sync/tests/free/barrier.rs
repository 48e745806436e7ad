//! Meetings of OS threads.

use sync::{
    Barrier,
    atomic::{AtomicUsize, Ordering::SeqCst},
    thread,
};

#[test]
fn each_round_has_one_leader() {
    const TASKS: usize = 3;
    const ROUNDS: usize = 20;
    let (meeting, leaders) = (Barrier::new(TASKS), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..TASKS {
            scope.spawn(|| {
                for _ in 0..ROUNDS {
                    leaders.fetch_add(usize::from(meeting.wait().is_leader()), SeqCst);
                }
            });
        }
    });
    assert_eq!(leaders.into_inner(), ROUNDS);
}

#[test]
fn nobody_passes_before_all_have_arrived() {
    const TASKS: usize = 3;
    let (meeting, arrived) = (Barrier::new(TASKS), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..TASKS {
            scope.spawn(|| {
                arrived.fetch_add(1, SeqCst);
                meeting.wait();
                assert_eq!(arrived.load(SeqCst), TASKS);
            });
        }
    });
}

#[test]
fn one_alone_leads() {
    assert!(Barrier::new(1).wait().is_leader());
    assert!(Barrier::new(0).wait().is_leader());
    assert!(std::sync::Barrier::new(0).wait().is_leader());
}
