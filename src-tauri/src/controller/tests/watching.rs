//! The watch in the room: alarms at once, the log in its turn, all as it was after a kill.

use jiff::SignedDuration;
use outbound::{Notification, Report};
use room::{Fault, Measure, Reading, Sample, Signal};

use super::acting::{done, in_room, item, state};
use super::*;
use crate::wire::{AlertView, GateView};

const TEXT: &str = "# Ship pay

## Phase 2: Deployment (Jan 21, 2026, 6:30 AM)
- [ ] Deployment started
- [ ] **50% Traffic** (Three pods)
  - [ ] Error rate <1%
  - [ ] Hold for 10 minutes

## Rollback
### CRITICAL
- Error rate >10%
### HIGH
- P95 latency >500ms

## Contacts
```
Manager: Ana Ruiz - +351 555 0162 - ana@payments.example
```
";

const SETTINGS: &str = "version = 1
[plan]
service = \"payments-api\"
[sources.prod]
kind = \"prometheus\"
url = \"http://127.0.0.1:9\"
[metrics.error_rate]
source = \"prod\"
query = \"errors\"
unit = \"ratio\"
[metrics.latency_p95]
source = \"prod\"
query = \"latency\"
unit = \"s\"
";

pub(super) fn watched() -> Checklist {
    let (config, _) = plan::config::parse(SETTINGS);
    let (plan, findings) = plan::read(TEXT, &config);
    Checklist {
        path: PathBuf::from("/home/mk/pay.md"),
        text: TEXT.to_owned(),
        settings: Some(SETTINGS.to_owned()),
        plan,
        findings,
    }
}

impl Table {
    /// In a room whose settings name what is to be observed, with the deployment begun.
    pub(super) fn watching() -> Self {
        Self::watching_by(watched())
    }

    pub(super) fn watching_by(checklist: Checklist) -> Self {
        let mut table = Self::laid();
        table.now = "2026-01-21T06:30:00Z".parse().unwrap();
        table.subscribe();
        table.read(checklist);
        let effects = table.enter("2026-01-21T06:30");
        assert_eq!(table.answer(), Some(Ok(())));
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Watch { number: 1, .. })), "{effects:?}");
        done(&mut table, Act::State { item: id("Deployment started"), saw: String::new() });
        table
    }

    pub(super) fn pass(&mut self, seconds: i64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..seconds {
            self.now += SignedDuration::from_secs(1);
            effects.extend(self.wake(Wake::Tick));
        }
        effects
    }

    pub(super) fn hears(&mut self, number: u64, name: &str, outcome: Result<f64, Fault>) -> Vec<Effect> {
        let good_until = self.now + SignedDuration::from_secs(12);
        let outcome =
            outcome.map(|value| Sample { measure: Measure::Number(value), at: self.now, good_until, too_few: None });
        let reading = Reading {
            signal: Signal::Metric(name.to_owned()),
            // Time itself counts up.
            sequence: u64::try_from(self.now.as_second()).unwrap(),
            at: self.now,
            outcome,
        };
        self.wake(Wake::Heard { number, readings: vec![reading] })
    }

    /// Five seconds with a reading of both at their end.
    pub(super) fn both(&mut self, errors: f64, latency: f64) -> Vec<Effect> {
        let mut effects = self.pass(5);
        effects.extend(self.hears(1, "error_rate", Ok(errors)));
        effects.extend(self.hears(1, "latency_p95", Ok(latency)));
        effects
    }

    pub(super) fn kinds(&self) -> Vec<String> {
        let folder = self.folder.path().join("data/war-room/rooms");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap();
        journal::read(&path).unwrap().events.iter().map(|recorded| recorded.event.kind().to_owned()).collect()
    }

    pub(super) fn alerts(&mut self) -> Vec<AlertView> {
        self.subscribe().alerts.unwrap().alerts
    }

    pub(super) fn verdict(&mut self) -> String {
        self.subscribe().header.unwrap().verdict.word
    }

    pub(super) fn gate(&mut self) -> GateView {
        self.subscribe().phase.unwrap().gates.remove(0)
    }
}

pub(super) fn id(words: &str) -> String {
    watched().plan.items.iter().find(|item| item.text.starts_with(words)).expect(words).id.to_string()
}

pub(super) fn notified(effects: &[Effect]) -> Vec<Notification> {
    let notified = effects.iter().filter_map(|effect| match effect {
        Effect::Notify(notification) => Some(notification.clone()),
        _ => None,
    });
    notified.collect()
}

#[test]
fn a_breach_is_told_and_shown_and_written_and_acknowledged_from_the_desktop() {
    let mut table = Table::watching();
    table.both(0.001, 0.612);
    let effects = table.both(0.001, 0.612);
    let told = notified(&effects);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].title, "HIGH: P95 latency 612 ms, > 500 ms · payments-api");
    assert!(told[0].body.contains("Roll back by 07:00:05 UTC"), "{}", told[0].body);
    assert_eq!(table.verdict(), "HOLD");
    let alerts = table.alerts();
    assert_eq!((alerts[0].title.as_str(), alerts[0].value.as_str()), ("P95 latency > 500 ms", "612 ms"));
    assert_eq!(alerts[0].deadline, "Roll back in 29:55 if it is not resolved");
    table.wake(Wake::Desktop(Report::Shown { key: told[0].key.clone(), has_actions: true, sound: None }));
    table.wake(Wake::Desktop(Report::Acknowledged { key: told[0].key.clone() }));
    assert_eq!(table.alerts()[0].acknowledged, "login · 06:30:10");
    let kinds = table.kinds();
    let expected =
        ["opened", "stated", "verdict_turned", "alert_fired", "verdict_turned", "notified", "alert_acknowledged"];
    assert_eq!(kinds, expected);
}

#[test]
fn an_alarm_does_not_wait_for_the_disk() {
    let mut table = Table::watching();
    table.is_disk_slow = true;
    table.both(0.12, 0.15);
    let effects = table.both(0.12, 0.15);
    assert_eq!(notified(&effects)[0].title, "CRITICAL: Error rate 12 %, > 10 % · payments-api");
    let update = sent_last(&effects).expect("it shows at once");
    assert_eq!(update.header.unwrap().verdict.word, "ROLL BACK");
    assert!(!table.kinds().contains(&"alert_fired".to_owned()), "the disk has not done anything yet");
    table.is_disk_slow = false;
    let mut effects = table.work();
    effects.extend(table.pass(1));
    assert!(table.kinds().contains(&"alert_fired".to_owned()));
    assert_eq!(notified(&effects), [], "and it is told once");
}

#[test]
fn after_a_kill_alert_deadline_and_log_are_as_they_were() {
    let mut table = Table::watching();
    table.both(0.001, 0.612);
    let told = notified(&table.both(0.001, 0.612));
    table.wake(Wake::Desktop(Report::Shown { key: told[0].key.clone(), has_actions: true, sound: None }));
    table.wake(Wake::Desktop(Report::Acknowledged { key: told[0].key.clone() }));
    table.pass(1);
    let (before, kinds) = (table.alerts(), table.kinds());
    // Killed: nothing was sealed or left in order.
    let folder = Rc::clone(&table.folder);
    let now = table.now;
    drop(table);
    let mut table = Table::in_folder(folder);
    table.now = now + SignedDuration::from_secs(40);
    table.subscribe();
    let rooms = table.folder.path().join("data/war-room/rooms");
    let files = std::fs::read_dir(rooms).unwrap().map(|entry| entry.unwrap().path());
    let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "warroom")).last().unwrap();
    let effects = table.wake(Wake::Path { path, given: Given::default(), origin: Origin::CommandLine });
    assert_eq!(notified(&effects), [], "whoever acknowledged it is not told again");
    let after = table.alerts();
    assert_eq!((&after[0].since, &after[0].acknowledged), (&before[0].since, &before[0].acknowledged));
    assert_eq!(after[0].deadline, "Roll back in 29:14 if it is not resolved");
    assert_eq!(table.verdict(), "HOLD");
    assert_eq!(table.kinds(), kinds);
    let effects = table.pass(1);
    assert_eq!(notified(&effects), []);
    assert!(table.kinds().contains(&"not_looked".to_owned()), "the time between is unseen, and said");
}

#[test]
fn a_reading_for_a_room_that_was_left_is_dropped() {
    let mut table = Table::watching();
    table.both(0.001, 0.15);
    for _ in 0..3 {
        table.pass(5);
        table.hears(7, "error_rate", Ok(0.5));
        table.hears(1, "error_rate", Ok(0.001));
        table.hears(1, "latency_p95", Ok(0.1));
    }
    assert_eq!(table.verdict(), "GO");
    let effects = table.act(Intent::Leave);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopWatch)), "{effects:?}");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepAwake(false))), "{effects:?}");
}

#[test]
fn while_live_the_laptop_is_kept_awake_and_a_refusal_is_said() {
    let mut table = Table::laid();
    table.now = "2026-01-21T06:30:00Z".parse().unwrap();
    table.subscribe();
    table.read(watched());
    let effects = table.enter("2026-01-21T06:30");
    let asks = |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::KeepAwake(true)));
    assert!(!asks(&effects), "nothing is live yet");
    let effects = table.act(in_room(Act::State { item: id("Deployment started"), saw: String::new() }));
    assert!(asks(&effects), "{effects:?}");
    table.wake(Wake::Awake(Err("the system refuses it".to_owned())));
    let complaints = table.subscribe().alerts.unwrap().complaints;
    assert_eq!(complaints, ["The laptop may fall asleep: the system refuses it."]);
    assert!(table.kinds().contains(&"kept_awake".to_owned()));
}

#[test]
fn where_no_service_takes_notifications_the_window_alarms_and_says_so() {
    let mut table = Table::watching();
    table.both(0.12, 0.15);
    let told = notified(&table.both(0.12, 0.15));
    assert_eq!(table.subscribe().alerts.unwrap().sound, 0);
    table.wake(Wake::Desktop(Report::Failed {
        key: told[0].key.clone(),
        words: "no notification service answers".to_owned(),
        sound: Some(Err("no player is there".to_owned())),
    }));
    let alerts = table.subscribe().alerts.unwrap();
    assert_eq!(alerts.sound, 1);
    assert_eq!(alerts.complaints, ["Desktop alerts are off: no notification service answers. This window alarms."]);
    assert_eq!(table.kinds().last().map(String::as_str), Some("notified"));
}

#[test]
fn did_you_see_the_test() {
    let mut table = Table::watching();
    let test = |table: &mut Table| table.subscribe().alerts.unwrap().test;
    assert_eq!(test(&mut table).state, "unasked");
    let effects = table.act(in_room(Act::TestNotification));
    assert_eq!((table.answer(), notified(&effects).len()), (Some(Ok(())), 1));
    assert_eq!(test(&mut table).state, "asked");
    table.wake(Wake::Desktop(Report::Shown { key: "test".to_owned(), has_actions: true, sound: None }));
    table.act(in_room(Act::AnswerTest { seen: true }));
    assert_eq!(table.answer(), Some(Ok(())));
    let test = test(&mut table);
    assert_eq!((test.state.as_str(), test.words.as_str()), ("seen", "Seen by login · 06:30:00"));
}

#[test]
fn silence_is_blind_with_its_reason_and_what_still_answers() {
    let mut table = Table::watching();
    table.both(0.001, 0.15);
    for _ in 0..3 {
        table.pass(5);
        table.hears(1, "error_rate", Err(Fault::TimedOut { after: std::time::Duration::from_secs(3) }));
        table.hears(1, "latency_p95", Ok(0.15));
    }
    let update = table.subscribe();
    let verdict = update.header.unwrap().verdict;
    assert_eq!(verdict.word, "BLIND");
    assert_eq!(verdict.lines, ["1 of 2 signals unseen for 00:15", "HIGH in 04:45 unless they are seen again"]);
    let blind = update.alerts.unwrap().blind.unwrap();
    assert_eq!(blind.title, "Prometheus (prod) does not answer");
    assert_eq!((blind.words.as_str(), blind.silent_for.as_str()), ("no reply in 3 s, 3 tries", "00:15"));
    assert_eq!(blind.answering.len(), 1);
    let vital = update.vitals.unwrap().vitals.into_iter().find(|vital| vital.id == "error_rate").unwrap();
    assert_eq!((vital.state.as_str(), vital.value.as_str()), ("unseen", "0.1 %"));
    let (from, to) = *vital.gaps.last().unwrap();
    assert!((to - from - 15.0).abs() < 0.01, "from the last sample to now: {from} {to}");
}

#[test]
fn a_gate_is_held_on_what_is_seen_and_passed_by_a_person() {
    let mut table = Table::watching();
    assert_eq!((table.gate().state.as_str(), table.gate().cannot_enter.as_str()), ("open", ""));
    done(&mut table, Act::EnterGate { gate: id("50%") });
    table.both(0.001, 0.15);
    for _ in 0..39 {
        table.both(0.001, 0.15);
    }
    let gate = table.gate();
    assert_eq!((gate.state.as_str(), gate.held.as_str(), gate.percent), ("holding", "03:15 of 10:00", 32));
    assert_eq!(gate.conditions[0].state, "pass");
    assert!(gate.conditions[0].words.starts_with("0.1 % · 06:33:20"), "{}", gate.conditions[0].words);
    assert!(gate.cannot_pass.starts_with("Held for 03:15 so far"), "{}", gate.cannot_pass);
    assert_eq!(gate.left, "06:45 left · ends at 06:40:05 UTC at the earliest");
    assert!(gate.said.starts_with("50 % on the new version, said by "), "{}", gate.said);
    for _ in 0..2 {
        table.both(0.02, 0.15);
    }
    let gate = table.gate();
    assert_eq!((gate.state.as_str(), gate.held.as_str()), ("broken", "00:00 of 10:00"));
    for _ in 0..126 {
        table.both(0.001, 0.15);
    }
    let gate = table.gate();
    assert_eq!((gate.state.as_str(), gate.cannot_pass.as_str()), ("held", ""));
    done(&mut table, Act::PassGate { gate: id("50%") });
    let gate = table.gate();
    assert_eq!((gate.state.as_str(), gate.percent), ("passed", 100));
    assert!(gate.status.starts_with("passed 06:"), "{}", gate.status);
}

#[test]
fn a_gate_of_a_room_without_signals_is_held_on_word() {
    let mut table = Table::in_the_room();
    done(&mut table, state("Error rate", "0.4 %"));
    for _ in 0..2 {
        table.pass(290);
        done(&mut table, state("Error rate", "0.4 %"));
    }
    table.pass(30);
    let phase = table.subscribe().day.unwrap().phases.into_iter().find(|phase| phase.title == "Deployment").unwrap().id;
    table.act(Intent::Look { phase });
    let gate = table.gate();
    assert_eq!((gate.state.as_str(), gate.on_word), ("held", true), "{gate:?}");
    done(&mut table, Act::PassGate { gate: item("50% Traffic") });
    assert_eq!(table.verdict(), "NOT WATCHED");
}

#[test]
fn an_alert_follows_from_a_stronger_one_of_the_same_metric_and_from_no_other() {
    let text = TEXT.replace("- P95 latency >500ms", "- Error rate >5%\n- P95 latency >500ms");
    let (plan, findings) = plan::read(&text, &plan::config::parse(SETTINGS).0);
    let mut table = Table::watching_by(Checklist { text, plan, findings, ..watched() });
    table.both(0.12, 0.612);
    table.both(0.12, 0.612);
    let alerts = table.alerts();
    let of = |title: &str| alerts.iter().find(|alert| alert.title == title).expect(title);
    assert_eq!(of("Error rate > 5 %").follows, of("Error rate > 10 %").id);
    assert_eq!((of("Error rate > 10 %").follows.as_str(), of("P95 latency > 500 ms").follows.as_str()), ("", ""));
}

#[test]
fn a_gate_that_is_left_behind_drafts_its_checkpoint_and_sends_nothing() {
    let text = format!("{TEXT}\n## Communication plan\n### Team\n- [ ] Checkpoints: \"10% rollout complete\"\n");
    let (plan, findings) = plan::read(&text, &plan::config::parse(SETTINGS).0);
    let mut table = Table::watching_by(Checklist { text, plan, findings, ..watched() });
    done(&mut table, Act::NamePerson { initials: "MK".into(), name: "Mira".into(), role: String::new() });
    done(&mut table, Act::ChooseActor { initials: "MK".into() });
    done(&mut table, Act::OverrideGate { gate: id("50%"), reason: "by agreement".into() });
    let messages = table.subscribe().messages.unwrap();
    let bodies: Vec<&str> = messages.drafts.iter().map(|draft| draft.body.as_str()).collect();
    assert_eq!(bodies.len(), 1, "{bodies:?}");
    assert!(bodies[0].starts_with("50 % rollout complete at 06:30"), "{}", bodies[0]);
    assert!(bodies[0].contains("overridden by MK, not passed: by agreement"), "{}", bodies[0]);
    assert_eq!(messages.sent, []);
    assert_eq!(table.kinds().iter().filter(|kind| *kind == "draft_kept").count(), 1);
}
