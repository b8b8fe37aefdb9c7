//! What is said of a checklist and of its lines.

use insta::assert_snapshot;
use plan::config::Config;
use plan::{Level, Range};

use super::*;
use crate::wire::{SourcePageView, SourceQuery, SourceRowView};

const TEXT: &str = "\
# Deploy payments-api 4.2.0

Some words about it.
More words.

## Phase 1: Preparation (Jan 20, 2026, 4:00 PM)

- [x] Backup taken
- [ ] Error rate <1%

## Phase 2: Deployment (Jan 21, 2026, 6:30 AM)

- [ ] **50% Traffic (Three pods)**
  - [ ] Hold for 10 minutes
  - [ ] Error rate <1%
  - [ ] All pods healthy

```bash
# Option A: Using Helm
helm upgrade payments ./chart --version <VERSION>

# Option B: Using Kustomize
kubectl apply -k overlays/prod
```

<!-- - [ ] never -->

one
two
three
four
";

fn finding(code: &'static str, severity: Level, line: usize) -> Finding {
    Finding {
        code,
        severity,
        range: Range { line, column: 1, end_line: line, end_column: 2 },
        message: format!("Something about line {line}."),
        mend: "Mend it.".to_owned(),
        fixable: false,
    }
}

fn page(text: &str, findings: &[Finding], has_room: bool, query: &SourceQuery) -> SourcePageView {
    let (plan, _) = plan::read(text, &Config::default());
    source_page(&Book::of(&plan), Checked { path: "~/plans/x.md", text, findings, has_room }, query)
}

fn query(from: u32, line: u32, unfolded: &[u32]) -> SourceQuery {
    SourceQuery { from, line, unfolded: unfolded.to_vec() }
}

fn told(page: &SourcePageView) -> String {
    page.rows
        .iter()
        .map(|row| match row {
            SourceRowView::Fold { line, words } => format!("{line} … {words}\n"),
            SourceRowView::Line(line) => {
                let goal = line.goal.as_ref().map(|goal| format!(" → {}{}", goal.page, goal.words)).unwrap_or_default();
                let finding = if line.finding.is_empty() { String::new() } else { format!(" !{}", line.finding) };
                format!("{} {}: {}{finding}{goal}\n", line.line, line.read, line.words)
            }
        })
        .collect()
}

#[test]
fn each_line_says_what_it_became_and_where_it_leads() {
    let found = [finding("CMD-01", Level::Error, 20), finding("CMD-02", Level::Note, 20)];
    assert_snapshot!(told(&page(TEXT, &found, true, &query(0, 0, &[]))), @r"
    1 heading: Heading · of a phase → writtenGo to the checklist
    2 … 4 lines · 2 – 5
    6 heading: Phase · Preparation · 20 Jan 16:00 → Go to the phase
    7 plain: Blank
    8 box: Box · claimed in the source, not confirmed → Go to the check
    9 criterion: Criterion · error rate < 1 % · in its phase → Go to the check
    10 plain: Blank
    11 heading: Phase · Deployment · 21 Jan 06:30 → Go to the phase
    12 plain: Blank
    13 gate: Gate · 50 % · hold 10:00 · 2 conditions → Go to the check
    14 gate: Hold · 10:00 · of the gate 50 % → Go to the check
    15 criterion: Criterion · error rate < 1 % · in the gate → Go to the check
    16 criterion: Criterion · All pods healthy · only a person can say · in the gate → Go to the check
    17 plain: Blank
    18 plain: Beside 2 commands: no command itself → Go to its check
    19 plain: Beside 2 commands: no command itself → Go to its check
    20 command: Command · Option A of 2 · to be filled: <VERSION> · Option A: Using Helm !error → Go to its check
    21 plain: Beside 2 commands: no command itself → Go to its check
    22 plain: Beside 2 commands: no command itself → Go to its check
    23 command: Command · Option B of 2 · Option B: Using Kustomize → Go to its check
    24 plain: Beside 2 commands: no command itself → Go to its check
    25 plain: Blank
    26 ignored: In a comment or HTML: not taken
    27 … 5 lines · 27 – 31
    ");
}

#[test]
fn before_there_is_a_room_lines_lead_nowhere() {
    let page = page(TEXT, &[], false, &query(0, 0, &[]));
    assert!(page.rows.iter().all(|row| !matches!(row, SourceRowView::Line(line) if line.goal.is_some())));
}

#[test]
fn a_line_that_is_asked_for_is_unfolded_and_stands_on_its_page() {
    let folded = page(TEXT, &[], false, &query(0, 0, &[]));
    let page = page(TEXT, &[], false, &query(0, 29, &[]));
    assert_eq!((page.unfolded.as_slice(), page.total), ([27_u32].as_slice(), folded.total + 4));
    let at = usize::try_from(page.at - page.from).unwrap();
    assert!(matches!(&page.rows[at], SourceRowView::Line(line) if line.line == 29 && line.stretch == 27), "{page:?}");
}

#[test]
fn a_long_source_comes_in_pages_and_none_is_longer_than_a_page() {
    let text = format!("# Long\n\n{}", "- [ ] one\n\n".repeat(300));
    let first = page(&text, &[], false, &query(0, 0, &[]));
    assert_eq!((first.total, first.from, first.rows.len()), (602, 0, 200));
    let last = page(&text, &[], false, &query(430, 0, &[]));
    assert_eq!((last.from, last.rows.len()), (400, 200));
    let end = page(&text, &[], false, &query(9999, 0, &[]));
    assert_eq!((end.from, end.rows.len()), (600, 2));
    let found = page(&text, &[], false, &query(0, 451, &[]));
    assert_eq!((found.from, found.at), (400, 450));
}

#[test]
fn findings_stand_by_severity_and_those_about_settings_name_their_file() {
    let found = [
        finding("TIM-01", Level::Warning, 11),
        finding(SETTINGS_CODE, Level::Note, 3),
        finding("B", Level::Warning, 2),
    ];
    let (plan, _) = plan::read(TEXT, &Config::default());
    let checked = Checked { path: "~/plans/x.md", text: TEXT, findings: &found, has_room: false };
    let view = check(&Book::of(&plan), checked);
    assert_eq!((view.file.as_str(), view.place.as_str()), ("x.md", "~/plans · 31 lines · UTF-8"));
    assert_eq!(view.verdict, "", "nothing misleads");
    let groups: String = view
        .groups
        .iter()
        .map(|group| {
            let each = group.findings.iter().map(|found| format!("  {} {} {}\n", found.code, found.place, found.line));
            format!("{} {}\n{}", group.severity, group.title, each.collect::<String>())
        })
        .collect();
    assert_snapshot!(groups, @r"
    warning Decide before the day
      B L 2 2
      TIM-01 L 11 11
    note Worth knowing
      SET-01 war-room.toml 3 0
    ");
    let grave = [finding("A", Level::Error, 1)];
    let view = check(&Book::of(&plan), Checked { findings: &grave, ..checked });
    assert_snapshot!(format!("{}: {}", view.verdict, view.verdict_words.join(" / ")), @"NOT READY: 1 finding would mislead the room / Mend it in the file, or open the room knowing it");
}

#[test]
fn it_is_told_kind_by_kind_how_it_was_read() {
    let (plan, _) = plan::read(TEXT, &Config::default());
    let checked = Checked { path: "x.md", text: TEXT, findings: &[], has_room: false };
    let kinds: String = check(&Book::of(&plan), checked)
        .kinds
        .iter()
        .map(|kind| {
            let lacking = if kind.is_lacking { " !" } else { "" };
            let lines = kind.lines.iter().map(|line| format!("  {} {}\n", line.line, line.words));
            format!("{} {}{lacking}\n{}", kind.title, kind.count, lines.collect::<String>())
        })
        .collect();
    assert_snapshot!(kinds, @r"
    Phases 2
      0 2 on the day
      0 20 Jan 16:00 · 21 Jan 06:30 UTC, assumed
    Boxes 6
      0 1 arrive ticked: claims, and nothing more
      26 Line 26 in a comment or HTML: not taken
    Gates 1
      13 50 % hold 10:00 · error rate < 1 %, 1 in words
    Routines 0
    Decision criteria 0
    Success criteria 0
    Rollback ways 0 !
      0 No limit is named
    Commands 2 !
      0 In 1 block
      0 1 cannot be run before a blank is filled
    Messages 0
    Contacts 0/0 !
    ");
}

#[test]
fn whatever_the_text_is_there_is_a_page_of_it() {
    for text in ["x", "\n\n\n\n", "\u{feff}# a\r\n- [ ] b\r\n", "- [ ] a", &"x".repeat(5_000_000), "🙂\r\r\n\t"] {
        for line in [0, 1, 2, 99, u32::MAX] {
            let page = page(text, &[], true, &query(line, line, &[1, 7, u32::MAX]));
            assert!(page.at < page.total.max(1) && page.rows.len() <= 200, "{page:?}");
        }
    }
}
