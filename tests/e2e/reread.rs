//! The checklist edited on disk while its room is open: said, looked at, accepted, and still so after a kill.

use std::fs;

use tests::home::Home;

use crate::record::{room, verify, walk_to};
use crate::walk::{enter, go_to_phase};
use crate::window::Window;

const TEXT: &str = "# Ship pay (Jan 21, 2026)

## Rollout (6:30 AM UTC)
- [ ] The team is told
- [ ] Keys are rotated by the platform team
- [ ] Cake is ordered
";

fn boxes(window: &Window) -> Vec<(String, String)> {
    window.entries("row-item").into_iter().map(|entry| (entry.words, entry.state)).collect()
}

fn state(window: &Window, words: &str) -> String {
    let found = boxes(window).into_iter().find(|(text, _)| text.contains(words));
    found.map(|(_, state)| state).unwrap_or_default()
}

#[test]
fn a_reworded_box_keeps_its_tick_once_the_edit_is_accepted_and_after_a_kill() {
    let home = Home::new().expect("a home");
    let path = home.write("plan/pay.md", TEXT).expect("the checklist");
    {
        let window = enter(&home, &path);
        // On a narrow window what is done folds away, and could not be seen.
        window.resize(1440, 900);
        go_to_phase(&window, 0);
        for words in ["Keys are rotated", "Cake is ordered"] {
            walk_to(&window, words);
            window.press(" ");
            window.wait_until("it is ticked", |window| state(window, words) == "stated");
        }
        // As editors do: another file that takes the name.
        let edited = TEXT
            .replace("by the platform team", "by platform")
            .replace("- [ ] Cake is ordered\n", "- [ ] DNS is cut over\n");
        let beside = path.with_extension("md~");
        fs::write(&beside, edited).expect("the edit");
        fs::rename(&beside, &path).expect("the edit");
        window.wait_for("reread-bar");
        assert!(window.text("reread-bar").contains("1 reworded, 1 new, 1 gone"), "{}", window.text("reread-bar"));
        assert_eq!(state(&window, "by the platform team"), "stated", "nothing changes before it is accepted");
        window.press("shift+c");
        window.wait_for("reread-dialog");
        let words = window.text("reread-dialog");
        assert!(words.contains(": kept") && words.contains("stays in the log alone"), "{words}");
        // Put off, and looked at again.
        window.press("escape");
        window.wait_until_gone("reread-dialog");
        window.press("shift+c");
        window.wait_for("reread-dialog");
        window.press("ctrl+enter");
        window.wait_until_gone("reread-dialog");
        window.wait_until("the new words are there", |window| state(window, "by platform") == "stated");
        assert_eq!(state(&window, "DNS"), "open");
        assert!(!window.is_there("reread-bar"));
        window.kill();
    }
    let window = Window::open(&home, &[room(&home).as_os_str()]);
    window.wait_for("room");
    go_to_phase(&window, 0);
    assert_eq!(state(&window, "by platform"), "stated");
    assert_eq!(state(&window, "DNS"), "open");
    assert!(!boxes(&window).iter().any(|(words, _)| words.contains("Cake")));
    window.close();
    let (code, words) = verify(&home, &[]);
    assert_eq!(code, 0, "{words}");
}
