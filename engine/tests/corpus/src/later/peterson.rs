//! Peterson's lock, whose two first steps have changed places. Whoever would have to wait goes away
//! instead.

use sync::{
    atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    thread,
};

#[derive(Default)]
struct Door {
    wants: [AtomicBool; 2],
    lets: AtomicUsize,
    inside: AtomicUsize,
}

impl Door {
    fn want(&self, one: usize) {
        self.wants[one].store(true, SeqCst);
    }

    fn let_the_other(&self, one: usize) {
        self.lets.store(1 - one, SeqCst);
    }

    fn go_in(&self, one: usize) {
        let other = 1 - one;
        if !self.wants[other].load(SeqCst) || self.lets.load(SeqCst) == one {
            assert_eq!(self.inside.fetch_add(1, SeqCst), 0, "somebody is inside");
            self.inside.fetch_sub(1, SeqCst);
        }
        self.wants[one].store(false, SeqCst);
    }
}

pub(super) fn wrong() {
    run(|door, one| {
        door.let_the_other(one);
        door.want(one);
        door.go_in(one);
    });
}

/// First it says that it wants to.
pub(super) fn fixed() {
    run(|door, one| {
        door.want(one);
        door.let_the_other(one);
        door.go_in(one);
    });
}

fn run(visit: fn(&Door, usize)) {
    let door = Door::default();
    let door = &door;
    thread::scope(|scope| {
        for one in 0..2 {
            scope.spawn(move || visit(door, one));
        }
    });
}
