//! The reader held against whole checklists: our own, the real one, and those of other teams. The last two are no part
//! of the project; where they are not at hand, the tests say so and prove nothing about them.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use plan::{Audience, ChannelKind, Finding, MessageMoment, Plan, ReferenceKind, Severity, config::Config};

/// A checklist in our own words with one of each kind of thing.
const OWN: &str = include_str!("../fixtures/harbour.md");

/// Checklists beside the project, where they are at hand.
pub(crate) fn shared() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/checklists");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("not tried: {} is not there, so nothing is said about the checklists in it", folder.display());
    None
}

fn read(text: &str) -> (Plan, Vec<Finding>) {
    plan::read(text, &Config::default())
}

/// What must be true of any plan, whatever its text is.
fn whole(name: &str, text: &str, plan: &Plan, findings: &[Finding]) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut expect = |truth: bool, words: &str| {
        if !truth {
            complaints.push(format!("{name}: {words}"));
        }
    };
    let lines = text.lines().count().max(1);
    let in_text = |line: usize| (1..=lines).contains(&line);
    expect(plan.counts.imported == plan.counts.boxes, "a box was lost or counted twice");
    let made = plan.counts.boxes + plan.counts.recovered + plan.counts.steps;
    expect(plan.items.len() == made, "an item is neither a box, nor recovered, nor a step");
    expect(plan.counts.ticked <= plan.counts.boxes, "more boxes are ticked than there are");
    expect(plan.items.iter().all(|item| in_text(item.range.line)), "an item stands outside the text");
    expect(findings.iter().all(|finding| in_text(finding.range.line)), "a finding stands outside the text");
    expect(plan.counts.ignored.iter().all(|ignored| in_text(ignored.line)), "an ignored mark stands outside the text");
    let mut ids: Vec<&str> = plan.items.iter().map(|item| item.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    expect(ids.len() == plan.items.len(), "two items share an id");
    expect(
        plan.gates
            .iter()
            .all(|gate| plan.item(&gate.item).is_some() && gate.conditions.iter().all(|id| plan.item(id).is_some())),
        "a gate names an item that is not there",
    );
    expect(
        plan.phases.iter().all(|phase| plan.section(&phase.section).is_some()),
        "a phase names a section that is not there",
    );
    expect(
        plan.phases.iter().flat_map(|phase| &phase.items).all(|id| plan.item(id).is_some()),
        "a phase names an item that is not there",
    );
    complaints
}

fn texts<'plan, Id: PartialEq + 'plan>(
    plan: &'plan Plan,
    ids: &'plan [Id],
    of: fn(&plan::Item) -> &Id,
) -> Vec<&'plan str> {
    ids.iter().filter_map(|id| plan.items.iter().find(|item| of(item) == id)).map(|item| item.text.as_str()).collect()
}

#[test]
fn our_own_checklist_is_read_whole() {
    let (plan, findings) = read(OWN);
    assert_eq!(whole("harbour.md", OWN, &plan, &findings), Vec::<String>::new());
    let counts = &plan.counts;
    assert_eq!((counts.boxes, counts.ticked, counts.fences, counts.tables), (31, 3, 10, 1));
    assert_eq!(counts.ignored.len(), 1, "the box in the comment: {:?}", counts.ignored);
    assert_eq!(plan.items.len(), 31);
    let gates: Vec<_> = plan
        .gates
        .iter()
        .map(|gate| (gate.share_percent, gate.hold_s, texts(&plan, &gate.conditions, |item| &item.id)))
        .collect();
    assert_eq!(
        gates,
        [
            (Some(25.0), Some(180), vec!["Pod healthy (1+ minutes)", "Error rate <2%"]),
            (Some(100.0), Some(420), vec!["Latency <150ms P95", "Error rate <0.5%"]),
        ]
    );
    let routines: Vec<_> =
        plan.routines.iter().map(|routine| (routine.every_s, routine.at.as_deref(), routine.items.len())).collect();
    assert_eq!(routines, [(Some(7200), None, 2), (None, Some("shift_handoff"), 1)]);
    assert_eq!(plan.rollback.ways.len(), 2);
    assert_eq!(plan.rollback.target_s, Some(600));
    assert_eq!(plan.rollback.success.len(), 2);
    assert_eq!(severities(&plan), [(Severity::Critical, 2), (Severity::High, 1), (Severity::Medium, 1)]);
    assert_eq!(audiences(&plan), [2, 1, 1]);
    let announced =
        plan.messages.iter().find(|message| message.audience == Audience::Customers).expect("the customers are told");
    assert_eq!(announced.moment, MessageMoment::Before);
    assert_eq!(announced.subject.as_deref(), Some("Maintenance on March 10, 2026"));
    assert_eq!(announced.blanks, ["[TIME]"]);
    let contacts: Vec<_> =
        plan.contacts.iter().map(|contact| (contact.role.as_str(), contact.name.as_deref(), contact.order)).collect();
    assert_eq!(contacts, [("Primary Engineer", Some("Ada Berg"), 1), ("Manager", None, 2)]);
    let channels: Vec<_> = plan.channels.iter().map(|channel| (channel.kind, channel.target.as_deref())).collect();
    assert_eq!(
        channels,
        [
            (ChannelKind::WarRoom, Some("#harbour-release")),
            (ChannelKind::StatusPage, Some("https://status.harbour.example"))
        ]
    );
    assert_eq!(references(&plan), [1, 1, 1]);
}

#[test]
fn the_real_checklist_is_read_whole() {
    let Some(folder) = shared() else { return };
    let text = fs::read_to_string(folder.join("production-deployment.md")).expect("the real checklist is there");
    let (plan, findings) = read(&text);
    assert_eq!(whole("production-deployment.md", &text, &plan, &findings), Vec::<String>::new());
    assert_eq!((plan.counts.boxes, plan.counts.ticked, plan.counts.imported), (180, 20, 180));
    let holds: Vec<_> = plan.gates.iter().map(|gate| (gate.share_percent, gate.hold_s)).collect();
    assert_eq!(holds, [(Some(10.0), Some(300)), (Some(50.0), Some(600)), (Some(100.0), Some(1800))]);
    let conditions: Vec<Vec<&str>> =
        plan.gates.iter().map(|gate| texts(&plan, &gate.conditions, |item| &item.id)).collect();
    assert_eq!(
        conditions,
        [
            vec!["Pod healthy (2+ minutes)", "Error rate normal", "Latency normal"],
            vec!["All pods healthy", "Error rate <1%", "Latency <200ms P95"],
            vec!["All pods healthy", "Error rate <0.1%", "Latency <200ms P95"],
        ]
    );
    let healthy = plan
        .criteria
        .iter()
        .find(|criterion| criterion.text.contains("2+ minutes"))
        .expect("a condition with a duration");
    assert_eq!(healthy.for_s, Some(120), "the duration is the condition's, not the gate's hold");
    let every: Vec<_> = plan.routines.iter().map(|routine| routine.every_s).collect();
    assert_eq!(every.len(), 5, "{every:?}");
    assert_eq!((every.first(), every.get(1)), (Some(&Some(3600)), Some(&Some(14_400))));
    assert!(plan.routines.iter().any(|routine| routine.at.as_deref() == Some("shift_handoff")));
    assert_eq!(plan.rollback.ways.len(), 3);
    assert_eq!(plan.rollback.target_s, Some(900));
    assert_eq!(plan.rollback.criteria.len(), 14);
    assert_eq!(severities(&plan), [(Severity::Critical, 5), (Severity::High, 5), (Severity::Medium, 4)]);
    assert_eq!(plan.rollback.success.len(), 5);
    assert_eq!(audiences(&plan), [7, 3, 2]);
    assert_eq!(plan.contacts.len(), 4);
    assert_eq!(plan.channels.len(), 3);
    assert_eq!(references(&plan), [8, 5, 5]);
}

#[test]
fn the_commands_of_the_real_checklist_are_told_apart() {
    let Some(folder) = shared() else { return };
    let text = fs::read_to_string(folder.join("production-deployment.md")).expect("the real checklist is there");
    let (plan, _) = read(&text);
    assert_eq!(plan.commands.len(), 28, "{:#?}", plan.commands.iter().map(|command| &command.text).collect::<Vec<_>>());
    let helm =
        plan.commands.iter().find(|command| command.text.starts_with("helm install")).expect("the first alternative");
    let kustomize = plan
        .commands
        .iter()
        .find(|command| command.text.starts_with("kubectl apply -k"))
        .expect("the second alternative");
    assert_eq!(helm.alternatives, std::slice::from_ref(&kustomize.id));
    assert_eq!(kustomize.alternatives, std::slice::from_ref(&helm.id));
    let undo = plan
        .commands
        .iter()
        .find(|command| command.text.starts_with("kubectl rollout undo"))
        .expect("the first way back");
    let scale =
        plan.commands.iter().find(|command| command.text.contains("--replicas=0")).expect("the second way back");
    assert!(undo.alternatives.contains(&scale.id), "run as one, they would roll back and then stop the service");
}

#[test]
fn the_checklists_of_other_teams_lose_no_box() {
    let Some(folder) = shared() else { return };
    let folder = folder.join("corpus");
    let table = fs::read_to_string(folder.join("README.md")).expect("the corpus has its table");
    let expected = rows(&table);
    assert!(expected.len() > 40, "the table has {} rows; it was read wrongly", expected.len());
    let mut complaints = Vec::new();
    for (name, row) in &expected {
        let text = fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let (plan, findings) = read(&text);
        complaints.extend(whole(name, &text, &plan, &findings));
        let counts = &plan.counts;
        let found = [counts.boxes, counts.ticked, counts.fences, counts.tables];
        if found != *row {
            complaints.push(format!("{name}: boxes, ticked, fences, tables are {found:?}, the table says {row:?}"));
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// `boxes`, `ticked`, `fences` and `tables` by the file's name, from the table of the corpus.
fn rows(table: &str) -> BTreeMap<String, [usize; 4]> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let name = cells.next()?.to_owned();
        let mut number = || cells.next()?.parse().ok();
        Some((name, [number()?, number()?, number()?, number()?]))
    };
    table.lines().filter_map(row).collect()
}

fn severities(plan: &Plan) -> Vec<(Severity, usize)> {
    let of = |severity| {
        let decisions = plan.criteria.iter().filter(|criterion| plan.rollback.criteria.contains(&criterion.id));
        (severity, decisions.filter(|criterion| criterion.severity == Some(severity)).count())
    };
    [Severity::Critical, Severity::High, Severity::Medium].map(of).to_vec()
}

/// Messages to the team, to customers, to the status page.
fn audiences(plan: &Plan) -> [usize; 3] {
    [Audience::Team, Audience::Customers, Audience::StatusPage]
        .map(|audience| plan.messages.iter().filter(|message| message.audience == audience).count())
}

/// Commands, links and files to have at hand.
fn references(plan: &Plan) -> [usize; 3] {
    [ReferenceKind::Command, ReferenceKind::Link, ReferenceKind::File]
        .map(|kind| plan.references.iter().filter(|reference| reference.kind == kind).count())
}

#[test]
fn the_table_of_the_corpus_is_read_by_its_numbers() {
    let table = "| file | boxes | ticked | fences | tables | what |\n|---|---|---|---|---|---|\n| a.md | 1 | 0 | 2 | 3 | x; y |\n";
    assert_eq!(rows(table), BTreeMap::from([("a.md".to_owned(), [1, 0, 2, 3])]));
}
