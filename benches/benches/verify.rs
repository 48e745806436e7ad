//! Every interleaving, ours, loom's and shuttle's: the same `FooBar` on one core, with nobody waking
//! for no reason, since their waiters never do.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use benches::{
    Facade, Primitives, Shuttle,
    loom::{Loom, Modelled, Unseen},
    programs::foobar,
};
use engine::{Limits, Program, Verifier};

/// How many executions it took, and how long.
struct Effort {
    executions: u64,
    elapsed: Duration,
}

fn main() {
    println!(
        "{:<10} {:<15} {:>12} {:>12} {:>14} {:>12}",
        "", "", "executions", "ms", "x executions", "x time"
    );
    for n in 1..=4 {
        let ours = ours(n);
        tell(n, "ours", &ours, &ours);
        if n <= 3 {
            tell(n, "loom", &loom::<Loom<Modelled>>(n), &ours);
            tell(n, "loom, std's Arc", &loom::<Loom<Unseen>>(n), &ours);
        }
        if n == 1 {
            tell(n, "shuttle", &shuttle(n), &ours);
        }
    }
}

/// The fastest of a few: the first one warms up.
fn ours(n: usize) -> Effort {
    let program: Program = Arc::new(move || foobar::<Facade>(n));
    let limits = Limits { spurious: false, ..Verifier::default().limits };
    let verifier = Verifier { limits, ..Verifier::default() };
    let efforts = (0..5).map(|_| {
        let began = Instant::now();
        let verification = verifier.verify(&program);
        assert!(verification.is_verified(), "{verification}");
        let executions = verification.survey.executions + verification.survey.given_up;
        Effort { executions, elapsed: began.elapsed() }
    });
    efforts.min_by_key(|effort| effort.elapsed).expect("there are five")
}

fn loom<P: Primitives>(n: usize) -> Effort {
    counted(|count| {
        let mut model = loom::model::Builder::new();
        model.max_branches = 100_000;
        model.check(move || count(&|| foobar::<P>(n)));
    })
}

fn shuttle(n: usize) -> Effort {
    counted(|count| shuttle::check_dfs(move || count(&|| foobar::<Shuttle>(n)), None))
}

/// Runs a program and counts that.
type Count = Box<dyn Fn(&dyn Fn()) + Send + Sync>;

fn counted(check: impl FnOnce(Count)) -> Effort {
    let executions = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&executions);
    let began = Instant::now();
    check(Box::new(move |program| {
        counter.fetch_add(1, Relaxed);
        program();
    }));
    Effort { executions: executions.load(Relaxed), elapsed: began.elapsed() }
}

#[expect(clippy::cast_precision_loss, reason = "counts of executions are far below 2^53")]
fn tell(n: usize, who: &str, effort: &Effort, ours: &Effort) {
    let Effort { executions, elapsed } = effort;
    let more = *executions as f64 / ours.executions as f64;
    let longer = elapsed.as_secs_f64() / ours.elapsed.as_secs_f64();
    let ms = elapsed.as_secs_f64() * 1e3;
    println!("FooBar n={n} {who:<15} {executions:>12} {ms:>12.2} {more:>14.0} {longer:>12.0}");
}
