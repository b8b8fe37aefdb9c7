//! What a check asks for, as its row shows it: answers to choose from, blanks to fill, the limit of what is seen.

use plan::{Inline, Item, SourceMark};
use room::{Asked, Mark, Meaning, Room, Said, Standing, Value, label, meaning, question};

use super::book::Book;
use super::inlines::inlines;
use crate::wire::{AnswerView, FieldView, InlineView};

/// What this check asks for.
pub(super) fn asked<'plan>(book: &Book<'plan>, item: &'plan Item) -> Asked<'plan> {
    Asked::of(item, book.criterion_of(&item.id))
}

/// The check's words; of a choice what is asked, since the answers stand beside it.
pub(super) fn words(item: &Item) -> Vec<InlineView> {
    let asks = question(item);
    if asks == item.text && !item.inlines.is_empty() {
        inlines(&item.inlines)
    } else {
        inlines(&[Inline::Text { text: asks.into() }])
    }
}

/// What was said with the last act on a check.
fn said<'room>(room: &'room Room, item: &Item) -> Option<&'room Said> {
    room.item(&item.id)?.marks.last().and_then(|mark: &Mark| mark.said.as_ref())
}

/// The answers to choose from.
pub(super) fn answers(room: &Room, item: &Item) -> Vec<AnswerView> {
    let given = said(room, item).and_then(|said| said.answer.as_ref()).map(|answer| answer.words.as_str());
    let answers = item.choices.iter().map(|choice| AnswerView {
        words: choice.text.clone(),
        means: match meaning(&choice.text) {
            Meaning::Done => "done",
            Meaning::NotMet => "not_met",
            Meaning::NoGo => "no_go",
            Meaning::NotApplicable => "not_applicable",
        }
        .to_owned(),
        chosen: given == Some(choice.text.as_str()),
        claimed: choice.state == SourceMark::Claimed,
    });
    answers.collect()
}

/// The blanks to fill, with what stands in them.
pub(super) fn fields(room: &Room, item: &Item) -> Vec<FieldView> {
    let said = said(room, item);
    let value = |at: usize, field: &str| -> String {
        let values = said.map(|said| said.values.as_slice()).unwrap_or_default();
        let there: Option<&Value> = values.get(at).filter(|value| value.field == field);
        there.map(|value| value.value.clone()).unwrap_or_default()
    };
    let fields = item.fields.iter().enumerate().map(|(at, field)| FieldView {
        field: field.text.clone(),
        label: label(&field.text).to_owned(),
        value: value(at, &field.text),
    });
    fields.collect()
}

/// What was said of a check that is done, besides the answer that stands among the others.
pub(super) fn words_said(room: &Room, item: &Item, standing: &Standing) -> Option<String> {
    let said = said(room, item).filter(|said| said.answer.is_some())?;
    let rest = || Said { answer: None, ..said.clone() }.words();
    match standing {
        Standing::Stated { .. } => Some(rest().unwrap_or_default()),
        Standing::AnsweredNo { is_no_go, words } => Some(match is_no_go {
            true => format!("{words}: nobody goes on before it is lifted"),
            false => format!("{words}: not done"),
        }),
        _ => None,
    }
}
