//! Times: without a zone, against each other, and against the clocks.

use jiff::SignedDuration;
use jiff::civil::DateTime;

use crate::model::{Block, Inline, Level, Phase, Plan, Section, SectionId, When, ZoneSource};
use crate::read::doubts::lines;
use crate::read::notes::{Note, Notes};
use crate::read::quick::QuickMap;
use crate::read::start;
use crate::read::when::{self, Heard, Said};

/// Looks at the times of the finished plan.
pub(crate) fn read(plan: &Plan, headings: &[(usize, Heard)], notes: &mut Notes<'_>) {
    let headings: Vec<Heading<'_>> =
        plan.sections.iter().zip(headings).map(|(section, (_, said))| Heading { section, said: said.said() }).collect();
    let by_id: QuickMap<&SectionId, Heading<'_>> = headings.iter().map(|one| (&one.section.id, *one)).collect();
    let phases: Vec<(&Phase, Option<Heading<'_>>)> =
        plan.phases.iter().map(|phase| (phase, by_id.get(&phase.section).copied())).collect();
    without_zone(plan, &headings, notes);
    other_zones(plan, &headings, notes);
    labels(plan, &headings, notes);
    order(plan, &phases, notes);
    clocks(plan, &phases, notes);
}

/// A section, and what its heading was found to say about time.
#[derive(Clone, Copy)]
struct Heading<'a> {
    section: &'a Section,
    said: Option<&'a Said>,
}

/// Times that name no zone: told once for the file.
fn without_zone(plan: &Plan, headings: &[Heading<'_>], notes: &mut Notes<'_>) {
    if matches!(plan.start.zone_source, ZoneSource::Settings | ZoneSource::FrontMatter) {
        return;
    }
    let timed = headings.iter().filter(
        |one| matches!(&one.section.when, Some(When::Absolute { from, zone: None, .. }) if from.time.is_some()),
    );
    let found: Vec<usize> = timed.map(Heading::time_line).filter(|line| plan.start.zone_line != Some(*line)).collect();
    let Some(first) = found.first() else { return };
    let (level, reading) = match plan.start.zone_line {
        Some(line) => (Level::Note, format!("read as {}, which line {line} names", plan.start.zone)),
        None => (Level::Warning, "read as UTC until the room is opened with another zone".to_owned()),
    };
    let (name, is) = if found.len() == 1 { ("names", "it is") } else { ("name", "they are") };
    let times = if found.len() == 1 { "The time" } else { "The times" };
    notes.on_line(
        *first,
        Note {
            code: "TIM-01",
            level,
            message: format!("{times} in {} {name} no zone; {is} {reading}.", lines(&found)),
            mend: "Name the zone once in the text, or set zone in [plan] of war-room.toml.",
        },
    );
}

/// Stretches that name another zone than the plan's.
fn other_zones(plan: &Plan, headings: &[Heading<'_>], notes: &mut Notes<'_>) {
    let other = headings.iter().filter_map(|one| match &one.section.when {
        Some(When::Absolute { zone: Some(zone), .. }) if !is_same(zone, &plan.start.zone) => Some((one, zone)),
        _ => None,
    });
    let found: Vec<(usize, &String)> = other.map(|(one, zone)| (one.time_line(), zone)).collect();
    let Some((first, zone)) = found.first() else { return };
    let places: Vec<usize> = found.iter().map(|(line, _)| *line).collect();
    notes.on_line(
        *first,
        Note {
            code: "TIM-22",
            level: Level::Note,
            message: format!(
                "The plan's zone is {}, but {} names another ({zone}): each time is read in its own zone and shown in the plan's.",
                plan.start.zone,
                lines(&places)
            ),
            mend: "Name one zone for the whole plan, so that nobody has to convert on the day.",
        },
    );
}

fn is_same(zone: &str, plan_zone: &str) -> bool {
    zone == plan_zone || when::iana_name(zone).as_deref() == Some(plan_zone)
}

impl Heading<'_> {
    /// How far from T0 the heading says that its section is.
    fn offset_s(&self) -> Option<i64> {
        match self.said {
            Some(said) => said.from_t0_s,
            None => when::said(&self.section.text, None).from_t0_s,
        }
    }

    /// Whether the heading names a day or an hour, whichever year it is.
    fn is_dated(&self) -> bool {
        let is_dated = |said: &Said| matches!(said.when, Some(When::Absolute { .. }));
        match self.said {
            // A date that counts in one year counts in a leap year too; only one without any has to be read again.
            Some(said) if is_dated(said) || !said.lacks_year => is_dated(said),
            _ => is_dated(&when::said(&self.section.text, Some(2000))),
        }
    }

    /// The line that names a section's time: the label's below its heading where it has one, else its own.
    fn time_line(&self) -> usize {
        if self.is_dated() {
            return self.section.line;
        }
        let label = self.section.body.iter().find_map(|block| match block {
            Block::Prose(prose) => {
                let text = Inline::plain(&prose.inlines);
                crate::read::outline::time_label(&text, Some(2000)).map(|_| prose.line)
            }
            _ => None,
        });
        label.unwrap_or(self.section.line)
    }
}

/// A heading that counts from T0 over a time that says something else.
fn labels(plan: &Plan, headings: &[Heading<'_>], notes: &mut Notes<'_>) {
    let Some(t0) = start::own_start(&plan.phases, &plan.start) else { return };
    for heading in headings {
        let section = heading.section;
        let Some(at) = start::text_start(section.when.as_ref(), &plan.start.zone) else { continue };
        let Some(offset_s) = heading.offset_s() else { continue };
        let really = at.duration_since(t0);
        let apart = really.saturating_sub(SignedDuration::from_secs(offset_s)).abs();
        // "24 hours before" is not meant to the minute.
        if apart <= SignedDuration::from_mins(15) || apart.as_secs() * 20 <= offset_s.abs() {
            continue;
        }
        let side = if really.is_negative() { "before" } else { "after" };
        notes.on_line(
            heading.time_line(),
            Note {
                code: "TIM-02",
                level: Level::Warning,
                message: format!(
                    "“{}” stands over a time that is {} {side} T0 ({} to {}); the time counts.",
                    section.text,
                    length(really.abs()),
                    shown(at),
                    shown(t0)
                ),
                mend: "Correct the heading or the time, so that people and clock agree when it begins.",
            },
        );
    }
}

fn shown(at: DateTime) -> String {
    at.strftime("%b %-d %H:%M").to_string()
}

/// "14 h 30 min", "2 d", "45 min".
fn length(duration: SignedDuration) -> String {
    let minutes = duration.as_mins();
    let parts = [(minutes / 1440, "d"), (minutes / 60 % 24, "h"), (minutes % 60, "min")];
    let said: Vec<String> =
        parts.iter().filter(|(number, _)| *number > 0).map(|(number, unit)| format!("{number} {unit}")).collect();
    if said.is_empty() { "0 min".to_owned() } else { said.join(" ") }
}

/// Phases that the text has in another order than the day, and phases that overlap.
fn order(plan: &Plan, phases: &[(&Phase, Option<Heading<'_>>)], notes: &mut Notes<'_>) {
    let lines: Vec<usize> = phases.iter().map(|(_, one)| one.map_or(1, |one| one.section.line)).collect();
    let pairs = plan.phases.iter().zip(plan.phases.iter().skip(1));
    for ((before, after), (before_line, after_line)) in pairs.zip(lines.iter().zip(lines.iter().skip(1))) {
        if after_line < before_line {
            notes.on_line(
                *after_line,
                Note {
                    code: "TIM-12",
                    level: Level::Note,
                    message: format!(
                        "“{}” stands above “{}” (line {before_line}) and is due after it; the room shows both in the order of the day.",
                        after.title, before.title
                    ),
                    mend: "Write the phases in the order in which they are done, or correct the time.",
                },
            );
        }
    }
    let zone = &plan.start.zone;
    let timed =
        plan.phases.iter().zip(&lines).filter_map(|(phase, line)| {
            start::text_start(phase.when.as_ref(), zone).map(|begin| (phase, *line, begin))
        });
    let mut open: Option<(&Phase, DateTime)> = None;
    for (phase, line, begin) in timed {
        if let Some((before, end)) = open
            && begin < end
        {
            notes.on_line(
                line,
                Note {
                    code: "TIM-13",
                    level: Level::Warning,
                    message: format!(
                        "“{}” begins at {}, but “{}” lasts until {}: both run at once.",
                        phase.title,
                        shown(begin),
                        before.title,
                        shown(end)
                    ),
                    mend: "Correct the times, or say in both phases that they are done side by side.",
                },
            );
        }
        // A phase without an end of its own ends where the next one begins.
        open = end_of(phase, begin, zone).map(|end| (phase, end)).or(open.filter(|(_, end)| begin < *end));
    }
}

fn end_of(phase: &Phase, begin: DateTime, zone: &str) -> Option<DateTime> {
    let Some(When::Absolute { to: Some(to), zone: own, .. }) = &phase.when else { return None };
    let end = When::Absolute { from: *to, to: None, zone: own.clone() };
    start::text_start(Some(&end), zone).filter(|end| *end > begin)
}

/// Times that a change of the clock skips or repeats.
fn clocks(plan: &Plan, phases: &[(&Phase, Option<Heading<'_>>)], notes: &mut Notes<'_>) {
    for (phase, heading) in phases {
        let Some(When::Absolute { from, zone, .. }) = &phase.when else { continue };
        let (Some(date), Some(time)) = (from.date, from.time) else { continue };
        let line = heading.map_or(1, |heading| heading.time_line());
        clock(line, &phase.title, date.to_datetime(time), zone.as_deref().unwrap_or(&plan.start.zone), notes);
    }
    if let (Some(start), false) = (plan.start.start, start::own_start(&plan.phases, &plan.start) == plan.start.start) {
        clock(1, "T0", start, &plan.start.zone, notes);
    }
}

fn clock(line: usize, title: &str, at: DateTime, name: &str, notes: &mut Notes<'_>) {
    let Some(zone) = when::time_zone(name) else { return };
    let ambiguous = zone.to_ambiguous_timestamp(at);
    let offset = ambiguous.offset();
    if !ambiguous.is_ambiguous() {
        return;
    }
    let is_gap = matches!(offset, jiff::tz::AmbiguousOffset::Gap { .. });
    let Ok(instant) = ambiguous.compatible() else { return };
    let read = zone.to_datetime(instant);
    let shown = at.strftime("%Y-%m-%d %H:%M");
    let message = if is_gap {
        format!(
            "“{title}” begins at {shown}, which the clocks of {name} skip that night; it is read as {}.",
            read.strftime("%H:%M")
        )
    } else {
        format!("“{title}” begins at {shown}, which the clocks of {name} show twice that night; the first is meant.")
    };
    notes.on_line(
        line,
        Note { code: "TIM-17", level: Level::Warning, message, mend: "Choose another hour, or write the time in UTC." },
    );
}

#[cfg(test)]
mod tests {
    use crate::{Level, config::Config, read};

    fn findings(text: &str, config: &Config) -> Vec<(usize, &'static str, Level)> {
        let found = read(text, config).1.into_iter().filter(|finding| finding.code.starts_with("TIM-"));
        found.map(|finding| (finding.range.line, finding.code, finding.severity)).collect()
    }

    fn codes(text: &str) -> Vec<(usize, &'static str)> {
        findings(text, &Config::default()).into_iter().map(|(line, code, _)| (line, code)).collect()
    }

    #[test]
    fn a_missing_zone_is_told_once_for_the_file() {
        let text = "# Ship (May 4, 2026)\n\n## Gather (6:00 AM)\n- [ ] a\n\n## Deploy (6:30 AM)\n- [ ] b\n";
        assert_eq!(findings(text, &Config::default()), [(3, "TIM-01", Level::Warning)]);
        let message = read(text, &Config::default()).1.swap_remove(0).message;
        assert!(message.contains("lines 3 and 6"), "{message}");
        let named = format!("{text}\nCustomers read: from 6:00 AM UTC.\n");
        assert_eq!(findings(&named, &Config::default()), [(3, "TIM-01", Level::Note)]);
        let mut config = Config::default();
        config.plan.zone = Some("Europe/Lisbon".to_owned());
        assert_eq!(findings(text, &config), []);
        assert_eq!(codes(&text.replace("AM)", "AM UTC)")), []);
    }

    #[test]
    fn a_heading_that_counts_wrongly_is_told_where_its_time_stands() {
        let text = "# Ship (May 4, 2026, UTC)\n\n## 24 hours before\n\n**Timeline: May 3, 4:00 PM**\n\n- [ ] a\n\n## Deploy (6:30 AM)\n- [ ] b\n";
        assert!(codes(text).contains(&(5, "TIM-02")), "{:?}", codes(text));
        let message =
            read(text, &Config::default()).1.into_iter().find(|finding| finding.code == "TIM-02").unwrap().message;
        assert!(message.contains("14 h 30 min before"), "{message}");
        assert!(!codes(&text.replace("4:00 PM", "6:30 AM")).iter().any(|(_, code)| *code == "TIM-02"));
    }

    #[test]
    fn phases_out_of_order_and_phases_at_once_are_told() {
        let text = "# Ship (May 4, 2026)\n\n## Check (07:00-08:00 UTC)\n- [ ] a\n\n## Deploy (06:30-07:30 UTC)\n- [ ] b\n\n## Open (08:00 UTC)\n- [ ] c\n";
        assert_eq!(codes(text), [(3, "TIM-12"), (3, "TIM-13")]);
    }

    #[test]
    fn an_hour_that_the_clocks_skip_or_repeat_is_told() {
        let text = "# Ship\n\n## Deploy (March 29, 2026, 02:30 Europe/Berlin)\n- [ ] a\n";
        assert_eq!(codes(text), [(3, "TIM-17")]);
        assert_eq!(codes(&text.replace("March 29", "October 25")), [(3, "TIM-17")]);
        assert_eq!(codes(&text.replace("02:30", "03:30")), []);
    }

    #[test]
    fn a_second_zone_is_told() {
        let text = "# Ship (May 4, 2026)\n\n## Deploy (06:30 UTC)\n- [ ] a\n\n## Call (9:00 JST)\n- [ ] b\n";
        assert!(codes(text).contains(&(6, "TIM-22")), "{:?}", codes(text));
        assert_eq!(codes("# Ship\n\n## Deploy (2026-05-04 06:30 GMT+8)\n- [ ] a\n"), []);
    }
}
