//! The schedule of the day, as the window shows it.

mod ended;
mod notice;
mod rows;
#[cfg(test)]
mod tests;
mod what_if;

use jiff::{SignedDuration, Timestamp};
use room::{Day, HoldNow, LengthSource, Room, Schedule, Spent, SpentOn, StageStanding};

pub(crate) use self::notice::{WindowNotice, window_notice};
pub(crate) use self::what_if::{asked_what_if, taken};
use self::{rows::rows, what_if::what_ifs};
use super::times::{clock, date, on_the_wall, on_the_wall_of_zone, zone};
use super::watch::Seeing;
use super::words::{number, stopwatch, stopwatch_or_days};
use crate::wire::{CountdownView, ScheduleRowView, ScheduleView, SpentView};

/// Less slack than this is near: as long as it takes to word a notice, have it read and send it.
const NEAR: SignedDuration = SignedDuration::from_mins(10);

/// What is said of slack that goes while one looks.
const RUNS_ON: &str = ", runs on";

/// The day as it is known, and how it stands.
pub(crate) struct Solved {
    pub(crate) day: Day,
    pub(crate) stands: Schedule,
}

/// Solves the day of a room; by the log alone where nobody watches it.
pub(crate) fn solved(room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> Solved {
    let hold = seen.and_then(|seen| HoldNow::of_watch(room, &seen.watching.watch));
    let day = Day::of(room, hold.as_ref());
    let stands = day.solve(now);
    Solved { day, stands }
}

/// The schedule.
pub(crate) fn schedule(room: &Room, seen: Option<&Seeing<'_>>, asked: &[room::WhatIf], now: Timestamp) -> ScheduleView {
    let closed_at = room.closed_at();
    // A closed room's day ended with it.
    let now = closed_at.map_or(now, |at| at.min(now));
    let solved = solved(room, seen, now);
    let Solved { day, stands } = &solved;
    let resolved = room.resolved();
    let rows = rows(room, day, stands);
    let what_ifs = what_ifs(room, &solved, asked);
    let spans = rows
        .iter()
        .flat_map(|row| [row.planned, row.actual, row.projected])
        .chain(what_ifs.iter().flat_map(|one| one.projected.iter().copied()))
        .flatten();
    let window = stands.window.map(|(from, to)| (seconds(from), seconds(to)));
    let (from_s, to_s) = spans
        .chain(window)
        .chain([(seconds(now), seconds(now))])
        .fold((f64::MAX, f64::MIN), |(low, high), (from, to)| (low.min(from), high.max(to)));
    let (from_s, to_s, ticks) = axis(room, from_s, to_s);
    let local = |at: Timestamp| at.to_zoned_datetime(resolved.zone.clone());
    let ends = stands.window.map(|(_, to)| format!(" · window ends {}", clock(&local(to)))).unwrap_or_default();
    let view = ScheduleView {
        from_s,
        to_s,
        ticks,
        now_s: seconds(now),
        now_words: format!("now {}{ends}", on_the_wall_of_zone(now, resolved)),
        window,
        measured: measured(day),
        countdown: countdown(room, day, stands),
        left: stands
            .slack
            .map(|slack| if slack.is_negative() { span(slack) } else { format!("{} left", span(slack)) })
            .filter(|_| !stands.is_over())
            .unwrap_or_default(),
        at_risk: at_risk(day, stands),
        spent: spent(room, day, stands),
        notice: notice::view(room, &solved),
        holds: what_if::holds(room).into_iter().map(|gate| (gate.item.to_string(), super::day::share(gate))).collect(),
        can_start_later: what_if::can_start_later(day),
        changes: changes(room),
        rows,
        what_ifs,
    };
    match closed_at {
        Some(at) => ended::as_it_ended(view, room, stands, at),
        None => view,
    }
}

/// What stands beside the window's end wherever the room is told in few words: "window lost in 06:00 (07:11:18 UTC)".
pub(crate) fn in_words(room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> Option<String> {
    if room.closed().is_some() {
        return None;
    }
    let Solved { stands, .. } = solved(room, seen, now);
    let slack = stands.slack.filter(|_| !stands.is_over())?;
    let to = stands.window.map(|(_, to)| on_the_wall_of_zone(to, room.resolved()))?;
    let least = stands.go_live.is_some_and(|end| end.is_least);
    Some(match stands.lost_at {
        _ if slack.is_negative() => format!(
            "announced window until {to} lost by {}{}",
            stopwatch_of(slack),
            if least { " at least" } else { "" }
        ),
        Some(at) => format!("announced window until {to} is lost at {}", on_the_wall_of_zone(at, room.resolved())),
        None => format!("{} of slack to {to}{}", stopwatch_of(slack), if least { " at most" } else { "" }),
    })
}

/// Each phase and gate of the day in which anything was done: planned, actual, and the difference.
pub(crate) fn planned_against_actual(room: &Room, now: Timestamp) -> Vec<String> {
    let Solved { day, stands } = solved(room, None, now);
    let rows = rows(room, &day, &stands);
    let done = rows.into_iter().filter(|row| !row.actual_words.is_empty());
    let line = |row: ScheduleRowView| {
        let planned = if row.planned_words.is_empty() {
            "not planned".to_owned()
        } else {
            format!("planned {}", row.planned_words)
        };
        let parts = [planned, format!("actual {}", row.actual_words), row.difference];
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        format!("{}: {}", row.title, parts.join(", "))
    };
    done.map(line).collect()
}

/// When the announced window is lost if nothing goes on; `None` while it is not running out.
pub(crate) fn lost_at(room: &Room, seen: Option<&Seeing<'_>>, now: Timestamp) -> Option<Timestamp> {
    if room.closed().is_some() {
        return None;
    }
    solved(room, seen, now).stands.lost_at
}

fn seconds(at: Timestamp) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a day that anybody plans fit into a double")]
    let millis = at.as_millisecond() as f64;
    millis / 1000.0
}

/// Last month's room is over by days.
fn stopwatch_of(length: SignedDuration) -> String {
    stopwatch_or_days(length.unsigned_abs().as_secs())
}

/// "12 min", "3 h", "2 days": at least so late.
fn minutes_late(by: SignedDuration) -> String {
    match by.as_mins() {
        minutes if minutes >= 48 * 60 => format!("{} days", minutes / (24 * 60)),
        minutes if minutes >= 120 => format!("{} h", minutes / 60),
        minutes => format!("{minutes} min"),
    }
}

/// "06:00", "05:22 over".
fn span(slack: SignedDuration) -> String {
    let words = stopwatch_of(slack);
    if slack.is_negative() { format!("{words} over") } else { words }
}

fn slack_state(slack: Option<SignedDuration>) -> String {
    let word = match slack {
        None => "",
        Some(slack) if slack.is_negative() => "lost",
        Some(slack) if slack < NEAR => "near",
        Some(_) => "calm",
    };
    word.to_owned()
}

/// The ends of the axis on whole half hours or hours, and marks that leave room for their words.
fn axis(room: &Room, from_s: f64, to_s: f64) -> (f64, f64, Vec<(f64, String)>) {
    const STEPS_S: [i64; 8] = [300, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
    const MOST: i64 = 7;
    const DAY_S: i64 = 86_400;
    #[allow(clippy::cast_possible_truncation, reason = "seconds of Unix time")]
    let (low, high) = (from_s.floor() as i64, to_s.ceil() as i64);
    let fits = |step: &&i64| high.saturating_sub(low) / **step < MOST;
    // A room of last month that was opened with its old dates spans weeks: then whole days are marked, by their dates.
    let days = || high.saturating_sub(low) / MOST / DAY_S + 1;
    let step = STEPS_S.iter().find(fits).copied().unwrap_or_else(|| days().saturating_mul(DAY_S));
    let first = low.div_euclid(step).saturating_mul(step);
    let mut ticks = Vec::new();
    let mut at = first;
    loop {
        let wall = Timestamp::from_second(at).map(|at| at.to_zoned_datetime(room.resolved().zone.clone()));
        let words = wall.map(|wall| if step < DAY_S { clock(&wall) } else { date(wall.date()) });
        #[allow(clippy::cast_precision_loss, reason = "seconds of Unix time")]
        ticks.push((at as f64, words.unwrap_or_default()));
        if at >= high || ticks.len() > 2 * usize::try_from(MOST).unwrap_or(7) {
            break;
        }
        at = at.saturating_add(step);
    }
    let (from, to) = (ticks.first().map_or(from_s, |(at, _)| *at), ticks.last().map_or(to_s, |(at, _)| *at));
    (from, to.max(to_s), ticks)
}

fn measured(day: &Day) -> String {
    let known = day.stages.iter().filter(|stage| stage.source == LengthSource::Settings);
    let words: Vec<String> =
        known.map(|stage| format!("{} {}", stage.title, stopwatch_of(stage.length.unwrap_or_default()))).collect();
    if words.is_empty() { String::new() } else { format!("from war-room.toml: {}", words.join(", ")) }
}

fn countdown(room: &Room, day: &Day, stands: &Schedule) -> CountdownView {
    let resolved = room.resolved();
    let view = |state: &str, title: String, value: String, at: String, words: String| CountdownView {
        state: state.to_owned(),
        title,
        value,
        at,
        words,
    };
    let Some(((_, to), slack)) = stands.window.zip(stands.slack) else {
        let words = if stands.stages.is_empty() {
            "The checklist gives no phase a time of the day: nothing can be solved. Write times into it, or T0 into war-room.toml."
        } else {
            "Slack is told against the next fixed time alone. Write the window into the checklist, or into war-room.toml."
        };
        return view("none", "No window is announced".to_owned(), String::new(), String::new(), words.to_owned());
    };
    let told = on_the_wall_of_zone(to, resolved);
    let end = stands.go_live.map(|end| end.at).unwrap_or(to);
    let least = stands.go_live.is_some_and(|end| end.is_least);
    let go_live = format!("{}{}", if least { "≥ " } else { "" }, on_the_wall(end, resolved));
    let unknown = if least { " A length is not known: it may well be later." } else { "" };
    if stands.is_over() {
        let title = if slack.is_negative() { "The window was lost" } else { "The window was kept" };
        return view(
            "over",
            title.to_owned(),
            span(slack),
            String::new(),
            format!("Go-live was at {go_live}; told: until {told}."),
        );
    }
    if slack.is_negative() {
        let words = format!(
            "Go-live is {go_live} at the earliest; told: until {told}. Move the window, and tell whoever was told.{unknown}"
        );
        return view("lost", "The window is lost".to_owned(), span(slack), String::new(), words);
    }
    if let Some(at) = stands.lost_at {
        let minutes = at.duration_since(stands.now).as_secs() / 60;
        let title = if minutes == 0 {
            "You lose it in less than a minute".to_owned()
        } else {
            format!("You lose it in {minutes} min")
        };
        let words = format!(
            "Go-live is {go_live} if {} now; told: until {told}. Every second that passes takes one second of this.{unknown}",
            what_goes_on(room, day, stands)
        );
        return view(
            "burning",
            title,
            stopwatch_of(at.duration_since(stands.now)),
            format!("at {}", on_the_wall_of_zone(at, resolved)),
            words,
        );
    }
    let state = if slack < NEAR { "near" } else { "calm" };
    let words = format!("Go-live is {go_live} at the earliest; told: until {told}.{unknown}");
    view(state, if least { "Slack, at most" } else { "Slack" }.to_owned(), stopwatch_of(slack), String::new(), words)
}

/// What would have to happen for no second to be lost.
fn what_goes_on(room: &Room, day: &Day, stands: &Schedule) -> String {
    let stage = stands.current.and_then(|at| day.stages.get(at));
    let Some(stage) = stage else { return "it goes on".to_owned() };
    if stage.begun.is_none() {
        return format!("{} begins", stage.title);
    }
    let step = stage.steps.iter().find(|step| step.passed.is_none());
    let Some(step) = step else { return format!("{} ends", stage.title) };
    let share = share_of(room, step);
    match step.entered {
        None => format!("{share} is entered"),
        Some(_) if step.rest().is_zero() => format!("{share} is passed"),
        Some(_) => "the hold goes on".to_owned(),
    }
}

/// "50 %"; the gate's words where it names no share.
fn share_of(_: &Room, step: &room::Step) -> String {
    step.share_percent.map_or_else(|| step.text.clone(), |share| format!("{} %", number(share)))
}

/// The phases ahead that begin late by a minute or more.
fn at_risk(day: &Day, stands: &Schedule) -> Vec<(String, String)> {
    let ahead = day.stages.iter().zip(&stands.stages).filter(|(_, solved)| solved.standing == StageStanding::Ahead);
    let late = ahead.filter(|(_, solved)| solved.late >= SignedDuration::from_mins(1));
    late.take(1)
        .map(|(stage, solved)| {
            (stage.section.to_string(), format!("At risk: starts ≥ {} late", minutes_late(solved.late)))
        })
        .collect()
}

fn spent(room: &Room, day: &Day, stands: &Schedule) -> Vec<SpentView> {
    let (Some(planned), Some(left)) = (day.planned_slack(), stands.slack) else { return Vec::new() };
    let view = |value: String, words: String, state: &str| SpentView { value, words, state: state.to_owned() };
    let step = |place: usize| {
        let stage = day.stages.iter().find(|stage| !stage.steps.is_empty() && stage.begun.is_some());
        stage.and_then(|stage| stage.steps.get(place)).map(|step| share_of(room, step)).unwrap_or_default()
    };
    let part = |Spent { on, by, is_running }: &Spent| {
        let words = match on {
            SpentOn::LateStart => "begun late".to_owned(),
            SpentOn::BeforeFirstGate { step: place } => format!("up to {}", step(*place)),
            SpentOn::Before { step: place } => format!("before {}", step(*place)),
            SpentOn::Hold { step: place } => format!("{} held up", step(*place)),
            SpentOn::Shortened => "shorter holds".to_owned(),
            SpentOn::Else if by.is_negative() => "made up for".to_owned(),
            SpentOn::Else => "other phases".to_owned(),
        };
        let words = if *is_running { format!("{words}{RUNS_ON}") } else { words };
        let state = match by.is_negative() {
            true => "won",
            false if *is_running => "running",
            false => "spent",
        };
        view(format!("{} {}", if by.is_negative() { "+" } else { "−" }, stopwatch_of(*by)), words, state)
    };
    let mut all = vec![view(span(planned), "at the plan".to_owned(), "plan")];
    all.extend(day.spent(stands).iter().filter(|one| one.by.as_secs() != 0).map(part));
    all.push(view(span(left), "left".to_owned(), "left"));
    all
}

/// What people changed, each with who and why.
fn changes(room: &Room) -> Vec<String> {
    let resolved = room.resolved();
    let at = |moment: Timestamp| clock(&moment.to_zoned_datetime(resolved.zone.clone()));
    let zone = zone(&resolved.start.to_zoned_datetime(resolved.zone.clone()));
    let changed = room.schedule();
    let moved = |what: &str, moved: &room::Moved| {
        format!("{what} {}, not {} {zone} ({}: {})", at(moved.to), at(moved.from), moved.actor, moved.reason)
    };
    let window = changed.window.iter().map(|one| moved("window ends", one));
    let start = changed.start.iter().map(|one| moved("begins", one));
    let holds = room.plan().gates.iter().filter_map(|gate| Some((gate, room.hold_cut(gate)?)));
    let holds = holds.map(|(gate, cut)| {
        format!(
            "{} held {}, not {} ({}: {})",
            super::day::share(gate),
            stopwatch(cut.to_s),
            stopwatch(cut.from_s),
            cut.actor,
            cut.reason
        )
    });
    window.chain(start).chain(holds).collect()
}
