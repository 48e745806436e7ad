#![allow(missing_docs, clippy::all, clippy::pedantic)]
use engine::{Controlled, Limits, Outcome, Program, strategy::Random};
use std::{sync::Arc, time::Instant};
use sync::{Condvar, Mutex, thread};
struct Sem {
    m: Mutex<usize>,
    c: Condvar,
}
impl Sem {
    fn new(n: usize) -> Self {
        Self { m: Mutex::new(n), c: Condvar::new() }
    }
    fn acquire(&self) {
        let mut g = self.m.lock();
        while *g == 0 {
            self.c.wait(&mut g);
        }
        *g -= 1;
    }
    fn release(&self) {
        *self.m.lock() += 1;
        self.c.notify_one();
    }
}
fn foobar(n: usize) {
    let a = Arc::new(Sem::new(1));
    let b = Arc::new(Sem::new(0));
    let out = Arc::new(Mutex::new(String::new()));
    let (a1, b1, o1) = (a.clone(), b.clone(), out.clone());
    let t1 = thread::spawn(move || {
        for _ in 0..n {
            a1.acquire();
            o1.lock().push_str("foo");
            b1.release();
        }
    });
    let o2 = out.clone();
    let t2 = thread::spawn(move || {
        for _ in 0..n {
            b.acquire();
            o2.lock().push_str("bar");
            a.release();
        }
    });
    t1.join().unwrap();
    t2.join().unwrap();
    assert_eq!(*out.lock(), "foobar".repeat(n));
}
fn main() {
    for spurious in [false, true] {
        for n in [1usize, 2, 10, 50] {
            let mut e =
                Controlled::new(Box::new(Random::new(7)), Limits { spurious, ..Limits::default() });
            let p: Program = Arc::new(move || foobar(n));
            let it = 1_000_000 / n as u64;
            let t = Instant::now();
            let mut steps = 0;
            for i in 0..it {
                let r = e.run(&p, i).unwrap();
                assert_eq!(r.outcome, Outcome::Completed);
                steps += r.steps;
            }
            let d = t.elapsed();
            println!(
                "n={n} {:.0} exec/s {:.1} steps/exec {:.1} ns/step",
                it as f64 / d.as_secs_f64(),
                steps as f64 / it as f64,
                d.as_nanos() as f64 / steps as f64
            );
        }
    }
    // a deadlock
    let mut e = Controlled::new(Box::new(Random::new(7)), Limits::default());
    let p: Program = Arc::new(|| {
        let (a, b) = (Mutex::new(0), Mutex::new(0));
        thread::scope(|s| {
            s.spawn(|| {
                let _a = a.lock();
                let _b = b.lock();
            });
            s.spawn(|| {
                let _b = b.lock();
                let _a = a.lock();
            });
        });
    });
    for i in 0..20 {
        println!("{:?}", e.run(&p, i).unwrap());
    }
    let p: Program = Arc::new(|| {
        let m = Arc::new(Mutex::new(0));
        let m2 = m.clone();
        let t = thread::spawn(move || {
            let _g = m2.lock();
            panic!("oops")
        });
        let _g = m.lock();
        let _ = t.join();
    });
    for i in 0..4 {
        println!("{:?}", e.run(&p, i).unwrap());
    }
}
