#![doc = include_str!("README.md")]

use std::{fmt, sync::Arc};

use crate::{
    Calls, Case, InputError, Problem, Setup, Solution, Starts, Technique, Trial, number_between,
};

mod broken;
pub mod checker;
mod interface;
mod solutions;

pub use interface::{AsyncH2O, H2O};

/// 1117.
pub const PROBLEM: Problem = Problem {
    number: 1117,
    slug: "building-h2o",
    nickname: "h2o",
    title: "Building H2O",
    folder: "p1117_building_h2o",
    statement: include_str!("README.md"),
    interface: include_str!("interface.rs"),
    input: "water, a string of H and O with two H for each O, from 1 to 20 molecules",
    starter: include_str!("broken/starter.rs"),
    cases: CASES,
    small: &["hoh", "hho-in-order", "oohhhh"],
    sized,
    solutions: solutions::ALL,
    broken: broken::ALL,
};

/// The statement's two, atoms that come one by one, and more molecules: three for what a permit too
/// many does, four for what a wrong task woken does.
const CASES: &[Case] = &[
    Case {
        name: "hoh",
        input: "HOH",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/hoh.snap"),
    },
    Case {
        name: "hho-in-order",
        input: "HHO",
        starts: Starts::InOrder,
        snapshot: include_str!("snapshots/hho-in-order.snap"),
    },
    Case {
        name: "oohhhh",
        input: "OOHHHH",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/oohhhh.snap"),
    },
    Case {
        name: "oohhhh-in-order",
        input: "OOHHHH",
        starts: Starts::InOrder,
        snapshot: include_str!("snapshots/oohhhh-in-order.snap"),
    },
    Case {
        name: "hhhhoo-in-order",
        input: "HHHHOO",
        starts: Starts::InOrder,
        snapshot: include_str!("snapshots/hhhhoo-in-order.snap"),
    },
    Case {
        name: "staged",
        input: "HOHOHH",
        starts: Starts::Staged,
        snapshot: include_str!("snapshots/staged.snap"),
    },
    Case {
        name: "hohhohhoh",
        input: "HOHHOHHOH",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/hohhohhoh.snap"),
    },
    Case {
        name: "ohhohhohhohh",
        input: "OHHOHHOHHOHH",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/ohhohhohhohh.snap"),
    },
    Case {
        name: "n10",
        input: "HHOHHOHHOHHOHHOHHOHHOHHOHHOHHO",
        starts: Starts::Together,
        snapshot: include_str!("snapshots/n10.snap"),
    },
];

/// What one call is, and what its callback prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Atom {
    /// Hydrogen.
    H,
    /// Oxygen.
    O,
}

impl fmt::Display for Atom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::H => "H",
            Self::O => "O",
        })
    }
}

/// Registers a blocking solution.
pub const fn solution<S: H2O>(
    name: &'static str,
    technique: Technique,
    idea: &'static str,
) -> Solution {
    Solution { name, technique, idea, prepare: prepare::<S> }
}

/// Registers an async solution.
pub const fn async_solution<S: AsyncH2O>(name: &'static str, idea: &'static str) -> Solution {
    Solution { name, technique: Technique::Async, idea, prepare: prepare_async::<S> }
}

/// The input that stands for `n` molecules.
fn sized(n: usize) -> Result<String, InputError> {
    Ok("HHO".repeat(number_between("n", &n.to_string(), 1..=20)?))
}

/// Reads a case's input.
fn read(input: &str) -> Result<Vec<Atom>, InputError> {
    let water = input.trim();
    let atom = |letter| match letter {
        'H' => Ok(Atom::H),
        'O' => Ok(Atom::O),
        _ => Err(InputError(format!("water is {water:?}, and must consist of H and O"))),
    };
    let atoms = water.chars().map(atom).collect::<Result<Vec<_>, _>>()?;
    let oxygens = atoms.iter().filter(|&&atom| atom == Atom::O).count();
    let hydrogens = atoms.len() - oxygens;
    if hydrogens != 2 * oxygens {
        let found = format!("{hydrogens} H and {oxygens} O");
        return Err(InputError(format!("water has {found}, and must have two H for each O")));
    }
    number_between("the number of molecules", &oxygens.to_string(), 1..=20)?;
    Ok(atoms)
}

fn prepare<S: H2O>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (water, starts) = (read(setup.input)?, setup.starts);
    let (atoms, looked_at) = (water.clone(), water.clone());
    Ok(Trial::with_digest(
        move |log| {
            let h2o = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for &atom in &atoms {
                let h2o = Arc::clone(&h2o);
                match atom {
                    Atom::H => calls.add("hydrogen", move |log, call| {
                        log.came();
                        h2o.hydrogen(|| log.callback(call, atom));
                    }),
                    Atom::O => calls.add("oxygen", move |log, call| {
                        log.came();
                        h2o.oxygen(|| log.callback(call, atom));
                    }),
                }
            }
            // An atom is like any other of its kind.
            calls.alike();
            calls.run(starts);
        },
        move |entries, extent| checker::check(&water, entries, extent),
        move |entries| checker::digest(&looked_at, entries),
    ))
}

fn prepare_async<S: AsyncH2O>(setup: &Setup<'_>) -> Result<Trial, InputError> {
    let (water, starts) = (read(setup.input)?, setup.starts);
    let (atoms, looked_at) = (water.clone(), water.clone());
    Ok(Trial::with_digest(
        move |log| {
            let h2o = Arc::new(S::new());
            let mut calls = Calls::new(log);
            for &atom in &atoms {
                let h2o = Arc::clone(&h2o);
                match atom {
                    Atom::H => calls.add_async("hydrogen", move |log, call| async move {
                        log.came();
                        h2o.hydrogen(|| log.callback(call, atom)).await;
                    }),
                    Atom::O => calls.add_async("oxygen", move |log, call| async move {
                        log.came();
                        h2o.oxygen(|| log.callback(call, atom)).await;
                    }),
                }
            }
            // An atom is like any other of its kind.
            calls.alike();
            calls.run(starts);
        },
        move |entries, extent| checker::check(&water, entries, extent),
        move |entries| checker::digest(&looked_at, entries),
    ))
}
