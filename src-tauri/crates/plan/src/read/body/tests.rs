//! Whole texts: what becomes an item, and what does not.

use crate::config::Config;
use crate::model::{Item, Origin};
use crate::read::read;

/// Each item on a line: origin, state, depth, words, answers, blanks, owner.
fn items(text: &str) -> Vec<String> {
    read(text, &Config::default()).0.items.iter().map(said).collect()
}

fn said(item: &Item) -> String {
    let mut said = format!("{}{:?} {:?} {}", "  ".repeat(item.depth), item.origin, item.state, item.text)
        .replace("Recovered", "Found");
    if !item.choices.is_empty() {
        let choices: Vec<_> = item.choices.iter().map(|choice| choice.text.as_str()).collect();
        said.push_str(&format!(" <{}>", choices.join("/")));
    }
    for field in &item.fields {
        said.push_str(&format!(" _{}", field.text));
    }
    if let Some(owner) = &item.owner {
        said.push_str(&format!(" @{owner}"));
    }
    said
}

fn findings(text: &str) -> Vec<(&'static str, usize)> {
    let findings = read(text, &Config::default()).1;
    findings.iter().filter(|one| one.code.starts_with("BOX")).map(|one| (one.code, one.range.line)).collect()
}

#[test]
fn marks_that_markdown_shows_as_text_are_found() {
    let text = "# X\n\n## Deploy\n\n- [ ] live\n- [-] dropped\n- [~] half\n- [] bare\n- [ ]joined\n- [\u{a0}] apart\n\n-[ ] no blank\n\n[x] no dash\n";
    assert_eq!(
        items(text),
        [
            "Box Open live",
            "Found Cancelled dropped",
            "Found Unknown half",
            "Found Open bare",
            "Found Open joined",
            "Found Open apart",
            "Found Open no blank",
            "Found Claimed no dash",
        ]
    );
    assert_eq!(findings(text), [("BOX-13", 5), ("BOX-13", 12), ("BOX-13", 14)]);
}

#[test]
fn a_box_above_a_rule_is_kept() {
    // Markdown takes the rule for a heading's line; the parser keeps the box.
    assert_eq!(items("# X\n\n- [ ] a\n  ---\n- [ ] b\n"), ["Box Open a", "Box Open b"]);
    assert_eq!(items("# X\n\n- [ ] a\n---\n"), ["Box Open a"]);
}

#[test]
fn lines_led_by_a_status_sign_are_items_and_decoration_is_not() {
    let text = "# X\n\n## Deploy\n\n✅ Pods up  \n⏳ Queue empties  \n\n- ☐ open\n- :white_check_mark: named\n";
    assert_eq!(
        items(text),
        ["Found Claimed Pods up", "Found Unknown Queue empties", "Found Open open", "Found Claimed named"]
    );
    assert_eq!(findings(text), [("BOX-02", 1), ("BOX-14", 5), ("BOX-14", 8)]);
    for text in [
        "# X\n\n✅ Everything is fine here.\n",
        "# X\n\n✅ If it does meet them, write:\n",
        "# X\n\n- 🚀 fast\n- 👍 good\n",
        "# X\n\n**Status:** ✅ **READY**\n",
        "# X\n\n✅ **Duration**: 30 min  \n✅ **Next**: rest\n",
        "# X\n\n- ✅ Done\n- ⏳ Waiting\n- ❌ Failed\n",
        "# X\n\n## Do's and don'ts\n\n- ✅ Tell the others about it\n",
        "# X\n\nAll is ✅ and nothing ☐ open\n",
    ] {
        assert_eq!(items(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn an_item_goes_on_over_the_lines_below_it() {
    let text = "# X\n\nFirst of all:\n☐ Tell the\nothers  \nThat was all.\n";
    let (plan, _) = read(text, &Config::default());
    assert_eq!(plan.items.iter().map(said).collect::<Vec<_>>(), ["Found Open Tell the others"]);
    assert_eq!(plan.items[0].range.line, 4);
    let body = format!("{:?}", plan.sections[0].body);
    assert!(body.contains("First of all:") && body.contains("That was all."), "{body}");
}

#[test]
fn a_choice_is_one_item_or_the_state_of_the_one_above() {
    let text = "# X\n\n- [ ] Meeting held\n  - Status: ☐ Not begun / ☑ Ended\n  - Decision: ☐ GO / ☐ NO-GO\n\n**Last word:** [ ] stay [ ] leave\n";
    assert_eq!(
        items(text),
        [
            "Box Open Meeting held <Not begun/Ended>",
            "  Found Open Decision <GO/NO-GO>",
            "Found Open Last word <stay/leave>",
        ]
    );
    assert_eq!(findings(text), [("BOX-17", 5), ("BOX-17", 7)]);
}

#[test]
fn blanks_are_fields_and_a_sign_off_is_an_item() {
    let text = "# X\n\n## Sign-off\n\n- [ ] Begun at: ____\n\nApproved by: ________\nDate: ____\n\n## Emergency contacts\n\nApproved by: ____\n";
    assert_eq!(
        items(text),
        ["Box Open Begun at: ____ _Begun at", "Found Open Approved by: ________ Date: ____ _Approved by _Date"]
    );
}

#[test]
fn rows_are_items_in_their_table() {
    let text = "# X\n\n## Before\n\n| # | Check | Status | Owner |\n|---|---|---|---|\n| 1 | Backup taken | ☐ | DBA |\n| 2 | Ports closed | ✅ | Ops |\n";
    let (plan, _) = read(text, &Config::default());
    assert_eq!(
        plan.items.iter().map(said).collect::<Vec<_>>(),
        ["Found Open Backup taken @DBA", "Found Claimed Ports closed @Ops"]
    );
    assert_eq!(plan.items.iter().map(|item| item.range.line).collect::<Vec<_>>(), [7, 8]);
    assert_eq!(plan.phases.iter().map(|phase| phase.items.len()).sum::<usize>(), 2);
    assert_eq!(findings(text), [("BOX-02", 1), ("BOX-15", 5)]);
}

#[test]
fn steps_are_told_from_explanations() {
    let text = "# X\n\n## Deploy\n\n1. Stop the workers\n   - Wait for the queue\n   - It takes a while\n2. The release manager:\n   - Tag the commit\n\n- Check the logs\n- Logs are kept for a week\n\n## Overview\n\n1. Stop\n2. Go\n\n## Rollback triggers\n\n- Stop at 2 % errors\n";
    assert_eq!(
        items(text),
        [
            "Step Open Stop the workers",
            "  Step Open Wait for the queue",
            "  Step Open Tag the commit @The release manager",
            "Step Open Check the logs",
        ]
    );
    let boxed = "# X\n\n## Deploy\n\n- [ ] Go\n- The logs are kept\n- Check the logs\n\nNotes on it:\n\n- Check no more\n\n1. Look around\n";
    assert_eq!(items(boxed), ["Box Open Go", "Step Open Check the logs", "Step Open Look around"]);
    assert_eq!(findings(boxed), [("BOX-19", 7)]);
    for text in [
        "# X\n\n## Contents\n\n1. [Go](#go)\n2. [Stop](#stop)\n",
        "# X\n\n## Parts\n\n1. Make it\n2. Break it\n\n## 1. Make it\n\n## 2. Break it\n",
        "# X\n\n## Deploy\n\nExpected:\n\n- Run is green\n",
        "# X\n\n## Useful links\n\n- Run book\n",
        "# X\n\n> 1. Stop the workers\n",
    ] {
        assert_eq!(items(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_numbered_group_with_boxes_stays_words() {
    let text = "# X\n\n1. **Prepare**\n   - [ ] a\n2. **Ship**\n   - b\n";
    assert_eq!(items(text), ["  Box Open a", "Step Open Ship"]);
}

#[test]
fn sub_tasks_lost_in_code_hang_on_their_task() {
    let text = "# X\n\n-   [ ] one\n\n  ```sh\n  id\n  ```\n\n    -   [ ] sub\n    -   [x] other\n\n-   [ ] two\n";
    assert_eq!(items(text), ["Box Open one", "  Found Open sub", "  Found Claimed other", "Box Open two"]);
    assert_eq!(findings(text), [("BOX-11", 9)]);
    let (plan, _) = read(text, &Config::default());
    assert_eq!(plan.items[1].parent.as_ref(), Some(&plan.items[0].id));
    assert_eq!(plan.items[0].children.len(), 2);
    assert_eq!((plan.counts.boxes, plan.counts.imported, plan.counts.recovered), (2, 2, 2));
}

#[test]
fn boxes_in_fences_are_offered() {
    let text = "# X\n\n```\n[ ] a\n- [x] b\n```\n\n<!-- - [ ] c -->\n";
    let (plan, _) = read(text, &Config::default());
    assert!(plan.items.is_empty());
    let ignored: Vec<_> = plan.counts.ignored.iter().map(|one| (one.line, one.reason.as_str())).collect();
    assert_eq!(ignored, [(4, "in a fence"), (5, "in a fence"), (8, "in a comment or HTML")]);
    assert_eq!(findings(text), [("BOX-12", 3), ("BOX-02", 4)]);
}

#[test]
fn folds_callouts_and_odd_blanks_are_read_as_usual() {
    let text = "\u{feff}# X\r\n\r\n<details>\r\n<summary>More</summary>\r\n\r\n- [ ] inside\r\n\r\n</details>\r\n\r\n> [!NOTE]\r\n> - [ ] quoted\r\n\r\n-\t[x] tab&#x20;here\r\n\r\nimport A from './a'\r\n";
    assert_eq!(items(text), ["Box Open inside", "Box Open quoted", "Box Claimed tab here"]);
}

#[test]
fn what_is_found_moves_no_name_of_a_box() {
    let name = |text: &str| {
        let plan = read(text, &Config::default()).0;
        plan.items.iter().find(|item| item.origin == Origin::Box).map(|item| item.id.clone())
    };
    assert_eq!(name("# X\n\n- [ ] same\n"), name("# X\n\n- [] same\n\n1. same\n\n- [ ] same\n"));
}

#[test]
fn marks_above_every_heading_have_a_place() {
    assert_eq!(items("☐ first\n\n# X\n\n- [ ] second\n"), ["Found Open first", "Box Open second"]);
}

#[test]
fn very_long_texts_are_read_in_time() {
    let mut text = String::from("# X\n\n");
    for row in 0..4000 {
        text.push_str(&format!("☐ line {row}  \n"));
    }
    text.push_str("\n1. Go\n\n    - [ ] lost\n\n| a | Status |\n|---|---|\n");
    for row in 0..4000 {
        text.push_str(&format!("| row {row} | ☐ |\n"));
    }
    text.push_str(&"[ ] x ".repeat(20_000));
    let begun = std::time::Instant::now();
    assert!(items(&text).len() > 8000);
    assert!(begun.elapsed().as_secs() < 20);
}

#[test]
fn headings_and_drawn_lines_are_steps_where_nothing_else_is() {
    let text = "# X\n\n## Release\n\n### Publish the packages\n\nAsk Ada for the keys.\n\n### Build the image\n\n```sh\nmake\n```\n\n### Tell the team\n\n- [ ] In the chat\n\n### In order\n\n```\n├─ T+5min: Smoke test\n├─ some_metric\n└─ Watch it\n```\n";
    assert_eq!(
        items(text),
        [
            "Step Open Publish the packages",
            "Box Open In the chat",
            "Step Open T+5min: Smoke test",
            "Step Open Watch it",
        ]
    );
}

#[test]
fn an_entry_that_compares_is_no_quote() {
    let plan = read("# X\n\n## Rollback if\n\n- >25% of the users cannot log in\n", &Config::default()).0;
    assert_eq!(plan.criteria.iter().map(|one| (one.line, one.value)).collect::<Vec<_>>(), [(5, Some(25.0))]);
}
