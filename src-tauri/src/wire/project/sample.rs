//! A small plan made by hand, for the tests of what is shown.

use jiff::civil::{Date, Time, date, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use plan::{
    Audience, Block, Channel, ChannelKind, Command, CommandId, Contact, ContactId, Counts, Criterion, CriterionId,
    Fence, Few, Finding, Gate, Inline, Inlines, Item, ItemId, ItemKind, Message, MessageId, MessageMoment, Operator,
    Origin, Phase, PhaseSpan, Place, Plan, Prose, Range, Reference, ReferenceId, ReferenceKind, Resolved, Rollback,
    RollbackWay, Section, SectionId, SectionKind, Severity, SourceMark, Stamp, StartProposal, StartSource, Subject,
    Unit, When, ZoneSource,
};
use room::{Event, Opened, Recorded, Room};

pub(crate) fn criterion(text: &str) -> Criterion {
    Criterion {
        id: CriterionId::of(&[], text, 0),
        line: 30,
        text: text.to_owned(),
        metric: None,
        op: None,
        value: None,
        high: None,
        unit: None,
        for_s: None,
        window_s: None,
        severity: None,
        deadline_s: None,
        place: Place::Phase,
        remark: None,
        item: None,
        section: None,
    }
}

fn measured(text: &str, metric: &str, op: Operator, value: f64, unit: Unit) -> Criterion {
    Criterion { metric: Some(metric.to_owned()), op: Some(op), value: Some(value), unit: Some(unit), ..criterion(text) }
}

pub(crate) fn item(text: &str, line: usize, section: &SectionId) -> Item {
    Item {
        id: ItemId::of(&[], text, 0),
        range: Range { line, column: 3, end_line: line, end_column: 20 },
        text: text.into(),
        inlines: Inline::Text { text: text.into() }.into(),
        section: Some(section.clone()),
        parent: None,
        depth: 0,
        state: SourceMark::Open,
        origin: Origin::Box,
        choices: Few::new(),
        fields: Few::new(),
        owner: None,
        due: None,
        kind: ItemKind::Check,
        children: Few::new(),
        blocks: Few::new(),
        commands: Few::new(),
        expected: None,
    }
}

pub(crate) fn section(text: &str, title: &str, line: usize, kind: SectionKind) -> Section {
    Section {
        id: SectionId::of(&[], text, 0),
        line,
        text: text.into(),
        inlines: Inlines::default(),
        title: title.into(),
        label: None,
        level: 2,
        bold: false,
        parent: None,
        kind,
        when: None,
        duration_s: None,
        body: Vec::new(),
    }
}

fn absolute(day: Option<Date>, at: Option<Time>) -> When {
    When::Absolute { from: Stamp { date: day, time: at }, to: None, zone: None }
}

/// A checklist with a day before, a deployment with one gate, and a first day after; T0 is 21 January 2026, 06:30 UTC.
pub(crate) fn plan() -> Plan {
    let mut before = section("24 Hours Before (Jan 20, 4:00 PM)", "24 hours before", 5, SectionKind::Preparation);
    before.when = Some(absolute(Some(date(2026, 1, 20)), Some(time(16, 0, 0, 0))));
    let mut deploy = section("Phase 2: Deployment (6:30 AM)", "Deployment", 10, SectionKind::Phase);
    deploy.label = Some("Phase 2".into());
    deploy.when = Some(absolute(Some(date(2026, 1, 21)), Some(time(6, 30, 0, 0))));
    let mut canary = section("Step 2: Canary", "Canary", 15, SectionKind::Phase);
    canary.label = Some("Step 2".into());
    canary.parent = Some(deploy.id.clone());
    let mut watch = section("First 24 Hours", "First 24 hours", 40, SectionKind::Watch);
    watch.when = Some(When::First { length_s: 86_400 });
    let mut critical = section("CRITICAL (Immediate Rollback):", "Critical", 60, SectionKind::Rollback);
    let tell = section("Tell people", "Tell people", 70, SectionKind::Communication);

    let mut backup = item("Database backup created", 6, &before.id);
    backup.state = SourceMark::Claimed;
    let command = Command {
        id: CommandId::of(&[], "pg_dump app | gzip", 0),
        line: 8,
        text: "pg_dump app | gzip".to_owned(),
        label: Some("Backup".to_owned()),
        remark: None,
        alternatives: Vec::new(),
        alternative: None,
        blanks: Vec::new(),
        folder: None,
        sample: None,
        item: Some(backup.id.clone()),
        section: Some(before.id.clone()),
    };
    backup.expected = Some("Expected: a file".into());
    backup.commands = vec![command.id.clone()].into();
    let fence =
        Fence { line: 7, text: "# Backup\npg_dump app | gzip\n# (keep it)".into(), commands: vec![command.id.clone()] };
    backup.blocks = vec![Block::Commands(Box::new(fence))].into();
    let mut gate = item("50% Traffic (Three pods)", 16, &canary.id);
    gate.kind = ItemKind::Gate;
    let mut latency = item("Latency <200ms P95", 17, &canary.id);
    let mut hold = item("Hold for 10 minutes", 18, &canary.id);
    hold.kind = ItemKind::Hold;
    for child in [&mut latency, &mut hold] {
        child.parent = Some(gate.id.clone());
        child.depth = 1;
    }
    gate.children = vec![latency.id.clone(), hold.id.clone()].into();
    let calendar = item("Calendar invites", 71, &tell.id);
    let hourly = item("Hourly updates", 72, &tell.id);

    before.body = vec![Block::Item { id: backup.id.clone() }];
    canary.body = vec![Block::Item { id: gate.id.clone() }];
    deploy.body = vec![
        Block::Prose(Box::new(Prose {
            line: 11,
            depth: 0,
            bullet: None,
            quoted: false,
            inlines: Inline::Link { text: "runbook".into(), target: Box::new("https://wiki.example/run".into()) }
                .into(),
        })),
        Block::Section { id: canary.id.clone() },
    ];

    let mut in_gate = measured("Latency <200ms P95", "latency_p95", Operator::Below, 200.0, Unit::Ms);
    in_gate.place = Place::Gate;
    in_gate.item = Some(latency.id.clone());
    in_gate.section = Some(canary.id.clone());
    let mut restarts = measured("Pod Restarts: 0", "restarts", Operator::Equal, 0.0, Unit::Count);
    restarts.place = Place::Watch;
    let mut errors = measured("Error rate >10%", "error_rate", Operator::Above, 10.0, Unit::Percent);
    errors.place = Place::Decision;
    errors.severity = Some(Severity::Critical);
    errors.section = Some(critical.id.clone());
    let mut odd = criterion("Unexpected behavior");
    odd.place = Place::Decision;
    odd.severity = Some(Severity::Medium);
    critical.body = Vec::new();

    let phase = |section: &Section, items: Vec<&Item>| Phase {
        section: section.id.clone(),
        title: section.title.clone(),
        items: items.into_iter().map(|item| item.id.clone()).collect(),
        when: section.when.clone(),
    };
    Plan {
        title: "Production Deployment Checklist".to_owned(),
        subject: Subject { name: "payments-api".to_owned(), release: Some("4.2.0".to_owned()) },
        environment: Some("production".to_owned()),
        start: StartProposal {
            start: Some(date(2026, 1, 21).at(6, 30, 0, 0)),
            start_source: Some(StartSource::Text),
            phase: Some(deploy.id.clone()),
            zone: "UTC".to_owned(),
            zone_source: ZoneSource::Text,
            zone_line: Some(406),
            window: Some((date(2026, 1, 21).at(6, 30, 0, 0), date(2026, 1, 21).at(8, 0, 0, 0))),
        },
        counts: Counts { boxes: 6, ticked: 1, imported: 6, ..Counts::default() },
        phases: vec![
            phase(&before, vec![&backup]),
            phase(&deploy, vec![&gate, &latency, &hold]),
            phase(&watch, vec![]),
        ],
        gates: vec![Gate {
            item: gate.id.clone(),
            line: 16,
            text: gate.text.to_string(),
            share_percent: Some(50.0),
            remark: Some("Three pods".to_owned()),
            hold_s: Some(600),
            hold_item: Some(hold.id.clone()),
            conditions: vec![latency.id.clone()],
        }],
        routines: Vec::new(),
        rollback: Rollback {
            ways: vec![RollbackWay {
                line: 62,
                text: "Rollback deployment".to_owned(),
                when: Some("if during canary".to_owned()),
                commands: vec![command.id.clone()],
                by_hand: None,
                steps: vec![plan::WayStep::of_command(command.line, command.id.clone())],
            }],
            verify: Vec::new(),
            target_s: Some(900),
            target_line: Some(58),
            criteria: vec![odd.id.clone(), errors.id.clone()],
            success: Vec::new(),
        },
        messages: vec![Message {
            id: MessageId::of(&[], "Hourly updates", 0),
            line: 72,
            text: "Hourly updates".to_owned(),
            moment: MessageMoment::During,
            audience: Audience::Team,
            channel: Some("#deployments".to_owned()),
            subject: Some("Update".to_owned()),
            body: "Done at [TIME]".to_owned(),
            blanks: vec!["[TIME]".to_owned()],
            item: Some(hourly.id.clone()),
        }],
        contacts: vec![
            Contact {
                id: ContactId::of(&[], "Manager", 0),
                line: 81,
                text: "Manager: [Name] - [Phone] - [Email]".to_owned(),
                role: "Manager".to_owned(),
                name: None,
                phone: None,
                mail: None,
                chat: None,
                order: 2,
                blanks: vec!["[Name]".to_owned(), "[Phone]".to_owned(), "[Email]".to_owned()],
            },
            Contact {
                id: ContactId::of(&[], "Primary", 0),
                line: 80,
                text: "Primary: Ana - +351 21 555 01 01 - ana@corp.example".to_owned(),
                role: "Primary".to_owned(),
                name: Some("Ana".to_owned()),
                phone: Some("+351 21 555 01 01".to_owned()),
                mail: Some("ana+oncall@corp.example".to_owned()),
                chat: None,
                order: 1,
                blanks: Vec::new(),
            },
        ],
        channels: vec![Channel {
            id: ContactId::of(&[], "War Room", 0),
            line: 85,
            text: "War Room".to_owned(),
            kind: ChannelKind::WarRoom,
            target: None,
            blank: Some("[Slack Channel]".to_owned()),
        }],
        references: [
            ("Grafana", ReferenceKind::Link, "https://grafana.example"),
            ("Odd", ReferenceKind::Link, "javascript:alert(1)"),
            ("Chart", ReferenceKind::File, "./helm/chart/"),
        ]
        .into_iter()
        .map(|(text, kind, target)| Reference {
            id: ReferenceId::of(&[], text, 0),
            line: 90,
            text: text.to_owned(),
            kind,
            target: target.to_owned(),
            command: None,
        })
        .collect(),
        commands: vec![command],
        variables: Vec::new(),
        owner: None,
        reading: Vec::new(),
        preamble: Vec::new(),
        criteria: vec![in_gate, restarts, odd, errors],
        items: vec![backup, gate, latency, hold, calendar, hourly],
        sections: vec![before, deploy, canary, watch, critical, tell],
    }
}

/// A small checklist, for what needs a text: much like [`plan`].
pub(crate) const TEXT: &str = "# Production Deployment Checklist

See the [runbook](https://wiki.example/run). All times in UTC.

## 24 Hours Before (Jan 20, 2026, 4:00 PM)
- [x] Database backup created
- [ ] Team told

```bash
# Backup
pg_dump app | gzip
```

## Phase 2: Deployment (Jan 21, 2026, 6:30 AM)
- [ ] Deployment started
- [ ] **50% Traffic** (Three pods)
  - [ ] Error rate <1%
  - [ ] Hold for 10 minutes

## First 24 Hours
- [ ] Still quiet

## Communication

### During Deployment
- [ ] Hourly updates: \"{{ service }} at [TIME]\"

## Escalation Contacts
- **Primary Engineer**: [Name] - [Phone] - [Email]
- **War Room**: [Slack Channel]
";

/// The settings beside it.
pub(crate) const SETTINGS: &str = "version = 1
[plan]
service = \"payments-api\"
release = \"4.2.0\"
environment = \"production\"
start = \"2026-01-21T06:30\"
zone = \"UTC\"
window = \"06:30/08:00\"
";

/// What is read from that checklist.
pub(crate) fn read() -> (Plan, Vec<Finding>) {
    ::plan::read(TEXT, &::plan::config::parse(SETTINGS).0)
}

/// A room of the sample plan, right after it was opened.
pub(crate) fn room() -> Room {
    room_of(plan())
}

/// A room of a plan.
pub(crate) fn room_of(plan: Plan) -> Room {
    Room::of(opened(), plan, Vec::new(), resolved())
}

/// The first event of such a room.
pub(crate) fn opened() -> Opened {
    Opened {
        room: "00".repeat(16),
        file: "deploy.md".to_owned(),
        path: "/home/mk/deploy.md".to_owned(),
        text: String::new(),
        settings: None,
        start: date(2026, 1, 21).at(6, 30, 0, 0),
        zone: "UTC".to_owned(),
        moved_s: 0,
        zone_data: "2025a".to_owned(),
        reader: "0.1.0".to_owned(),
        drill: None,
    }
}

/// Events from number 2 on, a minute apart from 06:31 on, all by MK.
pub(crate) fn recorded(events: impl IntoIterator<Item = Event>) -> Vec<Recorded> {
    let start: Timestamp = "2026-01-21T06:30:00Z".parse().unwrap();
    let all = std::iter::once(Event::Opened(Box::new(opened()))).chain(events);
    all.zip(1..)
        .map(|(event, seq)| {
            let at = start.checked_add(SignedDuration::from_mins(seq - 1)).unwrap();
            let seq = u64::try_from(seq).unwrap();
            Recorded { seq, occurred_at: at, recorded_at: at, actor: "MK".to_owned(), event }
        })
        .collect()
}

/// The sample room after these events.
pub(crate) fn room_after(events: &[Recorded]) -> Room {
    let mut room = room();
    for event in events {
        room.apply(event);
    }
    room
}

/// The sample plan with T0 as the text has it.
pub(crate) fn resolved() -> Resolved {
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    Resolved {
        start: at("2026-01-21T06:30:00Z").unwrap(),
        zone: TimeZone::UTC,
        moved: SignedDuration::ZERO,
        window: at("2026-01-21T06:30:00Z").zip(at("2026-01-21T08:00:00Z")),
        phases: vec![
            PhaseSpan { start: at("2026-01-20T16:00:00Z"), end: None },
            PhaseSpan { start: at("2026-01-21T06:30:00Z"), end: at("2026-01-21T07:30:00Z") },
            PhaseSpan { start: None, end: None },
        ],
    }
}
