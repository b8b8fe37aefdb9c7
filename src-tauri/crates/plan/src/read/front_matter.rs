//! Front matter: the `key: value` lines above the text that say what it is about.
//!
//! Owns: where it stands, also behind a first comment, and the keys that the plan uses. Must not know: what the text
//! says, and which of the two counts. Front matter is flat: what is not stays shown as it is.

use std::borrow::Cow;
use std::ops::Range;

use jiff::civil::{Date, Time};

use super::notes::{Note, Notes};
use super::source::Source;
use super::when;
use crate::model::{Level, When};

/// What front matter says; each fact with nothing where it says nothing.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<String>,
    pub(crate) date: Option<Date>,
    pub(crate) time: Option<Time>,
    /// An IANA name, and the line that names it.
    pub(crate) zone: Option<(String, usize)>,
    pub(crate) owner: Option<String>,
    pub(crate) release: Option<String>,
    pub(crate) service: Option<String>,
    pub(crate) environment: Option<String>,
    /// Its bytes, fences included.
    pub(crate) bytes: Option<Range<usize>>,
    /// Whether the Markdown parser does not see it for what it is.
    is_hidden: bool,
}

/// Lines of front matter at most; a rule that never closes is a rule.
const LINES: usize = 200;

impl FrontMatter {
    /// Finds and reads it.
    pub(crate) fn read(source: &Source<'_>, notes: &mut Notes<'_>) -> Self {
        let text = source.text();
        let mut found = Self::default();
        let Some((bytes, equals)) = find(text) else { return found };
        found.is_hidden = bytes.start > 0 || equals == '=';
        let first_line = source.line(bytes.start);
        let inside = text.get(bytes.clone()).unwrap_or("");
        found.bytes = Some(bytes);
        for (row, line) in inside.lines().enumerate().skip(1) {
            // A line that is set in belongs to what is not flat.
            let Some((key, value)) = line.split_once(equals).filter(|_| !line.starts_with([' ', '\t', '-', '#']))
            else {
                continue;
            };
            found.take(&key.trim().to_lowercase(), value, first_line + row, notes);
        }
        found
    }

    fn take(&mut self, key: &str, value: &str, line: usize, notes: &mut Notes<'_>) {
        let known = matches!(
            key,
            "title"
                | "date"
                | "start"
                | "zone"
                | "timezone"
                | "time_zone"
                | "tz"
                | "owner"
                | "release"
                | "version"
                | "service"
                | "environment"
                | "env"
        );
        if !known {
            return;
        }
        let written = value.trim();
        let flat = flat(written);
        let is_read = match (key, flat) {
            (_, Some("")) => true,
            ("date" | "start", Some(value)) => self.take_date(value, line),
            ("zone" | "timezone" | "time_zone" | "tz", Some(value)) => self.take_zone(value, line),
            (_, Some(value)) => {
                let place = match key {
                    "title" => &mut self.title,
                    "owner" => &mut self.owner,
                    "release" | "version" => &mut self.release,
                    "service" => &mut self.service,
                    _ => &mut self.environment,
                };
                // The first of two equal keys counts, as it is the one that is seen.
                place.get_or_insert_with(|| value.to_owned());
                true
            }
            (_, None) => false,
        };
        if !is_read {
            notes.on_line(
                line,
                Note {
                    code: "TIM-21",
                    level: Level::Warning,
                    message: format!("The front matter's {key} “{written}” could not be read, so it counts for nothing."),
                    mend: "Write a single value: a date as 2026-01-21 or 2026-01-21 06:30, a zone by its name, such as Europe/Lisbon.",
                },
            );
        }
    }

    fn take_date(&mut self, value: &str, line: usize) -> bool {
        let Some(When::Absolute { from, zone, .. }) = when::when(value, None) else { return false };
        let Some(date) = from.date else { return false };
        self.date = self.date.or(Some(date));
        self.time = self.time.or(from.time);
        if let Some(zone) = zone.as_deref().and_then(when::iana_name) {
            self.zone.get_or_insert((zone, line));
        }
        true
    }

    fn take_zone(&mut self, value: &str, line: usize) -> bool {
        let Some(name) = when::named_zone(value).as_deref().and_then(when::iana_name) else { return false };
        // A zone that is named for itself stands above one behind the date.
        self.zone = Some((name, line));
        true
    }

    /// The text as the Markdown parser shall see it: front matter that it would take for headings is blank.
    pub(crate) fn shown<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.bytes {
            Some(bytes) if self.is_hidden => {
                let mut shown = String::with_capacity(text.len());
                shown.push_str(text.get(..bytes.start).unwrap_or(""));
                let inside = text.get(bytes.clone()).unwrap_or("").bytes();
                shown.extend(inside.map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
                shown.push_str(text.get(bytes.end..).unwrap_or(""));
                Cow::Owned(shown)
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// The bytes of front matter that the Markdown parser was not shown.
    pub(crate) fn hidden(&self) -> Option<Range<usize>> {
        self.bytes.clone().filter(|_| self.is_hidden)
    }
}

/// What stands between the fences.
pub(crate) fn inside<'a>(text: &'a str, bytes: &Range<usize>) -> &'a str {
    let whole = text.get(bytes.clone()).unwrap_or("");
    let first = whole.find('\n').map_or(whole.len(), |at| at + 1);
    let last = whole.rfind('\n').map_or(whole.len(), |at| at + 1);
    whole.get(first..last).unwrap_or("")
}

/// A value on one line without quotes and comment; `None` where it goes on or holds several.
fn flat(value: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            return rest.find(quote).and_then(|end| rest.get(..end)).map(str::trim);
        }
    }
    if value.starts_with(['[', '{', '|', '>', '&', '*', '!']) {
        return None;
    }
    let end = value.find(" #").unwrap_or(value.len());
    value.get(..end).map(str::trim)
}

/// The bytes of front matter and the sign between key and value.
fn find(text: &str) -> Option<(Range<usize>, char)> {
    let mut start = 0;
    let blank = |from: usize| {
        let rest = text.get(from..).unwrap_or("");
        // Only whole blank lines may stand before it.
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
        rest.get(..blanks).and_then(|blanks| blanks.rfind('\n')).map_or(from, |at| from + at + 1)
    };
    start = blank(start);
    if text.get(start..)?.starts_with("<!--") {
        start += text.get(start..)?.find("-->")? + 3;
        start = blank(start);
    }
    let rest = text.get(start..)?;
    let (fence, equals) = if rest.starts_with("---") { ("---", ':') } else { ("+++", '=') };
    let mut end = start;
    let mut has_key = false;
    for (row, line) in rest.split_inclusive('\n').take(LINES).enumerate() {
        let words = line.trim_end();
        end += line.len();
        match row {
            0 if words == fence => {}
            0 => return None,
            _ if words == fence => {
                let end = start + text.get(start..end)?.trim_end_matches(['\n', '\r']).len();
                return has_key.then_some((start..end, equals));
            }
            // Between two rules stands text, not front matter, where the first line is no key.
            _ => {
                let key = words.split_once(equals).map(|(key, _)| key.trim());
                let is_key = key.is_some_and(|key| {
                    !key.is_empty() && key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'))
                });
                if !has_key && !is_key && !words.is_empty() && !words.starts_with('#') {
                    return None;
                }
                has_key |= is_key;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (FrontMatter, Vec<(usize, String)>) {
        let source = Source::new(text);
        let mut notes = Notes::new(&source);
        let front = FrontMatter::read(&source, &mut notes);
        let findings = notes.in_order().into_iter().map(|finding| (finding.range.line, finding.message)).collect();
        (front, findings)
    }

    #[test]
    fn flat_keys_are_facts() {
        let (front, findings) = read(
            "---\ntitle: \"Ship: pay\" # ours\ndate: 2026-02-03 06:30\ntimezone: Lisbon\nowner: Ada\nversion: 4.2\nservice: pay\nenv: production\nlabels:\n  - title: none\n---\n# X\n",
        );
        assert_eq!(front.title.as_deref(), Some("Ship: pay"));
        assert_eq!(front.date.map(|date| date.to_string()).as_deref(), Some("2026-02-03"));
        assert_eq!(front.time.map(|time| time.hour()), Some(6));
        assert_eq!(front.zone, Some(("Europe/Lisbon".to_owned(), 4)));
        assert_eq!(
            (front.owner.as_deref(), front.release.as_deref(), front.service.as_deref(), front.environment.as_deref()),
            (Some("Ada"), Some("4.2"), Some("pay"), Some("production"))
        );
        assert!(findings.is_empty() && front.hidden().is_none());
    }

    #[test]
    fn it_may_stand_behind_a_comment_and_be_written_as_toml() {
        let text = "<!-- from\nelsewhere -->\n\n---\ntitle: Ship\n---\n\n# X\n";
        let (front, _) = read(text);
        assert_eq!(front.title.as_deref(), Some("Ship"));
        let shown = front.shown(text);
        assert_eq!(shown.len(), text.len());
        assert_eq!(inside(text, &front.hidden().unwrap()), "title: Ship\n");
        assert!(!shown.contains("title") && shown.contains("# X") && shown.contains("elsewhere"));
        let (front, _) = read("+++\ntitle = 'Ship'\nzone = \"UTC\"\n+++\n");
        assert_eq!((front.title.as_deref(), front.zone.map(|zone| zone.0).as_deref()), (Some("Ship"), Some("UTC")));
    }

    #[test]
    fn a_value_that_cannot_be_read_is_told_with_its_line() {
        let (front, findings) = read("---\ndate: when it rains\nzone: Atlantis\nowner: [Ada, Bob]\ntags: [a]\n---\n");
        assert!(front.date.is_none() && front.zone.is_none() && front.owner.is_none());
        assert_eq!(findings.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 3, 4]);
    }

    #[test]
    fn rules_are_no_front_matter() {
        for text in [
            "---\n\nJust words.\n\n---\n",
            "---\ntitle: x\n",
            "# X\n\n---\ntitle: x\n---\n",
            "",
            "<!-- open\n---\na: b\n---\n",
        ] {
            assert!(read(text).0.bytes.is_none(), "{text}");
        }
    }
}
