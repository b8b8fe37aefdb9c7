//! Notices that are drafted from what the room knows: the hourly update, and the closing words of the checklist. Nothing of
//! them is sent by itself, and what nobody knows stays a blank.

use jiff::{SignedDuration, Timestamp};
use plan::{Audience, Block, Message, MessageMoment, SectionKind};
use room::{Intent, Mode, Room};

use super::drafted::vouches;
use super::header::mode_word;
use super::messages::started;
use super::routines::{moment, time};
use super::watch::{Seeing, verdict};
use super::words::capitalised;

/// The hourly update as the start of a draft.
pub(crate) fn hourly_update(room: &Room, seen: Option<&Seeing<'_>>, head: &str, now: Timestamp) -> Intent {
    let template = template(room);
    let (to, subject, words) = template.map(|message| started(room, message)).unwrap_or_default();
    // What a box asks for is an order to whoever writes, and not what is to be read.
    let words = if template.is_some_and(|message| message.item.is_some()) { String::new() } else { words };
    let mut lines = Vec::new();
    if !words.trim().is_empty() {
        lines.extend([words, String::new()]);
    }
    lines.push(format!("{}: status at {}", room.title(), moment(room, now)));
    let live = room.went_live().map(|live| format!(", live since {}", moment(room, live.at)));
    lines.push(format!("{}{}", capitalised(mode_word(room.mode())), live.unwrap_or_default()));
    let verdict = verdict(room, seen);
    // A line of the header may go on in the next one.
    lines.push(format!("{}: {}", verdict.word, verdict.lines.join("; ").replace(":; ", ": ")));
    lines.extend(readings(seen, now));
    let firing = room.alerts().values().filter(|state| state.is_firing());
    let firing: Vec<&str> = firing.map(|state| state.fired.name.as_str()).collect();
    if !firing.is_empty() {
        lines.push(format!("Open: {}", firing.join(", ")));
    }
    if let Some((_, _, done)) = room.afterwards().finished().into_iter().max_by_key(|(_, _, done)| done.at) {
        lines.push(format!("Last round finished {} by {}", time(room, done.at), done.actor));
    }
    lines.push(format!("Next update: {}", next(room, template, now)));
    // Customers can do nothing with it.
    if template.is_none_or(|message| message.audience == Audience::Team) {
        lines.push(vouches(head));
    }
    Intent::KeepDraft {
        draft: None,
        message: template.map(|message| message.id.clone()),
        to,
        subject,
        body: lines.join("\n"),
    }
}

/// The plan's own template: what speaks of every hour, during the day before after it.
fn template(room: &Room) -> Option<&Message> {
    let is_hourly = |message: &&Message| {
        let words = format!("{} {}", message.text, message.body).to_lowercase();
        words.contains("hourly") || words.contains("every hour") || words.contains("status update")
    };
    let mut found: Vec<&Message> = room.plan().messages.iter().filter(is_hourly).collect();
    found.sort_by_key(|message| message.moment != MessageMoment::During);
    found.first().copied()
}

/// What each signal shows, with its age; what is not seen says so.
fn readings(seen: Option<&Seeing<'_>>, now: Timestamp) -> Vec<String> {
    let Some(seen) = seen else { return Vec::new() };
    let readings = seen.watching.watch.sight(seen.room, now).readings;
    let line = |reading: &room::RoundReading| match &reading.seen {
        Some(value) => {
            let age_s = now.duration_since(value.at).as_secs().max(0);
            format!("{}: {} ({age_s} s ago)", reading.name, value.words)
        }
        None => format!("{}: not seen ({})", reading.name, reading.unseen),
    };
    readings.iter().map(line).collect()
}

/// When the next update is due: with the next hourly round, else an hour from now where the template speaks of hours. What
/// nothing says stays a blank.
fn next(room: &Room, template: Option<&Message>, now: Timestamp) -> String {
    let is_hourly = |every_s: Option<u64>| every_s == Some(3600);
    let ahead = room.rounds_ahead(now);
    let round = ahead
        .iter()
        .find(|(table, _)| is_hourly(room.plan().routines.get(table.index).and_then(|routine| routine.every_s)));
    let in_an_hour = || now.checked_add(SignedDuration::from_hours(1)).ok().filter(|_| template.is_some());
    let at = round.map(|(_, round)| round.when.due).or_else(in_an_hour);
    at.map_or_else(|| "[TIME]".to_owned(), |at| time(room, at))
}

/// The checklist's closing words as the start of a draft, their time of completion filled in; `None` where it has none.
///
/// # Errors
/// A sentence where there is nothing to begin with.
pub(crate) fn closing(room: &Room) -> Result<Intent, String> {
    let text = closing_words(room)
        .ok_or_else(|| "The checklist has no closing words (“Deployment complete at: [TIME]”).".to_owned())?;
    let Some(live) = room.went_live() else {
        return Err("Nobody has declared go-live yet: the closing words say when that was.".to_owned());
    };
    let line = |line: &str| {
        let is_completion = line.to_lowercase().contains("complete");
        if is_completion { line.replace("[TIME]", &moment(room, live.at)) } else { line.to_owned() }
    };
    let body = text.lines().map(line).collect::<Vec<_>>().join("\n");
    Ok(Intent::KeepDraft { draft: None, message: None, to: String::new(), subject: String::new(), body })
}

/// The code block of the run of the day that says when the deployment was complete.
pub(super) fn closing_words(room: &Room) -> Option<&str> {
    let sections = room.plan().sections.iter();
    let of_the_day = sections
        .filter(|section| matches!(section.kind, SectionKind::Phase | SectionKind::Watch | SectionKind::Success));
    of_the_day.flat_map(|section| &section.body).find_map(|block| {
        let text = match block {
            Block::Code(listing) => listing.text.as_str(),
            Block::Commands(fence) => fence.text.as_str(),
            _ => return None,
        };
        let plain = text.to_lowercase();
        (plain.contains("deployment complete") || plain.contains("completed at")).then_some(text)
    })
}

/// Whether closing words can be drafted.
pub(super) fn has_closing(room: &Room) -> bool {
    closing_words(room).is_some() && matches!(room.mode(), Mode::Watch)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn body(room: &Room) -> String {
        match hourly_update(room, None, "3f9a-c27e", "2026-01-21T06:40:00Z".parse().unwrap()) {
            Intent::KeepDraft { body, .. } => body,
            other => panic!("no draft: {other:?}"),
        }
    }

    #[test]
    fn the_hourly_update_tells_the_team_how_it_stands_and_the_head_that_vouches_for_it() {
        let body = body(&sample::room());
        let lines: Vec<&str> = body.lines().collect();
        assert!(lines[0].contains(": status at "), "{body}");
        assert!(
            body.contains("\nNOT WATCHED: Nothing is bound to a probe: the room cannot see production\n"),
            "{body}"
        );
        assert_eq!(lines[lines.len() - 2..], ["Next update: 07:40 UTC", "Log head 3f9a-c27e."], "{body}");
    }
}
