//! Notifications that wait to be shown.
//!
//! Owns: their order, their number, which goes without when there are too many. Must not know: how they are shown.

use std::collections::VecDeque;

use crate::{Notification, Urgency};

/// How many different notifications may wait. Storms are made one summary long before they come here.
const WAITING_MAX: usize = 64;

/// What waits.
#[derive(Debug, Default)]
pub(crate) struct Orders {
    waiting: VecDeque<Notification>,
    lost: VecDeque<Lost>,
    /// Whether it is to be looked whether the desktop holds notifications back.
    looks: bool,
}

/// A notification that will not be shown, since there was no room for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lost {
    /// Which.
    pub(crate) key: String,
    /// Whether it was to sound.
    pub(crate) sounds: bool,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is shown.
    Show(Notification),
    /// It is said that it was lost.
    Say(Lost),
    /// It is looked whether the desktop holds notifications back.
    Look,
}

impl Orders {
    /// One more. It takes the place of one of the same key that still waits; where there is no room, the one that presses
    /// least is lost, and among equals the newest.
    pub(crate) fn add(&mut self, mut notification: Notification) {
        if let Some(waiting) = self.waiting.iter_mut().find(|waiting| waiting.key == notification.key) {
            // The sound of the one before has not been heard yet.
            notification.sounds |= waiting.sounds;
            *waiting = notification;
            return;
        }
        if self.waiting.len() >= WAITING_MAX {
            let least: Option<(usize, Urgency)> =
                self.waiting.iter().map(|waiting| waiting.urgency).enumerate().min_by_key(|(_, urgency)| *urgency);
            match least {
                Some((at, urgency)) if urgency < notification.urgency => {
                    if let Some(lost) = self.waiting.remove(at) {
                        self.lose(lost);
                    }
                }
                _ => {
                    self.lose(notification);
                    return;
                }
            }
        }
        self.waiting.push_back(notification);
    }

    /// A look; several that wait are one.
    pub(crate) fn look(&mut self) {
        self.looks = true;
    }

    /// What is to be done next: first is said what was lost, and no alert waits for a look.
    pub(crate) fn next(&mut self) -> Option<Next> {
        let lost = self.lost.pop_front().map(Next::Say);
        let next = lost.or_else(|| self.waiting.pop_front().map(Next::Show));
        next.or_else(|| std::mem::take(&mut self.looks).then_some(Next::Look))
    }

    fn lose(&mut self, notification: Notification) {
        let lost = Lost { key: notification.key, sounds: notification.sounds };
        match self.lost.iter_mut().find(|earlier| earlier.key == lost.key) {
            Some(earlier) => earlier.sounds |= lost.sounds,
            None => {
                // So many are lost only where the thread hangs, and then nobody is told anything any more.
                if self.lost.len() >= WAITING_MAX {
                    self.lost.pop_front();
                }
                self.lost.push_back(lost);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(key: &str, urgency: Urgency) -> Notification {
        Notification {
            key: key.into(),
            title: String::new(),
            body: String::new(),
            urgency,
            can_be_acknowledged: false,
            sounds: false,
        }
    }

    fn all(orders: &mut Orders) -> Vec<String> {
        std::iter::from_fn(|| orders.next())
            .map(|next| match next {
                Next::Show(notification) => format!("{}{}", notification.key, notification.title),
                Next::Say(lost) => format!("lost {}", lost.key),
                Next::Look => "look".to_owned(),
            })
            .collect()
    }

    fn full(urgency: Urgency) -> Orders {
        let mut orders = Orders::default();
        for number in 0..WAITING_MAX {
            orders.add(order(&number.to_string(), urgency));
        }
        orders
    }

    #[test]
    fn they_come_out_in_turn_and_the_newest_words_of_a_key_count() {
        let mut orders = Orders::default();
        orders.add(Notification { sounds: true, ..order("a", Urgency::Normal) });
        orders.add(order("b", Urgency::Critical));
        orders.add(Notification { title: " anew".into(), ..order("a", Urgency::Normal) });
        let Some(Next::Show(first)) = orders.next() else { panic!("nothing waits") };
        assert_eq!((first.key.as_str(), first.title.as_str()), ("a", " anew"));
        assert!(first.sounds, "the sound of the one before was not heard yet");
        assert_eq!(all(&mut orders), ["b"]);
    }

    #[test]
    fn where_there_is_no_room_the_one_that_presses_least_is_lost_and_it_is_said() {
        let mut orders = full(Urgency::Normal);
        orders.add(order("equal", Urgency::Normal));
        orders.add(order("5", Urgency::Low));
        orders.add(order("critical", Urgency::Critical));
        let all = all(&mut orders);
        assert_eq!(all.len(), WAITING_MAX + 2);
        // The one of the key 5 has become Low, and goes before another of Normal.
        assert_eq!(all[..2], ["lost equal", "lost 5"]);
        assert_eq!(all.last().map(String::as_str), Some("critical"));
    }

    #[test]
    fn a_look_waits_for_what_is_to_be_shown_and_several_are_one() {
        let mut orders = Orders::default();
        orders.look();
        orders.look();
        orders.add(order("a", Urgency::Low));
        assert_eq!(all(&mut orders), ["a", "look"]);
    }

    #[test]
    fn what_is_lost_does_not_grow_without_end() {
        let mut orders = full(Urgency::Critical);
        for number in 0..10 * WAITING_MAX {
            orders.add(order(&format!("more {number}"), Urgency::Low));
        }
        assert!(orders.lost.len() <= WAITING_MAX && orders.waiting.len() == WAITING_MAX);
    }
}
