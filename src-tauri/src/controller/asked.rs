//! From what the window says to what the room understands: ids, times on the plan's wall, ways, and drafts begun from a
//! template.

mod rounds;

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span, Timestamp};
use plan::{CriterionId, ItemId, MessageId, Resolved, Unit};
use room::{AlertId, Evidence, Intent, Person, Room, Value, Way};

use crate::start_and_zone;
use crate::wire::Act;
use crate::wire::project::{self, Typed};

/// What an act asks of the room; typing is none.
///
/// # Errors
/// A sentence for what the room cannot even be asked.
pub(super) fn asked(room: &Room, typed: &Typed, act: &Act, now: Timestamp) -> Result<Intent, String> {
    if let Some(in_a_round) = rounds::asked(room, act, now) {
        return Ok(in_a_round);
    }
    let at = |text: &str| moment(text, room.resolved(), now);
    Ok(match act.clone() {
        Act::State { item, saw } => Intent::State { item: item.into(), saw: Some(saw).filter(|saw| !saw.is_empty()) },
        Act::Answer { item, answer, values } => Intent::Answer {
            item: item.into(),
            answer: Some(answer).filter(|answer| !answer.is_empty()),
            values: values.into_iter().map(|(field, value)| Value { field, value }).collect(),
        },
        Act::Confirm { item } => Intent::Confirm { item: item.into() },
        Act::ConfirmPhase { phase } => Intent::ConfirmSection { section: phase.into() },
        Act::Override { item, reason } => Intent::Override { item: item.into(), reason },
        Act::Defer { item, to, reason } => Intent::Defer { item: item.into(), to: to.into(), reason },
        Act::NotApplicable { item, reason } => Intent::NotApplicable { item: item.into(), reason },
        Act::AddEvidence { item, text } => Intent::AddEvidence { item: item.into(), evidence: Evidence::Text { text } },
        Act::Undo { item } => Intent::Undo { item: Some(item).filter(|item| !item.is_empty()).map(ItemId::from) },
        Act::NamePerson { initials, name, role } => Intent::NamePerson(Person { initials, name, role }),
        Act::ChooseActor { initials } => Intent::ChooseActor { initials },
        Act::FillContact { contact, name, phone, mail, chat, pager } => {
            Intent::FillContact { contact: contact.into(), name, phone, mail, chat, pager }
        }
        Act::ProveContact { contact, way, words } => {
            Intent::ProveContact { contact: contact.into(), way: way_of(&way)?, words }
        }
        Act::AddContact { role, name, phone, mail } => Intent::AddContact { role, name, phone, mail },
        Act::TryContact { contact, way, answered, words, about } => {
            let about = Some(about).filter(|about| !about.is_empty()).map(AlertId::from);
            Intent::TryContact { contact: contact.into(), way: way_of(&way)?, answered, words, about }
        }
        Act::FillChannel { channel, target } => Intent::FillChannel { channel: channel.into(), target },
        Act::StartDraft { message } => started(room, message)?,
        Act::KeepDraft { draft, to, subject, body } => {
            let message = room.drafts().get(&draft).and_then(|known| known.message.clone());
            Intent::KeepDraft { draft: Some(draft), message, to, subject, body }
        }
        Act::DropDraft { draft } => Intent::DropDraft { draft },
        Act::MarkSent { draft, to, at: text } => {
            if room.drafts().get(&draft).is_some_and(|known| typed.draft(draft, known).is_some()) {
                return Err("What was typed into this draft is not kept yet: keep it first.".to_owned());
            }
            Intent::MarkSent { draft, to, at: at(&text)? }
        }
        Act::Note { text, at: when } => Intent::Note { text, at: at(&when)? },
        Act::Correct { event, right, why, at: when } => {
            Intent::Correct { event: u64::from(event), right, why, at: at(&when)? }
        }
        // Each of them is an event of its own: see `all_acknowledged`.
        Act::AcknowledgeAll => return Err("There is nothing to acknowledge.".to_owned()),
        Act::Acknowledge { alert, note } => Intent::Acknowledge { alert: alert.into(), note },
        Act::Silence { alert, until, reason } => {
            Intent::Silence { alert: alert.into(), until: ahead(&until, room.resolved(), now)?, reason }
        }
        Act::LiftSilence { alert, reason } => Intent::LiftSilence { alert: alert.into(), reason },
        Act::ExtendDeadline { alert, until, reason } => {
            Intent::ExtendDeadline { alert: alert.into(), until: ahead(&until, room.resolved(), now)?, reason }
        }
        Act::EnterGate { gate } => Intent::EnterGate { gate: gate.into() },
        Act::PassGate { gate } => Intent::PassGate { gate: gate.into() },
        Act::OverrideGate { gate, reason } => Intent::OverrideGate { gate: gate.into(), reason },
        Act::GoBack { gate, reason } => Intent::GoBack { gate: gate.into(), reason },
        Act::RollBack { criterion, reason, way } => Intent::RollBack {
            criterion: Some(criterion).filter(|id| !id.is_empty()).map(CriterionId::from),
            reason,
            way,
        },
        Act::Rehearse { way } => Intent::Rehearse { way },
        Act::BeginAttempt { start, reason } => {
            let at = ahead(&start, room.resolved(), now)?;
            let start = at.to_zoned_datetime(room.resolved().zone.clone()).datetime();
            Intent::BeginAttempt { start, reason }
        }
        Act::ChooseWay { way, reason } => Intent::ChooseWay { way, reason },
        Act::StateStep { step, worked, result } => Intent::StateStep { step, worked, result },
        Act::Tell { whom, answered, words } => Intent::Tell { whom, answered, words },
        Act::DeclareRolledBack => Intent::DeclareRolledBack,
        Act::StandDown { reason } => Intent::StandDown { reason },
        Act::ConfirmUnit { metric, unit } => Intent::ConfirmUnit { metric, unit: unit_of(&unit)? },
        Act::ArmCommand { probe, digest } => Intent::ArmCommand { probe, digest },
        Act::DisarmCommand { probe } => Intent::DisarmCommand { probe },
        Act::AcceptBinding { proposal, digest } => Intent::AcceptBinding { proposal, digest },
        Act::DropBinding { proposal } => Intent::DropBinding { proposal },
        Act::AnswerTest { seen } => Intent::AnswerTest { seen },
        Act::TestNotification => return Err("A test notification is shown, not logged as an act.".to_owned()),
        Act::AcceptReread { .. } => return Err("What is accepted is what was offered last.".to_owned()),
        Act::TakeWhatIf { .. } | Act::DraftWindowNotice { .. } => {
            return Err("What the schedule gives is looked up there.".to_owned());
        }
        Act::DeclareGoLive { reason } => Intent::DeclareGoLive { reason },
        Act::DeclareSuccess { reason } => Intent::DeclareSuccess { reason },
        Act::StartClosing => project::closing(room)?,
        Act::StartUpdate => return Err("An update is drafted from what is seen.".to_owned()),
        Act::ExplainRounds { reason } => Intent::ExplainRounds { reason },
        Act::HandOver { to } => Intent::HandOver { to },
        Act::TakeOver { by } => Intent::TakeOver { by },
        Act::WithdrawHandover => Intent::WithdrawHandover,
        Act::NoteLesson { text } => Intent::NoteLesson { text },
        Act::Close { outcome } => Intent::Close { outcome },
        Act::Reopen { reason } => Intent::Reopen { reason },
        Act::Typing { .. } => return Err("Typing is kept beside the log, not in it.".to_owned()),
    })
}

/// The field whose typed words an act takes into the log.
pub(super) fn clears(act: &Act) -> Option<String> {
    match act {
        Act::KeepDraft { draft, .. } | Act::DropDraft { draft } | Act::MarkSent { draft, .. } => {
            Some(project::name_of_draft(*draft))
        }
        Act::Note { .. } => Some(project::NOTE.to_owned()),
        _ => None,
    }
}

/// Whether words may be typed into a field of this name, and whether they are such that it can be filled with them
/// again.
///
/// # Errors
/// A sentence.
pub(super) fn may_type(room: &Room, name: &str, text: &str) -> Result<(), String> {
    if name == project::NOTE {
        return Ok(());
    }
    let number = project::number_of_draft(name).filter(|number| room.drafts().contains_key(number));
    if number.is_none() {
        return Err(format!("There is no field “{name}” to type into: the draft may have been sent or dropped."));
    }
    if text.is_empty() {
        return Ok(());
    }
    serde_json::from_str::<project::TypedDraft>(text)
        .map(|_| ())
        .map_err(|error| format!("What was typed into {name} cannot be read: {error}."))
}

fn started(room: &Room, message: String) -> Result<Intent, String> {
    if message.is_empty() {
        let (to, subject, body) = Default::default();
        return Ok(Intent::KeepDraft { draft: None, message: None, to, subject, body });
    }
    let id = MessageId::from(message);
    let known = room.plan().messages.iter().find(|message| message.id == id);
    let known = known.ok_or_else(|| "The plan has no such message.".to_owned())?;
    let (to, subject, body) = project::started(room, known);
    Ok(Intent::KeepDraft { draft: None, message: Some(id), to, subject, body })
}

fn way_of(word: &str) -> Result<Way, String> {
    let found = project::WAYS.into_iter().find(|(_, known)| *known == word);
    found.map(|(way, _)| way).ok_or_else(|| format!("“{word}” is no way to reach anybody: phone, mail, chat or pager."))
}

/// A time as a person writes it on the plan's wall: `07:05` is the latest such time that is not ahead.
fn moment(text: &str, resolved: &Resolved, now: Timestamp) -> Result<Option<Timestamp>, String> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    on_the_wall(text, resolved, now, false).map(Some)
}

/// A time ahead as a person writes it on the plan's wall: `07:45` is the next such time, `15 min` is counted from now.
pub(super) fn ahead(text: &str, resolved: &Resolved, now: Timestamp) -> Result<Timestamp, String> {
    if text.trim().is_empty() {
        return Err("Say until when first: 15 min, or a time such as 07:45.".to_owned());
    }
    match minutes(text).and_then(|minutes| now.checked_add(SignedDuration::from_mins(minutes)).ok()) {
        Some(at) => Ok(at),
        None => on_the_wall(text, resolved, now, true),
    }
}

/// `15`, `15 min`, `2h`: a length in minutes; `None` for anything else.
fn minutes(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('+').trim_start();
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(end)?;
    let number: i64 = number.parse().ok()?;
    // What no deployment lasts for is no length, and would be none of the calendar's either.
    let number = Some(number).filter(|number| *number <= 100_000)?;
    match unit.trim() {
        "" | "m" | "min" | "mins" | "minute" | "minutes" => Some(number),
        "h" | "hour" | "hours" => Some(number * 60),
        _ => None,
    }
}

fn on_the_wall(text: &str, resolved: &Resolved, now: Timestamp, is_ahead: bool) -> Result<Timestamp, String> {
    let text = text.trim();
    let wall = |at| resolved.zone.to_ambiguous_timestamp(at).compatible().ok();
    let today = now.to_zoned_datetime(resolved.zone.clone()).date();
    let found = match time_of_day(text) {
        Some(time) => {
            let days = [-1, 0, 1].into_iter().filter_map(|days| today.checked_add(Span::new().days(days)).ok());
            let at = days.filter_map(|day| wall(day.to_datetime(time)));
            if is_ahead { at.filter(|at| *at > now).min() } else { at.filter(|at| *at <= now).max() }
        }
        None if is_ahead => start_and_zone::start(text).ok().and_then(wall),
        None => of_another_day(text, today).or_else(|| start_and_zone::start(text).ok()).and_then(wall),
    };
    let zone = resolved.zone.iana_name().unwrap_or("the plan's zone");
    let earlier = if is_ahead { "" } else { ", yesterday 23:10, 20 Jan 23:10" };
    found.ok_or_else(|| format!("“{text}” is no time: write 07:45{earlier} or 2026-01-21T07:45, in {zone}."))
}

fn time_of_day(text: &str) -> Option<Time> {
    ["%H:%M", "%H:%M:%S"].into_iter().find_map(|format| Time::strptime(format, text).ok())
}

/// `yesterday 23:10`, and `20 Jan 23:10` as the log shows it: the latest such day that is not ahead.
fn of_another_day(text: &str, today: Date) -> Option<DateTime> {
    let (day, time) = text.rsplit_once(char::is_whitespace)?;
    let (day, time) = (day.trim(), time_of_day(time)?);
    let day = match day.to_lowercase().as_str() {
        "today" => today,
        "yesterday" => today.yesterday().ok()?,
        _ => [today.year(), today.year().checked_sub(1)?].into_iter().find_map(|year| {
            let day = Date::strptime("%d %b %Y", format!("{day} {year}")).ok()?;
            (day <= today).then_some(day)
        })?,
    };
    Some(day.to_datetime(time))
}

fn unit_of(word: &str) -> Result<Unit, String> {
    let unit = room::measure::unit_named(word);
    unit.ok_or_else(|| format!("“{word}” is no unit: ratio, percent, s, ms, bytes, cores or count."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::project::sample;

    #[test]
    fn what_ends_ahead_is_a_time_or_a_length() {
        let resolved = sample::resolved();
        let now: Timestamp = "2026-01-21T06:10:30Z".parse().unwrap();
        let at = |text: &str| ahead(text, &resolved, now).map(|at| at.to_string());
        for text in ["15 min", "15", "+15m", " 15 minutes "] {
            assert_eq!(at(text), Ok("2026-01-21T06:25:30Z".to_owned()), "{text}");
        }
        assert_eq!(at("2h"), Ok("2026-01-21T08:10:30Z".to_owned()));
        assert_eq!(at("07:45"), Ok("2026-01-21T07:45:00Z".to_owned()));
        assert_eq!(at("06:00"), Ok("2026-01-22T06:00:00Z".to_owned()), "the next such time");
        assert_eq!(at(" "), Err("Say until when first: 15 min, or a time such as 07:45.".to_owned()));
        assert!(at("15 parsecs").is_err() && at("99999999999999999999").is_err());
    }

    #[test]
    fn a_time_of_day_is_the_latest_one_that_is_not_ahead() {
        let mut resolved = sample::resolved();
        resolved.zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let now: Timestamp = "2026-01-21T06:10:00Z".parse().unwrap();
        let at = |text: &str| moment(text, &resolved, now).map(|at| at.map(|at| at.to_string()));
        assert_eq!(at("07:05"), Ok(Some("2026-01-21T06:05:00Z".to_owned())));
        assert_eq!(at("07:05:30"), Ok(Some("2026-01-21T06:05:30Z".to_owned())));
        assert_eq!(at("23:50"), Ok(Some("2026-01-20T22:50:00Z".to_owned())), "that was yesterday");
        assert_eq!(at("2026-01-19T08:00"), Ok(Some("2026-01-19T07:00:00Z".to_owned())));
        assert_eq!(at("yesterday 23:10"), Ok(Some("2026-01-20T22:10:00Z".to_owned())));
        assert_eq!(at(" Yesterday  07:05:30 "), Ok(Some("2026-01-20T06:05:30Z".to_owned())));
        assert_eq!(at("today 00:30"), Ok(Some("2026-01-20T23:30:00Z".to_owned())));
        assert_eq!(at("20 Jan 23:10:02"), Ok(Some("2026-01-20T22:10:02Z".to_owned())), "as the log shows it");
        assert_eq!(at("28 Dec 18:00"), Ok(Some("2025-12-28T17:00:00Z".to_owned())), "that was last year");
        assert!(at("29 Feb 10:00").is_err(), "neither this year nor the last has one");
        assert_eq!(at(" "), Ok(None));
        assert_eq!(
            at("seven"),
            Err(
                "“seven” is no time: write 07:45, yesterday 23:10, 20 Jan 23:10 or 2026-01-21T07:45, in Europe/Berlin."
                    .to_owned()
            )
        );
    }
}
