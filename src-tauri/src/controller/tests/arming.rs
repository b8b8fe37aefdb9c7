//! Commands armed, proposals accepted: what is asked then, and what another laptop makes of the same file.

use std::collections::BTreeSet;

use plan::config::digest;

use super::acting::{done, in_room};
use super::*;
use crate::armed::Armed;
use crate::wire::{ProposalView, SignalsView, StartView};

const TEXT: &str = "# Ship pay

## Phase 2: Deployment (Jan 21, 2026, 6:30 AM)
- [ ] Deployment started
- [ ] The lag is small
- [ ] TLS certificate valid

## Quick reference
- API health: https://api.harbour.io/health
";

const COMMAND: &str = "lag --now";

const SETTINGS: &str = "version = 1
[probes.lag]
kind = \"command\"
command = \"lag --now\"
every = \"30s\"
timeout = \"4s\"
[[bind]]
item = \"The lag is small\"
probe = \"lag\"
";

fn checklist_with(settings: &str) -> Checklist {
    let (config, _) = plan::config::parse(settings);
    let (plan, findings) = plan::read(TEXT, &config);
    Checklist {
        path: PathBuf::from("/home/mk/pay.md"),
        text: TEXT.to_owned(),
        settings: Some(settings.to_owned()),
        plan,
        findings,
    }
}

/// In the room, with its first effects.
fn entered() -> (Table, Vec<Effect>) {
    let mut table = Table::laid();
    table.subscribe();
    table.read(checklist_with(SETTINGS));
    let effects = table.enter("2026-01-21T06:30");
    assert_eq!(table.answer(), Some(Ok(())));
    (table, effects)
}

fn named(table: &mut Table) {
    done(table, Act::NamePerson { initials: "MK".to_owned(), name: "Mira".to_owned(), role: String::new() });
    done(table, Act::ChooseActor { initials: "MK".to_owned() });
}

fn arm() -> Act {
    Act::ArmCommand { probe: "lag".to_owned(), digest: digest(COMMAND) }
}

/// What is asked last: the number of the order, the probes, the commands that may run.
fn asked(effects: &[Effect]) -> Option<(u64, Vec<String>, Armed)> {
    effects.iter().rev().find_map(|effect| match effect {
        Effect::Watch { number, config, armed, .. } => {
            Some((*number, config.probes.keys().cloned().collect(), armed.clone()))
        }
        _ => None,
    })
}

fn lag() -> Armed {
    BTreeSet::from([("lag".to_owned(), COMMAND.to_owned())])
}

/// The start window, with the rooms that the disk has.
fn start(table: &mut Table) -> StartView {
    table.subscribe();
    table.subscribe().start.unwrap()
}

fn signals(table: &mut Table) -> SignalsView {
    table.subscribe().signals.unwrap()
}

fn proposal(table: &mut Table) -> ProposalView {
    signals(table).proposals.into_iter().find(|one| one.text == "TLS certificate valid").unwrap()
}

#[test]
fn a_command_runs_once_a_person_armed_it_and_no_more_once_it_is_disarmed() {
    let (mut table, effects) = entered();
    assert_eq!(asked(&effects), Some((1, vec!["lag".to_owned()], Armed::new())));
    let known = signals(&mut table).signals.remove(0).command.unwrap();
    assert_eq!((known.armed, known.words.as_str()), (false, "Not armed: it does not run"));
    assert_eq!(
        (known.folder.as_str(), known.every.as_str(), known.limit.as_str()),
        ("/home/mk", "every 30 s", "ended after 4 s")
    );
    assert_eq!(table.refusal(in_room(arm())).1, "This takes a person's name: choose who you are first (Shift+P).");

    named(&mut table);
    let effects = table.act(in_room(arm()));
    assert_eq!(table.answer(), Some(Ok(())));
    // It goes on under the number that it has: what else is asked is not begun anew.
    assert_eq!(asked(&effects), Some((1, vec!["lag".to_owned()], lag())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepArmed { is_armed: true, .. })), "{effects:?}");
    let known = signals(&mut table).signals.remove(0).command.unwrap();
    assert_eq!((known.armed, known.words.as_str()), (true, "Armed by MK · 05:48:10"));
    let log = table.subscribe().log.unwrap();
    assert_eq!(log.tail[0].text, "Armed: the command of lag runs from now on");
    assert!(log.tail[0].detail.starts_with("lag --now (SHA-256 "), "{}", log.tail[0].detail);

    let effects = table.act(in_room(Act::DisarmCommand { probe: "lag".to_owned() }));
    assert_eq!(asked(&effects), Some((1, vec!["lag".to_owned()], Armed::new())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepArmed { is_armed: false, .. })), "{effects:?}");
}

#[test]
fn a_closed_room_offers_nothing_to_accept_or_to_arm() {
    let (mut table, _) = entered();
    named(&mut table);
    let of_rail = |table: &mut Table| {
        let pages = table.subscribe().day.unwrap().pages;
        pages.into_iter().find(|page| page.id == "signals").unwrap().count
    };
    let before = of_rail(&mut table);
    assert!(before.contains("not armed") && before.contains("proposal"), "{before}");
    done(&mut table, Act::Close { outcome: "called off".to_owned() });
    let view = signals(&mut table);
    assert_eq!((view.open, view.not_armed), (0, 0));
    assert!(view.proposals.iter().all(|one| one.state != "open"), "{:?}", view.proposals);
    assert_eq!(of_rail(&mut table), view.signals.len().to_string());
}

#[test]
fn a_file_that_came_by_mail_runs_nothing_though_its_log_says_that_it_is_armed() {
    let (mut table, _) = entered();
    named(&mut table);
    table.act(in_room(arm()));
    table.act(Intent::Leave);
    let name = crate::armed::name;
    let here = |known: BTreeSet<String>| {
        let mut other = Table::beside(&table);
        other.controller.laptop.armed = known;
        let start = start(&mut other);
        let effects = other.act(Intent::EnterRoom { id: start.rooms[0].id.clone() });
        let known = signals(&mut other).signals.remove(0).command.unwrap();
        other.act(Intent::Leave);
        (asked(&effects).unwrap().2, known)
    };
    let (armed, known) = here(BTreeSet::new());
    assert_eq!(armed, Armed::new());
    assert!(!known.armed && known.words.starts_with("Not armed here: it was armed by MK"), "{}", known.words);
    let (armed, _) = here(BTreeSet::from([name("another", "lag", COMMAND, Path::new("/home/mk"))]));
    assert_eq!(armed, Armed::new());
    // On the laptop on which it was armed it runs again.
    let (armed, known) = here(table.controller.laptop.armed.clone());
    assert_eq!(armed, lag());
    assert!(known.armed);
}

#[test]
fn what_is_accepted_is_asked_from_then_on_and_what_is_taken_back_no_more() {
    let (mut table, _) = entered();
    named(&mut table);
    let one = proposal(&mut table);
    assert_eq!((one.state.as_str(), one.asks.as_str()), ("open", "api.harbour.io:443"));
    assert_eq!(one.pace, "every 10 min, within 5 s");
    assert_eq!(signals(&mut table).open, 1);
    let other = Act::AcceptBinding { proposal: one.id.clone(), digest: digest("else") };
    assert!(table.refusal(in_room(other)).1.starts_with("The checklist proposes something else"));

    let effects = table.act(in_room(Act::AcceptBinding { proposal: one.id.clone(), digest: one.digest.clone() }));
    assert_eq!(table.answer(), Some(Ok(())));
    assert_eq!(asked(&effects), Some((1, vec!["api-tls".to_owned(), "lag".to_owned()], Armed::new())));
    let view = signals(&mut table);
    assert_eq!((view.open, view.signals[0].proposal.as_str()), (0, one.id.as_str()));
    assert_eq!(view.signals[0].said, "accepted by MK · 05:48:10");
    assert_eq!(view.signals[0].observes, ["TLS certificate valid"]);
    assert_eq!(view.file, "~/war-room.toml");
    // What is put beside the checklist reads as settings, and says the same.
    let (config, mistakes) = plan::config::parse(&format!("{SETTINGS}\n{}", view.settings));
    assert!(mistakes.iter().all(|mistake| mistake.level == plan::Level::Note), "{mistakes:?}");
    assert!(config.probes.contains_key("api-tls") && config.binds.len() == 2);

    // It holds after a restart.
    table.act(Intent::Leave);
    let mut later = Table::beside(&table);
    let start = start(&mut later);
    let effects = later.act(Intent::EnterRoom { id: start.rooms[0].id.clone() });
    assert_eq!(asked(&effects).unwrap().1, ["api-tls", "lag"]);
    let effects = later.act(in_room(Act::DropBinding { proposal: one.id }));
    assert_eq!(asked(&effects).unwrap().1, ["lag"]);
    assert_eq!(proposal(&mut later).state, "dropped");
}
