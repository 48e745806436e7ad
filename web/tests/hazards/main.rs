//! What the web does to crawlers, and that ours survives it: one line for each hazard. Every name
//! leads to the scripted server, so whatever is asked of another host is seen.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

mod answers;
mod framing;
mod limits;
mod links;
mod manners;
mod pages;
mod script;
mod trouble;
mod visit;

use std::{
    panic::{self, AssertUnwindSafe},
    sync::Mutex,
};

/// One thing the web does, and the claim that it does no harm.
struct Hazard(&'static str, fn());

#[test]
fn every_hazard_is_held() {
    let tables = [
        answers::ALL,
        framing::ALL,
        pages::ALL,
        links::ALL,
        limits::ALL,
        manners::ALL,
        trouble::ALL,
    ];
    let hazards: Vec<&Hazard> = tables.into_iter().flatten().collect();
    let next = Mutex::new(hazards.iter());
    let held = Mutex::new(Vec::new());
    // Most of a slow site's time is spent waiting, so several are visited at once.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(Hazard(name, claim)) = { next.lock().expect("no panic").next() } {
                    let is_held = panic::catch_unwind(AssertUnwindSafe(claim)).is_ok();
                    held.lock().expect("no panic").push((*name, is_held));
                }
            });
        }
    });
    let held = held.into_inner().expect("no panic");
    for Hazard(name, _) in &hazards {
        let is_held = held.contains(&(name, true));
        println!("{}  {name}", if is_held { "held  " } else { "BROKEN" });
    }
    let broken: Vec<_> = held.iter().filter(|(_, held)| !held).map(|(name, _)| name).collect();
    assert!(broken.is_empty(), "{broken:?}");
    assert_eq!(held.len(), hazards.len());
}
