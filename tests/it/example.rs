//! The bundled example: read as it is meant, with the settings beside it. The drill and the first steps rest on it.

use std::collections::BTreeSet;

use plan::config::{Config, parse, unmatched_binds};
use plan::{Audience, ChannelKind, Finding, Level, MessageMoment, Operator, Place, Plan, ReferenceKind, Severity};

const CHECKLIST: &str = include_str!("../../examples/deployment.md");
const SETTINGS: &str = include_str!("../../examples/war-room.toml");

/// The checklist with its settings, which hold no mistake.
fn example() -> (Plan, Vec<Finding>, Config) {
    let (config, mistakes) = parse(SETTINGS);
    assert_eq!(mistakes, [], "the settings");
    let (plan, findings) = plan::read(CHECKLIST, &config);
    assert_eq!(unmatched_binds(&config, &plan), [], "the bindings");
    (plan, findings, config)
}

/// How many of these there are.
fn count<Entry>(entries: &[Entry], is_meant: impl Fn(&Entry) -> bool) -> usize {
    entries.iter().filter(|entry| is_meant(entry)).count()
}

/// What the criteria of a metric say at one place of the plan, as bounds.
fn bounds<'plan>(
    plan: &'plan Plan,
    metric: &'plan str,
    place: Place,
) -> impl Iterator<Item = (Option<Severity>, Operator, f64, Option<f64>)> + 'plan {
    let of_place = plan.criteria.iter().filter(move |one| one.place == place && one.metric.as_deref() == Some(metric));
    of_place.filter_map(|one| Some((one.severity, one.op?, one.value?, one.high)))
}

#[test]
fn no_box_is_lost_and_nothing_is_found() {
    let (plan, findings, _) = example();
    assert_eq!(findings, [], "with its settings");
    assert_eq!((plan.counts.boxes, plan.counts.ticked, plan.counts.imported), (119, 7, 119));
    assert_eq!((plan.counts.recovered, plan.counts.steps, plan.counts.ignored.len()), (0, 0, 0));
    let (alone, findings) = plan::read(CHECKLIST, &Config::default());
    let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Level::Error).collect();
    assert_eq!(errors, Vec::<&Finding>::new(), "without them");
    assert_eq!((&alone.subject, &alone.start.zone), (&plan.subject, &plan.start.zone), "the text says it itself");
    assert_eq!(alone.start.start, plan.start.start);
}

#[test]
fn the_day_is_read_as_meant() {
    let (plan, ..) = example();
    assert_eq!((plan.subject.name.as_str(), plan.subject.release.as_deref()), ("harbour-api", Some("3.4.0")));
    assert_eq!(plan.start.start, Some(jiff::civil::date(2026, 3, 18).at(9, 0, 0, 0)));
    let phases: Vec<&str> = plan.phases.iter().map(|phase| phase.title.as_str()).collect();
    assert_eq!(
        phases,
        [
            "Release Readiness",
            "Last Week",
            "24 Hours Before Deployment",
            "Gathering",
            "Deployment",
            "Verification",
            "Go-Live",
            "First 24 Hours",
            "First Week",
            "Success criteria",
        ]
    );
    let every: Vec<_> = plan.routines.iter().map(|routine| (routine.every_s, routine.items.len())).collect();
    assert_eq!(every, [(Some(3600), 3), (Some(14_400), 3), (None, 3), (Some(86_400), 2), (Some(604_800), 3)]);
}

#[test]
fn every_gate_has_its_share_its_hold_and_conditions_with_numbers() {
    let (plan, ..) = example();
    let gates: Vec<_> =
        plan.gates.iter().map(|gate| (gate.share_percent, gate.hold_s, gate.conditions.len())).collect();
    assert_eq!(gates, [(Some(10.0), Some(300), 3), (Some(50.0), Some(600), 4), (Some(100.0), Some(1200), 4)]);
    for gate in &plan.gates {
        let of_gate = |metric: &str| {
            let mut conditions = gate.conditions.iter().filter_map(|id| plan.criterion_of(id));
            conditions.find(|one| one.metric.as_deref() == Some(metric)).and_then(|one| Some((one.op?, one.value?)))
        };
        assert_eq!(of_gate("error_rate"), Some((Operator::Below, 0.5)), "{}", gate.text);
        assert_eq!(of_gate("latency_p95"), Some((Operator::Below, 250.0)), "{}", gate.text);
    }
}

#[test]
fn the_decision_criteria_leave_no_gap_above_the_gates_and_do_not_overlap() {
    let (plan, ..) = example();
    let decisions: Vec<_> = plan.criteria.iter().filter(|one| one.place == Place::Decision).collect();
    let of = |severity| count(&decisions, |one| one.severity == Some(severity));
    assert_eq!([Severity::Critical, Severity::High, Severity::Medium].map(of), [5, 4, 4]);
    for (metric, limits) in [("error_rate", [0.5, 2.0, 8.0]), ("latency_p95", [250.0, 600.0, 1200.0])] {
        let [gate, high, critical] = limits;
        assert_eq!(
            bounds(&plan, metric, Place::Decision).collect::<Vec<_>>(),
            [
                (Some(Severity::Critical), Operator::Above, critical, None),
                (Some(Severity::High), Operator::Above, high, None),
                (Some(Severity::Medium), Operator::Between, gate, Some(high)),
            ]
        );
        let good: Vec<_> = [Place::Gate, Place::Phase, Place::Watch, Place::Rollback, Place::Success]
            .into_iter()
            .flat_map(|place| bounds(&plan, metric, place))
            .collect();
        assert!(good.len() >= 7, "{metric} is looked at all day: {good:?}");
        assert!(good.iter().all(|bound| *bound == (None, Operator::Below, gate, None)), "{metric}: {good:?}");
    }
}

#[test]
fn there_are_three_ways_back_each_with_when_it_serves() {
    let (plan, ..) = example();
    let ways: Vec<_> = plan
        .rollback
        .ways
        .iter()
        .map(|way| (way.when.as_deref().unwrap_or(""), way.commands.len(), way.by_hand.as_deref()))
        .collect();
    assert_eq!(
        ways,
        [
            ("if during the canary", 2, None),
            ("if the rollout is complete", 1, None),
            ("if the cluster itself fails", 0, Some("Set the A record of api.harbour.example to 192.0.2.20")),
        ]
    );
    assert_eq!((plan.rollback.target_s, plan.rollback.verify.len()), (Some(900), 2));
    assert_eq!(plan.rollback.success.len(), 5);
    assert_eq!(bounds(&plan, "error_rate", Place::Rollback).count(), 1, "a mark that is seen");
}

#[test]
fn people_messages_and_references_are_read_as_meant() {
    let (plan, ..) = example();
    let told = [Audience::Team, Audience::Customers, Audience::StatusPage];
    assert_eq!(told.map(|audience| count(&plan.messages, |one| one.audience == audience)), [5, 2, 3]);
    let moments = [MessageMoment::Before, MessageMoment::During, MessageMoment::After];
    assert_eq!(moments.map(|moment| count(&plan.messages, |one| one.moment == moment)), [3, 4, 3]);
    assert!(plan.messages.iter().any(|message| message.blanks == ["[REASON]", "[TIME]"]), "blanks to fill");
    let is_whole = |one: &plan::Contact| one.name.is_some() && one.phone.is_some() && one.mail.is_some();
    assert_eq!((plan.contacts.len(), count(&plan.contacts, is_whole)), (4, 4));
    let kinds: Vec<_> = plan.channels.iter().map(|channel| (channel.kind, channel.target.is_some())).collect();
    assert_eq!(kinds, [(ChannelKind::WarRoom, true), (ChannelKind::Pager, true), (ChannelKind::StatusPage, true)]);
    let kinds = [ReferenceKind::Command, ReferenceKind::Link, ReferenceKind::File];
    assert_eq!(kinds.map(|kind| count(&plan.references, |one| one.kind == kind)), [5, 4, 4]);
    let helm = plan.commands.iter().find(|command| command.text.starts_with("helm upgrade")).expect("Option A");
    assert_eq!(helm.alternatives.len(), 1, "Option B");
}

#[test]
fn its_settings_observe_every_number_of_the_day() {
    let (plan, _, config) = example();
    let of_the_day = plan.criteria.iter().filter(|one| one.place != Place::Preparation && one.value.is_some());
    let in_text: BTreeSet<&str> = of_the_day.filter_map(|one| one.metric.as_deref()).collect();
    let in_settings: BTreeSet<&str> = config.metrics.keys().map(String::as_str).collect();
    assert_eq!(in_text, in_settings);
    assert!(config.metrics.values().all(|metric| metric.unit.is_some()), "each with its unit");
    assert_eq!((config.sources.len(), config.probes.len(), config.binds.len()), (1, 2, 2));
}
