//! The score of a drill, as it is shown.

use jiff::{SignedDuration, Timestamp};
use room::{Event, Recorded, Room};

use super::book::Book;
use super::log::entry_words;
use super::rollback::told;
use super::start::scenario_view;
use super::times::on_the_wall;
use super::walked::Walked;
use super::watch::{Seeing, vital_of_drill};
use super::words::{counted, stopwatch};
use crate::drill::scenario::{SCENARIOS, Scenario};
use crate::drill::score::{Moments, Score, moments, score as of_log};
use crate::rooms::{Found, Known, fingerprint};
use crate::wire::{DrillMarkView, DrillRunView, FigureView, ScoreView, StretchView, TimelineEntryView};

/// The longest bar of a run where the plan has no limit.
const NO_LIMIT_S: u64 = 900;

/// More lines than a page has.
const MOST_LINES: usize = 40;

/// All that a score is made from.
pub(crate) struct Scored<'a> {
    /// The drill's room.
    pub(crate) room: &'a Room,
    /// Its log.
    pub(crate) events: &'a [Recorded],
    /// The watch over it, for the chart.
    pub(crate) seen: Option<Seeing<'a>>,
    /// What was drilled.
    pub(crate) scenario: &'static Scenario,
    /// The seed.
    pub(crate) seed: u64,
    /// The marks of the drill.
    pub(crate) mark: DrillMarkView,
    /// The rooms of this laptop.
    pub(crate) rooms: &'a [Found],
    /// The room's file.
    pub(crate) path: &'a std::path::Path,
    /// Its short head.
    pub(crate) head: String,
}

/// The score as it is shown.
pub(crate) fn score(scored: Scored<'_>) -> ScoreView {
    let Scored { room, events, seen, scenario, seed, mark, rooms, path, head } = scored;
    let book = Book::of(room.plan());
    let result = of_log(room, events);
    let moments = moments(room, events);
    let begun = || events.first().map(|recorded| recorded.occurred_at);
    let first = moments.fault.or_else(begun).unwrap_or(room.resolved().start);
    let last = events.last().map_or(first, |recorded| recorded.occurred_at);
    let from = first.checked_sub(SignedDuration::from_secs(60)).unwrap_or(first);
    let told = told(room);
    // Where nothing went wrong there is nothing to detect and nothing to be back from: how far the plan was walked counts.
    let walked = scenario.fault.is_none().then(|| Walked::of(room, last));
    let limit_s = result.limit_s;
    let at = |moment| on_the_wall(moment, room.resolved());
    ScoreView {
        title: room.title(),
        crumb: format!("Drill · {} · ×{} · seed {seed}", scenario.title, mark.speed),
        headline: walked.as_ref().map_or_else(|| headline(&result), Walked::headline),
        is_good: walked.as_ref().map_or(result.outcome == "rolled_back", Walked::is_whole),
        figures: walked.as_ref().map_or_else(|| figures(&result), Walked::figures),
        chart: seen.as_ref().and_then(|seen| vital_of_drill(seen, from, last)),
        from_s: seconds(from),
        to_s: seconds(last),
        stretches: stretches(&moments, &at),
        span: match (moments.fault, moments.back) {
            (Some(fault), Some(back)) => {
                format!("{} from the fault to rolled back", clock(back.duration_since(fault).as_secs()))
            }
            _ => String::new(),
        },
        timeline: timeline(&book, room, events, &moments),
        told_count: format!("{} of {}", result.told, told.len()),
        told,
        runs: runs((scenario, fingerprint(&room.opened().text)), rooms, limit_s, path),
        limit: limit_s.map(stopwatch).unwrap_or_default(),
        scenarios: SCENARIOS.iter().map(|one| scenario_view(one, rooms)).collect(),
        scenario: scenario.id.to_owned(),
        mark,
        room: rooms.iter().find(|found| found.path == path).map(Found::id).unwrap_or_default(),
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        head,
    }
}

fn seconds(at: Timestamp) -> f64 {
    // Milliseconds of Unix time are exact in a double for longer than anybody deploys.
    at.as_millisecond() as f64 / 1000.0
}

fn clock(seconds: i64) -> String {
    stopwatch(u64::try_from(seconds).unwrap_or(0))
}

fn headline(result: &Score) -> String {
    match (result.outcome, result.back_s, result.limit_s) {
        ("rolled_back", ..) => "Rolled back in time".to_owned(),
        ("rolled_back_late", Some(back_s), Some(limit_s)) => {
            let over = u64::try_from(back_s).unwrap_or(0).saturating_sub(limit_s);
            format!("Rolled back, {} over the limit", stopwatch(over))
        }
        ("stood_down", ..) => "Stood down: not rolled back".to_owned(),
        _ => "Not rolled back".to_owned(),
    }
}

fn figures(result: &Score) -> Vec<FigureView> {
    let detect = figure("detect", "Detection", result.detect_s, result.earliest_detect_s, "the alert was raised");
    let decide = figure("decide", "Decision", result.decide_s, result.earliest_decide_s, "the plan demanded it");
    let back = FigureView {
        id: "back".to_owned(),
        name: "Rollback".to_owned(),
        value: result.back_s.map_or_else(|| "never".to_owned(), clock),
        against: result.limit_s.map(|limit_s| format!("limit {}", stopwatch(limit_s))).unwrap_or_default(),
        percent: share(result.back_s, result.limit_s.and_then(|limit_s| i64::try_from(limit_s).ok())),
        earliest_percent: None,
        state: match (result.outcome, result.back_s) {
            (_, None) => "missed",
            ("rolled_back_late", _) => "late",
            _ if result.limit_s.is_none() => "plain",
            _ => "good",
        }
        .to_owned(),
        words: match (result.back_s, result.limit_s) {
            (Some(back_s), Some(limit_s)) => {
                let limit_s = i64::try_from(limit_s).unwrap_or(i64::MAX);
                let spare = limit_s.saturating_sub(back_s);
                if spare < 0 { format!("{} over", clock(-spare)) } else { format!("{} to spare", clock(spare)) }
            }
            (Some(_), None) => "the plan names no limit".to_owned(),
            (None, _) => "never declared".to_owned(),
        },
    };
    let told = FigureView {
        id: "told".to_owned(),
        name: "Told".to_owned(),
        value: result.told.to_string(),
        against: format!("of {}", result.to_be_told),
        percent: share(i64::try_from(result.told).ok(), i64::try_from(result.to_be_told).ok()),
        earliest_percent: None,
        state: if result.told >= result.to_be_told { "good" } else { "late" }.to_owned(),
        words: match result.to_be_told.saturating_sub(result.told) {
            0 => "all whom the plan names".to_owned(),
            left => format!("{} not told", counted(left, "is", "are")),
        },
    };
    vec![detect, decide, back, told]
}

/// A figure against the earliest moment at which it was possible.
fn figure(id: &str, name: &str, value: Option<i64>, earliest: Option<i64>, what: &str) -> FigureView {
    let full = value.max(earliest).map(|longest| longest.max(1).saturating_mul(5) / 4);
    FigureView {
        id: id.to_owned(),
        name: name.to_owned(),
        value: value.map_or_else(|| "never".to_owned(), clock),
        against: earliest.map(|earliest| format!("earliest {}", clock(earliest.max(0)))).unwrap_or_default(),
        percent: share(value, full),
        earliest_percent: earliest.map(|earliest| share(Some(earliest.max(0)), full)),
        state: match value {
            None => "missed",
            Some(_) => "plain",
        }
        .to_owned(),
        words: match (value, earliest) {
            (Some(value), Some(earliest)) if value >= earliest => format!("{} s after {what}", value - earliest.max(0)),
            (Some(_), Some(_)) => format!("before {what}"),
            _ => String::new(),
        },
    }
}

fn share(part: Option<i64>, whole: Option<i64>) -> u32 {
    let (Some(part), Some(whole)) = (part, whole) else { return 0 };
    let percent = part.max(0).saturating_mul(100).checked_div(whole).unwrap_or(0);
    u32::try_from(percent.clamp(0, 100)).unwrap_or(100)
}

fn stretches(moments: &Moments, at: &impl Fn(Timestamp) -> String) -> Vec<StretchView> {
    let seen = moments.seen.or(moments.raised);
    let parts = [
        ("detect", moments.fault, seen, "", "fault", "seen"),
        ("decide", seen, moments.decided, "", "seen", "decided"),
        ("back", moments.decided, moments.back, "Rolling back ", "decided", "rolled back"),
    ];
    let parts = parts.into_iter().filter_map(|(id, from, to, words, first, last)| {
        let (from, to) = (from?, to?);
        Some(StretchView {
            id: id.to_owned(),
            from_s: seconds(from),
            to_s: seconds(to),
            words: format!("{words}{}", clock(to.duration_since(from).as_secs())),
            from: (at(from), first.to_owned()),
            to: (at(to), last.to_owned()),
        })
    });
    parts.collect()
}

/// What happened from the fault on, notifications and samples left out.
fn timeline(book: &Book<'_>, room: &Room, events: &[Recorded], moments: &Moments) -> Vec<TimelineEntryView> {
    let is_told = |event: &Event| {
        !matches!(
            event,
            Event::Notified { .. } | Event::Observed { .. } | Event::ObservationLost { .. } | Event::HoldTurned { .. }
        )
    };
    let fault = moments.fault.unwrap_or(Timestamp::MIN);
    let of_drill = events.iter().filter(|recorded| recorded.occurred_at >= fault && is_told(&recorded.event));
    let remark = |recorded: &Recorded| match (&recorded.event, moments) {
        (Event::AlertAcknowledged { .. }, Moments { raised: Some(raised), seen: Some(seen), .. })
            if *seen == recorded.occurred_at =>
        {
            format!("{} s after the alert", seen.duration_since(*raised).as_secs())
        }
        (Event::RollbackBegan { .. }, Moments { demanded: Some(demanded), .. }) => {
            let after = recorded.occurred_at.duration_since(*demanded).as_secs();
            if after < 0 {
                "before the plan demanded it".to_owned()
            } else {
                format!("{after} s after the plan demanded it")
            }
        }
        _ => String::new(),
    };
    let lines = of_drill.take(MOST_LINES).map(|recorded| TimelineEntryView {
        at: on_the_wall(recorded.occurred_at, room.resolved()),
        text: entry_words(book, room, events, recorded),
        remark: remark(recorded),
        by: recorded.actor.clone(),
    });
    lines.collect()
}

/// The runs of this scenario over this text on this laptop, the oldest first. Their times are made up: only their numbers
/// tell which came first.
fn runs(
    (scenario, text): (&Scenario, u64),
    rooms: &[Found],
    limit_s: Option<u64>,
    path: &std::path::Path,
) -> Vec<DrillRunView> {
    let known = rooms.iter().filter_map(|found| Some((found, found.known.as_ref().ok()?)));
    let is_such = |known: &Known| known.drill.as_deref() == Some(scenario.id) && known.text == text;
    let mut runs: Vec<_> = known.filter(|(_, known)| is_such(known)).collect();
    runs.sort_by_key(|(found, _)| found.number());
    let skip = runs.len().saturating_sub(6);
    let numbered = runs.into_iter().zip(1_usize..).skip(skip);
    numbered
        .map(|((found, known), number)| DrillRunView {
            title: format!("Run {number}"),
            file: found.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
            took: match (known.back_s, scenario.fault) {
                (Some(back_s), _) => stopwatch(back_s),
                (None, Some(_)) => "not rolled back".to_owned(),
                (None, None) => format!("{} of {}", known.done, known.total),
            },
            percent: share(
                known.back_s.and_then(|back_s| i64::try_from(back_s).ok()),
                i64::try_from(limit_s.unwrap_or(NO_LIMIT_S)).ok(),
            ),
            is_this: found.path == path,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use room::Mode;

    use super::*;

    #[test]
    fn runs_stand_in_their_order_and_the_one_just_played_is_among_them() {
        let scenario = &SCENARIOS[0];
        let file = |number: u64, text: u64| Found {
            path: PathBuf::from(format!("/rooms/drill-pay-20260121-{number}.warroom")),
            known: Ok(Known {
                title: String::new(),
                environment: None,
                day: jiff::civil::date(2026, 1, 21),
                mode: Mode::Closed,
                done: 0,
                total: 0,
                events: 1,
                ended: None,
                checklist: String::new(),
                text,
                last: Timestamp::UNIX_EPOCH,
                damage: None,
                drill: Some(scenario.id.to_owned()),
                back_s: Some(number * 60),
            }),
        };
        let mut rooms: Vec<Found> = (1..=11).rev().map(|number| file(number, 1)).collect();
        rooms.push(file(12, 2));
        let this = rooms[0].path.clone();
        let runs = runs((scenario, 1), &rooms, None, &this);
        let told: Vec<_> = runs.iter().map(|run| (run.title.as_str(), run.took.as_str(), run.is_this)).collect();
        assert_eq!(told.first(), Some(&("Run 6", "06:00", false)));
        assert_eq!(told.last(), Some(&("Run 11", "11:00", true)));
        assert_eq!(runs[5].file, "drill-pay-20260121-11.warroom");
    }
}
