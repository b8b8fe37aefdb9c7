//! The real checklist from its first box to its last at simulated speed, in the real window and by the keyboard; and the
//! story that the log tells of it, compared with one in plain words.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::home::Home;
use tests::{program, real_checklist};

use crate::notices::send_by_hand;
use crate::pictures::{SIZES, every_look, file, give_theme};
use crate::pictures_of_alarms::{name, name_a_person};
use crate::report::report_of;
use crate::story::{said_once, story};
use crate::walk::{go_to_phase, page, rail};
use crate::window::{Entry, Window};

/// When each phase of the run of the day begins, in seconds after T0; what has no time of its own is done with the one before.
const BEGINS: [i64; 8] = [-600_000, -600_000, -600_000, -52_200, -1_800, 0, 3_600, 5_400];

/// The last phase before the day.
const DAY_BEFORE: usize = 3;

/// The phase with the gates.
const DEPLOYMENT: usize = 5;

/// How gates and holds begin.
const GATES: [&str; 5] = ["10% Traffic", "50% Traffic", "100% Traffic", "Hold for", "Monitor for"];

/// More presses than any phase of the checklist has boxes.
const MOST: usize = 80;

/// Where the rehearsal stands: days and seconds after T0, negative before it.
fn seconds_after_t0(window: &Window) -> i64 {
    let shown = window.text("clock");
    let words: String = shown.chars().skip_while(|letter| *letter != 'T').collect();
    let sign = if words.starts_with("T-") || words.starts_with("T\u{2212}") { -1 } else { 1 };
    let words = words.trim_start_matches(['T', '-', '+', '\u{2212}']).split(' ').collect::<Vec<_>>();
    let mut seconds = 0;
    for word in words {
        if let Some(days) = word.strip_suffix('d').and_then(|days| days.parse::<i64>().ok()) {
            seconds += days * 86_400;
            continue;
        }
        let parts: Vec<i64> = word.split(':').map_while(|part| part.parse().ok()).collect();
        match parts.as_slice() {
            [hours, minutes, seconds_] => seconds += hours * 3600 + minutes * 60 + seconds_,
            [minutes, seconds_] => seconds += minutes * 60 + seconds_,
            _ => {}
        }
        break;
    }
    sign * seconds
}

/// Lets the time pass, from one thing that is due to the next, until it is as late as that.
fn skip_to(window: &Window, after_t0: i64) {
    for _ in 0..MOST {
        let before = seconds_after_t0(window);
        if before >= after_t0 {
            return;
        }
        skip(window);
    }
    panic!("skipping does not reach {after_t0} s: {}", window.text("clock"));
}

fn skip(window: &Window) {
    let skipped_to = |window: &Window| window.texts("skipped-to").concat();
    let before = skipped_to(window);
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write("Skip to what");
    window.press("enter");
    window.wait_until_gone("palette");
    window.wait_until("the waiting is skipped", |window| skipped_to(window) != before);
}

/// What Space came to.
#[derive(Debug, PartialEq)]
enum Came {
    /// The box stands otherwise now, or went with its round, which is finished and no more the latest.
    Settled,
    /// What was seen is asked for.
    Saw,
    /// Its blanks are asked for.
    Blanks,
    /// It was refused, with this sentence.
    Refused(String),
}

fn came_of(window: &Window, id: &str, before: &str) -> Option<Came> {
    let found = window.script(
        "const box = seen('row-item').find((element) => element.dataset.id === arguments[0]);
         const problem = box?.closest('li')?.querySelector('[data-testid=problem]') ?? seen('problem')[0];
         return [box?.dataset.state ?? 'gone', seen('saw-field').length > 0, seen('blank-field').length > 0,
             problem ? words(problem) : '']",
        vec![json!(id)],
    );
    let text = |index: usize| found[index].as_str().unwrap_or_default().to_owned();
    match () {
        () if found[1] == Value::Bool(true) => Some(Came::Saw),
        () if found[2] == Value::Bool(true) => Some(Came::Blanks),
        () if !text(3).is_empty() => Some(Came::Refused(text(3))),
        () if !text(0).is_empty() && text(0) != before => Some(Came::Settled),
        () => None,
    }
}

fn space(window: &Window, id: &str, before: &str) -> Came {
    window.press(" ");
    wait_for_it(window, id, before)
}

fn wait_for_it(window: &Window, id: &str, before: &str) -> Came {
    let started = Instant::now();
    while started.elapsed() < Duration::from_secs(10) {
        if let Some(came) = came_of(window, id, before) {
            return came;
        }
    }
    panic!("nothing comes of Space on {id} ({before}): {}", window.all_words());
}

/// Goes to a box with J and K.
fn reach(window: &Window, ids: &[&str], id: &str) -> Entry {
    let place = |id: &str| ids.iter().position(|one| *one == id);
    let to = place(id);
    for _ in 0..MOST {
        let at = window.focused_box();
        match &at {
            Some(focused) if focused.id == id => return at.expect("a box has the keyboard"),
            // A box of another phase is one of the next: J goes on from where it was last.
            Some(focused) if place(&focused.id).is_none_or(|at| Some(at) > to) => window.press("k"),
            _ => window.press("j"),
        }
        let before = at.map(|focused| focused.id);
        if !moves_on(window, before.as_ref()) {
            // Past the last box of all there is none: the way to it is back.
            window.press("k");
            moves_on(window, before.as_ref());
        }
    }
    panic!("J and K do not reach {id}");
}

/// Whether another box gets the keyboard.
fn moves_on(window: &Window, before: Option<&String>) -> bool {
    (0..40).any(|_| window.focused_box().is_some_and(|focused| Some(&focused.id) != before))
}

/// What somebody would say of a check that asks for what was seen.
fn saw(words: &str) -> &'static str {
    let words = words.to_lowercase();
    let is_of = |these: &[&str]| these.iter().any(|word| words.contains(word));
    match () {
        () if is_of(&["restart"]) => "0",
        () if is_of(&["(7/7)"]) => "7/7",
        () if is_of(&["pod"]) => "3/3",
        () if is_of(&["error rate", "pass rate"]) => {
            if words.contains("pass") {
                "97 %"
            } else {
                "0.01 %"
            }
        }
        () if is_of(&["latency", "p95", "p99"]) => "90 ms",
        () if is_of(&["cpu", "memory"]) => "20 %",
        () if is_of(&["uptime"]) => "100 %",
        () => "as it should be",
    }
}

/// Whether somebody has to say something of a box.
fn is_open(one: &Entry) -> bool {
    matches!(one.state.as_str(), "open" | "claimed" | "word_ran_out")
}

/// Says with Space that a box is as it should be; the sentence, where that is refused.
fn say(window: &Window, now: &Entry) -> Option<String> {
    match space(window, &now.id, &now.state) {
        Came::Settled => None,
        Came::Refused(sentence) => {
            window.press("escape");
            Some(format!("{}: {sentence}", now.line))
        }
        came => {
            let field = if came == Came::Saw { "saw-field" } else { "blank-field" };
            window.write(saw(&now.words));
            window.press("enter");
            window.wait_until(&format!("what was said of line {} is taken or not", now.line), |window| {
                window.is_there("problem") || !window.is_there(field)
            });
            let sentence = window.is_there("problem").then(|| format!("{}: {}", now.line, window.text("problem")))?;
            window.press("escape");
            window.wait_until_gone(field);
            Some(sentence)
        }
    }
}

/// Does every box of a phase that is still open, from its first to its last; the sentences of those that were refused.
fn do_phase(window: &Window, index: usize) -> Vec<String> {
    go_to_phase(window, index);
    let mut refused = Vec::new();
    let boxes = window.entries("row-item");
    let ids: Vec<&str> = boxes.iter().map(|one| one.id.as_str()).collect();
    for one in boxes.iter().filter(|one| is_open(one)) {
        // Its card passes a gate, and the clock its hold; what is observed of it needs no word.
        let is_observed = index == DEPLOYMENT && one.words.contains("Observed by");
        if is_observed || GATES.iter().any(|of_gate| one.words.starts_with(of_gate)) {
            continue;
        }
        let now = reach(window, &ids, &one.id);
        // What is observed came true meanwhile.
        if !is_open(&now) {
            continue;
        }
        refused.extend(say(window, &now));
    }
    refused
}

/// Says of every box of a page that is still open that it is as it should be.
fn do_page(window: &Window) {
    let boxes = window.entries("row-item");
    let ids: Vec<&str> = boxes.iter().map(|one| one.id.as_str()).collect();
    for one in boxes.iter().filter(|one| is_open(one)) {
        let now = reach(window, &ids, &one.id);
        if is_open(&now) {
            assert_eq!(say(window, &now), None);
        }
    }
}

/// Asks the commands for this.
fn command(window: &Window, words: &str) {
    window.press("ctrl+k");
    window.wait_for("palette");
    window.write(words);
    window.press("enter");
    window.wait_until_gone("palette");
}

/// Shows that a check was done, and sees it at the box.
fn add_evidence(window: &Window, index: usize) {
    go_to_phase(window, index);
    window.press("j");
    command(window, "Attach evidence");
    window.wait_for("reason-field");
    look(window, "evidence-asked");
    window.write("run 4711 was green");
    window.press("enter");
    window.wait_until("what shows it stands at the box", |window| window.all_words().contains("run 4711 was green"));
    look(window, "evidence");
}

/// The way back, rehearsed: its steps, its marks, and how long it took.
fn rehearse(window: &Window) {
    page(window, "r", "rollback");
    command(window, "Rehearse the way back");
    let chosen =
        "return document.querySelectorAll('[data-testid=way][data-state=chosen] [data-testid=step]').length > 0";
    window.wait_until("the way is chosen", |window| window.script(chosen, vec![]) == json!(true));
    look(window, "rehearsing");
    for _ in 0..MOST {
        let open = "return document.querySelectorAll('[data-testid=way][data-state=chosen] [data-testid=step][data-state=open]').length";
        if window.script(open, vec![]) == json!(0) {
            break;
        }
        let focused = "return document.activeElement?.closest('[data-testid=step]')?.dataset.state ?? ''";
        window.wait_until("an open step has the keyboard", |window| {
            if window.script(focused, vec![]) == json!("open") {
                return true;
            }
            window.press("j");
            false
        });
        window.press(" ");
        window.wait_for("step-form");
        window.write("done");
        window.press("enter");
        window.wait_until_gone("step-form");
    }
    do_page(window);
    window.wait_until("every mark is true", |window| {
        window.press("ctrl+enter");
        window.is_there("declare-dialog")
            && window.script("return !seen('declare-send')[0].disabled", vec![]) == json!(true)
    });
    look_at_dialog(window, "rehearsal-over");
    window.press("ctrl+enter");
    window.wait_until_gone("declare-dialog");
    look(window, "rehearsed");
}

/// Keeps pictures of what is shown, where pictures are asked for.
fn look(window: &Window, name: &str) {
    if let Some(folder) = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from) {
        every_look(window, &folder, &format!("day-{name}"));
        give_theme(window, "dark");
        window.resize(1440, 900);
    }
}

/// The same of a dialog, behind which the window takes no keys.
fn look_at_dialog(window: &Window, name: &str) {
    if let Some(folder) = env::var_os("WAR_ROOM_PICTURES").map(PathBuf::from) {
        for size in SIZES.into_iter().rev() {
            window.resize(size.0, size.1);
            window.picture(&file(&folder, &format!("day-{name}"), size, "dark"));
        }
    }
}

/// The lines of the boxes that are notices: a notice that went is what ticks them.
fn boxes_of_notices(checklist: &Path) -> Vec<String> {
    let output = Command::new(program()).args(["check", "--json"]).arg(checklist).output().expect("the check runs");
    let checked: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let list = |name: &str| checked[name].as_array().expect("a list").clone();
    let boxes: BTreeSet<u64> = list("items").iter().filter_map(|item| item["line"].as_u64()).collect();
    let notices = list("messages").into_iter().filter_map(|notice| notice["line"].as_u64());
    notices.filter(|line| boxes.contains(line)).map(|line| line.to_string()).collect()
}

/// Holds a gate to its end and passes it. A word lasts no longer than five minutes, and is said again.
fn hold(window: &Window, index: usize, share: &str) {
    for _ in 0..MOST {
        do_phase(window, index);
        let state = || {
            let cards = window.entries("gate-card");
            cards.into_iter().find(|card| card.words.starts_with(share)).map(|card| card.state).unwrap_or_default()
        };
        window.wait_until("every condition of the gate is met", |_| ["holding", "held"].contains(&state().as_str()));
        if state() == "held" {
            break;
        }
        look(window, &format!("gate-{}", share.trim_end_matches(" %")));
        skip(window);
    }
    window.press("shift+g");
    window.wait_for("pass-gate");
    look_at_dialog(window, &format!("pass-{}", share.trim_end_matches(" %")));
    assert!(window.text("pass-gate").contains(share), "{}", window.text("pass-gate"));
    window.press("ctrl+enter");
    window.wait_until_gone("pass-gate");
}

/// Does the rounds that are due, on the page of the rounds.
fn do_rounds(window: &Window) {
    page(window, "shift+u", "routines");
    // Where the waiting ended a round is due; what is due besides stands there with it.
    window.wait_for("next-round");
    while window.script("return seen('next-round')[0].disabled", vec![]) == json!(false) {
        do_round(window);
    }
}

fn do_round(window: &Window) {
    window.press("enter");
    window.wait_until("an open check of the round has the keyboard", |window| {
        window.focused_box().is_some_and(|now| is_open(&now))
    });
    for _ in 0..MOST {
        let Some(open) = window.entries("row-item").into_iter().find(is_open) else { break };
        let boxes = window.entries("row-item");
        let ids: Vec<&str> = boxes.iter().map(|one| one.id.as_str()).collect();
        let now = reach(window, &ids, &open.id);
        say(window, &now);
    }
}

/// The room passes on by two signatures, each with a second step.
fn hand_over(window: &Window) {
    window.press("shift+h");
    window.wait_until("the handoff is shown", |window| window.text("page-title").contains("handoff"));
    do_page(window);
    for dialog in ["hand-over-dialog", "take-over-dialog"] {
        window.press("enter");
        window.wait_for(dialog);
        window.press("ctrl+enter");
        window.wait_until_gone(dialog);
    }
    window.wait_until("the second acts", |window| window.text("actor").starts_with("IB"));
    window.press("escape");
    window.wait_for("phase-title");
}

#[test]
fn the_real_checklist_is_rehearsed_whole() {
    let Some(path) = real_checklist() else { return };
    let home = Home::new().expect("a home");
    let arguments: Vec<&OsStr> = ["drill", "whole-plan", "--speed", "1", "--checklist"]
        .iter()
        .map(OsStr::new)
        .chain([path.as_os_str()])
        .collect();
    let window = Window::open(&home, &arguments);
    window.resize(1440, 900);
    window.wait_for("drill-chip");
    window.wait_for("phase-title");
    name(&window, "ib", "Idris Bello");
    name_a_person(&window);
    for (index, after_t0) in BEGINS.iter().enumerate() {
        skip_to(&window, *after_t0);
        let refused = do_phase(&window, index);
        if index == DEPLOYMENT {
            for share in ["10 %", "50 %", "100 %"] {
                hold(&window, index, share);
            }
        } else if !refused.is_empty() {
            // What has boxes below it comes after them.
            assert!(refused.iter().all(|sentence| sentence.contains("Open below it")), "{refused:?}");
            assert_eq!(do_phase(&window, index), [""; 0]);
        }
        if index == 0 {
            add_evidence(&window, index);
        }
        if index == DAY_BEFORE {
            rehearse(&window);
        }
    }
    window.press("shift+l");
    window.wait_for("go-live-dialog");
    look_at_dialog(&window, "go-live");
    window.press("ctrl+enter");
    window.wait_until_gone("go-live-dialog");
    page(&window, "m", "messages");
    do_page(&window);
    send_by_hand(&window, &boxes_of_notices(&path));
    skip(&window);
    do_rounds(&window);
    hand_over(&window);
    skip_to(&window, 24 * 3600);
    do_rounds(&window);
    skip_to(&window, 7 * 24 * 3600 + BEGINS[7]);
    page(&window, "shift+u", "routines");
    // Rounds count from the second of go-live.
    window.wait_until("the weekly round is due", |window| {
        window.texts("other-round").iter().any(|round| round.contains("Weekly") && round.contains(" due · "))
    });
    do_rounds(&window);
    let last = rail(&window).len() - 1;
    assert_eq!(do_phase(&window, last), [""; 0]);
    page(&window, "shift+u", "routines");
    command(&window, "Declare success");
    window.wait_for("success-dialog");
    look_at_dialog(&window, "success-asked");
    window.write("walked in a rehearsal, which nobody watched all the while");
    window.press("ctrl+enter");
    window.wait_until_gone("success-dialog");
    look(&window, "success");
    if let Some(out) = env::var_os("WAR_ROOM_PICTURES") {
        report_of(&home, &Path::new(&out).join("report-of-the-real-day.html"));
    }

    let story = said_once(story(&window)).join("\n") + "\n";
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/stories/the-real-day.txt");
    if env::var_os("WAR_ROOM_KEEP_STORY").is_some() {
        fs::write(&kept, &story).expect("the story is kept");
    }
    let expected = fs::read_to_string(&kept).expect("the story that is kept");
    for (line, (told, expected)) in story.lines().zip(expected.lines()).enumerate() {
        assert_eq!(told, expected, "line {} of the story; the whole of it:\n{story}", line + 1);
    }
    assert_eq!(story.lines().count(), expected.lines().count(), "{story}");

    window.press("ctrl+k");
    window.write("End the drill");
    window.press("enter");
    window.wait_for("score");
    let figures: Vec<String> = window.texts("figure");
    assert!(figures[2].contains("all passed"), "{figures:?}");
}
