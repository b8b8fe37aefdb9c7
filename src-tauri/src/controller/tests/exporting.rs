//! Saving elsewhere: the window names a kind, the desktop the place, and what came of it is said.

use super::super::export::{ExportOutcome, ToExport};
use super::*;
use crate::exporting::By;
use crate::wire::{ExportKind, ExportsView};

fn asked(effects: Vec<Effect>) -> Option<Box<ToExport>> {
    effects.into_iter().find_map(|effect| match effect {
        Effect::Export(to_export) => Some(to_export),
        _ => None,
    })
}

impl Table {
    fn exports(&mut self) -> ExportsView {
        self.subscribe().exports.unwrap()
    }

    fn exported(&mut self, to_export: Box<ToExport>, outcome: ExportOutcome) {
        self.wake(Wake::Exported { to_export, outcome });
    }
}

#[test]
fn a_report_is_saved_where_the_desktop_says_and_the_window_is_told() {
    let mut table = Table::in_the_room();
    let effects = table.act(Intent::Export { export: ExportKind::Report });
    assert_eq!(table.answer(), Some(Ok(())));
    let to_export = asked(effects).unwrap();
    assert_eq!((to_export.name.as_str(), to_export.who.as_str()), ("payments-api-4.2.0-20260121.html", "login"));
    assert_eq!((table.exports().under_way, table.exports().is_asked), (Some(ExportKind::Report), true));
    let (_, why) = table.refusal(Intent::Export { export: ExportKind::Events });
    assert_eq!(why, "The desktop is asking where to save “Report” already: answer its window first.");
    // The desktop has its answer: what is being saved now is no question any more.
    table.wake(Wake::Answered);
    assert_eq!((table.exports().under_way, table.exports().is_asked), (Some(ExportKind::Report), false));
    let (_, why) = table.refusal(Intent::Export { export: ExportKind::Events });
    assert_eq!(why, "“Report” is being saved: wait until it is.");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    std::fs::write(&path, "an older one, which the desktop asked about").unwrap();
    let by = By { who: to_export.who.clone(), at: table.now, key: to_export.key.clone() };
    let outcome = export::write(&to_export, &by, &path);
    assert_eq!(outcome, Ok((path.clone(), String::new())));
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.contains("Deployment report") && page.contains(" by login</p>"), "{page}");
    table.exported(to_export, Some(outcome));
    let view = table.exports();
    assert_eq!((view.under_way, view.is_asked), (None, false));
    assert_eq!((view.saved, view.count), (format!("Report saved to {}.", path.display()), 1));
}

/// A question of the desktop's is a window of its own: two at once would each wait for the other.
#[test]
fn the_desktop_asks_one_question_at_a_time_whatever_it_is_for() {
    let mut table = Table::in_the_room();
    let item = checklist().plan.items[0].id.to_string();
    let asks = |table: &mut Table| -> Vec<Option<String>> {
        let item = item.clone();
        let intents =
            [Intent::ChooseChecklist, Intent::Export { export: ExportKind::Report }, Intent::AttachFile { item }];
        let mut refusals = Vec::new();
        for intent in intents {
            table.act(intent);
            refusals.push(table.answer().and_then(Result::err).map(|problem| problem.message));
        }
        refusals
    };
    let already = |what: &str| Some(format!("The desktop is asking {what} already: answer its window first."));
    let refused = asks(&mut table);
    assert_eq!(refused, [None, already("for a checklist"), already("for a checklist")]);
    table.wake(Wake::Chosen(None));
    let to_export = asked(table.act(Intent::Export { export: ExportKind::Report })).unwrap();
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!(asks(&mut table), ["where to save “Report”"; 3].map(already));
    table.wake(Wake::Answered);
    // While it is being saved the desktop is free.
    table.act(Intent::AttachFile { item: item.clone() });
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!(asks(&mut table), ["for a file as evidence"; 3].map(already));
    table.exported(to_export, None);
    assert_eq!(asks(&mut table), ["for a file as evidence"; 3].map(already), "that ended another's question");
    table.wake(Wake::Answered);
    table.wake(Wake::Digested { item: item.clone(), outcome: None });
    assert_eq!(asks(&mut table)[0], None);
}

#[test]
fn what_cannot_be_saved_is_said_and_a_question_that_was_closed_says_nothing() {
    let mut table = Table::in_the_room();
    let to_export = asked(table.act(Intent::Export { export: ExportKind::Archive })).unwrap();
    table.wake(Wake::Answered);
    table.exported(to_export, None);
    let update = table.subscribe();
    assert_eq!((update.exports.unwrap().saved.as_str(), update.problems), ("", Some(Vec::new())));
    let to_export = asked(table.act(Intent::Export { export: ExportKind::Archive })).unwrap();
    let by = By { who: "mk".to_owned(), at: table.now, key: to_export.key.clone() };
    let outcome = export::write(&to_export, &by, Path::new("/nowhere/else/all.tar"));
    table.exported(to_export, Some(outcome));
    let problems = table.subscribe().problems.unwrap();
    assert_eq!(problems[0].message, "all.tar cannot be written: its folder is not there.");
    table.act(Intent::Leave);
    assert_eq!(table.subscribe().exports, None);
    assert!(table.refusal(Intent::Export { export: ExportKind::Report }).1.contains("room"));
}
