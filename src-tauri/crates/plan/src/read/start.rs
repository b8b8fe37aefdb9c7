//! What is deployed, and what the text proposes for T0, zone and window.

use jiff::civil::{Date, DateTime};

use super::front_matter::FrontMatter;
use super::source::Source;
use super::{when, words};
use crate::config::Config;
use crate::model::{Audience, Gate, Message, Phase, Section, StartProposal, StartSource, Subject, When, ZoneSource};

/// The document's title: its first real heading.
pub(crate) fn title(sections: &[Section]) -> String {
    let first = sections.iter().filter(|section| !section.bold).min_by_key(|section| section.line);
    first.map(|section| section.text.to_string()).unwrap_or_default()
}

/// What is deployed: the settings, else a subtitle `NAME - …` right below the title, else the title without the words
/// that every such title has.
pub(crate) fn subject(
    sections: &[Section],
    title: &str,
    year: Option<i16>,
    front: &FrontMatter,
    config: &Config,
) -> Subject {
    const FILLING: [&str; 22] = [
        "production",
        "deployment",
        "deploy",
        "release",
        "checklist",
        "runbook",
        "plan",
        "launch",
        "go-live",
        "cutover",
        "day-1",
        "for",
        "the",
        "of",
        "a",
        "to",
        "guide",
        "process",
        "procedure",
        "template",
        "readiness",
        "rollout",
    ];
    let subtitle = sections
        .iter()
        .filter(|section| !section.bold)
        .nth(1)
        .filter(|section| section.body.iter().all(|block| matches!(block, crate::model::Block::Section { .. })));
    let from_subtitle = subtitle
        .and_then(|section| {
            section
                .text
                .split_once(" - ")
                .or_else(|| section.text.split_once(" – "))
                .or_else(|| section.text.split_once(": "))
        })
        .map(|(name, _)| name.trim().to_owned())
        .filter(|name| !name.is_empty() && name.split_whitespace().count() <= 4);
    // When something is released is no part of its name.
    let undated = when::without_dates(title, year).map(|title| without_rest_of_date(&title));
    let title = undated.as_deref().filter(|title| title.chars().any(char::is_alphabetic)).unwrap_or(title);
    let source = from_subtitle.unwrap_or_else(|| {
        let kept = title.split_whitespace().filter(|word| {
            let bare = word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
            !bare.is_empty() && !FILLING.contains(&bare.as_str())
        });
        let name = kept.collect::<Vec<_>>().join(" ");
        if name.is_empty() { title.to_owned() } else { name }
    });
    let release =
        source.split_whitespace().chain(title.split_whitespace()).find(|word| is_version(word)).map(str::to_owned);
    let name = source.split_whitespace().filter(|word| !is_version(word)).collect::<Vec<_>>().join(" ");
    Subject {
        name: config.plan.service.clone().or_else(|| front.service.clone()).unwrap_or(if name.is_empty() {
            source
        } else {
            name
        }),
        release: config.plan.release.clone().or_else(|| front.release.clone()).or(release),
    }
}

/// What a date leaves behind: its time, "on" before it, its commas and brackets.
fn without_rest_of_date(title: &str) -> String {
    let is_time = |word: &str| {
        let mut parts = word.trim_matches(|c: char| !c.is_alphanumeric()).split(':');
        let is_number = |part: &str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
        parts.clone().count() == 2 && parts.all(is_number)
    };
    let kept: Vec<&str> = title.split_whitespace().filter(|word| !is_time(word)).collect();
    let title = kept.join(" ").replace("()", " ");
    let is_loose = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '(');
    let mut end = title.trim_end_matches(is_loose);
    while let Some(shorter) = [" on", " at", " am", " el", " le"].iter().find_map(|word| end.strip_suffix(word)) {
        end = shorter.trim_end_matches(is_loose);
    }
    end.to_owned()
}

fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or(word);
    let parts: Vec<&str> = digits.split('.').collect();
    parts.len() >= 2 && parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()))
}

/// What the reader of T0 needs of the plan so far.
pub(crate) struct Parts<'a> {
    pub(crate) gates: &'a [Gate],
    pub(crate) phases: &'a [Phase],
    pub(crate) messages: &'a [Message],
    pub(crate) front: &'a FrontMatter,
}

/// The proposal for T0, zone and window.
pub(crate) fn proposal(source: &Source<'_>, parts: &Parts<'_>, config: &Config) -> StartProposal {
    let phase = deployment_phase(parts);
    let (zone, zone_source, zone_line) = plan_zone(source, parts.front, config);
    let from_text = phase.and_then(|phase| text_start(phase.when.as_ref(), &zone));
    let from_front = parts.front.date.and_then(|date| {
        let time = parts.front.time.or_else(|| from_text.map(|start| start.time()))?;
        Some(DateTime::from_parts(date, time))
    });
    let (start, start_source) = match (config.plan.start, from_front, from_text) {
        (Some(start), ..) => (Some(start), Some(StartSource::Settings)),
        (None, Some(start), _) => (Some(start), Some(StartSource::FrontMatter)),
        (None, None, Some(start)) => (Some(start), Some(StartSource::Text)),
        (None, None, None) => (None, None),
    };
    let window = config.plan.window.or_else(|| announced(parts)).zip(start).and_then(|((from, to), start)| {
        let begin = DateTime::from_parts(start.date(), from);
        let end = DateTime::from_parts(start.date(), to);
        // "22:00 - 02:00" ends on the next day.
        let end = if end > begin { Some(end) } else { end.checked_add(jiff::Span::new().days(1)).ok() };
        end.map(|end| (begin, end))
    });
    StartProposal {
        start,
        start_source,
        phase: phase.map(|phase| phase.section.clone()),
        zone,
        zone_source,
        zone_line,
        window,
    }
}

/// The phase whose beginning is T0: the first that holds a gate; without gates the first that is called deploy, release
/// or rollout without "pre-" or "before" (DESIGN.md, "Day and time").
fn deployment_phase<'a>(parts: &Parts<'a>) -> Option<&'a Phase> {
    let gate = parts.gates.first().map(|gate| &gate.item);
    let with_gate = gate.and_then(|gate| parts.phases.iter().find(|phase| phase.items.contains(gate)));
    with_gate.or_else(|| {
        parts.phases.iter().find(|phase| {
            let text = words::plain(&phase.title);
            let is_called = words::has_any(
                &text,
                &["deploy", "deployment", "release", "rollout", "roll out", "go-live", "launch", "cutover"],
            );
            let is_other = words::has_any(&text, &["pre", "before", "post", "after"]);
            is_called && !is_other
        })
    })
}

/// The plan's one zone: the settings', the front matter's, the one that the text names for all its times, or else the
/// first that it names.
fn plan_zone(source: &Source<'_>, front: &FrontMatter, config: &Config) -> (String, ZoneSource, Option<usize>) {
    if let Some(zone) = &config.plan.zone {
        return (zone.clone(), ZoneSource::Settings, None);
    }
    if let Some((zone, line)) = &front.zone {
        return (zone.clone(), ZoneSource::FrontMatter, Some(*line));
    }
    let (mut first, mut next) = (None, 1);
    for stretch in when::stretches_of_zones(source.text()) {
        let lines = source.line(stretch.start).max(next)..=source.line(stretch.end - 1);
        next = lines.end() + 1;
        for number in lines {
            let line = source.line_text(number);
            // Once a zone is found only a line that speaks of all times can still change it.
            if first.is_some() && !when::speaks_of_all(line) {
                continue;
            }
            let Some((zone, is_statement)) = when::zone(line) else { continue };
            let Some(name) = when::iana_name(&zone.name) else { continue };
            if is_statement {
                return (name, ZoneSource::Text, Some(number));
            }
            first.get_or_insert((name, ZoneSource::Text, Some(number)));
        }
    }
    first.unwrap_or_else(|| ("UTC".to_owned(), ZoneSource::Assumed, None))
}

/// T0 as the text's own phase says it, on the wall of the plan's zone; where no phase does, as the settings or the front
/// matter do. This is what the text's other dates are counted from.
pub(crate) fn own_start(phases: &[Phase], start: &StartProposal) -> Option<DateTime> {
    let phase = start.phase.as_ref().and_then(|id| phases.iter().find(|phase| &phase.section == id));
    phase.and_then(|phase| text_start(phase.when.as_ref(), &start.zone)).or(start.start)
}

/// The moment at which a phase begins, on the wall of `zone`; a phase that names a zone of its own is read in it.
pub(crate) fn text_start(when: Option<&When>, zone: &str) -> Option<DateTime> {
    let Some(When::Absolute { from, zone: own, .. }) = when else { return None };
    let time = DateTime::from_parts(from.date?, from.time?);
    let Some(own) = own.as_deref().filter(|own| *own != zone) else { return Some(time) };
    let (own, zone) = (when::time_zone(own)?, when::time_zone(zone)?);
    let instant = own.to_ambiguous_timestamp(time).compatible().ok()?;
    Some(zone.to_datetime(instant))
}

/// The date that the document's head names: "Target Date: January 21-22, 2026".
pub(crate) fn target_date(sections: &[Section], year: Option<i16>) -> Option<Date> {
    sections.iter().take(6).find_map(|section| {
        let text = words::plain(&section.text);
        let is_target = words::has_any(&text, &["date", "target", "deployment", "release", "launch", "go-live"]);
        is_target.then(|| when::first_date(&section.text, year)).flatten()
    })
}

/// The window that a notice to customers announces.
fn announced(parts: &Parts<'_>) -> Option<(jiff::civil::Time, jiff::civil::Time)> {
    let notices = parts.messages.iter().filter(|message| message.audience == Audience::Customers);
    notices.filter_map(|message| when::first_stretch(&message.body)).next()
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_date_is_no_part_of_the_name() {
        for (title, name, release) in [
            ("Billing 7.2 rollout, Thursday 3 December 2026", "Billing", Some("7.2")),
            ("Billing 7.2 rollout on Thu, 3 Dec 2026 at 14:00", "Billing", Some("7.2")),
            ("Billing release (2026-12-03)", "Billing", None),
            ("Billing, 3.12.2026", "Billing", None),
            ("Billing 2026.12.3", "Billing", Some("2026.12.3")),
            ("Billing v7.2.1", "Billing", Some("v7.2.1")),
            ("Friday deployment of Billing", "Friday Billing", None),
        ] {
            let plan = crate::read(&format!("# {title}\n\n- [ ] a\n"), &Config::default()).0;
            assert_eq!((plan.subject.name.as_str(), plan.subject.release.as_deref()), (name, release), "{title}");
            assert_eq!(plan.title, title);
        }
    }
}
