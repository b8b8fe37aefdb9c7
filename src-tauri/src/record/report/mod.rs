//! The report: one HTML page that tells how a room went, for people who were not there and do not trust whoever made it.
//! Outcome first, figures beside their limit, the vital signs numbered like the timeline, decisions with what was observed
//! at that second, and how to hold the log against what others have. It holds no script and fetches nothing.
//!
//! Owns: what stands in it. The same log gives the same page, but for who exported it and when. A log of any length gives
//! a page that can be read: what is left out is counted, and the log has it.

mod alerts;
mod chart;
mod decisions;
mod deviations;
mod figures;
mod outcome;
mod proof;
mod sent;
mod timeline;

use jiff::Timestamp;
use journal::{Hash, Head, Stretch};
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use room::{Recorded, Room, Rule, Rulebook, Signal};
use serde::Serialize;

use super::one_line;
use crate::wire::project::{capitalised, corrections, on_the_wall};

pub(crate) use chart::{PIECES, charted, span};

const TEMPLATE: &str = include_str!("report.html");

/// How many lines of one kind a report has at the most. Nobody reads more on paper; the log has all of them.
const MOST: usize = 60;

/// What the report is made from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reported<'a> {
    /// The room as its log ends.
    pub(crate) room: &'a Room,
    /// The log.
    pub(crate) events: &'a [Recorded],
    /// What the signals of [`charted`] showed over [`span`], in their order.
    pub(crate) drawn: &'a [Stretch],
    /// What shows that the log is what it was.
    pub(crate) proof: Proof<'a>,
    /// Who exports it, and when; `None` for a copy that is compared.
    pub(crate) exported: Option<(&'a str, Timestamp)>,
}

/// What shows that the log is what it was.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proof<'a> {
    /// The room's file name.
    pub(crate) file: &'a str,
    /// The hash of each event, in their order.
    pub(crate) hashes: &'a [Hash],
    /// The last seal whose signature holds.
    pub(crate) seal: Option<&'a Head>,
    /// What is wrong with the file after its whole events; empty where nothing is.
    pub(crate) damage: &'a str,
}

/// All that the template shows.
#[derive(Serialize)]
struct Page {
    is_drill: bool,
    drill: String,
    title: String,
    subtitle: String,
    exported: String,
    /// "From event 1 to 268 · 2 attempts", and the checklist's file.
    from_to: [String; 2],
    damage: String,
    outcome: outcome::Outcome,
    figures: Vec<figures::Figure>,
    chart: chart::Chart,
    timeline: timeline::Timeline,
    deviations: Vec<String>,
    more_deviations: String,
    decisions: Vec<decisions::Decision>,
    more_decisions: String,
    alerts: Vec<alerts::Alert>,
    more_alerts: String,
    messages: Vec<sent::Message>,
    more_messages: String,
    notes: Vec<sent::Note>,
    more_notes: String,
    corrections: Vec<sent::Correction>,
    more_corrections: String,
    left_open: Vec<String>,
    more_left_open: String,
    people: Vec<String>,
    proof: proof::Shown,
}

/// The report.
pub(crate) fn report(of: Reported<'_>) -> String {
    let Reported { room, events, .. } = of;
    let seen = Seen::of(of);
    let lines = timeline::lines(room, events, seen.span);
    let (decisions, more_decisions) = bounded(decisions::decisions(&seen), "decision", "decisions");
    let (deviations, more_deviations) = bounded(deviations::deviations(&seen), "deviation", "deviations");
    let (alerts, more_alerts) = bounded(alerts::alerts(&seen), "alert", "alerts");
    let (messages, more_messages) = bounded(sent::messages(room), "message", "messages");
    let (notes, more_notes) = bounded(sent::notes(room), "note", "notes");
    let (corrections, more_corrections) = bounded(sent::corrections(room, events), "correction", "corrections");
    let (left_open, more_left_open) = bounded(outcome::left_open(room), "check", "checks");
    let page = Page {
        is_drill: room.opened().drill.is_some(),
        drill: room
            .opened()
            .drill
            .as_ref()
            .map(|one| format!("{}, seed {}", one.scenario, one.seed))
            .unwrap_or_default(),
        title: title(room),
        subtitle: subtitle(room),
        exported: of
            .exported
            .map(|(by, at)| format!("Exported {} by {}", seen.day_and_time(at), one_line(by)))
            .unwrap_or_default(),
        from_to: from_to(room, events),
        damage: of.proof.damage.to_owned(),
        outcome: outcome::outcome(&seen),
        figures: figures::figures(&seen),
        chart: chart::chart(&seen, &lines),
        timeline: timeline::shown(&seen, lines),
        deviations,
        more_deviations,
        decisions,
        more_decisions,
        alerts,
        more_alerts,
        messages,
        more_messages,
        notes,
        more_notes,
        corrections,
        more_corrections,
        left_open,
        more_left_open,
        people: sent::people(room),
        proof: proof::shown(room, of.proof),
    };
    // The template is part of the program and tried by its tests; whoever holds the page is still told.
    draw(&page).unwrap_or_else(|error| {
        format!(
            "<!doctype html>\n<title>War Room</title>\n<p>This report could not be drawn ({}): read the log.</p>\n",
            error.kind()
        )
    })
}

fn draw(page: &Page) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // Every word of the room is escaped: minijinja does so for names that end in .html.
    environment.add_template("report.html", TEMPLATE)?;
    let drawn = environment.get_template("report.html")?.render(Serde(page))?;
    // A slash needs no escape, and without one paths and commands can be searched for in the page as well.
    Ok(drawn.replace("&#x2f;", "/"))
}

/// The first of them, and how many more there are.
fn bounded<T>(mut all: Vec<T>, one: &str, many: &str) -> (Vec<T>, String) {
    let left = all.len().saturating_sub(MOST);
    all.truncate(MOST);
    let more = match left {
        0 => String::new(),
        1 => format!("And 1 more {one}, which the log has."),
        left => format!("And {left} more {many}, which the log has."),
    };
    (all, more)
}

/// What several parts of the report look at.
struct Seen<'a> {
    room: &'a Room,
    events: &'a [Recorded],
    /// From when to when it is drawn.
    span: (Timestamp, Timestamp),
    /// What is drawn: each signal with its rules and what it showed.
    signals: Vec<Charted<'a>>,
}

/// A signal that is drawn.
struct Charted<'a> {
    signal: Signal,
    rules: Vec<Rule>,
    stretch: &'a Stretch,
}

impl<'a> Seen<'a> {
    fn of(of: Reported<'a>) -> Self {
        let book = Rulebook::of(of.room);
        let rules = |signal: &Signal| book.rules.iter().filter(|rule| rule.signal == *signal).cloned().collect();
        let signals = charted(of.room).into_iter().zip(of.drawn);
        let signals = signals.map(|(signal, stretch)| Charted { rules: rules(&signal), signal, stretch });
        Self { room: of.room, events: of.events, span: span(of.room, of.events), signals: signals.collect() }
    }

    /// "07:05:02", with the day where it is not T0's.
    fn at(&self, at: Timestamp) -> String {
        on_the_wall(at, self.room.resolved())
    }

    fn day_and_time(&self, at: Timestamp) -> String {
        at.to_zoned_datetime(self.room.resolved().zone.clone()).strftime("%-d %b %Y %H:%M:%S %Z").to_string()
    }
}

fn title(room: &Room) -> String {
    let environment = room.plan().environment.as_deref().map(|name| format!(", {name}")).unwrap_or_default();
    format!("{}{environment}", room.title())
}

/// "Wednesday 21 January 2026 · window 06:30 – 08:00 UTC · times in UTC".
fn subtitle(room: &Room) -> String {
    let zone = &room.resolved().zone;
    let local = |at: Timestamp| at.to_zoned_datetime(zone.clone());
    let t0 = local(room.resolved().start);
    let name = t0.strftime("%Z").to_string();
    let window = match room.window() {
        Some((from, to)) => {
            format!("window {} – {} {name}", local(from).strftime("%H:%M"), local(to).strftime("%H:%M"))
        }
        None => format!("T0 {} {name}", t0.strftime("%H:%M")),
    };
    let zone = room.opened().zone.as_str();
    let times = if zone == name { name } else { format!("{zone} ({name})") };
    format!("{} · {window} · times in {times}", t0.strftime("%A %-d %B %Y"))
}

/// "From event 1 to 268 · 2 attempts · read from deploy.md".
fn from_to(room: &Room, events: &[Recorded]) -> [String; 2] {
    let last = events.last().map_or(0, |last| last.seq);
    let attempts = match room.attempt() {
        1 => String::new(),
        several => format!(" · {several} attempts"),
    };
    [format!("From event 1 to {last}{attempts}"), format!("read from {}", one_line(&room.opened().file))]
}

/// A length for a figure: "07:32", "1:04:10"; by days from two days on.
fn clock(seconds: i64) -> String {
    let seconds = seconds.max(0);
    match seconds {
        long if long >= 48 * 3600 => format!("{} days", long / 86_400),
        long if long >= 3600 => format!("{}:{:02}:{:02}", long / 3600, long / 60 % 60, long % 60),
        short => format!("{:02}:{:02}", short / 60, short % 60),
    }
}

/// What corrects an event, each as a sentence begins.
fn corrected(room: &Room, event: u64) -> Vec<String> {
    corrections(room, event).iter().map(|words| sentence(words)).collect()
}

/// Words as a sentence begins.
fn sentence(words: &str) -> String {
    capitalised(&one_line(words))
}

/// How the page is named where it is kept: "payments-api-4.2.0" for the title "payments-api 4.2.0".
pub(crate) fn file_stem(room: &Room) -> String {
    let words: String =
        room.title().chars().map(|one| if one.is_alphanumeric() || one == '.' { one } else { '-' }).collect();
    let words = words.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let words = words.trim_matches('.');
    if words.is_empty() { "room".to_owned() } else { words.chars().take(80).collect() }
}
