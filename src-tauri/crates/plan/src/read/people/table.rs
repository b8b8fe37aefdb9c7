//! Tables of people: their columns in any order, shifts with a handle in a cell, and who answers for what (RACI).

use super::value::{self, Reach};
use crate::read::words;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Role,
    Name,
    Phone,
    Mail,
    Chat,
    /// Any way to reach somebody.
    Way,
    /// A person who does what the head says ("On-call", "Release manager").
    Person,
    Other,
}

fn column(head: &str) -> Column {
    let plain = words::plain(head);
    let is = |names: &[&str]| words::has_any(&plain, names);
    if is(&["phone", "mobile", "cell", "tel", "telephone", "telefon", "teléfono", "téléphone", "telefone", "телефон"])
    {
        Column::Phone
    } else if is(&["email", "e-mail", "mail", "correo", "e-posta", "почта"]) {
        Column::Mail
    } else if is(&["slack", "handle", "chat", "github", "discord", "teams id", "im"]) {
        Column::Chat
    } else if is(&["method", "how to reach", "contact info", "contact method", "reach", "secondary", "kontakt"]) {
        Column::Way
    } else if is(&["name", "contact", "person", "who", "nombre", "nom", "nome", "isim", "имя"]) {
        Column::Name
    } else if is(&["role", "team", "service", "function", "position", "title", "rolle", "rol", "rôle", "papel", "роль"])
    {
        Column::Role
    } else if is(&[
        "on-call",
        "oncall",
        "on call",
        "escalation",
        "primary",
        "backup",
        "manager",
        "shepherd",
        "commander",
        "captain",
        "lead",
        "owner",
        "engineer",
        "dri",
    ]) {
        Column::Person
    } else {
        Column::Other
    }
}

/// A person of a row: role and ways.
pub(super) type Found = (String, Reach);

/// The people of a row. Outside of a section about people only those count whom a column gives a way to be reached.
pub(super) fn people(head: &[String], cells: &[String], is_contacts: bool) -> Vec<Found> {
    let columns: Vec<Column> = head.iter().map(|head| column(head)).collect();
    let has = |wanted: Column| columns.contains(&wanted);
    let is_list = (has(Column::Role) || has(Column::Name))
        && (has(Column::Phone) || has(Column::Mail) || has(Column::Chat) || has(Column::Way) && is_contacts);
    if is_list {
        return listed(head, cells, &columns).into_iter().collect();
    }
    let role_of_row =
        columns.iter().zip(cells).find(|(column, _)| **column == Column::Role).map(|(_, cell)| cell.as_str());
    let of_person = |((column, head), cell): ((&Column, &String), &String)| -> Vec<Found> {
        let is_person = *column == Column::Person || *column == Column::Name;
        if !is_person || cell.trim().is_empty() {
            return Vec::new();
        }
        let role = match role_of_row.filter(|row| !row.is_empty() && is_contacts) {
            Some(row) => format!("{row}: {head}"),
            None => head.clone(),
        };
        let handles: Vec<String> = value::handles(cell).collect();
        if handles.len() > 1 {
            return handles
                .into_iter()
                .map(|handle| (role.clone(), Reach { chat: Some(handle), ..Reach::default() }))
                .collect();
        }
        let reach = value::reach(cell);
        let counts = reach.has_a_way() || is_contacts && (reach.name.is_some() || !reach.blanks.is_empty());
        counts.then_some((role, reach)).into_iter().collect()
    };
    columns.iter().zip(head).zip(cells).flat_map(of_person).collect()
}

/// A row of a list of people. An empty cell is a blank that its head names.
fn listed(head: &[String], cells: &[String], columns: &[Column]) -> Option<Found> {
    let mut reach = Reach::default();
    let mut role = None;
    for ((column, head), cell) in columns.iter().zip(head).zip(cells) {
        let cell = cell.trim();
        let blanks = words::blanks(cell);
        let is_open = cell.is_empty() || !blanks.is_empty() || cell.chars().all(|c| matches!(c, '-' | '—' | '–' | '.'));
        match column {
            Column::Other | Column::Person => {}
            Column::Role => {
                role.get_or_insert_with(|| cell.to_owned());
            }
            _ if is_open => {
                reach.blanks.extend(if blanks.is_empty() && cell.is_empty() { vec![head.clone()] } else { blanks });
            }
            Column::Name => {
                // "Contact" may hold an address.
                let own = value::reach(cell);
                reach.name = reach.name.or(own.name);
                reach.mail = reach.mail.or(own.mail);
                reach.chat = reach.chat.or(own.chat);
                reach.phone = reach.phone.or(own.phone);
            }
            Column::Phone => reach.phone = reach.phone.or_else(|| Some(cell.to_owned())),
            Column::Mail => reach.mail = reach.mail.or_else(|| Some(cell.trim_matches(['<', '>']).to_owned())),
            Column::Chat => reach.chat = reach.chat.or_else(|| Some(cell.to_owned())),
            Column::Way => {
                let own = value::reach(cell);
                reach.mail = reach.mail.or(own.mail);
                reach.chat = reach.chat.or(own.chat);
                reach.phone = reach.phone.or(own.phone);
            }
        }
    }
    let role = role.or_else(|| reach.name.clone()).filter(|role| !role.is_empty())?;
    (reach.has_a_way() || reach.name.is_some() || !reach.blanks.is_empty()).then_some((role, reach))
}

/// The columns of a table that says who answers for what: their cells hold nothing but R, A, C and I.
pub(super) fn raci(head: &[String], rows: &[&[String]]) -> Vec<String> {
    let letters = |cell: &str| {
        let mut parts = cell.split(['/', ',', ' ']).filter(|part| !part.is_empty()).peekable();
        parts.peek().is_some() && parts.all(|part| matches!(part, "R" | "A" | "C" | "I"))
    };
    let is_empty = |cell: &str| matches!(cell.trim(), "" | "-" | "—");
    let is_person = |at: &usize| {
        let cells = || rows.iter().filter_map(|row| row.get(*at)).map(String::as_str);
        cells().all(|cell| letters(cell) || is_empty(cell)) && cells().any(letters)
    };
    let columns: Vec<usize> = (1..head.len()).filter(is_person).collect();
    let holds = |letter: &str| {
        columns.iter().any(|at| rows.iter().filter_map(|row| row.get(*at)).any(|cell| cell.contains(letter)))
    };
    if columns.len() < 2 || !holds("R") || !holds("A") {
        return Vec::new();
    }
    columns.into_iter().filter_map(|at| head.get(at).cloned()).filter(|head| !head.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<String> {
        text.split('|').map(|cell| cell.trim().to_owned()).collect()
    }

    fn said(head: &str, cells: &str, is_contacts: bool) -> Vec<String> {
        let found = people(&row(head), &row(cells), is_contacts);
        found
            .iter()
            .map(|(role, reach)| {
                let ways =
                    [&reach.name, &reach.phone, &reach.mail, &reach.chat].map(|way| way.as_deref().unwrap_or("-"));
                format!("{role}: {} {:?}", ways.join("/"), reach.blanks)
            })
            .collect()
    }

    #[test]
    fn columns_stand_in_any_order() {
        assert_eq!(said("Email | Name | Role", "a@x.example | Ada | Lead", false), ["Lead: Ada/-/a@x.example/- []"]);
        assert_eq!(said("Role | Name | Phone", "DBA | | ", false), ["DBA: -/-/-/- [\"Name\", \"Phone\"]"]);
        assert_eq!(
            said("Role | Contact | Method", "SRE | a@x.example | Slack: @ada", true),
            ["SRE: -/-/a@x.example/@ada []"]
        );
        assert_eq!(said("Task | Owner | Status", "Ship | DBA | open", false), Vec::<String>::new());
        assert_eq!(said("Date | Release manager", "May 1 | @ada", false), ["Release manager: -/-/-/@ada []"]);
        assert_eq!(
            said("Service | On-call | Escalation", "api | Ada | Bo", true),
            ["api: On-call: Ada/-/-/- []", "api: Escalation: Bo/-/-/- []"]
        );
    }

    #[test]
    fn who_answers_for_what() {
        let rows = [row("Ship | R | A | -"), row("Tell | C | R/A | I")];
        let rows: Vec<&[String]> = rows.iter().map(Vec::as_slice).collect();
        assert_eq!(raci(&row("Task | Ada | Bo | Support"), &rows), ["Ada", "Bo", "Support"]);
        assert_eq!(raci(&row("Grade | Left | Right"), &[&row("x | A | C")]), Vec::<String>::new());
    }
}
