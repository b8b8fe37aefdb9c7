//! What the reader makes of the checklists of other teams, held against what people saw in them: one file a checklist in
//! `tests/fixtures/corpus`, written by eye, and one table of all that differs, with a sentence on each kind of it.
//!
//! The checklists themselves are no part of the project; where they are not at hand the test says so.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use plan::{Criterion, Operator, Place, Plan, SectionKind, Severity, Stamp, Unit, When, config::Config};
use toml::{Table, Value};

use crate::corpus::shared;

/// Set to write the table anew, to be looked at before it is committed.
const WRITE: &str = "WAR_ROOM_WRITE_TABLE";

const COUNTS: [&str; 11] = [
    "boxes",
    "ticked",
    "recovered",
    "steps",
    "ignored",
    "gates",
    "criteria",
    "commands",
    "contacts",
    "messages",
    "ways_back",
];

#[test]
fn what_people_saw_in_the_checklists_of_other_teams() {
    let Some(folder) = shared() else { return };
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/corpus");
    let mut names: Vec<_> = fs::read_dir(&fixtures)
        .expect("the fixtures are there")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort();
    let mut complaints = Vec::new();
    let mut page = Page::default();
    for name in &names {
        let text = fs::read_to_string(name).expect("a fixture is text");
        let eye: Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", name.display()));
        let file = text_of(&eye, "file");
        let source =
            fs::read_to_string(folder.join("corpus").join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let (plan, _) = plan::read(&source, &Config::default());
        let seen = Seen { eye: &eye, plan: &plan, source: &source };
        let differences = [("counts", seen.counts()), ("sections", seen.sections()), ("criteria", seen.criteria())];
        for (kind, found) in &differences {
            let why = eye.get("why").and_then(|why| why.get(kind)).and_then(Value::as_str);
            match (found.is_empty(), why) {
                (false, None) => complaints
                    .push(format!("{file}: {kind} differ, and no sentence says why:\n  {}", found.join("\n  "))),
                (true, Some(why)) => {
                    complaints.push(format!("{file}: {kind} are right now, and a sentence says they are not: {why}"));
                }
                _ => {}
            }
        }
        page.add(&seen, &differences);
    }
    let path = fixtures.join("table.md");
    let made = page.text();
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &made).expect("the table can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    if made != kept {
        let changed: Vec<_> = changed(&kept, &made);
        complaints.push(format!(
            "the table is not what the reader makes of the checklists now; look at it, then run with {WRITE}=1:\n{}",
            changed.join("\n")
        ));
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// The lines that only one of two texts has.
fn changed(before: &str, after: &str) -> Vec<String> {
    let count = |text: &str| {
        let mut lines: BTreeMap<String, i32> = BTreeMap::new();
        for line in text.lines() {
            *lines.entry(line.to_owned()).or_default() += 1;
        }
        lines
    };
    let (old, new) = (count(before), count(after));
    let gone = old.iter().filter(|(line, times)| new.get(*line) != Some(times)).map(|(line, _)| format!("- {line}"));
    let come = new.iter().filter(|(line, times)| old.get(*line) != Some(times)).map(|(line, _)| format!("+ {line}"));
    gone.chain(come).collect()
}

struct Seen<'a> {
    eye: &'a Table,
    plan: &'a Plan,
    source: &'a str,
}

impl Seen<'_> {
    /// What the reader counts, by name.
    fn count(&self, name: &str) -> usize {
        let (plan, counts) = (self.plan, &self.plan.counts);
        match name {
            "boxes" => counts.boxes,
            "ticked" => counts.ticked,
            "recovered" => counts.recovered,
            "steps" => counts.steps,
            "ignored" => counts.ignored.len(),
            "gates" => plan.gates.len(),
            "criteria" => plan.criteria.len(),
            "commands" => plan.commands.len(),
            "contacts" => plan.contacts.len(),
            "messages" => plan.messages.len(),
            _ => plan.rollback.ways.len(),
        }
    }

    /// What a person counted; `None` where nobody did.
    fn by_eye(&self, name: &str) -> Option<usize> {
        if name == "ignored" {
            return Some(self.ignored_lines().len());
        }
        let count = self.eye.get(name).and_then(Value::as_integer)?;
        usize::try_from(count).ok()
    }

    /// The lines with marks that are no items, written as "70-85" or "70": those of them that hold a mark.
    fn ignored_lines(&self) -> Vec<usize> {
        let stretches = self.eye.get("ignored").and_then(Value::as_array).into_iter().flatten();
        let lines: Vec<&str> = self.source.lines().collect();
        stretches
            .flat_map(|one| one.get("lines").and_then(Value::as_str).unwrap_or_default().split(','))
            .flat_map(|stretch| {
                let (first, last) = stretch.trim().split_once('-').unwrap_or((stretch.trim(), stretch.trim()));
                first.parse().unwrap_or(1)..=last.parse().unwrap_or(0)
            })
            .filter(|line: &usize| lines.get(line - 1).is_some_and(|text| is_marked(text)))
            .collect()
    }

    fn counts(&self) -> Vec<String> {
        let mut found = Vec::new();
        for name in COUNTS {
            let (is, eye) = (self.count(name), self.by_eye(name));
            let about = self.eye.get(&format!("{name}_about")).is_some();
            // What was counted roughly by eye is right within a tenth.
            let is_right = eye.is_none_or(|eye| is == eye || about && is.abs_diff(eye) * 10 <= eye);
            if !is_right {
                found.push(format!("{name} {is}, by eye {}", eye.unwrap_or_default()));
            }
        }
        found
    }

    fn sections(&self) -> Vec<String> {
        let Some(expected) = self.eye.get("sections").and_then(Value::as_array) else { return Vec::new() };
        let mut found = Vec::new();
        for one in expected {
            let line = line_of(one);
            let (kind, when) = (word(one, "kind"), word(one, "when"));
            match self.plan.sections.iter().find(|section| section.line == line) {
                None => found.push(format!("line {line}: no section, by eye {kind}")),
                Some(section) => {
                    let is = kind_word(section.kind);
                    if is != kind {
                        found.push(format!("line {line}: {is}, by eye {kind}"));
                    }
                    let is = section.when.as_ref().map(when_words).unwrap_or_default();
                    if !same_time(&is, when) {
                        found.push(format!("line {line}: due \"{is}\", by eye \"{when}\""));
                    }
                }
            }
        }
        found
    }

    fn criteria(&self) -> Vec<String> {
        let Some(expected) = self.eye.get("criteria_list").and_then(Value::as_array) else { return Vec::new() };
        let mut left: Vec<&Criterion> = self.plan.criteria.iter().collect();
        let mut found = Vec::new();
        for one in expected {
            let line = line_of(one);
            let says = word(one, "says");
            let is_same = |criterion: &&Criterion| criterion.line == line && is_said(criterion, says);
            let Some(at) = left.iter().position(is_same) else {
                let here: Vec<_> = left.iter().filter(|one| one.line == line).map(|one| criterion_words(one)).collect();
                found.push(format!(
                    "line {line}: by eye {says}, read {}",
                    if here.is_empty() { "nothing".to_owned() } else { here.join(" and ") }
                ));
                left.retain(|criterion| criterion.line != line || here.is_empty());
                continue;
            };
            let criterion = left.remove(at);
            let length = |seconds: Option<u64>| seconds.map(|seconds| format!("{seconds}s")).unwrap_or_default();
            let pairs = [
                ("for", length(criterion.for_s), length(seconds(word(one, "for")))),
                ("window", length(criterion.window_s), length(seconds(word(one, "window")))),
                ("severity", severity_word(criterion.severity).to_owned(), word(one, "severity").to_owned()),
                ("where", place_word(criterion.place).to_owned(), word(one, "where").to_owned()),
            ];
            for (name, is, eye) in pairs {
                if is != eye {
                    found.push(format!("line {line}: {name} \"{is}\", by eye \"{eye}\""));
                }
            }
        }
        found
            .extend(left.iter().map(|one| format!("line {}: read {}, by eye nothing", one.line, criterion_words(one))));
        found
    }
}

/// Whether a line holds a box as people write them.
fn is_marked(line: &str) -> bool {
    ["[ ]", "[x]", "[X]", "[]", "☐", "⬜", "☑"].iter().any(|mark| line.contains(mark))
}

fn text_of<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn word<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn line_of(value: &Value) -> usize {
    value.get("line").and_then(Value::as_integer).and_then(|line| usize::try_from(line).ok()).expect("a line")
}

fn kind_word(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Preparation => "preparation",
        SectionKind::Phase => "phase",
        SectionKind::Watch => "watch",
        SectionKind::Rollback => "rollback",
        SectionKind::Communication => "communication",
        SectionKind::Contacts => "contacts",
        SectionKind::Success => "success",
        SectionKind::Reference => "reference",
        SectionKind::Prose => "prose",
    }
}

fn place_word(place: Place) -> &'static str {
    match place {
        Place::Preparation => "preparation",
        Place::Gate => "gate",
        Place::Phase => "phase",
        Place::Watch => "watch",
        Place::Decision => "decision",
        Place::Rollback => "rollback",
        Place::Success => "success",
    }
}

fn severity_word(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Critical) => "critical",
        Some(Severity::High) => "high",
        Some(Severity::Medium) => "medium",
        None => "",
    }
}

/// "2026-01-20 16:00", "07:30 .. 08:00", "T-7200s", "first 86400s", with the zone that the line names in brackets.
fn when_words(when: &When) -> String {
    let stamp = |stamp: &Stamp| {
        let date = stamp.date.map(|date| date.to_string());
        let time = stamp.time.map(|time| time.strftime("%H:%M").to_string());
        [date, time].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    match when {
        When::Absolute { from, to, zone } => {
            let mut said = stamp(from);
            if let Some(to) = to {
                let _ = write!(said, " .. {}", stamp(to));
            }
            if let Some(zone) = zone {
                let _ = write!(said, " [{zone}]");
            }
            said
        }
        When::Relative { from_s, to_s } => match to_s {
            Some(to_s) => format!("T{from_s:+}s .. T{to_s:+}s"),
            None => format!("T{from_s:+}s"),
        },
        When::WorkingDays { from_days, to_days } => match to_days {
            Some(to_days) => format!("T{from_days:+}bd .. T{to_days:+}bd"),
            None => format!("T{from_days:+}bd"),
        },
        When::First { length_s } => format!("first {length_s}s"),
    }
}

/// Whether both say the same: lengths are compared in seconds, and a zone only where the eye noted one.
fn same_time(is: &str, eye: &str) -> bool {
    let plain = |text: &str| {
        let words = text.split_whitespace().map(|word| {
            let (head, length) = match word.strip_prefix('T') {
                Some(rest) if rest.starts_with(['+', '-']) => (&word[..2], &rest[1..]),
                _ => ("", word),
            };
            match seconds(length) {
                Some(0) if head == "T-" => "T+0s".to_owned(),
                None if word == "T-0bd" => "T+0bd".to_owned(),
                Some(seconds) if length.starts_with(|first: char| first.is_ascii_digit()) => {
                    format!("{head}{seconds}s")
                }
                _ => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let without_zone = |text: &str| text.split(" [").next().unwrap_or_default().to_owned();
    let (is, eye) = (plain(is), plain(eye));
    is == eye || !eye.contains('[') && without_zone(&is) == eye
}

/// "10m", "2h", "1d".
fn seconds(text: &str) -> Option<u64> {
    let end = text.find(|character: char| !character.is_ascii_digit())?;
    let (number, unit) = (text[..end].parse::<u64>().ok()?, &text[end..]);
    Some(match unit {
        "s" => number,
        "m" | "min" => number * 60,
        "h" => number * 3600,
        "d" => number * 86_400,
        "w" => number * 604_800,
        _ => return None,
    })
}

/// The comparison in base units: percent, seconds, bytes, cores, things.
fn base(unit: Unit) -> (f64, &'static str) {
    match unit {
        Unit::Ratio => (100.0, "%"),
        Unit::Percent => (1.0, "%"),
        Unit::S => (1.0, "s"),
        Unit::Ms => (0.001, "s"),
        Unit::Bytes => (1.0, "bytes"),
        Unit::Cores => (1.0, "cores"),
        Unit::Count => (1.0, "count"),
    }
}

fn sign(op: Operator) -> &'static str {
    match op {
        Operator::Below => "<",
        Operator::AtMost => "<=",
        Operator::Above => ">",
        Operator::AtLeast => ">=",
        Operator::Equal => "=",
        Operator::Between => "between",
    }
}

/// "error_rate < 1 %".
fn criterion_words(criterion: &Criterion) -> String {
    let metric = criterion.metric.as_deref().unwrap_or("?");
    let (Some(op), Some(value)) = (criterion.op, criterion.value) else { return format!("{metric} ?") };
    let (factor, unit) = criterion.unit.map_or((1.0, "?"), base);
    match criterion.high {
        Some(high) => format!("{metric} between {} and {} {unit}", value * factor, high * factor),
        None => format!("{metric} {} {} {unit}", sign(op), value * factor),
    }
}

/// Whether a criterion says what the eye wrote: metric (where the vocabulary names it), comparator, number and unit.
fn is_said(criterion: &Criterion, says: &str) -> bool {
    const VOCABULARY: [&str; 10] = [
        "error_rate",
        "latency",
        "latency_p50",
        "latency_p95",
        "latency_p99",
        "request_rate",
        "cpu",
        "memory",
        "restarts",
        "pods_ready",
    ];
    let words: Vec<&str> = says.split_whitespace().collect();
    let Some((metric, rest)) = words.split_first() else { return false };
    if VOCABULARY.contains(metric) && criterion.metric.as_deref() != Some(metric) {
        return false;
    }
    let number = |word: &str| word.parse::<f64>().ok();
    let (op, value, high, unit) = match rest {
        ["?"] => return criterion.op.is_none(),
        ["between", low, "and", high, unit @ ..] => ("between", number(low), number(high), unit.first()),
        [op, value, unit @ ..] => (*op, number(value), None, unit.first()),
        _ => return false,
    };
    let (factor, base_unit) = match unit.copied().unwrap_or("count") {
        "%" => (1.0, "%"),
        "ms" => (0.001, "s"),
        "s" => (1.0, "s"),
        "min" => (60.0, "s"),
        "h" => (3600.0, "s"),
        "d" => (86_400.0, "s"),
        "bytes" => (1.0, "bytes"),
        "KB" => (1e3, "bytes"),
        "KiB" => (1024.0, "bytes"),
        "MB" => (1e6, "bytes"),
        "MiB" => (1024.0 * 1024.0, "bytes"),
        "GB" => (1e9, "bytes"),
        "GiB" => (1024.0 * 1024.0 * 1024.0, "bytes"),
        _ => (1.0, "count"),
    };
    let (own_factor, own_unit) = criterion.unit.map_or((1.0, "?"), base);
    // Whether MB is a million bytes or 1024 times 1024 is not to be settled here.
    let near = |own: Option<f64>, eye: Option<f64>| match (own, eye) {
        (Some(own), Some(eye)) => {
            let (own, eye) = (own * own_factor, eye * factor);
            (own - eye).abs() <= eye.abs() * if base_unit == "bytes" { 0.08 } else { 1e-9 }
        }
        (own, eye) => own.is_none() && eye.is_none(),
    };
    criterion.op.map(sign) == Some(op)
        && own_unit == base_unit
        && near(criterion.value, value)
        && near(criterion.high, high)
}

/// The table as a page.
#[derive(Default)]
struct Page {
    rows: String,
    details: String,
}

impl Page {
    fn add(&mut self, seen: &Seen<'_>, differences: &[(&str, Vec<String>)]) {
        let file = text_of(seen.eye, "file");
        let _ = write!(self.rows, "| {} |", file.trim_end_matches(".md"));
        for name in COUNTS {
            let (is, eye) = (seen.count(name), seen.by_eye(name));
            let _ = match eye {
                Some(eye) if eye != is => write!(self.rows, " {is} ({eye}) |"),
                _ => write!(self.rows, " {is} |"),
            };
        }
        self.rows.push('\n');
        if differences.iter().all(|(_, found)| found.is_empty()) {
            return;
        }
        let _ = writeln!(self.details, "\n## {file}");
        for (kind, found) in differences.iter().filter(|(_, found)| !found.is_empty()) {
            let why = seen.eye.get("why").and_then(|why| why.get(kind)).and_then(Value::as_str).unwrap_or("?");
            let _ = writeln!(self.details, "\n{kind}: {why}\n");
            for one in found {
                let _ = writeln!(self.details, "- {one}");
            }
        }
    }

    fn text(&self) -> String {
        let head = "# What the reader makes of the checklists of other teams\n\nMade by `tests/it/corpus_eye.rs`, which keeps it true. Each number is the reader's; where a person counted otherwise,\ntheirs stands in brackets. Below the table stands what differs, with a sentence on why it does.\n\n";
        let names = format!("| file | {} |\n|{}\n", COUNTS.join(" | "), "---|".repeat(COUNTS.len() + 1));
        format!("{head}{names}{}{}", self.rows, self.details)
    }
}

#[test]
fn lengths_and_times_are_compared_by_what_they_mean() {
    assert!(same_time("T-86400s", "T-24h") && same_time("T-86400s", "T-1d") && !same_time("T-3600s", "T-2h"));
    assert!(same_time("T+0s", "T-0h") && same_time("first 3600s", "first 1h"));
    assert!(same_time("2026-01-20 16:00 [UTC]", "2026-01-20 16:00") && !same_time("16:00", "16:00 [UTC]"));
    assert!(same_time("T-20bd", "T-20bd") && same_time("T+0bd", "T-0bd"));
}
