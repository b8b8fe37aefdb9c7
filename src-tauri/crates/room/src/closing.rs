//! What is left open when a room is closed. It is named to whoever closes it and stands in the event; it forbids nothing: a
//! person closes a room, whatever is left.

use std::collections::BTreeMap;

use jiff::Timestamp;
use plan::Severity;

use crate::said::question;
use crate::state::{Mode, Room, Standing};

/// How many checks of one kind are named one by one; the others are counted.
const NAMED: usize = 12;

/// What is left open, each in words, the gravest first.
#[must_use]
pub fn left_open(room: &Room, now: Timestamp) -> Vec<String> {
    let mut found = of_the_day(room);
    found.extend(alerts(room));
    found.extend(checks(room));
    let drafts = room.drafts().len();
    if drafts > 0 {
        found.push(counted(drafts, "notice was written and not sent", "notices were written and not sent"));
    }
    if let Some(offer) = &room.handoffs().waiting {
        found.push(format!("the room was handed over to {}, who has not signed", offer.to));
    }
    let missed: u64 = room.missed(now).runs.iter().map(|run| run.count).sum();
    if missed > 0 {
        let missed = usize::try_from(missed).unwrap_or(usize::MAX);
        found.push(counted(missed, "round was missed, and nobody said why", "rounds were missed, and nobody said why"));
    }
    found
}

/// Whether what was begun was brought to its end.
fn of_the_day(room: &Room) -> Vec<String> {
    let words = match room.mode() {
        Mode::Live => "the deployment was begun: neither go-live nor a rollback was declared",
        Mode::RollingBack => "the rollback is not over",
        Mode::Watch if room.succeeded().is_none() => "success was not declared",
        _ => return Vec::new(),
    };
    vec![words.to_owned()]
}

fn alerts(room: &Room) -> Vec<String> {
    let mut firing: Vec<_> = room.alerts().values().filter(|state| state.is_firing()).collect();
    firing.sort_by_key(|state| std::cmp::Reverse(state.fired.severity));
    let left = firing.len().saturating_sub(NAMED);
    let named = firing.iter().take(NAMED).map(|state| {
        let word = match state.fired.severity {
            Severity::Critical => "CRITICAL",
            Severity::High => "HIGH",
            Severity::Medium => "MEDIUM",
        };
        format!("{word} fires: {}", state.fired.name)
    });
    let more = (left > 0).then(|| counted(left, "more alert fires", "more alerts fire"));
    named.chain(more).collect()
}

/// What was said of checks and is not done, one by one; what nobody said anything of, by its heading.
fn checks(room: &Room) -> Vec<String> {
    let mut said: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut claimed = 0;
    for item in &room.plan().items {
        let words = || question(item);
        let (rank, line) = match room.standing(&item.id) {
            Standing::AnsweredNo { words: answer, .. } => (0, format!("answered {answer}: {}", words())),
            Standing::Lost { why, .. } => (1, format!("not met any more: {} ({why})", words())),
            Standing::Overridden { reason } => (2, format!("overridden: {} ({reason})", words())),
            Standing::Deferred { reason, .. } => (3, format!("deferred: {} ({reason})", words())),
            Standing::Claimed => {
                claimed += 1;
                continue;
            }
            Standing::Open => {
                let section = item.section.as_ref().and_then(|id| room.plan().section(id));
                let heading =
                    section.map_or("", |section| if section.title.is_empty() { &section.text } else { &section.title });
                match open.last_mut().filter(|(known, _)| known == heading) {
                    Some((_, count)) => *count += 1,
                    None => open.push((heading.to_owned(), 1)),
                }
                continue;
            }
            Standing::Stated { .. } | Standing::Observed { .. } | Standing::NotApplicable { .. } => continue,
        };
        said.entry(rank).or_default().push(line);
    }
    let mut found = Vec::new();
    for lines in said.into_values() {
        let left = lines.len().saturating_sub(NAMED);
        found.extend(lines.into_iter().take(NAMED));
        if left > 0 {
            found.push(format!("and {left} more of these"));
        }
    }
    found.extend(open.into_iter().map(|(heading, count)| {
        let count = counted(count, "check open", "checks open");
        let heading = heading.trim_end_matches(':');
        if heading.is_empty() { count } else { format!("{heading}: {count}") }
    }));
    if claimed > 0 {
        found.push(counted(
            claimed,
            "claim of the source confirmed by nobody",
            "claims of the source confirmed by nobody",
        ));
    }
    found
}

fn counted(amount: usize, one: &str, many: &str) -> String {
    match amount {
        1 => format!("1 {one}"),
        _ => format!("{amount} {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Opened, Recorded};
    use crate::intent::Intent;
    use crate::{Sight, decide};

    const TEXT: &str = "# Ship pay (Jan 21, 2026)\n\n## Before (Jan 20)\n- [x] Backups tested\n- [ ] Team told\n- [ ] Page \
                        armed\n\n## Rollout (6:30 AM)\n- [ ] Begun\n- [ ] Watched\n\n## Later (8:00 AM)\n- [ ] Old pods gone\n";

    struct Day {
        room: Room,
        seq: u64,
        now: Timestamp,
    }

    impl Day {
        fn new() -> Self {
            let opened = Opened {
                room: "ab".repeat(16),
                file: "pay.md".to_owned(),
                path: "/pay.md".to_owned(),
                text: TEXT.to_owned(),
                settings: None,
                start: "2026-01-21T06:30".parse().unwrap(),
                zone: "UTC".to_owned(),
                moved_s: 0,
                zone_data: "2026a".to_owned(),
                reader: "1".to_owned(),
                drill: None,
            };
            Self { room: Room::open(opened), seq: 1, now: "2026-01-21T06:31:00Z".parse().unwrap() }
        }

        fn act(&mut self, intent: &Intent) -> Event {
            let (event, at) = decide(&self.room, intent, &Sight::default(), self.now).unwrap();
            self.seq += 1;
            let recorded = Recorded {
                seq: self.seq,
                occurred_at: at,
                recorded_at: self.now,
                actor: "MK".to_owned(),
                event: event.clone(),
            };
            self.room.apply(&recorded);
            event
        }

        fn item(&self, text: &str) -> plan::ItemId {
            self.room.plan().items.iter().find(|item| item.text.starts_with(text)).unwrap().id.clone()
        }
    }

    #[test]
    fn what_is_left_is_named_before_it_is_closed_and_stands_in_the_event() {
        let mut day = Day::new();
        assert_eq!(
            left_open(&day.room, day.now),
            [
                "Before: 2 checks open",
                "Rollout: 2 checks open",
                "Later: 1 check open",
                "1 claim of the source confirmed by nobody"
            ]
        );
        let (begun, watched, told) = (day.item("Begun"), day.item("Watched"), day.item("Team told"));
        day.act(&Intent::State { item: begun, saw: None });
        day.act(&Intent::Override { item: told, reason: "they sit here".to_owned() });
        let to = day.room.plan().phases[2].section.clone();
        day.act(&Intent::Defer { item: watched, to, reason: "no dashboard".to_owned() });
        let shown = left_open(&day.room, day.now);
        assert_eq!(
            shown,
            [
                "the deployment was begun: neither go-live nor a rollback was declared",
                "overridden: Team told (they sit here)",
                "deferred: Watched (no dashboard)",
                "Before: 1 check open",
                "Later: 1 check open",
                "1 claim of the source confirmed by nobody"
            ]
        );
        let closed = day.act(&Intent::Close { outcome: "given up".to_owned() });
        let Event::Closed(closed) = closed else { panic!("{closed:?}") };
        assert_eq!(closed.open, shown, "the event has what the person was shown");
        assert_eq!(day.room.closing(), Some(closed.as_ref()));
        let again = decide(&day.room, &Intent::Close { outcome: "x".to_owned() }, &Sight::default(), day.now);
        assert_eq!(again, Err(crate::Refusal::RoomClosed));
        day.act(&Intent::Reopen { reason: "the old pods run still".to_owned() });
        assert_eq!(day.room.closing(), None);
        assert_eq!(left_open(&day.room, day.now), shown, "and the room is as it was");
    }

    #[test]
    fn an_old_event_without_what_was_left_reads_as_it_was() {
        let old: Event = serde_json::from_str(r#"{"kind":"closed","outcome":"done"}"#).unwrap();
        let Event::Closed(closed) = &old else { panic!("{old:?}") };
        assert_eq!((closed.outcome.as_str(), closed.open.len()), ("done", 0));
        assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"kind":"closed","outcome":"done"}"#);
    }
}
