//! Notices that are drafted when something was decided: the checkpoint of a gate, and the customers' notice of a
//! rollback. A draft is kept and shown; nothing sends it but a person.

use jiff::Timestamp;
use plan::{Audience, Gate, Message, MessageMoment};
use room::{ConditionRead, Event, Intent, Recorded, Room};

use super::blanks::filled;
use super::day::share;
use super::messages::started;
use super::times::on_the_wall_of_zone;
use super::words::stopwatch;

/// The draft that an event asks for; nothing for most.
pub(crate) fn drafted(room: &Room, recorded: &Recorded, head: &str) -> Option<Intent> {
    let at = recorded.occurred_at;
    match &recorded.event {
        Event::GatePassed { gate, held_ms, on_word, readings, .. } => {
            let on_word = if *on_word { ", on word" } else { "" };
            let how = format!("passed by {}, held {}{on_word}", recorded.actor, stopwatch(held_ms / 1000));
            checkpoint(room, gate, &how, readings, head, at)
        }
        Event::GateOverridden { gate, reason, readings, .. } => {
            let how = format!("overridden by {}, not passed: {reason}", recorded.actor);
            checkpoint(room, gate, &how, readings, head, at)
        }
        Event::RollbackBegan { .. } => Some(to_customers(room, at)),
        Event::TakenOver(taken) => Some(has_the_room(room, &taken.by, &taken.from, head, at)),
        _ => None,
    }
}

/// "10 % rollout complete at 06:52:12 UTC: passed by MK, held 05:00", with the readings on which it rests.
fn checkpoint(
    room: &Room,
    gate: &plan::ItemId,
    how: &str,
    readings: &[ConditionRead],
    head: &str,
    at: Timestamp,
) -> Option<Intent> {
    let plan = room.plan();
    let gate = plan.gates.iter().find(|known| known.item == *gate)?;
    let to_the_team = || plan.messages.iter().filter(|message| message.audience == Audience::Team);
    let template = to_the_team().find(|message| speaks_of_checkpoints(message));
    // Without a message to the team or a place where it meets the plan wants nobody told.
    if template.is_none() && to_the_team().next().is_none() && plan.channels.is_empty() {
        return None;
    }
    let to = std::iter::once(template).flatten().chain(to_the_team()).find_map(channel_of).unwrap_or_default();
    let seen: Vec<String> = readings.iter().filter(|read| !read.words.is_empty()).map(reading).collect();
    let mut lines =
        vec![format!("{} at {}: {how}.", what_is_complete(template, gate), on_the_wall_of_zone(at, room.resolved()))];
    if !seen.is_empty() {
        lines.push(format!("{}.", seen.join("; ")));
    }
    if let Some(next) = room.next_gate() {
        lines.push(format!("Next: {}.", share(next)));
    }
    lines.push(vouches(head));
    let message = template.map(|template| template.id.clone());
    Some(Intent::KeepDraft { draft: None, message, to, subject: String::new(), body: lines.join("\n") })
}

/// "Idris Bello has the room since 21:53:00 UTC", for the team, with the head that this is proven by.
fn has_the_room(room: &Room, by: &str, from: &str, head: &str, at: Timestamp) -> Intent {
    let name = |initials: &str| {
        let person = room.people().iter().find(|person| person.initials == initials);
        person.map_or(initials, |person| person.name.as_str()).to_owned()
    };
    let to_the_team = room.plan().messages.iter().filter(|message| message.audience == Audience::Team);
    let chat =
        || room.channel_of(plan::ChannelKind::WarRoom).filter(|target| target.starts_with('#')).map(str::to_owned);
    let to = to_the_team.filter_map(channel_of).next().or_else(chat).unwrap_or_default();
    let since = on_the_wall_of_zone(at, room.resolved());
    let body = format!("{} has the room since {since}, taken over from {}.\n{}", name(by), name(from), vouches(head));
    let subject = format!("{} has the room", name(by));
    Intent::KeepDraft { draft: None, message: None, to, subject, body }
}

/// What a message to the team ends with: whoever keeps it can contradict a log that was changed, or cut off, afterwards.
pub(super) fn vouches(head: &str) -> String {
    format!("Log head {head}.")
}

fn speaks_of_checkpoints(message: &Message) -> bool {
    let text = format!("{} {}", message.text, message.body).to_lowercase();
    text.contains("checkpoint") || text.contains("rollout complete")
}

fn channel_of(message: &Message) -> Option<String> {
    message.channel.clone().filter(|channel| channel.starts_with('#'))
}

fn reading(read: &ConditionRead) -> String {
    format!("{}: {}", read.text, read.words)
}

/// The plan's own words for it, "10% rollout complete", with this gate's share in place of the example's.
fn what_is_complete(template: Option<&Message>, gate: &Gate) -> String {
    let example = template.and_then(|template| {
        let text = format!("{}\n{}", template.text, template.body);
        let (_, rest) = text.split_once(['"', '“'])?;
        let (inside, _) = rest.split_once(['"', '”'])?;
        let (number, after) = inside.split_once('%')?;
        let is_share = number.trim().chars().all(|letter| letter.is_ascii_digit()) && !number.trim().is_empty();
        (is_share && gate.share_percent.is_some()).then(|| after.trim().to_owned())
    });
    match example {
        Some(after) => format!("{} {after}", share(gate)),
        None => format!("{} rollout complete", share(gate)),
    }
}

/// The customers' notice: from the plan's template about what goes wrong, else about what happens during the deployment;
/// else in words that promise nothing, with the blanks that only a person can fill.
fn to_customers(room: &Room, at: Timestamp) -> Intent {
    let plan = room.plan();
    let during = || {
        let of_customers = plan.messages.iter().filter(|message| message.audience == Audience::Customers);
        of_customers.filter(|message| message.moment != MessageMoment::Before)
    };
    let says = |message: &&Message, words: &[&str]| {
        let text = format!("{} {} {}", message.text, message.subject.as_deref().unwrap_or_default(), message.body);
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    let template = during()
        .find(|message| says(message, &["rollback", "roll back", "rolled back", "rolling back"]))
        .or_else(|| during().find(|message| says(message, &["issue", "problem", "incident"])));
    let template_words = template.map(|template| started(room, template));
    // A line that only says that customers are to be told ("Direct customer notifications") has no words for them.
    let is_a_letter = |body: &str| body.split_whitespace().count() >= 12;
    if let (Some(template), Some((to, subject, body))) = (template, template_words)
        && is_a_letter(&body)
    {
        return Intent::KeepDraft { draft: None, message: Some(template.id.clone()), to, subject, body };
    }
    let service = filled(room, "{{ service }}");
    let subject = format!("{service}: we are going back to the version before");
    let body = format!(
        "Since {} we are taking back a deployment of {service}.\nWhat you may notice: [IMPACT]\nNext update: [TIME]",
        on_the_wall_of_zone(at, room.resolved())
    );
    Intent::KeepDraft {
        draft: None,
        message: template.map(|template| template.id.clone()),
        to: String::new(),
        subject,
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn body(intent: Option<Intent>) -> (String, String, String) {
        match intent {
            Some(Intent::KeepDraft { to, subject, body, .. }) => (to, subject, body),
            other => panic!("no draft: {other:?}"),
        }
    }

    fn recorded(room: &Room, event: Event) -> Recorded {
        let at: Timestamp = "2026-01-21T06:52:12Z".parse().unwrap();
        Recorded { seq: room.last() + 1, occurred_at: at, recorded_at: at, actor: "MK".to_owned(), event }
    }

    #[test]
    fn a_passed_gate_drafts_its_checkpoint_with_the_readings() {
        let room = sample::room();
        let gate = room.plan().gates[0].item.clone();
        let read = |text: &str, words: &str| ConditionRead {
            text: text.to_owned(),
            state: room::ConditionState::OnWord,
            words: words.to_owned(),
            since_before: None,
        };
        let readings = vec![read("Pod healthy", "MK: 1/1"), read("Latency normal", "")];
        let event = Event::GatePassed { gate, held_ms: 300_000, on_word: true, fetched_ms: 0, readings };
        let (to, _, body) = body(drafted(&room, &recorded(&room, event), "3f9a-c27e"));
        assert_eq!(to, "#deployments");
        let share = share(&room.plan().gates[0]);
        assert_eq!(
            body.lines().take(2).collect::<Vec<_>>(),
            [
                format!("{share} rollout complete at 06:52:12 UTC: passed by MK, held 05:00, on word.").as_str(),
                "Pod healthy: MK: 1/1."
            ]
        );
        assert_eq!(body.lines().last(), Some("Log head 3f9a-c27e."));
    }

    #[test]
    fn a_rollback_drafts_the_customers_notice_with_blanks_for_what_nobody_knows() {
        let room = sample::room();
        let event = Event::RollbackBegan { criterion: None, reason: "x".to_owned(), way: 1 };
        let (_, subject, body) = body(drafted(&room, &recorded(&room, event), "3f9a-c27e"));
        assert!(subject.contains("payments-api"), "{subject}");
        assert!(!plan::blanks(&body).is_empty(), "it cannot go out unread: {body}");
        assert!(body.contains("06:52:12 UTC"), "{body}");
    }
}
