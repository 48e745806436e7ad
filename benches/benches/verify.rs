//! Every interleaving, ours, loom's and shuttle's: the same `FooBar` on one core, with nobody waking
//! for no reason, since their waiters never do. And loads that see older stores, ours and loom's.

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

/// Right programs that rest on orderings, with these atomics, fences and threads.
macro_rules! weak_programs {
    ($module:ident, $atomic:path, $thread:path) => {
        mod $module {
            use std::sync::{
                Arc,
                atomic::Ordering::{Acquire, Relaxed, Release, SeqCst},
            };

            use $atomic::{AtomicUsize, fence};
            use $thread as thread;

            /// A word is told of by a flag to two who look once.
            pub(super) fn message() {
                let shared = Arc::new((AtomicUsize::new(0), AtomicUsize::new(0)));
                let reads = [(); 2].map(|()| {
                    let shared = Arc::clone(&shared);
                    thread::spawn(move || {
                        assert!(shared.1.load(Acquire) == 0 || shared.0.load(Relaxed) == 1);
                    })
                });
                shared.0.store(1, Relaxed);
                shared.1.store(1, Release);
                for read in reads {
                    read.join().expect("it sees the word");
                }
            }

            /// Two look at each other's flag before they go in, twice, with a fence between.
            pub(super) fn doorway() {
                let shared = Arc::new([(); 3].map(|()| AtomicUsize::new(0)));
                let go_in = |own: usize, shared: &[AtomicUsize; 3]| {
                    for _ in 0..2 {
                        shared[own].store(1, Relaxed);
                        fence(SeqCst);
                        if shared[1 - own].load(Acquire) == 0 {
                            assert_eq!(shared[2].fetch_add(1, Relaxed), 0, "somebody is inside");
                            shared[2].fetch_sub(1, Relaxed);
                        }
                        shared[own].store(0, Release);
                    }
                };
                let theirs = Arc::clone(&shared);
                let other = thread::spawn(move || go_in(1, &theirs));
                go_in(0, &shared);
                other.join().expect("nobody meets it inside");
            }
        }
    };
}

weak_programs!(ours_weak, sync::atomic, sync::thread);
weak_programs!(loom_weak, loom::sync::atomic, loom::thread);

fn main() {
    println!(
        "{:<10} {:<15} {:>12} {:>12} {:>14} {:>12}",
        "", "", "executions", "ms", "x executions", "x time"
    );
    for n in 1..=4 {
        let ours = ours(n);
        let name = &format!("FooBar n={n}");
        tell(name, "ours", &ours, &ours);
        if n <= 3 {
            tell(name, "loom", &loom::<Loom<Modelled>>(n), &ours);
            tell(name, "loom, std's Arc", &loom::<Loom<Unseen>>(n), &ours);
        }
        if n == 1 {
            tell(name, "shuttle", &shuttle(n), &ours);
        }
    }
    compare("message", ours_weak::message, loom_weak::message);
    compare("doorway", ours_weak::doorway, loom_weak::doorway);
}

/// Loads see older stores on both sides.
fn compare(name: &str, program: fn(), theirs: fn()) {
    let ours = verified(&(Arc::new(program) as Program), true);
    tell(name, "ours, weak", &ours, &ours);
    tell(name, "loom", &loom_of(theirs), &ours);
}

fn ours(n: usize) -> Effort {
    verified(&(Arc::new(move || foobar::<Facade>(n)) as Program), false)
}

/// The fastest of a few: the first one warms up.
fn verified(program: &Program, weak_memory: bool) -> Effort {
    let limits = Limits { spurious: false, weak_memory, ..Verifier::default().limits };
    let verifier = Verifier { limits, ..Verifier::default() };
    let efforts = (0..5).map(|_| {
        let began = Instant::now();
        let verification = verifier.verify(program);
        assert!(verification.is_verified(), "{verification}");
        let executions = verification.survey.executions + verification.survey.given_up;
        Effort { executions, elapsed: began.elapsed() }
    });
    efforts.min_by_key(|effort| effort.elapsed).expect("there are five")
}

fn loom<P: Primitives>(n: usize) -> Effort {
    loom_of(move || foobar::<P>(n))
}

fn loom_of(program: impl Fn() + Send + Sync + 'static) -> Effort {
    counted(|count| {
        let mut model = loom::model::Builder::new();
        model.max_branches = 100_000;
        model.check(move || count(&program));
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
fn tell(name: &str, who: &str, effort: &Effort, ours: &Effort) {
    let Effort { executions, elapsed } = effort;
    let more = *executions as f64 / ours.executions as f64;
    let longer = elapsed.as_secs_f64() / ours.elapsed.as_secs_f64();
    let ms = elapsed.as_secs_f64() * 1e3;
    println!("{name:<10} {who:<15} {executions:>12} {ms:>12.2} {more:>14.0} {longer:>12.0}");
}
