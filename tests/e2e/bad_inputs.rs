//! Files that cannot be opened: one clear sentence, in the window.

use tests::bad_inputs::{bad_inputs, without_boxes};
use tests::home::Home;

use crate::window::Window;

#[test]
fn a_file_that_cannot_be_opened_gets_a_sentence() {
    let home = Home::new().expect("a home");
    for input in bad_inputs(&home).expect("bad inputs") {
        let window = Window::open(&home, &[input.path.as_os_str()]);
        window.wait_for("start");
        let sentence = window.text("problem");
        for name in input.names {
            assert!(sentence.to_lowercase().contains(name), "{}: {sentence:?} does not name {name:?}", input.what);
        }
        assert!(!window.is_there("room") && !window.is_there("opening"), "{}", input.what);
        // It is no dead end: the next thing to do still answers.
        window.press("ctrl+k");
        window.wait_for("palette");
    }
}

#[test]
fn a_file_with_nothing_to_tick_says_so() {
    let home = Home::new().expect("a home");
    for input in without_boxes(&home).expect("files without boxes") {
        let window = Window::open(&home, &[input.path.as_os_str()]);
        window.wait_until("the file is read or refused", |window| {
            window.is_there("opening") || window.is_there("problem")
        });
        let words = window.all_words().to_lowercase();
        for name in input.names {
            assert!(words.contains(name), "{}: nothing names {name:?} in {words:?}", input.what);
        }
    }
}
