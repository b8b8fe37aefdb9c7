//! The notice that moves the window: drafted from the plan's own template where it has one, else in our words. What only a
//! person can say stays a blank; nothing is sent.

use jiff::Timestamp;
use plan::{Audience, Message, MessageId};
use room::{Room, WhatIf};

use super::{Solved, share_of, span};
use crate::wire::WindowNoticeView;
use crate::wire::project::messages::started;
use crate::wire::project::times::{clock, on_the_wall, on_the_wall_of_zone, stretch, zone};

/// Words of a template that is about a later end.
const LATER: [&str; 8] =
    ["delay", "extend", "extension", "longer", "overrun", "postpone", "window moved", "new window"];

/// A notice, and the template that it comes from.
pub(crate) struct WindowNotice {
    pub(crate) message: Option<MessageId>,
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) body: String,
}

/// The notice that the window ends at another time; `None` where no window is announced.
pub(crate) fn window_notice(room: &Room, solved: &Solved, until: Timestamp) -> Option<WindowNotice> {
    let (from, told) = room.resolved().window?;
    let resolved = room.resolved();
    let local = |at: Timestamp| at.to_zoned_datetime(resolved.zone.clone());
    let span_to = |to: Timestamp| stretch(&local(from), Some(&local(to)));
    let (was, now) = (span_to(told), span_to(until));
    let at = format!("{} {}", clock(&local(until)), zone(&local(until)));
    if let Some(template) = template(room) {
        let (to, subject, body) = started(room, template);
        // What the template leaves out is added: without both times nobody knows what moved.
        let times = format!("Told: {was}\nNow: {now}");
        let body = if body.contains(&clock(&local(until))) { body } else { format!("{}\n\n{times}", body.trim_end()) };
        return Some(WindowNotice { message: Some(template.id.clone()), to, subject, body });
    }
    let later = until > told;
    let subject = format!("Maintenance ends {} than announced: {at}", if later { "later" } else { "earlier" });
    let why = why(room, solved);
    // Whoever was told an end expects word by then.
    let next = if later && told > solved.stands.now {
        on_the_wall_of_zone(told, resolved)
    } else {
        "[next update]".to_owned()
    };
    let body = format!(
        "Our maintenance {}.\n\nTold: {was}\nNow: {now}\nWhy: {why}\nTo do: [what readers have to do]\nNext update by: {next}",
        if later { "takes longer" } else { "ends earlier" }
    );
    Some(WindowNotice { message: None, to: String::new(), subject, body })
}

/// The plan's own notice about a later end, to whoever is outside of the team.
fn template(room: &Room) -> Option<&Message> {
    let is_it = |message: &&Message| {
        let words = format!("{} {} {}", message.text, message.subject.as_deref().unwrap_or_default(), message.body)
            .to_lowercase();
        message.audience != Audience::Team
            && !message.body.trim().is_empty()
            && LATER.iter().any(|word| words.contains(word))
    };
    room.plan().messages.iter().find(is_it)
}

/// What is known of the reason: where the rollout stands. What it means is a person's to say.
fn why(room: &Room, Solved { day, stands }: &Solved) -> String {
    let stage = stands.current.and_then(|at| day.stages.get(at));
    let paused = stage.and_then(|stage| stage.steps.iter().find(|step| step.is_paused()));
    match paused {
        Some(step) => format!("we hold at {} of the traffic: [reason]", share_of(room, step)),
        None => "[reason]".to_owned(),
    }
}

/// The notice as the page shows it: of the end to which the window was moved, else of the next that would do.
pub(super) fn view(room: &Room, solved: &Solved) -> Option<WindowNoticeView> {
    let Solved { day, stands } = solved;
    let moved = room.schedule().window.as_ref().map(|moved| moved.to);
    let until = moved.or_else(|| day.next_end(stands))?;
    let drafted = window_notice(room, solved, until)?;
    let resolved = room.resolved();
    let there = until.to_zoned_datetime(resolved.zone.clone());
    let leaves = day.what_if(WhatIf::WindowEnd { to: until }, stands).schedule.slack.map(span).unwrap_or_default();
    // Drafts of one template, or of one subject, say the same thing.
    let is_it = |message: Option<&MessageId>, subject: &str| match &drafted.message {
        Some(id) => message == Some(id),
        None => subject == drafted.subject,
    };
    let draft = room.drafts().iter().rev().find(|(_, draft)| is_it(draft.message.as_ref(), &draft.subject));
    let sent = room.sent().iter().rev().find(|sent| is_it(sent.message.as_ref(), &sent.subject));
    let status = match (draft, sent) {
        (Some((_, draft)), _) => format!("draft kept {} by {}, not sent", on_the_wall(draft.at, resolved), draft.actor),
        (None, Some(sent)) => format!("sent {} by {}", on_the_wall(sent.at, resolved), sent.actor),
        (None, None) => "not sent".to_owned(),
    };
    Some(WindowNoticeView {
        until: there.strftime("%Y-%m-%dT%H:%M").to_string(),
        leaves: format!("{} {} leaves {leaves} of slack", clock(&there), zone(&there)),
        draft: draft.map_or(0, |(number, _)| *number),
        to: drafted.to,
        subject: drafted.subject,
        body: drafted.body,
        status,
    })
}
