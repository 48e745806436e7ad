//! Schedules are as likely as the papers say. Seeds are fixed, so these hold or do not: none of them
//! fails now and then.

use std::{collections::HashMap, sync::Arc};

use engine::{Controlled, Limits, Outcome, Program, strategy::StrategyKind, trace::Step};
use sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    control::Op,
    thread,
};

use super::outcomes;

/// How many executions are sampled.
const SAMPLES: u64 = 20_000;

/// Two tasks, each of which counts in common `times` times, and on its own in between.
fn counters(times: usize, own: usize) -> Program {
    Arc::new(move || {
        let common = AtomicUsize::new(0);
        let common = &common;
        thread::scope(|scope| {
            for task in 0..2 {
                scope.spawn(move || {
                    let mine = AtomicUsize::new(0);
                    for _ in 0..times {
                        // The two do different amounts of it.
                        (0..own * task).for_each(|_| _ = mine.fetch_add(1, SeqCst));
                        common.store(task, SeqCst);
                    }
                });
            }
        });
    })
}

/// How often the tasks came in each order, looking only at some of their steps.
fn orders(
    strategy: StrategyKind,
    program: &Program,
    looks_at: fn(&Step) -> bool,
) -> HashMap<Vec<usize>, u64> {
    let mut engine = Controlled::new(strategy.build(11), Limits::default());
    let mut orders = HashMap::new();
    for number in 0..1000 + SAMPLES {
        engine.run(program, number);
        if number >= 1000 {
            let steps = engine.trace().steps;
            let order = steps.iter().filter(|step| looks_at(step)).map(|step| step.task);
            *orders.entry(order.collect()).or_default() += 1;
        }
    }
    orders
}

/// Pearson's statistic for `orders` against `classes` equally likely ones.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn chi_square(orders: &HashMap<Vec<usize>, u64>, classes: u64) -> f64 {
    assert!(orders.len() as u64 <= classes, "{} orders", orders.len());
    let expected = SAMPLES as f64 / classes as f64;
    let unseen = (classes - orders.len() as u64) as f64 * expected;
    orders.values().map(|&seen| (seen as f64 - expected).powi(2) / expected).sum::<f64>() + unseen
}

/// Whether one of the two tasks takes the step, and not the one that waits for them.
fn is_theirs(step: &Step) -> bool {
    step.task != 0
}

fn is_store(step: &Step) -> bool {
    step.operation.op == Op::Store
}

#[test]
fn every_interleaving_is_equally_likely_under_urw() {
    // Each starts and stores three times: 8! ÷ (4! · 4!) interleavings.
    let orders = orders(StrategyKind::Urw, &counters(3, 0), is_theirs);
    let statistic = chi_square(&orders, 70);
    // With 69 degrees of freedom: one in a thousand samples is above.
    assert!(statistic < 111.06, "{statistic}: {orders:?}");
}

#[test]
fn every_order_on_the_common_resource_is_equally_likely_under_surw() {
    // Each stores three times, however many steps it takes in between: 6! ÷ (3! · 3!) orders.
    let orders = orders(StrategyKind::Surw, &counters(3, 4), is_store);
    let statistic = chi_square(&orders, 20);
    // With 19 degrees of freedom: one in a thousand samples is above.
    assert!(statistic < 43.82, "{statistic}: {orders:?}");
}

#[test]
fn a_random_walk_is_far_from_uniform() {
    let orders = orders(StrategyKind::Random, &counters(3, 0), is_theirs);
    assert!(chi_square(&orders, 70) > 1000.0);
}

#[test]
fn pct_meets_a_bug_of_depth_three_as_often_as_it_promises() {
    let program = corpus::ALL.iter().find(|program| program.name == "stringbuffer");
    let wrong = program.expect("the corpus has it").wrong;
    let found = outcomes(StrategyKind::Pct, 2, SAMPLES, wrong)
        .filter(|outcome| *outcome != Outcome::Completed)
        .count() as u64;
    // 1 ÷ (n · k²) for two tasks and six decisions.
    assert!(found * 2 * 6 * 6 >= SAMPLES, "{found} of {SAMPLES}");
}
