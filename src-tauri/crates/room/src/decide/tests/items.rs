//! Given, when, then: a check with others below it, one that waits and comes back, and what is attached.

use super::{Given, TEXT, state};
use crate::event::{Evidence, Opened};
use crate::intent::Intent;
use crate::state::{Room, Standing};

fn given() -> Given {
    let nested = "- [ ] Cluster\n  - [ ] Nodes ready\n  - [ ] Storage\n    - [ ] Class\n";
    let text = TEXT.replace("- [ ] Cake ordered\n", nested);
    let opened = Opened { text, ..Given::a_room().room.opened().clone() };
    Given { room: Room::open(opened), ..Given::a_room() }
}

#[test]
fn what_is_open_below_keeps_a_check_open() {
    let given = given();
    let [cluster, nodes, storage, class] =
        ["Cluster", "Nodes", "Storage", "Class"].map(|text| state(&given, text, None));
    let given = given
        .refused(
            &cluster,
            "Open below it: Nodes ready; Storage; Class. Settle each of them first, or override this one with a reason.",
        )
        .when(&nodes)
        .refused(&storage, "Open below it: Class. Settle each of them first, or override this one with a reason.")
        .when(&class)
        .when(&storage)
        // All below is settled, and nothing ticks by itself.
        .then("Cluster", &Standing::Open)
        .when(&cluster);
    assert!(given.room.is_done(&given.item("Cluster")));
    // What is taken back below opens what stands above it.
    let undo = Intent::Undo { item: Some(given.item("Class")) };
    let given = given.when(&undo);
    assert!(!given.room.is_done(&given.item("Cluster")) && !given.room.is_done(&given.item("Storage")));
    assert!(given.room.is_done(&given.item("Nodes")));
}

#[test]
fn what_does_not_apply_below_leaves_nothing_open_and_an_override_says_why() {
    let given = given();
    let none = |text: &str| Intent::NotApplicable { item: given.item(text), reason: "managed".to_owned() };
    let (nodes, storage, class) = (none("Nodes"), none("Storage"), none("Class"));
    let over = Intent::Override { item: given.item("Cluster"), reason: "by agreement".to_owned() };
    let cluster = state(&given, "Cluster", None);
    given.when(&over).when(&nodes).when(&storage).when(&class).when(&cluster);
}

#[test]
fn what_waits_is_ticked_where_it_came_back_to() {
    let given = given();
    let to = given.phase("Go-live");
    let watched = given.item("Watched");
    let defer = Intent::Defer { item: watched, to: to.clone(), reason: "nobody is up".to_owned() };
    let tick = state(&given, "Watched", None);
    given
        .when(&defer)
        .then("Watched", &Standing::Deferred { to, reason: "nobody is up".to_owned() })
        .when(&tick)
        .then("Watched", &Standing::Stated { saw: None });
}

#[test]
fn evidence_is_words_a_web_address_or_a_digest() {
    let given = given();
    let item = given.item("Nodes");
    let text =
        |text: &str| Intent::AddEvidence { item: item.clone(), evidence: Evidence::Text { text: text.to_owned() } };
    let file = Evidence::File { name: "nodes.txt".to_owned(), bytes: 812, sha256: "ab".repeat(32) };
    let file = Intent::AddEvidence { item: item.clone(), evidence: file };
    let given = given
        .refused(&text("  "), "Say what shows it first.")
        .when(&text("3 of 3 ready, looked at 14:02"))
        .when(&text("https://grafana.example/d/1"))
        .refused(&text("https://grafana.example/d/1"), "It is attached already.")
        .refused(
            &text("file:///etc/passwd"),
            "Only web addresses are attached, which begin with https:// or http://: write it in words, or attach the file.",
        )
        .when(&file);
    let kept: Vec<bool> =
        given.room.evidence(&item).iter().map(|one| matches!(one.evidence, Evidence::Link { .. })).collect();
    assert_eq!(kept, [false, true, false]);
}
