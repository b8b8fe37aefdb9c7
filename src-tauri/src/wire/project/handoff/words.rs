//! The handoff as text, for whoever reads it on another laptop: the same lines, with where the record lies and its head.

use crate::wire::{HandoffLineView, HandoffView};

/// The text. `verdict` is the verdict's word with its reason, `file` where the room's file lies on this laptop.
pub(crate) fn in_words(view: &HandoffView, title: &str, verdict: &str, file: &str, head: &str) -> String {
    let mut lines = vec![format!("{title}: handoff. {}", view.drafted), view.holds.clone(), verdict.to_owned()];
    let group = |lines: &mut Vec<String>, title: &str, of: &[HandoffLineView]| {
        lines.extend([String::new(), title.to_owned()]);
        if of.is_empty() {
            lines.push("- none".to_owned());
        }
        lines.extend(of.iter().map(line));
    };
    for section in &view.sections {
        group(&mut lines, &format!("{} ({})", section.title, section.aside), &section.lines);
    }
    group(&mut lines, "See first", &view.first);
    lines.extend([String::new(), "Notes".to_owned()]);
    if view.notes.is_empty() {
        lines.push("- none".to_owned());
    }
    lines.extend(view.notes.iter().map(|note| format!("- {}: {}", note.by, note.text)));
    lines.extend([String::new(), format!("The record: {file} on the laptop of this room, head {head}.")]);
    lines.join("\n")
}

fn line(line: &HandoffLineView) -> String {
    let parts = [line.words.as_str(), line.right.as_str()].into_iter().filter(|part| !part.is_empty());
    let rest: Vec<&str> = parts.collect();
    let event = if line.event == 0 { String::new() } else { format!(" [event {}]", line.event) };
    match rest.as_slice() {
        [] => format!("- {}{event}", line.title),
        rest => format!("- {}: {}{event}", line.title, rest.join(" · ")),
    }
}
