//! The tiers of the window: ipc <- room <- components <- views <- App. An import points left, along the arrows.

/// One import of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) line: usize,
    /// What is imported, as written.
    pub(super) target: String,
}

/// The components that every other may use.
const SHARED: &str = "shared";

/// The source without comments, line breaks kept.
pub(super) fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        // After a colon two slashes are an address.
        let is_comment = rest.starts_with("//") && !kept.ends_with(':');
        let end = if is_comment {
            Some(rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            Some(rest.find("*/").map_or(rest.len(), |at| at + 2))
        } else if rest.starts_with("<!--") {
            Some(rest.find("-->").map_or(rest.len(), |at| at + 3))
        } else {
            None
        };
        let length = end.unwrap_or(next.len_utf8());
        if end.is_some() {
            kept.extend(rest[..length].chars().filter(|character| *character == '\n'));
        } else {
            kept.push(next);
        }
        rest = &rest[length..];
    }
    kept
}

/// What a source imports: `from "…"`, `import "…"`, `import("…")`.
pub(super) fn imports_of(text: &str) -> Vec<Import> {
    let text = without_comments(text);
    let mut imports = Vec::new();
    for opening in ["from", "import"] {
        for (at, _) in text.match_indices(opening) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|character| character.is_alphanumeric() || "_$.".contains(character)) {
                continue;
            }
            let after = text[at + opening.len()..].trim_start();
            let after =
                if opening == "import" { after.strip_prefix('(').map_or(after, str::trim_start) } else { after };
            let Some(quote) = after.chars().next().filter(|quote| "\"'`".contains(*quote)) else { continue };
            if let Some(target) = after[1..].split(quote).next() {
                imports.push(Import { line: text[..at].matches('\n').count() + 1, target: target.to_owned() });
            }
        }
    }
    imports
}

/// Imports that point right, or from one domain of the components into another.
pub(super) fn imports(path: &str, text: &str) -> Vec<String> {
    let Some(own) = tier(path) else {
        return vec![format!(
            "{path}: this file is in no tier; put it into ipc, room, components, views, or beside App.svelte"
        )];
    };
    let mut complaints = Vec::new();
    for Import { line, target } in imports_of(text) {
        if target.contains(".css") || !target.starts_with('.') {
            continue;
        }
        let whole = resolved(path, &target);
        let Some(other) = tier(&whole) else {
            complaints.push(format!("{path}:{line}: {target} leads out of ui/src; move what is needed into it"));
            continue;
        };
        if other > own {
            complaints
                .push(format!("{path}:{line}: {target} points right; move what is needed to the left, or pass it in"));
        }
        if let (Some(mine), Some(theirs)) = (domain(path), domain(&whole))
            && mine != theirs
            && theirs != SHARED
        {
            complaints.push(format!(
                "{path}:{line}: {mine} imports from {theirs}; what both need belongs into components/{SHARED}"
            ));
        }
    }
    complaints
}

/// How far right a file stands.
fn tier(path: &str) -> Option<usize> {
    let inside = path.strip_prefix("ui/src/")?;
    match inside.split_once('/') {
        Some(("ipc", _)) => Some(0),
        Some(("room", _)) => Some(1),
        Some(("components", _)) => Some(2),
        Some(("views", _)) => Some(3),
        // App.svelte and what starts it.
        None => Some(match inside {
            "ipc" => 0,
            "room" => 1,
            _ => 4,
        }),
        Some(_) => None,
    }
}

fn domain(path: &str) -> Option<&str> {
    path.strip_prefix("ui/src/components/")?.split_once('/').map(|(domain, _)| domain)
}

/// `../ipc/bindings` as seen from `ui/src/room/room.ts` is `ui/src/ipc/bindings`.
fn resolved(path: &str, target: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_import_is_seen() {
        let text = "import a from './a';\nimport {\n  b,\n} from \"../b\";\nimport \"./c.css\";\nexport { d } from './d';\nconst e = await import(\"./e\");\n// import x from './x';\n/* from './y' */\nconst from = Array.from('z');\n";
        let targets: Vec<(usize, String)> =
            imports_of(text).into_iter().map(|import| (import.line, import.target)).collect();
        let mut sorted = targets.clone();
        sorted.sort();
        let expected = [(1, "./a"), (4, "../b"), (5, "./c.css"), (6, "./d"), (7, "./e")];
        assert_eq!(sorted, expected.map(|(line, target)| (line, target.to_owned())));
    }

    #[test]
    fn an_import_that_points_right_is_found() {
        assert_eq!(imports("ui/src/ipc/index.ts", "import { room } from \"../room/room.svelte\";").len(), 1);
        assert_eq!(imports("ui/src/room/room.svelte.ts", "import Day from \"../components/day/Day.svelte\";").len(), 1);
        assert_eq!(
            imports("ui/src/components/day/Day.svelte", "<script>import V from '../../views/V.svelte';</script>").len(),
            1
        );
        assert_eq!(imports("ui/src/views/V.svelte", "import App from \"../App.svelte\";").len(), 1);
        assert_eq!(imports("ui/src/views/V.svelte", "import x from \"../../tests/x\";").len(), 1);
        assert_eq!(imports("ui/src/helpers/x.ts", "").len(), 1);
        assert_eq!(
            imports("ui/src/App.svelte", "import V from \"./views/V.svelte\";\nimport \"./styles/tokens.css\";"),
            Vec::<String>::new()
        );
        assert_eq!(
            imports("ui/src/room/a.ts", "import type { B } from \"../ipc\";\nimport { c } from \"./c\";"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn domains_of_components_meet_only_in_shared() {
        assert_eq!(imports("ui/src/components/day/Day.svelte", "import G from '../gate/Gate.svelte';").len(), 1);
        assert_eq!(imports("ui/src/components/shared/Row.svelte", "import G from '../gate/Gate.svelte';").len(), 1);
        assert_eq!(
            imports(
                "ui/src/components/day/Day.svelte",
                "import B from '../shared/Button.svelte';\nimport R from './Row.svelte';"
            ),
            Vec::<String>::new()
        );
    }
}
