//! The check: from the moment that a checklist is read, and as long as a room of it is open.

use super::*;
use crate::wire::{SourcePageView, SourceQuery, SourceRowView};

impl Table {
    /// A page of the source, and whether anything else was sent because of it.
    fn source(&mut self, line: u32) -> (Result<SourcePageView, Problem>, Option<Update>) {
        let query = SourceQuery { from: 0, line, unfolded: Vec::new() };
        let taken = Arc::new(Mutex::new(None));
        let there = Arc::clone(&taken);
        let reply = SourceReply(Box::new(move |page| *there.lock().unwrap() = Some(page)));
        let mut update = None;
        for effect in self.wake(Wake::Source { query, reply }) {
            match effect {
                Effect::Source(reply, page) => (reply.0)(page.map(|page| *page)),
                Effect::Send(sent) => update = Some(*sent),
                other => panic!("{other:?}"),
            }
        }
        let page = taken.lock().unwrap().take().expect("a page");
        (page, update)
    }

    fn copied_report(&mut self) -> String {
        let effects = self.act(Intent::CopyReport);
        let copied = effects.into_iter().find_map(|effect| match effect {
            Effect::Copy(text, _) => Some(text),
            _ => None,
        });
        copied.expect("the clipboard gets something")
    }
}

fn goals(page: &SourcePageView) -> usize {
    page.rows.iter().filter(|row| matches!(row, SourceRowView::Line(line) if line.goal.is_some())).count()
}

#[test]
fn where_nothing_is_open_there_is_no_source_and_no_report() {
    let mut table = Table::laid();
    assert!(table.source(0).0.is_err());
    assert_eq!(table.refusal(Intent::CopyReport).0, ProblemCode::Refused);
}

#[test]
fn the_source_is_there_as_soon_as_it_is_read_and_leads_somewhere_in_a_room() {
    let mut table = Table::opening();
    let (page, update) = table.source(1);
    let page = page.unwrap();
    assert_eq!(goals(&page), 0, "no room is open");
    assert!(page.total > 0);
    assert!(update.is_none(), "looking changes nothing: {update:?}");
    let mut table = Table::in_the_room();
    let (page, _) = table.source(1);
    assert!(goals(&page.unwrap()) > 0);
}

#[test]
fn the_report_is_what_the_command_line_prints() {
    let mut table = Table::opening();
    let before = table.copied_report();
    assert!(before.contains("~/deploy.md: "), "{before}");
    assert!(before.contains("T0 21 Jan 2026"), "{before}");
    let mut table = Table::in_the_room();
    assert!(table.copied_report().contains("~/deploy.md: "));
}

#[test]
fn the_clock_counts_to_the_t0_that_is_proposed() {
    let mut table = Table::opening();
    assert!(table.subscribe().clock.unwrap().big.starts_with("T-00:41:50"));
    table.act(Intent::ProposeStart { start: "tomorrow".to_owned(), zone: "UTC".to_owned() });
    assert_eq!(table.subscribe().clock.unwrap().big, "05:48:10");
}
