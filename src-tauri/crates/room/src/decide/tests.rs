//! Given, when, then: each rule and each refusal's sentence.

mod attempts;
mod back;
mod corrections;
mod items;

use jiff::{SignedDuration, Timestamp};

use super::decide;
use crate::alert::AlertId;
use crate::event::{Event, Opened, Person, Recorded, Way};
use crate::intent::Intent;
use crate::state::{Mode, Room, Standing};

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Before (Jan 20)
- [x] Backups tested
- [x] Keys rotated
- [ ] Cake ordered

## Rollout (6:30 AM)
- [ ] **10% traffic**
  - [ ] Error rate <1%
  - [ ] Latency normal
  - [ ] Hold for 5 minutes
- [ ] Watched

## Go-live (8:00 AM)
- [ ] Said so

## Rollback (target: 15 minutes)
### CRITICAL
- Error rate >10%
```bash
# Option 1: Undo (if during canary)
kubectl rollout undo deployment/pay

# Option 2: Switch DNS
# (Update the A record)
```
### Success criteria for rollback
- [ ] Old version answers
- [ ] No data loss

## Success criteria
- [x] Error rate <0.1% (first hour)

## Communication
### Team
- [ ] Note: we ship at [TIME]

## Contacts
```
Manager: [Name] - [Phone] - [Email]
War Room: [Channel]
```
";

/// A room with the acts so far; each act a minute after the one before.
pub(super) struct Given {
    room: Room,
    now: Timestamp,
}

impl Given {
    fn a_room() -> Self {
        let opened = Opened {
            room: "0".repeat(32),
            file: "pay.md".to_owned(),
            path: "/pay.md".to_owned(),
            text: TEXT.to_owned(),
            settings: None,
            start: "2026-01-21T06:30".parse().unwrap(),
            zone: "UTC".to_owned(),
            moved_s: 0,
            zone_data: "2026a".to_owned(),
            reader: "1".to_owned(),
            drill: None,
        };
        Self { room: Room::open(opened), now: "2026-01-21T05:00:00Z".parse().unwrap() }
    }

    fn item(&self, text: &str) -> plan::ItemId {
        let found = self.room.plan().items.iter().find(|item| item.text.starts_with(text));
        found.unwrap_or_else(|| panic!("no check {text}")).id.clone()
    }

    fn phase(&self, title: &str) -> plan::SectionId {
        self.room.plan().phases.iter().find(|phase| phase.title.starts_with(title)).unwrap().section.clone()
    }

    fn when(mut self, intent: &Intent) -> Self {
        let said = self.try_it(intent);
        assert_eq!(said, "", "{intent:?}");
        self
    }

    /// Decides and applies; the refusal's sentence, or nothing.
    fn try_it(&mut self, intent: &Intent) -> String {
        self.now += SignedDuration::from_mins(1);
        match decide(&self.room, intent, &super::Sight::default(), self.now) {
            Err(refusal) => refusal.to_string(),
            Ok((event, occurred_at)) => {
                let actor = self.room.actor().unwrap_or("login").to_owned();
                let seq = self.room.last() + 1;
                self.room.apply(&Recorded { seq, occurred_at, recorded_at: self.now, actor, event });
                String::new()
            }
        }
    }

    fn refused(mut self, intent: &Intent, sentence: &str) -> Self {
        let before = format!("{:?}", self.room.items);
        assert_eq!(self.try_it(intent), sentence);
        assert_eq!(before, format!("{:?}", self.room.items), "a refusal changes nothing");
        self
    }

    fn then(self, text: &str, standing: &Standing) -> Self {
        assert_eq!(self.room.standing(&self.item(text)), standing, "{text}");
        self
    }
}

fn state(given: &Given, text: &str, saw: Option<&str>) -> Intent {
    Intent::State { item: given.item(text), saw: saw.map(str::to_owned) }
}

#[test]
fn a_tick_of_the_source_is_a_claim_until_one_key_confirms_it() {
    let given = Given::a_room().then("Backups", &Standing::Claimed).then("Keys", &Standing::Claimed);
    let confirm = Intent::Confirm { item: given.item("Backups") };
    let section = Intent::ConfirmSection { section: given.phase("Before") };
    let given = given
        .when(&confirm)
        .then("Backups", &Standing::Stated { saw: None })
        .refused(&confirm, "The source claims nothing here that is not confirmed already.")
        .when(&section)
        .then("Keys", &Standing::Stated { saw: None })
        .then("Cake", &Standing::Open);
    given.refused(&section, "The source claims nothing here that is not confirmed already.");
}

#[test]
fn a_success_criterion_ticked_before_the_day_opens_empty() {
    let given = Given::a_room();
    let item = given.room.plan().items.iter().find(|item| item.text.contains("first hour")).unwrap().id.clone();
    assert_eq!(given.room.standing(&item), &Standing::Open);
}

#[test]
fn a_check_with_a_limit_needs_what_was_seen_and_it_must_meet_the_limit() {
    let given = Given::a_room();
    let with = |saw| state(&given, "Error rate <1%", saw);
    let (none, high, ratio, other, good) =
        (with(None), with(Some("1.2 %")), with(Some("0.004")), with(Some("3 ms")), with(Some("0.4 %")));
    let words = state(&given, "Latency normal", Some("as before, 40 ms"));
    let no_words = state(&given, "Latency normal", Some("  "));
    Given::a_room()
        .refused(&none, "This check names a limit (Error rate <1%): say what you saw, as a value or in words.")
        .refused(&no_words, "This check names a limit (Latency normal): say what you saw, as a value or in words.")
        .refused(&high, "1.2 % does not meet “Error rate <1%”: wait until it does, go back, or override the gate with a reason (Shift+G).")
        .refused(&ratio, "0.004 is in another unit than “Error rate <1%”: write the value in the check's own unit.")
        .refused(&other, "3 ms is in another unit than “Error rate <1%”: write the value in the check's own unit.")
        .when(&good)
        .then("Error rate <1%", &Standing::Stated { saw: Some("0.4 %".to_owned()) })
        // A condition's word runs out while its gate is held, and may be given anew.
        .when(&good)
        .when(&words);
}

#[test]
fn neither_a_gate_nor_its_hold_is_ticked_by_hand() {
    let given = Given::a_room();
    let gate = state(&given, "10% traffic", None);
    let hold = state(&given, "Hold for", None);
    Given::a_room()
        .refused(&gate, "A gate is not ticked: pass it with Shift+G, on its readings.")
        .refused(&hold, "The hold's clock ticks this when it has run to its end with every condition met.");
}

#[test]
fn a_gate_that_is_ticked_in_the_source_is_neither_confirmed_nor_its_hold() {
    let claimed = TEXT.replace("- [ ] **10%", "- [x] **10%").replace("- [ ] Hold", "- [x] Hold");
    let opened =
        Opened { text: claimed.replace("- [ ] Error", "- [x] Error"), ..Given::a_room().room.opened().clone() };
    let given = Given { room: Room::open(opened), ..Given::a_room() };
    let confirm = |given: &Given, text: &str| Intent::Confirm { item: given.item(text) };
    let (gate, hold, rate) =
        (confirm(&given, "10% traffic"), confirm(&given, "Hold for"), confirm(&given, "Error rate <1%"));
    let section = Intent::ConfirmSection { section: given.phase("Rollout") };
    let over = Intent::Override { item: given.item("10% traffic"), reason: "agreed".to_owned() };
    given
        .refused(&gate, "A gate is not ticked: pass it with Shift+G, on its readings.")
        .refused(&hold, "The hold's clock ticks this when it has run to its end with every condition met.")
        .refused(&rate, "This check names a limit (Error rate <1%): say what you saw, as a value or in words.")
        .refused(&section, "The source claims nothing here that is not confirmed already.")
        .refused(&over, "This takes a person's name: choose who you are first (Shift+P).");
}

#[test]
fn overridden_deferred_and_not_applicable_need_a_reason_and_never_look_done() {
    let given = Given::a_room();
    let (cake, watched) = (given.item("Cake"), given.item("Watched"));
    let over = |reason: &str| Intent::Override { item: cake.clone(), reason: reason.to_owned() };
    let defer = |to, reason: &str| Intent::Defer { item: watched.clone(), to, reason: reason.to_owned() };
    let given = given
        .refused(&over(" "), "Say why first.")
        .when(&over("the shop is shut"))
        .refused(&over("again"), "It is overridden already.");
    assert!(!given.room.standing(&cake).is_done() && given.room.standing(&cake).is_settled());
    let (before, own, later) = (given.phase("Before"), given.phase("Rollout"), given.phase("Go-live"));
    let given = given
        .refused(&defer(own, "x"), "A check is deferred to a later phase than its own: choose one.")
        .refused(&defer(before, "x"), "A check is deferred to a later phase than its own: choose one.")
        .refused(&defer(later.clone(), ""), "Say why first.")
        .when(&defer(later.clone(), "nobody is up"))
        .then("Watched", &Standing::Deferred { to: later.clone(), reason: "nobody is up".to_owned() })
        .refused(&defer(later, "x"), "It is deferred to that phase already.");
    assert!(!given.room.standing(&watched).is_done());
}

#[test]
fn undo_takes_the_last_act_back_and_only_while_nothing_stands_on_it() {
    let given = Given::a_room();
    let cake = state(&given, "Cake", None);
    let undo = Intent::Undo { item: None };
    let over = Intent::Override { item: given.item("Backups"), reason: "no".to_owned() };
    let section = Intent::ConfirmSection { section: given.phase("Before") };
    let undo_keys = Intent::Undo { item: Some(given.item("Keys")) };
    Given::a_room()
        .refused(&undo, "There is nothing to take back.")
        .when(&cake)
        .when(&undo)
        .then("Cake", &Standing::Open)
        .when(&section)
        .when(&over)
        .refused(&undo_keys, "login acted on the same check since: take that back first.")
        .when(&undo)
        .then("Backups", &Standing::Stated { saw: None })
        .when(&undo_keys)
        .then("Keys", &Standing::Claimed)
        .then("Backups", &Standing::Claimed);
}

#[test]
fn people_have_initials_and_whoever_is_chosen_stands_in_the_log() {
    let person = |initials: &str| {
        Intent::NamePerson(Person { initials: initials.to_owned(), name: "Mara K".to_owned(), role: String::new() })
    };
    let choose = Intent::ChooseActor { initials: "MK".to_owned() };
    let given = Given::a_room()
        .refused(&person("m k"), "Initials are one to four letters or digits.")
        .refused(&choose, "Nobody in the room has the initials MK.")
        .when(&person("mk"))
        .refused(&person("MK"), "It is known already.")
        .when(&Intent::ChooseActor { initials: " mk ".to_owned() })
        .refused(&choose, "It is the one who acts already.");
    assert_eq!(given.room.actor(), Some("MK"), "typed as a person types it");
}

#[test]
fn a_contact_is_proven_only_on_a_way_that_it_has_and_a_new_address_is_unproven() {
    let given = Given::a_room();
    let contact = given.room.plan().contacts[0].id.clone();
    let channel = given.room.plan().channels[0].id.clone();
    let fill = |phone: &str| Intent::FillContact {
        contact: contact.clone(),
        name: "Ana".to_owned(),
        phone: phone.to_owned(),
        mail: String::new(),
        chat: String::new(),
        pager: String::new(),
    };
    let prove = Intent::ProveContact { contact: contact.clone(), way: Way::Phone, words: "hello".to_owned() };
    let given = given
        .refused(&prove, "There is no address on that way yet: fill it in first.")
        .when(&fill("+351 555 0100"))
        .refused(&fill(" +351 555 0100 "), "It is filled in so already.")
        .when(&prove);
    assert_eq!(given.room.contact(&contact).unwrap().proven.len(), 1);
    let given = given.when(&fill("+351 555 0199"));
    assert!(given.room.contact(&contact).unwrap().proven.is_empty());
    let given = given.when(&Intent::FillChannel { channel: channel.clone(), target: "#war".to_owned() });
    assert_eq!(given.room.channel(&channel), Some("#war"));
}

#[test]
fn somebody_whom_the_plan_does_not_name_comes_onto_the_ladder_behind_the_others() {
    let add = |name: &str| Intent::AddContact {
        role: "DBA".to_owned(),
        name: name.to_owned(),
        phone: " +351 555 0155 ".to_owned(),
        mail: String::new(),
    };
    let given = Given::a_room().refused(&add("  "), "Say their name first.");
    let planned = given.room.ladder().len();
    let given = given.when(&add("Joe Li")).when(&add("Ann Li"));
    let ladder = given.room.ladder();
    assert_eq!(ladder.len(), planned + 2);
    let (joe, ann) = (ladder[planned], ladder[planned + 1]);
    assert!(joe.order > ladder[planned - 1].order && ann.order > joe.order && ann.id != joe.id);
    let id = joe.id.clone();
    assert_eq!(given.room.contact(&id).unwrap().address(Way::Phone), "+351 555 0155");
    let tried =
        Intent::TryContact { contact: id.clone(), way: Way::Phone, answered: true, words: String::new(), about: None };
    let given = given.when(&tried).when(&Intent::FillContact {
        contact: id.clone(),
        name: "Joe Li".to_owned(),
        phone: "+351 555 0155".to_owned(),
        mail: "joe@pay.example".to_owned(),
        chat: String::new(),
        pager: String::new(),
    });
    let known = given.room.contact(&id).unwrap();
    assert_eq!((known.proven.len(), known.address(Way::Mail)), (1, "joe@pay.example"));
}

#[test]
fn a_contact_is_tried_on_a_way_that_it_has_and_one_who_answers_is_proven() {
    let given = Given::a_room();
    let contact = given.room.plan().contacts[0].id.clone();
    let tried = |answered: bool, about: Option<&str>| Intent::TryContact {
        contact: contact.clone(),
        way: Way::Phone,
        answered,
        words: " rang for 40 s ".to_owned(),
        about: about.map(|id| AlertId::from(id.to_owned())),
    };
    let given = given.refused(&tried(false, None), "There is no address on that way yet: fill it in first.");
    let given = given.when(&Intent::FillContact {
        contact: contact.clone(),
        name: "Ana".to_owned(),
        phone: "+351 555 0100".to_owned(),
        mail: String::new(),
        chat: String::new(),
        pager: String::new(),
    });
    let given = given
        .refused(&tried(false, Some("no such")), "There is no such alert in this room: look at the page again.")
        .when(&tried(false, None));
    let known = given.room.contact(&contact).unwrap();
    assert!(known.proven.is_empty(), "who does not answer proves nothing");
    assert_eq!((known.tried.len(), known.tried[0].words.as_str()), (1, "rang for 40 s"));
    let given = given.when(&tried(true, None));
    let known = given.room.contact(&contact).unwrap();
    assert_eq!((known.tried.len(), known.proven.len()), (2, 1));
}

#[test]
fn a_notice_counts_as_sent_only_without_blanks_and_not_ahead_of_time() {
    let given = Given::a_room();
    let message = given.room.plan().messages[0].clone();
    let keep = |draft, body: &str| Intent::KeepDraft {
        draft,
        message: Some(message.id.clone()),
        to: "#deploy".to_owned(),
        subject: String::new(),
        body: body.to_owned(),
    };
    let sent = |to: &str, at| Intent::MarkSent { draft: 1, to: to.to_owned(), at };
    let ahead = Some("2027-01-01T00:00:00Z".parse().unwrap());
    let given = given
        .when(&keep(None, &message.body))
        .refused(&keep(Some(1), &message.body), "It is kept so already.")
        .refused(&sent("#deploy", None), "Blanks are open: [TIME]. Fill them before the notice counts as sent.")
        .when(&keep(Some(1), "we ship at 06:30 UTC"))
        .refused(&sent(" ", None), "Say to whom it went first.")
        .refused(&sent("#deploy", ahead), "That time lies ahead: name now or an earlier time.")
        .when(&sent("#deploy", None))
        .refused(&Intent::DropDraft { draft: 1 }, "There is no such draft in this room: look at the page again.");
    assert_eq!(given.room.sent()[0].body, "we ship at 06:30 UTC");
    assert_eq!(given.room.next_draft(), 2);
}

#[test]
fn a_late_note_keeps_its_own_time_and_a_closed_room_takes_only_notes() {
    let given = Given::a_room();
    let cake = state(&given, "Cake", None);
    let at = "2026-01-21T04:00:00Z".parse().unwrap();
    let note = Intent::Note { text: "saw it earlier".to_owned(), at: Some(at) };
    let close = Intent::Close { outcome: "rolled out".to_owned() };
    let reopen = Intent::Reopen { reason: "forgot".to_owned() };
    let given = given
        .refused(&reopen, "The room is open already.")
        .when(&close)
        .refused(&cake, "The room is closed: open it again first, with a reason.")
        .when(&note);
    assert_eq!((given.room.notes()[0].at, given.room.mode()), (at, Mode::Closed));
    given.when(&reopen).when(&cake);
}

#[test]
fn the_room_is_live_from_the_first_check_stated_in_t0_s_phase() {
    let given = Given::a_room();
    let (cake, watched) = (state(&given, "Cake", None), state(&given, "Watched", None));
    let given = given.when(&cake);
    assert_eq!(given.room.mode(), Mode::Prepare);
    let given = given.when(&watched);
    assert_eq!(given.room.mode(), Mode::Live);
}

#[test]
fn what_the_plan_does_not_have_is_unknown() {
    let given = Given::a_room();
    let other = plan::ItemId::of(&[], "other", 0);
    given.refused(
        &Intent::State { item: other.clone(), saw: None },
        "There is no such check in this room: look at the page again.",
    );
    // A log from elsewhere that names it changes nothing either.
    let mut given = Given::a_room();
    let before = given.room.items.clone();
    given.room.apply(&Recorded {
        seq: 2,
        occurred_at: given.now,
        recorded_at: given.now,
        actor: "x".to_owned(),
        event: Event::Stated { item: other, saw: None, answer: None, values: Vec::new() },
    });
    assert_eq!(before, given.room.items);
}

#[test]
fn the_way_back_is_decided_walked_and_declared_on_its_marks() {
    let given = Given::a_room();
    let criterion = given.room.plan().criteria.iter().find(|one| one.text == "Error rate >10%").unwrap().id.clone();
    let ways = given.room.plan().rollback.ways.clone();
    assert_eq!(ways.len(), 2, "{ways:?}");
    let step = ways[0].commands[0].to_string();
    let contact = given.room.plan().contacts[0].id.to_string();
    let roll_back = |criterion: Option<plan::CriterionId>, reason: &str, way| Intent::RollBack {
        criterion,
        reason: reason.to_owned(),
        way,
    };
    let state_step = |worked, result: &str| Intent::StateStep { step: step.clone(), worked, result: result.to_owned() };
    let mark = |text: &str, saw: &str| Intent::State { item: given.item(text), saw: Some(saw.to_owned()) };
    let (old, loss) = (mark("Old version", "4.1.7"), mark("No data loss", "row counts agree"));
    let declare = Intent::DeclareRolledBack;
    let tell = Intent::Tell { whom: contact, answered: true, words: String::new() };
    let given = Given::a_room()
        .refused(&declare, "No rollback runs: decide to roll back first (Shift+R).")
        .refused(&tell, "No rollback runs: decide to roll back first (Shift+R).")
        .refused(&roll_back(None, " ", 1), "Say why first.")
        .refused(&roll_back(None, "it burns", 3), "There is no such way back in this room: look at the page again.")
        .refused(&roll_back(None, "it burns", 0), "There is no such way back in this room: look at the page again.")
        .when(&roll_back(Some(criterion), "", 1));
    assert_eq!(given.room.mode(), Mode::RollingBack);
    assert_eq!(given.room.rollback().unwrap().reason, "Error rate >10%", "the criterion's own words");
    let given = given
        .refused(&roll_back(None, "again", 1), "It is being rolled back already.")
        .refused(&state_step(false, ""), "Say what you saw first.")
        .when(&state_step(false, "timed out"))
        .when(&Intent::Undo { item: Some(plan::ItemId::from(step.clone())) })
        .when(&state_step(false, "timed out"))
        .when(&state_step(true, ""))
        .refused(&Intent::ChooseWay { way: 1, reason: "x".to_owned() }, "It is on that way already.")
        .when(&Intent::ChooseWay { way: 2, reason: "the cluster is gone".to_owned() })
        .when(&tell)
        .refused(
            &declare,
            "Not true yet: Old version answers; No data loss. State each, or override it with a reason, before it \
             counts as rolled back.",
        )
        .when(&old)
        .when(&loss)
        .when(&declare);
    assert_eq!(given.room.mode(), Mode::RolledBack);
    let rollback = given.room.rollback().unwrap();
    assert_eq!((rollback.way(), rollback.steps.len(), rollback.told.len()), (2, 1, 1));
    assert!(rollback.steps.values().all(|step| step.worked));
}

#[test]
fn a_rollback_that_is_stood_down_leaves_the_room_as_before() {
    let stand_down = |reason: &str| Intent::StandDown { reason: reason.to_owned() };
    let given = Given::a_room();
    let watched = state(&given, "Watched", None);
    let roll_back = Intent::RollBack { criterion: None, reason: "it burns".to_owned(), way: 1 };
    let given = Given::a_room().when(&watched);
    assert_eq!(given.room.mode(), Mode::Live);
    let given = given.when(&roll_back).refused(&stand_down(" "), "Say why first.").when(&stand_down("a false alarm"));
    assert_eq!(given.room.mode(), Mode::Live);
    let given = given.when(&roll_back);
    assert_eq!(given.room.mode(), Mode::RollingBack, "and it may be decided again");
}
