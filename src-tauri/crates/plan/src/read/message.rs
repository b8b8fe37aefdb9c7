//! What is to be told: team, customers, status page; before, during and after.

use super::body::{Bodies, Entry, EntryKind};
use super::notes::Notes;
use super::ordinals::Ordinals;
use super::outline::Outline;
use super::words;
use crate::model::{Audience, ItemId, Message, MessageId, MessageMoment, Section, SectionKind};

/// Reads the communication sections, and elsewhere what a line tells to send.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, _notes: &mut Notes<'_>) -> Vec<Message> {
    let mut found = Vec::new();
    let mut ordinals = Ordinals::default();
    let mut lead: Option<&Entry> = None;
    let mut index = 0;
    while let Some(entry) = bodies.entries.get(index) {
        index += 1;
        let Some(section) = outline.section(entry.section) else { continue };
        let above = lead.replace(entry).filter(|above| above.section == entry.section);
        let is_ours = section.kind == SectionKind::Communication;
        let is_led = above.is_some_and(|above| tells_to_send(&above.text))
            && !matches!(
                above.map(|above| &above.kind),
                Some(EntryKind::Fence { .. } | EntryKind::Script { .. } | EntryKind::Row { .. })
            );
        let draft = match &entry.kind {
            EntryKind::Fence { .. } if is_ours && entry.depth == 0 || is_led || subject(&entry.text).is_some() => {
                Some(letter(&entry.text, section, above.filter(|_| is_led)))
            }
            EntryKind::Paragraph if entry.quoted && is_led => {
                // The quote's further paragraphs.
                let mut text = entry.text.clone();
                while let Some(next) =
                    bodies.entries.get(index).filter(|next| next.quoted && next.section == entry.section)
                {
                    text.push_str("\n\n");
                    text.push_str(&next.text);
                    index += 1;
                }
                Some(letter(&text, section, above))
            }
            EntryKind::Item(_) | EntryKind::Bullet if is_ours && entry.depth == 0 && !entry.quoted => line(entry),
            EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph if !is_ours => quoted(&entry.text),
            _ => None,
        };
        let Some(draft) = draft else { continue };
        let item: Option<ItemId> = match (&entry.kind, above.filter(|_| is_led).map(|above| &above.kind)) {
            (EntryKind::Item(at), _) | (_, Some(EntryKind::Item(at))) => {
                bodies.items.get(*at).map(|item| item.id.clone())
            }
            _ => None,
        };
        let path = path(outline.lineage(entry.section));
        let ordinal = ordinals.next(path.iter().map(String::as_str), &draft.name);
        let id = MessageId::of(&path, &draft.name, ordinal);
        let headings = path.join(" · ");
        found.push(Message {
            id,
            line: entry.line,
            moment: moment(outline.lineage(entry.section)),
            audience: audience(&draft.name, &headings),
            blanks: words::blanks(&format!("{}\n{}", draft.subject.as_deref().unwrap_or(""), draft.body)),
            channel: draft.channel,
            subject: draft.subject,
            body: draft.body,
            text: draft.name,
            item,
        });
    }
    found
}

const SEND: [&str; 24] = [
    "post",
    "announce",
    "announcement",
    "send",
    "message",
    "template",
    "notify",
    "slack",
    "email",
    "e-mail",
    "mail",
    "tweet",
    "comment",
    "publish",
    "tell",
    "inform",
    "notice",
    "status page",
    "share",
    "communicate",
    "anunciar",
    "duyuru",
    "сообщение",
    "nachricht",
];

/// Whether words announce a text to be sent: "Post in #ops:", "Email template:". What git is told is no message.
fn tells_to_send(text: &str) -> bool {
    if !text.contains(':') {
        return false;
    }
    let plain = words::plain(text);
    plain.trim_end_matches(['*', '_']).ends_with(':')
        && words::has_any(&plain, &SEND)
        && !words::has_any(
            &plain,
            &["commit", "tag", "changelog", "config", "command", "commands", "output", "error", "logs"],
        )
}

/// A line elsewhere that says whom to tell and quotes the words: `Announce: "We begin"`.
fn quoted(text: &str) -> Option<Draft> {
    if !text.contains(['"', '”', '»']) {
        return None;
    }
    let text = words::without_signs(text);
    let (name, rest) = words::labelled(&text)?;
    let body = unquoted(rest);
    let is_said = body.len() < rest.len() && body.split_whitespace().count() >= 3;
    let names_way = words::has_any(&name.to_lowercase(), &SEND);
    (is_said && names_way).then(|| Draft {
        name: name.to_owned(),
        subject: None,
        body: body.to_owned(),
        channel: channel(&text, name),
    })
}

struct Draft {
    name: String,
    subject: Option<String>,
    body: String,
    channel: Option<String>,
}

/// A list entry: "Team Slack: "Deployment planned for Jan 21"". An entry that makes a place or an invitation is a
/// check, not a message.
fn line(entry: &Entry) -> Option<Draft> {
    let text = words::without_signs(&entry.text);
    let (name, rest) = words::labelled(&text).map_or((text.as_str(), ""), |(name, rest)| (name, rest));
    let lower = name.to_lowercase();
    if words::has_any(&lower, &["calendar", "invite", "invites", "war room", "bridge", "zoom", "meeting"]) {
        return None;
    }
    // A line without a label is a message where it says that something is sent; "Watch the queue" is a check.
    if rest.is_empty() && !words::has_any(&lower, &SEND) {
        return None;
    }
    let body = if rest.is_empty() { text.as_str() } else { unquoted(rest) };
    Some(Draft { name: name.to_owned(), subject: None, body: body.to_owned(), channel: channel(body, name) })
}

/// Where a message goes: the chat channel that is named, else the way that its name says.
fn channel(text: &str, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    text.split_whitespace()
        .map(|word| word.trim_end_matches(['.', ',', ';', ':', ')', '"']))
        .find(|word| word.len() > 1 && word.starts_with('#') && !word.starts_with("##"))
        .map(str::to_owned)
        .or_else(|| words::has(&lower, "slack").then(|| "slack".to_owned()))
        .or_else(|| words::has_any(&lower, &["email", "mail", "e-mail"]).then(|| "mail".to_owned()))
}

/// A whole letter, with its subject line where it has one, and the line that tells to send it.
fn letter(text: &str, section: &Section, lead: Option<&Entry>) -> Draft {
    let text = text.trim_end();
    let subject = subject(text);
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    let name = subject.map_or_else(|| section.title.clone(), str::to_owned);
    let body = if subject.is_some() { rest.trim_start_matches(['\n', '\r']) } else { text };
    let channel = subject.map(|_| "mail".to_owned()).or_else(|| lead.and_then(|lead| channel(&lead.text, &lead.text)));
    Draft { name, subject: subject.map(str::to_owned), body: body.to_owned(), channel }
}

const SUBJECT: [&str; 7] = ["subject", "betreff", "asunto", "objet", "assunto", "konu", "тема"];

/// The subject that the first line of a letter names: `Subject: …`, `**Subject**: …`.
fn subject(text: &str) -> Option<&str> {
    let first = text.trim_start().lines().next()?.trim();
    let (name, rest) = first.split_once(':')?;
    let name = name.trim_matches(['*', '_', ' ', '>']).to_lowercase();
    SUBJECT.contains(&name.as_str()).then(|| rest.trim_matches(['*', '_', ' ']))
}

/// The words between quotation marks where the whole text is quoted.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('“', '”'), ('«', '»')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner.filter(|inner| !inner.contains(open)) {
            return inner;
        }
    }
    text
}

fn audience(name: &str, headings: &str) -> Audience {
    let own = words::plain(name);
    let above = words::plain(headings);
    if words::has(&own, "status page") || words::has(&above, "status page") {
        Audience::StatusPage
    } else if words::has_any(&own, &["customer", "customers", "users"])
        || words::has_any(&above, &["customer", "customers", "users", "external", "public"])
    {
        Audience::Customers
    } else {
        Audience::Team
    }
}

/// By the nearest heading that says before, during or after.
fn moment<'a>(mut lineage: impl Iterator<Item = &'a Section>) -> MessageMoment {
    let said = lineage.find_map(|section| {
        let text = words::plain(&section.text);
        if words::has_any(&text, &["before", "pre-deployment", "pre-release", "announcement"]) {
            Some(MessageMoment::Before)
        } else if words::has_any(&text, &["after", "post-deployment", "post-release", "completion", "complete"]) {
            Some(MessageMoment::After)
        } else if words::has_any(&text, &["during", "in progress", "update", "updates"]) {
            Some(MessageMoment::During)
        } else {
            None
        }
    });
    said.unwrap_or(MessageMoment::During)
}

/// The headings above; the document's own title says nothing about who is told.
fn path<'a>(lineage: impl Iterator<Item = &'a Section>) -> Vec<String> {
    let below_title = lineage.filter(|section| section.level > 1 || section.parent.is_some());
    let mut path: Vec<String> = below_title.map(|section| section.text.clone()).collect();
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn told(text: &str) -> Vec<String> {
        let plan = crate::read(text, &Config::default()).0;
        plan.messages
            .iter()
            .map(|one| {
                let (subject, channel) = (one.subject.as_deref().unwrap_or("-"), one.channel.as_deref().unwrap_or("-"));
                format!("{} {subject} {channel} {} {:?}", one.line, one.body.replace('\n', "⏎"), one.blanks)
            })
            .collect()
    }

    #[test]
    fn texts_that_a_line_tells_to_send() {
        let text = "# Ship\n\n- [ ] Post in #ops:\n  ```\n  We ship { version } now\n  ```\n- [ ] Announce: \"We begin at ten\"\n- [ ] Say: \"no one hears it\"\n\nSend this mail:\n\n> Dear all,\n>\n> it is done.\n\nCommit with message:\n\n```\nRelease it\n```\n";
        assert_eq!(
            told(text),
            [
                "4 - #ops We ship { version } now [\"{ version }\"]",
                "7 - - We begin at ten []",
                "12 - mail Dear all,⏎⏎it is done. []"
            ]
        );
    }

    #[test]
    fn subjects_of_many_spellings() {
        let text =
            "# Ship\n\nx\n\n```\n**Subject**: Work at ten\n\nDear all\n```\n\n```\nBetreff: Arbeiten\nHallo\n```\n";
        assert_eq!(told(text), ["5 Work at ten mail Dear all []", "11 Arbeiten mail Hallo []"]);
    }

    #[test]
    fn a_check_of_a_communication_section_is_no_message() {
        let text = "# Ship\n\n## Communication\n\n- [ ] Watch the queue\n- [ ] Email to all customers\n- [ ] Issues: told at once\n";
        assert_eq!(told(text), ["6 - mail Email to all customers []", "7 - - told at once []"]);
    }
}
