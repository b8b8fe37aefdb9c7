//! What people decided about what is observed: commands armed, proposals accepted and taken back.

use super::*;
use crate::event::Accepted;

const LAG: &str = "[probes.lag]\nkind = \"command\"\ncommand = \"lag --now\"\nexpect = { exit = 0 }\n";

fn settings(more: &str) -> String {
    format!("{SETTINGS}{more}")
}

fn arm(probe: &str, command: &str) -> Intent {
    Intent::ArmCommand { probe: probe.to_owned(), digest: plan::config::digest(command) }
}

impl Day {
    fn log(&mut self, event: Event) {
        self.take(event, "MK");
        self.pass(1);
    }

    fn say(&mut self, signal: Signal, measure: Measure) {
        self.pass(5);
        let (at, good_until) = (self.now, self.now + SignedDuration::from_secs(12));
        self.hear_of(signal, Ok(Sample { measure, at, good_until, too_few: None }));
    }
}

#[test]
fn a_named_person_arms_the_command_that_was_shown_and_no_other() {
    let mut day = Day::of(&settings(LAG));
    assert!(!day.room.is_armed("lag", "lag --now"));
    let other = "The settings give this probe another command than the one that was shown: look at it again, and arm \
                 that one.";
    assert_eq!(day.try_it(&arm("lag", "lag --later")), other);
    assert_eq!(day.try_it(&arm("gone", "lag --now")), "There is no such probe in this room: look at the page again.");
    assert_eq!(day.try_it(&arm("lag", "lag --now")), "");
    assert!(day.room.is_armed("lag", "lag --now"));
    assert!(!day.room.is_armed("lag", "lag --now "), "another text is not armed");
    assert_eq!(day.try_it(&arm("lag", "lag --now")), "It is armed already.");
    let armed = day.room.armed().get("lag").unwrap();
    assert_eq!((armed.actor.as_str(), armed.is_another), ("MK", false));

    assert_eq!(day.try_it(&Intent::DisarmCommand { probe: "lag".to_owned() }), "");
    assert!(!day.room.is_armed("lag", "lag --now"));
    let refused = day.try_it(&Intent::DisarmCommand { probe: "lag".to_owned() });
    assert_eq!(refused, "This command is not armed: it does not run.");
}

#[test]
fn nobody_arms_without_a_name_and_nothing_but_a_command() {
    let more = format!("{LAG}[probes.db]\nkind = \"tcp\"\nhost = \"db.example\"\nport = 5432\n");
    let mut day = Day::of(&settings(&more));
    assert_eq!(day.try_it(&arm("db", "")), "This probe runs no command: there is nothing to arm.");
    day.room.actor = None;
    assert_eq!(day.try_it(&arm("lag", "lag --now")), "This takes a person's name: choose who you are first (Shift+P).");
}

#[test]
fn a_command_whose_text_is_another_is_armed_no_more_and_its_old_text_has_to_be_armed_anew() {
    let mut day = Day::of(&settings(LAG));
    day.act(&arm("lag", "lag --now"));
    let text = day.room.text().to_owned();
    let reread =
        |settings: String| Intent::Reread { text: text.clone(), settings: Some(settings), reader: "1".to_owned() };
    // What else is said of the probe changes nothing about its command.
    day.act(&reread(settings(&LAG.replace("exit = 0", "exit = 1"))));
    assert!(day.room.is_armed("lag", "lag --now"));
    day.act(&reread(settings(&LAG.replace("lag --now", "rm -r /"))));
    assert!(!day.room.is_armed("lag", "rm -r /") && !day.room.is_armed("lag", "lag --now"));
    assert!(day.room.armed().get("lag").unwrap().is_another, "who armed it before is known");
    day.act(&reread(settings(LAG)));
    assert!(!day.room.is_armed("lag", "lag --now"));
    day.act(&arm("lag", "lag --now"));
    assert!(day.room.is_armed("lag", "lag --now"));
}

fn accepted(day: &Day, item: &str, draft: &str) -> Event {
    Event::BindingAccepted(Box::new(Accepted {
        proposal: "b-1".to_owned(),
        item: day.item(item).to_string(),
        text: item.to_owned(),
        draft: draft.to_owned(),
        reason: String::new(),
    }))
}

const DRAFT: &str = "[probes.api-health]\nkind = \"http\"\nurl = \"http://api.example/health\"\nevery = \"30s\"\n\n[[bind]]\nitem = \"Pods look well\"\nprobe = \"api-health\"\n";

#[test]
fn what_was_accepted_is_observed_ticks_itself_unticks_and_is_taken_back() {
    let mut day = Day::of(SETTINGS);
    assert_eq!(day.watch.book().rules.iter().filter(|rule| rule.text == "Started").count(), 0);
    let event = accepted(&day, "Started", DRAFT);
    day.log(event);
    assert!(day.room.config().probes.contains_key("api-health"));
    assert!(day.room.own_config().probes.is_empty(), "the settings beside the checklist stay what they are");
    let signal = || Signal::Probe("api-health".to_owned());
    let good = || Measure::Passed("200 in 4 ms".to_owned());
    let standing = |day: &Day| day.room.standing(&day.item("Started")).clone();
    day.say(signal(), good());
    assert!(matches!(standing(&day), Standing::Observed { .. }), "{:?}", standing(&day));
    day.say(signal(), Measure::Failed("503 in 4 ms".to_owned()));
    assert!(matches!(standing(&day), Standing::Lost { .. }), "{:?}", standing(&day));
    (0..3).for_each(|_| day.say(signal(), good()));
    assert!(matches!(standing(&day), Standing::Observed { .. }));

    day.log(Event::BindingDropped { proposal: "b-1".to_owned(), text: "Started".to_owned() });
    let Standing::Lost { why, .. } = standing(&day) else { panic!("it is not seen any more: {:?}", standing(&day)) };
    assert_eq!(why, "nothing observes it any more: what was bound to it was taken back");
    assert!(day.room.config().probes.is_empty() && day.room.bindings().is_empty());
    assert!(day.room.is_dropped("b-1"));
    day.say(signal(), good());
    assert!(matches!(standing(&day), Standing::Lost { .. }), "nothing ticks it any more");
}

#[test]
fn what_was_accepted_goes_on_in_an_edited_checklist_and_beside_a_probe_of_the_same_name() {
    let mut day = Day::of(SETTINGS);
    let event = accepted(&day, "Started", DRAFT);
    day.log(event);
    let text = day.room.text().replace("## Rollout (6:30 AM)", "## Ship it (6:30 AM)");
    let own = "[probes.api-health]\nkind = \"tcp\"\nhost = \"db.example\"\nport = 1\n";
    day.act(&Intent::Reread { text, settings: Some(settings(own)), reader: "1".to_owned() });
    assert_eq!(day.room.bindings()[0].accepted.item, day.item("Started").to_string());
    let names: Vec<&str> = day.room.config().probes.keys().map(String::as_str).collect();
    assert_eq!(names, ["api-health", "api-health-2"], "neither takes the other's place");
    day.say(Signal::Probe("api-health".to_owned()), Measure::Passed("open".to_owned()));
    assert_eq!(*day.room.standing(&day.item("Started")), Standing::Open);
    day.say(Signal::Probe("api-health-2".to_owned()), Measure::Passed("200".to_owned()));
    assert!(matches!(day.room.standing(&day.item("Started")), Standing::Observed { .. }));

    let text = day.room.text().replace("- [ ] Started\n", "");
    let own = day.room.settings().map(str::to_owned);
    day.act(&Intent::Reread { text, settings: own, reader: "1".to_owned() });
    assert!(day.room.bindings().is_empty(), "what it observed is gone");
}

#[test]
fn folding_the_log_gives_what_was_bound_and_armed() {
    let mut day = Day::of(&settings(LAG));
    let event = accepted(&day, "Started", DRAFT);
    let text = serde_json::to_string(&event).unwrap();
    assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    day.log(event);
    day.act(&arm("lag", "lag --now"));
    let mut again = Room::open(day.room.opened().clone());
    let event = accepted(&day, "Started", DRAFT);
    for (seq, event) in
        [event, Event::CommandArmed { probe: "lag".to_owned(), digest: plan::config::digest("lag --now") }]
            .into_iter()
            .enumerate()
    {
        let seq = u64::try_from(seq).unwrap() + 2;
        let (occurred_at, actor) = (day.now, "MK".to_owned());
        again.apply(&Recorded { seq, occurred_at, recorded_at: occurred_at, actor, event });
    }
    assert_eq!(again.config(), day.room.config());
    assert!(again.is_armed("lag", "lag --now"));
}

#[test]
fn a_named_person_accepts_a_proposal_as_it_was_shown_and_takes_it_back() {
    let text = format!("{TEXT}\n## Quick reference\n- API health: https://api.harbour.io/health\n")
        .replace("- [ ] Started", "- [ ] Started\n- [ ] Service health verified\n- [ ] TLS certificate valid");
    let mut day = Day::with(&text, SETTINGS);
    let all = plan::propose(day.room.plan(), day.room.own_config()).proposals;
    let one = all.iter().find(|one| one.text == "Service health verified").unwrap();
    let accept = |digest: &str| Intent::AcceptBinding { proposal: one.id.clone(), digest: digest.to_owned() };
    let drop_it = || Intent::DropBinding { proposal: one.id.clone() };
    let digest = plan::config::digest(&one.draft);

    assert_eq!(
        day.try_it(&accept("0")),
        "The checklist proposes something else there than what was shown: look at it again, and accept that."
    );
    day.act(&drop_it());
    assert!(day.room.is_dropped(&one.id));
    assert_eq!(day.try_it(&drop_it()), "It is dropped already.");
    day.act(&accept(&digest));
    assert!(!day.room.is_dropped(&one.id));
    assert_eq!(day.try_it(&accept(&digest)), "It is accepted already.");
    day.say(Signal::Probe("api-health".to_owned()), Measure::Passed("200 in 4 ms".to_owned()));
    assert!(matches!(day.room.standing(&day.item("Service health")), Standing::Observed { .. }));
    day.room.actor = None;
    assert_eq!(day.try_it(&drop_it()), "This takes a person's name: choose who you are first (Shift+P).");
    day.room.actor = Some("MK".to_owned());
    day.act(&drop_it());
    assert!(day.room.bindings().is_empty());
    let unknown = Intent::AcceptBinding { proposal: "b-0".to_owned(), digest };
    assert_eq!(day.try_it(&unknown), "There is no such proposal in this room: look at the page again.");
}
