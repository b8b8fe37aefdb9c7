//! The checklist read again in the middle of the day: what was said and what burns goes on.

use super::*;
use crate::alert::Phase;
use crate::reread::Reread;

impl Day {
    /// A person accepts the text with these words in the place of those.
    fn edit(&mut self, edits: &[(&str, &str)]) -> String {
        let mut text = self.room.text().to_owned();
        for (from, to) in edits {
            assert!(text.contains(from), "{from} stands in the text");
            text = text.replacen(from, to, 1);
        }
        let settings = self.room.settings().map(str::to_owned);
        self.reread(text, settings)
    }

    fn reread(&mut self, text: String, settings: Option<String>) -> String {
        self.log_is_the_state(|day| day.try_it(&Intent::Reread { text, settings, reader: "1".to_owned() }))
    }

    /// Folding what was recorded gives the state again.
    fn log_is_the_state(&mut self, act: impl FnOnce(&mut Self) -> String) -> String {
        let before = self.room.clone();
        let said = act(self);
        // The room is a pure fold: the last event taken in by a clone of the room before gives the same room.
        if let Some(reread) = self.room.reread.clone()
            && before.last() < self.room.last()
        {
            let mut again = before;
            let recorded = Recorded {
                seq: again.last() + 1,
                occurred_at: self.now,
                recorded_at: self.now,
                actor: "MK".to_owned(),
                event: Event::PlanReread(Box::new(reread)),
            };
            let text = serde_json::to_string(&recorded.event).unwrap();
            again.apply(&Recorded { event: serde_json::from_str(&text).unwrap(), ..recorded });
            assert_eq!(again.items, self.room.items);
            assert_eq!(again.gates, self.room.gates);
            assert_eq!(again.gone, self.room.gone);
        }
        said
    }
}

#[test]
fn a_tick_stays_with_a_check_that_is_reworded_or_whose_heading_is() {
    let mut day = Day::begun();
    assert_eq!(
        day.edit(&[("- [ ] Started", "- [ ] Has started"), ("## Rollout (6:30 AM)", "## Ship it (6:45 AM)")]),
        ""
    );
    let item = day.item("Has started");
    let state = day.room.item(&item).unwrap();
    assert_eq!(state.marks.len(), 1);
    assert_eq!((state.standing(), state.marks[0].actor.as_str()), (&Standing::Stated { saw: None }, "MK"));
    assert_eq!(day.room.resolved().start.to_string(), "2026-01-21T06:45:00Z", "T0 goes with its text");
    assert_eq!(day.room.text().matches("Has started").count(), 1);
    // It can be taken back as before.
    day.act(&Intent::Undo { item: Some(item.clone()) });
    assert_eq!(day.room.standing(&item), &Standing::Open);
}

#[test]
fn what_is_gone_with_a_mark_is_listed_and_what_comes_back_is_new() {
    let mut day = Day::begun();
    day.edit(&[("- [ ] Started\n", "- [ ] Cake\n")]);
    let gone: Vec<_> = day.room.gone().iter().map(|gone| (gone.text.as_str(), gone.marks.len())).collect();
    assert_eq!(gone, [("Started", 1)]);
    assert_eq!(day.room.standing(&day.item("Cake")), &Standing::Open);
    day.edit(&[("- [ ] Cake\n", "- [ ] Started\n")]);
    assert_eq!(day.room.standing(&day.item("Started")), &Standing::Open, "nothing is assumed");
}

#[test]
fn a_limit_that_is_tighter_than_what_was_seen_opens_its_check() {
    let mut day = Day::at_50();
    day.state("Error rate", Some("0.8 %"));
    day.edit(&[("Error rate <1%", "Error rate <0.5%")]);
    let Standing::Lost { why, .. } = day.room.standing(&day.item("Error rate")) else { panic!("it is open again") };
    assert_eq!(why, "0.8 % was seen, and the checklist says “Error rate <0.5%” now");
    let mut day = Day::at_50();
    day.state("Error rate", Some("0.8 %"));
    day.edit(&[("Error rate <1%", "Error rate <2%")]);
    assert!(day.room.standing(&day.item("Error rate")).is_done());
}

#[test]
fn a_hold_goes_on_where_it_was_under_the_gate_s_new_name() {
    let mut day = Day::at_50();
    day.both_for(120, 0.001, 0.15);
    let held = day.held_s();
    assert!(held > 60, "{held}");
    assert_eq!(day.edit(&[("**50% traffic**", "**60% of the traffic**"), ("Hold for 10", "Hold for 12")]), "");
    assert_eq!(
        day.room.current_gate().map(|gate| (gate.text.as_str(), gate.hold_s)),
        Some(("60% of the traffic", Some(720)))
    );
    assert!(day.held_s() >= held);
    day.restart(true);
    day.both_for(60, 0.001, 0.15);
    assert!(day.held_s() >= held + 40, "{}", day.held_s());
}

#[test]
fn a_gate_that_is_held_cannot_go() {
    let mut day = Day::at_50();
    let text = day.room.text().replace(
        "- [ ] **50% traffic**\n  - [ ] Error rate <1%\n  - [ ] P95 latency <200ms\n  - [ ] Hold for 10 minutes\n",
        "",
    );
    let settings = day.room.settings().map(str::to_owned);
    assert!(day.reread(text, settings).starts_with("The hold of “50% traffic” runs"));
    assert_eq!(day.room.reread_at(), 0);
}

#[test]
fn a_deadline_runs_on_when_its_criterion_is_reworded_and_a_restart_knows_it() {
    let mut day = Day::begun();
    day.both_for(30, 0.001, 0.6);
    let alert = |day: &Day| {
        day.room
            .alerts()
            .iter()
            .find(|(id, state)| state.is_firing() && !id.is_blind())
            .map(|(id, _)| id.clone())
            .unwrap()
    };
    let before = alert(&day);
    let deadline = day.watch.deadline_of(&day.room, &before).expect("a HIGH has its time");
    assert_eq!(day.edit(&[("- P95 latency >500ms", "- P95 latency >550ms")]), "");
    let now = alert(&day);
    assert_ne!(before, now, "other words, another id");
    assert_eq!(day.watch.deadline_of(&day.room, &now), Some(deadline));
    assert_eq!(day.word(), VerdictWord::Hold, "what was seen last is held against the new bound: nobody went blind");
    day.restart(false);
    assert_eq!(day.watch.deadline_of(&day.room, &now), Some(deadline));
    // Nothing but fresh data resolves it, held against the new bound.
    day.both_for(30, 0.001, 0.52);
    assert!(!day.room.alerts()[&now].is_firing());
}

#[test]
fn an_alert_whose_criterion_went_burns_until_data_or_words_let_it_go() {
    let burning = || {
        let mut day = Day::begun();
        day.both_for(30, 0.001, 0.6);
        let id = day
            .room
            .alerts()
            .iter()
            .find(|(id, state)| state.is_firing() && !id.is_blind())
            .map(|(id, _)| id.clone())
            .unwrap();
        let deadline = day.watch.deadline_of(&day.room, &id);
        day.act(&Intent::Acknowledge { alert: id.clone(), note: String::new() });
        assert_eq!(day.edit(&[("### HIGH\n- P95 latency >500ms\n", "")]), "");
        assert!(day.room.is_left_alone(&id));
        assert_eq!(day.watch.deadline_of(&day.room, &id), deadline, "no edit takes a deadline away");
        assert_eq!(day.room.alerts()[&id].acknowledged, None, "it asks anew");
        (day, id, deadline)
    };
    let (mut day, id, deadline) = burning();
    day.restart(false);
    assert_eq!(day.watch.deadline_of(&day.room, &id), deadline);
    assert_eq!(day.word(), VerdictWord::Hold);
    day.both_for(30, 0.001, 0.1);
    assert!(!day.room.alerts()[&id].is_firing() && !day.room.is_left_alone(&id), "fresh data resolved it");

    let (mut day, id, _) = burning();
    day.act(&Intent::Acknowledge { alert: id.clone(), note: String::new() });
    assert!(day.room.alerts()[&id].is_firing(), "to have seen it is not to let it go");
    day.act(&Intent::Acknowledge { alert: id.clone(), note: "the limit was for the old nodes".to_owned() });
    assert!(!day.room.alerts()[&id].is_firing());
    day.pass(5);
    assert_eq!(day.watch.phase(&id), Phase::Inactive);
}

#[test]
fn what_is_graver_now_says_so_and_has_its_time_from_its_first_breach() {
    let mut day = Day::begun();
    day.both_for(30, 0.001, 0.3);
    day.found.clear();
    assert_eq!(day.edit(&[("### HIGH\n- P95 latency >500ms\n### MEDIUM\n", "### HIGH\n- P95 latency >500ms\n")]), "");
    let fired = day.found.iter().find(|line| line.starts_with("fired")).cloned();
    let since = day.room.alerts().values().find(|state| state.is_firing()).unwrap();
    assert!(fired.is_some(), "{:?}", day.found);
    assert_eq!(since.deadline, Some(since.fired.since + SignedDuration::from_mins(30)));
}

#[test]
fn a_way_that_is_taken_keeps_its_number_s_meaning_and_cannot_go() {
    let ways = "# Option 1: Undo\nkubectl rollout undo deployment/pay\n# Option 2: Switch\nkubectl patch service pay\n";
    let text = TEXT.replace("## Rollback\n", &format!("## Rollback\n```bash\n{ways}```\n"));
    let mut day = Day::with(&text, SETTINGS);
    day.state("Started", None);
    day.act(&Intent::RollBack { criterion: None, reason: "it is bad".to_owned(), way: 1 });
    let step = day.room.plan().rollback.ways[0].commands[0].clone();
    day.act(&Intent::StateStep { step: step.to_string(), worked: true, result: String::new() });
    let began = day.room.rollback().unwrap().began;
    let swapped =
        "# Option 1: Switch\nkubectl patch service pay\n# Option 2: Undo\nkubectl rollout undo deployment/pay\n";
    assert_eq!(day.edit(&[(ways, swapped)]), "");
    let rollback = day.room.rollback().unwrap();
    assert_eq!((rollback.way(), rollback.began), (2, began), "what runs keeps its clock");
    assert!(rollback.steps.contains_key(step.as_str()));
    let said = day.edit(&[("# Option 2: Undo\nkubectl rollout undo deployment/pay\n", "")]);
    assert!(said.starts_with("The rollback runs on way 2 “Undo”"), "{said}");
    // Other words for the command are another step.
    assert_eq!(day.edit(&[("undo deployment/pay", "undo deployment/pay-api")]), "");
    assert!(day.room.rollback().unwrap().steps.is_empty());
}

#[test]
fn what_says_nothing_new_and_a_closed_room_are_refused() {
    let mut day = Day::begun();
    let (text, settings) = (day.room.text().to_owned(), day.room.settings().map(str::to_owned));
    assert_eq!(day.reread(text.clone(), settings.clone()), "The checklist says what the room has already.");
    day.act(&Intent::Close { outcome: "done".to_owned() });
    assert!(day.reread(format!("{text}\nmore"), settings).starts_with("The room is closed"));
}

#[test]
fn an_event_that_was_on_its_way_finds_what_it_names_by_its_old_name() {
    let mut day = Day::at_50();
    let old = day.item("Error rate");
    day.edit(&[("Error rate <1%", "Error rate <2%")]);
    let seen =
        crate::alert::Seen { words: "0.1 %".to_owned(), value: String::new(), unit: None, at: day.now, fetched: false };
    day.take(Event::Observed { item: old, seen }, "War Room");
    assert!(matches!(day.room.standing(&day.item("Error rate")), Standing::Observed { .. }));
}

#[test]
fn what_a_person_filled_in_stands_above_the_text_and_a_proof_is_of_its_address() {
    let contacts = "\n## Contacts\n```\nManager: Ana - +351 555 0100 - ana@example.org\nWar Room: #deploy\n```\n";
    let text = format!("{TEXT}{contacts}");
    let mut day = Day::with(&text, SETTINGS);
    let id = day.room.plan().contacts[0].id.clone();
    day.act(&Intent::FillContact {
        contact: id.clone(),
        name: "Ana".to_owned(),
        phone: "+351 555 0100".to_owned(),
        mail: "ana@example.net".to_owned(),
        chat: String::new(),
        pager: String::new(),
    });
    for way in [crate::Way::Phone, crate::Way::Mail] {
        day.act(&Intent::ProveContact { contact: id.clone(), way, words: String::new() });
    }
    day.edit(&[("+351 555 0100", "+351 555 0199"), ("#deploy", "#ship")]);
    let known = day.room.contact(&id).unwrap();
    assert_eq!(known.address(crate::Way::Phone), "+351 555 0199", "the text's own word gives way to its new one");
    assert_eq!(known.address(crate::Way::Mail), "ana@example.net", "a person's word stands");
    assert_eq!(known.proven.keys().collect::<Vec<_>>(), [&crate::Way::Mail]);
    assert_eq!(day.room.channel(&day.room.plan().channels[0].id), Some("#ship"));
    day.act(&Intent::AddContact {
        role: "DBA".to_owned(),
        name: "Joe Li".to_owned(),
        phone: "+351 555 0155".to_owned(),
        mail: String::new(),
    });
    day.edit(&[("Manager: Ana", "Nobody: Ana")]);
    let joe = day.room.ladder().last().map(|contact| contact.id.clone()).unwrap();
    assert_eq!(day.room.contact(&joe).unwrap().name, "Joe Li", "whom a person added stands in no text, and stays");
    assert!(day.room.gone().iter().any(|gone| gone.text.starts_with("Manager: Ana")), "{:?}", day.room.gone());
}

#[test]
fn the_event_is_written_as_it_is_read() {
    let reread = Reread {
        text: "# X".to_owned(),
        settings: None,
        start: jiff::civil::date(2026, 1, 21).at(6, 30, 0, 0),
        reader: "1".to_owned(),
        carried: vec![crate::reread::Carried { from: "i-1".to_owned(), to: None }],
        ways: vec![(1, 2)],
    };
    let text = serde_json::to_string(&Event::PlanReread(Box::new(reread))).unwrap();
    assert_eq!(
        text,
        r##"{"kind":"plan_reread","text":"# X","start":"2026-01-21T06:30:00","reader":"1","carried":[{"from":"i-1"}],"ways":[[1,2]]}"##
    );
}
