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

use crate::kill::Chance;

/// Series with their rules in a plain run, and where there is time (`cargo xtask test --long`).
const CASES: usize = 2_000;
const CASES_LONG: usize = 5_000;

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
    values: Vec<f64>,
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
    Case { values, threshold, for_steps: chance.below(6), keep_steps: chance.below(6) }
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
        let sample = Sample { measure: Measure::Number(*value), at, good_until: at, too_few: None };
        memory.observe(&rule, &sample, SignedDuration::from_mins(30));
        at += SignedDuration::try_from(seconds(1)).expect("short");
        memory.phase()
    });
    phases.collect()
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
        let values: Vec<String> = case.values.iter().map(f64::to_string).collect();
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
    let count = if std::env::var_os("WAR_ROOM_LONG").is_some() { CASES_LONG } else { CASES };
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
