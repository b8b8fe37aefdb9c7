//! From a key to the frame that shows what it did: `cargo xtask bench`. Nothing is asserted about times.

use std::time::Duration;

use serde_json::Value;
use tests::bare::BareFile;
use tests::home::Home;
use tests::long_text::long_text;
use tests::measure::{Times, keep};

use crate::walk::{enter, go_to_phase, rail};
use crate::window::Window;

/// How many boxes are ticked.
const BOXES: usize = 40;
const PHASE: &str = "Boxes of the bench";

/// Watches the page from inside, where neither the driver nor its messages count. A time ends with the first task after a
/// frame: then the frame is drawn. `event.timeStamp` is when the key came into the page's process.
pub(crate) const WATCH: &str = "
    const drawn = (then) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { channel.port1.close(); then(performance.now()); };
        channel.port2.postMessage(null);
    });
    const watch = { id: null, pressed: 0, took: null, waiting: null, drawn };
    addEventListener('keydown', (event) => {
        const row = event.target.closest?.('[data-testid=\"row-item\"]');
        if (event.key !== ' ' || row === null) return;
        Object.assign(watch, { id: row.dataset.id, pressed: event.timeStamp, took: null });
    }, true);
    new MutationObserver((changes) => {
        const isDone = changes.some(({ target }) => target.dataset.id === watch.id && target.dataset.state === 'stated');
        if (!isDone) return;
        const id = watch.id;
        const changed = performance.now() - watch.pressed;
        watch.id = null;
        drawn((now) => {
            watch.took = { id, changed, painted: now - watch.pressed };
            watch.waiting?.(watch.took);
        });
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['data-state'] });
    window.watch = watch;
";

#[test]
#[ignore = "measures; cargo xtask bench runs it"]
fn acts_are_painted() {
    let home = Home::new().expect("a home");
    let checklist = home.write("bench.md", checklist()).expect("a checklist");
    // In the same folder as the room, and so on the same disk.
    let bare = BareFile::create(&home.path().join("bare.sqlite")).expect("a bare file");
    bare.commit().expect("a bare commit");
    let window = enter(&home, &checklist);
    window.resize(1440, 900);
    let phase = rail(&window).iter().position(|title| title.contains(PHASE)).expect("the phase with the boxes");
    go_to_phase(&window, phase);
    window.script(WATCH, vec![]);

    let (mut commits, mut frames) = (Times::of("bare commit beside the window"), Times::of("bare frame"));
    let (mut changed, mut painted) = (Times::of("act to changed row"), Times::of("act to painted"));
    for number in 0..BOXES {
        window.press("j");
        window.wait_until("the next box has the keyboard", |window| {
            window.focused_box().is_some_and(|entry| entry.words.contains(&format!("box {number} ")))
        });
        let row = window.focused_box().expect("a box has the keyboard");
        assert_eq!(row.state, "open", "{row:?}");
        commits.add(bare.commit().expect("a bare commit"));
        let frame = window
            .script_that_answers("const begun = performance.now(); watch.drawn((now) => arguments[0](now - begun))");
        frames.add(time(&frame));
        let (to_change, to_paint) = ticked(&window, &row.id);
        changed.add(to_change);
        painted.add(to_paint);
    }
    let lines = [commits.line(None), frames.line(None), changed.line(Some(&commits)), painted.line(Some(&commits))];
    keep(&lines).expect("the lines are kept");
}

/// Ticks the box that has the keyboard, in a window with [`WATCH`]: how long until its row was another, and until that was
/// drawn.
fn ticked(window: &Window, id: &str) -> (Duration, Duration) {
    window.press(" ");
    let took = window
        .script_that_answers("if (watch.took !== null) arguments[0](watch.took); else watch.waiting = arguments[0]");
    window.script("watch.waiting = null", vec![]);
    times(&took, id)
}

/// What the page measured of this box: until its row was another, and until that was drawn.
pub(crate) fn times(took: &Value, id: &str) -> (Duration, Duration) {
    assert_eq!(took["id"], id, "another box was painted");
    (time(&took["changed"]), time(&took["painted"]))
}

/// A checklist of real size, and then boxes that ask for nothing more than a tick.
fn checklist() -> String {
    let boxes: String = (0..BOXES).map(|number| format!("- [ ] Look at box {number} once\n")).collect();
    format!("{}\n## {PHASE} (Mar 4)\n\n{boxes}", long_text().expect("a long text"))
}

/// A time as the page tells it; WebKit gives whole milliseconds.
fn time(value: &Value) -> Duration {
    let ms = value.as_f64().unwrap_or_else(|| panic!("{value} is no time"));
    Duration::try_from_secs_f64(ms / 1000.0).unwrap_or_else(|error| panic!("{ms} ms is no time: {error}"))
}
