//! The real checklist from its first box to its last at simulated speed, in the real window and by the keyboard; and the
//! story that the log tells of it, compared with one in plain words.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::home::Home;
use tests::real_checklist;

use crate::pictures_of_alarms::{name, name_a_person};
use crate::record::click;
use crate::walk::{go_to_phase, page, rail};
use crate::window::{Entry, Window};

/// When each phase of the run of the day begins, in seconds after T0; what has no time of its own is done with the one before.
const BEGINS: [i64; 8] = [-600_000, -600_000, -600_000, -52_200, -1_800, 0, 3_600, 5_400];

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
    /// The box stands otherwise now.
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
         return [box?.dataset.state ?? '', seen('saw-field').length > 0, seen('blank-field').length > 0,
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
        // Its card passes a gate, and the clock its hold.
        if GATES.iter().any(|of_gate| one.words.starts_with(of_gate)) {
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

/// Holds a gate to its end and passes it. A word lasts no longer than five minutes, and is said again.
fn hold(window: &Window, index: usize, share: &str) {
    for _ in 0..MOST {
        do_phase(window, index);
        if !window.text("gate-actions").contains("left") {
            break;
        }
        skip(window);
    }
    window.press("shift+g");
    window.wait_for("pass-gate");
    assert!(window.text("pass-gate").contains(share), "{}", window.text("pass-gate"));
    window.press("ctrl+enter");
    window.wait_until_gone("pass-gate");
}

/// Does the rounds that are due, on the page of the rounds.
fn do_rounds(window: &Window) {
    page(window, "shift+u", "routines");
    // Where the waiting ended a round is due; what is due besides stands there with it. What is finished stays at hand, so
    // there is always a next one: more than these are never due at once.
    window.wait_for("next-round");
    for _ in 0..6 {
        do_round(window);
    }
}

fn do_round(window: &Window) {
    window.press("enter");
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
    for dialog in ["hand-over-dialog", "take-over-dialog"] {
        window.press("enter");
        window.wait_for(dialog);
        window.press("ctrl+enter");
        window.wait_until_gone(dialog);
    }
    window.wait_until("the second acts", |window| window.text("actor").starts_with("IB"));
}

/// The log as the window tells it, the earliest first: who and what, without times and numbers that no two days share.
fn story(window: &Window) -> Vec<String> {
    page(window, "l", "log");
    window.wait_for("log-entry");
    // Only what is in sight is there: it is gone through from the latest to the first.
    let mut lines = BTreeMap::new();
    while !lines.contains_key(&1) {
        window.wait_until("the rows in sight are there", |window| {
            let is_whole = "return seen('log-entry').length > 0
                && [...seen('log-list')[0].querySelectorAll('li')].every((row) => row.children.length > 0)";
            window.script(is_whole, vec![]) == json!(true)
        });
        let found = window.script(
            "const found = seen('log-entry').map((entry) => [Number(entry.dataset.seq), entry.dataset.event,
                 words(entry.querySelector('.actor')), words(entry.querySelector('.text')),
                 words(entry.querySelector('.detail') ?? document.createElement('i')).replace(/^· /, '')]);
             const list = seen('log-list')[0];
             list.scrollTop += list.clientHeight;
             return found",
            vec![],
        );
        for line in found.as_array().expect("a list") {
            lines.insert(line[0].as_u64().unwrap_or_default(), line.clone());
        }
    }
    lines
        .values()
        .filter_map(|line| {
            let part = |at: usize| line[at].as_str().unwrap_or_default();
            told(part(1), part(2), part(3), part(4))
        })
        .collect()
}

/// Without what was said again for the same gate: how often a word runs out in a hold depends on the second.
fn said_once(story: Vec<String>) -> Vec<String> {
    let mut said = BTreeSet::new();
    let mut told = Vec::new();
    for line in story {
        if line.contains("Gate passed") {
            said.clear();
        }
        let is_said_again = line.contains(": stated: ") || line.contains("it can be passed");
        if !is_said_again || said.insert(line.clone()) {
            told.push(line);
        }
    }
    told
}

/// An event as it is told in the story. What follows from the second at which somebody pressed a key is left out.
fn told(kind: &str, actor: &str, text: &str, detail: &str) -> Option<String> {
    let detail = match kind {
        "opened" | "person_named" | "actor_chosen" | "confirmed" | "go_live_declared" | "handed_over"
        | "taken_over" => "",
        "stated" | "rounds_missed" | "success_declared" => detail,
        "round_ticked" | "gate_passed" | "draft_kept" => "",
        "hold_turned" if text.contains("clock runs") || text.contains("can be passed") => "",
        _ => return None,
    };
    let line = if detail.is_empty() { format!("{actor}: {text}") } else { format!("{actor}: {text} ({detail})") };
    Some(without_times(&line))
}

/// Times of day and lengths as `--:--`.
fn without_times(line: &str) -> String {
    let is_of_time = |letter: char| letter.is_ascii_digit() || letter == ':';
    let mut told = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|letter: char| !is_of_time(letter)).unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        told.push_str(before);
        let is_time = word.len() >= 5 && word.trim_end_matches(':').contains(':') && !before.ends_with('.');
        told.push_str(if is_time { "--:--" } else { word });
        rest = after;
    }
    told.push_str(rest);
    told
}

#[test]
#[ignore = "takes two minutes; cargo xtask test --long runs it"]
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
    }
    window.press("shift+l");
    window.wait_for("go-live-dialog");
    window.press("ctrl+enter");
    window.wait_until_gone("go-live-dialog");
    skip(&window);
    do_rounds(&window);
    hand_over(&window);
    skip_to(&window, 24 * 3600);
    do_rounds(&window);
    skip_to(&window, 7 * 24 * 3600);
    do_rounds(&window);
    let last = rail(&window).len() - 1;
    assert_eq!(do_phase(&window, last), [""; 0]);
    page(&window, "shift+u", "routines");
    click(&window, "declare-success");
    window.wait_for("success-dialog");
    window.write("walked in a rehearsal, which nobody watched all the while");
    window.press("ctrl+enter");
    window.wait_until_gone("success-dialog");

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
