//! A channel without room, under control: the two sides meet, and a message goes from hand to hand.
//!
//! ```text
//! the sender comes first              the receiver comes first
//!
//! sender           receiver           sender           receiver
//! offer  ─ ticket                                      wish     ─ ticket
//!   ⋮              take   ─ message   hand over          ⋮
//! withdraw: taken                                      collect: message
//! ```
//!
//! Nobody waits in here. Whoever comes second is done at once; whoever came first waits at the
//! controller until the ticket is served, and then leaves.

use std::collections::VecDeque;

use parking_lot::Mutex;

/// Those who have come to one side and found nobody on the other.
pub(super) struct Rendezvous<T>(Mutex<Waiting<T>>);

struct Waiting<T> {
    /// Senders, with their messages, in order of arrival. Empty while `wishes` is not.
    offers: VecDeque<(Ticket, T)>,
    /// Receivers, in order of arrival.
    wishes: VecDeque<Ticket>,
    /// What receivers have been given and have not collected yet.
    given: Vec<(Ticket, T)>,
    next: u64,
}

/// One arrival.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

impl<T> Rendezvous<T> {
    /// Gives `message` to the first receiver that waits, or back if there is none.
    pub(super) fn hand_over(&self, message: T) -> Result<(), T> {
        let mut waiting = self.0.lock();
        let Some(ticket) = waiting.wishes.pop_front() else { return Err(message) };
        waiting.given.push((ticket, message));
        Ok(())
    }

    /// Lets a sender wait with its message.
    pub(super) fn offer(&self, message: T) -> Ticket {
        let mut waiting = self.0.lock();
        let ticket = waiting.ticket();
        waiting.offers.push_back((ticket, message));
        ticket
    }

    /// Whether a receiver has taken the message.
    pub(super) fn is_taken(&self, offer: Ticket) -> bool {
        self.0.lock().offers.iter().all(|&(ticket, _)| ticket != offer)
    }

    /// Ends a sender's wait: the message, if nobody has taken it.
    pub(super) fn withdraw(&self, offer: Ticket) -> Option<T> {
        let mut waiting = self.0.lock();
        let index = waiting.offers.iter().position(|&(ticket, _)| ticket == offer)?;
        waiting.offers.remove(index).map(|(_, message)| message)
    }

    /// Takes the message of the first sender that waits.
    pub(super) fn take(&self) -> Option<T> {
        self.0.lock().offers.pop_front().map(|(_, message)| message)
    }

    /// Lets a receiver wait.
    pub(super) fn wish(&self) -> Ticket {
        let mut waiting = self.0.lock();
        let ticket = waiting.ticket();
        waiting.wishes.push_back(ticket);
        ticket
    }

    /// Whether a sender has handed a message over.
    pub(super) fn is_given(&self, wish: Ticket) -> bool {
        self.0.lock().given.iter().any(|&(ticket, _)| ticket == wish)
    }

    /// Ends a receiver's wait: the message, if it was given one.
    pub(super) fn collect(&self, wish: Ticket) -> Option<T> {
        let mut waiting = self.0.lock();
        waiting.wishes.retain(|&ticket| ticket != wish);
        let index = waiting.given.iter().position(|&(ticket, _)| ticket == wish)?;
        Some(waiting.given.swap_remove(index).1)
    }
}

impl<T> Waiting<T> {
    fn ticket(&mut self) -> Ticket {
        self.next += 1;
        Ticket(self.next)
    }
}

impl<T> Default for Rendezvous<T> {
    fn default() -> Self {
        Self(Mutex::new(Waiting {
            offers: VecDeque::new(),
            wishes: VecDeque::new(),
            given: Vec::new(),
            next: 0,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::Rendezvous;

    #[test]
    fn a_message_that_nobody_takes_comes_back() {
        let meeting = Rendezvous::default();
        assert_eq!(meeting.hand_over(1), Err(1));
        let offer = meeting.offer(1);
        assert!(!meeting.is_taken(offer));
        assert_eq!(meeting.withdraw(offer), Some(1));
        assert_eq!(meeting.take(), None);
    }

    #[test]
    fn the_first_offer_is_taken_first() {
        let meeting = Rendezvous::default();
        let (first, second) = (meeting.offer(1), meeting.offer(2));
        assert_eq!(meeting.take(), Some(1));
        assert!(meeting.is_taken(first));
        assert!(!meeting.is_taken(second));
        assert_eq!(meeting.withdraw(first), None);
    }

    #[test]
    fn the_first_wish_is_granted_first() {
        let meeting = Rendezvous::default();
        let (first, second) = (meeting.wish(), meeting.wish());
        assert_eq!(meeting.hand_over(1), Ok(()));
        assert!(meeting.is_given(first));
        assert!(!meeting.is_given(second));
        assert_eq!(meeting.collect(first), Some(1));
    }

    #[test]
    fn a_receiver_that_has_left_is_given_nothing() {
        let meeting = Rendezvous::default();
        let wish = meeting.wish();
        assert_eq!(meeting.collect(wish), None);
        assert_eq!(meeting.hand_over(1), Err(1));
    }
}
