//! What a changed checklist says besides what the room has, side by side, with what stands on it and what becomes of that.

use plan::{Aspect, Change, Difference, Entry, Plan, Side, Thing, Turn};
use room::{ItemState, Room, Standing};
use sha2::{Digest as _, Sha256};

use super::times::on_the_wall;
use super::words::{counted, small};
use crate::wire::{RereadChangeView, RereadRowView, RereadSideView, RereadView};

/// More rows than anybody reads before the coffee is cold; the rest are counted.
const ROWS: usize = 400;

/// A text that differs from the room's, read and compared.
#[derive(Debug)]
pub(crate) struct Offer {
    /// Names text and settings.
    pub(crate) digest: String,
    /// The text.
    pub(crate) text: String,
    /// The settings beside it.
    pub(crate) settings: Option<String>,
    /// What the text was read into.
    pub(crate) plan: Plan,
    difference: Difference,
    settings_changed: Vec<Change>,
}

impl Offer {
    /// Holds a text against the room's.
    #[must_use]
    pub(crate) fn of(room: &Room, text: String, settings: Option<String>, plan: Plan) -> Self {
        let config = settings.as_deref().map(|text| plan::config::parse(text).0).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update((text.len() as u64).to_be_bytes());
        hash.update(&text);
        hash.update(settings.as_deref().map_or(&b"\0"[..], str::as_bytes));
        let digest = hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self {
            digest,
            difference: plan::compare(room.plan(), &plan),
            settings_changed: plan::compare_settings(room.config(), &config),
            text,
            settings,
            plan,
        }
    }
}

/// Nothing is offered.
pub(crate) fn nothing_offered(file: &str) -> RereadView {
    RereadView { state: "same".to_owned(), file: file.to_owned(), ..RereadView::default() }
}

/// The file cannot be read, or is not here.
pub(crate) fn not_read(state: &str, sentence: &str, detail: Option<&str>, file: &str) -> RereadView {
    RereadView {
        state: state.to_owned(),
        words: sentence.to_owned(),
        detail: detail.unwrap_or_default().to_owned(),
        file: file.to_owned(),
        ..RereadView::default()
    }
}

/// What is offered.
pub(crate) fn offered(offer: &Offer, room: &Room, file: &str) -> RereadView {
    let told: Vec<&Entry> = offer.difference.told().filter(|entry| is_shown(entry, &offer.difference)).collect();
    let facts: Vec<RereadChangeView> =
        offer.difference.facts.iter().chain(&offer.settings_changed).map(change).collect();
    let rows = told.iter().take(ROWS).zip(1..).map(|(entry, number)| row(entry, number, room)).collect();
    RereadView {
        state: "offered".to_owned(),
        words: headline(&told, facts.len()),
        detail: String::new(),
        obstacle: room::reread_obstacle(room, &offer.plan, &offer.difference)
            .map(|refusal| refusal.to_string())
            .unwrap_or_default(),
        digest: offer.digest.clone(),
        file: file.to_owned(),
        facts,
        rows,
        more: match told.len().saturating_sub(ROWS) {
            0 => String::new(),
            more => format!("and {more} more, which are counted above"),
        },
    }
}

/// A criterion, or a notice, that a check's own line says is shown by that line.
fn is_shown(entry: &Entry, difference: &Difference) -> bool {
    if !matches!(entry.thing, Thing::Criterion | Thing::Message) || entry.turn == Turn::Changed {
        return true;
    }
    let is_line = |one: &Option<Side>, other: &Option<Side>| match (one, other) {
        (Some(one), Some(other)) => one.line == other.line,
        (None, None) => true,
        _ => false,
    };
    !difference.told().any(|other| {
        matches!(other.thing, Thing::Check | Thing::Gate)
            && is_line(&other.before, &entry.before)
            && is_line(&other.after, &entry.after)
    })
}

/// "The checklist was changed: 2 reworded, 1 new, 1 gone."
fn headline(told: &[&Entry], facts: usize) -> String {
    let words = [
        (Turn::Reworded, "reworded"),
        (Turn::Moved, "moved"),
        (Turn::Changed, "changed in what belongs to it"),
        (Turn::New, "new"),
        (Turn::Gone, "gone"),
    ];
    let counts = words.into_iter().filter_map(|(turn, word)| {
        let count = told.iter().filter(|entry| entry.turn == turn).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    let mut parts: Vec<String> = counts.collect();
    if facts > 0 {
        parts.push(counted(facts, "fact of the day", "facts of the day"));
    }
    if parts.is_empty() {
        return "The checklist was changed in its words alone: no check, limit, time or command is another.".to_owned();
    }
    format!("The checklist was changed: {}.", parts.join(", "))
}

fn row(entry: &Entry, number: usize, room: &Room) -> RereadRowView {
    let (stands, is_lost) = stands(entry, room);
    let (before, after) = (entry.before.as_ref(), entry.after.as_ref());
    let other = |one: Option<&Side>| one.map(|side| side.text.clone());
    let sides = |side: Option<&Side>, other: Option<String>| {
        side.map(|side| RereadSideView {
            line: small(side.line),
            place: side.place.clone(),
            pieces: pieces(&side.text, other.as_deref()),
        })
    };
    RereadRowView {
        id: number.to_string(),
        turn: match entry.turn {
            Turn::Moved => "moved",
            Turn::Reworded => "reworded",
            Turn::New => "new",
            Turn::Gone => "gone",
            Turn::Changed | Turn::Same => "changed",
        }
        .to_owned(),
        thing: match entry.thing {
            Thing::Section => "Heading",
            Thing::Check => "Check",
            Thing::Gate => "Gate",
            Thing::Criterion => "Criterion",
            Thing::Command => "Command",
            Thing::Way => "Way back",
            Thing::Message => "Message",
            Thing::Contact => "Contact",
            Thing::Channel => "Channel",
            Thing::Reference => "Reference",
        }
        .to_owned(),
        before: sides(before, other(after)),
        after: sides(after, other(before)),
        changes: entry.changes.iter().map(change).collect(),
        stands,
        is_lost,
    }
}

/// What stands on a thing, and what becomes of it.
fn stands(entry: &Entry, room: &Room) -> (String, bool) {
    let Some(before) = &entry.before else { return Default::default() };
    let is_gone = entry.after.is_none();
    let told = |what: String, lost: &str| {
        if is_gone { (format!("{what}: {lost}"), true) } else { (format!("{what}: kept"), false) }
    };
    match entry.thing {
        Thing::Check | Thing::Gate => {
            let id = before.id.clone().into();
            if let Some(gate) = room.current_gate().filter(|gate| gate.item == id) {
                let words = if is_gone { "its hold runs: pass it or override it first" } else { "its hold goes on" };
                return (format!("“{}” is held now: {words}", gate.text), is_gone);
            }
            match room.item(&id).and_then(|state| acted(state, room)) {
                Some(what) => told(what, "stays in the log alone"),
                None => Default::default(),
            }
        }
        Thing::Criterion => {
            let alert = room::AlertId::from(before.id.clone());
            match room.alerts().get(&alert).filter(|state| state.is_firing()) {
                Some(_) => told("its alert burns".to_owned(), "it burns on until data or a person says otherwise"),
                None => Default::default(),
            }
        }
        Thing::Command => {
            let step = room.rollback().and_then(|rollback| rollback.steps.get(&before.id));
            let Some(step) = step else { return Default::default() };
            let what = format!("said by {} {}", step.actor, on_the_wall(step.at, room.resolved()));
            if is_gone || entry.turn == Turn::Reworded {
                return (format!("{what} of the command as it was: stays in the log alone"), true);
            }
            told(what, "")
        }
        Thing::Contact => {
            let known = room.contact(&before.id.clone().into()).filter(|known| !known.proven.is_empty());
            known.map_or_else(Default::default, |_| told("they answered".to_owned(), "stays in the log alone"))
        }
        _ => Default::default(),
    }
}

/// The last act on a check.
fn acted(state: &ItemState, room: &Room) -> Option<String> {
    let mark = state.marks.last()?;
    let word = match &mark.standing {
        Standing::Stated { .. } => "stated",
        Standing::AnsweredNo { .. } => "answered",
        Standing::Observed { .. } => "observed",
        Standing::Lost { .. } => "un-ticked",
        Standing::Overridden { .. } => "overridden",
        Standing::Deferred { .. } => "deferred",
        Standing::NotApplicable { .. } => "not applicable",
        Standing::Open | Standing::Claimed => return None,
    };
    Some(format!("{word} by {} {}", mark.actor, on_the_wall(mark.at, room.resolved())))
}

fn change(change: &Change) -> RereadChangeView {
    let name = match change.aspect {
        Aspect::Start => "T0",
        Aspect::Zone => "Zone that the text names",
        Aspect::Window => "Window",
        Aspect::Target => "Time limit of the rollback",
        Aspect::Subject => "What is deployed",
        Aspect::Mark => "Mark in the text",
        Aspect::Owner => "Owner",
        Aspect::Time => "Time",
        Aspect::Expected => "Expected",
        Aspect::Asked => "Asked for",
        Aspect::Below => "Below it",
        Aspect::Share => "Share",
        Aspect::Hold => "Hold",
        Aspect::Conditions => "Conditions",
        Aspect::Threshold => "Limit",
        Aspect::Severity => "Severity",
        Aspect::Place => "Where",
        Aspect::Kind => "Kind",
        Aspect::Repeats => "Repeats",
        Aspect::Commands => "Commands",
        Aspect::Name => "Name",
        Aspect::Phone => "Phone",
        Aspect::Mail => "Mail",
        Aspect::Chat => "Chat",
        Aspect::Order => "Number",
        Aspect::Address => "Address",
        Aspect::SubjectLine => "Subject",
        Aspect::Body => "Words",
        Aspect::Setting => "war-room.toml",
    };
    RereadChangeView { name: name.to_owned(), before: change.before.clone(), after: change.after.clone() }
}

/// A text in three pieces: what both begin with, what differs, what both end with. Whole words, so that they can be read.
fn pieces(text: &str, other: Option<&str>) -> [String; 3] {
    let Some(other) = other.filter(|other| *other != text) else {
        return [text.to_owned(), String::new(), String::new()];
    };
    let (mine, theirs) = (words(text), words(other));
    let same = |(one, other): &(&&str, &&str)| one == other;
    let head = mine.iter().zip(&theirs).take_while(same).count();
    let most = mine.len().min(theirs.len()) - head;
    let tail = mine.iter().rev().zip(theirs.iter().rev()).take(most).take_while(same).count();
    let middle = mine.len() - head - tail;
    [
        mine.iter().take(head).copied().collect(),
        mine.iter().skip(head).take(middle).copied().collect(),
        mine.iter().skip(head + middle).copied().collect(),
    ]
}

/// The words of a text, each with the blanks behind it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_stands_between_what_both_say() {
        let check = |one: &str, other: &str| pieces(one, Some(other)).join("|");
        assert_eq!(check("Keys rotated by the team", "Keys rotated by ops"), "Keys rotated by |the team|");
        assert_eq!(check("Team told", "Whole team told"), "|Team |told");
        assert_eq!(check("a b a", "a b a b a"), "a b ||a", "nothing is counted twice");
        assert_eq!(check("same", "same"), "same||");
        assert_eq!(pieces("new", None), ["new".to_owned(), String::new(), String::new()]);
    }
}
