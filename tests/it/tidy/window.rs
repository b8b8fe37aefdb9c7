//! What the window must not do: keep time, print, draw HTML.

use super::{rust::lines_with, tiers::without_comments};

/// The stand-in for the back end plays the part of what keeps time.
const FAKE: &str = "ui/src/ipc/fake";

const TIME: &str = "Rust keeps deadlines and sends them; draw what the view says";
const HTML: &str = "Markdown comes as typed nodes; draw these";
const PRINT: &str = "nobody reads a webview's console; show a Problem";

/// Each forbidden word with what to do instead.
const FORBIDDEN: &[(&str, &str)] = &[
    ("setTimeout", TIME),
    ("setInterval", TIME),
    ("requestAnimationFrame", TIME),
    ("requestIdleCallback", TIME),
    ("Date.now", TIME),
    ("new Date", TIME),
    ("performance.now", TIME),
    ("{@html", HTML),
    ("innerHTML", HTML),
    ("outerHTML", HTML),
    ("insertAdjacentHTML", HTML),
    ("eval(", HTML),
    ("console.", PRINT),
    ("debugger", PRINT),
    ("localStorage", "settings are Rust's; send an Intent"),
    ("sessionStorage", "settings are Rust's; send an Intent"),
    ("fetch(", "the window reaches no network; ask Rust"),
    ("XMLHttpRequest", "the window reaches no network; ask Rust"),
];

/// A source of the window that names one of them. Tests and the stand-in are free.
pub(super) fn forbidden_words(path: &str, text: &str) -> Vec<String> {
    if path.ends_with(".test.ts") || path.starts_with(FAKE) {
        return Vec::new();
    }
    let code = without_comments(text);
    FORBIDDEN
        .iter()
        .flat_map(|(word, instead)| lines_with(&code, word).into_iter().map(move |line| (word, instead, line)))
        .map(|(word, instead, line)| format!("{path}:{line}: {word}: {instead}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_prints_and_html_are_found() {
        for bad in [
            "setTimeout(() => act(), 500);",
            "window.setInterval(tick, 1000);",
            "const now = Date.now();",
            "const now = new Date();",
            "function loop() { requestAnimationFrame(loop); }",
            "<p>{@html words}</p>",
            "console.log(view);",
            "node.innerHTML = words;",
            "await fetch('/x');",
        ] {
            assert_eq!(forbidden_words("ui/src/room/a.ts", bad).len(), 1, "{bad}");
        }
    }

    #[test]
    fn comments_tests_and_the_stand_in_are_free() {
        assert_eq!(
            forbidden_words("ui/src/room/a.ts", "// no setTimeout here\nconst update = newDateView;\n"),
            Vec::<String>::new()
        );
        assert_eq!(forbidden_words("ui/src/ipc/fake/index.ts", "setInterval(tick, 1000);"), Vec::<String>::new());
        assert_eq!(forbidden_words("ui/src/room/a.test.ts", "setTimeout(done, 1);"), Vec::<String>::new());
    }
}
