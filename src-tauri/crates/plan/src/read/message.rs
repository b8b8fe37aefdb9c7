//! What is to be told: team, customers, status page; before, during and after.

use super::body::{Bodies, Entry, EntryKind};
use super::hints::Hint;
use super::notes::Notes;
use super::ordinals::{Ordinals, together};
use super::outline::Outline;
use super::words;
use crate::model::{Above, Audience, ItemId, Message, MessageId, MessageMoment, Section, SectionKind};

/// Reads the communication sections, and elsewhere what a line tells to send.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, _notes: &mut Notes<'_>) -> Vec<Message> {
    let mut found: Vec<Message> = Vec::new();
    let mut ordinals = Ordinals::default();
    let mut lead: Option<&Entry> = None;
    let mut headings: Option<(Option<usize>, Headings)> = None;
    let mut index = 0;
    while let Some(entry) = bodies.entries.get(index) {
        index += 1;
        let Some(section) = outline.section(entry.section()) else { continue };
        let above = lead.replace(entry).filter(|above| above.section() == entry.section());
        let is_ours = section.kind == SectionKind::Communication;
        let is_led = above.is_some_and(|above| above.hints.has(Hint::Sending) && tells_to_send(&above.text))
            && !matches!(
                above.map(|above| &above.kind),
                Some(EntryKind::Fence { .. } | EntryKind::Script(_) | EntryKind::Row(_))
            );
        let mut drafts: Vec<(usize, Draft)> = Vec::new();
        let draft = match &entry.kind {
            EntryKind::Fence { first_line } if is_ours && subject(&entry.text).is_none() => {
                let quotes = quotes(&entry.text, section);
                if quotes.len() > 1 {
                    drafts.extend(quotes.into_iter().map(|(row, draft)| (first_line + row, draft)));
                    None
                } else {
                    (entry.depth() == 0 || is_led).then(|| letter(&entry.text, section, above.filter(|_| is_led)))
                }
            }
            EntryKind::Fence { .. } if is_ours && entry.depth() == 0 || is_led || subject(&entry.text).is_some() => {
                Some(letter(&entry.text, section, above.filter(|_| is_led)))
            }
            EntryKind::Paragraph if entry.quoted && is_led => {
                // The quote's further paragraphs.
                let mut text = entry.text.to_string();
                while let Some(next) =
                    bodies.entries.get(index).filter(|next| next.quoted && next.section() == entry.section())
                {
                    text.push_str("\n\n");
                    text.push_str(&next.text);
                    index += 1;
                }
                Some(letter(&text, section, above))
            }
            EntryKind::Item(_) | EntryKind::Bullet if is_ours && entry.depth() == 0 && !entry.quoted => line(entry),
            EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph if !is_ours => {
                let may_quote = entry.hints.signs.has(b'"') || entry.hints.signs.has_others();
                may_quote.then(|| quoted(&entry.text)).flatten()
            }
            _ => None,
        };
        drafts.extend(draft.map(|draft| (entry.line(), draft)));
        if drafts.is_empty() {
            continue;
        }
        let item: Option<ItemId> = match (&entry.kind, above.filter(|_| is_led).map(|above| &above.kind)) {
            (EntryKind::Item(at), _) | (_, Some(EntryKind::Item(at))) => {
                bodies.items.get(*at).map(|item| item.id.clone())
            }
            _ => None,
        };
        let above = match headings.take().filter(|(section, _)| *section == entry.section()) {
            Some((_, above)) => above,
            None => Headings::of(outline, entry.section()),
        };
        for (line, draft) in drafts {
            let ordinal = ordinals.next(together(above.path.iter().map(String::as_str)), &draft.name);
            let id = MessageId::under(above.ids.clone(), &draft.name, ordinal);
            found.push(Message {
                id,
                line,
                moment: above.moment,
                audience: above.audience(&draft.name),
                blanks: words::blanks(&format!("{}\n{}", draft.subject.as_deref().unwrap_or(""), draft.body)),
                channel: draft.channel,
                subject: draft.subject,
                body: draft.body,
                text: draft.name,
                item: item.clone(),
            });
        }
        headings = Some((entry.section(), above));
    }
    found
}

/// What says that something is sent.
pub(crate) const SEND: [&str; 24] = [
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
    let is_dress = |last: char| last.is_whitespace() || matches!(last, '*' | '_') || words::is_sign(last);
    if !text.trim_end_matches(is_dress).ends_with(':') {
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
    let (name, rest) = words::labelled(&text).map_or((text.as_ref(), ""), |(name, rest)| (name, rest));
    let lower = name.to_lowercase();
    if words::has_any(&lower, &["calendar", "invite", "invites", "war room", "bridge", "zoom", "meeting"]) {
        return None;
    }
    // A line without a label is a message where it says that something is sent; what is ticked and gives no words is a
    // check, and how to speak is a rule.
    let is_check = matches!(entry.kind, EntryKind::Item(_)) && !text.contains(['"', '“', '«']);
    if rest.is_empty() && (is_check || is_rule(&lower) || !words::has_any(&lower, &SEND)) {
        return None;
    }
    if is_moment(&lower) && !rest.starts_with(['"', '“', '«']) {
        return None;
    }
    let body = if rest.is_empty() { text.as_ref() } else { unquoted(rest) };
    Some(Draft { name: name.to_owned(), subject: None, body: body.to_owned(), channel: channel(body, name) })
}

/// "Avoid mail", "Do not use SMS".
fn is_rule(lower: &str) -> bool {
    let first = lower.split_whitespace().next().unwrap_or("");
    matches!(first, "prefer" | "avoid" | "do" | "don't" | "never" | "always" | "be" | "only")
}

/// "T+15", "Immediate": a label that says when somebody is told, not what.
pub(crate) fn is_moment(lower: &str) -> bool {
    matches!(lower, "immediate" | "immediately" | "at once")
        || ["t+", "t-"].iter().any(|sign| {
            lower.strip_prefix(sign).is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
        })
}

/// The words that a fence quotes, each with the line above it that says whom to tell, or with its own label.
fn quotes(text: &str, section: &Section) -> Vec<(usize, Draft)> {
    let mut found = Vec::new();
    let mut above = "";
    for (row, line) in text.lines().enumerate() {
        let line = line.trim();
        // What begins with a quotation mark is said, also where it holds a colon.
        let label = words::labelled(line).filter(|_| !line.starts_with(['"', '“', '«']));
        let (name, rest) = label.unwrap_or((above, line));
        let body = unquoted(rest);
        let is_said = body.len() < rest.len() && body.split_whitespace().count() >= 3;
        if is_said {
            let name = if words::has_any(&name.to_lowercase(), &SEND) { name } else { section.title.as_str() };
            let channel = channel(above, name);
            found.push((row, Draft { name: name.to_owned(), subject: None, body: body.to_owned(), channel }));
        } else if !line.is_empty() {
            above = line.trim_start_matches(['-', '*', '[', ']', ' ', '☐']);
        }
    }
    found
}

/// Where a message goes: the chat channel that is named, else the way that its name says.
fn channel(text: &str, name: &str) -> Option<String> {
    let names = |words: &[&str]| words::has_any(&words::lower(name), words);
    let hash = || {
        text.split_whitespace()
            .map(|word| word.trim_end_matches(['.', ',', ';', ':', ')', '"']))
            .find(|word| word.len() > 1 && word.starts_with('#') && !word.starts_with("##"))
            .map(str::to_owned)
    };
    // Most texts name no channel of the chat.
    let hash = text.contains('#').then(hash).flatten();
    hash.or_else(|| names(&["slack"]).then(|| "slack".to_owned()))
        .or_else(|| names(&["email", "mail", "e-mail"]).then(|| "mail".to_owned()))
}

/// A whole letter, with its subject line where it has one, and the line that tells to send it.
fn letter(text: &str, section: &Section, lead: Option<&Entry>) -> Draft {
    let text = text.trim_end();
    let subject = subject(text);
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    let name = subject.map_or_else(|| section.title.to_string(), str::to_owned);
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

const STATUS_PAGE: [&str; 1] = ["status page"];
const CUSTOMERS: [&str; 5] = ["customer", "customers", "users", "external", "public"];

/// One of these has a heading that says to whom the messages below it are.
pub(crate) fn words_of_audiences() -> impl Iterator<Item = &'static str> {
    STATUS_PAGE.into_iter().chain(CUSTOMERS)
}

/// What a heading says over what is sent before.
pub(crate) const BEFORE: [&str; 4] = ["before", "pre-deployment", "pre-release", "announcement"];
/// The same for after.
pub(crate) const AFTER: [&str; 5] = ["after", "post-deployment", "post-release", "completion", "complete"];
/// The same for during.
pub(crate) const DURING: [&str; 4] = ["during", "in progress", "update", "updates"];

/// What the headings above a message say of it.
struct Headings {
    path: Vec<String>,
    ids: Above,
    moment: MessageMoment,
    is_status_page: bool,
    is_of_customers: bool,
}

impl Headings {
    fn of(outline: &Outline, section: Option<usize>) -> Self {
        let path = path(outline.lineage(section));
        let names_audience = outline.above(section).any(|at| outline.hints(at).has(Hint::Audience));
        let above = if names_audience { words::plain(&path.join(" · ")) } else { String::new() };
        Self {
            moment: moment(outline, section),
            is_status_page: words::has_any(&above, &STATUS_PAGE),
            is_of_customers: words::has_any(&above, &CUSTOMERS),
            ids: path.iter().fold(Above::default(), |above, part| above.and(part)),
            path,
        }
    }

    fn audience(&self, name: &str) -> Audience {
        let own = words::plain(name);
        if self.is_status_page || words::has_any(&own, &STATUS_PAGE) {
            Audience::StatusPage
        } else if self.is_of_customers || words::has_any(&own, &["customer", "customers", "users"]) {
            Audience::Customers
        } else {
            Audience::Team
        }
    }
}

/// By the nearest heading that says before, during or after.
fn moment(outline: &Outline, section: Option<usize>) -> MessageMoment {
    let said = outline.above(section).find_map(|at| {
        let hints = outline.hints(at);
        if !hints.has_any(&[Hint::Before, Hint::After, Hint::During]) {
            return None;
        }
        let text = words::plain(&outline.section(Some(at))?.text);
        if words::has_any(&text, &BEFORE) {
            Some(MessageMoment::Before)
        } else if words::has_any(&text, &AFTER) {
            Some(MessageMoment::After)
        } else if words::has_any(&text, &DURING) {
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
    let mut path: Vec<String> = below_title.map(|section| section.text.to_string()).collect();
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
        let text = "# Ship\n\n## Communication\n\n- [ ] Watch the queue\n- A mail to all customers\n- [ ] Mail the customers\n- [ ] Issues: told at once\n- Do not use SMS or mail\n- [ ] Tell them \"It has begun\"\n- T+15: Note to the managers\n";
        assert_eq!(
            told(text),
            ["6 - mail A mail to all customers []", "8 - - told at once []", "10 - - Tell them \"It has begun\" []"]
        );
    }
}
