//! Whole texts, read: small cases for each rule, and laws for any text.

use proptest::prelude::*;

use super::read;
use crate::config::Config;
use crate::model::{Audience, Inline, MessageMoment, Place, Severity, StartSource, ZoneSource};

fn plan(text: &str) -> crate::Plan {
    read(text, &Config::default()).0
}

fn stops(text: &str) -> Vec<String> {
    plan(text).phases.iter().map(|phase| format!("{} {}", phase.title, phase.items.len())).collect()
}

#[test]
fn a_heading_is_split_where_what_stands_below_has_times_of_its_own() {
    let text = "# Ship it\n\n## Before (May 1-3)\n\n### Ready\n- [x] a\n\n### Checks\n**Day 1 (May 1):**\n- [ ] b\n\n**Day 2 (May 2):**\n- [ ] c\n\n## Environment\n### Network\n- [ ] d\n### Storage\n- [ ] e\n\n## The day (May 4, 2026)\n\n**Phase 1: Open (6:00 AM)**\n- [ ] f\n\n**Phase 2: Ship (6:30 AM)**\n\n**Step 1: Go**\n- [ ] g\n";
    assert_eq!(stops(text), ["Ready 1", "Checks 2", "Environment 2", "Open 1", "Ship 1"]);
}

#[test]
fn boxes_above_every_heading_have_a_place_and_a_finding() {
    let text = "- [ ] first\n\n# Later\n\n- [ ] second\n";
    let (plan, findings) = read(text, &Config::default());
    assert_eq!(plan.phases.iter().map(|phase| phase.items.len()).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(plan.items[0].text, "first");
    let codes: Vec<_> = findings.iter().map(|finding| (finding.code, finding.range.line)).collect();
    assert_eq!(codes, [("BOX-01", 1)]);
}

#[test]
fn a_text_without_boxes_says_so() {
    let code = |text: &str| {
        let findings = read(text, &Config::default()).1;
        findings.into_iter().find(|finding| finding.code == "BOX-02").map(|finding| finding.message).unwrap_or_default()
    };
    assert!(code("# Only words\n\nAnd more.\n").contains("no box to tick"));
    assert!(code("| a |\n|---|\n| ✅ |\n").contains("only 1 table;"));
    assert!(code("```\n- [ ] a\n```\n").contains("1 marks stand in fences"));
}

#[test]
fn t0_is_the_start_of_the_first_phase_that_holds_a_gate() {
    let text = "# Ship pay 2.1 (June 3, 2026)\n\n## Deploy the database (5:00 AM)\n- [ ] a\n\n## Rollout (6:45 AM)\n- [ ] **20% traffic (two pods)**\n  - [ ] Error rate <2%\n  - [ ] Hold for 7 minutes\n";
    let plan = plan(text);
    assert_eq!(plan.start.start.map(|start| start.to_string()).as_deref(), Some("2026-06-03T06:45:00"));
    assert_eq!(plan.start.start_source, Some(StartSource::Text));
    assert_eq!(plan.start.zone_source, ZoneSource::Assumed);
    assert_eq!((plan.gates[0].share_percent, plan.gates[0].hold_s), (Some(20.0), Some(420)));
    assert_eq!(plan.gates[0].conditions.len(), 1);
    assert_eq!(plan.subject.release.as_deref(), Some("2.1"));
}

#[test]
fn the_settings_stand_above_the_text() {
    let mut config = Config::default();
    config.plan.service = Some("ledger".to_owned());
    config.plan.zone = Some("Europe/Lisbon".to_owned());
    config.plan.start = Some("2026-02-01T09:00".parse().unwrap());
    let (plan, _) = read("# Pay\n\n## Deploy (Jan 3, 2026, 06:30 UTC)\n- [ ] a\n", &config);
    assert_eq!(plan.subject.name, "ledger");
    assert_eq!(plan.start.zone, "Europe/Lisbon");
    assert_eq!(plan.start.start_source, Some(StartSource::Settings));
}

#[test]
fn decision_criteria_have_the_severity_of_their_heading_and_words_count_too() {
    let text = "# X\n\n## Rollback\n\n**CRITICAL (now):**\n- Error rate >2%\n- Data lost\n\n**MEDIUM:**\n- P95 latency 100-150ms\n\n## After\n- [ ] High memory\n";
    let found: Vec<_> = plan(text)
        .criteria
        .iter()
        .filter(|criterion| criterion.place == Place::Decision)
        .map(|criterion| (criterion.severity, criterion.value, criterion.high))
        .collect();
    assert_eq!(
        found,
        [
            (Some(Severity::Critical), Some(2.0), None),
            (Some(Severity::Critical), None, None),
            (Some(Severity::Medium), Some(100.0), Some(150.0)),
        ]
    );
}

#[test]
fn messages_are_told_from_invitations_and_rooms() {
    let text = "# X\n\n## Communication\n\n### Team\n\n**Before:**\n- [ ] Team Slack: \"We ship\"\n- [ ] Calendar invites: sent\n- [ ] War room: made\n\n**After:**\n- [ ] Done: posted to #ship-it.\n\n### Customers\n\n**Before:**\n```\nSubject: Work\n\nDear [Name],\n```\n- Status page: Updated\n";
    let found: Vec<_> = plan(text)
        .messages
        .into_iter()
        .map(|message| (message.audience, message.moment, message.text, message.channel, message.blanks))
        .collect();
    let none: Vec<String> = Vec::new();
    assert_eq!(
        found,
        [
            (Audience::Team, MessageMoment::Before, "Team Slack".to_owned(), Some("slack".to_owned()), none.clone()),
            (Audience::Team, MessageMoment::After, "Done".to_owned(), Some("#ship-it".to_owned()), none.clone()),
            (
                Audience::Customers,
                MessageMoment::Before,
                "Work".to_owned(),
                Some("mail".to_owned()),
                vec!["[Name]".to_owned()]
            ),
            (Audience::StatusPage, MessageMoment::Before, "Status page".to_owned(), None, none),
        ]
    );
}

#[test]
fn the_same_words_elsewhere_keep_their_ids_when_lines_are_added() {
    let before = plan("# X\n\n## A\n- [ ] same\n- [ ] same\n\n## B\n- [ ] same\n");
    let after = plan("# X\n\nNew words.\n\n## A\n\n- [x] same\n- [ ] same\n\n## B\n- [ ] new\n- [ ] same\n");
    let ids = |plan: &crate::Plan| {
        plan.items.iter().filter(|item| item.text == "same").map(|item| item.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&before), ids(&after));
    let unique: std::collections::HashSet<_> = ids(&before).into_iter().collect();
    assert_eq!(unique.len(), 3);
}

#[test]
fn lines_are_right_with_carriage_returns_and_a_byte_order_mark() {
    let plan = plan("\u{feff}# X\r\n\r\n- [ ] a\r\n  - [X] b\r\n");
    let found: Vec<_> = plan.items.iter().map(|item| (item.range.line, item.depth, item.text.as_str())).collect();
    assert_eq!(found, [(3, 0, "a"), (4, 1, "b")]);
    assert_eq!(plan.counts.ticked, 1);
}

#[test]
fn markup_is_words_and_never_more() {
    let plan = plan("# X\n\n- [ ] <img src=x onerror=alert(1)> [go](javascript:alert(1))\n");
    assert!(plan.items[0].text.contains("<img src=x"));
    assert!(
        matches!(plan.items[0].inlines.last(), Some(Inline::Link { target, .. }) if target.starts_with("javascript:"))
    );
}

/// Lines that real checklists are made of, so that random texts reach the readers and not only the parser.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("# Deploy pay 1.2 (Jan 21, 2026)".to_owned()),
        Just("## Rollback (Within 15 minutes)".to_owned()),
        Just("**Phase 2: Deploy (6:30 AM)**".to_owned()),
        Just("**CRITICAL:**".to_owned()),
        Just("- [ ] **50% traffic**".to_owned()),
        Just("  - [x] Error rate <1% (first hour)".to_owned()),
        Just("  - [ ] Hold for 5 minutes".to_owned()),
        Just("-   [ ] wide".to_owned()),
        Just("1. [X] numbered 7/7".to_owned()),
        Just("* no box 1-5%".to_owned()),
        Just("> - [ ] quoted".to_owned()),
        Just("```bash\n# Option 1: a (b)\nx | y\n# Option 2\n```".to_owned()),
        Just("```\n✅ Error Rate: <0.1% (target: <1%)\n- [ ] sample\n".to_owned()),
        Just("<!-- - [ ] hidden -->".to_owned()),
        Just("| a | b |\n|---|---|\n| [ ] | ✅ |".to_owned()),
        Just("## Communication".to_owned()),
        Just("## Escalation contacts\n```\nManager: [Name] - +1 555 0100 - a@b.example\n```".to_owned()),
        Just("## Appendix\n- Docs: ./x/y\n```sh\ncat <<E\n".to_owned()),
        Just(String::new()),
        Just("---".to_owned()),
        "\\PC{0,40}",
        "[-*+ \\[\\]xX#>`|:0-9<%().~_\t]{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_and_no_box_is_lost(lines in proptest::collection::vec(line(), 0..40)) {
        let text = lines.join("\n");
        let (plan, findings) = read(&text, &Config::default());
        let rows = text.lines().count().max(1);
        prop_assert_eq!(plan.counts.imported, plan.counts.boxes);
        prop_assert_eq!(plan.items.len(), plan.counts.boxes + plan.counts.recovered + plan.counts.steps);
        let ids: std::collections::HashSet<_> = plan.items.iter().map(|item| &item.id).collect();
        prop_assert_eq!(ids.len(), plan.items.len());
        for item in &plan.items {
            prop_assert!(item.range.line <= rows);
            let shown = plan.phases.iter().filter(|phase| phase.items.contains(&item.id)).count();
            let on_page = plan.rollback.success.contains(&item.id)
                || item.section.as_ref().and_then(|id| plan.section(id)).is_some_and(|section| section.kind == crate::SectionKind::Communication);
            prop_assert!(shown == 1 || shown == 0 && on_page, "{} is shown {} times", item.text, shown);
        }
        for finding in findings {
            prop_assert!(finding.range.line <= rows);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_plan(lines in proptest::collection::vec(line(), 0..20)) {
        let text = lines.join("\n");
        prop_assert_eq!(plan(&text), plan(&text));
    }
}

#[test]
fn conditions_are_found_where_teams_write_them() {
    let text = "# Ship pay\n\n## Deploy\n\nRoll back if the error rate stays above 5 % for 10 minutes.\n\nWe once saw 7 % errors.\n\n- [ ] P95 < 200 ms, errors < 1 %\n- [ ] CPU normal\n- [ ] Latency under ____ ms\n- [ ] Latency < 300\n\n## Rollback\n\nRoll back at once if:\n\n- Error rate > 5%\n- Data is lost\n\nDo not roll back if:\n\n- Pages are slower (< 5%)\n\n## Alert rules\n\n| Alert | Threshold | Severity |\n|---|---|---|\n| Slow | P99 > 2 s | WARNING |\n";
    let (plan, findings) = read(text, &Config::default());
    let found: Vec<_> = plan
        .criteria
        .iter()
        .map(|one| (one.line, one.metric.as_deref().unwrap_or("?"), one.value, one.place, one.severity))
        .collect();
    let critical = Some(Severity::Critical);
    assert_eq!(
        found,
        [
            (5, "error_rate", Some(5.0), Place::Decision, Some(Severity::Critical)),
            (9, "latency_p95", Some(200.0), Place::Phase, None),
            (9, "error_rate", Some(1.0), Place::Phase, None),
            (10, "cpu", None, Place::Phase, None),
            (11, "latency", None, Place::Phase, None),
            (12, "latency", None, Place::Phase, None),
            (18, "error_rate", Some(5.0), Place::Decision, critical),
            (19, "?", None, Place::Decision, critical),
            (29, "latency_p99", Some(2.0), Place::Decision, Some(Severity::Medium)),
        ]
    );
    assert_eq!(plan.criteria[0].for_s, Some(600));
    let both: Vec<_> = plan.criteria.iter().filter(|one| one.line == 9).collect();
    assert!(both[0].item.is_some() && both[0].item == both[1].item && both[0].id != both[1].id);
    let codes: Vec<_> =
        findings.iter().filter(|one| one.code.starts_with("CRT")).map(|one| (one.range.line, one.code)).collect();
    assert_eq!(codes, [(5, "CRT-14"), (10, "CRT-02"), (11, "CRT-11"), (12, "CRT-12"), (18, "CRT-14")]);
}

#[test]
fn a_high_has_the_time_that_its_heading_its_list_or_its_own_words_give() {
    let text = "# Ship pay (Jan 21, 2026)\n\n## Rollback\n\n### Decision criteria\n\n**HIGH (Rollback if not resolved in 15 min):**\n\n\
                - P95 latency > 500 ms\n- Error rate > 2 %, not fixed within 5 minutes\n\n**MEDIUM (Investigate):**\n\n- CPU > 80 %\n\n\
                #### HIGH\n\n- Memory > 90 %\n\n#### HIGH (Rollback if not resolved in 2 hours)\n\n##### Database\n\n- Latency P99 > 3 s\n\n\
                ## Way back\n\nRoll back if one of these is not fixed within 45 minutes:\n\n- Restarts > 3\n";
    let (plan, _) = read(text, &Config::default());
    let found: Vec<_> =
        plan.criteria.iter().map(|one| (one.metric.as_deref().unwrap_or("?"), one.severity, one.deadline_s)).collect();
    let high = Some(Severity::High);
    assert_eq!(
        found,
        [
            ("latency_p95", high, Some(15 * 60)),
            ("error_rate", high, Some(5 * 60)),
            ("cpu", Some(Severity::Medium), None),
            ("memory", high, None),
            ("latency_p99", high, Some(2 * 3600)),
            ("restarts", high, Some(45 * 60)),
        ]
    );
}

#[test]
fn what_the_documentation_starts_with_reads_without_a_finding() {
    let page = include_str!("../../../../../docs/checklist.md");
    let text = page.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (plan, findings) = read(text, &Config::default());
    let told: Vec<_> = findings.iter().map(|one| (one.range.line, one.code)).collect();
    assert_eq!(told, []);
    assert_eq!((plan.phases.len() >= 2, plan.gates.len(), plan.contacts.len()), (true, 1, 2));
    let back = &plan.rollback;
    assert_eq!((back.ways.len(), back.target_s, back.criteria.len(), back.success.len()), (1, Some(900), 2, 1));
    assert_eq!(back.ways[0].steps.len(), 2);
    assert_eq!(plan.subject.name, "Billing");
}
