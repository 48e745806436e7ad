//! Which steps are shown, and which are only counted.

/// How long a loop may be to be recognised as one.
const LONGEST_LOOP: usize = 400;

/// How often a loop must be repeated to be folded.
const REPEATS: usize = 3;

/// One line of a timeline, as far as steps go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Item {
    /// The step of this number.
    Step(usize),
    /// The last so many steps come so many times more.
    Again { steps: usize, times: usize },
    /// So many steps are left out.
    Skipped(usize),
}

/// Every step of `steps`, but what is repeated is shown once: steps that look the same are equal.
pub(crate) fn folded<T: PartialEq>(steps: &[T]) -> Vec<Item> {
    let mut items = Vec::new();
    fold(steps, 0, &mut items);
    items
}

/// Folds `steps`, of which the first has the number `first`.
fn fold<T: PartialEq>(steps: &[T], first: usize, items: &mut Vec<Item>) {
    let mut at = 0;
    while at < steps.len() {
        let Some((length, times)) = loop_at(&steps[at..]) else {
            items.push(Item::Step(first + at));
            at += 1;
            continue;
        };
        let once = &steps[at..at + length];
        if length > 1 && length < steps.len() {
            fold(once, first + at, items);
        } else {
            items.extend((0..length).map(|index| Item::Step(first + at + index)));
        }
        items.push(Item::Again { steps: length, times: times - 1 });
        at += length * times;
    }
}

/// How long the loop that `steps` begin with is, and how often it is repeated: the one that covers
/// most, and of those the shortest.
fn loop_at<T: PartialEq>(steps: &[T]) -> Option<(usize, usize)> {
    let longest = LONGEST_LOOP.min(steps.len() / REPEATS);
    let times = |length: usize| {
        let once = &steps[..length];
        steps.chunks_exact(length).take_while(|chunk| *chunk == once).count()
    };
    let mut best: Option<(usize, usize)> = None;
    for length in 1..=longest {
        let times = times(length);
        let is_better = best.is_none_or(|(other, others)| other * others < length * times);
        if times >= REPEATS && is_better {
            best = Some((length, times));
        }
        // Nothing longer could cover more.
        if times >= REPEATS && steps.len() - length * times < length {
            break;
        }
    }
    best
}

/// The last `most` of `items`, and how many steps that leaves out.
pub(crate) fn last(items: Vec<Item>, most: usize) -> Vec<Item> {
    let hidden = items.len().saturating_sub(most);
    if hidden == 0 {
        return items;
    }
    let skipped = items[..hidden].iter().map(|item| match item {
        Item::Step(_) => 1,
        Item::Again { steps, times } => steps * times,
        Item::Skipped(steps) => *steps,
    });
    let skipped = Item::Skipped(skipped.sum());
    std::iter::once(skipped).chain(items[hidden..].iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::{
        Item::{self, Again, Skipped, Step as Shown},
        folded, last,
    };

    #[test]
    fn a_loop_is_shown_once() {
        let items = folded(b"9121212128");
        let again = Again { steps: 2, times: 3 };
        assert_eq!(items, [Shown(0), Shown(1), Shown(2), again, Shown(9)]);
    }

    #[test]
    fn a_loop_within_a_loop_is_folded_too() {
        let items = folded("00012".repeat(50).as_bytes());
        let (inner, outer) = (Again { steps: 1, times: 2 }, Again { steps: 5, times: 49 });
        assert_eq!(items, [Shown(0), inner, Shown(3), Shown(4), outer]);
    }

    #[test]
    fn what_comes_twice_is_shown_twice() {
        assert_eq!(folded(b"1212").len(), 4);
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let items = vec![Shown(0), Again { steps: 1, times: 7 }, Shown(8), Shown(9)];
        let expected: [Item; 3] = [Skipped(8), Shown(8), Shown(9)];
        assert_eq!(last(items, 2), expected);
    }
}
