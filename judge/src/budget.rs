//! How the executions of one judgement are dealt over its cases.

/// Deals `executions` over `cases`, the smallest case first: each gets a share that falls with its
/// rank, since small inputs show most bugs and cost least, and each gets at least one.
pub fn deal(executions: u64, cases: usize) -> Vec<u64> {
    // Case number i weighs 1 ÷ (i + 1), in units that keep the arithmetic exact.
    const UNIT: u64 = 27_720;
    let weight = |case: usize| UNIT / (case as u64 + 1).min(UNIT);
    let sum: u64 = (0..cases).map(weight).sum();
    let share = |case| {
        let exact = u128::from(executions) * u128::from(weight(case)) / u128::from(sum.max(1));
        u64::try_from(exact).unwrap_or(u64::MAX).max(1)
    };
    let mut shares: Vec<u64> = (0..cases).map(share).collect();
    // What rounding left over goes to the smallest case.
    let dealt: u64 = shares.iter().fold(0, |sum, share| sum.saturating_add(*share));
    if let Some(first) = shares.first_mut() {
        *first += executions.saturating_sub(dealt);
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::deal;

    #[test]
    fn small_cases_get_more_and_nothing_is_lost() {
        let shares = deal(10_000, 4);
        assert_eq!(shares.iter().sum::<u64>(), 10_000);
        assert!(shares.is_sorted_by(|a, b| a >= b), "{shares:?}");
    }

    #[test]
    fn every_case_gets_at_least_one() {
        assert_eq!(deal(1, 3), [1, 1, 1]);
    }

    #[test]
    fn a_single_case_gets_all() {
        assert_eq!(deal(7, 1), [7]);
    }

    #[test]
    fn no_case_is_no_share() {
        assert!(deal(7, 0).is_empty());
    }

    #[test]
    fn the_largest_budget_does_not_overflow() {
        assert_eq!(deal(u64::MAX, 3).len(), 3);
    }
}
