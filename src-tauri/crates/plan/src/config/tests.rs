//! Small files, each with the sentences that it draws, and the page's whole example.

use std::time::Duration;

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;
use crate::Unit;

/// The example of the page that fixes the files, with every part in it.
const EXAMPLE: &str = include_str!("example.toml");

/// The sentences about a text, one a line, notes marked as such; "fine" where there are none.
fn told(text: &str) -> String {
    let (_, mistakes) = parse(text);
    let sentences: Vec<String> = mistakes
        .iter()
        .map(|mistake| {
            let sentence = mistake.sentence("war-room.toml");
            if mistake.level == Level::Error { sentence } else { format!("({sentence})") }
        })
        .collect();
    if sentences.is_empty() { "fine".into() } else { sentences.join("\n") }
}

macro_rules! check {
    ($input:literal, @$expected:literal) => {
        insta::assert_snapshot!(told($input), @$expected)
    };
}

#[test]
fn the_example_of_the_page_is_read_whole_and_without_a_mistake() {
    let (config, mistakes) = parse(EXAMPLE);
    let errors: Vec<&Mistake> = mistakes.iter().filter(|mistake| mistake.level > Level::Note).collect();
    assert_eq!(errors, Vec::<&Mistake>::new());
    let words = |text: &str| text.to_owned();
    let seconds = Duration::from_secs;
    let source = Source {
        url: words("https://prometheus.example"),
        every: seconds(5),
        timeout: seconds(3),
        auth: Some(Auth::Bearer { secret: words("prometheus") }),
        ca_file: Some(words("corp-ca.pem")),
    };
    let metric = Metric {
        source: words("prod"),
        query: words(r#"sum(rate(http_requests_total{code=~"5.."}[2m])) / sum(rate(http_requests_total[2m]))"#),
        unit: Some(Unit::Ratio),
        minimum: Some(Minimum { query: words("sum(rate(http_requests_total[2m])) * 120"), at_least: 20.0 }),
        matches: vec![words("errors"), words("error budget")],
        tuning: Tuning { no_data: Some(NoData::Blind), ..Tuning::default() },
    };
    let probe = Probe {
        every: seconds(5),
        timeout: seconds(3),
        kind: Some(ProbeKind::Http {
            url: words("https://api.example/health"),
            auth: None,
            ca_file: None,
            redirects: 0,
            expect: ExpectHttp {
                status: Some(200),
                body: Some(words("ok")),
                version: None,
                json: BTreeMap::from([(words("/status"), Scalar::Text(words("up")))]),
                within: Some(Duration::from_millis(500)),
            },
        }),
    };
    let bind =
        Bind { line: 41, item: words("All pods healthy"), by: BoundBy::Probe(words("api")), tuning: Tuning::default() };
    let expected = Config {
        plan: PlanFacts {
            service: Some(words("payments-api")),
            release: Some(words("4.2.0")),
            environment: Some(words("production")),
            start: Some(date(2026, 1, 21).at(6, 30, 0, 0)),
            zone: Some(words("UTC")),
            window: Some((time(6, 30, 0, 0), time(8, 0, 0, 0))),
        },
        sources: BTreeMap::from([(words("prod"), source)]),
        metrics: BTreeMap::from([(words("error_rate"), metric)]),
        probes: BTreeMap::from([(words("api"), probe)]),
        binds: vec![bind],
        durations: vec![Lasting { line: 45, name: words("Go-Live"), length: seconds(120) }],
        gates: GateRules { on_breach: OnBreach::Restart, word_valid_for: seconds(300) },
        alerts: AlertRules {
            tuning: Tuning { fire: Some(Fire::Tally { hits: 2, samples: 3 }), ..Tuning::default() },
            repeat: seconds(60),
            high_deadline: Some(seconds(1_800)),
            blind_for: seconds(300),
        },
    };
    assert_eq!(config, expected);
}

#[test]
fn what_the_documentation_shows_is_read_and_used_whole() {
    let page = include_str!("../../../../../docs/war-room-toml.md");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(examples.len(), 2);
    for example in &examples {
        assert_eq!(told(example), "fine", "{example}");
    }
    let (config, _) = parse(examples[1]);
    let text = "# Release\n\n## Canary (6:30 AM)\n- [ ] **50% Traffic**\n  - [ ] All pods healthy\n  - [ ] Hold for 5 minutes\n";
    let (plan, _) = crate::read(text, &config);
    assert_eq!(config.metrics.len(), 7);
    assert_eq!(unmatched_binds(&config, &plan), []);
    // The defaults of the tables.
    for (key, default) in [
        ("`every`", EVERY),
        ("`timeout`", TIMEOUT),
        ("`gates.word_valid_for`", GateRules::default().word_valid_for),
        ("`alerts.repeat`", AlertRules::default().repeat),
        ("`alerts.high_deadline`", HIGH_DEADLINE),
        ("`alerts.blind_for`", AlertRules::default().blind_for),
    ] {
        let row = page.lines().find(|line| line.starts_with(&format!("| {key} |"))).unwrap();
        let written = row.split('|').nth(2).and_then(|cell| cell.split('`').nth(1)).unwrap();
        assert_eq!(value::duration(written), Some(default), "{row}");
    }
    assert!(page.contains(&format!("| `expect.days_left` | {DAYS_LEFT} |")));
    assert!(page.contains("| `fire` | `\"2 of 3\"`") && FIRE == Fire::Tally { hits: 2, samples: 3 });
}

#[test]
fn the_example_draws_a_note_for_every_part_that_is_not_used_and_holds_every_part() {
    let (_, mistakes) = parse(EXAMPLE);
    let unused = grammar::FILE.iter().filter(|part| !part.in_use).count();
    assert_eq!(mistakes.len(), unused);
    let document = DeTable::parse(EXAMPLE).expect("the example is TOML");
    for part in grammar::FILE {
        assert!(document.get_ref().get(part.key.name).is_some(), "the example lacks {}", part.key.name);
    }
}

#[test]
fn what_is_right_is_kept_beside_a_mistake() {
    let (config, mistakes) = parse("version = 1\n[plan]\nservice = \"a\"\nzone = \"Nowhere/At_All\"\n");
    assert_eq!(config.plan, PlanFacts { service: Some("a".into()), ..PlanFacts::default() });
    assert_eq!(mistakes.len(), 1);
}

#[test]
fn a_zone_is_kept_as_the_database_writes_it() {
    let (config, _) = parse("version = 1\n[plan]\nzone = \"europe/lisbon\"\n");
    assert_eq!(config.plan.zone.as_deref(), Some("Europe/Lisbon"));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_do_no_harm() {
    let text = format!("\u{feff}{}", "version = 1\n\n[plan]\nservce = \"a\"\n".replace('\n', "\r\n"));
    insta::assert_snapshot!(told(&text), @r#"war-room.toml:4: unknown key "servce" in [plan]; did you mean "service"?"#);
}

#[test]
fn a_file_full_of_mistakes_is_cut_short_and_says_so() {
    let many: String = (0..500).map(|number| format!("wrong{number} = 1\n")).collect();
    let (_, mistakes) = parse(&format!("version = 1\n{many}"));
    assert_eq!(mistakes.len(), MISTAKES_SHOWN_MAX + 1);
    assert_eq!(mistakes.last().map(|mistake| mistake.message.as_str()), Some("400 further mistakes are not shown"));
}

#[test]
fn notes_however_many_refuse_no_file() {
    let metrics: String =
        (0..300).map(|number| format!("[metrics.m{number}]\nsource = \"p\"\nquery = \"up\"\n")).collect();
    let (config, mistakes) =
        parse(&format!("version = 1\n[sources.p]\nkind = \"prometheus\"\nurl = \"http://p\"\n{metrics}"));
    assert_eq!(config.metrics.len(), 300);
    assert_eq!(mistakes.len(), MISTAKES_SHOWN_MAX + 1);
    assert!(mistakes.iter().all(|mistake| mistake.level == Level::Note), "{:?}", mistakes.last());
}

#[test]
fn a_large_file_of_mistakes_is_read_in_seconds() {
    let dangling: String = (0..2_000)
        .map(|number| format!("[[bind]]\nitem = \"a\"\nprobe = \"p{number}x\"\n[probes.p{number}]\n"))
        .collect();
    let broken: String = (0..50_000).map(|number| format!("k{number} = [ \n")).collect();
    for text in [dangling, broken, "x".repeat(1_000_000), "x=1,".repeat(100_000)] {
        mistakes_are_sound(&text);
    }
}

#[test]
fn deep_nesting_ends_in_words() {
    for text in
        ["[".repeat(100_000), format!("version = {}", "[".repeat(100_000)), format!("a = {}", "{a=".repeat(100_000))]
    {
        let (_, mistakes) = parse(&text);
        assert!(mistakes.iter().any(|mistake| mistake.level == Level::Error));
    }
}

/// Whatever the text is, each mistake stands inside it and is one line of words.
fn mistakes_are_sound(text: &str) {
    let lines: Vec<&str> = text.split('\n').collect();
    let (_, mistakes) = parse(text);
    for mistake in &mistakes {
        assert!((1..=text.lines().count().max(1)).contains(&mistake.line), "{mistake:?} in {text:?}");
        let length = lines.get(mistake.line - 1).map_or(0, |line| line.chars().count());
        assert!((1..=length + 1).contains(&mistake.column), "{mistake:?} in {text:?}");
        assert!(!mistake.message.is_empty() && !mistake.sentence("x").contains('\n'), "{mistake:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_words_and_no_panic(text in any::<String>()) {
        mistakes_are_sound(&text);
    }

    #[test]
    fn any_bytes_give_words_and_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        mistakes_are_sound(&String::from_utf8_lossy(&bytes));
    }

    /// What looks like TOML reaches more of the walk than noise does.
    #[test]
    fn any_handful_of_tokens_gives_words_and_no_panic(
        tokens in proptest::collection::vec(
            proptest::sample::select(vec![
                "version", "plan", "sources", "bind", "auth", "kind", "zone", "expect", ".", "=", "1", "\"http\"", "\"2 of 3\"", "[", "]",
                "[[", "]]", "{", "}", ",", "\n", "\r\n", "\"", "'''", "#", "é", "0x", "-1", "1e999", "nan", "2026-01-21T06:30", "true", "\u{0}",
            ]),
            0..60,
        ),
    ) {
        mistakes_are_sound(&tokens.join(" "));
        mistakes_are_sound(&tokens.concat());
    }

    #[test]
    fn the_example_with_any_stretch_replaced_gives_words_and_no_panic(
        from in 0..EXAMPLE.len(), length in 0_usize..60, put in "[\\[\\]{}=\"'#a-z0-9\n .,é]{0,6}",
    ) {
        let bytes = EXAMPLE.as_bytes();
        let to = (from + length).min(bytes.len());
        let text = [&bytes[..from], put.as_bytes(), &bytes[to..]].concat();
        mistakes_are_sound(&String::from_utf8_lossy(&text));
    }

    /// A slip in one key of the example never passes unseen, whichever key it is.
    #[test]
    fn a_slip_in_any_key_is_an_error_on_its_line(line in 0..EXAMPLE.lines().count()) {
        let lines: Vec<&str> = EXAMPLE.lines().collect();
        let (before, after) = lines[line].split_once('=').unwrap_or_default();
        let free = before.starts_with(['"', '[', '#']) || before.trim() == "VERSION" || before.is_empty();
        prop_assume!(!free);
        let slip = format!("zz{before}={after}");
        let text: Vec<&str> = lines.iter().enumerate().map(|(at, kept)| if at == line { slip.as_str() } else { kept }).collect();
        let (_, mistakes) = parse(&text.join("\n"));
        let told = mistakes.iter().any(|mistake| mistake.level == Level::Error && mistake.line == line + 1);
        prop_assert!(told, "{slip:?} passed: {mistakes:?}");
    }
}

#[test]
fn unknown_keys_name_line_and_nearest_key() {
    check!(
        r#"version = 1

[plan]
servce = "payments-api""#,
        @r#"war-room.toml:4: unknown key "servce" in [plan]; did you mean "service"?"#
    );
    check!(
        r#"version = 1
[plan]
colour = "red""#,
        @r#"war-room.toml:3: unknown key "colour" in [plan]; known are service, release, environment, start, zone and window"#
    );
    check!(
        r#"version = 1
[plans]
zone = "UTC""#,
        @r#"war-room.toml:2: unknown key "plans" at the top; did you mean "plan"?"#
    );
    check!(
        r#"version = 1
    service = "payments-api""#,
        @r#"war-room.toml:2: unknown key "service" at the top; it belongs under [plan]"#
    );
    check!(
        r#"version = 1
    wibble = 3"#,
        @r#"war-room.toml:2: unknown key "wibble" at the top; known are version, plan, people, ladder, sources, metrics, probes, bind, durations, gates, alerts, commands, variables, channels and review"#
    );
    check!(
        r#"version = 1
    plan = { service = "a", zon = "UTC" }"#,
        @r#"war-room.toml:2: unknown key "zon" in [plan]; did you mean "zone"?"#
    );
    check!(
        r#"version = 1
[sources.prod]
kind = "prometheus"
url = "https://p.example"
auth = { basic = { user = "u", pasword = "secret:p" } }"#,
        @r#"
        war-room.toml:5: [sources.prod.auth.basic] has no "password"; add "password", "secret:NAME"
        war-room.toml:5: unknown key "pasword" in [sources.prod.auth.basic]; did you mean "password"?
        "#
    );
}

#[test]
fn versions() {
    check!(
        r#""#,
        @r#"war-room.toml:1: the file names no version; write version = 1 in the first line"#
    );
    check!(
        r#"[plan]
    service = "a""#,
        @r#"war-room.toml:1: the file names no version; write version = 1 in the first line"#
    );
    check!(
        r#"version = 2
[new]
thing = 1"#,
        @r#"war-room.toml:1: version 2 is not known to this War Room; it reads version 1"#
    );
    check!(
        r#"version = "1"
[plan]
zone = 1"#,
        @r#"
        war-room.toml:1: version is text; write version = 1
        war-room.toml:3: "zone" in [plan] is a whole number; write an IANA name in quotes, such as "Europe/Lisbon"
        "#
    );
    check!(
        r#"version = -1"#,
        @r#"war-room.toml:1: version -1 is not known to this War Room; it reads version 1"#
    );
    check!(
        r#"version = 0x1"#,
        @r#"fine"#
    );
}

#[test]
fn broken_toml_is_told_with_its_line_and_the_rest_is_still_judged() {
    check!(
        r#"version = 1
[plan
service = "a"
"#,
        @r#"war-room.toml:2: this is not TOML: unclosed table, expected `]`; see toml.io for how it is written"#
    );
    check!(
        r#"version = 1
[plan]
service = "a
zone = "UTC"
relase = "1""#,
        @r#"
        war-room.toml:3: this is not TOML: invalid basic string, expected `"`; see toml.io for how it is written
        war-room.toml:5: unknown key "relase" in [plan]; did you mean "release"?
        "#
    );
    check!(
        r#"version = 1
[plan]
service = "a"
service = "b"
"#,
        @r#"war-room.toml:4: this is not TOML: duplicate key; see toml.io for how it is written"#
    );
    check!(
        r#"version = 1
[plan]
service = a
[bogus]
"#,
        @r#"
        war-room.toml:3: this is not TOML: string values must be quoted, expected literal string; see toml.io for how it is written
        war-room.toml:4: unknown key "bogus" at the top; known are version, plan, people, ladder, sources, metrics, probes, bind, durations, gates, alerts, commands, variables, channels and review
        "#
    );
}

#[test]
fn parts_that_are_not_used_yet_draw_one_note_each() {
    check!(
        r#"version = 1

[sources.prod]
kind = "prometheus"
url = "https://p.example"
[sources.spare]
kind = "prometheus"
url = "https://q.example"
[[ladder]]
role = "Manager"
after = "0m"
[[ladder]]
role = "Director"
after = "5m"
"#,
        @r#"
        (war-room.toml:9: [[ladder]] is understood and not used by this version yet)
        "#
    );
    check!(
        r#"version = 1
[plan]
service = "a""#,
        @r#"fine"#
    );
}

#[test]
fn plan_facts_are_spelled_as_the_page_says() {
    check!(
        r#"version = 1
[plan]
start = 2026-01-21T06:30
"#,
        @r#"war-room.toml:3: "start" in [plan] is a date without quotes; write a date and time in quotes, such as "2026-01-21T06:30""#
    );
    check!(
        r#"version = 1
[plan]
start = "21 Jan 2026 06:30"
"#,
        @r#"war-room.toml:3: "start" in [plan] cannot be "21 Jan 2026 06:30"; write a date and time in quotes, such as "2026-01-21T06:30""#
    );
    check!(
        r#"version = 1
[plan]
zone = "Europe/Lisbom"
"#,
        @r#"war-room.toml:3: "zone" in [plan] is "Europe/Lisbom", which is no time zone; did you mean "Europe/Lisbon"?"#
    );
    check!(
        r#"version = 1
[plan]
zone = "+01:00"
"#,
        @r#"war-room.toml:3: "zone" in [plan] is "+01:00", which is no time zone; write an IANA name in quotes, such as "Europe/Lisbon""#
    );
    check!(
        r#"version = 1
[plan]
window = "06:30-08:00"
"#,
        @r#"war-room.toml:3: "window" in [plan] cannot be "06:30-08:00"; write two times in quotes, such as "06:30/08:00""#
    );
    check!(
        r#"version = 1
[plan]
release = 4.2
"#,
        @r#"war-room.toml:3: "release" in [plan] is a number; write text in quotes"#
    );
    check!(
        r#"version = 1
[plan]
service = " "
"#,
        @r#"war-room.toml:3: "service" in [plan] is empty; write text in quotes"#
    );
    check!(
        r#"version = 1
plan = 3
"#,
        @r#"war-room.toml:2: [plan] is a whole number; a table of keys belongs here"#
    );
}

#[test]
fn names_must_lead_somewhere() {
    check!(
        r#"version = 1
[sources.prod]
kind = "prometheus"
url = "https://p.example"
[metrics.error_rate]
source = "prd"
query = "up"
"#,
        @r#"
        (war-room.toml:5: [metrics.error_rate] has no "unit", and its criteria are not armed until its unit is chosen in the window; add "unit", one of "ratio", "percent", "s", "ms", "bytes", "cores" or "count")
        war-room.toml:6: "source" in [metrics.error_rate] names "prd", and there is no [sources.prd]; did you mean "prod"?
        "#
    );
    check!(
        r#"version = 1
[[bind]]
item = "All pods healthy"
probe = "api"
"#,
        @r#"
        war-room.toml:4: "probe" in [[bind]] names "api", and there is no [probes.api]; add [probes.api]
        "#
    );
    check!(
        r#"version = 1
[people.mk]
name = "M."
[[ladder]]
person = "km"
after = "5m"
"#,
        @r#"
        (war-room.toml:2: [people] is understood and not used by this version yet)
        (war-room.toml:4: [[ladder]] is understood and not used by this version yet)
        war-room.toml:5: "person" in [[ladder]] names "km", and there is no [people.km]; did you mean "mk"?
        "#
    );
}

#[test]
fn one_of_two_keys() {
    check!(
        r#"version = 1
[[bind]]
item = "a"
"#,
        @r#"war-room.toml:2: [[bind]] has none of probe or metric; add one of them"#
    );
    check!(
        r#"version = 1
[probes.p]
kind = "tcp"
host = "h"
port = 443
[metrics.m]
source = "s"
query = "q"
[sources.s]
kind = "prometheus"
url = "http://x"
[[bind]]
item = "a"
probe = "p"
metric = "m"
"#,
        @r#"
        (war-room.toml:6: [metrics.m] has no "unit", and its criteria are not armed until its unit is chosen in the window; add "unit", one of "ratio", "percent", "s", "ms", "bytes", "cores" or "count")
        war-room.toml:15: [[bind]] has both "probe" and "metric"; keep one of them
        "#
    );
}

#[test]
fn kinds_have_keys_of_their_own() {
    check!(
        r#"version = 1
[probes.api]
kind = "htpp"
url = "x"
"#,
        @r#"
        war-room.toml:3: "kind" in [probes.api] cannot be "htpp"; did you mean "http"?
        "#
    );
    check!(
        r#"version = 1
[probes.api]
url = "https://x.example"
wat = 1
"#,
        @r#"
        war-room.toml:2: [probes.api] has no "kind"; add "kind", one of "http", "tls", "tcp", "dns", "kubernetes", "command", "log", "alertmanager" or "targets"
        war-room.toml:4: unknown key "wat" in [probes.api]; known are kind, every, timeout, url, auth, ca_file, redirects, expect, host, port, record, context, namespace, deployment, selector, command, number, allowed, labels, watchdog, source and job
        "#
    );
    check!(
        r#"version = 1
[probes.api]
kind = "tcp"
host = "db.example"
url = "https://x.example"
"#,
        @r#"
        war-room.toml:2: [probes.api] has no "port"; add "port", a whole number from 1 to 65535
        war-room.toml:5: unknown key "url" in [probes.api]; known are kind, every, timeout, host, port and expect
        "#
    );
    check!(
        r#"version = 1
[channels.team]
kind = "carrier pigeon"
"#,
        @r#"
        (war-room.toml:2: [channels] is understood and not used by this version yet)
        war-room.toml:3: "kind" in [channels.team] cannot be "carrier pigeon"; write "slack", "teams", "webhook", "smtp", "statuspage", "pagerduty" or "file"
        "#
    );
}

#[test]
fn what_is_understood_and_not_done_is_said() {
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "http://p.example"
[metrics.m]
source = "p"
query = "up"
[probes.t]
kind = "log"
command = "kubectl logs"
[probes.c]
kind = "tls"
host = "p.example"
"#,
        @r#"
        (war-room.toml:5: [metrics.m] has no "unit", and its criteria are not armed until its unit is chosen in the window; add "unit", one of "ratio", "percent", "s", "ms", "bytes", "cores" or "count")
        (war-room.toml:9: [probes.t] is of kind "log", which this version does not look at yet; a person states what is bound to it)
        "#
    );
}

#[test]
fn a_time_limit_is_not_longer_than_the_time_to_the_next_poll() {
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "http://p.example"
every = "10s"
timeout = "11s"
[probes.h]
kind = "http"
url = "http://p.example"
timeout = "6s"
[probes.i]
kind = "http"
url = "http://p.example"
every = "1m"
timeout = "1m"
[probes.j]
kind = "http"
url = "http://p.example"
every = "soon"
timeout = "1m"
"#,
        @r#"
        (war-room.toml:6: "timeout" in [sources.p] is longer than "every"; polls that fall due while one still waits for its answer are left out; shorten "timeout" or lengthen "every")
        (war-room.toml:10: "timeout" in [probes.h] is longer than "every", which is 5s where it is not set; polls that fall due while one still waits for its answer are left out; shorten "timeout" or lengthen "every")
        war-room.toml:19: "every" in [probes.j] cannot be "soon"; write a duration in quotes, such as "90s", "10m" or "1h30m"
        "#
    );
}

#[test]
fn what_no_server_would_understand_is_a_mistake() {
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "http://p.example/?tenant=a"
auth = { headers = { "X Scope" = "a", X-Line = "a\nb", "X-Scope-OrgID" = "team a" } }
[probes.h]
kind = "http"
url = "http://p.example/?a=b"
expect = { status = 1200, json = { "status" = "up", "" = true, "/a" = nan, "/b" = -3 } }
[probes.t]
kind = "tls"
host = "https://p.example"
[probes.u]
kind = "tls"
host = "p.example:443"
[probes.v]
kind = "tls"
host = "::1"
"#,
        @r#"
        war-room.toml:4: "url" in [sources.p] cannot be "http://p.example/?tenant=a"; write an address without ? and # in quotes, such as "https://prometheus.example"
        war-room.toml:5: "X Scope" in [sources.p.auth.headers] is no name of a header; use letters, digits and hyphens
        war-room.toml:5: "X-Line" in [sources.p.auth.headers] cannot be "a\nb"; write one line of plain letters, digits and signs in quotes, or "secret:NAME"
        war-room.toml:9: "status" in [probes.h.expect] cannot be "1200"; write a whole number from 100 to 599
        war-room.toml:9: "status" in [probes.h.expect.json] is no JSON pointer; begin it with /, such as "/status"
        war-room.toml:9: "/a" in [probes.h.expect.json] cannot be "nan"; write text in quotes, a number, true or false
        war-room.toml:12: "host" in [probes.t] cannot be "https://p.example"; write a name in quotes, such as "api.example", its port behind "port"
        war-room.toml:15: "host" in [probes.u] cannot be "p.example:443"; write a name in quotes, such as "api.example", its port behind "port"
        "#
    );
}

#[test]
fn secrets_are_only_named_and_never_repeated() {
    check!(
        r#"version = 1
[channels.team]
kind = "slack"
url = "https://hooks.example/T0/hunter2"
"#,
        @r#"
        (war-room.toml:2: [channels] is understood and not used by this version yet)
        war-room.toml:4: "url" in [channels.team] holds a value where only the name of a secret may stand; write "secret:NAME", the name in small letters, digits and hyphens, and keep the value in the keychain
        "#
    );
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "https://u:hunter2@p.example"
auth = { bearer = "hunter2" }
"#,
        @r#"
        war-room.toml:4: "url" in [sources.p] has a password in its address; take it out and name it with auth = { … "secret:NAME" }
        war-room.toml:5: "bearer" in [sources.p.auth] holds a value where only the name of a secret may stand; write "secret:NAME", the name in small letters, digits and hyphens, and keep the value in the keychain
        "#
    );
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "https://p.example"
auth = { headers = { Authorization = "Bearer hunter2", X-Scope-OrgID = "team" } }
"#,
        @r#"
        war-room.toml:5: "Authorization" in [sources.p.auth.headers] holds a value where only the name of a secret may stand; write "secret:NAME", the name in small letters, digits and hyphens, and keep the value in the keychain
        "#
    );
}

#[test]
fn values_of_every_shape() {
    check!(
        r#"version = 1
[alerts]
fire = "4 of 3"
repeat = "0m"
high_deadline = 30
clear = -1
warm_up = "0s"
"#,
        @r#"
        war-room.toml:3: "fire" in [alerts] cannot be "4 of 3"; write "2 of 3" or a duration in quotes, such as "2m"
        war-room.toml:4: "repeat" in [alerts] cannot be "0m"; write a duration in quotes, such as "90s", "10m" or "1h30m"
        war-room.toml:5: "high_deadline" in [alerts] is a whole number; write a duration in quotes, such as "90s", "10m" or "1h30m"
        war-room.toml:6: "clear" in [alerts] cannot be "-1"; write a number, "2 of 3" or a duration in quotes, such as "2m"
        "#
    );
    check!(
        r#"version = 1
[gates]
on_breach = "restrat"
word_valid_for = "5 minutes"
"#,
        @r#"
        war-room.toml:3: "on_breach" in [gates] cannot be "restrat"; did you mean "restart"?
        war-room.toml:4: "word_valid_for" in [gates] cannot be "5 minutes"; write a duration in quotes, such as "90s", "10m" or "1h30m"
        "#
    );
    check!(
        r#"version = 1
[commands]
output_limit = "1MB"
"#,
        @r#"
        (war-room.toml:2: [commands] is understood and not used by this version yet)
        war-room.toml:3: "output_limit" in [commands] cannot be "1MB"; write a size in quotes, such as "1MiB"
        "#
    );
    check!(
        r#"version = 1
[durations]
"Go-Live" = "2m"
"Smoke" = "soon"
"#,
        @r#"
        war-room.toml:4: "Smoke" in [durations] cannot be "soon"; write a duration in quotes, such as "90s", "10m" or "1h30m"
        "#
    );
    check!(
        r#"version = 1
[variables]
VERSION = "4.2.0"
"MY-VAR" = "x"
COUNT = 3
"#,
        @r#"
        (war-room.toml:2: [variables] is understood and not used by this version yet)
        war-room.toml:4: "MY-VAR" in [variables] is no name of a variable; use letters, digits and _
        war-room.toml:5: "COUNT" in [variables] is a whole number; write text in quotes
        "#
    );
    check!(
        r#"version = 1
[review]
allow = ["CMD-04", "cmd4", 3]
"#,
        @r#"
        (war-room.toml:2: [review] is understood and not used by this version yet)
        war-room.toml:3: "allow" in [review] cannot be "cmd4"; write a list of rules, such as ["CMD-04"]
        war-room.toml:3: "allow" in [review] is a whole number; write a list of rules, such as ["CMD-04"]
        "#
    );
    check!(
        r#"version = 1
[bind]
item = "a"
"#,
        @r#"
        war-room.toml:2: bind is a table; write [[bind]] above each entry
        "#
    );
    check!(
        r#"version = 1
[sources.p]
kind = "prometheus"
url = "p.example"
[metrics.m]
source = "p"
query = "up"
unit = "seconds"
minimum = { query = "up" }
matches = "errors"
no_data = "blnd"
"#,
        @r#"
        war-room.toml:4: "url" in [sources.p] cannot be "p.example"; write an address without ? and # in quotes, such as "https://prometheus.example"
        war-room.toml:8: "unit" in [metrics.m] cannot be "seconds"; write "ratio", "percent", "s", "ms", "bytes", "cores" or "count"
        war-room.toml:9: [metrics.m.minimum] has no "at_least"; add "at_least", a number from 0
        war-room.toml:10: "matches" in [metrics.m] is text; write a list of texts, such as ["errors", "error budget"]
        war-room.toml:11: "no_data" in [metrics.m] cannot be "blnd"; did you mean "blind"?
        "#
    );
    check!(
        r#"version = 1
[probes.db]
kind = "tcp"
host = "db.example"
port = 70000
[probes.k]
kind = "kubernetes"
expect = { rolled_out = "yes" }
[probes.a]
kind = "http"
url = "https://a.example"
expect = { json = { "/s" = [1] } }
[probes.flat]
kind = 3
[probes.run]
kind = "command"
command = "true"
number = { after = "lag" }
expect = { exit = 256 }
[probes.name]
kind = "dns"
host = "a.example"
record = "MX"
[probes.am]
kind = "alertmanager"
url = "http://a.example/?x=1"
[probes.up]
kind = "targets"
source = "prod"
"#,
        @r#"
        war-room.toml:5: "port" in [probes.db] cannot be "70000"; write a whole number from 1 to 65535
        (war-room.toml:7: [probes.k] is of kind "kubernetes", which this version does not look at yet; a person states what is bound to it)
        war-room.toml:8: "rolled_out" in [probes.k.expect] is text; write true or false
        war-room.toml:12: "/s" in [probes.a.expect.json] is a list; write text in quotes, a number, true or false
        war-room.toml:14: "kind" in [probes.flat] is a whole number; write "http", "tls", "tcp", "dns", "kubernetes", "command", "log", "alertmanager" or "targets"
        (war-room.toml:16: [probes.run] is of kind "command", which runs only once a person armed it in the room, on the signals' page; until then what is bound to it has no data)
        war-room.toml:18: [probes.run.number] has no "unit"; add "unit", one of "ratio", "percent", "s", "ms", "bytes", "cores" or "count"
        war-room.toml:19: "exit" in [probes.run.expect] cannot be "256"; write a whole number from 0 to 255
        war-room.toml:23: "record" in [probes.name] cannot be "MX"; write "A", "AAAA" or "CNAME"
        war-room.toml:26: "url" in [probes.am] cannot be "http://a.example/?x=1"; write an address without ? and # in quotes, such as "https://prometheus.example"
        war-room.toml:29: "source" in [probes.up] names "prod", and there is no [sources.prod]; add [sources.prod]
        "#
    );
    check!(
        r#"version = 1
probes.api = 3
"#,
        @r#"
        war-room.toml:2: "api" in [probes] is a whole number; a table of keys belongs here
        "#
    );
}
