//! What burned while nobody looked and is over: told once, quietly, and never as if it burned now.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::words::{severity_word, wall};
use super::{Alarm, MANY, Notice, quiet};
use crate::alert::{AlertId, Fired};
use crate::event::Event;
use crate::gate::shifted;
use crate::reading::Signal;
use crate::state::Room;
use crate::watch::{BlindMemory, Dated, Watch};

impl Alarm {
    /// What is told of the alerts that began and ended in what was fetched afterwards. Of those of one signal the gravest
    /// speaks.
    #[must_use]
    pub fn was_over(&self, room: &Room, watch: &Watch, found: &[Dated], now: Timestamp) -> Vec<Notice> {
        let mut open: BTreeMap<&AlertId, &Fired> = BTreeMap::new();
        let mut over: BTreeMap<&Signal, (&Fired, Timestamp)> = BTreeMap::new();
        for Dated { event, occurred_at } in found {
            match event {
                Event::AlertFired(fired) if fired.seen.as_ref().is_some_and(|seen| seen.fetched) => {
                    open.insert(&fired.alert, fired);
                }
                Event::AlertResolved { alert, .. } => {
                    let ended = open.remove(alert).zip(watch.book().rule(alert));
                    let Some((fired, rule)) = ended else { continue };
                    let known = over.entry(&rule.signal).or_insert((fired, *occurred_at));
                    if known.0.severity <= fired.severity {
                        *known = (fired, *occurred_at);
                    }
                }
                _ => {}
            }
        }
        let burns: Vec<AlertId> = watch.firing(room, now).into_iter().map(|(id, _)| id).collect();
        let is_silenced = |id: &AlertId| room.alerts().get(id).is_some_and(|state| state.is_silenced(now));
        let mut over: Vec<(&Fired, Timestamp)> = over.into_values().collect();
        over.retain(|(fired, _)| !burns.contains(&fired.alert) && !is_silenced(&fired.alert));
        over.sort_by_key(|(fired, _)| std::cmp::Reverse(fired.severity));
        let span = |(fired, ended): &(&Fired, Timestamp)| {
            format!("from {} to {}", wall(room, fired.since), wall(room, *ended))
        };
        match over.as_slice() {
            [first, ..] if over.len() >= MANY => {
                let lines = over.iter().map(|one| format!("{}: {}", one.0.name, span(one)));
                let title = format!("{} alerts burned while nobody looked, and are over", over.len());
                vec![quiet(first.0.alert.as_str(), title, lines.collect::<Vec<_>>().join("\n"))]
            }
            few => few
                .iter()
                .map(|one| {
                    let (fired, _) = one;
                    let value = fired.seen.as_ref().map(|seen| seen.words.clone()).unwrap_or_default();
                    let title = format!("Over already: {} {value} ({})", fired.name, severity_word(fired.severity));
                    let body = format!("It burned {} while nobody looked here: fetched afterwards.", span(one));
                    quiet(fired.alert.as_str(), title, body)
                })
                .collect(),
        }
    }

    /// The wall clock was set by so much: what was told is as long ago as it is, and what still burns is not told anew.
    pub fn clock_was_set(&mut self, watch: &Watch, by: SignedDuration) {
        for told in self.told.values_mut() {
            told.at = shifted(told.at, by);
            told.first = shifted(told.first, by);
        }
        self.summed = self.summed.map(|(at, severity)| (shifted(at, by), severity));
        let since = watch.memory().blind().map(BlindMemory::since);
        if let Some((told, since)) = self.told.get_mut(&AlertId::blind()).zip(since) {
            told.since = since;
        }
    }
}
