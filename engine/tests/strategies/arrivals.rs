//! Who comes first in the first execution of the default strategy.

use std::collections::BTreeMap;

use engine::{Outcome, strategy::StrategyKind};
use sync::{Mutex, thread};

use super::outcomes;

/// Three tasks lock a mutex once: in which orders, and with how many of a hundred seeds each.
fn orders() -> BTreeMap<String, u32> {
    let mut orders = BTreeMap::new();
    for seed in 0..100 {
        let mut outcomes = outcomes(StrategyKind::Mix, seed, 1, || {
            let order = Mutex::new(String::new());
            thread::scope(|scope| {
                for letter in ['a', 'b', 'c'] {
                    let order = &order;
                    scope.spawn(move || order.lock().push(letter));
                }
            });
            panic!("{}", *order.lock());
        });
        let Some(Outcome::Panicked(panic)) = outcomes.next() else { panic!("it says the order") };
        *orders.entry(panic.message).or_default() += 1;
    }
    orders
}

#[test]
fn the_oldest_is_mostly_first_and_the_youngest_last() {
    let orders = orders();
    assert_eq!(orders.keys().collect::<Vec<_>>(), ["abc", "bac"]);
    // Half of the seeds, and half of the others.
    assert!((60..90).contains(&orders["abc"]), "{orders:?}");
}
