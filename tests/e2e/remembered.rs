//! What the next start still knows.

use tests::home::Home;
use tests::other_day::other_day;

use crate::walk::{enter, start};

#[test]
fn the_window_has_its_size_again() {
    let home = Home::new().expect("a home");
    {
        let window = start(&home);
        window.resize(1210, 777);
        window.close();
    }
    let window = start(&home);
    window.wait_until("the window is 1210 × 777 again", |window| window.size() == (1210, 777));
}

#[test]
fn the_checklist_can_be_opened_again_by_one_key() {
    let home = Home::new().expect("a home");
    let path = home.write("cutover.md", other_day(11).text).expect("the checklist");
    drop(enter(&home, &path));
    let window = start(&home);
    window.press("2");
    window.wait_for("opening");
}
