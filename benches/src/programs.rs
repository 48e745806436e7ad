//! The programs that are run on everybody's primitives.

use crate::Primitives;

/// Permits, counted under a mutex.
pub struct Semaphore<P: Primitives> {
    permits: P::Mutex<usize>,
    given: P::Condvar,
}

impl<P: Primitives> Semaphore<P> {
    /// A semaphore that holds `permits`.
    pub fn new(permits: usize) -> Self {
        Self { permits: P::mutex(permits), given: P::condvar() }
    }

    /// Waits for a permit and takes it.
    pub fn acquire(&self) {
        let mut permits = P::lock(&self.permits);
        while *permits == 0 {
            permits = P::wait(&self.given, permits);
        }
        *permits -= 1;
    }

    /// Gives a permit.
    pub fn release(&self) {
        *P::lock(&self.permits) += 1;
        P::notify_one(&self.given);
    }
}

/// Two tasks write "foo" and "bar" in turn, `n` times each.
pub fn foobar<P: Primitives>(n: usize) {
    type Turn<P> = <P as Primitives>::Shared<Semaphore<P>>;
    let (foo_turn, bar_turn) = (P::share(Semaphore::new(1)), P::share(Semaphore::new(0)));
    let written = P::share(P::mutex(String::new()));
    let write = |word: &'static str, mine: &Turn<P>, theirs: &Turn<P>| {
        let (mine, theirs, written) = (mine.clone(), theirs.clone(), written.clone());
        P::spawn(move || {
            for _ in 0..n {
                mine.acquire();
                P::lock(&written).push_str(word);
                theirs.release();
            }
        })
    };
    let tasks = [write("foo", &foo_turn, &bar_turn), write("bar", &bar_turn, &foo_turn)];
    tasks.into_iter().for_each(P::join);
    assert_eq!(*P::lock(&written), "foobar".repeat(n));
}

/// How many sit at the table.
const PHILOSOPHERS: usize = 4;

/// Four tasks take two neighbouring forks each, the one with the lower number first, `meals` times.
pub fn philosophers<P: Primitives>(meals: usize) {
    let uses_of_forks: P::Shared<Vec<_>> =
        P::share((0..PHILOSOPHERS).map(|_| P::mutex(0)).collect());
    let dine = |seat: usize| {
        let forks = uses_of_forks.clone();
        let (left, right) = (seat, (seat + 1) % PHILOSOPHERS);
        P::spawn(move || {
            for _ in 0..meals {
                let mut lower = P::lock(&forks[left.min(right)]);
                let mut upper = P::lock(&forks[left.max(right)]);
                *lower += 1;
                *upper += 1;
            }
        })
    };
    let tasks: Vec<P::Task> = (0..PHILOSOPHERS).map(dine).collect();
    tasks.into_iter().for_each(P::join);
    let uses: usize = uses_of_forks.iter().map(|fork| *P::lock(fork)).sum();
    assert_eq!(uses, 2 * meals * PHILOSOPHERS);
}
