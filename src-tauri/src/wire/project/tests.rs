//! What is shown of the sample plan.

use insta::assert_snapshot;
use jiff::SignedDuration;
use jiff::civil::date;
use jiff::tz::TimeZone;
use plan::{PhaseSpan, Stamp, When};

use super::sample::{plan, resolved, room, room_of};
use super::*;
use crate::wire::{BlockView, CopyTarget, CriteriaView, InlineView, ItemView, OutsideTarget, RowView, SignalsView};

mod asked;
mod in_a_room;

fn words(inlines: &[InlineView]) -> String {
    inlines
        .iter()
        .map(|inline| match inline {
            InlineView::Text { text }
            | InlineView::Emphasis { text }
            | InlineView::Strong { text }
            | InlineView::Code { text } => text.clone(),
            InlineView::Link { text, target, opens } => format!("{text}→{target} {opens}"),
        })
        .collect()
}

/// Lines without the blanks at their ends, which no editor keeps.
fn trimmed(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn item_line(item: &ItemView) -> String {
    let ItemView { line, depth, inlines, state, item_kind, right, below, blocks, .. } = item;
    let mut text = format!("{line} {depth} {state} {item_kind}: {} | {right} | {below}\n", words(inlines));
    for block in blocks {
        text.push_str(&block_lines(block));
    }
    text
}

fn block_lines(block: &BlockView) -> String {
    match block {
        BlockView::Prose { line, inlines, .. } => format!("{line} prose: {}\n", words(inlines)),
        BlockView::Commands { line, commands } => {
            let each = commands.iter().map(|command| format!("  {} [{}]\n", command.text, command.label));
            format!("{line} commands:\n{}", each.collect::<String>())
        }
        BlockView::Code { line, text, .. } => format!("{line} code: {}\n", text.replace('\n', "⏎")),
        BlockView::Table { line, .. } => format!("{line} table\n"),
    }
}

fn outline(rows: &[RowView]) -> String {
    rows.iter()
        .map(|row| match row {
            RowView::Heading { line, depth, label, title, when } => {
                format!("{line} {} {title} | {label} | {when}\n", "#".repeat(*depth as usize))
            }
            RowView::Item(item) => item_line(item),
            RowView::Block(block) => block_lines(block),
        })
        .collect()
}

fn groups(view: &CriteriaView) -> String {
    view.groups
        .iter()
        .map(|group| {
            let each = group.criteria.iter().map(|criterion| {
                format!("  {} {} [{}] {}\n", criterion.name, criterion.limit, criterion.severity, criterion.remark)
            });
            format!("{}\n{}", group.title, each.collect::<String>())
        })
        .collect()
}

#[test]
fn the_head_says_what_when_and_that_nobody_watches() {
    let room = room();
    let header = header(&Book::of(room.plan()), &room, "~/plans/deploy.md", None, None, room.resolved().start);
    assert_snapshot!(
        format!("{}\n{}\n{} {}\n{}", header.title, header.subtitle, header.mode, header.verdict.word, header.verdict.lines.join(" ")),
        @"
    payments-api 4.2.0
    Production · window 06:30 – 08:00 UTC
    PREPARE NOT WATCHED
    Nothing is bound to a probe: the room cannot see production
    "
    );
}

#[test]
fn a_plan_without_a_subject_is_called_by_its_title_or_its_file() {
    let mut plan = plan();
    plan.subject.name.clear();
    assert_eq!(room::title(&plan, "~/plans/deploy.md"), "Production Deployment Checklist");
    plan.title.clear();
    assert_eq!(room::title(&plan, "~/plans/deploy.md"), "deploy.md");
}

#[test]
fn the_run_of_the_day_has_times_and_counts() {
    let plan = plan();
    let day = day(&Book::of(&plan), &room(), Some(&plan.phases[1].section), &SignalsView::default());
    let phases: String = day
        .phases
        .iter()
        .map(|phase| {
            let mark = if phase.chosen { "→" } else { "·" };
            format!(
                "{mark} {} | {} | {} {}/{}/{} of {}\n",
                phase.when, phase.when_words, phase.title, phase.claimed, phase.done, phase.open, phase.total
            )
        })
        .collect();
    assert_snapshot!(phases, @"
    · T-14.5h | 20 Jan 16:00 UTC | 24 hours before 1/0/1 of 1
    → 06:30 | 21 Jan 06:30 – 07:30 UTC | Deployment 0/0/3 of 3
    · +24h | first 24 h after go-live | First 24 hours 0/0/0 of 0
    ");
    let pages: String = day.pages.iter().map(|page| format!("{} {} {}\n", page.key, page.title, page.count)).collect();
    assert_snapshot!(trimmed(&pages), @"
    T Schedule
    R Rollback plan 1 way
    M Messages 1
    E Escalation 2
    S Signals 0
    Shift+U Rounds none
    Q Reference 3
    B Checklist
    ");
}

#[test]
fn a_phase_shows_its_gates_and_rows_in_the_order_of_the_text() {
    let plan = plan();
    let view = phase(&Book::of(&plan), &room(), &plan.phases[1].section, None).unwrap();
    assert_snapshot!(format!("{} | {} | {} | {}", view.crumb, view.title, view.when, view.count), @"Phase 2 | Deployment | 21 Jan 06:30 – 07:30 UTC | 3 boxes");
    let gate = &view.gates[0];
    assert_snapshot!(format!("{} | {} | {}", gate.share, gate.hold, gate.line), @"50 % | hold 10:00 | Three pods · hold 10:00 · 1 condition");
    assert_snapshot!(trimmed(&outline(&view.rows)), @"
    11 prose: runbook→https://wiki.example/run true
    15 # Canary | Step 2 |
    16 0 open gate: 50% Traffic (Three pods) |  |
    17 1 open check: Latency <200ms P95 | < 200 ms |
    18 1 open hold: Hold for 10 minutes | hold 10:00 |
    ");
}

#[test]
fn a_claim_is_said_to_be_one_and_commands_are_shown_one_by_one() {
    let plan = plan();
    let view = phase(&Book::of(&plan), &room(), &plan.phases[0].section, None).unwrap();
    assert_eq!(view.count, "1 box · 1 claimed in the source");
    assert_snapshot!(trimmed(&outline(&view.rows)), @"
    6 0 claimed check: Database backup created |  | Expected: a file · Claimed in the source, not confirmed
    7 commands:
      pg_dump app | gzip [Backup]
    ");
}

#[test]
fn the_whole_checklist_keeps_what_a_command_list_leaves_out() {
    let plan = plan();
    let view = written(&Book::of(&plan), &room(), "~/deploy.md", &[]);
    let text = outline(&view.rows);
    assert!(text.contains("7 code: # Backup⏎pg_dump app | gzip⏎# (keep it)\n"), "{text}");
    for title in ["24 hours before", "Deployment", "Canary", "First 24 hours", "Tell people"] {
        assert!(text.contains(title), "{title} is missing in\n{text}");
    }
}

#[test]
fn nesting_deeper_than_any_stack_is_walked() {
    let mut plan = plan();
    let section = plan.sections[0].id.clone();
    let mut items: Vec<_> =
        (0..50_000).map(|index| sample::item(&format!("box {index}"), index + 1, &section)).collect();
    for index in 1..items.len() {
        let child = items[index].id.clone();
        items[index - 1].children = vec![child].into();
    }
    plan.sections[0].body = vec![plan::Block::Item { id: items[0].id.clone() }];
    plan.phases[0].items = items.iter().map(|item| item.id.clone()).collect();
    plan.items = items;
    let view = phase(&Book::of(&plan), &room_of(plan.clone()), &section, None).unwrap();
    assert_eq!(view.rows.len(), 50_000);
}

#[test]
fn criteria_stand_in_groups_the_gravest_first() {
    let plan = plan();
    let book = Book::of(&plan);
    assert_snapshot!(trimmed(&groups(&criteria(&book, Some(&plan.phases[1].section)))), @"
    In this phase
      P95 latency < 200 ms [] at 50 %
    Key metrics
      Pod restarts = 0 []
    Roll back if
      Error rate > 10 % [critical]
      Unexpected behavior  [medium]
    ");
    let first = &criteria(&book, Some(&plan.phases[0].section)).groups[0];
    assert_eq!(first.title, "Key metrics", "a phase without criteria has no group of its own");
}

#[test]
fn the_rollback_plan_has_its_limit_and_demands() {
    let plan = plan();
    let view = rollback(&Book::of(&plan), &room(), None);
    assert_eq!((view.limit.as_str(), view.limit_line.as_str()), ("15:00", "line 58"));
    assert_eq!((view.ways[0].number, view.ways[0].when.as_str()), (1, "if during canary"));
    let decisions: String = view
        .decisions
        .iter()
        .map(|decision| format!("{} | {} | {}\n", decision.severity, decision.demand, decision.group.criteria.len()))
        .collect();
    assert_snapshot!(decisions, @"
    critical | Immediate Rollback | 1
    medium | Investigate | 1
    ");
}

#[test]
fn messages_are_told_from_boxes_beside_them() {
    let plan = plan();
    let view = messages(&Book::of(&plan), &room(), &Typed::default());
    assert_eq!(view.groups.len(), 1);
    let message = &view.groups[0].messages[0];
    assert_eq!((message.moment.as_str(), message.channel.as_str()), ("During", "#deployments"));
    let others: Vec<_> = view.others.iter().map(|item| words(&item.inlines)).collect();
    assert_eq!(others, ["Calendar invites"]);
}

#[test]
fn the_ladder_is_in_order_and_says_what_is_blank() {
    let view = escalation(&room());
    let ladder: Vec<_> =
        view.contacts.iter().map(|contact| (contact.role.as_str(), contact.missing.as_str())).collect();
    assert_eq!(ladder, [("Primary", ""), ("Manager", "Name, phone and mail are blank in the file")]);
    assert_eq!(view.channels[0].missing, "Blank in the file: [Slack Channel]");
}

#[test]
fn only_web_mail_and_telephone_addresses_of_the_plan_are_opened() {
    let plan = plan();
    let view = references(&plan);
    let links: Vec<_> = view.groups[0].references.iter().map(|link| (link.title.as_str(), link.opens)).collect();
    assert_eq!(links, [("Grafana", true), ("Odd", false)]);

    let room = room();
    let opened_outside = |target: &OutsideTarget| opened_outside(&room, &Typed::default(), target).ok();
    let reference = |index: usize| OutsideTarget::Reference { id: plan.references[index].id.to_string() };
    assert_eq!(opened_outside(&reference(0)).as_deref(), Some("https://grafana.example"));
    assert_eq!(opened_outside(&reference(1)), None, "a script is no address");
    assert_eq!(opened_outside(&reference(2)), None, "a file is never opened");

    let link = |target: &str| OutsideTarget::Link { target: target.to_owned() };
    assert_eq!(opened_outside(&link("https://wiki.example/run")).as_deref(), Some("https://wiki.example/run"));
    assert_eq!(opened_outside(&link("https://elsewhere.example")), None, "the plan does not hold it");

    let ana = plan.contacts[1].id.to_string();
    let call = opened_outside(&OutsideTarget::Call { id: ana.clone() });
    assert_eq!(call.as_deref(), Some("tel:+351215550101"));
    let mail = opened_outside(&OutsideTarget::Mail { id: ana });
    assert_eq!(mail.as_deref(), Some("mailto:ana%2Boncall@corp.example"));
    let nobody = plan.contacts[0].id.to_string();
    assert_eq!(opened_outside(&OutsideTarget::Call { id: nobody }), None);
}

#[test]
fn what_is_copied_comes_from_the_plan() {
    let plan = plan();
    let room = room();
    let copied = |target| copied(&room, &Typed::default(), &target).ok();
    assert_eq!(copied(CopyTarget::Command(plan.commands[0].id.to_string())).as_deref(), Some("pg_dump app | gzip"));
    assert_eq!(
        copied(CopyTarget::Message(plan.messages[0].id.to_string())).as_deref(),
        Some("Subject: Update\n\nDone at [TIME]")
    );
    assert_eq!(copied(CopyTarget::Reference(plan.references[2].id.to_string())).as_deref(), Some("./helm/chart/"));
    assert_eq!(
        copied(CopyTarget::Contact(plan.contacts[1].id.to_string())).as_deref(),
        Some("Primary · Ana · +351 21 555 01 01 · ana+oncall@corp.example")
    );
    assert_eq!(copied(CopyTarget::Command("c-000000000000".to_owned())), None);
}

#[test]
fn labels_of_the_day_are_short_and_true_in_the_plans_zone() {
    let mut resolved = resolved();
    let label = |start: &str, when: Option<&When>, resolved: &plan::Resolved| {
        times::when_label(when, PhaseSpan { start: Some(start.parse().unwrap()), end: None }, resolved)
    };
    let day = When::Absolute { from: Stamp { date: Some(date(2026, 1, 15)), time: None }, to: None, zone: None };
    assert_eq!(label("2026-01-15T00:00:00Z", Some(&day), &resolved), "T-6d");
    assert_eq!(label("2026-01-20T06:30:00Z", None, &resolved), "T-24h");
    assert_eq!(label("2026-01-18T16:00:00Z", None, &resolved), "T-3d");
    assert_eq!(label("2026-01-22T06:30:00Z", None, &resolved), "T+24h");
    assert_eq!(label("2026-01-30T06:30:00Z", None, &resolved), "T+9d");
    assert_eq!(label("2026-01-21T23:30:00Z", None, &resolved), "23:30");
    // East of Greenwich the same moment is the day after.
    resolved.zone = TimeZone::get("Europe/Berlin").unwrap();
    assert_eq!(label("2026-01-21T23:30:00Z", None, &resolved), "T+17h");
    assert_eq!(label("2026-01-21T06:30:00Z", None, &resolved), "07:30");
}

#[test]
fn days_without_a_time_are_days_and_move_with_the_rest() {
    let resolved = resolved();
    let when = |from: (i8, i8), to: (i8, i8)| When::Absolute {
        from: Stamp { date: Some(date(2026, from.0, from.1)), time: None },
        to: Some(Stamp { date: Some(date(2026, to.0, to.1)), time: None }),
        zone: None,
    };
    let said = |when: &When, start: &str| {
        when_words(Some(when), PhaseSpan { start: Some(start.parse().unwrap()), end: None }, &resolved)
    };
    assert_eq!(said(&when((1, 15), (1, 20)), "2026-01-15T00:00:00Z"), "15 – 20 Jan");
    assert_eq!(said(&when((1, 15), (1, 20)), "2026-01-29T00:00:00Z"), "29 Jan – 3 Feb");
    assert_eq!(said(&when((1, 15), (1, 15)), "2026-01-15T00:00:00Z"), "15 Jan");
    let own = times::own_words(Some(&when((1, 28), (1, 28))), SignedDuration::from_hours(24 * 9));
    assert_eq!(own, "6 Feb");
    let own = times::own_words(Some(&when((1, 16), (1, 17))), SignedDuration::ZERO);
    assert_eq!(own, "16 – 17 Jan");
}

mod question {
    use super::*;
    use crate::wire::{OpeningView, Problem, ProblemCode};

    fn ask(given: &Given, meaning: Option<Result<plan::Resolved, Problem>>) -> OpeningView {
        let plan = plan();
        let answer = Answer { start: "2026-01-30T06:30".to_owned(), zone: "UTC".to_owned(), meaning };
        let here = TimeZone::get("Europe/Lisbon").unwrap();
        opening(&Book::of(&plan), "~/deploy.md", &[], given, &answer, Some(&resolved()), None, &here)
    }

    fn moved() -> plan::Resolved {
        let mut moved = resolved();
        moved.moved = SignedDuration::from_hours(24 * 9);
        moved.start = moved.start.checked_add(moved.moved).unwrap();
        for phase in &mut moved.phases {
            phase.start = phase.start.map(|start| start.checked_add(moved.moved).unwrap());
        }
        moved
    }

    #[test]
    fn the_text_proposes_and_says_why() {
        let view = ask(&Given::default(), Some(Ok(resolved())));
        assert_snapshot!(
            format!("{}\n{}: {}\n{}: {}\n{}", view.read, view.proposed_start, view.start_reason, view.proposed_zone, view.zone_reason, view.start_words),
            @"
        6 boxes, 1 ticked · 1 gate · 2 decision criteria
        2026-01-21T06:30: Phase 2: Deployment (6:30 AM), line 10
        UTC: line 406 says UTC
        21 Jan 2026 06:30 UTC · 06:30 here
        "
        );
        assert_eq!(view.offset_words, None);
        let first: Vec<_> = view.zones.iter().take(2).map(|zone| (zone.name.as_str(), zone.hint.as_str())).collect();
        assert_eq!(first, [("UTC", "the plan"), ("Europe/Lisbon", "this laptop")]);
        let lisbon = view.zones.iter().filter(|zone| zone.name == "Europe/Lisbon").count();
        assert_eq!(lisbon, 1, "each zone stands once");
    }

    #[test]
    fn another_t0_moves_every_date() {
        let view = ask(&Given::default(), Some(Ok(moved())));
        assert_eq!(view.offset_words.as_deref(), Some("every date moves by 9 days"));
        let rows: String =
            view.moved.iter().map(|row| format!("{}: {} → {}\n", row.title, row.before, row.after)).collect();
        assert_snapshot!(rows, @"
        24 hours before: 20 Jan 16:00 → 29 Jan 16:00 UTC
        Deployment: 21 Jan 06:30 → 30 Jan 06:30 UTC
        First 24 hours: +24h → +24h
        ");
    }

    #[test]
    fn the_command_line_proposes_before_the_text() {
        let given = Given {
            start: Some(date(2026, 2, 1).at(22, 0, 0, 0)),
            zone: Some("Europe/Lisbon".to_owned()),
            is_example: false,
        };
        let view = ask(&given, Some(Ok(moved())));
        assert_eq!((view.proposed_start.as_str(), view.proposed_zone.as_str()), ("2026-02-01T22:00", "Europe/Lisbon"));
        assert_eq!(
            (view.start_reason.as_str(), view.zone_reason.as_str()),
            ("given on the command line", "given on the command line")
        );
        assert_eq!(view.zones[0].hint, "this laptop");
    }

    #[test]
    fn an_answer_that_makes_no_t0_says_why_and_moves_nothing() {
        let problem = Problem { code: ProblemCode::BadStart, message: "No.".to_owned(), detail: None };
        let view = ask(&Given::default(), Some(Err(problem.clone())));
        assert_eq!((view.problem, view.start_words.as_str()), (Some(problem), ""));
        assert!(view.moved.iter().all(|row| row.after.is_empty()));
    }
}
