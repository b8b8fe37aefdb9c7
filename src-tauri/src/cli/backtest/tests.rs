//! What is said of a back-test, without a server.

use plan::config::Fire;
use plan::{CriterionId, Operator, Place, Severity, Unit};
use room::{AlertId, Episode, Purpose, Seen, Unseen};

use super::*;

fn at(seconds: i64) -> Timestamp {
    // 2027-01-15T08:00Z, a Friday.
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn rule(purpose: Purpose) -> (Rule, Criterion) {
    let criterion = Criterion {
        id: CriterionId::of(&[], "P95 latency >1000ms", 0),
        line: 12,
        text: "P95 latency >1000ms".to_owned(),
        metric: Some("latency_p95".to_owned()),
        op: Some(Operator::Above),
        value: Some(1000.0),
        high: None,
        unit: Some(Unit::Ms),
        for_s: None,
        window_s: None,
        severity: Some(Severity::Critical),
        deadline_s: None,
        place: Place::Decision,
        remark: None,
        item: None,
        section: None,
    };
    let rule = Rule {
        id: AlertId::from(&criterion.id),
        name: "P95 latency".to_owned(),
        text: criterion.text.clone(),
        criterion: Some(criterion.clone()),
        item: None,
        severity: Severity::Critical,
        purpose,
        signal: Signal::Metric("latency_p95".to_owned()),
        unit: Some(Unit::S),
        every: Duration::from_secs(5),
        timeout: Duration::from_secs(3),
        met_for: Duration::ZERO,
        fire: Fire::For(Duration::from_secs(30)),
        is_default_fire: false,
        high_deadline: Duration::from_secs(1_800),
        is_default_deadline: false,
        keep_firing: Duration::ZERO,
        clear: None,
        warm_up: Duration::ZERO,
        no_data: plan::config::NoData::Blind,
    };
    (rule, criterion)
}

fn line(purpose: Purpose, tested: Option<Tested>) -> Line {
    let (rule, criterion) = rule(purpose);
    Line { rule, criterion, step: Duration::from_secs(60), tested }
}

fn seen(value: &str, words: &str, seconds: i64) -> Seen {
    Seen { words: words.to_owned(), value: value.to_owned(), unit: Some(Unit::S), at: at(seconds), fetched: false }
}

fn found() -> Tested {
    let episode = |since: i64, resolved_at: Option<i64>| Episode {
        since: at(since),
        fired_at: at(since + 60),
        last_breach_at: at(since + 600),
        resolved_at: resolved_at.map(at),
        deadline: None,
        is_overdue: false,
        worst: Some(seen("1.84", "1840 ms", since + 60)),
    };
    let hour = 3600;
    Tested {
        from: at(0),
        to: at(48 * hour),
        episodes: vec![episode(hour, Some(hour + 720)), episode(47 * hour, None)],
        threats: 3,
        unseen: vec![Unseen {
            from: at(20 * hour),
            to: at(21 * hour),
            why: vec!["the query found no series".to_owned()],
        }],
        worst: Some(seen("+Inf", "infinite", 7200)),
    }
}

fn report(criteria: Vec<Line>) -> Report {
    Report {
        file: "deploy.md".to_owned(),
        title: "ledger 4.2".to_owned(),
        zone: TimeZone::get("Europe/Berlin").unwrap(),
        from: at(0),
        to: at(48 * 3600),
        days: 2,
        is_stopped: false,
        criteria,
        unobserved: vec![Unobserved {
            id: "x".to_owned(),
            line: 30,
            text: "Memory leak detected".to_owned(),
            why: "no metric or probe is bound to it".to_owned(),
        }],
    }
}

fn text(report: &Report) -> String {
    let mut out = Vec::new();
    text::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_person_reads_a_table_and_what_happened() {
    insta::assert_snapshot!(text(&report(vec![line(Purpose::Decision, Some(found()))])), @r"
    deploy.md: ledger 4.2, back-test over 2 days
    15 Jan 2027 09:00:00 CET to 17 Jan 2027 09:00:00 CET

    SEVERITY  CRITERION              FIRED    FOR         WORST     WITHOUT DATA
    CRITICAL  P95 latency > 1000 ms  2 times  1 h 12 min  infinite  1 h in 1 window

    CRITICAL P95 latency > 1000 ms (line 12): for 30 s; latency_p95 every 1 min
      note: looked at every 1 min, and on the day every 5 s: what is shorter may be missed
      note: “for 30 s” is shorter than a step of 1 min: it fires at the second breaching step
      breach from Fri 15 Jan 10:00:00 CET, fired Fri 15 Jan 10:01:00 CET, resolved Fri 15 Jan 10:12:00 CET: 12 min, worst 1840 ms
      breach from Sun 17 Jan 08:00:00 CET, fired Sun 17 Jan 08:01:00 CET, fires still at the end: 1 h, worst 1840 ms
      no data from Sat 16 Jan 05:00:00 CET to Sat 16 Jan 06:00:00 CET, 1 h: the query found no series
      3 breaches were over before the alarm
      by day: Fri 15 Jan 1 time (12 min), Sun 17 Jan 1 time (1 h)

    Observed by no metric, and so not looked at:
      line 30: Memory leak detected: no metric or probe is bound to it

    1 of 1 criterion would have fired; 1 had no data for a time, which says nothing; 1 observed by no metric.
    ");
}

#[test]
fn what_was_not_seen_is_never_well() {
    let nothing = Tested {
        episodes: Vec::new(),
        threats: 0,
        unseen: vec![Unseen { from: at(0), to: at(48 * 3600), why: vec!["the query found no series".to_owned()] }],
        worst: None,
        ..found()
    };
    let blind = report(vec![line(Purpose::Decision, Some(nothing.clone()))]);
    assert!(text(&blind).contains("P95 latency > 1000 ms  ?      –    –      all of it"), "{}", text(&blind));
    assert_eq!(blind.code(), exit::UNSEEN);
    let whole = Tested { unseen: Vec::new(), ..nothing };
    assert_eq!(report(vec![line(Purpose::Decision, Some(whole.clone()))]).code(), exit::GOOD);
    let stopped = Report { is_stopped: true, ..report(vec![line(Purpose::Decision, Some(whole.clone()))]) };
    assert_eq!(stopped.code(), exit::UNSEEN);
    let half = report(vec![line(Purpose::Decision, Some(whole)), line(Purpose::Metric, None)]);
    assert_eq!(half.code(), exit::UNSEEN);
    assert!(text(&half).contains("not looked at"), "{}", text(&half));
    let none = report(Vec::new());
    assert_eq!(none.code(), exit::UNSEEN, "nothing was watched");
    assert!(text(&none).contains("No criterion is bound to a metric"));
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let many = Tested { episodes: found().episodes.into_iter().cycle().take(25).collect(), ..found() };
    let text = text(&report(vec![line(Purpose::Decision, Some(many))]));
    assert!(text.contains("  and 5 more alarms; --json has all of them\n"), "{text}");
    assert_eq!(text.matches("breach from").count(), 20);
}

#[test]
fn what_is_special_is_remarked() {
    let remarks = |line: &Line, report: &Report| line.remarks(report).join("\n");
    let check = line(Purpose::Check { section: None }, Some(found()));
    let said = remarks(&check, &report(Vec::new()));
    assert!(said.contains("“for 30 s” is shorter than a step of 1 min"), "{said}");
    assert!(said.contains("on the day every 5 s"), "{said}");
    assert!(said.contains("alarms nobody"), "{said}");
    let stopped = Report { is_stopped: true, ..report(Vec::new()) };
    let early = Tested { to: at(3600), ..found() };
    let said = remarks(&line(Purpose::Decision, Some(early)), &stopped);
    assert!(said.contains("up to Fri 15 Jan 10:00:00 CET only"), "{said}");
    assert!(remarks(&line(Purpose::Decision, None), &stopped).contains("stopped before"));
}

#[test]
fn a_program_reads_every_field() {
    let mut out = Vec::new();
    let lines = vec![line(Purpose::Decision, Some(found())), line(Purpose::Metric, None)];
    json::write(&report(lines), &mut out).unwrap();
    let told: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let keys = |value: &serde_json::Value| {
        let keys = value.as_object().unwrap().keys().map(String::as_str);
        keys.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(keys(&told), "criteria days file from stopped title to unobserved zone");
    let [seen, unseen] = told["criteria"].as_array().unwrap().as_slice() else { panic!("two criteria") };
    let all = "days episodes every_s fire fired firing_s from id line metric name purpose remarks severity step_s text \
               threats to unseen unseen_s worst";
    // What was not looked at has the same fields, and no number in them.
    assert_eq!((keys(seen).as_str(), keys(unseen).as_str()), (all, all));
    assert_eq!((&unseen["fired"], &unseen["unseen_s"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(
        seen["episodes"][0].to_string(),
        r#"{"deadline":null,"fired_at":"2027-01-15T10:01:00+01:00","last_breach_at":"2027-01-15T10:10:00+01:00","lasted_s":720,"overdue":false,"resolved_at":"2027-01-15T10:12:00+01:00","since":"2027-01-15T10:00:00+01:00","worst":{"at":"2027-01-15T10:01:00+01:00","unit":"ms","value":1840.0,"words":"1840 ms"}}"#
    );
    assert_eq!(seen["episodes"][1]["resolved_at"], serde_json::Value::Null);
    assert_eq!(
        seen["worst"].to_string(),
        r#"{"at":"2027-01-15T11:00:00+01:00","unit":"ms","value":null,"words":"infinite"}"#
    );
    assert_eq!(
        seen["unseen"].to_string(),
        r#"[{"from":"2027-01-16T05:00:00+01:00","lasted_s":3600,"to":"2027-01-16T06:00:00+01:00","why":["the query found no series"]}]"#
    );
    assert_eq!(seen["days"][1].to_string(), r#"{"date":"2027-01-16","fired":0,"firing_s":0,"unseen_s":3600}"#);
    assert_eq!((&seen["fired"], &seen["firing_s"], &seen["threats"]), (&2.into(), &4320.into(), &3.into()));
}

/// What the program writes to its two streams, and its code, for a checklist with these settings beside it.
fn ran(settings: &str) -> (String, String, u8) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deploy.md");
    let text = "# Deploy\n\n## Rollback\n\n### Rollback Decision Criteria\n\n**CRITICAL:**\n- P95 latency >1000ms\n- CPU usage >80%\n";
    std::fs::write(&file, text).unwrap();
    std::fs::write(folder.path().join("war-room.toml"), settings).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let code = backtest(&Arguments { file, days: 7, json: false }, &mut streams).unwrap();
    (String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap(), code)
}

#[test]
fn what_nothing_observes_is_listed_with_its_reason() {
    let (out, err, code) = ran("version = 1\n");
    assert_eq!((code, err.as_str()), (exit::UNSEEN, ""));
    assert!(out.contains("line 8: P95 latency >1000ms: no metric or probe is bound to it"), "{out}");
    // Nothing is asked: whoever has no query that counts has no server to reach.
    let unknown = "version = 1\n[sources.a]\nkind = \"prometheus\"\nurl = \"http://127.0.0.1:1\"\n\
                   [metrics.cpu]\nsource = \"a\"\nquery = \"cpu\"\n";
    let probe = "version = 1\n[probes.api]\nkind = \"http\"\nurl = \"http://127.0.0.1:1\"\n\
                 [[bind]]\nitem = \"P95 latency >1000ms\"\nprobe = \"api\"\n";
    let (out, _, _) = ran(unknown);
    assert!(out.contains("line 9: CPU usage >80%: the unit of its metric is not known"), "{out}");
    let (out, _, _) = ran(probe);
    assert!(out.contains("line 8: P95 latency >1000ms: probe api observes it, and a probe leaves no past"), "{out}");
}

#[test]
fn a_mistake_in_the_settings_is_unreadable() {
    let (out, err, code) = ran("version = 1\n[sourcs.a]\n");
    assert_eq!((code, out.as_str()), (exit::UNREADABLE, ""));
    assert!(err.contains("war-room.toml:2"), "{err}");
}

#[test]
fn progress_names_metric_and_day_once() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut streams = Streams { out: &mut out, err: &mut err, out_colour: false, err_colour: false };
    let mut progress = Progress { is_overwriting: false, said: None };
    for day in [1, 1, 2] {
        progress.say("cpu", (2, 3), (day, 7), &mut streams).unwrap();
    }
    progress.end(true, &mut streams).unwrap();
    let said = String::from_utf8(err).unwrap();
    let expected = "Metric 2 of 3, cpu: day 1 of 7\nMetric 2 of 3, cpu: day 2 of 7\n";
    assert_eq!(said, format!("{expected}Stopped: what follows is what was found until then.\n"));
}
