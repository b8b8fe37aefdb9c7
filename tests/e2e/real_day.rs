//! The real checklist from its first box to its last, by keyboard.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;
use tests::boxes::boxes;
use tests::home::Home;
use tests::real_checklist;

use crate::walk::{enter, page, walk};

#[test]
fn every_box_of_the_real_checklist_is_met_once() {
    let Some(path) = real_checklist() else { return };
    let text = fs::read_to_string(&path).expect("the real checklist");
    let home = Home::new().expect("a home");
    let window = enter(&home, &path);
    window.resize(1440, 900);

    let stops = walk(&window);
    let mut lines: Vec<u32> = Vec::new();
    for stop in &stops {
        let walked: Vec<&str> = stop.boxes.iter().map(|one| one.id.as_str()).collect();
        let shown: Vec<&str> = stop.shown.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(walked, shown, "J walks the boxes of {} in their order", stop.title);
        if !shown.is_empty() {
            let total = shown.len().to_string();
            assert!(
                stop.entry.ends_with(&format!(" 0/{total}")),
                "the run of the day says {:?}, {total} are shown",
                stop.entry
            );
        }
        lines.extend(stop.shown.iter().map(|one| one.line.parse::<u32>().expect("a line")));
    }
    let counts: Vec<usize> = stops.iter().map(|stop| stop.shown.len()).filter(|count| *count > 0).collect();
    assert_eq!(counts, [9, 13, 46, 15, 6, 17, 22, 5, 13, 9, 11]);

    page(&window, "r", "rollback");
    lines.extend(window.entries("row-item").iter().map(|one| one.line.parse::<u32>().expect("a line")));
    page(&window, "m", "messages");
    let messages = window.entries("message-entry");
    assert_eq!(messages.len(), 12);
    lines.extend(window.entries("row-item").iter().map(|one| one.line.parse::<u32>().expect("a line")));
    let met: BTreeSet<u32> = lines.iter().copied().collect();
    assert_eq!(met.len(), lines.len(), "a box is shown in two places");

    page(&window, "b", "written");
    let written: Vec<u32> = window.entries("row-item").iter().map(|one| one.line.parse().expect("a line")).collect();
    let expected: Vec<u32> = boxes(&text).iter().map(|one| one.line).collect();
    assert_eq!(written, expected, "the whole checklist has each box of the file once, in its order");
    assert_eq!(written.len(), 180);
    let elsewhere: Vec<u32> = written.iter().copied().filter(|line| !met.contains(line)).collect();
    // Seven boxes are messages, and stand in the list of messages.
    assert_eq!(elsewhere.len() + met.len(), 180);
    assert!(elsewhere.len() <= messages.len(), "no place but the whole checklist: lines {elsewhere:?}");
    let claimed = window.entries("row-item").iter().filter(|one| one.state == "claimed").count();
    let ticked = boxes(&text).iter().filter(|one| one.ticked).count();
    // The eleven success criteria that the file ticks before the day open empty.
    assert_eq!((claimed, ticked), (9, 20), "what the file ticks is a claim");
}

#[test]
fn gates_criteria_and_pages_say_what_the_file_says() {
    let Some(path) = real_checklist() else { return };
    let home = Home::new().expect("a home");
    let window = enter(&home, &path);
    window.resize(1440, 900);

    let stops = walk(&window);
    let gates: Vec<&String> = stops.iter().flat_map(|stop| &stop.gates).collect();
    assert_eq!(gates.len(), 3, "{gates:?}");
    for (gate, (share, hold)) in gates.iter().zip([("10 %", "05:00"), ("50 %", "10:00"), ("100 %", "30:00")]) {
        assert!(gate.contains(share) && gate.contains(hold), "{gate:?} is the gate of {share}, hold {hold}");
    }
    let deployment = stops.iter().find(|stop| !stop.gates.is_empty()).expect("a phase with gates");
    let side = deployment.criteria.join("\n");
    assert!(side.contains("200 ms") && side.contains("1 %"), "{side}");

    assert!(page(&window, "r", "rollback").to_lowercase().contains("rollback"));
    assert_eq!(window.texts("way").len(), 3);
    let all = window.all_words();
    assert!(all.contains("15:00"), "the limit of the way back: {all}");
    page(&window, "e", "escalation");
    assert_eq!(window.texts("contact").len(), 4);
    page(&window, "q", "references");
    let references = window.texts("reference");
    assert!(references.iter().any(|one| one.contains("https://grafana.x0tta6bl4.com")), "{references:?}");
    assert!(references.iter().any(|one| one.contains("./.zencoder/")), "{references:?}");
    window.press("/");
    window.wait_until("the search has the keyboard", |window| {
        window.script("return document.activeElement?.tagName", vec![]) == json!("INPUT")
    });
    window.write("grafana");
    window.wait_until("only Grafana is left", |window| {
        let left = window.texts("reference");
        !left.is_empty() && left.iter().all(|one| one.to_lowercase().contains("grafana"))
    });
    window.press("escape");
}
