//! Table rows that are checks: by a column of states, by a cell of answers, by a time and what is to be done then.

use super::{choice, fields, marks, steps, words};
use crate::model::{Choice, Field, Inline, Origin, SourceMark};

/// What a table's rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A column tells the state of each.
    States,
    /// Several columns tell for which level each is demanded.
    Levels,
    /// Some cells are answers to choose from.
    Choices,
    /// A time, and what is to be done then.
    Steps,
}

/// One row as an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) text: String,
    pub(crate) inlines: Vec<Inline>,
    pub(crate) state: SourceMark,
    pub(crate) origin: Origin,
    pub(crate) choices: Vec<Choice>,
    pub(crate) fields: Vec<Field>,
    pub(crate) owner: Option<String>,
    pub(crate) expected: Option<String>,
    /// The words of its time column.
    pub(crate) time: Option<String>,
}

/// What a column holds, by its head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Number,
    State,
    Owner,
    Limit,
    Time,
    /// Filled on the day: date, signature, what was found.
    Filled,
    Words,
}

/// The rows that are items, in the order of the table; `None` where the table only describes.
pub(crate) fn read(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Option<(Kind, Vec<Option<Row>>)> {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| Inline::plain(cell).trim().to_owned()).collect()).collect();
    let heads: Vec<String> = head.iter().map(|cell| Inline::plain(cell).trim().to_owned()).collect();
    let plain: Vec<String> = heads.iter().map(|head| words::plain(head)).collect();
    let mut roles: Vec<Role> = plain.iter().map(|head| role(head)).collect();
    let column = |at: usize| cells.iter().filter_map(move |row| row.get(at)).map(String::as_str);
    for (at, role) in roles.iter_mut().enumerate() {
        if *role == Role::Words && at == 0 && column(at).all(is_number) {
            *role = Role::Number;
        }
    }
    let states: Vec<usize> = (0..heads.len()).filter(|at| is_state_column(&plain, *at, column(*at))).collect();
    // "Check" heads a column of states as well as one of words: what stands in it decides.
    for (at, role) in roles.iter_mut().enumerate() {
        if *role == Role::State && !states.contains(&at) {
            *role = Role::Words;
        }
    }
    let table = Table { heads: &heads, roles, rows, cells: &cells };
    let named: Vec<usize> = states.iter().copied().filter(|at| table.roles.get(*at) == Some(&Role::State)).collect();
    // An overview of phases tells how far each is; what is to be done stands in the phases themselves.
    let is_overview = plain.first().is_some_and(|head| matches!(head.as_str(), "phase" | "stage" | "week" | "wave"));
    match (states.as_slice(), named.as_slice()) {
        _ if is_overview => None,
        ([only], _) | (_, [only]) => Some((Kind::States, table.by_state(*only))),
        ([], _) => table.by_choice().map(|rows| (Kind::Choices, rows)).or_else(|| {
            let action = plain.iter().position(|head| is_action(head))?;
            table.by_time(action).map(|rows| (Kind::Steps, rows))
        }),
        (several, _) => table.by_level(several).map(|rows| (Kind::Levels, rows)),
    }
}

struct Table<'a> {
    heads: &'a [String],
    roles: Vec<Role>,
    rows: &'a [Vec<Vec<Inline>>],
    cells: &'a [Vec<String>],
}

impl Table<'_> {
    fn by_state(&self, state: usize) -> Vec<Option<Row>> {
        let rows = self.cells.iter().enumerate();
        rows.map(|(at, cells)| {
            let cell = cells.get(state).map_or("", String::as_str);
            let mark = cell_state(cell).unwrap_or_default();
            self.row(at, &[state], mark)
        })
        .collect()
    }

    /// The levels say for what a row is demanded, never that it is done.
    fn by_level(&self, levels: &[usize]) -> Option<Vec<Option<Row>>> {
        let has_no = levels.iter().any(|at| {
            let mut cells = self.cells.iter().filter_map(|row| row.get(*at));
            cells.any(|cell| cell_state(cell).is_some_and(|cell| cell.state == SourceMark::Unknown))
        });
        // A tick against a cross compares things.
        if has_no {
            return None;
        }
        Some((0..self.cells.len()).map(|at| self.row(at, levels, Cell::default())).collect())
    }

    fn by_choice(&self) -> Option<Vec<Option<Row>>> {
        let rows: Vec<Option<Row>> = self
            .cells
            .iter()
            .enumerate()
            .map(|(at, cells)| {
                let (column, cell) = cells.iter().enumerate().find_map(|(column, cell)| {
                    let cell = cell_state(cell).filter(|cell| !cell.choices.is_empty())?;
                    Some((column, cell))
                })?;
                self.row(at, &[column], cell)
            })
            .collect();
        rows.iter().any(Option::is_some).then_some(rows)
    }

    /// A table of times is a run of steps where most of its actions tell to do something.
    fn by_time(&self, action: usize) -> Option<Vec<Option<Row>>> {
        let time = self.roles.iter().position(|role| *role == Role::Time)?;
        let told = self.cells.iter().filter_map(|row| row.get(action)).filter(|cell| steps::tells(cell)).count();
        let is_timed = |row: &Vec<String>| row.get(time).is_some_and(|cell| cell.chars().any(|c| c.is_ascii_digit()));
        let timed = self.cells.iter().filter(|row| is_timed(row)).count();
        if told * 2 <= self.cells.len() || timed * 2 <= self.cells.len() {
            return None;
        }
        Some(
            (0..self.cells.len())
                .map(|at| {
                    let mut row = self.row(at, &[time], Cell::default())?;
                    row.origin = Origin::Step;
                    Some(row)
                })
                .collect(),
        )
    }

    /// The row's words are those of the columns that describe; a row without any is an empty form.
    fn row(&self, at: usize, states: &[usize], cell: Cell) -> Option<Row> {
        let cells = self.cells.get(at)?;
        let inlines = self.rows.get(at)?;
        let mut said: Vec<Inline> = Vec::new();
        let (mut owner, mut expected, mut time, mut found) = (None, None, None, Vec::new());
        for (column, text) in cells.iter().enumerate() {
            let role = self.roles.get(column).copied().unwrap_or(Role::Words);
            if text.is_empty() || states.contains(&column) && role != Role::Time {
                continue;
            }
            let blanks = fields::of(text);
            if let Some(blank) = blanks.into_iter().next() {
                found.push(Field { text: self.heads.get(column).cloned().unwrap_or_default(), blank: blank.blank });
                continue;
            }
            match role {
                Role::Owner => owner = owner.or_else(|| Some(text.clone())),
                Role::Time => time = time.or_else(|| Some(text.clone())),
                Role::Limit | Role::Words => {
                    let is_bound = role == Role::Limit && text.starts_with(['<', '>', '≤', '≥', '=', '±']);
                    if role == Role::Limit {
                        expected = expected.or_else(|| Some(text.clone()));
                    }
                    if role == Role::Words || is_bound {
                        if !said.is_empty() {
                            said.push(Inline::Text { text: ": ".into() });
                        }
                        said.extend(inlines.get(column).into_iter().flatten().cloned());
                    }
                }
                Role::Number | Role::Filled | Role::State => {}
            }
        }
        let text = Inline::plain(&said).trim().to_owned();
        if text.is_empty() {
            return None;
        }
        Some(Row {
            text,
            inlines: said,
            state: cell.state,
            origin: Origin::Recovered,
            choices: cell.choices,
            fields: found,
            owner,
            expected,
            time,
        })
    }
}

/// What a cell says about its row.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    state: SourceMark,
    choices: Vec<Choice>,
}

impl Default for Cell {
    fn default() -> Self {
        Self { state: SourceMark::Open, choices: Vec::new() }
    }
}

/// `☐`, `[x]`, `⏳ PENDING`, `☐ Approve ☐ Block`, `🟢🟡🔴`.
fn cell_state(cell: &str) -> Option<Cell> {
    if let Some(offer) = choice::of(cell) {
        return Some(Cell { state: SourceMark::Open, choices: offer.choices });
    }
    if let Some(mark) = marks::mark(cell) {
        let behind = cell.get(mark.length..).unwrap_or("").trim();
        return (behind.split_whitespace().count() <= 3).then(|| Cell { state: mark.state, choices: Vec::new() });
    }
    let lights: Vec<char> = cell.chars().filter(|character| !character.is_whitespace()).collect();
    let is_lights = lights.iter().all(|light| is_light(*light)) && !lights.is_empty();
    match lights.as_slice() {
        [] => None,
        // All of them: one is to be chosen.
        [_, _, ..] if is_lights => Some(Cell {
            state: SourceMark::Open,
            choices: lights.iter().map(|light| Choice { text: light.to_string(), state: SourceMark::Open }).collect(),
        }),
        [first, ..] if words::is_sign(*first) && cell.split_whitespace().count() <= 4 => {
            Some(Cell { state: SourceMark::Unknown, choices: Vec::new() })
        }
        _ => None,
    }
}

fn is_light(character: char) -> bool {
    matches!(character, '🟢' | '🟡' | '🔴' | '🟠' | '⚪' | '⚫' | '🔵')
}

/// A column in which every cell that holds anything holds a state. By itself a sign is none: the head must say that
/// the column tells one, or a cell must be a box or several columns be alike.
fn is_state_column<'a>(heads: &[String], at: usize, cells: impl Iterator<Item = &'a str>) -> bool {
    let is_named = heads.get(at).is_some_and(|head| role(head) == Role::State);
    let (mut marked, mut boxes, mut bare) = (0_usize, 0_usize, 0_usize);
    for cell in cells.filter(|cell| !cell.is_empty()) {
        if cell_state(cell).is_none() {
            return false;
        }
        let mark = marks::mark(cell);
        marked += 1;
        boxes += usize::from(cell.starts_with(marks::is_box) || cell.starts_with('['));
        bare +=
            usize::from(mark.is_some_and(|mark| cell.get(mark.length..).is_some_and(|rest| rest.trim().is_empty())));
    }
    // The first column names the row.
    at > 0 && marked > 0 && (is_named || boxes > 0 || bare == marked && is_level(heads, at))
}

/// Whether the column's head is like its neighbour's: "Level A", "Level B".
fn is_level(heads: &[String], at: usize) -> bool {
    let first = |at: Option<usize>| at.and_then(|at| heads.get(at)).and_then(|head| head.split_whitespace().next());
    let own = first(Some(at));
    own.is_some() && (own == first(at.checked_sub(1)) || own == first(at.checked_add(1)))
}

fn role(head: &str) -> Role {
    let is = |names: &[&str]| names.contains(&head);
    if is(&["#", "no", "no.", "nr", "nr.", "id", "№", "n°", "step #", "item #", "sıra"]) {
        Role::Number
    } else if is(&[
        "status",
        "state",
        "done",
        "done?",
        "complete",
        "complete?",
        "completed",
        "check",
        "checked",
        "ok",
        "ok?",
        "pass",
        "passed",
        "pass/fail",
        "approval",
        "approved",
        "result",
        "verified",
        "signed off",
        "sign-off",
        "sign off",
        "go/no-go",
        "go / no-go",
        "ready",
        "ready?",
        "✓",
        "☑",
        "",
        "erledigt",
        "estado",
        "statut",
        "durum",
        "статус",
        "готово",
        "situação",
    ]) {
        Role::State
    } else if is(&[
        "owner",
        "owners",
        "assignee",
        "assigned to",
        "responsible",
        "verified by",
        "checked by",
        "who",
        "person",
        "performed by",
        "done by",
        "tester",
        "owner(s)",
        "verantwortlich",
        "responsable",
        "responsável",
        "sorumlu",
        "ответственный",
    ]) {
        Role::Owner
    } else if is(&[
        "expected",
        "expected result",
        "expected outcome",
        "expected value",
        "target",
        "threshold",
        "limit",
        "goal",
        "acceptance",
        "pass criteria",
        "soll",
        "erwartet",
        "esperado",
        "attendu",
        "beklenen",
        "hedef",
        "ожидаемый результат",
    ]) {
        Role::Limit
    } else if is(&[
        "time",
        "when",
        "at",
        "due",
        "deadline",
        "start",
        "t",
        "t+",
        "start time",
        "zeit",
        "hora",
        "heure",
        "saat",
        "время",
    ]) {
        Role::Time
    } else if is(&[
        "date",
        "signature",
        "actual",
        "notes",
        "note",
        "comment",
        "comments",
        "evidence",
        "remarks",
        "end time",
        "name",
        "completed at",
        "signed",
        "initials",
        "link",
        "ticket",
        "duration",
    ]) {
        Role::Filled
    } else {
        Role::Words
    }
}

fn is_action(head: &str) -> bool {
    matches!(
        head,
        "action"
            | "actions"
            | "activity"
            | "task"
            | "step"
            | "what"
            | "to do"
            | "aktion"
            | "aufgabe"
            | "acción"
            | "tarea"
            | "tâche"
            | "ação"
            | "eylem"
            | "действие"
    )
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|character| character.is_ascii_digit() || matches!(character, '.' | '-' | ')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        let mut lines = text.lines().map(|line| {
            let cells = line.trim_matches('|').split('|');
            cells.map(|cell| vec![Inline::Text { text: cell.trim().into() }]).collect::<Vec<_>>()
        });
        let head = lines.next().unwrap();
        let rows: Vec<_> = lines.collect();
        let Some((kind, rows)) = read(&head, &rows) else { return "table".to_owned() };
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                row.as_ref().map_or("-".to_owned(), |row| {
                    let choices: Vec<_> = row.choices.iter().map(|one| one.text.as_str()).collect();
                    let fields: Vec<_> = row.fields.iter().map(|one| one.text.as_str()).collect();
                    format!(
                        "{} {:?} {} {} [{}] [{}]",
                        row.text,
                        row.state,
                        row.owner.as_deref().unwrap_or("-"),
                        row.expected.as_deref().unwrap_or("-"),
                        choices.join(" "),
                        fields.join(" ")
                    )
                })
            })
            .collect();
        format!("{kind:?}: {}", rows.join("; "))
    }

    #[test]
    fn a_column_of_states_makes_one_item_a_row() {
        assert_eq!(
            said(
                "|#|Item|Expected|Status|Owner|\n|1.1|Host up|Ping answers|☐|Ops|\n|1.2|Old copy|kept|[x]||\n|1.3|||☐||"
            ),
            "States: Host up Open Ops Ping answers [] []; Old copy Claimed - kept [] []; -"
        );
        assert_eq!(
            said("|Metric|Target|Actual|Status|\n|Lag|< 5 s|___|☐|"),
            "States: Lag: < 5 s Open - < 5 s [] [Actual]"
        );
        assert_eq!(
            said("|Test|Durum|\n|Kuyruk|⛳ Test|\n|Başlık|✅ Aktif|"),
            "States: Kuyruk Unknown - - [] []; Başlık Claimed - - [] []"
        );
        assert_eq!(said("|Number|Status|\n|Adoption|🟢🟡🔴|"), "States: Adoption Open - - [🟢 🟡 🔴] []");
    }

    #[test]
    fn levels_demand_and_claim_nothing() {
        assert_eq!(
            said("|Check|Level B|Level A|\n|Traces||:white_check_mark:|\n|Logs|:white_check_mark:|:white_check_mark:|"),
            "Levels: Traces Open - - [] []; Logs Open - - [] []"
        );
        assert_eq!(said("|Thing|Plan S|Plan L|\n|Audit|❌|✅|"), "table");
    }

    #[test]
    fn answers_are_one_item() {
        assert_eq!(
            said("|Stakeholder|Approval|Date|\n|Chief|☐ Approve ☐ Block||"),
            "States: Chief Open - - [Approve Block] []"
        );
        assert_eq!(
            said("|Item|Value|\n|Version|2|\n|Outcome|☐ GOOD ☐ BAD|\n|Begun|____|"),
            "Choices: -; Outcome Open - - [GOOD BAD] []; -"
        );
    }

    #[test]
    fn times_with_actions_are_steps_where_they_tell_to_do_something() {
        assert_eq!(
            said("|Time|Action|Owner|\n|09:00|Stop the workers|Ops|\n|09:10|Migrate the data|DBA|"),
            "Steps: Stop the workers Open Ops - [] []; Migrate the data Open DBA - [] []"
        );
        for text in [
            "|Time|Action|Owner|\n|T+0|Detection|Monitors|\n|T+5|First look|Duty|",
            "|Phase|Traffic|Status|\n|Phase 1|5%|⏳ Waits|",
            "|Alert|Threshold|\n|Errors|> 5 %|",
            "|Role|Name|Phone|\n|Lead|Ada|+1 555|",
            "|Browser|Works|\n|A|✅|\n|B|❌|",
            "|a|\n|✅|",
        ] {
            assert_eq!(said(text), "table", "{text}");
        }
    }
}
