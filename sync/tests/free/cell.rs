//! A cell without an engine: a value that several may reach.

use sync::{cell::RaceCell, thread};

#[test]
fn what_was_written_is_read() {
    let mut cell = RaceCell::new(1);
    cell.set(2);
    assert_eq!(cell.get(), 2);
    cell.with_mut(|value| *value += 1);
    assert_eq!(cell.with(|value| *value), 3);
    *cell.get_mut() = 4;
    assert_eq!(cell.into_inner(), 4);
}

#[test]
fn accesses_that_race_stay_whole() {
    let cell = RaceCell::new([0; 8]);
    thread::scope(|scope| {
        for number in 1..=4 {
            let cell = &cell;
            scope.spawn(move || {
                for _ in 0..100 {
                    cell.set([number; 8]);
                    let [first, rest @ ..] = cell.get();
                    assert_eq!(rest, [first; 7]);
                }
            });
        }
    });
}

#[test]
fn what_is_printed_is_not_the_value() {
    assert_eq!(format!("{:?}", RaceCell::new("secret")), "RaceCell");
}
