//! A driver is asked to work while it is being stopped: it looks whether it may, and says only then
//! that it does.

use sync::{
    atomic::{AtomicBool, AtomicI64, Ordering::SeqCst},
    thread,
};

struct Driver {
    is_stopping: AtomicBool,
    /// How many work, and one for the driver itself.
    pending: AtomicI64,
    nobody_works: AtomicBool,
    is_stopped: AtomicBool,
}

impl Driver {
    fn stop(&self) {
        self.is_stopping.store(true, SeqCst);
        self.leave();
        if self.nobody_works.load(SeqCst) {
            self.is_stopped.store(true, SeqCst);
        }
    }

    fn leave(&self) {
        if self.pending.fetch_sub(1, SeqCst) == 1 {
            self.nobody_works.store(true, SeqCst);
        }
    }

    /// The driver may be stopped between the look and the step.
    fn look_and_enter(&self) -> bool {
        let may_work = !self.is_stopping.load(SeqCst);
        if may_work {
            self.pending.fetch_add(1, SeqCst);
        }
        may_work
    }

    /// Who has said that it works is waited for.
    fn enter_and_look(&self) -> bool {
        self.pending.fetch_add(1, SeqCst);
        !self.is_stopping.load(SeqCst)
    }
}

pub(crate) fn wrong() {
    work(Driver::look_and_enter);
}

pub(crate) fn fixed() {
    work(Driver::enter_and_look);
}

fn work(enter: fn(&Driver) -> bool) {
    let driver = Driver {
        is_stopping: AtomicBool::new(false),
        pending: AtomicI64::new(1),
        nobody_works: AtomicBool::new(false),
        is_stopped: AtomicBool::new(false),
    };
    thread::scope(|scope| {
        scope.spawn(|| driver.stop());
        if enter(&driver) {
            assert!(!driver.is_stopped.load(SeqCst), "works although it is stopped");
        }
        driver.leave();
    });
}
