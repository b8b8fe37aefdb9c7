//! The messages' page.

use std::collections::HashSet;

use plan::{Audience, Message, MessageMoment, SectionId, SectionKind};

use super::book::Book;
use super::inlines::Fences;
use super::rows::item_view;
use super::words::small;
use crate::wire::{MessageGroupView, MessageView, MessagesView};

/// The messages by audience, and the boxes of the communication sections that are none.
pub(crate) fn messages(book: &Book<'_>) -> MessagesView {
    let groups = [
        (Audience::Customers, "customers", "Customers"),
        (Audience::Team, "team", "Team"),
        (Audience::StatusPage, "status_page", "Status page"),
    ];
    let groups = groups.into_iter().map(|(audience, word, title)| MessageGroupView {
        audience: word.to_owned(),
        title: title.to_owned(),
        messages: book.plan.messages.iter().filter(|message| message.audience == audience).map(view).collect(),
    });
    let sections: HashSet<&SectionId> = book
        .plan
        .sections
        .iter()
        .filter(|section| section.kind == SectionKind::Communication)
        .map(|section| &section.id)
        .collect();
    let told: HashSet<_> = book.plan.messages.iter().filter_map(|message| message.item.as_ref()).collect();
    let others = book.plan.items.iter().filter(|item| {
        !told.contains(&item.id) && item.section.as_ref().is_some_and(|section| book.is_within(section, &sections))
    });
    MessagesView {
        groups: groups.filter(|group| !group.messages.is_empty()).collect(),
        others: others.map(|item| item_view(book, item, Fences::Split)).collect(),
    }
}

fn view(message: &Message) -> MessageView {
    MessageView {
        id: message.id.to_string(),
        line: small(message.line),
        title: message.text.clone(),
        moment: match message.moment {
            MessageMoment::Before => "Before",
            MessageMoment::During => "During",
            MessageMoment::After => "After",
        }
        .to_owned(),
        channel: message.channel.clone().unwrap_or_default(),
        subject: message.subject.clone().unwrap_or_default(),
        body: message.body.clone(),
        blanks: message.blanks.clone(),
    }
}
