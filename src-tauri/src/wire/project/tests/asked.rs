//! What a check asks for, and its row of a table.

use insta::assert_snapshot;

use super::super::sample;
use super::*;

const TEXT: &str = "# Ship (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Decision: [ ] GO [x] NO-GO
- [ ] Version: ____
- [ ] Error rate: ____ (<1%)

| Role | Vote | Notes |
|---|---|---|
| Tech Lead | ☐ YES ☐ NO | in writing |
| QA Lead | ☐ YES ☐ NO | |

| Check | Owner | Status |
|---|---|---|
| Keys: both | Ada | ☐ |
| **Later** | | |
| Backups | Bob | ⏳ |
| | Cy | ☐ |

| Name | Meaning |
|---|---|
| a | b |
";

#[test]
fn answers_blanks_and_columns_stand_with_their_check_and_a_row_stands_once() {
    let room = room::Room::open(room::Opened { text: TEXT.to_owned(), settings: None, ..sample::opened() });
    let book = Book::of(room.plan());
    let shown = phase(&book, &room, &room.plan().phases[0].section, None).unwrap();
    let lines = shown.rows.iter().map(|row| match row {
        RowView::Heading { title, .. } => format!("# {title}"),
        RowView::Item(item) => {
            let answers = item
                .answers
                .iter()
                .map(|one| format!("({}{} {})", if one.claimed { "claimed " } else { "" }, one.words, one.means));
            let fields = item.fields.iter().map(|one| format!("[{}]", one.label));
            let columns = item.columns.iter().map(|one| format!("{{{}: {}}}", one.head, words(&one.inlines)));
            let all: Vec<String> = answers.chain(fields).chain(columns).collect();
            format!("- {} | {} | {}", words(&item.inlines), item.space.act, all.join(" ")).trim_end().to_owned()
        }
        RowView::Block(BlockView::Table { rows, .. }) => {
            let rows = rows.iter().map(|row| row.iter().map(|cell| words(cell)).collect::<Vec<_>>().join("|"));
            format!("table {}", rows.collect::<Vec<_>>().join(" / "))
        }
        RowView::Block(other) => format!("{other:?}"),
    });
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    - Decision | answer | (GO done) (claimed NO-GO no_go)
    - Version: ____ | ask | [Version]
    - Error rate: ____ (<1%) | ask | [Error rate]
    - Tech Lead | answer | (YES done) (NO not_met) {Notes: in writing}
    - QA Lead | answer | (YES done) (NO not_met)
    table |Cy|☐
    - Keys: both | state | {Owner: Ada}
    - Later | state |
    - Backups | state | {Owner: Bob} {Status: ⏳}
    table a|b
    ");
}
