//! The alert engine against Prometheus' own: random series and rules, where data is present. What our engine says of each
//! evaluation is written down as promtool's expectation, and promtool is the judge.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use plan::config::{Fire, NoData};
use plan::{Criterion, CriterionId, Operator, Place, Severity};
use room::{AlertId, Measure, Phase, Purpose, Rule, RuleMemory, Sample, Signal};
use tests::long::is_long;

use crate::kill::Chance;

/// Series with their rules in a plain run, and where there is time (`cargo xtask test --long`).
const CASES: usize = 5_000;
const CASES_LONG: usize = 20_000;

/// Series with holes in them.
const CASES_WITH_HOLES: usize = 1_000;

/// Cases of one file: promtool reads a few hundred in a moment, and a message about a difference stays readable.
const CASES_OF_A_FILE: usize = 250;

/// Evaluations of each case, after the first.
const STEPS: usize = 30;

/// How often rules are looked at, and samples come.
const INTERVAL_S: u64 = 15;

/// The same cases in each run; another seed is another run (`WAR_ROOM_SEED`).
const SEED: u64 = 0x5eed_0005;

/// The hundreds that thresholds and values are made of: few, so that values meet thresholds.
const LEVELS: u64 = 6;

/// One series, and one rule over it.
struct Case {
    /// `None` where there is no sample.
    values: Vec<Option<f64>>,
    threshold: f64,
    for_steps: u64,
    keep_steps: u64,
}

fn case(chance: &mut Chance) -> Case {
    let level = |chance: &mut Chance| f64::from(u32::try_from(chance.below(LEVELS)).expect("small")) * 100.0 - 200.0;
    let threshold = level(chance);
    // Some series change at each step, some stay for long: a breach must be able to outlast every `for`.
    let stays = [0, 50, 80][usize::try_from(chance.below(3)).expect("small")];
    let mut values: Vec<f64> = Vec::new();
    for _ in 0..=STEPS {
        let value = match values.last() {
            Some(last) if chance.below(100) < stays => *last,
            _ => level(chance) + f64::from(u32::try_from(chance.below(3)).expect("small")) * 0.5,
        };
        values.push(value);
    }
    let values = values.into_iter().map(Some).collect();
    Case { values, threshold, for_steps: chance.below(6), keep_steps: chance.below(6) }
}

/// The same with holes: seldom one sample, sometimes several in a row.
fn case_with_holes(chance: &mut Chance) -> Case {
    let mut case = case(chance);
    let mut hole = 0;
    for value in &mut case.values {
        if hole == 0 && chance.below(6) == 0 {
            hole = 1 + chance.below(4);
        }
        if hole > 0 {
            hole -= 1;
            *value = None;
        }
    }
    case
}

fn seconds(steps: u64) -> Duration {
    Duration::from_secs(steps * INTERVAL_S)
}

/// The rule as the plan and the settings would make it.
fn rule(case: &Case) -> Rule {
    let criterion = Criterion {
        id: CriterionId::of(&[], "x", 0),
        line: 1,
        text: "x".to_owned(),
        metric: Some("x".to_owned()),
        op: Some(Operator::Above),
        value: Some(case.threshold),
        high: None,
        unit: None,
        for_s: None,
        window_s: None,
        severity: Some(Severity::High),
        deadline_s: None,
        place: Place::Decision,
        remark: None,
        item: None,
        section: None,
    };
    Rule {
        id: AlertId::from(&criterion.id),
        name: "x".to_owned(),
        text: "x".to_owned(),
        criterion: Some(criterion),
        item: None,
        severity: Severity::High,
        purpose: Purpose::Decision,
        signal: Signal::Metric("x".to_owned()),
        unit: None,
        every: seconds(1),
        timeout: seconds(1),
        met_for: Duration::ZERO,
        fire: Fire::For(seconds(case.for_steps)),
        is_default_fire: false,
        high_deadline: Duration::from_secs(1_800),
        is_default_deadline: false,
        keep_firing: seconds(case.keep_steps),
        clear: None,
        warm_up: Duration::ZERO,
        no_data: NoData::Blind,
    }
}

/// What our engine says at each evaluation.
fn said(case: &Case) -> Vec<Phase> {
    let rule = rule(case);
    let mut memory = RuleMemory::default();
    let mut at = Timestamp::UNIX_EPOCH;
    let phases = case.values.iter().map(|value| {
        let next = at + SignedDuration::try_from(seconds(1)).expect("short");
        if let Some(value) = value {
            let sample = Sample { measure: Measure::Number(*value), at, good_until: next, too_few: None };
            memory.observe(&rule, &sample);
        }
        at = next;
        memory.phase()
    });
    phases.collect()
}

/// What Prometheus says at each evaluation, to whom nothing is the same as no breach; written down after its manual, and
/// judged by promtool like ours.
fn prometheus_says(case: &Case) -> Vec<Phase> {
    let (mut active, mut fires, mut keeps) = (None, false, None);
    let says = case.values.iter().zip(0_u64..).map(|(value, step)| {
        if value.is_some_and(|value| value > case.threshold) {
            keeps = None;
            let since = *active.get_or_insert(step);
            fires |= step - since >= case.for_steps;
        } else if fires && step - *keeps.get_or_insert(step) < case.keep_steps {
            // It keeps firing.
        } else {
            (active, fires, keeps) = (None, false, None);
        }
        match active {
            None => Phase::Inactive,
            Some(_) if fires => Phase::Firing,
            Some(_) => Phase::Pending,
        }
    });
    says.collect()
}

fn rules_text(cases: &[Case]) -> String {
    let mut text = "groups:\n- name: law\n  rules:\n".to_owned();
    for (number, case) in cases.iter().enumerate() {
        let (for_s, keep_s) = (seconds(case.for_steps).as_secs(), seconds(case.keep_steps).as_secs());
        let _ = writeln!(
            text,
            "  - {{alert: a{number}, expr: 'x{{n=\"{number}\"}} > {}', for: {for_s}s, keep_firing_for: {keep_s}s}}",
            case.threshold
        );
    }
    text
}

fn expectation_text(cases: &[Case], said: &[Vec<Phase>]) -> String {
    let mut text = format!(
        "rule_files: [rules.yml]\nevaluation_interval: {INTERVAL_S}s\ntests:\n- interval: {INTERVAL_S}s\n  input_series:\n"
    );
    for (number, case) in cases.iter().enumerate() {
        let shown = |value: &Option<f64>| value.map_or_else(|| "stale".to_owned(), |value| value.to_string());
        let values: Vec<String> = case.values.iter().map(shown).collect();
        let _ = writeln!(text, "  - {{series: 'x{{n=\"{number}\"}}', values: '{}'}}", values.join(" "));
    }
    text.push_str("  promql_expr_test:\n");
    for step in 0..=STEPS {
        let at_s = u64::try_from(step).expect("small") * INTERVAL_S;
        let _ = writeln!(text, "  - expr: ALERTS\n    eval_time: {at_s}s\n    exp_samples:");
        for (number, phases) in said.iter().enumerate() {
            let state = match phases[step] {
                Phase::Inactive => continue,
                Phase::Pending => "pending",
                Phase::Firing => "firing",
            };
            let _ = writeln!(
                text,
                "    - {{labels: 'ALERTS{{alertname=\"a{number}\", alertstate=\"{state}\", n=\"{number}\"}}', value: 1}}"
            );
        }
    }
    text
}

/// Lets promtool judge; what it has to say where it differs.
fn judge(folder: &Path, cases: &[Case], said: &[Vec<Phase>]) -> Result<(), String> {
    fs::write(folder.join("rules.yml"), rules_text(cases)).expect("a file of rules");
    fs::write(folder.join("test.yml"), expectation_text(cases, said)).expect("a file of expectations");
    let output = Command::new("promtool").args(["test", "rules", "test.yml"]).current_dir(folder).output();
    let output = output.unwrap_or_else(|error| {
        panic!("promtool does not start ({error}): `cargo xtask test` installs it, with Prometheus")
    });
    let words = [output.stdout, output.stderr].map(|words| String::from_utf8_lossy(&words).into_owned()).concat();
    if output.status.success() { Ok(()) } else { Err(words) }
}

#[test]
fn pending_firing_and_resolved_are_as_prometheus_has_them() {
    let seed = std::env::var("WAR_ROOM_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let count = if is_long() { CASES_LONG } else { CASES };
    let folder = tempfile::tempdir().expect("a folder");
    let mut chance = Chance(seed);
    let cases: Vec<Case> = (0..count).map(|_| case(&mut chance)).collect();
    let mut tally = [0_usize; 3];
    for (at, cases) in cases.chunks(CASES_OF_A_FILE).enumerate() {
        let mut said: Vec<Vec<Phase>> = cases.iter().map(said).collect();
        for phase in said.iter().flatten() {
            tally[*phase as usize] += 1;
        }
        if let Err(words) = judge(folder.path(), cases, &said) {
            let words: String = words.lines().take(60).map(|line| format!("{line:.2000}\n")).collect();
            panic!("seed {seed}, file {at}: Prometheus has it otherwise\n{words}");
        }
        // The judge must be able to say no: of the last file one word is turned, and it has to find it.
        if (at + 1) * CASES_OF_A_FILE >= count {
            let turned = said.iter_mut().flat_map(|phases| phases.iter_mut()).find(|phase| **phase == Phase::Pending);
            *turned.expect("something is pending") = Phase::Firing;
            assert!(judge(folder.path(), cases, &said).is_err(), "seed {seed}: promtool lets a wrong word pass");
        }
    }
    // Each state comes often enough to be judged.
    assert!(tally.iter().all(|times| *times > count), "seed {seed}: inactive, pending, firing {tally:?}");
    eprintln!("promtool agrees on {count} series and rules (seed {seed}): inactive, pending, firing {tally:?}");
}

/// Where data is missing we are stricter, as DESIGN.md states it: missing resolves nothing, and is not good either. Whatever
/// Prometheus says of what it knows, we say that or worse; and we say otherwise only after a hole.
#[test]
fn where_data_is_missing_nothing_resolves() {
    let seed = std::env::var("WAR_ROOM_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(SEED);
    let folder = tempfile::tempdir().expect("a folder");
    let mut chance = Chance(seed);
    let cases: Vec<Case> = (0..CASES_WITH_HOLES).map(|_| case_with_holes(&mut chance)).collect();
    let (mut holes, mut stricter) = (0_usize, 0_usize);
    for (at, cases) in cases.chunks(CASES_OF_A_FILE).enumerate() {
        let theirs: Vec<Vec<Phase>> = cases.iter().map(prometheus_says).collect();
        if let Err(words) = judge(folder.path(), cases, &theirs) {
            let words: String = words.lines().take(60).map(|line| format!("{line:.2000}\n")).collect();
            panic!("seed {seed}, file {at}: Prometheus is not what we think it is\n{words}");
        }
        for (case, theirs) in cases.iter().zip(theirs) {
            let (mut before, mut is_whole) = (Phase::Inactive, true);
            for (step, (ours, theirs)) in said(case).into_iter().zip(theirs).enumerate() {
                let here = format!("seed {seed}, step {step}: {:?} > {}", case.values, case.threshold);
                let is_hole = case.values[step].is_none();
                holes += usize::from(is_hole);
                is_whole &= !is_hole;
                assert!(!is_hole || ours == before, "a hole says {ours:?} after {before:?}, {here}");
                assert!(ours as usize >= theirs as usize, "{ours:?}, and Prometheus {theirs:?}, {here}");
                assert!(!is_whole || ours == theirs, "{ours:?}, and Prometheus {theirs:?} without a hole, {here}");
                stricter += usize::from(ours != theirs);
                before = ours;
            }
        }
    }
    assert!(holes > CASES_WITH_HOLES && stricter > CASES_WITH_HOLES, "{holes} holes, {stricter} times stricter");
    eprintln!("{CASES_WITH_HOLES} series with {holes} holes (seed {seed}): {stricter} times stricter than Prometheus");
}
