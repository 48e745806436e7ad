//! Who eats how often: the input of 1226.

use crate::{InputError, number_between};

/// How many philosophers there are, and how many forks.
pub(crate) const SEATS: usize = 5;

/// The most that one philosopher eats.
const MOST: usize = 60;

/// One task: it calls `wants_to_eat` for one philosopher, meal after meal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diner {
    /// Whose meals they are, from 0 to 4.
    pub philosopher: usize,
    /// How many, at least one.
    pub meals: usize,
}

/// Reads "2" (twice for all), "3,0,1,2,0" (one for each), or "2+1,0,1,0,0" (two tasks for
/// philosopher 0).
pub(super) fn read(input: &str) -> Result<Vec<Diner>, InputError> {
    let demands: Vec<&str> = input.split(',').collect();
    let demands: [&str; SEATS] = match demands[..] {
        [all] => [all; SEATS],
        _ => demands
            .try_into()
            .map_err(|_| InputError(format!("{input:?} must be one number for all, or five")))?,
    };
    let mut diners = Vec::new();
    for (philosopher, demand) in demands.into_iter().enumerate() {
        diners.extend(diners_of(philosopher, demand)?);
    }
    if diners.is_empty() {
        return Err(InputError("nobody eats, and somebody must".to_owned()));
    }
    Ok(diners)
}

/// The tasks of one philosopher, who may have none.
fn diners_of(philosopher: usize, demand: &str) -> Result<Vec<Diner>, InputError> {
    let name = format!("the number of meals of philosopher {philosopher}");
    let mut diners = Vec::new();
    for term in demand.split('+') {
        let meals = number_between(&name, term, 0..=MOST)?;
        diners.push(Diner { philosopher, meals });
    }
    let sum: usize = diners.iter().map(|diner| diner.meals).sum();
    number_between(&name, &sum.to_string(), 0..=MOST)?;
    diners.retain(|diner| diner.meals > 0);
    Ok(diners)
}

/// The input in which everybody eats `n` times.
pub(super) fn sized(n: usize) -> Result<String, InputError> {
    Ok(number_between("n", &n.to_string(), 1..=MOST)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::{read, sized};

    /// Each task as its philosopher and its meals.
    fn tasks(input: &str) -> Vec<(usize, usize)> {
        let diners = read(input).expect("is allowed");
        diners.iter().map(|diner| (diner.philosopher, diner.meals)).collect()
    }

    #[track_caller]
    fn refuses(input: &str, message: &str) {
        assert_eq!(read(input).expect_err("is refused").to_string(), message);
    }

    #[test]
    fn one_number_is_for_all() {
        assert_eq!(tasks("2"), [(0, 2), (1, 2), (2, 2), (3, 2), (4, 2)]);
    }

    #[test]
    fn five_numbers_are_for_one_each_and_zero_is_nobody() {
        assert_eq!(tasks("3, 0, 1, 2, 0"), [(0, 3), (2, 1), (3, 2)]);
    }

    #[test]
    fn a_sum_is_a_task_for_each_term() {
        assert_eq!(tasks("2+1,0,1,0,0"), [(0, 2), (0, 1), (2, 1)]);
    }

    #[test]
    fn names_what_is_wrong_and_what_is_allowed() {
        refuses("1,2", "\"1,2\" must be one number for all, or five");
        refuses("0,0,0,0,0", "nobody eats, and somebody must");
        let allowed = "and must be a number from 0 to 60";
        let whose = |philosopher| format!("the number of meals of philosopher {philosopher}");
        refuses("0,61,0,0,0", &format!("{} is 61, {allowed}", whose(1)));
        refuses("0,0,40+40,0,0", &format!("{} is 80, {allowed}", whose(2)));
        refuses("0,0,1+,0,0", &format!("{} is \"\", {allowed}", whose(2)));
        assert!(sized(0).is_err());
    }
}
