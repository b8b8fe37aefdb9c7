//! Times of the day as a person reads them, always with their zone or as a distance from T0.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use plan::{PhaseSpan, Resolved, Stamp, When};

use super::words::{length, number};

const DAY_S: i64 = 86_400;

/// `06:30`.
pub(crate) fn clock(at: &ZonedDateTime) -> String {
    at.strftime("%H:%M").to_string()
}

/// `21 Jan`.
pub(crate) fn date(at: Date) -> String {
    at.strftime("%-d %b").to_string()
}

/// The zone's abbreviation at that moment: `UTC`, `CET`, `-03`.
pub(crate) fn zone(at: &ZonedDateTime) -> String {
    at.strftime("%Z").to_string()
}

/// A moment of the room to the second: `06:31:02`; with the day where it is not T0's: `20 Jan 06:31:02`.
pub(crate) fn on_the_wall(at: Timestamp, resolved: &Resolved) -> String {
    let at = at.to_zoned_datetime(resolved.zone.clone());
    let t0 = resolved.start.to_zoned_datetime(resolved.zone.clone());
    let time = at.strftime("%H:%M:%S");
    if at.date() == t0.date() { time.to_string() } else { format!("{} {time}", date(at.date())) }
}

/// The same with its zone: `06:31:02 UTC`.
pub(crate) fn on_the_wall_of_zone(at: Timestamp, resolved: &Resolved) -> String {
    format!("{} {}", on_the_wall(at, resolved), zone(&at.to_zoned_datetime(resolved.zone.clone())))
}

/// When a phase is due, in the width of a time of day: `06:30` on T0's day, `T-6d` or `T-14.5h` before it, `T+2d`
/// after it, `+24h` where the text counts from go-live; empty where nothing says when.
pub(crate) fn when_label(when: Option<&When>, span: PhaseSpan, resolved: &Resolved) -> String {
    if let Some(When::First { length_s }) = when {
        return format!("+{}", short(*length_s));
    }
    let Some(start) = span.start else {
        return String::new();
    };
    let at = start.to_zoned_datetime(resolved.zone.clone());
    let t0 = resolved.start.to_zoned_datetime(resolved.zone.clone());
    if has_no_time(when) {
        let days = days_between(t0.date(), at.date());
        return if days == 0 { "today".to_owned() } else { format!("T{days:+}d") };
    }
    if at.date() == t0.date() {
        return clock(&at);
    }
    let distance = start.duration_since(resolved.start).as_secs();
    if distance.abs() < 2 * DAY_S {
        #[allow(clippy::cast_precision_loss, reason = "less than two days of seconds")]
        let tenths = (distance as f64 / 360.0).round() / 10.0;
        let sign = if tenths < 0.0 { '-' } else { '+' };
        return format!("T{sign}{}h", number(tenths.abs()));
    }
    format!("T{:+}d", days_between(t0.date(), at.date()))
}

fn days_between(from: Date, to: Date) -> i32 {
    // Both lie within the calendar's 9999 years, so that the days fit.
    from.until(to).map_or(0, |span| span.get_days())
}

fn has_no_time(when: Option<&When>) -> bool {
    matches!(when, Some(When::Absolute { from: Stamp { time: None, .. }, .. }))
}

/// `24h`, `7d`, `30m`.
fn short(seconds: i64) -> String {
    if seconds >= 2 * DAY_S && seconds % DAY_S == 0 {
        format!("{}d", seconds / DAY_S)
    } else if seconds % 3600 == 0 {
        format!("{}h", seconds / 3600)
    } else {
        format!("{}m", seconds / 60)
    }
}

/// A phase's whole time in words: `21 Jan 06:30 – 07:30 UTC`, `15 – 20 Jan`; empty where nothing says when.
pub(crate) fn when_words(when: Option<&When>, span: PhaseSpan, resolved: &Resolved) -> String {
    let from_go_live = match when {
        Some(When::First { length_s }) => {
            format!("first {} after go-live", length(length_s.unsigned_abs()))
        }
        _ => String::new(),
    };
    let Some(start) = span.start else {
        return from_go_live;
    };
    let start = start.to_zoned_datetime(resolved.zone.clone());
    if has_no_time(when) {
        return days_in_words(when, &start);
    }
    let words = stretch(&start, span.end.map(|end| end.to_zoned_datetime(resolved.zone.clone())).as_ref());
    if from_go_live.is_empty() { words } else { format!("{from_go_live} · {words}") }
}

/// Days without a time of day, as the text has them: `15 – 20 Jan`.
fn days_in_words(when: Option<&When>, start: &ZonedDateTime) -> String {
    let first = start.date();
    let last = match when {
        Some(When::Absolute {
            from: Stamp { date: Some(from), .. }, to: Some(Stamp { date: Some(to), .. }), ..
        }) => first.checked_add(SignedDuration::from_hours(24 * i64::from(days_between(*from, *to)))).ok(),
        _ => None,
    };
    match last {
        Some(last) if last > first => days(first, last),
        _ => date(first),
    }
}

/// `15 – 20 Jan`, `29 Jan – 3 Feb`.
fn days(first: Date, last: Date) -> String {
    if (last.year(), last.month()) == (first.year(), first.month()) {
        format!("{} – {}", first.day(), date(last))
    } else {
        format!("{} – {}", date(first), date(last))
    }
}

/// `21 Jan 06:30 – 07:30 UTC`; both dates where they differ.
pub(crate) fn stretch(start: &ZonedDateTime, end: Option<&ZonedDateTime>) -> String {
    let from = format!("{} {}", date(start.date()), clock(start));
    match end {
        None => format!("{from} {}", zone(start)),
        Some(end) if end.date() == start.date() => format!("{from} – {} {}", clock(end), zone(end)),
        Some(end) => format!("{from} – {} {} {}", date(end.date()), clock(end), zone(end)),
    }
}

/// What a heading inside a phase says about its own time, moved with the rest of the text: `06:30`, `29 Jan 16:00`,
/// `T-2h`, `+24h`.
pub(crate) fn own_words(when: Option<&When>, moved: SignedDuration) -> String {
    match when {
        None => String::new(),
        Some(When::First { length_s }) => format!("+{}", short(*length_s)),
        Some(When::WorkingDays { from_days, .. }) => format!("T{from_days:+} working days"),
        Some(When::Relative { from_s, .. }) => {
            let sign = if *from_s < 0 { '-' } else { '+' };
            format!("T{sign}{}", short(from_s.abs()))
        }
        Some(When::Absolute { from, to, .. }) => {
            let (from, to) = (shifted(*from, moved), to.map(|to| shifted(to, moved)));
            match (from, to) {
                (Stamp { date: Some(first), time: None }, Some(Stamp { date: Some(last), time: None }))
                    if first < last =>
                {
                    days(first, last)
                }
                (from, Some(to)) if to != from => format!("{} – {}", stamp(from), stamp(to)),
                (from, _) => stamp(from),
            }
        }
    }
}

/// A stamp of the text, moved: what it leaves open stays open.
fn shifted(at: Stamp, moved: SignedDuration) -> Stamp {
    // A time without a date moves around the clock; the date stands in only for the arithmetic.
    let anchor = jiff::civil::date(2000, 1, 10);
    let whole = at.date.unwrap_or(anchor).to_datetime(at.time.unwrap_or(jiff::civil::Time::midnight()));
    let whole = whole.checked_add(moved).unwrap_or(whole);
    Stamp { date: at.date.map(|_| whole.date()), time: at.time.map(|_| whole.time()) }
}

fn stamp(at: Stamp) -> String {
    let time = at.time.map(|time| time.strftime("%H:%M").to_string());
    let parts: Vec<_> = at.date.map(date).into_iter().chain(time).collect();
    parts.join(" ")
}

/// T0 in the plan's zone: `21 Jan 2026 06:30 UTC`.
pub(crate) fn start_words_there(resolved: &Resolved) -> String {
    let there = resolved.start.to_zoned_datetime(resolved.zone.clone());
    format!("{} {}", there.strftime("%-d %b %Y %H:%M"), zone(&there))
}

/// `21 Jan 2026 06:30 UTC · 09:30 here`; the date of here too, where it is another.
pub(crate) fn start_words(start: Timestamp, plan_zone: &TimeZone, here: &TimeZone) -> String {
    let there = start.to_zoned_datetime(plan_zone.clone());
    let here = start.to_zoned_datetime(here.clone());
    let other_day = if here.date() == there.date() { String::new() } else { format!("{} ", date(here.date())) };
    format!("{} {} · {other_day}{} here", there.strftime("%-d %b %Y %H:%M"), zone(&there), clock(&here))
}

/// The times between these that are multiples of so many seconds on the wall of this zone: what an axis names. A dozen at
/// the most.
pub(crate) fn round_times(from: Timestamp, to: Timestamp, step_s: i64, zone: &TimeZone) -> Vec<Timestamp> {
    let offset_s = i64::from(from.to_zoned_datetime(zone.clone()).offset().seconds());
    let first = rounded_up(later(from, offset_s), step_s);
    let named = std::iter::successors(Some(later(first, -offset_s)), |at| Some(later(*at, step_s)));
    named.take(12).take_while(|at| *at <= to).collect()
}

/// So many seconds later, where there is such a time.
pub(crate) fn later(at: Timestamp, seconds: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(at)
}

/// The next multiple of so many seconds; itself where it is one.
pub(crate) fn rounded_up(at: Timestamp, to_s: i64) -> Timestamp {
    let rest = at.as_second().rem_euclid(to_s);
    let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
    if rest == 0 { at } else { later(at, to_s - rest) }
}
