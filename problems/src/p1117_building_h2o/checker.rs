//! Judges one execution of 1117 from its log: first the output, which everybody must get right,
//! then what the strict grade adds.

use std::fmt;

use thiserror::Error;

use super::Atom;
use crate::{Entry, Extent, Grade, Phase, Violation};

/// How the printed atoms can fail to be water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotWater {
    /// A molecule got a third hydrogen or a second oxygen.
    #[error("atom {index} is {found}, and molecule {} has all its {found} already", index / 3)]
    TooMany {
        /// Position of the atom, counted from zero.
        index: usize,
        /// The atom that was printed.
        found: Atom,
    },
    /// The execution ended and not every atom was printed.
    #[error("{found} atoms printed, expected {expected}")]
    WrongLength {
        /// How many atoms came.
        expected: usize,
        /// How many were printed.
        found: usize,
    },
}

/// How atoms can print water and not leave as water.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Apart {
    /// A callback began when its molecule was not complete.
    #[error("molecule {molecule} begins when {came} have come")]
    Incomplete {
        /// The molecule, counted from zero.
        molecule: usize,
        /// The calls that had been made.
        came: Atoms,
    },
    /// A callback began before those of the molecule before it had ended.
    #[error("molecule {molecule} begins before the atoms of molecule {} have ended", molecule - 1)]
    Mixed {
        /// The later molecule, counted from zero.
        molecule: usize,
    },
    /// Nobody can move, and a molecule that could be made has not been.
    #[error(
        "{came} have come, nobody can move, and {found} atoms are printed, expected {expected}"
    )]
    NotMade {
        /// The calls that had been made.
        came: Atoms,
        /// Three for each molecule that can be made of them.
        expected: usize,
        /// How many were printed.
        found: usize,
    },
    /// Nobody can move, and a call whose molecule has been printed has not returned.
    #[error("{expected} atoms are printed, nobody can move, and {found} calls have returned")]
    NotReturned {
        /// How many atoms were printed.
        expected: usize,
        /// How many calls have returned.
        found: usize,
    },
}

/// How many atoms of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Atoms {
    /// Hydrogens.
    pub hydrogens: usize,
    /// Oxygens.
    pub oxygens: usize,
}

impl Atoms {
    /// How many molecules can be made of them.
    fn molecules(self) -> usize {
        self.oxygens.min(self.hydrogens / 2)
    }

    fn add(&mut self, atom: Atom) {
        match atom {
            Atom::H => self.hydrogens += 1,
            Atom::O => self.oxygens += 1,
        }
    }
}

impl fmt::Display for Atoms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} H and {} O", self.hydrogens, self.oxygens)
    }
}

/// Accepts an execution in which the atoms of `water`, one for each call, leave as water, and gives
/// what it printed, each molecule sorted: the statement leaves their order free.
///
/// # Errors
///
/// The first atom that is not water, wherever it stands. Only if there is none, the first thing
/// that breaks the strict grade: `LeetCode` would not have seen that.
pub fn check(water: &[Atom], entries: &[Entry<Atom>], extent: Extent) -> Result<String, Violation> {
    let molecules = printed_water(water.len(), entries, extent)
        .map_err(|not_water| Violation::wrong_answer(&not_water, Grade::LeetCode))?;
    left_together(water, entries, extent)
        .map_err(|apart| Violation::invariant(&apart, Grade::Strict))?;
    Ok(molecules)
}

/// One number for all that [`check`] may still look at: how many atoms have begun and ended, which
/// of the molecule under way, and what is wrong already. Who has come the calls tell themselves.
pub fn digest(water: &[Atom], entries: &[Entry<Atom>]) -> u64 {
    let wrong = match check(water, entries, Extent::Prefix) {
        Ok(_) => 0,
        Err(violation) if violation.grade == Grade::Strict => 1,
        Err(_) => return u64::MAX,
    };
    let count = |is: fn(&Phase<Atom>) -> bool| entries.iter().filter(|e| is(&e.phase)).count();
    let hydrogens = count(|phase| *phase == Phase::Began(Atom::H));
    let oxygens = count(|phase| *phase == Phase::Began(Atom::O));
    let ended = count(|phase| matches!(phase, Phase::Ended(_)));
    [hydrogens, oxygens, ended].into_iter().fold(wrong, |sum, count| sum << 8 | count as u64)
}

/// Whether each three atoms, in the order in which their callbacks began, are a molecule.
fn printed_water(
    expected: usize,
    entries: &[Entry<Atom>],
    extent: Extent,
) -> Result<String, NotWater> {
    let began = |entry: &Entry<Atom>| match entry.phase {
        Phase::Began(atom) => Some(atom),
        _ => None,
    };
    let mut printed: Vec<Atom> = entries.iter().filter_map(began).collect();
    for (molecule, atoms) in printed.chunks(3).enumerate() {
        let mut count = Atoms::default();
        for (place, &found) in atoms.iter().enumerate() {
            count.add(found);
            if count.hydrogens > 2 || count.oxygens > 1 {
                return Err(NotWater::TooMany { index: 3 * molecule + place, found });
            }
        }
    }
    let found = printed.len();
    if found > expected || (extent == Extent::Whole && found < expected) {
        return Err(NotWater::WrongLength { expected, found });
    }
    printed.chunks_mut(3).for_each(<[Atom]>::sort_unstable);
    Ok(printed.iter().map(Atom::to_string).collect())
}

/// Whether nobody left before the molecule was complete, nobody mixed with the molecule before, and
/// nobody was kept longer than needed. That nobody gets on in an execution that was cut short is
/// what cut it short, and not said twice.
fn left_together(water: &[Atom], entries: &[Entry<Atom>], extent: Extent) -> Result<(), Apart> {
    let mut so_far = SoFar::default();
    for entry in entries {
        match entry.phase {
            Phase::Called => so_far.came.add(water[entry.call]),
            Phase::Began(_) => {
                so_far.may_begin()?;
                so_far.began += 1;
            }
            Phase::Ended(_) => so_far.ended += 1,
            Phase::Returned => so_far.returned += 1,
            Phase::Quiet if extent == Extent::Whole => so_far.may_be_quiet()?,
            Phase::Quiet => {}
        }
    }
    Ok(())
}

/// What has happened up to some entry of the log.
#[derive(Default)]
struct SoFar {
    came: Atoms,
    began: usize,
    ended: usize,
    returned: usize,
}

impl SoFar {
    /// Whether one more callback may begin.
    fn may_begin(&self) -> Result<(), Apart> {
        let (molecule, came) = (self.began / 3, self.came);
        if came.molecules() <= molecule {
            return Err(Apart::Incomplete { molecule, came });
        }
        if self.ended < 3 * molecule {
            return Err(Apart::Mixed { molecule });
        }
        Ok(())
    }

    /// Whether it is right that nobody can move.
    fn may_be_quiet(&self) -> Result<(), Apart> {
        let (came, expected) = (self.came, 3 * self.came.molecules());
        if self.began != expected {
            return Err(Apart::NotMade { came, expected, found: self.began });
        }
        if self.returned != expected {
            return Err(Apart::NotReturned { expected, found: self.returned });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Apart, Atoms, NotWater, check, left_together, printed_water};
    use crate::{
        Entry, Extent, Fault, Grade,
        Phase::{Began, Called, Ended, Quiet, Returned},
        p1117_building_h2o::Atom::{self, H, O},
    };

    /// An execution, one word for each entry: an atom's number and what it does. `0c` is called,
    /// `0b` begins, `0e` ends, `0r` returns, and `0q` is the last started when nobody can move.
    fn log(water: &[Atom], script: &str) -> Vec<Entry<Atom>> {
        let entry = |word: &str| {
            let (call, phase) = word.split_at(word.len() - 1);
            let call = call.parse().expect("a word begins with a number");
            let phase = match phase {
                "c" => Called,
                "b" => Began(water[call]),
                "e" => Ended(water[call]),
                "r" => Returned,
                _ => Quiet,
            };
            Entry { call, phase }
        };
        script.split_whitespace().map(entry).collect()
    }

    /// An execution to which all atoms come at once, and that prints them in this order.
    fn printing(atoms: &[Atom]) -> Vec<Entry<Atom>> {
        let each = |phases: &str| {
            let word = |call: usize| phases.replace('#', &call.to_string()) + " ";
            (0..atoms.len()).map(word).collect::<String>()
        };
        log(atoms, &(each("#c") + &each("#b #e #r")))
    }

    #[track_caller]
    fn accepts(water: &[Atom], script: &str, output: &str) {
        assert_eq!(check(water, &log(water, script), Extent::Whole), Ok(output.to_owned()));
    }

    #[track_caller]
    fn rejects_output(atoms: &[Atom], not_water: NotWater) {
        let found = printed_water(atoms.len(), &printing(atoms), Extent::Whole);
        assert_eq!(found, Err(not_water));
    }

    #[track_caller]
    fn rejects(water: &[Atom], script: &str, apart: Apart) {
        let entries = log(water, script);
        assert_eq!(left_together(water, &entries, Extent::Whole), Err(apart));
    }

    const fn atoms(hydrogens: usize, oxygens: usize) -> Atoms {
        Atoms { hydrogens, oxygens }
    }

    #[test]
    fn accepts_each_order_within_a_molecule_and_sorts_it() {
        for water in [[H, H, O], [H, O, H], [O, H, H]] {
            let output = check(&water, &printing(&water), Extent::Whole);
            assert_eq!(output, Ok("HHO".to_owned()));
        }
    }

    #[test]
    fn accepts_atoms_of_one_molecule_that_overlap() {
        accepts(&[H, H, O], "0c 1c 2c 2b 0b 1b 1e 2e 0e 2r 0r 1r", "HHO");
    }

    #[test]
    fn accepts_an_atom_of_the_next_molecule_that_waits() {
        accepts(&[O, O, H, H, H, H], "0c 1c 2c 3c 1b 2b 3b 1e 2e 3e 4c 5c 0b 4b 5b", "HHOHHO");
    }

    #[test]
    fn accepts_a_molecule_of_each_three_that_come() {
        accepts(&[H, H, O], "0c 0q 1c 1q 2c 0b 0e 0r 1b 1e 1r 2b 2e 2r 2q", "HHO");
    }

    #[test]
    fn accepts_a_prefix_that_was_cut_short() {
        let water = [H, H, O];
        let entries = log(&water, "0c 0q 1c 1q 2c 2q");
        assert_eq!(check(&water, &entries, Extent::Prefix), Ok(String::new()));
    }

    #[test]
    fn rejects_a_third_hydrogen() {
        rejects_output(&[H, H, H, O, O, H], NotWater::TooMany { index: 2, found: H });
    }

    #[test]
    fn rejects_a_second_oxygen_in_a_later_molecule() {
        rejects_output(&[H, H, O, O, O, H], NotWater::TooMany { index: 4, found: O });
    }

    #[test]
    fn rejects_an_atom_that_was_not_printed() {
        let entries = printing(&[H, H, O, H]);
        let breach = NotWater::WrongLength { expected: 6, found: 4 };
        assert_eq!(printed_water(6, &entries, Extent::Whole), Err(breach));
    }

    #[test]
    fn rejects_atoms_that_never_came() {
        let entries = printing(&[H, H, O, H]);
        let breach = NotWater::WrongLength { expected: 3, found: 4 };
        assert_eq!(printed_water(3, &entries, Extent::Prefix), Err(breach));
    }

    #[test]
    fn rejects_a_hydrogen_that_does_not_wait() {
        let apart = Apart::Incomplete { molecule: 0, came: atoms(2, 0) };
        rejects(&[H, H, O], "0c 1c 0b 0e 2c", apart);
    }

    #[test]
    fn rejects_a_second_molecule_for_which_one_oxygen_is_missing() {
        let apart = Apart::Incomplete { molecule: 1, came: atoms(4, 1) };
        rejects(&[H, H, O, H, H, O], "0c 1c 2c 3c 4c 0b 0e 1b 1e 2b 2e 3b", apart);
    }

    #[test]
    fn rejects_a_molecule_that_mixes_with_the_one_before() {
        let script = "0c 1c 2c 3c 4c 5c 0b 0e 1b 1e 2b 5b 2e";
        rejects(&[H, H, O, H, H, O], script, Apart::Mixed { molecule: 1 });
    }

    #[test]
    fn rejects_a_molecule_that_is_not_made() {
        let apart = Apart::NotMade { came: atoms(2, 1), expected: 3, found: 0 };
        rejects(&[H, H, O, H], "0c 0q 1c 1q 2c 2q 3c 0b", apart);
    }

    #[test]
    fn rejects_a_molecule_of_which_an_atom_is_missing() {
        let apart = Apart::NotMade { came: atoms(2, 1), expected: 3, found: 2 };
        rejects(&[H, H, O], "0c 0q 1c 1q 2c 0b 0e 0r 2b 2e 2r 2q", apart);
    }

    #[test]
    fn rejects_a_call_that_does_not_return() {
        let script = "0c 0q 1c 1q 2c 0b 0e 0r 1b 1e 1r 2b 2e 2q";
        rejects(&[H, H, O], script, Apart::NotReturned { expected: 3, found: 2 });
    }

    #[test]
    fn reports_the_output_before_what_happened_earlier() {
        let water = [H, H, O, H, O, H];
        let entries = log(&water, "0c 0b 0e 1c 2c 3c 4c 5c 1b 1e 3b");
        let violation = check(&water, &entries, Extent::Prefix).expect_err("three hydrogens");
        assert_eq!((violation.fault, violation.grade), (Fault::WrongAnswer, Grade::LeetCode));
    }

    #[test]
    fn reports_what_only_the_strict_grade_sees_in_an_execution_that_was_cut_short() {
        let water = [H, H, O];
        let entries = log(&water, "0c 0b 0e");
        let violation = check(&water, &entries, Extent::Prefix).expect_err("one hydrogen alone");
        assert_eq!((violation.fault, violation.grade), (Fault::InvariantViolated, Grade::Strict));
        assert_eq!(violation.message, "molecule 0 begins when 1 H and 0 O have come");
    }
}
