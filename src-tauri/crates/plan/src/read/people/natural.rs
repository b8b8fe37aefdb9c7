//! A person as people write one: "Anna Berg, release manager, +46 70 111 22 33", "Joe Li (DBA) joe@x.example".

use super::value::{self, Reach};
use crate::read::words;

/// Between a name, a role and a way to reach somebody.
const BETWEEN: [&str; 8] = [" - ", " — ", " – ", ",", ";", "|", "(", ")"];
/// Words that only say which way it is, or what to do with it.
const WAYS: [&str; 24] = [
    "phone",
    "tel",
    "tel.",
    "telephone",
    "mobile",
    "cell",
    "mail",
    "email",
    "e-mail",
    "slack",
    "chat",
    "call",
    "contact",
    "at",
    "on",
    "via",
    "or",
    "and",
    "ping",
    "page",
    "telefon",
    "handy",
    "телефон",
    "teléfono",
];
/// A name or a role is no longer than this, in words.
const LONGEST: usize = 5;

/// The role and the ways of the person that a list entry gives, without a label: `None` where it names no way, or more
/// than a person.
pub(super) fn person(text: &str) -> Option<(String, Reach)> {
    let mut reach = value::reach(text);
    if !reach.has_a_way() {
        return None;
    }
    let mut parts = said(text, &reach).into_iter();
    let (first, second) = (parts.next(), parts.next());
    if parts.next().is_some() || [&first, &second].into_iter().flatten().any(|part| !is_short(part)) {
        return None;
    }
    let role = match (first, second) {
        (Some(role), Some(name)) if is_role(&role) && !is_role(&name) => {
            reach.name = Some(name);
            role
        }
        (Some(name), Some(role)) => {
            reach.name = Some(name);
            role
        }
        // "@anna (release manager)", "DBA +46 …".
        (Some(one), None) => {
            let is_person = !is_role(&one) && one.starts_with(char::is_uppercase);
            if !is_person && !is_role(&one) {
                return None;
            }
            reach.name = is_person.then(|| one.clone());
            one
        }
        (None, _) => reach.chat.clone().or_else(|| reach.mail.clone())?,
    };
    Some((role, reach))
}

/// "Release manager: Anna": a role with a name and nothing else.
pub(super) fn named(role: &str, name: &str) -> bool {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) && word.chars().all(is_of_name);
    is_role(role) && is_short(name) && !is_role(name) && name.split_whitespace().all(is_capital)
}

fn is_of_name(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '.' | '-' | '\'' | '’')
}

/// What is left of a line without its ways, piece by piece.
fn said(text: &str, reach: &Reach) -> Vec<String> {
    let mut rest = text.to_owned();
    for way in [&reach.mail, &reach.phone, &reach.chat].into_iter().flatten() {
        rest = rest.replace(way.as_str(), ", ");
    }
    for sign in BETWEEN {
        rest = rest.replace(sign, "\n");
    }
    let pieces = rest.lines().map(|piece| {
        let kept = piece.split_whitespace().filter(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').to_lowercase();
            !bare.is_empty() && !WAYS.contains(&bare.as_str()) && !WAYS.contains(&bare.trim_end_matches('.'))
        });
        kept.collect::<Vec<_>>().join(" ").trim_matches([':', '<', '>', '*', '.', '"']).trim().to_owned()
    });
    pieces.filter(|piece| piece.chars().any(char::is_alphabetic)).collect()
}

fn is_short(text: &str) -> bool {
    (1..=LONGEST).contains(&text.split_whitespace().take(LONGEST + 1).count())
}

/// Whether words name a role: by a word of office, or by letters that stand for one ("DBA", "CTO").
pub(super) fn is_role(text: &str) -> bool {
    let is_letters = (2..=4).contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase());
    is_letters || words::has_any(&text.to_lowercase(), &super::ROLES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let Some((role, reach)) = person(text) else { return "-".to_owned() };
        let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        format!("{role}: {}/{}/{}/{}", or(reach.name), or(reach.phone), or(reach.mail), or(reach.chat))
    }

    #[test]
    fn people_as_they_are_written() {
        for (text, expected) in [
            ("Anna Berg, release manager, +46 70 111 22 33", "release manager: Anna Berg/+46 70 111 22 33/-/-"),
            ("Joe Li (DBA) joe.li@corp.example", "DBA: Joe Li/-/joe.li@corp.example/-"),
            ("DBA — Joe Li — +46 70 1112233", "DBA: Joe Li/+46 70 1112233/-/-"),
            ("Anna Berg +46 70 111 22 33", "Anna Berg: Anna Berg/+46 70 111 22 33/-/-"),
            ("Anna Berg 555-0199", "Anna Berg: Anna Berg/555-0199/-/-"),
            ("@anna (release manager)", "release manager: -/-/-/@anna"),
            (
                "Anna Berg (release manager), mobile +46 70 111 22 33, @anna",
                "release manager: Anna Berg/+46 70 111 22 33/-/@anna",
            ),
            ("Call the person who is on duty that night, +46 70 111 22 33", "-"),
            ("Anna Berg", "-"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
        assert!(
            named("Release manager", "Anna") && !named("Immediate escalation", "Data lost") && !named("Owner", "a5")
        );
    }
}
