//! A second, naive opinion about the boxes of a checklist: lines, fences and markers, no parser.
//!
//! It is right for plain checklists only, which is enough to hold the real reader against it there.

/// A box of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainBox {
    /// Line, from 1.
    pub line: u32,
    /// Whether it is ticked in the text.
    pub ticked: bool,
}

/// Every list line that begins with a box, outside of fences.
#[must_use]
pub fn boxes(text: &str) -> Vec<PlainBox> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (line, content) in (1..).zip(text.lines()) {
        let content = content.trim_start();
        if content.starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        let Some(rest) = content.strip_prefix("- [") else { continue };
        if rest.starts_with("x] ") || rest.starts_with("X] ") {
            found.push(PlainBox { line, ticked: true });
        } else if rest.starts_with(" ] ") {
            found.push(PlainBox { line, ticked: false });
        }
    }
    found
}
