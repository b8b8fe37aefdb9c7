//! From a text to one that nobody wrote: cut, doubled, mixed with another, and set with what readers stumble over.

use super::Chance;

/// Pieces that readers stumble over.
const PIECES: [&str; 60] = [
    "- [ ] ",
    "* [x] ",
    "1. [ ] ",
    "-   [X] ",
    "- [-] ",
    "- [~] ",
    "[] ",
    "[ ]x",
    "[\u{a0}]",
    "☐ ",
    "✅ ",
    "❌ ",
    "⏳",
    "| ☐ |",
    "|---|\n",
    "| a | b |\n",
    "```\n",
    "```sh\n",
    "~~~",
    "    ",
    "\t",
    "> ",
    "> [!NOTE]\n",
    "<!--",
    "-->",
    "<details>",
    "</details>",
    "---\n",
    "===\n",
    "# ",
    "###### ",
    "**",
    "__",
    "`",
    "[a]: ",
    "[^1]",
    "[^1]: ",
    "![](",
    "](",
    "\\",
    "&#x20;",
    "&amp;",
    "\r\n",
    "\u{feff}",
    "\u{200d}",
    "👩‍💻",
    "é",
    "İ",
    "ß",
    "____",
    "[TIME]",
    "{{ x }}",
    "<VERSION>",
    "$A",
    "< 5 %",
    "≥ 10 ms for 5 min",
    "7/7",
    "T-2h",
    "Jan 21, 6:30 AM",
    "10% traffic\n  - [ ] Hold for 5 minutes\n",
];

/// Makes texts from texts.
#[derive(Debug)]
pub struct Mutator {
    chance: Chance,
}

impl Mutator {
    /// The same seed makes the same texts.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance(seed) }
    }

    /// One of the texts, changed a few times; at most 64 KiB long.
    pub fn next(&mut self, seeds: &[(String, String)]) -> String {
        let pick = |chance: &mut Chance| seeds.get(chance.below(seeds.len())).map_or("", |(_, text)| text.as_str());
        let mut text = pick(&mut self.chance).to_owned();
        for _ in 0..=self.chance.below(6) {
            let other = pick(&mut self.chance);
            text = self.change(&text, other);
        }
        let end = self.place(&text, text.len().min(64 * 1024));
        text.truncate(end);
        text
    }

    fn change(&mut self, text: &str, other: &str) -> String {
        let (a, b) = (self.anywhere(text), self.anywhere(text));
        let (first, last) = (a.min(b), a.max(b));
        let (head, middle, tail) =
            (text.get(..first).unwrap_or(""), text.get(first..last).unwrap_or(""), text.get(last..).unwrap_or(""));
        match self.chance.below(10) {
            0 => format!("{head}{tail}"),
            1 => format!("{head}{middle}{middle}{tail}"),
            2 => format!("{head}{}{tail}", other.get(self.anywhere(other)..).unwrap_or("")),
            3 => {
                let mut lines: Vec<&str> = text.lines().collect();
                let (from, to) = (self.chance.below(lines.len()), self.chance.below(lines.len()));
                if from < lines.len() && to < lines.len() {
                    lines.swap(from, to);
                }
                lines.join("\n")
            }
            4 => text.replace('\n', "\r\n"),
            5 => {
                let indent = " ".repeat(self.chance.below(7));
                let indented = middle.replace('\n', &format!("\n{indent}"));
                format!("{head}{indented}{tail}")
            }
            _ => {
                let piece = PIECES.get(self.chance.below(PIECES.len())).copied().unwrap_or_default();
                let times = 1 + self.chance.below(3);
                format!("{head}{}{middle}{tail}", piece.repeat(times))
            }
        }
    }

    fn anywhere(&mut self, text: &str) -> usize {
        let at = self.chance.below(text.len() + 1);
        self.place(text, at)
    }

    /// The nearest place at or before `at` where a text may be cut.
    fn place(&self, text: &str, at: usize) -> usize {
        (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
    }
}
