//! What repeats: "Every 4 hours", "Daily", "Weekly (Jan 28)", and the shift handoff.

use super::body::Bodies;
use super::hints::Hint;
use super::outline::Outline;
use super::{when, words};
use crate::model::{ItemId, Routine, SectionKind, When};
use crate::read::quick::QuickSet;

/// Finds the sections that name an interval and hold checks, and the items that name one themselves.
pub(crate) fn read(outline: &Outline, bodies: &Bodies) -> Vec<Routine> {
    let mut found = Vec::new();
    let mut taken: QuickSet<ItemId> = QuickSet::default();
    for (at, section) in outline.sections.iter().enumerate() {
        if has_page(section.kind) || !outline.hints(at).has(Hint::Repeating) {
            continue;
        }
        let repeats = repeats(&section.text);
        if repeats == Repeats::default() {
            continue;
        }
        let own: Vec<ItemId> = bodies.items_of(at).map(|item| item.id.clone()).collect();
        if own.is_empty() {
            continue;
        }
        taken.extend(own.iter().cloned());
        let date = match section.when {
            Some(When::Absolute { from, .. }) => from.date.map(|date| date.to_string()),
            _ => None,
        };
        found.push(Routine {
            section: section.id.clone(),
            line: section.line,
            text: section.text.to_string(),
            every_s: repeats.every_s,
            at: date.or(repeats.at),
            items: own,
        });
    }
    let items = bodies.item_sections.iter().zip(&bodies.items).zip(&bodies.item_hints);
    for ((section, item), _) in items.filter(|(_, hints)| hints.has(Hint::Repeating)) {
        let Some(section) = outline.section(*section).filter(|section| !has_page(section.kind)) else { continue };
        // "Every 15 minutes: check the dashboard"; "every pod is up" and "daily backups are on" do not repeat.
        let Some((name, rest)) = words::labelled(&item.text) else { continue };
        let repeats = repeats(name);
        if rest.is_empty() && item.children.is_empty()
            || is_adjective(name)
            || repeats == Repeats::default()
            || taken.contains(&item.id)
        {
            continue;
        }
        found.push(Routine {
            section: section.id.clone(),
            line: item.range.line,
            text: item.text.to_string(),
            every_s: repeats.every_s,
            at: repeats.at,
            items: vec![item.id.clone()],
        });
    }
    found.sort_by_key(|routine| routine.line);
    found
}

fn has_page(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Rollback | SectionKind::Communication | SectionKind::Contacts | SectionKind::Reference)
}

/// How something repeats.
#[derive(Debug, Default, PartialEq, Eq)]
struct Repeats {
    every_s: Option<u64>,
    /// `shift_handoff`, or a time of day.
    at: Option<String>,
}

/// Whether a word of repeating only describes what follows ("Daily backups").
fn is_adjective(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let first = words.next().map(str::to_lowercase);
    matches!(first.as_deref(), Some("hourly" | "daily" | "weekly"))
        && words.next().is_some_and(|next| next != "at" && !next.starts_with('('))
}

const HANDOFF: [&str; 9] = [
    "shift handoff",
    "shift handover",
    "shift hand-off",
    "handoff",
    "handover",
    "shift change",
    "each shift",
    "every shift",
    "per shift",
];

/// One of these has what says that something repeats.
pub(crate) fn words_that_repeat() -> impl Iterator<Item = &'static str> {
    HANDOFF.into_iter().chain(HOURLY).chain(DAILY).chain(WEEKLY).chain(TIMES).chain(WEEKDAYS).chain(EACH).chain(["on"])
}

const HOURLY: [&str; 3] = ["hourly", "stündlich", "ежечасно"];
const DAILY: [&str; 4] = ["daily", "täglich", "diario", "ежедневно"];
const WEEKLY: [&str; 3] = ["weekly", "wöchentlich", "еженедельно"];
const TIMES: [&str; 2] = ["twice", "once"];
const WEEKDAYS: [&str; 8] =
    ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays", "weekdays"];
const EACH: [&str; 10] = ["every", "each", "alle", "jede", "toutes", "cada", "her", "каждые", "каждый", "каждую"];

/// How words say that something repeats.
fn repeats(text: &str) -> Repeats {
    let plain = words::plain(text);
    let every_s = every_s(&plain);
    if every_s.is_none() && words::has_any(&plain, &HANDOFF) {
        return Repeats { every_s: None, at: Some("shift_handoff".to_owned()) };
    }
    // "Daily at 09:00" names its hour; an hour alone is a time like any other.
    if every_s.is_none() {
        return Repeats { every_s, at: None };
    }
    let time = match when::when(text, None) {
        Some(When::Absolute { from, .. }) => from.time.map(|time| time.strftime("%H:%M").to_string()),
        _ => None,
    };
    Repeats { every_s, at: time }
}

/// The interval in seconds that a heading, from [`words::plain`], names.
fn every_s(plain: &str) -> Option<u64> {
    let first = plain.split(|character: char| !character.is_alphanumeric()).next()?;
    let rest = plain.get(first.len()..)?.trim_start();
    let next = rest.split(|character: char| !character.is_alphanumeric()).next().unwrap_or("");
    let day = 86_400;
    match first {
        _ if HOURLY.contains(&first) => Some(3600),
        _ if DAILY.contains(&first) => Some(day),
        _ if WEEKLY.contains(&first) => Some(7 * day),
        _ if TIMES.contains(&first)
            && (matches!(next, "a" | "per" | "every") || matches!(rest, "daily" | "weekly")) =>
        {
            let times = if first == "twice" { 2 } else { 1 };
            let unit = rest.split(|character: char| !character.is_alphanumeric()).find_map(|word| match word {
                "daily" => Some(day),
                "weekly" => Some(7 * day),
                "a" => None,
                word => when::unit_s(word),
            });
            unit.map(|unit| unit / times)
        }
        "on" if WEEKDAYS.contains(&next) => Some(7 * day),
        _ if first != "weekdays" && WEEKDAYS.contains(&first) => Some(7 * day),
        _ if EACH.contains(&first) => {
            let name = next.strip_suffix('s').unwrap_or(next);
            if WEEKDAYS.iter().any(|day| day.strip_suffix('s') == Some(name)) {
                return Some(7 * day);
            }
            // "Every other day" leaves one out.
            let times = if next == "other" { 2 } else { 1 };
            let rest = if times == 2 { rest.get(next.len()..)?.trim_start() } else { rest };
            let unit = rest.split(|character: char| !character.is_alphanumeric()).next();
            if let Some(unit) = unit.and_then(when::unit_s) {
                return Some(unit * times);
            }
            // The length stands first: "every service is up for 5 minutes" repeats nothing.
            let begins = rest.starts_with(|first: char| first.is_ascii_digit()) || rest.starts_with("half");
            begins.then(|| when::duration_s(rest)).flatten()
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::hints::Hints;

    #[test]
    fn intervals() {
        let every_s = |text: &str| {
            let found = every_s(&words::plain(text));
            assert!(found.is_none() || Hints::of(text).has(Hint::Repeating), "{text}");
            found
        };
        assert_eq!(every_s("Every 1 hour:"), Some(3600));
        assert_eq!(every_s("Every 4 hours:"), Some(14_400));
        assert_eq!(every_s("Every hour"), Some(3600));
        assert_eq!(every_s("Daily:"), Some(86_400));
        assert_eq!(every_s("Weekly (Jan 28):"), Some(604_800));
        assert_eq!(every_s("Everything is fine in 5 minutes"), None);
        assert_eq!(every_s("Day 1"), None);
        assert_eq!(every_s("Twice a day"), Some(43_200));
        assert_eq!(every_s("Once per week"), Some(604_800));
        assert_eq!(every_s("On Mondays"), Some(604_800));
        assert_eq!(every_s("Every Monday at 9:00"), Some(604_800));
        assert_eq!(every_s("Every other day"), Some(172_800));
        assert_eq!(every_s("Every half an hour"), Some(1800));
        assert_eq!(every_s("Alle 30 Minuten"), Some(1800));
        assert_eq!(every_s("Каждые 15 минут"), Some(900));
        assert_eq!(every_s("Every service is up for 5 minutes"), None);
        assert_eq!(every_s("Each team has signed"), None);
        assert_eq!(every_s("Once the traffic is back"), None);
    }

    #[test]
    fn shifts_and_hours_are_named() {
        assert_eq!(repeats("Each shift").at.as_deref(), Some("shift_handoff"));
        assert_eq!(repeats("Daily at 09:00"), Repeats { every_s: Some(86_400), at: Some("09:00".to_owned()) });
        assert_eq!(repeats("Deploy at 09:00"), Repeats::default());
    }

    #[test]
    fn items_may_repeat_by_themselves() {
        let text = "# Ship\n\n## Watch\n- [ ] Every 15 minutes: look at the errors\n- [ ] Every pod is up\n- [ ] Daily backups: on\n- [ ] Look\n\n**Hourly:**\n- [ ] Hourly: read the log\n";
        let plan = crate::read(text, &crate::config::Config::default()).0;
        let found: Vec<_> =
            plan.routines.iter().map(|routine| (routine.line, routine.every_s, routine.items.len())).collect();
        assert_eq!(found, [(4, Some(900), 1), (9, Some(3600), 1)]);
    }
}
