//! Answers and blanks: what may be said, what it makes of the check, the gate and the verdict, and what an edit leaves of it.

use super::*;
use crate::said::Value;
use crate::state::Mode;

const CHOICES: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM)
- [ ] Started
- [ ] Version: ____
- [ ] Approved by: ____ at: ____
- [ ] Error rate now: ____ (<1%)
- [x] Rehearsed: [x] Yes [ ] No
- [x] Ticket: ____
- [ ] Decision: [ ] GO [ ] NO-GO [ ] N/A
- [ ] Smoke test: [ ] Passed [ ] Failed
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Pods: [ ] well [ ] failed [ ] HOLD
  - [ ] Hold for 5 minutes
- [ ] **50% traffic**
  - [ ] Stay: [ ] go on [ ] NO-GO
  - [ ] Hold for 10 minutes

## Rollback
### CRITICAL (roll back now)
- P95 latency >500ms
";

fn a_day() -> Day {
    let mut day = Day::with(CHOICES, SETTINGS);
    day.found.clear();
    day
}

impl Day {
    fn answer(&mut self, text: &str, answer: &str, values: &[(&str, &str)]) -> String {
        let value = |(field, value): &(&str, &str)| Value { field: (*field).to_owned(), value: (*value).to_owned() };
        self.try_it(&Intent::Answer {
            item: self.item(text),
            answer: Some(answer.to_owned()).filter(|answer| !answer.is_empty()),
            values: values.iter().map(value).collect(),
        })
    }

    fn is(&self, text: &str, standing: &Standing) {
        assert_eq!(self.room.standing(&self.item(text)), standing, "{text}");
    }

    fn undo(&mut self, text: &str) {
        let item = Some(self.item(text));
        self.act(&Intent::Undo { item });
    }
}

fn stated(saw: &str) -> Standing {
    Standing::Stated { saw: Some(saw.to_owned()) }
}

fn no(words: &str, is_no_go: bool) -> Standing {
    Standing::AnsweredNo { words: words.to_owned(), is_no_go }
}

#[test]
fn a_choice_is_never_ticked_and_takes_one_of_its_answers() {
    let mut day = a_day();
    let tick = Intent::State { item: day.item("Decision"), saw: None };
    let sentence = "This check asks for one of its answers: GO, NO-GO, N/A.";
    assert_eq!(day.try_it(&tick), sentence);
    assert_eq!(day.try_it(&Intent::State { item: day.item("Decision"), saw: Some("GO".to_owned()) }), sentence);
    assert_eq!(
        day.answer("Decision", "MAYBE", &[]),
        "“MAYBE” is none of its answers, which are GO, NO-GO, N/A: choose again."
    );
    day.is("Decision", &Standing::Open);
    assert_eq!(day.answer("Decision", "GO", &[]), "");
    day.is("Decision", &stated("GO"));
    assert_eq!(day.answer("Decision", "GO", &[]), "It is stated as done already.");
    // Another answer stands above it, and taken back it gives way to the one before.
    assert_eq!(day.answer("Decision", "NO-GO", &[]), "");
    day.is("Decision", &no("NO-GO", true));
    assert_eq!(day.answer("Decision", "NO-GO", &[]), "It is answered so already.");
    day.undo("Decision");
    day.is("Decision", &stated("GO"));
    assert_eq!(day.answer("Decision", "N/A", &[]), "");
    day.is("Decision", &Standing::NotApplicable { reason: "N/A".to_owned() });
}

#[test]
fn an_answer_that_means_no_is_not_done_and_leaves_the_check_to_be_come_back_to() {
    let mut day = a_day();
    assert_eq!(day.answer("Smoke test", "Failed", &[]), "");
    let standing = day.room.standing(&day.item("Smoke test")).clone();
    assert_eq!(standing, no("Failed", false));
    assert!(!standing.is_done() && !standing.is_settled());
    assert_eq!(day.room.mode(), Mode::Live, "who tries it has begun");
    let mut day = a_day();
    assert_eq!(day.answer("Decision", "NO-GO", &[]), "");
    assert_eq!(day.room.mode(), Mode::Prepare, "who says NO-GO begins nothing");
}

#[test]
fn blanks_are_filled_by_name_and_an_empty_one_is_refused() {
    let mut day = a_day();
    let tick = |text: &str, day: &Day| Intent::State { item: day.item(text), saw: None };
    assert_eq!(day.try_it(&tick("Version", &day)), "Nothing stands in “Version”: fill it in first.");
    assert_eq!(day.answer("Version", "", &[("Version", "  ")]), "Nothing stands in “Version”: fill it in first.");
    assert_eq!(day.answer("Version", "", &[("Version", " 4.2.0 ")]), "");
    day.is("Version", &stated("4.2.0"));
    let half = day.answer("Approved by", "", &[("Approved by", "MK"), ("at", "")]);
    assert_eq!(half, "Nothing stands in “at”: fill it in first.");
    let other = day.answer("Approved by", "", &[("at", "MK"), ("Approved by", "06:00")]);
    assert_eq!(other, "The check has other blanks now: look at its row again, and fill them in.");
    assert_eq!(day.answer("Approved by", "", &[("Approved by", "MK"), ("at", "06:00")]), "");
    day.is("Approved by", &stated("Approved by: MK · at: 06:00"));
    // What fills the only blank of a limit is what was seen, and is held against it.
    let bad = day.answer("Error rate now", "", &[("Error rate now", "1.2 %")]);
    assert!(bad.starts_with("1.2 % does not meet"), "{bad}");
    day.state("Error rate now", Some("0.4 %"));
    day.is("Error rate now", &stated("0.4 %"));
}

#[test]
fn a_claim_of_a_choice_is_its_answer_and_a_blank_is_no_claim() {
    let mut day = a_day();
    day.is("Rehearsed", &Standing::Claimed);
    let (rehearsed, ticket) = (day.item("Rehearsed"), day.item("Ticket"));
    let section = day.room.plan().item(&ticket).unwrap().section.clone().unwrap();
    assert_eq!(day.try_it(&Intent::Confirm { item: ticket }), "Nothing stands in “Ticket”: fill it in first.");
    day.act(&Intent::ConfirmSection { section });
    day.is("Rehearsed", &stated("Yes"));
    day.is("Ticket", &Standing::Claimed);
    let marks = &day.room.item(&rehearsed).unwrap().marks;
    assert_eq!(marks[0].said.as_ref().and_then(|said| said.words()).as_deref(), Some("Yes"));
}

#[test]
fn no_go_holds_until_it_is_lifted_and_a_failure_elsewhere_does_not() {
    let mut day = a_day();
    day.state("Started", None);
    day.both(0.001, 0.15);
    assert_eq!(day.word(), VerdictWord::Go);
    assert_eq!(day.answer("Smoke test", "Failed", &[]), "");
    assert_eq!(day.word(), VerdictWord::Go);
    assert_eq!(day.answer("Decision", "NO-GO", &[]), "");
    assert_eq!(day.verdict(), (VerdictWord::Hold, "Decision: NO-GO".to_owned()));
    assert_eq!(day.answer("Decision", "GO", &[]), "");
    assert_eq!(day.word(), VerdictWord::Go);
}

#[test]
fn in_a_gate_an_answer_that_means_no_fails_its_condition() {
    let mut day = a_day();
    // Nobody goes on: that may be said of a gate that is still to come, and begins no hold.
    assert_eq!(day.answer("Stay", "go on", &[]), "“10% traffic” comes first: pass it, or override it.");
    assert_eq!(day.answer("Stay", "NO-GO", &[]), "");
    assert!(day.room.current_gate().is_none());
    day.undo("Stay");
    assert_eq!(day.answer("Pods", "failed", &[]), "");
    day.both(0.001, 0.15);
    let gate = day.room.current_gate().expect("who says how it is says that it is there").clone();
    let states = |day: &Day| {
        let conditions = day.watch.conditions(&day.room, &gate, day.now);
        conditions.iter().map(|one| (one.read.state, one.read.words.clone())).collect::<Vec<_>>()
    };
    assert_eq!(states(&day)[1], (ConditionState::Fail, "MK: failed".to_owned()));
    assert_eq!(day.word(), VerdictWord::Hold);
    day.pass(600);
    assert_eq!(states(&day)[1].0, ConditionState::Fail, "a no does not run out");
    assert!(day.try_it(&Intent::PassGate { gate: gate.item.clone() }).starts_with("Not met now:"));
    assert_eq!(day.answer("Pods", "well", &[]), "");
    assert_eq!(states(&day)[1], (ConditionState::OnWord, "MK: well".to_owned()));
    // What a signal shows to be so does not stand against a person's no.
    assert_eq!(day.answer("Pods", "HOLD", &[]), "");
    assert_eq!(states(&day)[1], (ConditionState::Fail, "MK: HOLD".to_owned()));
}

#[test]
fn an_edit_that_asks_for_more_opens_what_was_said_and_lifts_no_no_go() {
    let mut day = a_day();
    assert_eq!(day.answer("Version", "", &[("Version", "4.2.0")]), "");
    assert_eq!(day.answer("Smoke test", "Passed", &[]), "");
    assert_eq!(day.answer("Decision", "NO-GO", &[]), "");
    let text = CHOICES
        .replace("Version: ____", "Version: ____ Build: ____")
        .replace("[ ] Passed [ ] Failed", "[ ] Green [ ] Red")
        .replace("[ ] GO [ ] NO-GO [ ] N/A", "[ ] GO [ ] LATER");
    let settings = Some(SETTINGS.to_owned());
    day.act(&Intent::Reread { text, settings, reader: "1".to_owned() });
    let lost = |why: &str| Standing::Lost { seen: None, why: why.to_owned() };
    day.is("Version", &lost("the checklist asks for “Build” now"));
    day.is("Smoke test", &lost("“Passed” was answered, and the checklist offers other answers now"));
    day.is("Decision", &no("NO-GO", true));
}

#[test]
fn a_log_from_before_answers_is_read_and_a_new_one_keeps_every_word() {
    let old: Event = serde_json::from_str(r#"{"kind":"stated","item":"i-1","saw":"0.4 %"}"#).unwrap();
    let item = plan::ItemId::from("i-1".to_owned());
    let before = Event::Stated { item, saw: Some("0.4 %".to_owned()), answer: None, values: Vec::new() };
    assert_eq!(old, before);
    assert_eq!(serde_json::to_string(&old).unwrap(), r#"{"kind":"stated","item":"i-1","saw":"0.4 %"}"#);
    let new = r#"{"kind":"stated","item":"i-1","answer":{"words":"NO-GO","means":"no_go"},"values":[{"field":"Why","value":"slow"}]}"#;
    let event: Event = serde_json::from_str(new).unwrap();
    assert_eq!(serde_json::to_string(&event).unwrap(), new);
    // An old bare tick on what is a choice folds as it was.
    let mut day = a_day();
    let item = day.item("Decision");
    let event = Event::Stated { item, saw: None, answer: None, values: Vec::new() };
    day.room.apply(&Recorded {
        seq: day.room.last() + 1,
        occurred_at: day.now,
        recorded_at: day.now,
        actor: "MK".to_owned(),
        event,
    });
    day.is("Decision", &Standing::Stated { saw: None });
}
