//! The story that a log tells of a day, in plain words: what no two days share is left out of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::walk::page;
use crate::window::Window;

/// The log as the window tells it, the earliest first: who and what, without times and numbers that no two days share.
pub(crate) fn story(window: &Window) -> Vec<String> {
    page(window, "l", "log");
    window.wait_for("log-entry");
    // Only what is in sight is there: it is gone through from the latest to the first.
    let mut lines = BTreeMap::new();
    while !lines.contains_key(&1) {
        window.wait_until("the rows in sight are there", |window| {
            // Scrolled further it has the rows of before until it is drawn again.
            let is_whole = "const list = seen('log-list')[0];
                const rows = [...list.querySelectorAll('li')];
                const frame = list.getBoundingClientRect();
                const covers = rows.length > 0 && rows[0].getBoundingClientRect().top <= frame.top + 1
                    && rows.at(-1).getBoundingClientRect().bottom >= Math.min(frame.bottom, frame.top + list.scrollHeight) - 1;
                return covers && rows.every((row) => row.children.length > 0)";
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
    let last = lines.keys().next_back().copied().unwrap_or_default();
    let gaps: Vec<u64> = (1..=last).filter(|seq| !lines.contains_key(seq)).collect();
    assert!(gaps.is_empty(), "of {last} rows these were not shown: {gaps:?}");
    lines
        .values()
        .filter_map(|line| {
            let part = |at: usize| line[at].as_str().unwrap_or_default();
            told(part(1), part(2), part(3), part(4))
        })
        .collect()
}

/// Without what was said again for the same gate or the same rehearsal, and without rounds missed again before anybody did
/// anything: how often a word runs out in a hold, and how many rounds are missed at once, depends on the second.
pub(crate) fn said_once(story: Vec<String>) -> Vec<String> {
    let mut said = BTreeSet::new();
    let mut told = Vec::new();
    for line in story {
        let is_missed = line.contains(": missed rounds of ");
        if line.contains("Gate passed") || line.contains("Rehearsed: ") || line.contains(": ticked in the round of ") {
            said.clear();
        }
        let is_said_again = line.contains(": stated: ") || line.contains("it can be passed") || is_missed;
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
        | "taken_over" | "rehearsal_began" | "rolled_back" | "sent_by_hand" => "",
        "stated" | "evidence_added" | "step_stated" => detail,
        "success_declared" => return Some(format!("{actor}: {text} ({})", without_why(detail))),
        "rounds_missed" => {
            let names: Vec<&str> = detail.split(" · ").filter_map(|part| part.split(": ").next()).collect();
            return Some(format!("{actor}: missed rounds of {}", names.join(", ")));
        }
        "round_ticked" | "gate_passed" | "draft_kept" => "",
        "hold_turned" if text.contains("clock runs") || text.contains("can be passed") => "",
        _ => return None,
    };
    let line = if detail.is_empty() { format!("{actor}: {text}") } else { format!("{actor}: {text} ({detail})") };
    Some(without_times(&line))
}

/// What is not met, without why: what was seen of a window depends on the second at which it began.
fn without_why(detail: &str) -> String {
    let parts = detail.split(" · ").map(|part| match part.rsplit_once(" (") {
        Some((what, _)) if part.starts_with("unproven: ") => what,
        _ => part,
    });
    parts.collect::<Vec<_>>().join(" · ")
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
