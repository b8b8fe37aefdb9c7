//! Who is called, and where people meet: lines of `role: name - phone - mail`, tables, sentences.

mod channel;
mod natural;
mod table;
mod value;

use std::collections::{HashMap, HashSet};

use super::body::{Bodies, Entry, EntryKind};
use super::doubts;
use super::notes::{Note, Notes};
use super::outline::Outline;
use super::quick::ByNumber;
use super::words;
use crate::model::{Block, Channel, Contact, ContactId, Inline, Level, SectionKind};
use value::Reach;

/// Reads the contact sections, and elsewhere what plainly gives a person or a place with a way to reach it.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, notes: &mut Notes<'_>) -> (Vec<Contact>, Vec<Channel>) {
    let mut found = Found::default();
    let words = said(bodies, outline);
    let mut unread = Vec::new();
    let mut index = 0;
    while let Some(entry) = bodies.entries.get(index) {
        let kind = outline.section(entry.section()).map(|section| section.kind);
        let is_contacts = kind == Some(SectionKind::Contacts);
        match &entry.kind {
            EntryKind::Row(first) => {
                let rows = bodies.entries.get(index..).unwrap_or_default();
                let same = |row: &&Entry| {
                    row.section() == entry.section()
                        && matches!(&row.kind, EntryKind::Row(other) if other.head == first.head)
                };
                let rows: Vec<&Entry> = rows.iter().take_while(same).collect();
                found.table(&first.head, &rows, is_contacts);
                index += rows.len().max(1);
                continue;
            }
            EntryKind::Fence { first_line } if is_contacts => {
                for (row, text) in entry.text.lines().enumerate() {
                    found.line(text, first_line + row, false);
                }
            }
            EntryKind::Fence { .. } | EntryKind::Script(_) => {}
            EntryKind::Bullet | EntryKind::Paragraph | EntryKind::Item(_) => {
                let inlines = words.get(entry.line()).copied().unwrap_or_default();
                if is_contacts {
                    let before = (found.contacts.len(), found.channels.len());
                    let mut is_other = false;
                    for text in lines(inlines, &entry.text) {
                        is_other |= found.line(&text, entry.line(), matches!(entry.kind, EntryKind::Bullet));
                    }
                    found.places(inlines, entry.line(), true);
                    let is_read = is_other || before != (found.contacts.len(), found.channels.len());
                    if !is_read && may_be_person(entry, inlines, outline) {
                        unread.push(entry.line());
                    }
                } else if kind != Some(SectionKind::Reference) {
                    found.sentence(inlines, entry.line());
                    // There a line's channel is where its message goes, and stands with the message.
                    if kind != Some(SectionKind::Communication) || matches!(entry.kind, EntryKind::Paragraph) {
                        found.places(inlines, entry.line(), false);
                    }
                }
            }
        }
        index += 1;
    }
    tell(&unread, notes);
    (found.contacts, found.channels)
}

/// Whether a list entry that gives nobody to call was meant to: one that leads somewhere else was not, nor what tells
/// when to call somebody.
fn may_be_person(entry: &Entry, inlines: &[Inline], outline: &Outline) -> bool {
    let title = outline.section(entry.section()).map(|section| words::plain(&section.text)).unwrap_or_default();
    matches!(entry.kind, EntryKind::Bullet)
        && !entry.quoted
        && !inlines.iter().any(|inline| matches!(inline, Inline::Link { .. }))
        && !words::has_any(&title, &["criteria", "rules", "policy", "process", "path", "steps", "when", "if"])
}

/// The entries of contact sections that nobody can be called by.
fn tell(unread: &[usize], notes: &mut Notes<'_>) {
    let Some(first) = unread.first() else { return };
    let (entries, is) = if unread.len() == 1 { ("The entry", "is") } else { ("The entries", "are") };
    notes.on_line(
        *first,
        Note {
            code: "WHO-02",
            level: Level::Warning,
            message: format!(
                "{entries} of the contact section in {} {is} read as no contact, so nobody is called by what stands there.",
                doubts::lines(unread)
            ),
            mend: "Write \"Role: name - phone - mail\".",
        },
    );
}

/// The words of each entry as typed nodes, by line: what stands in code is no person.
fn said<'a>(bodies: &'a Bodies, outline: &'a Outline) -> ByNumber<&'a [Inline]> {
    let lines = bodies.entries.last().map_or(0, |entry| entry.line());
    let mut words = ByNumber::<&[Inline]>::up_to(lines);
    let of_items = bodies.items.iter().flat_map(|item| &item.blocks);
    let of_sections = outline.sections.iter().flat_map(|section| &section.body);
    for block in of_items.chain(of_sections).chain(&bodies.preamble) {
        if let Block::Prose(prose) = block {
            words.set(prose.line, &prose.inlines);
        }
    }
    for item in &bodies.items {
        words.set(item.range.line, &item.inlines);
    }
    words
}

/// The labelled lines of a paragraph: a bold label begins a line, since Markdown draws lines together.
fn lines(inlines: &[Inline], text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, inline) in inlines.iter().enumerate() {
        let next = inlines.get(at + 1).map(Inline::text).unwrap_or_default();
        let is_label = matches!(inline, Inline::Strong { .. })
            && (inline.text().trim_end().ends_with(':') || next.trim_start().starts_with(':'));
        match found.last_mut().filter(|_| !is_label) {
            Some(line) => line.push_str(inline.text()),
            None => found.push(inline.text().to_owned()),
        }
        // "[Joe Li](mailto:joe@x.example)": the address stands only in the link.
        if let Inline::Link { text, target } = inline
            && let Some(way) = target.strip_prefix("mailto:").or_else(|| target.strip_prefix("tel:"))
            && !text.contains(way)
            && let Some(line) = found.last_mut()
        {
            line.push_str(" - ");
            line.push_str(way);
        }
    }
    if found.is_empty() {
        found.push(text.to_owned());
    }
    found
}

#[derive(Default)]
struct Found {
    contacts: Vec<Contact>,
    channels: Vec<Channel>,
    roles: HashMap<String, usize>,
    names: HashMap<String, usize>,
    /// Ways that were given already, so that nobody is listed twice.
    known: HashSet<String>,
}

impl Found {
    fn contact(&mut self, text: &str, line: usize, role: &str, reach: Reach) {
        let ordinal = self.roles.entry(role.to_owned()).or_default();
        let id = ContactId::of(&["contact".to_owned()], role, *ordinal);
        *ordinal += 1;
        let Reach { name, phone, mail, chat, blanks } = reach;
        self.known.extend([&phone, &mail, &chat].into_iter().flatten().cloned());
        let order = self.contacts.len() + 1;
        let (text, role) = (text.to_owned(), role.to_owned());
        self.contacts.push(Contact { id, line, text, role, name, phone, mail, chat, order, blanks });
    }

    fn channel(
        &mut self,
        name: &str,
        line: usize,
        kind: crate::model::ChannelKind,
        target: Option<String>,
        blank: Option<String>,
    ) {
        if let Some(target) = &target
            && !self.known.insert(target.clone())
        {
            return;
        }
        let ordinal = self.names.entry(name.to_owned()).or_default();
        let id = ContactId::of(&["channel".to_owned()], name, *ordinal);
        *ordinal += 1;
        self.channels.push(Channel { id, line, text: name.to_owned(), kind, target, blank });
    }

    /// A line of a section about people; whether it is a place or a step of the ladder.
    fn line(&mut self, text: &str, line: usize, is_entry: bool) -> bool {
        let text = words::without_signs(text);
        let Some((name, value)) = words::labelled(&text).filter(|(_, value)| !value.is_empty()) else {
            match natural::person(&text).filter(|_| is_entry) {
                Some((role, reach)) => self.contact(&text, line, &role, reach),
                None => self.ladder(&text, line),
            }
            return is_step(&text);
        };
        let (name, value) = (name.trim_matches('*').to_owned(), value.to_owned());
        if let Some(kind) = channel::kind(&name) {
            let blank = words::blanks(&value).into_iter().next();
            let hashes: Vec<String> = channel::hashes(&value).collect();
            if hashes.is_empty() {
                self.channel(&name, line, kind, blank.is_none().then(|| value.clone()), blank);
            }
            for hash in hashes {
                self.channel(&name, line, kind, Some(hash), None);
            }
            return true;
        }
        let reach = value::reach(&value);
        let has_parts = value.contains(" - ") || value.contains(['|', ';']) || value.contains(", ");
        let is_named = has_parts && reach.name.is_some() || is_entry && natural::named(&name, &value);
        if is_step(&value) {
            self.ladder(&text, line);
        } else if reach.has_a_way() || !reach.blanks.is_empty() || is_named {
            self.contact(&text, line, &name, reach);
        }
        is_step(&text)
    }

    /// "Escalate to the tech lead after 5 min": a step of the ladder that names somebody new.
    fn ladder(&mut self, text: &str, line: usize) {
        let plain = words::plain(text);
        let Some(at) = plain.find("escalate to ") else { return };
        let rest = text.get(at + "escalate to ".len()..).unwrap_or("").trim_start_matches("the ");
        let end = rest.find(['→', ',', '.', '(', ';']).unwrap_or(rest.len());
        let role = rest.get(..end).unwrap_or("");
        let role = role.split(" after ").next().unwrap_or("").split(" - ").next().unwrap_or("").trim();
        let role: String = role
            .split_whitespace()
            .take_while(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
            .collect::<Vec<_>>()
            .join(" ");
        let lower = role.to_lowercase();
        let is_known = self.contacts.iter().take(MOST).any(|one| {
            let other = one.role.to_lowercase();
            other.contains(&lower) || other.starts_with(lower.get(..6).unwrap_or(&lower))
        });
        if !role.is_empty() && role.split_whitespace().count() <= 4 && !is_known {
            self.contact(text, line, &role, Reach::default());
        }
    }

    fn table(&mut self, head: &[String], rows: &[&Entry], is_contacts: bool) {
        let cells: Vec<&[String]> = rows
            .iter()
            .filter_map(|row| match &row.kind {
                EntryKind::Row(row) => Some(row.cells.as_slice()),
                _ => None,
            })
            .collect();
        for (row, cells) in rows.iter().zip(&cells) {
            for (role, reach) in table::people(head, cells, is_contacts) {
                let is_new = reach.chat.as_ref().is_none_or(|chat| is_contacts || !self.known.contains(chat));
                if is_new {
                    self.contact(&row.text, row.line(), &role, reach);
                }
            }
        }
        if let Some(row) = rows.first() {
            for person in table::raci(head, &cells) {
                let (role, names) = words::brackets(&person);
                let name = names.into_iter().next();
                self.contact(&person, row.line(), &role, Reach { name, ..Reach::default() });
            }
        }
    }

    /// "Call Ada Berg at +351 …", "check with @harbour/security": a sentence that sends somebody to a person.
    fn sentence(&mut self, inlines: &[Inline], line: usize) {
        let said = || inlines.iter().filter(|one| !matches!(one, Inline::Code { .. })).map(Inline::text);
        // No way to reach anybody goes without one of these.
        if !said().any(|text| text.bytes().any(|byte| matches!(byte, b'@' | b'+'))) {
            return;
        }
        let text: String = said().collect();
        let plain = words::plain(&text);
        if !words::has_any(&plain, &CALL) {
            return;
        }
        let is_list = words::has_any(&plain, &["mailing list", "announce", "distribution list", "google group"]);
        for mail in value::mails(&text).collect::<Vec<_>>() {
            if is_list {
                self.channel(&before(&text, &mail), line, crate::model::ChannelKind::Other, Some(mail), None);
            } else {
                self.person(&text, line, &mail, Reach { mail: Some(mail.clone()), ..Reach::default() });
            }
        }
        for phone in value::phones(&text) {
            self.person(&text, line, &phone, Reach { phone: Some(phone.clone()), ..Reach::default() });
        }
        for handle in value::handles(&text).collect::<Vec<_>>() {
            self.person(&text, line, &handle, Reach { chat: Some(handle.clone()), ..Reach::default() });
        }
    }

    fn person(&mut self, text: &str, line: usize, way: &str, mut reach: Reach) {
        if self.known.contains(way) {
            return;
        }
        let name = before(text, way);
        let is_role = words::has_any(&name.to_lowercase(), &ROLES);
        let role = if is_role || name == way {
            name
        } else {
            reach.name = Some(name.clone());
            name
        };
        self.contact(text, line, &role, reach);
    }

    /// Channels, pagers, pages and bridges that a line names.
    fn places(&mut self, inlines: &[Inline], line: usize, is_about_people: bool) {
        let has_way = |one: &Inline| matches!(one, Inline::Link { .. }) || words::holds(one.text(), b'#');
        if !inlines.iter().any(has_way) {
            return;
        }
        let plain = words::plain(&Inline::plain(inlines));
        let speaks = is_about_people || channel::speaks_of_chat(&plain);
        for inline in inlines {
            if let Inline::Link { text, target } = inline
                && let Some(kind) = channel::kind_of_address(target)
            {
                let hash = channel::hashes(text).next();
                self.channel(text, line, kind, Some(hash.unwrap_or_else(|| target.to_string())), None);
                continue;
            }
            if !speaks {
                continue;
            }
            for hash in channel::hashes(inline.text()).collect::<Vec<_>>() {
                let kind = channel::kind(&plain).filter(|kind| *kind == crate::model::ChannelKind::WarRoom);
                self.channel(&hash, line, kind.unwrap_or(crate::model::ChannelKind::Other), Some(hash.clone()), None);
            }
        }
    }
}

fn is_step(text: &str) -> bool {
    words::has_any(&words::plain(text), &["escalate", "escalate to"])
}

/// A ladder that is longer than this is none.
const MOST: usize = 200;

const CALL: [&str; 24] = [
    "call",
    "phone",
    "ring",
    "page",
    "contact",
    "reach",
    "ask",
    "ping",
    "check with",
    "cc",
    "notify",
    "email",
    "e-mail",
    "mail",
    "escalate",
    "message",
    "tell",
    "announce",
    "inform",
    "mailing list",
    "questions",
    "kontakt",
    "contactar",
    "позвонить",
];

const ROLES: [&str; 18] = [
    "team",
    "desk",
    "lead",
    "manager",
    "engineer",
    "on-call",
    "support",
    "response",
    "security",
    "sre",
    "ops",
    "admin",
    "dba",
    "owner",
    "director",
    "commander",
    "service",
    "officer",
];

/// The name before a way to reach somebody: words that begin with capitals, at most five of them; without one the way
/// itself.
fn before(text: &str, way: &str) -> String {
    let head = text.split(way).next().unwrap_or("").trim_end_matches(['<', '(', ' ', ':', '`', '[']);
    let mut words: Vec<&str> = Vec::new();
    for word in head.split_whitespace().rev().skip_while(|word| matches!(*word, "at" | "on" | "via" | "under")).take(5)
    {
        let is_and = matches!(
            word,
            "AND" | "OR" | "To" | "Call" | "Ask" | "Contact" | "Ping" | "Email" | "Page" | "Phone" | "Ring" | "Notify"
        );
        if is_and || !word.starts_with(char::is_uppercase) || word.ends_with(['.', ',', '?', '!']) {
            break;
        }
        words.push(word);
    }
    words.reverse();
    if words.is_empty() { way.to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::Plan;

    fn plan(text: &str) -> Plan {
        crate::read(text, &Config::default()).0
    }

    fn contacts(text: &str) -> Vec<String> {
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
        let said = |one: &super::Contact| {
            format!(
                "{} {}: {}/{}/{}/{}",
                one.line,
                one.role,
                or(&one.name),
                or(&one.phone),
                or(&one.mail),
                or(&one.chat)
            )
        };
        plan(text).contacts.iter().map(said).collect()
    }

    fn channels(text: &str) -> Vec<String> {
        plan(text)
            .channels
            .iter()
            .map(|one| format!("{:?} {}", one.kind, one.target.as_deref().unwrap_or("-")))
            .collect()
    }

    #[test]
    fn lists_and_bold_lines_of_a_contact_section() {
        let text = "# Ship\n\n## Contacts\n\n**Lead**: @ada  \n**DBA**: +1 555 0100  \n**Slack channel**: #ship\n\n- **On-call**: [Phone]\n- Status page: https://status.x.example\n\n1. **+15 min**: Escalate to VP Engineering\n";
        assert_eq!(
            contacts(text),
            ["5 Lead: -/-/-/@ada", "5 DBA: -/+1 555 0100/-/-", "9 On-call: -/-/-/-", "12 VP Engineering: -/-/-/-"]
        );
        assert_eq!(channels(text), ["Other #ship", "StatusPage https://status.x.example"]);
    }

    #[test]
    fn each_natural_spelling_of_a_contact_is_one() {
        let text = "# Ship\n\n## Contacts\n\n- Anna Berg, release manager, +46 70 111 22 33\n- Joe Li (DBA) joe.li@corp.example\n- **DBA** — Joe Li — +46 70 1112233\n- Anna Berg +46 70 111 22 33\n- DBA: Joe Li <joe@x.example>\n- @anna (release manager)\n- Release manager: Anna\n- DBA: [Joe Li](mailto:joe@y.example)\n";
        assert_eq!(
            contacts(text),
            [
                "5 release manager: Anna Berg/+46 70 111 22 33/-/-",
                "6 DBA: Joe Li/-/joe.li@corp.example/-",
                "7 DBA: Joe Li/+46 70 1112233/-/-",
                "8 Anna Berg: Anna Berg/+46 70 111 22 33/-/-",
                "9 DBA: Joe Li/-/joe@x.example/-",
                "10 release manager: -/-/-/@anna",
                "11 Release manager: Anna/-/-/-",
                "12 DBA: Joe Li/-/joe@y.example/-"
            ]
        );
    }

    #[test]
    fn entries_that_give_nobody_are_told() {
        let text = "# Ship\n\n## Contacts\n\n- DBA: Joe Li - joe@x.example\n- Anna knows it all\n- Slack: #ship\n- Whoever is up\n- [Runbook](https://x.example)\n";
        let findings = crate::read(text, &Config::default()).1;
        let told: Vec<_> = findings.iter().filter(|one| one.code == "WHO-02").collect();
        assert_eq!(told.iter().map(|one| one.range.line).collect::<Vec<_>>(), [6]);
        assert!(told[0].message.contains("lines 6 and 8"), "{}", told[0].message);
    }

    #[test]
    fn sentences_name_people_and_code_does_not() {
        let text = "# Ship\n\n- [ ] Call Ada Berg at +351 912 345 678\n- [ ] Check with @harbour/security first\n- [ ] Email Service Desk <desk@x.example>\n- [ ] Run `npm i @scope/pkg` and mail `git@x.example`\n- [ ] Upgrade @types/node\n- [ ] Post in #ops\n- [ ] Close #12 and #fix-it\n";
        assert_eq!(
            contacts(text),
            [
                "3 Ada Berg: Ada Berg/+351 912 345 678/-/-",
                "4 @harbour/security: -/-/-/@harbour/security",
                "5 Service Desk: -/-/desk@x.example/-"
            ]
        );
        assert_eq!(channels(text), ["Other #ops"]);
    }

    #[test]
    fn tables_give_people_anywhere() {
        let text = "# Ship\n\n## Team\n\n| Role | Name | Phone | Email | Slack |\n|---|---|---|---|---|\n| Lead | Ada | +1 555 0100 | a@x.example | @ada |\n| DBA | | | | |\n";
        assert_eq!(contacts(text), ["7 Lead: Ada/+1 555 0100/a@x.example/@ada", "8 DBA: -/-/-/-"]);
        assert_eq!(plan(text).contacts[1].blanks, ["Name", "Phone", "Email", "Slack"]);
    }
}
