//! Headings, real ones and bold lines that serve as such, as a tree of sections.

use std::borrow::Cow;
use std::hash::Hash;

use super::document::{Document, NodeId, NodeKind};
use super::hints::Hints;
use super::ordinals::Ordinals;
use super::quick::QuickHasher;
use super::source::Source;
use super::when::Heard;
use super::{kind, marks, when, words};
use crate::model::{Above, Inline, Inlines, Section, SectionId, SectionKind, Text, When};

/// The sections in the order of the text, with the blocks that stand directly in each.
pub(crate) struct Outline {
    pub(crate) sections: Vec<Section>,
    /// Parent of each section.
    pub(crate) parents: Vec<Option<usize>>,
    /// What stands directly in each section.
    pub(crate) blocks: Vec<Vec<Part>>,
    /// What stands before the first heading.
    pub(crate) preamble: Vec<NodeId>,
    /// The line of each heading, and what it says about time.
    pub(crate) said: Vec<(usize, Heard)>,
    /// What the words of each heading may say.
    hints: Vec<Hints>,
    /// The headings above each and itself.
    paths: Vec<Path>,
    /// How many sections of one name stand below headings of the same names: those may be several too.
    equals: Ordinals,
}

/// What stands above a thing, as its id and its number among its equals are made of it.
#[derive(Clone, Default)]
pub(crate) struct Path {
    pub(crate) ids: Above,
    pub(crate) equals: QuickHasher,
}

impl Path {
    /// With one more part below.
    pub(crate) fn and(self, part: &str) -> Self {
        let Self { ids, mut equals } = self;
        part.hash(&mut equals);
        Self { ids: ids.and(part), equals }
    }

    /// For the number among things of one kind.
    pub(crate) fn equals_of(&self, kind: &str) -> QuickHasher {
        let mut equals = self.equals.clone();
        kind.hash(&mut equals);
        equals
    }
}

/// A block or a section below.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Block(NodeId),
    Section(usize),
}

impl Outline {
    pub(crate) fn read(document: &Document, source: &Source<'_>, year: Option<i16>) -> Self {
        let headings = document.top().filter(|id| matches!(document.node(*id).kind, NodeKind::Heading(_)));
        let count = headings.count();
        let mut outline = Self {
            sections: Vec::with_capacity(count),
            parents: Vec::with_capacity(count),
            blocks: Vec::with_capacity(count),
            preamble: Vec::new(),
            said: Vec::with_capacity(count),
            hints: Vec::with_capacity(count),
            paths: Vec::with_capacity(count),
            equals: Ordinals::default(),
        };
        let mut open: Vec<usize> = Vec::new();
        let mut top = document.top().peekable();
        while let Some(id) = top.next() {
            let node = document.node(id);
            let next = top.peek().map(|next| &document.node(*next).kind);
            let words = document.words_of(node);
            let said = Inline::said(words);
            let text = words::without_signs(&said);
            let level = match node.kind {
                NodeKind::Heading(level) => Some((level, false)),
                NodeKind::Paragraph
                    if is_bold_heading(words, &text, next)
                        || is_sign_heading(&said, &text, next) && document.breaks(id).next().is_none() =>
                {
                    Some((outline.bold_level(&open, &text), true))
                }
                _ => None,
            };
            let Some((level, bold)) = level else {
                outline.place(id, &text, open.last().copied(), year);
                continue;
            };
            while open.last().and_then(|at| outline.sections.get(*at)).is_some_and(|section| section.level >= level) {
                open.pop();
            }
            let parent = open.last().copied();
            let at = outline.sections.len();
            let (inlines, line) = (words.iter().cloned().collect(), source.line(node.start()));
            outline.add(Heading { text: shared(&text, words), inlines, level, bold, line }, parent, year);
            open.push(at);
        }
        kind::assign(&mut outline);
        outline
    }

    /// A section for boxes that stand above every heading, so that they have a place on the run of the day.
    pub(crate) fn head_preamble(&mut self, title: &str) {
        let blocks = std::mem::take(&mut self.preamble);
        // Added last in number, so that no other section's number changes; it stands first by its line.
        self.add(
            Heading { text: title.into(), inlines: Inlines::default(), level: 0, bold: false, line: 1 },
            None,
            None,
        );
        if let Some(parts) = self.blocks.last_mut() {
            parts.extend(blocks.into_iter().map(Part::Block));
        }
        // It is read without the year that the text's own headings are read with.
        if let Some((_, said)) = self.said.last_mut() {
            *said = Heard::Unread;
        }
        if let Some(section) = self.sections.last_mut() {
            section.kind = SectionKind::Preparation;
        }
    }

    /// The headings above and the section itself.
    pub(crate) fn path(&self, section: Option<usize>) -> Path {
        section.and_then(|at| self.paths.get(at)).cloned().unwrap_or_default()
    }

    /// The section at an index.
    pub(crate) fn section(&self, at: Option<usize>) -> Option<&Section> {
        at.and_then(|at| self.sections.get(at))
    }

    /// What the words of a section's heading may say.
    pub(crate) fn hints(&self, at: usize) -> Hints {
        self.hints.get(at).copied().unwrap_or_default()
    }

    /// Index of the section itself, then of the headings above it, the nearest first.
    pub(crate) fn above(&self, at: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(at, |at| self.parents.get(*at).copied().flatten())
    }

    /// The section itself, then the headings above it, the nearest first.
    pub(crate) fn lineage(&self, at: Option<usize>) -> impl Iterator<Item = &Section> {
        self.above(at).filter_map(|at| self.sections.get(at))
    }

    /// The sections right below one.
    pub(crate) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        self.blocks.get(at).into_iter().flatten().filter_map(|part| match part {
            Part::Section(child) => Some(*child),
            Part::Block(_) => None,
        })
    }

    fn add(&mut self, heading: Heading, parent: Option<usize>, year: Option<i16>) {
        let at = self.sections.len();
        let above = self.path(parent);
        let equals = self.equals.next(above.equals.clone(), &heading.text);
        let path = above.and(&heading.text);
        let id = SectionId::at(path.ids.clone(), equals);
        self.paths.push(path);
        self.hints.push(Hints::of(&heading.text));
        let (label, title) = title(&heading.text, year);
        let said = when::said(&heading.text, year);
        self.sections.push(Section {
            id,
            line: heading.line,
            when: said.when.clone().or_else(|| numbered_days(&heading.text)),
            duration_s: when::planned_s(&heading.text),
            title,
            label,
            text: heading.text,
            inlines: heading.inlines,
            level: heading.level,
            bold: heading.bold,
            parent: parent.and_then(|parent| self.sections.get(parent)).map(|section| section.id.clone()),
            kind: SectionKind::Prose,
            body: Vec::new(),
        });
        self.said.push((heading.line, Heard::from(said)));
        self.parents.push(parent);
        self.blocks.push(Vec::new());
        if let Some(parts) = parent.and_then(|parent| self.blocks.get_mut(parent)) {
            parts.push(Part::Section(at));
        }
    }

    fn place(&mut self, id: NodeId, text: &str, section: Option<usize>, year: Option<i16>) {
        let Some(at) = section else {
            self.preamble.push(id);
            return;
        };
        if let Some((name, value)) = words::labelled(text)
            && let Some(section) = self.sections.get_mut(at)
        {
            if !matches!(section.when, Some(When::Absolute { .. }))
                && let Some(due) = time_of_label(name, value, year)
            {
                section.when = Some(due);
            }
            if section.duration_s.is_none() && when::is_duration_label(name) {
                section.duration_s = when::duration_s(value);
            }
        }
        if let Some(parts) = self.blocks.get_mut(at) {
            parts.push(Part::Block(id));
        }
    }

    /// A bold line stands one below the heading above it; inside a bold "Phase" any other bold line stands below that.
    fn bold_level(&self, open: &[usize], text: &str) -> usize {
        let heading = open.iter().rev().filter_map(|at| self.sections.get(*at)).find(|section| !section.bold);
        let base = heading.map_or(1, |section| section.level + 1);
        let phase = open.iter().filter_map(|at| self.sections.get(*at)).find(|section| section.bold);
        let inside = phase.is_some_and(|phase| is_phase_word(&phase.text) && !is_phase_word(text));
        base + usize::from(inside)
    }
}

/// What a heading says: its only piece where that has no sign.
fn shared(text: &str, words: &[Inline]) -> Text {
    match words {
        [one] if one.text() == text => one.shared().clone(),
        _ => text.into(),
    }
}

struct Heading {
    text: Text,
    inlines: Inlines,
    level: usize,
    bold: bool,
    line: usize,
}

/// "Phase 2: …", "Stage 1", "Day 3".
pub(crate) fn is_phase_word(text: &str) -> bool {
    let first = text.chars().find(|letter| letter.is_alphanumeric());
    if !first.is_some_and(|first| !first.is_ascii() || matches!(first.to_ascii_lowercase(), 'p' | 's' | 'd')) {
        return false;
    }
    // In lower case some letters are two.
    let text = if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.to_lowercase()) };
    let mut parts = text.split(|character: char| !character.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.next().is_some_and(|part| ["phase", "stage", "day"].iter().any(|word| part.eq_ignore_ascii_case(word)))
        && parts
            .next()
            .is_some_and(|number| number.len() <= 3 && !number.chars().all(char::is_alphabetic) || number.len() == 1)
}

/// "Day 8: …", "Week 1 (Days 1-7)", "Week 2-4": the days counted from the first, which is the one of T0.
fn numbered_days(text: &str) -> Option<When> {
    const DAY: i64 = 86_400;
    // Most headings count nothing.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let lower = text.to_lowercase();
    let numbers = |after: &str| {
        let after = after.strip_prefix('s').unwrap_or(after).strip_prefix(' ')?;
        let (first, rest) = leading(after)?;
        let (last, rest) = match rest.strip_prefix(['-', '–']).and_then(leading) {
            Some((last, rest)) => (Some(last), rest.trim_start()),
            None => (None, rest.trim_start()),
        };
        // "Week 1 metrics" is about that week, and not it.
        let ends = rest.is_empty() || rest.starts_with([':', '(', ')', '-', '–', '—']);
        (ends && last.is_none_or(|last| last > first)).then_some((first, last))
    };
    if let Some((first, last)) =
        lower.split_once("(days").map(|(_, after)| after).or(lower.strip_prefix("day")).and_then(numbers)
    {
        let to_s = last.map(|last| (last - 1) * DAY);
        return Some(When::Relative { from_s: (first - 1) * DAY, to_s });
    }
    let (first, last) = lower.strip_prefix("week").and_then(numbers)?;
    Some(When::Relative { from_s: (first - 1) * 7 * DAY, to_s: Some(last.unwrap_or(first) * 7 * DAY) })
}

/// The number from 1 to 365 that a text begins with, and what stands behind it.
fn leading(text: &str) -> Option<(i64, &str)> {
    let end = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    let number = text.get(..end)?.parse().ok().filter(|number| (1..=365).contains(number))?;
    let rest = text.get(end..)?;
    (!rest.starts_with(|next: char| next.is_alphanumeric() || next == '/')).then_some((number, rest))
}

/// A paragraph that is bold from end to end, and heads something.
fn is_bold_heading(inlines: &[Inline], text: &str, next: Option<&NodeKind>) -> bool {
    let mut bold = 0;
    for inline in inlines {
        match inline {
            Inline::Strong { .. } => bold += 1,
            Inline::Text { text } if words::without_signs(text).trim_matches([':', ' ']).is_empty() => {}
            _ => return false,
        }
    }
    if bold != 1 || text.is_empty() || text.chars().count() > 100 || time_label(text, Some(2000)).is_some() {
        return false;
    }
    match next {
        Some(NodeKind::List(_) | NodeKind::Code(_) | NodeKind::Table | NodeKind::Quote) => true,
        Some(NodeKind::Paragraph) => {
            text.ends_with(':') || is_phase_word(text) || words::has(&text.to_lowercase(), "step")
        }
        _ => false,
    }
}

/// A short line that a picture leads ("🔧 Database checks"), and that stands right above what it heads. Pictures that
/// warn or remark head nothing, and a status sign is a state.
fn is_sign_heading(line: &str, text: &str, next: Option<&NodeKind>) -> bool {
    let Some(first) = line.trim_start().chars().next() else { return false };
    let remarks = matches!(first, '⚠' | '❗' | '❕' | '❓' | 'ℹ' | '💡' | '📝' | '👉' | '🚨' | '🛑' | '⛔' | '🎉');
    let is_arrow = matches!(u32::from(first), 0x2190..=0x21FF | 0x27A0..=0x27BF);
    words::is_sign(first)
        && !remarks
        && !is_arrow
        && marks::sign(line).is_none()
        && !text.is_empty()
        && text.split_whitespace().count() <= 6
        && !text.ends_with(['.', '!', '?', ','])
        && words::labelled(text).is_none_or(|(_, value)| value.is_empty())
        && matches!(next, Some(NodeKind::List(_) | NodeKind::Code(_) | NodeKind::Table))
}

/// "Timeline: Jan 20, 4:00 PM" tells when its section is due.
pub(crate) fn time_label(text: &str, year: Option<i16>) -> Option<When> {
    let (name, value) = words::labelled(text)?;
    time_of_label(name, value, year)
}

fn time_of_label(name: &str, value: &str, year: Option<i16>) -> Option<When> {
    let is_label = words::is_one_of(name, &["timeline", "time", "when", "due", "date", "start", "scheduled"]);
    is_label.then(|| when::when(value, year)).flatten()
}

/// Cuts "Phase 2:" off, and brackets that only say when; tones capitals down.
fn title(whole: &Text, year: Option<i16>) -> (Option<Text>, Text) {
    let text = whole.trim_end_matches(':').trim();
    let (label, rest) = match words::labelled(text) {
        Some((name, rest)) if !rest.is_empty() && is_label(name) => {
            (Some(whole.holding(&words::toned_down(name))), rest)
        }
        _ => (None, text),
    };
    let mut title = rest;
    while title.ends_with(')')
        && let Some(open) = title.rfind('(')
        && let Some(inside) = title.get(open + 1..title.len() - 1)
        && when::says_only_when(inside, year)
        && open > 0
    {
        title = title.get(..open).unwrap_or(title).trim_end();
    }
    let cut = if words::holds(title, b'(') { title.split_once(" (") } else { None };
    let title = match cut.map(|(outside, inside)| (words::toned_down(outside), inside)) {
        Some((Cow::Owned(outside), inside)) => Text::from(format!("{outside} ({inside}")),
        Some((Cow::Borrowed(_), _)) => whole.holding(title),
        None => whole.holding(&words::toned_down(title)),
    };
    (label, title)
}

fn is_label(name: &str) -> bool {
    const LABELS: [&str; 7] = ["phase", "stage", "step", "part", "day", "appendix", "section"];
    let mut parts = name.split_whitespace();
    let first = parts.next().unwrap_or("");
    LABELS.iter().any(|label| first.eq_ignore_ascii_case(label)) && parts.count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let source = Source::new(text);
        let outline = Outline::read(&Document::parse(text), &source, Some(2026));
        let mut said = String::new();
        for section in &outline.sections {
            said.push_str(&format!(
                "{} {:?} {}{}\n",
                "#".repeat(section.level),
                section.kind,
                section.label.as_ref().map_or(String::new(), |label| format!("[{label}] ")),
                section.title
            ));
        }
        assert_eq!(said.trim_end(), expected);
    }

    #[test]
    fn bold_lines_are_headings_where_they_head_something() {
        check(
            "# DEPLOYMENT\n\n### Day (Jan 21-22)\n\n**Phase 2: Deploy (6:30 AM)**\n\n**Step 1: Helm**\n```sh\nx\n```\n\n**Phase 3: Check (7:30-8:00 AM)**\n\n- [ ] a\n\n**Status:** ok\n\n**Only said.**\n\n---\n",
            "# Phase Deployment\n### Phase Day\n#### Phase [Phase 2] Deploy\n##### Phase [Step 1] Helm\n#### Phase [Phase 3] Check",
        );
    }

    #[test]
    fn lines_that_a_picture_leads_are_headings_where_they_head_something() {
        check(
            "# Deploy\n\n🔧 Database checks\n\n- [ ] a\n\n⚠️ Never twice\n\n- [ ] b\n\n🚀 Off we go.\n\n- [ ] c\n\n🎯 Target: 3\n\n- [ ] d\n\n✅ Ready\n\n- [ ] e\n\n🚀 Alone\n",
            "# Phase Deploy\n## Phase Database checks",
        );
    }

    #[test]
    fn days_and_weeks_are_counted_from_the_first() {
        let of = |text: &str| match numbered_days(text) {
            Some(When::Relative { from_s, to_s }) => Some((from_s / 86_400, to_s.map(|to_s| to_s / 86_400))),
            _ => None,
        };
        assert_eq!(of("Day 8: 5%"), Some((7, None)));
        assert_eq!(of("Day 25-28: Calm"), Some((24, Some(27))));
        assert_eq!(of("Week 2: More (Days 8-14)"), Some((7, Some(13))));
        assert_eq!(of("Week 2-4 (Calm)"), Some((7, Some(28))));
        assert_eq!((of("Day 0"), of("Daytime 3"), of("Week 1 metrics"), of("Day 3rd")), (None, None, None, None));
    }

    #[test]
    fn a_time_label_belongs_to_its_section() {
        let text = "## 24 Hours Before Deployment\n\n**Timeline: Jan 20, 4:00 PM**\n\n- [ ] a\n";
        let source = Source::new(text);
        let outline = Outline::read(&Document::parse(text), &source, Some(2026));
        assert_eq!(outline.sections.len(), 1);
        assert!(matches!(outline.sections[0].when, Some(When::Absolute { .. })));
    }
}
