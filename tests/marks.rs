//! What is known of the classic wrong answers: on which input each fails first, how many preemptions
//! that takes at the least, and where it passes. Another explorer of every interleaving has told so.

use judge::{
    Bounds, Input, Judge, Word,
    engine::Limits,
    problems::{Broken, Problem},
};

use crate::catalogue::wrong;

/// A problem, a wrong answer to it, and an input.
type Cell = (u16, &'static str, &'static str);

/// Where each fails first, and with how many preemptions.
const FAILS: &[(Cell, usize)] = &[
    ((1114, "if-not-while", "1,2,3"), 0),
    ((1114, "notify-one", "1,2,3"), 0),
    ((1114, "flag-outside-lock", "1,2,3"), 1),
    ((1114, "gate-open", "1,2,3"), 0),
    ((1114, "early-release", "1,2,3"), 1),
    ((1115, "flag-without-waiting", "2"), 0),
    ((1115, "early-handover", "1"), 1),
    ((1115, "single-meeting", "2"), 0),
    ((1115, "both-gates-open", "1"), 0),
    ((1116, "if-not-while", "2"), 0),
    ((1116, "notify-one", "2"), 0),
    ((1116, "polls-under-lock", "1"), 0),
    ((1117, "hydrogen-first", "HHO"), 0),
    ((1117, "one-by-one", "OOHHHH"), 0),
    ((1117, "lost-count", "HHO"), 1),
    ((1117, "barrier-alone", "OOHHHH"), 0),
    ((1117, "early-place", "OOHHHH"), 0),
    ((1117, "apart", "HHO"), 0),
    ((1195, "one-notified", "1"), 0),
    ((1195, "one-too-many", "2"), 1),
    ((1195, "end-unheard", "1"), 0),
    ((1195, "end-unsaid", "1"), 0),
    ((1195, "fizz-takes-all", "15"), 0),
    ((1195, "one-turn-each", "2"), 0),
    ((1226, "left-first", "1"), 1),
    ((1226, "room-of-five", "1"), 1),
    ((1226, "mirrored-forks", "1,1,0,0,0"), 1),
    ((1226, "early-release", "1,1,0,0,0"), 1),
    ((1226, "forks-of-ones-own", "1,1,0,0,0"), 1),
    ((1226, "round-robin", "0,1,0,0,0"), 0),
];

/// Where we tell another number.
///
/// - What is printed too late in *early-release*, *early-handover* and *one-too-many* is found without
///   a preemption: nothing makes one print come before the other, and that is seen in any order.
/// - In *flag-outside-lock* all three share a method, so first locks before it prints, and has to be
///   preempted after that for second to look.
const OTHERWISE: &[(Cell, usize)] = &[
    ((1114, "flag-outside-lock", "1,2,3"), 2),
    ((1114, "early-release", "1,2,3"), 0),
    ((1115, "early-handover", "1"), 0),
    ((1195, "one-too-many", "2"), 0),
];

/// Where some of them pass all the same. So does 1117's *seen-by-both* for one molecule and for two,
/// as long as nobody asks whether an atom waits for the others of its molecule.
const PASSES: &[Cell] = &[
    (1115, "flag-without-waiting", "1"),
    (1115, "single-meeting", "1"),
    (1116, "if-not-while", "1"),
    (1116, "notify-one", "1"),
    (1117, "one-by-one", "HHO"),
    (1195, "fizz-takes-all", "3"),
    (1195, "one-turn-each", "1"),
];

#[track_caller]
fn find(number: u16, name: &str) -> (&'static Problem, &'static Broken) {
    let is_it = |(problem, broken): &(&Problem, &Broken)| {
        problem.number == number && broken.solution.name == name
    };
    wrong().find(is_it).unwrap_or_else(|| panic!("{number} has a wrong answer called {name}"))
}

/// What a search finds, with so many preemptions at the most if there is a bound.
fn word((number, name, input): Cell, preemptions: Option<usize>) -> Word {
    let (problem, broken) = find(number, name);
    let limits = Limits { steps: 20_000, spurious: false, ..Limits::default() };
    let judge = Judge { limits, shrink_steps: 0, ..Judge::default() };
    let bounds = Bounds { preemptions, cores: 1, ..Bounds::default() };
    let input = Input::own(input);
    judge.verify(problem, &broken.solution, &input, &bounds, &|_| ()).word
}

/// How many preemptions there are in an execution that fails, at the least.
fn least(cell: Cell) -> Option<usize> {
    (0..3).find(|&bound| word(cell, Some(bound)).evidence().is_some())
}

#[test]
fn wrong_answers_fail_where_they_are_known_to_and_not_with_less() {
    let differs = |&(cell, known): &(Cell, usize)| {
        let found = least(cell).unwrap_or_else(|| panic!("{cell:?} does not fail"));
        (found != known).then_some((cell, found))
    };
    assert_eq!(FAILS.iter().filter_map(differs).collect::<Vec<_>>(), OTHERWISE);
}

#[test]
fn wrong_answers_pass_where_they_are_known_to() {
    for &cell in PASSES {
        assert_eq!(word(cell, None), Word::Verified, "{cell:?}");
    }
}
