//! Times and days that can be read in more than one way, and the way that was taken.
//!
//! Owns: the findings about single texts. Must not know: how phases follow each other; that is the review's.

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::civil::Date;

use super::hints::Hints;
use super::notes::{Note, Notes};
use super::when::{self, Heard, Said, Season};
use crate::model::{Block, Inline, Level, Phase, Plan, SectionId, When};
use crate::read::quick::QuickMap;

/// Looks at every text of the plan that names a time. `headings` is what the plan's sections say about it, as far as it
/// is known, with their lines; `year` is the one that dates without a year were given.
pub(crate) fn read(
    plan: &Plan,
    headings: &[(usize, Heard)],
    items: &[Hints],
    year: Option<i16>,
    notes: &mut Notes<'_>,
) {
    let phases: QuickMap<&SectionId, &Phase> = plan.phases.iter().map(|phase| (&phase.section, phase)).collect();
    let mut seen = Seen::default();
    for (section, (_, said)) in plan.sections.iter().zip(headings) {
        let said = said.said().map_or_else(|| Cow::Owned(when::said(&section.text, year)), Cow::Borrowed);
        let phase = phases.get(&section.id).and_then(|phase| phase.when.as_ref());
        let due = phase.or(section.when.as_ref());
        let date = date_of(said.when.as_ref()).or_else(|| date_of(due)).or(plan.start.start.map(|start| start.date()));
        one(section.line, &section.text, &said, date, &mut seen, notes);
        let is_dated = said.when.as_ref().is_none_or(|when| date_of(Some(when)).is_some()) || date_of(due).is_some();
        if let ([day], false) = (said.weekdays.as_slice(), is_dated) {
            notes.on_line(
                section.line,
                Note {
                    code: "TIM-20",
                    level: Level::Warning,
                    message: format!(
                        "“{}” names {} and no date, so the room cannot tell which {} it is; it has no place on the clock.",
                        section.text,
                        when::weekday_name(*day),
                        when::weekday_name(*day)
                    ),
                    mend: "Write the date beside the weekday.",
                },
            );
        }
    }
    // A look at the letters spares most lines the rest.
    let words = prose(plan).filter(|(_, text)| text.bytes().any(|byte| byte.is_ascii_digit()));
    let items = plan.items.iter().zip(items).filter(|(_, hints)| hints.signs.has_digit());
    let items = items.map(|(item, _)| (item.range.line, Cow::Borrowed(item.text.as_str())));
    for (line, text) in words.chain(items) {
        let said = when::said(&text, year);
        let date = date_of(said.when.as_ref()).or(plan.start.start.map(|start| start.date()));
        one(line, &text, &said, date, &mut seen, notes);
    }
    seen.tell(notes);
}

fn date_of(when: Option<&When>) -> Option<Date> {
    match when {
        Some(When::Absolute { from, .. }) => from.date,
        _ => None,
    }
}

/// What is told once for the whole file.
#[derive(Default)]
struct Seen {
    abbreviations: HashSet<String>,
    without_year: Vec<usize>,
    working_days: Vec<usize>,
}

/// Findings about one text.
fn one(line: usize, text: &str, said: &Said, date: Option<Date>, seen: &mut Seen, notes: &mut Notes<'_>) {
    if said.lacks_year {
        seen.without_year.push(line);
    }
    if matches!(said.when, Some(When::WorkingDays { .. })) {
        seen.working_days.push(line);
    }
    let own_date = date_of(said.when.as_ref());
    if let (Some(date), Some(other)) = (own_date, said.other_date) {
        notes.on_line(
            line,
            Note {
                code: "TIM-14",
                level: Level::Warning,
                message: format!(
                    "The date in “{text}” is {date} or {other}, depending on who reads it; it is read as {date}, month first."
                ),
                mend: "Write the month by its name, or the date as 2026-01-21.",
            },
        );
    }
    if let (Some(date), [day]) = (own_date, said.weekdays.as_slice())
        && date.weekday() != *day
        && said.is_one_day()
    {
        notes.on_line(
            line,
            Note {
                code: "TIM-15",
                level: Level::Error,
                message: format!(
                    "“{text}” says {}, but {date} is a {}: some will come on the wrong day. The date counts.",
                    when::weekday_name(*day),
                    when::weekday_name(date.weekday())
                ),
                mend: "Correct the weekday or the date.",
            },
        );
    }
    let Some(zone) = &said.zone else { return };
    if let Some(other) = zone.other
        && seen.abbreviations.insert(zone.words.clone())
    {
        notes.on_line(
            line,
            Note {
                code: "TIM-11",
                level: Level::Warning,
                message: format!("“{}” may also mean {other}; it is read as {}.", zone.words, zone.name),
                mend: "Name the zone by a city, such as Europe/Dublin, or by its offset from UTC.",
            },
        );
    }
    if let (Some(season), Some(date)) = (zone.season, date)
        && let Some(is_summer) = is_summer(&zone.name, date)
        && (season == Season::Summer) != is_summer
        && seen.abbreviations.insert(format!("{} of another season", zone.words))
    {
        let now = if is_summer { "summer time" } else { "standard time" };
        notes.on_line(
            line,
            Note {
                code: "TIM-18",
                level: Level::Warning,
                message: format!(
                    "“{}” does not hold on {date}: {} keeps {now} then, so the time can be meant an hour apart; it is read on the clocks of {}.",
                    zone.words, zone.name, zone.name
                ),
                mend: "Name the zone by a city, or by the abbreviation of that season.",
            },
        );
    }
}

/// Whether the clocks of a zone are on summer time at noon of a day.
fn is_summer(zone: &str, date: Date) -> Option<bool> {
    let zone = when::time_zone(zone)?;
    let noon = zone.to_ambiguous_timestamp(date.at(12, 0, 0, 0)).compatible().ok()?;
    Some(zone.to_offset_info(noon).dst().is_dst())
}

impl Seen {
    fn tell(self, notes: &mut Notes<'_>) {
        if let Some(first) = self.without_year.first() {
            notes.on_line(
                *first,
                Note {
                    code: "TIM-16",
                    level: Level::Warning,
                    message: format!(
                        "No date of this file names its year, so none of them counts ({}).",
                        lines(&self.without_year)
                    ),
                    mend: "Write the year once, in the title or the target date, or set start in [plan] of war-room.toml.",
                },
            );
        }
        if let Some(first) = self.working_days.first() {
            notes.on_line(
                *first,
                Note {
                    code: "TIM-19",
                    level: Level::Note,
                    message: format!(
                        "Working days are counted from Monday to Friday; holidays are not left out ({}).",
                        lines(&self.working_days)
                    ),
                    mend: "Where a holiday lies between, write the date.",
                },
            );
        }
    }
}

/// "line 3", "lines 3, 7 and 9", "lines 3, 7, 9 and 4 more".
pub(crate) fn lines(lines: &[usize]) -> String {
    const SHOWN: usize = 6;
    let shown: Vec<String> = lines.iter().take(SHOWN).map(ToString::to_string).collect();
    let more = lines.len().saturating_sub(SHOWN);
    match (shown.as_slice(), more) {
        ([one], _) => format!("line {one}"),
        ([most @ .., last], 0) => format!("lines {} and {last}", most.join(", ")),
        (all, more) => format!("lines {} and {more} more", all.join(", ")),
    }
}

/// Every line of prose and every item, with its line.
fn prose(plan: &Plan) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
    let bodies = plan.sections.iter().flat_map(|section| &section.body).chain(&plan.preamble);
    let blocks = bodies.chain(plan.items.iter().flat_map(|item| &item.blocks));
    blocks.filter_map(|block| match block {
        Block::Prose(prose) => Some((prose.line, Inline::said(&prose.inlines))),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{config::Config, read};

    fn codes(text: &str) -> Vec<(usize, &'static str)> {
        let found = read(text, &Config::default()).1.into_iter();
        let times = found.filter(|finding| finding.code.starts_with("TIM-") && finding.code > "TIM-10");
        times.map(|finding| (finding.range.line, finding.code)).collect()
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_told_once_with_the_reading() {
        let text = "# Ship\n\n## Deploy (02/03/2026, 9:00 IST)\n- [ ] call at 10:00 IST\n- [ ] a\n";
        assert_eq!(codes(text), [(3, "TIM-11"), (3, "TIM-14")]);
        let message = &read(text, &Config::default()).1;
        assert!(message.iter().any(|finding| finding.message.contains("2026-02-03 or 2026-03-02")), "{message:?}");
        assert_eq!(codes("# Ship\n\n## Deploy (25/03/2026, 12:00 UTC)\n- [ ] a\n"), []);
    }

    #[test]
    fn a_weekday_that_its_date_contradicts_is_an_error() {
        assert_eq!(codes("# Ship on Tuesday, Jan 21, 2026\n- [ ] a\n"), [(1, "TIM-15")]);
        assert_eq!(codes("# Ship on Wednesday, Jan 21, 2026\n- [ ] a\n"), []);
        assert_eq!(codes("# X\n\nWe meet Tue Jan 21, 2026.\n\n- [ ] a\n"), [(3, "TIM-15")]);
    }

    #[test]
    fn a_weekday_alone_is_no_date() {
        assert_eq!(codes("# Ship\n\n## Deploy on Monday 9:00\n- [ ] a\n"), [(3, "TIM-20")]);
        assert_eq!(codes("# Ship (Jan 19, 2026)\n\n## Deploy on Monday 9:00\n- [ ] a\n"), []);
    }

    #[test]
    fn dates_without_any_year_are_told_once() {
        assert_eq!(codes("# Ship\n\n## Before (Jan 15)\n- [ ] a\n\n## Deploy (Jan 21)\n- [ ] b\n"), [(3, "TIM-16")]);
    }

    #[test]
    fn winter_time_in_summer_and_working_days_are_told() {
        assert_eq!(codes("# Ship (July 6, 2026)\n\n## Deploy (9:00 AM PST)\n- [ ] a\n"), [(3, "TIM-18")]);
        assert_eq!(codes("# Ship (January 6, 2026)\n\n## Deploy (9:00 AM PST)\n- [ ] a\n"), []);
        assert_eq!(
            codes("# Ship\n\n## T-minus 3 working days\n- [ ] a\n\n## T-minus 1 working day\n- [ ] a\n"),
            [(3, "TIM-19")]
        );
    }
}
