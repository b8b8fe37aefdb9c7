//! What a person may rely on who looks away: each way in which production, or the way to it, goes wrong, on real servers,
//! through `war-room watch ROOM`. The reading, the alarm on the desktop and the line in the log, as `docs/rooms.md` states
//! them in "What is seen, what alarms, what is logged".
//!
//! Owns: those ways. Must not know: the window.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use journal::{Device, Journal};
use room::{Event, Opened};
use serde_json::Value;
use tests::around::alertmanager::{Alertmanager, Waits};
use tests::around::desktop::Desktop;
use tests::around::prometheus::{Prometheus, Setup};
use tests::around::pushgateway::Pushgateway;
use tests::around::target::Target;
use tests::around::tls::Authority;
use tests::around::{PATIENCE, free_port, wait_until, wait_within};
use tests::home::Home;
use tests::observed::{Line, Watched};

/// A room on real servers, watched from a terminal, with a desktop that is told.
struct Night {
    home: Home,
    desktop: Desktop,
    room: PathBuf,
    watch: Watched,
    /// How many lines and notifications were looked at: what comes next comes behind them.
    lines: usize,
    told: usize,
}

impl Night {
    /// A room whose deployment has begun, with these criteria and settings.
    fn begin(criteria: &str, settings: &str, now: Timestamp, files: &[(&str, String)]) -> Self {
        let desktop = Desktop::start();
        let home = Home::new().expect("a home").with(desktop.variables());
        let text = format!(
            "# Release of ledger (Mar 9, 2027)\n\n## Deploy (10:45 PM)\n\n- [ ] Deployment started\n- [ ] Nothing else alarms\n\n\
             ## Rollback\n\n### HIGH (roll back if not resolved in 30 min)\n\n{criteria}\n"
        );
        let checklist = home.write("day/ledger.md", &text).expect("the checklist");
        fs::write(checklist.with_file_name("war-room.toml"), settings).expect("the settings");
        for (name, content) in files {
            home.write(&format!("day/{name}"), content).expect("a file beside the checklist");
        }
        let start: DateTime = now.to_zoned_datetime(TimeZone::UTC).into();
        let opened = Opened {
            room: "7e".repeat(16),
            file: "ledger.md".to_owned(),
            path: checklist.display().to_string(),
            text,
            settings: Some(settings.to_owned()),
            start: start.with().second(0).subsec_nanosecond(0).build().expect("a minute"),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "tests".to_owned(),
            reader: "tests".to_owned(),
            drill: None,
        };
        let room = home.path().join("XDG_DATA_HOME/war-room/rooms/ledger-20270309-1.warroom");
        let (mut journal, first) =
            Journal::create(&room, Device::from_seed([7; 32]), opened, "login", now).expect("a room");
        let state = room::Room::fold(&[first]).expect("it begins with the opening");
        let started = state.plan().items.iter().find(|item| item.text == "Deployment started").expect("the first act");
        let stated = Event::Stated { item: started.id.clone(), saw: None, answer: None, values: Vec::new() };
        journal.append(stated, now, now, "login").expect("the first act");
        drop(journal);
        let watch = Watched::start(&home, &room, &[]);
        Self { home, desktop, room, watch, lines: 0, told: 0 }
    }

    /// Waits for a line of the watch behind those that were looked at.
    fn line(&mut self, kind: &str, subject: &str, state: &str, reason: &str) -> Line {
        let is_it = |line: &Line| {
            line.is(kind, subject, state) && line.body["reason"].as_str().is_some_and(|words| words.contains(reason))
        };
        self.watch.wait_for(&format!("{kind} {subject} {state}: {reason}"), self.lines, is_it)
    }

    fn verdict(&mut self, word: &str) {
        let is_it = |line: &Line| line.body["kind"] == "verdict" && line.body["state"] == word;
        self.watch.wait_for(&format!("the verdict is {word}"), self.lines, is_it);
    }

    /// Waits for a notification behind those that were looked at, with all of these in title and text.
    fn told(&mut self, words: &[&str]) {
        wait_until(&format!("on the bus: {}", words.join(" … ")), || {
            self.desktop.bus().seen().iter().skip(self.told).any(|seen| {
                let text = format!("{}\n{}", seen.title, seen.body);
                words.iter().all(|word| text.contains(word))
            })
        });
    }

    /// What comes from now on is another matter.
    fn next(&mut self) {
        self.lines = self.watch.count();
        self.told = self.desktop.bus().seen().len();
    }

    /// Ends the watch, and reads the log.
    fn end(self) -> Log {
        let _ = self.watch.end();
        let log = journal::read(&self.room).expect("a whole log");
        drop(self.home);
        Log(log.events.iter().map(|recorded| serde_json::to_value(&recorded.event).expect("JSON")).collect())
    }
}

/// The events of a room, oldest first.
struct Log(Vec<Value>);

impl Log {
    fn of(&self, kind: &str) -> Vec<&Value> {
        self.0.iter().filter(|event| event["kind"] == kind).collect()
    }

    /// A time in the event.
    fn time(event: &Value, name: &str) -> Timestamp {
        event[name].as_str().and_then(|time| time.parse().ok()).unwrap_or_else(|| panic!("no {name}: {event}"))
    }

    /// The reasons of blindness, in their order.
    fn blind(&self) -> Vec<&str> {
        self.of("blinded").into_iter().filter_map(|event| event["why"].as_str()).collect()
    }
}

const ERRORS: &str = "error_ratio{job=\"test\"}";

fn now(prometheus: &Prometheus) -> Timestamp {
    let now = prometheus.value("vector(time())").expect("a Prometheus knows the time");
    Timestamp::from_millisecond((now * 1000.0) as i64).expect("a time")
}

/// Waits until so many seconds have passed by the clock of a Prometheus.
fn wait_for_time(prometheus: &Prometheus, from: Timestamp, seconds: i64) {
    let patience = Duration::from_secs(seconds.unsigned_abs()) + PATIENCE;
    wait_within(patience, "time passes", || now(prometheus).duration_since(from).as_secs() >= seconds);
}

#[test]
fn what_a_prometheus_says_and_does_not_say() {
    let (gateway, alertmanager) = (Pushgateway::start(), Alertmanager::start(Waits::TUNED));
    let rules = "groups:\n  - name: others\n    rules:\n      - alert: DiskFull\n        expr: disk_full > 0\n";
    let mut prometheus = Prometheus::start(&Setup {
        rules: Some(rules.to_owned()),
        alertmanager: Some(alertmanager.address()),
        ..Setup::new([("gateway", gateway.address())])
    });
    let well = |gateway: &Pushgateway| {
        gateway.delete();
        gateway.push("error_ratio", 0.0005);
        gateway.push("disk_full", 0);
    };
    well(&gateway);
    prometheus.wait_for(ERRORS, 0.0005);
    let settings = format!(
        "version = 1\n[sources.prod]\nkind = \"prometheus\"\nurl = \"{}\"\nevery = \"1s\"\n\
         [metrics.error_rate]\nsource = \"prod\"\nquery = '{ERRORS}'\nunit = \"ratio\"\n\
         [probes.others]\nkind = \"alertmanager\"\nurl = \"http://{}\"\nevery = \"1s\"\n\
         [[bind]]\nitem = \"Nothing else alarms\"\nprobe = \"others\"\n[alerts]\nblind_for = \"3s\"\n",
        prometheus.address(),
        alertmanager.address()
    );
    let mut night = Night::begin("- Error rate >1%", &settings, now(&prometheus), &[]);
    night.verdict("go");

    // A breach, its end, and the second one: told each time.
    for (value, shown) in [(0.03, "3 %"), (0.04, "4 %")] {
        night.next();
        let before = now(&prometheus);
        gateway.push("error_ratio", value);
        night.line("reading", "error_rate", "fail", "");
        night.line("alert", "Error rate >1%", "firing", shown);
        night.verdict("hold");
        night.told(&["HIGH", "Error rate", shown, "Roll back by"]);
        assert!(now(&prometheus) > before);
        gateway.push("error_ratio", 0.0005);
        night.line("alert", "Error rate >1%", "resolved", "");
        night.verdict("go");
        night.told(&["Resolved", "0.05 %"]);
    }

    // What is no number, nothing, and too much.
    let faults: [(&str, &dyn Fn()); 3] = [
        ("not a number", &|| gateway.push("error_ratio", "NaN")),
        ("found no series", &|| gateway.delete()),
        ("2 series instead of one", &|| {
            gateway.push("error_ratio{path=\"/\"} 0.0001\nerror_ratio{path=\"/pay\"}", 0.0002)
        }),
    ];
    for (words, happens) in faults {
        night.next();
        happens();
        night.line("reading", "error_rate", "no_data", words);
        night.verdict("blind");
        night.told(&["BLIND", "Error rate", words]);
        night.told(&["HIGH: blind", words]);
        well(&gateway);
        night.line("blind", "", "seen", "");
        night.verdict("go");
        night.told(&["Seen again"]);
    }

    // The server itself.
    night.next();
    prometheus.stop();
    night.line("reading", "error_rate", "no_data", "refused");
    night.verdict("blind");
    night.told(&["BLIND", "refused"]);
    prometheus.start_again();
    night.line("blind", "", "seen", "");
    night.verdict("go");

    // Somebody else's alarm, through a real Alertmanager: the check that nothing else alarms is ticked by what is seen.
    night.next();
    gateway.push("disk_full", 1);
    night.line("reading", "others", "fail", "DiskFull");
    night.line("check", "Nothing else alarms", "lost", "DiskFull");
    night.next();
    gateway.push("disk_full", 0);
    night.line("check", "Nothing else alarms", "observed", "");

    // The whole program stands still, and a breach comes and goes meanwhile: it is fetched, told with its times, and over.
    night.next();
    let (before, stands_s) = (now(&prometheus), if env::var_os("WAR_ROOM_LONG").is_some() { 600 } else { 20 });
    night.watch.pause();
    gateway.push("error_ratio", 0.05);
    wait_for_time(&prometheus, before, stands_s * 2 / 3);
    gateway.push("error_ratio", 0.0005);
    wait_for_time(&prometheus, before, stands_s);
    night.watch.resume();
    night.line("room", "", "stalled", "");
    night.line("alert", "Error rate >1%", "firing", "5 %");
    night.line("alert", "Error rate >1%", "resolved", "fetched afterwards");
    let after = now(&prometheus);

    let log = night.end();
    let stood: Vec<&Value> =
        log.of("alert_fired").into_iter().filter(|fired| fired["seen"]["fetched"] == true).collect();
    let [stood] = stood.as_slice() else { panic!("one episode was fetched: {stood:?}") };
    let since = Log::time(stood, "since");
    assert!(before <= since && since <= after, "{before} … {since} … {after}");
    assert_eq!((log.of("stalled").len(), log.of("stretch_fetched").len()), (1, 1));
    let fired = log.of("alert_fired").into_iter().filter(|fired| fired["seen"]["fetched"] != true);
    let fired: Vec<&Value> = fired.filter(|fired| fired["alert"] != "blind").collect();
    let resolved: Vec<&Value> = log.of("alert_resolved").into_iter().filter(|one| one["alert"] != "blind").collect();
    assert_eq!((fired.len(), resolved.len()), (2, 3), "{fired:#?}\n{resolved:#?}");
    for (fired, words) in fired.iter().zip(["3 %", "4 %"]) {
        assert_eq!(fired["seen"]["words"], words);
    }
    let first = Log::time(fired[0], "deadline").duration_since(Log::time(fired[0], "since"));
    assert_eq!(first.as_mins(), 30);
    assert_eq!(fired[1]["deadline"], fired[0]["deadline"], "what comes back at once takes the old deadline up");
    let said = log.blind();
    for words in ["not a number", "found no series", "2 series", "refused"] {
        assert!(said.iter().any(|why| why.contains(words)), "{words}: {said:?}");
    }
    assert!(log.of("seen_again").len() >= 4);
    assert!(log.of("observation_lost").iter().any(|lost| lost["why"].as_str().is_some_and(|w| w.contains("DiskFull"))));
}

#[test]
fn what_stands_on_the_way_there() {
    let prometheus = Prometheus::start(&Setup::new([]));
    let (authority, stranger) = (Authority::new("one"), Authority::new("a stranger"));
    let start = now(&prometheus);
    let serve =
        |authority: &Authority, name: &str, days_ago, days| authority.serve(name, start.as_second(), days_ago, days);
    let (good, expired) = (serve(&authority, "localhost", 1, 90), serve(&authority, "localhost", 90, 88));
    let (other, unknown) = (serve(&authority, "ledger.example", 1, 90), serve(&stranger, "localhost", 1, 90));
    let (failing, slow) = (Target::start("ok"), Target::start("ok"));
    let nobody = free_port();
    // Too long for a name: nobody outside is asked.
    let no_name = format!("{}.example", "n".repeat(64));
    let mut settings = "version = 1\n[alerts]\nfire = \"1 of 1\"\nblind_for = \"3s\"\n".to_owned();
    let mut criteria = String::new();
    let mut probe = |name: &str, text: &str, rest: String| {
        settings.push_str(&format!("[probes.{name}]\nevery = \"1s\"\ntimeout = \"1s\"\n{rest}\n"));
        settings.push_str(&format!("[[bind]]\nitem = \"{text}\"\nprobe = \"{name}\"\n"));
        criteria.push_str(&format!("- {text}\n"));
    };
    let tls = |port| format!("kind = \"tls\"\nhost = \"localhost\"\nport = {port}\nca_file = \"ca.pem\"");
    let http = |url: &str| format!("kind = \"http\"\nurl = \"{url}\"");
    probe("good", "Certificate of the shop is bad", tls(good));
    probe("expired", "Certificate of the bank is bad", tls(expired));
    probe("other", "Certificate of the post is bad", tls(other));
    probe("unknown", "Certificate of the club is bad", tls(unknown));
    probe("failing", "Health of the ledger is bad", http(&format!("http://{}/", failing.address())));
    probe("slow", "Health of the archive is bad", http(&format!("http://{}/", slow.address())));
    probe("refusing", "Health of the printer is bad", http(&format!("http://127.0.0.1:{nobody}/")));
    probe("nameless", "Health of the partner is bad", http(&format!("http://{no_name}/")));
    let mut night = Night::begin(&criteria, &settings, start, &[("ca.pem", authority.pem())]);

    // What the other side answers is a FAIL and alarms by itself; what may be the way's is NO DATA, and makes blind.
    for (name, text, words) in [
        ("expired", "Certificate of the bank is bad", "expired 2 days ago"),
        ("other", "Certificate of the post is bad", "for ledger.example, not for localhost"),
        ("unknown", "Certificate of the club is bad", "signed by nobody that this laptop trusts"),
        ("refusing", "Health of the printer is bad", "refused"),
    ] {
        night.line("reading", name, "fail", words);
        night.line("alert", text, "firing", words);
    }
    night.line("reading", "good", "pass", "");
    night.line("reading", "nameless", "no_data", "is not known");
    night.verdict("blind");
    // So many at once are one summary, blindness among them.
    night.told(&["alerts; HIGH", "expired 2 days ago", "1 criterion unseen"]);

    night.next();
    failing.fail(500);
    night.line("reading", "failing", "fail", "500");
    night.line("alert", "Health of the ledger is bad", "firing", "500");
    failing.set("ok");
    night.line("alert", "Health of the ledger is bad", "resolved", "");

    night.next();
    slow.drag("ok", Duration::from_secs(3));
    night.line("reading", "slow", "no_data", "no reply in 1 s");
    let names_it = |line: &Line| line.body["kind"] == "blind" && line.body["subject"].to_string().contains("archive");
    night.watch.wait_for("the archive is among what is not seen", night.lines, names_it);
    slow.set("ok");
    night.line("reading", "slow", "pass", "");

    let log = night.end();
    let text_of = |event: &Value| event["text"].as_str().unwrap_or_default().to_owned();
    let fired: Vec<String> = log.of("alert_fired").into_iter().map(text_of).collect();
    for text in ["the bank", "the post", "the club", "the printer", "the ledger"] {
        let times = fired.iter().filter(|fired| fired.contains(text)).count();
        assert_eq!(times, 1, "{text}: {fired:?}");
    }
    assert!(!fired.iter().any(|fired| fired.contains("the shop") || fired.contains("the archive")), "{fired:?}");
    let said = log.blind();
    println!("{said:?}");
    assert!(said.iter().any(|why| why.contains("is not known")), "{said:?}");
    assert!(said.iter().any(|why| why.contains("no reply in 1 s")), "{said:?}");
}
