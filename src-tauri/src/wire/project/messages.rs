//! The messages' page: templates, drafts, and what went out.

use std::cmp::Reverse;
use std::collections::HashSet;

use plan::{Audience, ChannelKind, Message, MessageId, MessageMoment, Plan, SectionId, SectionKind};
use room::{Draft, Room, Sent};

use super::blanks::{blanks, filled};
use super::book::Book;
use super::inlines::Fences;
use super::rows::item_view;
use super::times::on_the_wall;
use super::typed::Typed;
use super::words::small;
use crate::wire::{DraftView, MessageGroupView, MessageView, MessagesView, SentView};

/// The messages by audience, the drafts, what went out, and the boxes of the communication sections that are no
/// messages.
pub(crate) fn messages(book: &Book<'_>, room: &Room, typed: &Typed) -> MessagesView {
    let groups = [
        (Audience::Customers, "customers", "Customers"),
        (Audience::Team, "team", "Team"),
        (Audience::StatusPage, "status_page", "Status page"),
    ];
    let groups = groups.into_iter().map(|(audience, word, title)| MessageGroupView {
        audience: word.to_owned(),
        title: title.to_owned(),
        messages: book
            .plan
            .messages
            .iter()
            .filter(|message| message.audience == audience)
            .map(|message| view(room, message))
            .collect(),
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
    let mut drafts: Vec<_> = room.drafts().iter().collect();
    drafts.sort_by_key(|(number, draft)| Reverse((draft.at, **number)));
    MessagesView {
        groups: groups.filter(|group| !group.messages.is_empty()).collect(),
        drafts: drafts.into_iter().map(|(number, draft)| draft_view(room, *number, draft, typed)).collect(),
        sent: room.sent().iter().rev().map(|sent| sent_view(room, sent)).collect(),
        others: others.map(|item| item_view(book, room, item, Fences::Split, None)).collect(),
    }
}

/// A notice's name: its template's, else "Notice 3".
pub(super) fn notice_title(plan: &Plan, number: u32, message: Option<&MessageId>) -> String {
    let template = message.and_then(|id| plan.messages.iter().find(|message| &message.id == id));
    template.map_or_else(|| format!("Notice {number}"), |message| message.text.clone())
}

/// A template as the start of a draft: to whom, subject and words, the blanks filled that the plan can fill.
pub(crate) fn started(room: &Room, message: &Message) -> (String, String, String) {
    let to = match (message.channel.as_deref(), message.audience) {
        (Some(channel), _) if channel.starts_with('#') => channel.to_owned(),
        (_, Audience::StatusPage) => room.channel_of(ChannelKind::StatusPage).unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    let subject = filled(room, message.subject.as_deref().unwrap_or_default());
    (to, subject, filled(room, &message.body))
}

fn view(room: &Room, message: &Message) -> MessageView {
    let begun = room.drafts().iter().filter(|(_, draft)| draft.message.as_ref() == Some(&message.id));
    let draft = begun.max_by_key(|(number, draft)| (draft.at, **number));
    let sent = room.sent().iter().rev().find(|sent| sent.message.as_ref() == Some(&message.id));
    let resolved = room.resolved();
    let kept = draft.map(|(_, draft)| {
        let words = format!("draft kept {} by {}", on_the_wall(draft.at, resolved), draft.actor);
        (draft.at, words)
    });
    let went =
        sent.map(|sent| (sent.at, format!("sent {} to {} by {}", on_the_wall(sent.at, resolved), sent.to, sent.actor)));
    // What happened last.
    let status = [kept, went].into_iter().flatten().max_by_key(|(at, _)| *at).map(|(_, words)| words);
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
        blanks: blanks(room, message.subject.as_deref().unwrap_or_default(), &message.body),
        status: status.unwrap_or_default(),
        draft: draft.map_or(0, |(number, _)| *number),
    }
}

fn draft_view(room: &Room, number: u32, draft: &Draft, typed: &Typed) -> DraftView {
    let newer = typed.draft(number, draft);
    let unkept = newer.is_some();
    let (to, subject, body) = newer.map_or_else(
        || (draft.to.clone(), draft.subject.clone(), draft.body.clone()),
        |newer| (newer.to, newer.subject, newer.body),
    );
    DraftView {
        number,
        message: draft.message.as_ref().map(ToString::to_string).unwrap_or_default(),
        title: notice_title(room.plan(), number, draft.message.as_ref()),
        blanks: blanks(room, &subject, &body),
        to,
        subject,
        body,
        unkept,
        kept: format!("kept {} by {}", on_the_wall(draft.at, room.resolved()), draft.actor),
    }
}

fn sent_view(room: &Room, sent: &Sent) -> SentView {
    SentView {
        seq: u32::try_from(sent.event).unwrap_or(u32::MAX),
        title: notice_title(room.plan(), sent.draft, sent.message.as_ref()),
        words: format!("{} to {} by {}, by hand", on_the_wall(sent.at, room.resolved()), sent.to, sent.actor),
        subject: sent.subject.clone(),
        body: sent.body.clone(),
    }
}
