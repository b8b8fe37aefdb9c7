//! A checklist that nobody has seen before: the window follows the file.

use tests::home::Home;
use tests::other_day::other_day;

use crate::walk::{accept, totals, walk};
use crate::window::Window;

#[test]
fn the_window_follows_another_file() {
    // A new name in each run: nothing about it can be known beforehand.
    let day = other_day(std::process::id());
    let home = Home::new().expect("a home");
    let path = home.write("cutover.md", &day.text).expect("the checklist");
    let window = Window::open(&home, &[path.as_os_str()]);
    window.resize(1440, 900);
    window.wait_for("start-field");
    let proposed = window.script(
        "const field = seen('start-field')[0]; return field.value ?? field.querySelector('input').value",
        vec![],
    );
    assert_eq!(proposed.as_str().map(|start| start.replace(' ', "T")), Some(day.start.clone()));
    accept(&window);

    let stops = walk(&window);
    let seen: Vec<(String, usize)> =
        stops.iter().filter(|stop| !stop.shown.is_empty()).map(|stop| (stop.title.clone(), stop.boxes.len())).collect();
    assert_eq!(seen.len(), day.phases.len(), "{seen:?}");
    for ((title, count), (expected_title, expected_count)) in seen.iter().zip(&day.phases) {
        assert!(title.contains(expected_title.as_str()), "{title:?} is {expected_title:?}");
        assert_eq!(count, expected_count, "{title}");
    }
    assert_eq!(totals(&window).iter().sum::<usize>(), 10);

    let deploy = stops.iter().find(|stop| !stop.gates.is_empty()).expect("a phase with gates");
    assert!(deploy.entry.contains("22:45"), "{:?}", deploy.entry);
    assert_eq!(deploy.gates.len(), day.gates.len(), "{:?}", deploy.gates);
    for (card, (share, hold)) in deploy.gates.iter().zip(&day.gates) {
        assert!(
            card.contains(share.as_str()) && card.contains(hold.as_str()),
            "{card:?} is the gate of {share}, hold {hold}"
        );
    }
    let side = deploy.criteria.join("\n");
    assert!(side.contains("150 ms") && side.contains("2 %"), "{side}");
    assert!(
        !side.contains("200 ms") && !window.all_words().contains("x0tta6bl4"),
        "the real checklist shines through: {side}"
    );
}
