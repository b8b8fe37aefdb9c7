//! The vital signs as one drawing: a row a signal, each with its limits; above them the numbers of the timeline. Where a hold
//! ran is blue, where it was rolled back red, and what was not seen is hatched: never drawn as nought.

use jiff::{SignedDuration, Timestamp};
use journal::{Bucket, Stretch};
use plan::{Operator, Severity, Unit};
use room::{Event, HoldTurn, Purpose, Recorded, Room, Rule, Rulebook, Signal, measure};
use serde::Serialize;

use super::timeline::{Lines, first_act};
use super::{Charted, Seen, clock};
use crate::drill::is_drill;

/// The most pieces of a line: one for each dot of the drawing.
pub(crate) const PIECES: u32 = 690;

/// The most signals that are drawn: what else was kept stands in the samples' own export.
const SIGNALS: usize = 6;

/// The drawing's width in its own units, as many as a page has dots.
const WIDTH: f64 = 698.0;
const TOP: f64 = 26.0;
const ROW: f64 = 76.0;
/// The height of a row whose line is flat and on its only limit.
const FLAT: f64 = 34.0;
/// What of a row is for its name.
const HEAD: f64 = 16.0;
/// The least distance between two numbers above the drawing.
const APART: f64 = 17.0;

/// The drawing.
#[derive(Serialize)]
pub(super) struct Chart {
    /// What is said above it.
    caption: String,
    /// Why there is none; empty where there is.
    nothing: String,
    width: f64,
    height: f64,
    bottom: f64,
    rows: Vec<Row>,
    marks: Vec<Mark>,
    bands: Vec<Band>,
    ticks: Vec<(f64, String)>,
    /// How many signals are not drawn; empty where all are.
    more: String,
}

/// A signal.
#[derive(Serialize)]
struct Row {
    name: String,
    top: f64,
    base: f64,
    /// The line through the highest values, and down to the lowest.
    line: String,
    area: String,
    gaps: Vec<(f64, f64)>,
    limits: Vec<Limit>,
    /// The same for who cannot see it.
    words: String,
}

#[derive(Serialize)]
struct Limit {
    y: f64,
    label_y: f64,
    label: String,
    /// `critical`, `high`, `medium` or `gate`.
    of: &'static str,
}

/// A moment of the timeline.
#[derive(Serialize)]
struct Mark {
    number: u32,
    x: f64,
    /// Where its circle stands: moved aside where another one is.
    circle_x: f64,
}

#[derive(Serialize)]
struct Band {
    x: f64,
    width: f64,
    /// `hold` or `back`.
    of: &'static str,
}

/// The signals that are drawn: those that decide about the rollout, the one that was worst before the others.
pub(crate) fn charted(room: &Room) -> Vec<Signal> {
    let mut signals = deciding(room);
    signals.truncate(SIGNALS);
    signals
}

fn deciding(room: &Room) -> Vec<Signal> {
    let book = Rulebook::of(room);
    let mut found: Vec<(Option<Severity>, Signal)> = Vec::new();
    for rule in &book.rules {
        let decides = matches!(rule.purpose, Purpose::Decision | Purpose::Condition { .. });
        if !decides || rule.criterion.is_none() || !matches!(rule.signal, Signal::Metric(_)) {
            continue;
        }
        let fired = room.alerts().get(&rule.id).map(|state| state.fired.severity);
        match found.iter_mut().find(|(_, signal)| *signal == rule.signal) {
            Some((worst, _)) => *worst = (*worst).max(fired),
            None => found.push((fired, rule.signal.clone())),
        }
    }
    found.sort_by_key(|(worst, _)| std::cmp::Reverse(*worst));
    found.into_iter().map(|(_, signal)| signal).collect()
}

/// From when to when the drawing is: from the first act of the deployment to where it ended, in a rollback or in go-live; to
/// the last event where it has not ended.
pub(crate) fn span(room: &Room, events: &[Recorded]) -> (Timestamp, Timestamp) {
    let of = |seq: u64| events.iter().find(|recorded| recorded.seq == seq).map(|recorded| recorded.occurred_at);
    let first = events.first().map_or(Timestamp::UNIX_EPOCH, |first| first.occurred_at);
    let from = first_act(room, events).and_then(of).unwrap_or(first);
    let ends = |event: &Event| matches!(event, Event::RolledBack | Event::GoLiveDeclared(_));
    let is_under_way = room.rollback().is_some_and(|one| one.is_running() && !one.is_rehearsal);
    let end = events.iter().rev().find(|recorded| ends(&recorded.event) && recorded.occurred_at >= from);
    let last = events.last().map_or(first, |last| last.occurred_at);
    let to = end.filter(|_| !is_under_way).map_or(last, |end| end.occurred_at).max(from);
    let margin = SignedDuration::from_secs((to.duration_since(from).as_secs() / 25).max(30));
    (from.checked_sub(margin).unwrap_or(from), to.checked_add(margin).unwrap_or(to))
}

/// The drawing.
pub(super) fn chart(seen: &Seen<'_>, lines: &Lines<'_>) -> Chart {
    let scale = Scale { from: seen.span.0, to: seen.span.1 };
    let is_empty = seen.signals.iter().all(|one| one.stretch.buckets.iter().all(|bucket| bucket.seen == 0));
    let nothing = match (seen.signals.is_empty(), is_empty) {
        (true, _) => "Nothing was watched: no criterion of the checklist was bound to a metric.",
        (false, true) => {
            "No sample of this stretch lies beside the log: nothing is drawn, and nothing of it counts as healthy."
        }
        (false, false) => "",
    };
    let mut rows: Vec<Row> = Vec::new();
    for one in seen.signals.iter().filter(|_| nothing.is_empty()) {
        let top = rows.last().map_or(TOP, |before| before.base);
        rows.push(row(seen, one, &scale, top));
    }
    let bottom = rows.last().map_or(TOP, |last| last.base);
    let left = deciding(seen.room).len().saturating_sub(seen.signals.len());
    Chart {
        caption: caption(seen),
        nothing: nothing.to_owned(),
        width: WIDTH,
        height: bottom + 16.0,
        bottom,
        marks: marks(lines, &scale),
        bands: bands(seen, &scale),
        ticks: ticks(seen, &scale),
        more: if left == 0 { String::new() } else { format!("{left} more signals are in the samples' export.") },
        rows,
    }
}

/// The time as a place from left to right.
struct Scale {
    from: Timestamp,
    to: Timestamp,
}

impl Scale {
    fn x(&self, at: Timestamp) -> f64 {
        self.x_ms(at.as_millisecond())
    }

    fn x_ms(&self, at: i64) -> f64 {
        let (from, to) = (self.from.as_millisecond(), self.to.as_millisecond());
        let share = (at - from) as f64 / (to - from).max(1) as f64;
        tenth(share.clamp(0.0, 1.0) * WIDTH)
    }
}

/// A tenth of a dot is as fine as anybody draws.
fn tenth(value: f64) -> f64 {
    // Adding nought turns minus nought into nought.
    (value * 10.0).round() / 10.0 + 0.0
}

/// What the colours mean, how long the hold ran, and for how long nothing was seen.
fn caption(seen: &Seen<'_>) -> String {
    let mut words = ["numbers as in the timeline", "blue: hold", "red: rolling back"].map(str::to_owned).to_vec();
    let unseen = seen.signals.iter().map(|one| one.stretch.unseen_ms).max().unwrap_or(0) / 1000;
    words.push(match unseen {
        // What nobody saw of a drill, since time was skipped, its log does not tell.
        _ if is_drill(seen.room) => "drawn again from scenario and seed, skipped time too".to_owned(),
        ..=0 => "no minute unseen".to_owned(),
        seconds => format!("hatched: unseen, {} at the most", clock(seconds)),
    });
    words.join(" · ")
}

fn marks(lines: &Lines<'_>, scale: &Scale) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for line in &lines.lines {
        let Some(number) = line.number else { continue };
        let x = scale.x(line.recorded.occurred_at);
        let after = marks.last().map_or(0.0, |before: &Mark| before.circle_x + APART);
        marks.push(Mark { number, x, circle_x: x.max(after).max(7.0) });
    }
    // What was pushed over the right edge comes back, and pushes those before it.
    let mut most = WIDTH - 7.0;
    for mark in marks.iter_mut().rev() {
        mark.circle_x = tenth(mark.circle_x.min(most));
        most = mark.circle_x - APART;
    }
    marks
}

/// Where a hold ran, and where it was rolled back.
fn bands(seen: &Seen<'_>, scale: &Scale) -> Vec<Band> {
    let mut bands = Vec::new();
    let mut began: Option<Timestamp> = None;
    let mut band = |from: Timestamp, to: Timestamp, of| {
        let (x, end) = (scale.x(from), scale.x(to));
        if end > x {
            bands.push(Band { x, width: tenth(end - x), of });
        }
    };
    let last = seen.events.last().map_or(seen.span.1, |last| last.occurred_at);
    for recorded in seen.events {
        let at = recorded.occurred_at;
        match &recorded.event {
            Event::HoldTurned { turn: HoldTurn::Started | HoldTurn::WentOn, .. } => began = began.or(Some(at)),
            Event::HoldTurned { .. } | Event::GoneBack(_) | Event::GatePassed { .. } | Event::GateOverridden { .. } => {
                if let Some(from) = began.take() {
                    band(from, at, "hold");
                }
            }
            _ => {}
        }
    }
    if let Some(from) = began {
        band(from, last, "hold");
    }
    for rollback in seen.room.rollbacks().iter().filter(|one| !one.is_rehearsal) {
        band(rollback.began, rollback.ended.as_ref().map_or(last, |end| end.at), "back");
    }
    bands.truncate(super::MOST);
    bands
}

/// Times on the wall that leave room for their words.
fn ticks(seen: &Seen<'_>, scale: &Scale) -> Vec<(f64, String)> {
    const STEPS_S: [i64; 9] = [60, 300, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
    const MOST_TICKS: i64 = 8;
    let zone = &seen.room.resolved().zone;
    let (from, to) = (scale.from.as_second(), scale.to.as_second());
    let step = STEPS_S.into_iter().find(|step| (to - from) / step < MOST_TICKS);
    let step = step.unwrap_or_else(|| ((to - from) / MOST_TICKS / 86_400 + 1) * 86_400);
    let offset = i64::from(scale.from.to_zoned_datetime(zone.clone()).offset().seconds());
    let first = (from + offset).div_euclid(step) * step + step - offset;
    let times = (0..MOST_TICKS).map(|count| first + count * step).take_while(|at| *at < to);
    let words = times.filter_map(|at| {
        let at = Timestamp::from_second(at).ok()?;
        let wall = at.to_zoned_datetime(zone.clone());
        let form = if step < 86_400 { "%H:%M" } else { "%-d %b" };
        Some((scale.x(at), wall.strftime(form).to_string()))
    });
    // A word at the very edge would be cut.
    words.filter(|(x, _)| (14.0..=WIDTH - 14.0).contains(x)).collect()
}

fn row(seen: &Seen<'_>, one: &Charted<'_>, scale: &Scale, top: f64) -> Row {
    let shown = Shown::of(one);
    let values = || one.stretch.buckets.iter().filter(|bucket| bucket.seen > 0);
    let highest = values().map(|bucket| shown.value(bucket.high)).filter(|value| value.is_finite()).reduce(f64::max);
    let lowest = values().map(|bucket| shown.value(bucket.low)).filter(|value| value.is_finite()).reduce(f64::min);
    let limits = shown.limits(&one.rules);
    let all = || limits.iter().map(|limit| limit.0).chain(highest).chain(lowest);
    let is_flat = all().all(|value| Some(value) == highest);
    let most = all().fold(0.0, f64::max);
    let least = all().fold(0.0, f64::min);
    let base = top + if is_flat { FLAT } else { ROW };
    let (foot, height) = (base - 3.0, base - top - HEAD);
    // An infinite value is drawn at the upper edge, where it is at least seen.
    let y = |value: f64| match is_flat {
        true => tenth(base - 10.0),
        false => tenth(foot - (value.clamp(least, most) - least) / (most - least).max(f64::MIN_POSITIVE) * height),
    };
    let (line, area) = path(one.stretch, &shown, scale, &y);
    let mut drawn: Vec<Limit> = Vec::new();
    for (value, label, of) in limits {
        let y = y(value);
        // Two labels do not stand on each other: the upper line's gives way upwards.
        let below = drawn.last().map_or(f64::MAX, |before| before.label_y - 9.5);
        drawn.push(Limit { y, label_y: tenth((y - 2.5).min(below)), label, of });
    }
    let gaps = one.stretch.gaps.iter().map(|(from, to)| (scale.x(*from), tenth(scale.x(*to) - scale.x(*from))));
    let sign = measure::sign(shown.unit);
    let name = shown.name.clone();
    Row {
        words: words(seen, one, &shown, lowest.zip(highest)),
        name: if sign.is_empty() { name } else { format!("{name}, {sign}") },
        top,
        base,
        line,
        area,
        gaps: gaps.filter(|(_, width)| *width > 0.0).collect(),
        limits: drawn,
    }
}

/// How a signal is shown: its name, and its numbers in the unit of the checklist.
pub(super) struct Shown {
    pub(super) name: String,
    own: Option<Unit>,
    unit: Option<Unit>,
}

impl Shown {
    pub(super) fn of(one: &Charted<'_>) -> Self {
        let own = one.rules.iter().find_map(|rule| rule.unit);
        let of_text = || one.rules.iter().find_map(|rule| rule.criterion.as_ref()?.unit);
        // The shortest name is the plainest.
        let name = one.rules.iter().map(|rule| rule.name.as_str()).min_by_key(|name| name.chars().count());
        Self { name: super::sentence(name.unwrap_or_else(|| one.signal.name())), own, unit: of_text().or(own) }
    }

    fn value(&self, value: f64) -> f64 {
        self.own.and_then(|own| measure::converted(value, own, self.unit)).unwrap_or(value)
    }

    /// "612 ms".
    pub(super) fn words(&self, value: f64) -> String {
        measure::with_unit(self.value(value), self.unit)
    }

    /// The limits, the lowest first: value, words, and whose.
    fn limits(&self, rules: &[Rule]) -> Vec<(f64, String, &'static str)> {
        let mut found: Vec<(f64, String, &'static str)> = Vec::new();
        for rule in rules {
            let Some(criterion) = &rule.criterion else { continue };
            let (Some(value), Some(op)) = (criterion.value, criterion.op) else { continue };
            let of = match (&rule.purpose, rule.severity) {
                (Purpose::Decision, Severity::Critical) => "critical",
                (Purpose::Decision, Severity::High) => "high",
                (Purpose::Decision, Severity::Medium) => "medium",
                (Purpose::Condition { .. }, _) => "gate",
                _ => continue,
            };
            // Criteria of one signal may be written in several units.
            let place = criterion.unit.and_then(|unit| measure::converted(value, unit, self.unit)).unwrap_or(value);
            let sign = if op == Operator::Between { "≥" } else { measure::operator(op).unwrap_or_default() };
            let word = if of == "gate" { "gate".to_owned() } else { of.to_uppercase() };
            let label = format!("{word} {sign} {}", measure::with_unit(place, self.unit));
            if found.iter().all(|(_, known, _)| *known != label) {
                found.push((place, label, of));
            }
        }
        // The gravest of one value gives it its colour.
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(weight(other.2).cmp(&weight(one.2))));
        let mut together: Vec<(f64, String, &'static str)> = Vec::new();
        for (value, label, of) in found {
            match together.last_mut().filter(|last| last.0.total_cmp(&value).is_eq()) {
                Some(last) => last.1 = format!("{label} · {}", last.1),
                None => together.push((value, label, of)),
            }
        }
        together
    }
}

fn weight(of: &str) -> u8 {
    match of {
        "critical" => 3,
        "high" => 2,
        "medium" => 1,
        _ => 0,
    }
}

/// The line through the highest values, and the area down to the lowest. It breaks where nothing connects two pieces.
fn path(stretch: &Stretch, shown: &Shown, scale: &Scale, y: &impl Fn(f64) -> f64) -> (String, String) {
    let (mut line, mut area) = (String::new(), String::new());
    let mut run: Vec<&Bucket> = Vec::new();
    let x = |bucket: &Bucket| scale.x_ms(i64::midpoint(bucket.first_at, bucket.last_at));
    let mut end = |run: &mut Vec<&Bucket>| {
        let tops: Vec<String> = run.iter().map(|one| format!("{} {}", x(one), y(shown.value(one.high)))).collect();
        let lows = run.iter().rev().map(|one| format!("{} {}", x(one), y(shown.value(one.low))));
        let has_width = run.iter().any(|one| one.low < one.high);
        if let Some((first, rest)) = tops.split_first() {
            // A piece alone is a dot: a line of no length with round ends.
            let rest = if rest.is_empty() {
                format!(" L{first}")
            } else {
                rest.iter().map(|one| format!(" L{one}")).collect()
            };
            line.push_str(&format!("M{first}{rest} "));
            if has_width {
                let lows: String = lows.map(|one| format!(" L{one}")).collect();
                area.push_str(&format!("M{first}{rest}{lows}Z "));
            }
        }
        run.clear();
    };
    for bucket in stretch.buckets.iter().filter(|bucket| bucket.seen > 0) {
        if run.last().is_some_and(|before| bucket.first_at > before.good_until) {
            end(&mut run);
        }
        run.push(bucket);
    }
    end(&mut run);
    (line.trim_end().to_owned(), area.trim_end().to_owned())
}

/// The row for who cannot see it.
fn words(seen: &Seen<'_>, one: &Charted<'_>, shown: &Shown, range: Option<(f64, f64)>) -> String {
    let told = |value| measure::with_unit(value, shown.unit);
    let range = match range {
        Some((low, high)) => format!("from {} to {}", told(low), told(high)),
        None => "nothing seen".to_owned(),
    };
    let limits: Vec<String> = shown.limits(&one.rules).into_iter().map(|(_, label, _)| label).collect();
    let limits = if limits.is_empty() { String::new() } else { format!("; limits {}", limits.join(", ")) };
    let unseen = match one.stretch.unseen_ms / 1000 {
        ..=0 => String::new(),
        seconds => format!("; not seen for {} in all", clock(seconds)),
    };
    format!("{}, {} to {}: {range}{limits}{unseen}", shown.name, seen.at(seen.span.0), seen.at(seen.span.1))
}

/// What a signal showed at a moment, in words; `None` where nothing of that moment was seen.
pub(super) fn shown_at(one: &Charted<'_>, at: Timestamp) -> Option<String> {
    let at = at.as_millisecond();
    let known = one.stretch.buckets.iter().rev().find(|bucket| bucket.seen > 0 && bucket.first_at <= at)?;
    if known.good_until < at {
        return None;
    }
    let shown = Shown::of(one);
    Some(match known.low < known.high {
        true => format!("{} {} – {}", shown.name, shown.words(known.low), shown.words(known.high)),
        false => format!("{} {}", shown.name, shown.words(known.last)),
    })
}
