//! The sheet beside the room: one HTML file that a phone can show and a printer can print when the laptop is dead.
//! It says what is open, whom to call and how to go back, holds no script, and fetches nothing.

use std::collections::HashSet;

use jiff::Timestamp;
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use plan::{CommandId, Criterion, CriterionId, Item, ItemId, PhaseSpan, Plan, Severity};
use room::{Mode, Room, Standing, VerdictWord, Way};
use serde::Serialize;

use super::{events, moment, one_line, section_title, what_is_true};
use crate::wire::project::{self, call, counted, encoded_address, length, may_open, when_words};

const TEMPLATE: &str = include_str!("sheet.html");

/// A check that somebody has to come back to.
#[derive(Serialize)]
struct Check {
    text: String,
    depth: usize,
    /// What is true of it; empty where nobody has said anything.
    words: String,
    /// `open`, `claimed`, `stated`, `answered_no`, `observed`, `overridden`, `deferred` or `not_applicable`.
    state: &'static str,
}

/// What is open in one part of the day.
#[derive(Serialize)]
struct Part {
    title: String,
    when: String,
    count: String,
    checks: Vec<Check>,
}

/// A way to reach somebody, or a place.
#[derive(Serialize)]
struct Reach {
    label: &'static str,
    address: String,
    /// What a phone opens; empty where nothing is.
    link: String,
    proven: String,
}

#[derive(Serialize)]
struct Contact {
    role: String,
    name: String,
    ways: Vec<Reach>,
}

#[derive(Serialize)]
struct WayBack {
    title: String,
    when: String,
    commands: Vec<Command>,
    by_hand: String,
    /// What it leaves behind, as far as its steps show it.
    leaves: Vec<String>,
}

#[derive(Serialize)]
struct Command {
    label: String,
    text: String,
}

#[derive(Serialize)]
struct Decisions {
    title: String,
    criteria: Vec<String>,
}

/// All that the template shows.
#[derive(Serialize)]
struct Sheet<'a> {
    title: &'a str,
    plan_title: &'a str,
    environment: Option<&'a str>,
    file: &'a str,
    written: String,
    /// The last verdict that the log knows, and since when; no time where there is none.
    verdict: String,
    verdict_since: String,
    alerts: Vec<String>,
    /// The scenario, where the room is a drill.
    drill: Option<String>,
    mode: String,
    start: String,
    zone: &'a str,
    window: Option<String>,
    counts: String,
    contacts: Vec<Contact>,
    /// The places, each with its name in the text.
    channels: Vec<(String, Reach)>,
    limit: Option<String>,
    ways: Vec<WayBack>,
    verify: Vec<Command>,
    marks: Vec<Check>,
    decisions: Vec<Decisions>,
    parts: Vec<Part>,
    events: String,
    head: &'a str,
}

/// The sheet. `head` is the short hash of the last event.
pub(crate) fn sheet(room: &Room, now: Timestamp, head: &str) -> String {
    let plan = room.plan();
    let resolved = room.resolved();
    let verdict = room.verdict().filter(|(word, _)| *word != VerdictWord::NotWatched && room.closed().is_none());
    let sheet = Sheet {
        title: &room.title(),
        plan_title: &plan.title,
        environment: plan.environment.as_deref(),
        file: &room.opened().file,
        written: moment(now, room),
        verdict: verdict.map_or(VerdictWord::NotWatched, |(word, _)| word).to_string(),
        verdict_since: verdict.map(|(_, at)| moment(at, room)).unwrap_or_default(),
        alerts: alerts(room),
        drill: room.opened().drill.as_ref().map(|drill| format!("{}, seed {}", drill.scenario, drill.seed)),
        mode: mode(room),
        start: minutes(resolved.start, room),
        zone: &room.opened().zone,
        window: room.window().map(|(from, to)| format!("{} – {}", minutes(from, room), minutes(to, room))),
        counts: counts(room),
        contacts: contacts(room),
        channels: channels(room),
        limit: plan.rollback.target_s.map(length),
        ways: ways(room),
        verify: commands(room, &plan.rollback.verify),
        marks: checks(room, &plan.rollback.success, &|_| true),
        decisions: decisions(room),
        parts: parts(room),
        events: events(room),
        head,
    };
    // The template is part of the program and tried by its tests; whoever holds the sheet is still told.
    draw(&sheet).unwrap_or_else(|error| {
        format!(
            "<!doctype html>\n<title>War Room</title>\n<p>This sheet could not be drawn ({}): open the room.</p>\n",
            error.kind()
        )
    })
}

fn draw(sheet: &Sheet<'_>) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    // Every word of the room is escaped: minijinja does so for names that end in .html.
    environment.add_template("sheet.html", TEMPLATE)?;
    let drawn = environment.get_template("sheet.html")?.render(Serde(sheet))?;
    // A slash needs no escape, and without one paths and commands can be searched for in the file as well.
    Ok(drawn.replace("&#x2f;", "/"))
}

/// `2026-01-21 06:30 UTC`.
fn minutes(at: Timestamp, room: &Room) -> String {
    at.to_zoned_datetime(room.resolved().zone.clone()).strftime("%Y-%m-%d %H:%M %Z").to_string()
}

fn mode(room: &Room) -> String {
    match (room.mode(), room.closed()) {
        (Mode::Closed, Some(outcome)) => format!("closed: {}", one_line(outcome)),
        (mode, _) => {
            let who = room
                .handoffs()
                .past
                .last()
                .map(|last| format!(", {} has the room since {}", last.by, moment(last.at, room)));
            format!("{}{}", project::mode_word(mode), who.unwrap_or_default())
        }
    }
}

fn counts(room: &Room) -> String {
    let count = |is: fn(&Standing) -> bool| room.plan().items.iter().filter(|item| is(room.standing(&item.id))).count();
    let mut parts = vec![format!(
        "{} of {} stated as done",
        count(|standing| matches!(standing, Standing::Stated { .. })),
        counted(room.plan().items.len(), "check", "checks")
    )];
    let others = [
        (count(|standing| matches!(standing, Standing::AnsweredNo { .. })), "answered with no"),
        (count(|standing| matches!(standing, Standing::Observed { .. })), "observed"),
        (count(|standing| *standing == Standing::Claimed), "claimed and not confirmed"),
        (count(|standing| matches!(standing, Standing::Overridden { .. })), "overridden"),
        (count(|standing| matches!(standing, Standing::Deferred { .. })), "deferred"),
        (count(|standing| matches!(standing, Standing::NotApplicable { .. })), "not applicable"),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    parts.extend(others.map(|(count, words)| format!("{count} {words}")));
    parts.join(" · ")
}

/// Whether somebody has to come back to it: all but what is done and what does not apply.
fn is_left(standing: &Standing) -> bool {
    !standing.is_done() && !matches!(standing, Standing::NotApplicable { .. })
}

/// What is open, phase by phase; then what stands in no phase, by its heading. The marks of a rollback and
/// what decides about one stand with the rollback.
fn parts(room: &Room) -> Vec<Part> {
    let plan = room.plan();
    let mut parts: Vec<Part> = Vec::new();
    for (at, phase) in plan.phases.iter().enumerate() {
        let span = room.resolved().phases.get(at).copied().unwrap_or(PhaseSpan { start: None, end: None });
        let mut checks = checks(room, &phase.items, &is_left);
        let returned = plan
            .items
            .iter()
            .filter(|item| matches!(room.standing(&item.id), Standing::Deferred { to, .. } if *to == phase.section));
        checks.extend(returned.map(|item| Check { depth: 0, ..check(room, item) }));
        let when = when_words(phase.when.as_ref(), span, room.resolved());
        parts.extend(part(&phase.title, when, checks));
    }
    let decisions = plan.rollback.criteria.iter().filter_map(|id| criterion(plan, id)?.item.as_ref());
    let shown_elsewhere: HashSet<&ItemId> =
        plan.phases.iter().flat_map(|phase| &phase.items).chain(&plan.rollback.success).chain(decisions).collect();
    for section in &plan.sections {
        let of_section = plan.items.iter().filter(|item| item.section.as_ref() == Some(&section.id));
        let items: Vec<ItemId> =
            of_section.map(|item| item.id.clone()).filter(|id| !shown_elsewhere.contains(id)).collect();
        let above =
            section.parent.as_ref().map(|above| section_title(room, above)).filter(|above| *above != plan.title);
        let title =
            [above, Some(section_title(room, &section.id))].into_iter().flatten().collect::<Vec<_>>().join(": ");
        parts.extend(part(&title, String::new(), checks(room, &items, &is_left)));
    }
    parts
}

fn criterion<'a>(plan: &'a Plan, id: &CriterionId) -> Option<&'a Criterion> {
    plan.criteria.iter().find(|criterion| &criterion.id == id)
}

fn part(title: &str, when: String, checks: Vec<Check>) -> Option<Part> {
    let count = checks.len();
    (count > 0).then(|| Part { title: title.to_owned(), when, count: count.to_string(), checks })
}

/// What burns, with its value then and its deadline.
fn alerts(room: &Room) -> Vec<String> {
    let burning = room.alerts().values().filter(|state| state.is_firing() && room.closed().is_none());
    burning
        .map(|state| {
            let seen = state.fired.seen.as_ref().map_or(state.fired.why.as_str(), |seen| seen.words.as_str());
            let deadline = state.deadline.map(|at| format!("; roll back by {}", moment(at, room)));
            let since = moment(state.fired.since, room);
            // Whoever reads the sheet later cannot be told that it is over: it says until when it was to last.
            let silenced = state.silenced.as_ref().map(|silence| {
                format!("; silenced until {} by {}: {}", moment(silence.until, room), silence.actor, silence.reason)
            });
            let (deadline, silenced) = (deadline.unwrap_or_default(), silenced.unwrap_or_default());
            format!("{} {seen} since {since}{deadline}{silenced}", state.fired.name)
        })
        .collect()
}

fn checks(room: &Room, items: &[ItemId], is_shown: &dyn Fn(&Standing) -> bool) -> Vec<Check> {
    let items = items.iter().filter_map(|id| room.plan().item(id));
    items.filter(|item| is_shown(room.standing(&item.id))).map(|item| check(room, item)).collect()
}

fn check(room: &Room, item: &Item) -> Check {
    let standing = room.standing(&item.id);
    Check {
        text: item.text.to_string(),
        depth: item.depth.min(4),
        words: what_is_true(room, &item.id).unwrap_or_default(),
        state: match standing {
            Standing::Open => "open",
            Standing::Claimed => "claimed",
            Standing::Stated { .. } => "stated",
            Standing::AnsweredNo { .. } => "answered_no",
            Standing::Observed { .. } => "observed",
            Standing::Lost { .. } => "open",
            Standing::Overridden { .. } => "overridden",
            Standing::Deferred { .. } => "deferred",
            Standing::NotApplicable { .. } => "not_applicable",
        },
    }
}

fn contacts(room: &Room) -> Vec<Contact> {
    let of_contact = |contact: &plan::Contact| {
        let state = room.contact(&contact.id)?;
        let labels = [(Way::Phone, "Phone"), (Way::Mail, "Mail"), (Way::Chat, "Chat"), (Way::Pager, "Pager")];
        let ways = labels.into_iter().map(|(way, label)| (way, label, state.address(way)));
        let ways = ways.filter(|(_, _, address)| !address.is_empty()).map(|(way, label, address)| Reach {
            label,
            address: address.to_owned(),
            link: match way {
                Way::Phone => call(address).unwrap_or_default(),
                Way::Mail => format!("mailto:{}", encoded_address(address)),
                Way::Chat | Way::Pager => String::new(),
            },
            proven: state
                .proven
                .get(&way)
                .map(|proof| format!("answered {}", moment(proof.at, room)))
                .unwrap_or_default(),
        });
        Some(Contact { role: contact.role.clone(), name: state.name.clone(), ways: ways.collect() })
    };
    room.ladder().into_iter().filter_map(of_contact).collect()
}

/// The places, each with its name in the text.
fn channels(room: &Room) -> Vec<(String, Reach)> {
    let channels = room.plan().channels.iter().map(|channel| {
        let address = room.channel(&channel.id).unwrap_or_default().to_owned();
        let link = if may_open(&address) { address.clone() } else { String::new() };
        (channel.text.clone(), Reach { label: "", address, link, proven: String::new() })
    });
    channels.collect()
}

fn ways(room: &Room) -> Vec<WayBack> {
    let ways = room.plan().rollback.ways.iter().map(|way| {
        let mut commands = commands(room, &way.commands);
        // "Option 1: Undo" above the commands of "Undo" says nothing new.
        for command in commands.iter_mut().filter(|command| command.label.contains(&way.text)) {
            command.label.clear();
        }
        WayBack {
            title: way.text.clone(),
            when: way.when.clone().unwrap_or_default(),
            commands,
            by_hand: by_hand(way),
            leaves: project::left_behind_in_words(room.plan(), way),
        }
    });
    ways.collect()
}

/// What is done by hand, numbered among the steps of its way where there are several.
fn by_hand(way: &plan::RollbackWay) -> String {
    let steps = way.steps.iter().zip(1_usize..).filter(|(step, _)| step.command.is_none());
    let said = steps.map(|(step, number)| match way.steps.len() {
        1 => step.text.clone(),
        _ => format!("{number}. {}", step.text),
    });
    said.collect::<Vec<_>>().join("; ")
}

/// Commands with the comments above them; a comment that stands above several is said once.
fn commands(room: &Room, ids: &[CommandId]) -> Vec<Command> {
    let mut last = None;
    let commands = ids.iter().filter_map(|id| room.plan().command(id));
    let commands = commands.map(|command| {
        let is_new = last != command.label;
        last.clone_from(&command.label);
        let label = if is_new { command.label.clone().unwrap_or_default() } else { String::new() };
        Command { label, text: command.text.clone() }
    });
    commands.collect()
}

/// The decision criteria as the text has them, the gravest first, with what a breach demands.
fn decisions(room: &Room) -> Vec<Decisions> {
    let plan = room.plan();
    let all: Vec<&Criterion> = plan.rollback.criteria.iter().filter_map(|id| criterion(plan, id)).collect();
    let severities = [
        (Some(Severity::Critical), "Critical: roll back now"),
        (Some(Severity::High), "High: roll back if it is not resolved in time"),
        (Some(Severity::Medium), "Medium: investigate"),
        (None, "Without a severity in the text"),
    ];
    let groups = severities.into_iter().filter_map(|(severity, meaning)| {
        let own: Vec<&Criterion> = all.iter().copied().filter(|one| one.severity == severity).collect();
        let heading =
            own.first()?.section.as_ref().and_then(|id| plan.section(id)).map(|section| section.text.as_str());
        // The text's own heading says more ("if not resolved in 30 min"), where it speaks of the severity at all.
        let word = meaning.split(':').next().unwrap_or_default().to_lowercase();
        let heading = heading.filter(|heading| heading.to_lowercase().contains(&word));
        Some(Decisions {
            title: heading.unwrap_or(meaning).trim_end_matches(':').to_owned(),
            criteria: own.into_iter().map(words_of).collect(),
        })
    });
    groups.collect()
}

fn words_of(criterion: &Criterion) -> String {
    match &criterion.remark {
        Some(remark) if !criterion.text.contains(remark.as_str()) => format!("{} ({remark})", criterion.text),
        _ => criterion.text.clone(),
    }
}
