//! The ways back, their limit, and the marks that tell that one worked.

use super::body::{Bodies, Entry, EntryKind};
use super::criteria::{is_success, orders_way_back};
use super::hints::Hint;
use super::notes::Notes;
use super::outline::Outline;
use super::script::{Group, mark, mark_of};
use super::{steps, when, words};
use crate::model::{
    CommandId, Criterion, Inline, ItemId, Origin, Place, Rollback, RollbackWay, Section, SectionKind, WayStep,
};
use crate::read::quick::{QuickMap, QuickSet};

/// Reads the rollback sections.
pub(crate) fn read(bodies: &Bodies, outline: &Outline, criteria: &[Criterion], _notes: &mut Notes<'_>) -> Rollback {
    let mut rollback = Rollback {
        criteria: criteria.iter().filter(|one| one.place == Place::Decision).map(|one| one.id.clone()).collect(),
        success: success(outline, bodies),
        ..Rollback::default()
    };
    let heads = heads(outline, bodies);
    // Each procedure with its entries, in the order of the text.
    let mut order: Vec<usize> = Vec::new();
    let mut own: QuickMap<usize, Vec<&Entry>> = QuickMap::default();
    for entry in &bodies.entries {
        let Some(head) = entry.section().and_then(|at| heads.get(at).copied().flatten()) else { continue };
        own.entry(head)
            .or_insert_with(|| {
                order.push(head);
                Vec::new()
            })
            .push(entry);
    }
    for head in order {
        let entries = own.remove(&head).unwrap_or_default();
        if let Some(section) = outline.section(Some(head)) {
            procedure(section, &entries, outline, bodies, &mut rollback);
        }
    }
    if rollback.ways.is_empty() {
        rollback.ways.extend(bodies.entries.iter().filter_map(|entry| of_line(entry, outline)));
    }
    place(&mut rollback.ways, bodies);
    if let Some((seconds, line)) = target(bodies, outline) {
        rollback.target_s = Some(seconds);
        rollback.target_line = Some(line);
    }
    rollback
}

/// "Rollback: lower the flag": where no section tells the way back, a line that does is one.
fn of_line(entry: &Entry, outline: &Outline) -> Option<RollbackWay> {
    if !matches!(entry.kind, EntryKind::Item(_) | EntryKind::Bullet | EntryKind::Paragraph) || entry.quoted {
        return None;
    }
    let text = words::without_signs(&entry.text);
    let (name, rest) = words::labelled(&text)?;
    let names = ["rollback", "roll back", "rollback plan", "way back", "plan b", "back out", "откат", "geri alma"];
    let is_way = names.contains(&name.to_lowercase().as_str()) && steps::tells(rest);
    let is_told = outline.section(entry.section()).is_none_or(|section| section.kind == SectionKind::Communication);
    (is_way && !is_told).then(|| RollbackWay {
        line: entry.line(),
        text: name.to_owned(),
        when: None,
        commands: Vec::new(),
        by_hand: Some(rest.to_owned()),
        steps: vec![by_hand_step(entry.line(), rest)],
    })
}

const OPTIONS: [&str; 12] = [
    "option",
    "method",
    "scenario",
    "level",
    "way",
    "approach",
    "strategy",
    "alternative",
    "variant",
    "plan",
    "tier",
    "вариант",
];

fn is_option(text: &str) -> bool {
    mark_of(text, &OPTIONS).is_some()
}

/// Whether a heading below a rollback holds something else than a way: when to roll back, whom to tell, what to learn.
fn is_aside(text: &str) -> bool {
    let plain = words::plain(text);
    let is_decision = words::has_any(
        &plain,
        &[
            "when to",
            "trigger",
            "triggers",
            "criteria",
            "decision",
            "conditions",
            "do not",
            "don't",
            "indicators",
            "auto-rollback",
            "automatic",
        ],
    ) || plain.ends_with(" if:")
        || plain.ends_with(" if");
    is_decision
        || words::has_any(
            &plain,
            &[
                "communication",
                "contacts",
                "escalation",
                "lessons",
                "post-rollback",
                "after rollback",
                "post-mortem",
                "postmortem",
                "overview",
                "testing",
                "drill",
                "rehearsal",
                "metrics",
                "notification",
                "prevention",
                "history",
            ],
        ) && !is_option(text)
        || matches!(plain.split(|c: char| !c.is_alphanumeric()).next(), Some("critical" | "high" | "medium" | "low"))
}

fn holds_options(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::Script(script) if script.groups.iter().any(|(group, _)| group.is_option))
}

/// For each section the heading of the way back that it belongs to.
fn heads(outline: &Outline, bodies: &Bodies) -> Vec<Option<usize>> {
    let options = bodies.entries.iter().filter(|entry| holds_options(entry));
    let with_options: QuickSet<usize> = options.filter_map(|entry| entry.section()).collect();
    let is_rollback = |section: &Section| section.kind == SectionKind::Rollback;
    let mut heads: Vec<Option<usize>> = Vec::with_capacity(outline.sections.len());
    let mut asides: Vec<bool> = Vec::with_capacity(outline.sections.len());
    for (at, section) in outline.sections.iter().enumerate() {
        let parent = outline.parents.get(at).copied().flatten();
        let above = parent.and_then(|parent| heads.get(parent).copied().flatten());
        let below_aside = parent.and_then(|parent| asides.get(parent).copied()).unwrap_or(false);
        let is_in = is_rollback(section);
        // Options are ways wherever they stand, below "CRITICAL" too.
        let is_aside = is_in && (below_aside || is_aside(&section.text)) && !with_options.contains(&at);
        // A heading that names a rollback of its own ("Database rollback") is a procedure beside the others; one that
        // proves it ("Rollback verification") belongs to the one above.
        let names_one =
            || words::has_any(&words::plain(&section.text), &["rollback", "roll back", "revert", "roll-back"]);
        let is_own =
            || is_option(&section.text) || names_one() && !is_success(&section.text) && !is_step(&section.text);
        asides.push(is_aside);
        heads.push(match (is_in && !is_aside, above) {
            (false, _) => None,
            (true, Some(above)) if !is_own() => Some(above),
            // "If rollback: …" is the branch of a decision.
            (true, None) if words::plain(&section.text).starts_with("if ") => None,
            (true, _) => Some(at),
        });
    }
    heads
}

/// "Step 2: …", "2. …", "Rollback steps": a part of a procedure.
fn is_step(text: &str) -> bool {
    let plain = words::plain(text);
    mark_of(text, &["step", "phase", "stage", "part"]).is_some() || words::has_any(&plain, &["steps"])
}

/// One procedure: the options of its fences each a way, else all of it one way.
fn procedure(head: &Section, entries: &[&Entry], outline: &Outline, bodies: &Bodies, rollback: &mut Rollback) {
    let has_options = entries.iter().any(|entry| holds_options(entry));
    let (name, when) = name(&head.title_without_mark());
    let mut way =
        RollbackWay { line: head.line, text: name, when, commands: Vec::new(), by_hand: None, steps: Vec::new() };
    // The entries of its lists, which are its steps where no fence holds them.
    let (mut listed, mut tells): (Vec<WayStep>, bool) = (Vec::new(), false);
    let mut top: Option<usize> = None;
    let mut pending: Vec<CommandId> = Vec::new();
    for entry in entries {
        let may_mark = entry.section().is_some_and(|at| outline.hints(at).has(Hint::Success));
        let is_mark = may_mark
            && outline
                .section(entry.section())
                .is_some_and(|section| is_success(&section.text) && section.id != head.id);
        match &entry.kind {
            EntryKind::Script(script) if has_options => options(entry, &script.groups, rollback),
            EntryKind::Script(script) => {
                for (group, ids) in &script.groups {
                    if is_mark || proves(group.label.as_deref().unwrap_or("")) {
                        rollback.verify.extend(ids.iter().cloned());
                        pending.extend(ids.iter().filter(|_| !is_mark).cloned());
                    } else {
                        // A look in the middle is a step of the way; the last looks prove it.
                        way.commands.append(&mut pending);
                        way.commands.extend(ids.iter().cloned());
                    }
                }
            }
            EntryKind::Item(_) | EntryKind::Bullet if !is_mark && !entry.quoted => {
                let commands = whole_commands(entry, bodies);
                // What only tells how things stand is no way.
                tells |= !commands.is_empty() || matches!(entry.kind, EntryKind::Item(_)) || steps::tells(&entry.text);
                let is_detail = top.is_some_and(|top| entry.depth() > top) && !steps::tells(&entry.text);
                match listed.last_mut().filter(|step| is_detail && commands.is_empty() && step.command.is_none()) {
                    // "Owner: [Name]" below a step is no step.
                    Some(step) => {
                        step.text.push_str("; ");
                        step.text.push_str(&entry.text);
                    }
                    None if commands.is_empty() && !is_order(entry, bodies) => {
                        top = Some(entry.depth());
                        listed.push(by_hand_step(entry.line(), &entry.text));
                    }
                    None => {}
                }
                listed.extend(commands.into_iter().map(|id| WayStep::of_command(entry.line(), id)));
            }
            EntryKind::Paragraph if way.when.is_none() => way.when = serves(&entry.text),
            _ => {}
        }
    }
    if way.commands.is_empty() {
        way.commands = pending;
        if !way.commands.is_empty() {
            rollback.verify.retain(|id| !way.commands.contains(id));
        }
    }
    if has_options {
        return;
    }
    if way.commands.is_empty() && tells && !listed.is_empty() {
        way.commands.extend(listed.iter().filter_map(|step| step.command.clone()));
        let by_hand = listed.iter().filter(|step| step.command.is_none()).map(|step| step.text.as_str());
        let by_hand = by_hand.collect::<Vec<_>>().join("\n");
        way.by_hand = (!by_hand.is_empty()).then_some(by_hand);
        way.steps = listed;
    } else {
        way.steps = of_commands(&way.commands).collect();
    }
    if !way.commands.is_empty() || way.by_hand.is_some() {
        rollback.ways.push(way);
    }
}

fn by_hand_step(line: usize, text: &str) -> WayStep {
    WayStep { line, text: text.to_owned(), command: None }
}

/// The commands of fences as steps; [`place`] gives them their lines.
fn of_commands(ids: &[CommandId]) -> impl Iterator<Item = WayStep> {
    ids.iter().map(|id| WayStep::of_command(0, id.clone()))
}

/// Gives each command among the steps its own line, all in one go.
fn place(ways: &mut [RollbackWay], bodies: &Bodies) {
    let lines: QuickMap<&CommandId, usize> =
        bodies.commands.iter().map(|command| (&command.id, command.line)).collect();
    for step in ways.iter_mut().flat_map(|way| &mut way.steps) {
        if let Some(line) = step.command.as_ref().and_then(|id| lines.get(id)) {
            step.line = *line;
        }
    }
}

/// The commands of an entry that is nothing but a code span.
fn whole_commands(entry: &Entry, bodies: &Bodies) -> Vec<CommandId> {
    let EntryKind::Item(at) = &entry.kind else { return Vec::new() };
    let Some(item) = bodies.items.get(*at) else { return Vec::new() };
    let mut said = item.inlines.iter().filter(|inline| !inline.text().trim().trim_matches(['.', ';']).is_empty());
    let is_code = matches!((said.next(), said.next()), (Some(Inline::Code { .. }), None));
    if is_code { item.commands.to_vec() } else { Vec::new() }
}

/// "Roll back if …": when to go, and no step of the way; what has a box is ticked.
fn is_order(entry: &Entry, bodies: &Bodies) -> bool {
    let is_boxed = match &entry.kind {
        EntryKind::Item(at) => bodies.items.get(*at).is_some_and(|item| item.origin != Origin::Step),
        _ => false,
    };
    !is_boxed && orders_way_back(&entry.text)
}

/// The options of a fence; what follows them proves that one worked, or is a further step of the last.
fn options(entry: &Entry, groups: &[(Group, Vec<CommandId>)], rollback: &mut Rollback) {
    for (group, ids) in groups {
        let label = group.label.clone().unwrap_or_default();
        if group.is_option {
            let rest = match words::labelled(&label) {
                Some((_, rest)) if !rest.is_empty() && mark(&label).is_some() => rest,
                _ => &label,
            };
            let (text, remarks) = words::brackets(rest);
            let line = entry.line() + 1 + group.row;
            let by_hand = (!group.notes.is_empty()).then(|| by_hand(&group.notes));
            let mut steps: Vec<WayStep> = of_commands(ids).collect();
            steps.extend(by_hand.iter().map(|words| by_hand_step(line, words)));
            rollback.ways.push(RollbackWay {
                line,
                text,
                when: remarks.into_iter().next(),
                commands: ids.clone(),
                by_hand,
                steps,
            });
        } else if proves(&label) {
            rollback.verify.extend(ids.iter().cloned());
        } else if group.choice.is_some()
            && let Some(way) = rollback.ways.last_mut()
        {
            way.commands.extend(ids.iter().cloned());
            // What goes by hand comes last.
            let at = way.steps.iter().rposition(|step| step.command.is_some()).map_or(0, |at| at + 1);
            way.steps.splice(at..at, of_commands(ids));
        }
    }
}

/// "Verify rollback", "5. Check the logs".
fn proves(label: &str) -> bool {
    let plain = words::plain(label);
    let first = plain.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty() && *word != "step");
    is_success(label) || matches!(first, Some("verify" | "check" | "confirm" | "validate" | "проверить" | "prüfen"))
}

fn success(outline: &Outline, bodies: &Bodies) -> Vec<ItemId> {
    let is_marks = |section: &Section| section.kind == SectionKind::Rollback && is_success(&section.text);
    let marked = bodies.item_sections.iter().zip(&bodies.items);
    let marked = marked.filter(|(at, _)| outline.section(**at).is_some_and(is_marks));
    marked.map(|(_, item)| item.id.clone()).collect()
}

/// The name, and when it serves: brackets that begin with a condition. Brackets that name a limit say neither.
fn name(title: &str) -> (String, Option<String>) {
    let (outside, remarks) = words::brackets(title);
    let is_condition = |remark: &str| {
        let plain = words::plain(remark);
        let first = plain.split_whitespace().next().unwrap_or("");
        matches!(
            first,
            "if" | "when"
                | "during"
                | "for"
                | "only"
                | "unless"
                | "while"
                | "before"
                | "after"
                | "wenn"
                | "si"
                | "se"
                | "eğer"
                | "если"
        )
    };
    let when = remarks.iter().find(|remark| is_condition(remark)).cloned();
    let is_plain = remarks.iter().all(|remark| is_condition(remark) || when::duration_s(remark).is_some());
    (if is_plain { outside } else { title.to_owned() }, when)
}

impl Section {
    /// The title without "Option 1:" before it.
    fn title_without_mark(&self) -> String {
        match words::labelled(&self.title) {
            Some((label, rest)) if !rest.is_empty() && is_option(label) => rest.to_owned(),
            _ => self.title.to_string(),
        }
    }
}

/// "Use when: the feature is at fault": what stands behind the words.
fn serves(text: &str) -> Option<String> {
    let text = words::without_signs(text);
    let plain = text.to_lowercase();
    let lead = ["use when", "use if", "use this when", "use this if", "when to use", "use for", "applies when"];
    let lead = lead.iter().find(|lead| plain.starts_with(**lead))?;
    let rest = text.get(lead.len()..)?.trim_start_matches([':', ' ', '-']).trim_end_matches('.');
    (!rest.is_empty()).then(|| rest.to_owned())
}

fn by_hand(notes: &[String]) -> String {
    let all = notes.join(" ");
    let inner = all.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    inner.map_or_else(|| all.clone(), str::to_owned)
}

/// What names the time that a rollback may take.
const LIMITS: [&str; 5] =
    ["rollback time", "roll back within", "rollback within", "rollback süresi", "time to roll back"];
/// What names it in a rollback section.
pub(crate) const LIMITS_INSIDE: [&str; 4] = ["rto", "recovery time objective", "target time", "time limit"];

/// Whether a text may have one of [`LIMITS`], which are looked for inside of words too.
fn may_limit(text: &str) -> bool {
    let is_roll = |four: &[u8]| matches!(four, [b'r' | b'R', rest @ ..] if rest.eq_ignore_ascii_case(b"oll"));
    text.as_bytes().windows(4).any(is_roll)
}

/// The limit: a rollback heading that says "within 15 minutes", else the first line that names the time a rollback may
/// take ("Rollback time: <15 minutes", in a rollback section "RTO: 30 min"). The limit of one option among several is
/// none of the whole.
fn target(bodies: &Bodies, outline: &Outline) -> Option<(u64, usize)> {
    let is_rollback = |section: &&Section| section.kind == SectionKind::Rollback && !is_option(&section.text);
    let heading = outline.sections.iter().filter(is_rollback).find_map(|section| {
        let plain = words::plain(&section.text);
        let is_limit = words::has_any(&plain, &["within", "under", "in less than", "target", "max", "less than"])
            || plain.contains("(<") && !is_aside(&section.text) && !words::has_any(&plain, &["actions", "term"]);
        is_limit.then(|| when::duration_s(&plain)).flatten().map(|seconds| (seconds, section.line))
    });
    heading.or_else(|| {
        bodies.entries.iter().find_map(|entry| {
            let is_inside =
                outline.section(entry.section()).is_some_and(|section| section.kind == SectionKind::Rollback);
            if !(may_limit(&entry.text) || is_inside && entry.hints.has(Hint::Limit)) {
                return None;
            }
            entry.text.lines().enumerate().find_map(|(row, line)| {
                let plain = words::plain(line);
                let at = LIMITS.iter().find_map(|words| plain.find(words)).or_else(|| {
                    let word = LIMITS_INSIDE.iter().find(|word| is_inside && words::has(&plain, word))?;
                    plain.find(word)
                })?;
                let seconds = when::duration_s(plain.get(at..)?)?;
                let first = match entry.kind {
                    EntryKind::Fence { first_line } => first_line,
                    _ => entry.line(),
                };
                Some((seconds, first + row))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use crate::model::Rollback;

    fn rollback(text: &str) -> Rollback {
        crate::read(text, &Config::default()).0.rollback
    }

    fn ways(text: &str) -> Vec<String> {
        let ways = rollback(text).ways;
        let said = |way: &super::RollbackWay| {
            let (when, hand) = (way.when.as_deref().unwrap_or("-"), way.by_hand.as_deref().unwrap_or("-"));
            format!("{} | {when} | {} | {hand}", way.text, way.commands.len())
        };
        ways.iter().map(said).collect()
    }

    #[test]
    fn headings_that_are_options_are_ways() {
        let text = "# Ship\n\n## Rollback\n\n### When to roll back\n- Errors >5%\n\n### Level 1: Flag off (< 2 minutes)\n\n**Use when**: the feature is at fault\n\n```sh\n# 1. Off\na\n# 2. Verify\nb\n# 3. Purge\nc\n# 4. Check it\nd\n```\n\n### Level 2: DNS (if all is lost)\n\n1. Log in\n2. Move the record\n";
        assert_eq!(
            ways(text),
            ["Flag off | the feature is at fault | 3 | -", "DNS | if all is lost | 0 | Log in\nMove the record"]
        );
        assert_eq!(rollback(text).verify.len(), 2);
        assert_eq!(rollback(text).target_s, None, "each has a limit of its own");
    }

    #[test]
    fn a_line_is_a_way_where_no_section_is() {
        let text = "# Ship\n\n## Gates\n- **Rollback:** Lower the flag\n- Rollback: 5 % of the users\n";
        assert_eq!(ways(text), ["Rollback | - | 0 | Lower the flag"]);
        assert_eq!(ways("# Ship\n\n## Rollback\n- Data: stays\n"), Vec::<String>::new());
        assert_eq!(ways("# Ship\n\n## Plan B\n1. Lower the flag\n"), ["Plan B | - | 0 | Lower the flag"]);
    }

    #[test]
    fn a_single_procedure_is_one_way() {
        let text = "# Ship\n\n## Rollback procedure\n\n```sh\n# Stop\na\n# Restore\nb\n```\n\n**Rollback verification:**\n- [ ] Up\n\nRTO: 30 min\n";
        assert_eq!(ways(text), ["Rollback procedure | - | 2 | -"]);
        assert_eq!(rollback(text).target_s, Some(1800));
        assert_eq!(rollback(text).success.len(), 1);
    }

    #[test]
    fn a_list_is_a_step_for_each_entry() {
        let steps = |text: &str| {
            let (plan, _) = crate::read(text, &Config::default());
            let command = |id: &super::CommandId| plan.command(id).map(|command| format!("$ {}", command.text));
            let way = plan.rollback.ways.first();
            let steps = way.into_iter().flat_map(|way| &way.steps);
            let said = |step: &super::WayStep| {
                format!(
                    "{} {}",
                    step.line,
                    step.command.as_ref().and_then(command).unwrap_or_else(|| step.text.clone())
                )
            };
            steps.map(said).collect::<Vec<_>>()
        };
        let text = "# Ship\n\n## Rollback\n\nRoll back if errors > 5 %.\n\n1. Drain the node\n2. `kubectl rollout undo deploy/billing`\n3. Check that 7.1 is serving\n";
        assert_eq!(
            steps(text),
            ["7 Drain the node", "8 $ kubectl rollout undo deploy/billing", "9 Check that 7.1 is serving"]
        );
        assert_eq!(ways(text), ["Rollback | - | 1 | Drain the node\nCheck that 7.1 is serving"]);
        let nested = "# Ship\n\n## Rollback\n\n- Lower the flag\n  - Owner: [Name]\n- Move the record\n";
        assert_eq!(steps(nested), ["5 Lower the flag; Owner: [Name]", "7 Move the record"]);
        let fenced = "# Ship\n\n## Rollback\n\n- Roll back if invoices are missing\n\n```sh\na\nb\n```\n";
        assert_eq!(steps(fenced), ["8 $ a", "9 $ b"]);
        let ordered = "# Ship\n\n## Rollback\n\n- Roll back if invoices are missing\n- Lower the flag\n";
        assert_eq!(steps(ordered), ["6 Lower the flag"]);
    }

    #[test]
    fn triggers_and_decisions_are_no_way() {
        let text = "# Ship\n\n## Rollback triggers\n\n- Errors >5%\n\n## Rollback decision criteria\n\n**CRITICAL:**\n- Data lost\n";
        assert_eq!(ways(text), Vec::<String>::new());
    }

    #[test]
    fn options_of_one_fence_are_ways_and_their_further_steps_are_theirs() {
        let text = "# Ship\n\n## Rollback (within 15 minutes)\n\n```sh\n# Option 1: undo (in canary)\na\n# then wait\nb\n# Option 2: DNS\n# (Move the record)\n\n# Verify\nc\n```\n";
        assert_eq!(ways(text), ["undo | in canary | 2 | -", "DNS | - | 0 | Move the record"]);
        assert_eq!((rollback(text).verify.len(), rollback(text).target_s), (1, Some(900)));
    }
}
