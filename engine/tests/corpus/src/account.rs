//! Something is paid in, something is drawn, and whoever checks the balance afterwards has the
//! wrong sum in mind.

use sync::{Mutex, thread};

struct Account {
    balance: i64,
    has_paid: bool,
    has_drawn: bool,
}

pub(crate) fn wrong() {
    audit(1 - 2 - 4);
}

/// What is paid in makes more of it.
pub(crate) fn fixed() {
    audit(1 + 2 - 4);
}

fn audit(expected: i64) {
    let account = Mutex::new(Account { balance: 1, has_paid: false, has_drawn: false });
    thread::scope(|scope| {
        scope.spawn(|| {
            let account = account.lock();
            if account.has_paid && account.has_drawn {
                assert_eq!(account.balance, expected);
            }
        });
        scope.spawn(|| {
            let mut account = account.lock();
            account.balance += 2;
            account.has_paid = true;
        });
        scope.spawn(|| {
            let mut account = account.lock();
            account.balance -= 4;
            account.has_drawn = true;
        });
    });
}
