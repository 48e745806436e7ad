//! Virtual time: it stands still while a task can move, and jumps to the next alarm when nobody can.

use std::time::Duration;

use sync::control::TaskId;

/// The time of an execution, if a program has asked for it to be kept.
#[derive(Default)]
pub(super) struct Clock {
    time: Option<Duration>,
    /// Who sleeps, and until when.
    alarms: Vec<(Duration, TaskId)>,
}

impl Clock {
    /// Forgets everything: no time is kept.
    pub(super) fn reset(&mut self) {
        self.time = None;
        self.alarms.clear();
    }

    /// Keeps time from now on.
    pub(super) fn keep(&mut self) {
        self.time.get_or_insert_default();
    }

    /// Whether time is kept.
    pub(super) fn is_kept(&self) -> bool {
        self.time().is_some()
    }

    /// How much time has passed, where it is kept.
    pub(super) fn time(&self) -> Option<Duration> {
        self.time
    }

    /// Lets `task` sleep for `duration`; `false` if no time is kept, and it need not sleep at all.
    pub(super) fn set_alarm(&mut self, task: TaskId, duration: Duration) -> bool {
        let Some(time) = self.time else { return false };
        self.alarms.push((time.saturating_add(duration), task));
        true
    }

    /// Jumps to the next alarm; gives those whom it wakes, in any order.
    pub(super) fn jump(&mut self) -> impl Iterator<Item = TaskId> {
        let next = self.alarms.iter().map(|&(alarm, _)| alarm).min();
        self.time = next.or(self.time);
        let rings = move |&mut (alarm, _): &mut (Duration, TaskId)| Some(alarm) == next;
        self.alarms.extract_if(.., rings).map(|(_, task)| task)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Clock;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn nobody_sleeps_where_no_time_is_kept() {
        let mut clock = Clock::default();
        assert!(!clock.set_alarm(0, ms(15)));
        assert_eq!((clock.jump().count(), clock.time()), (0, None));
    }

    #[test]
    fn a_jump_wakes_all_whose_time_has_come() {
        let mut clock = Clock::default();
        clock.keep();
        assert!(clock.set_alarm(0, ms(15)) && clock.set_alarm(1, ms(20)));
        assert!(clock.set_alarm(2, ms(15)));
        assert_eq!(clock.jump().collect::<Vec<_>>(), [0, 2]);
        assert_eq!(clock.time(), Some(ms(15)));
        assert!(clock.set_alarm(0, ms(15)));
        assert_eq!(clock.jump().collect::<Vec<_>>(), [1]);
        assert_eq!(clock.jump().collect::<Vec<_>>(), [0]);
        assert_eq!((clock.time(), clock.jump().count()), (Some(ms(30)), 0));
    }

    #[test]
    fn keeping_time_twice_does_not_turn_it_back() {
        let mut clock = Clock::default();
        clock.keep();
        clock.set_alarm(0, ms(15));
        assert_eq!(clock.jump().count(), 1);
        clock.keep();
        assert_eq!(clock.time(), Some(ms(15)));
    }
}
