// Generated from src-tauri/src/wire by `cargo xtask bindings`. Do not edit.

export type BlockView = { "block": "prose", 
/**
 * Line in the source.
 */
line: number, 
/**
 * Depth in lists, from 0.
 */
depth: number, 
/**
 * `•`, `1.` or empty.
 */
bullet: string, 
/**
 * Whether it is quoted.
 */
quoted: boolean, 
/**
 * Its words.
 */
inlines: Array<InlineView>, } | { "block": "commands", 
/**
 * Line of the fence.
 */
line: number, 
/**
 * Its commands.
 */
commands: Array<CommandView>, } | { "block": "code", 
/**
 * Line in the source.
 */
line: number, 
/**
 * Language, or empty.
 */
language: string, 
/**
 * The text.
 */
text: string, } | { "block": "table", 
/**
 * Line in the source.
 */
line: number, 
/**
 * The head's cells.
 */
head: Array<Array<InlineView>>, 
/**
 * The rows' cells.
 */
rows: Array<Array<Array<InlineView>>>, };

export type ChannelView = { 
/**
 * Names it for [`super::CopyTarget::Contact`].
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * Its name.
 */
title: string, 
/**
 * Its address, or empty.
 */
target: string, 
/**
 * "blank in the file: [Slack Channel]", or empty.
 */
missing: string, };

export type ClockView = { 
/**
 * "T-00:41:50", "T+00:41:07"; days before the hours from one day on ("T-2d 03:00:00"). Without a room "05:48:10".
 */
big: string, 
/**
 * "07:11:07 UTC · 10:11 here"; without a room "UTC · 08:48 here".
 */
small: string, 
/**
 * "Wednesday 21 January 2026", in the plan's zone; UTC without a room.
 */
date: string, };

export type CommandView = { 
/**
 * Names it for [`super::CopyTarget::Command`].
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * The command as written.
 */
text: string, 
/**
 * The comment above it, or empty.
 */
label: string, 
/**
 * What comments say besides ("Upload to S3/backup location"), or empty.
 */
remark: string, 
/**
 * The alternative's name ("Option A: Using Helm"), or empty; of several alternatives only one is run.
 */
alternative: string, };

export type ContactView = { 
/**
 * Names it for [`super::CopyTarget::Contact`].
 */
id: string, 
/**
 * Level, from 1.
 */
order: number, 
/**
 * Line in the source.
 */
line: number, 
/**
 * The role.
 */
role: string, 
/**
 * The name, or empty.
 */
name: string, 
/**
 * The number, or empty.
 */
phone: string, 
/**
 * The address, or empty.
 */
mail: string, 
/**
 * What the source leaves blank: "name, phone and mail are blank in the file", or empty.
 */
missing: string, };

export type CopyTarget = { "kind": "command", "id": string } | { "kind": "message", "id": string } | { "kind": "reference", "id": string } | { "kind": "contact", "id": string };

export type CriteriaGroupView = { 
/**
 * Its name.
 */
title: string, 
/**
 * Its criteria.
 */
criteria: Array<CriterionView>, };

export type CriteriaView = { 
/**
 * Groups: "In this phase", "Key metrics", "Roll back if", "Successful if".
 */
groups: Array<CriteriaGroupView>, };

export type CriterionView = { 
/**
 * Names it.
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * "P95 latency"; the text where nothing measurable is named.
 */
name: string, 
/**
 * "< 200 ms", "10 – 20 %", "= 0"; "in words" where the text gives no number.
 */
limit: string, 
/**
 * `critical`, `high`, `medium`, or empty.
 */
severity: string, 
/**
 * "for 2 min", "in the first hour", "target: <1%", or empty.
 */
remark: string, };

export type DayView = { 
/**
 * The phases in the order of the text.
 */
phases: Array<PhaseEntryView>, 
/**
 * The pages.
 */
pages: Array<PageView>, };

export type DecisionView = { 
/**
 * `critical`, `high`, `medium`, or empty.
 */
severity: string, 
/**
 * "Roll back now", "Roll back if not resolved in 30 min", "Investigate".
 */
demand: string, 
/**
 * The criteria.
 */
group: CriteriaGroupView, };

export type EscalationView = { 
/**
 * The ladder, lowest level first.
 */
contacts: Array<ContactView>, 
/**
 * Where people meet or are paged.
 */
channels: Array<ChannelView>, };

export type GateView = { 
/**
 * The item that is the gate.
 */
item: string, 
/**
 * "10 %"; the item's words where it names no share.
 */
share: string, 
/**
 * "First pod".
 */
remark: string, 
/**
 * "hold 05:00"; "no hold named" where the text has none.
 */
hold: string, 
/**
 * "3 conditions".
 */
conditions: string, };

export type HeaderView = { 
/**
 * "payments-api 4.2.0".
 */
title: string, 
/**
 * "Production · window 06:30 – 08:00 UTC".
 */
subtitle: string, 
/**
 * The room's mode in capitals: "PREPARE".
 */
mode: string, 
/**
 * The checklist's path, with `~` for the home.
 */
path: string, 
/**
 * The verdict's word; "NOT WATCHED" while nothing is armed.
 */
verdict: string, 
/**
 * Why, in one or two lines.
 */
verdict_reason: Array<string>, };

export type InlineView = { "kind": "text", 
/**
 * The words.
 */
text: string, } | { "kind": "emphasis", 
/**
 * The words.
 */
text: string, } | { "kind": "strong", 
/**
 * The words.
 */
text: string, } | { "kind": "code", 
/**
 * The code.
 */
text: string, } | { "kind": "link", 
/**
 * What is shown.
 */
text: string, 
/**
 * Where it leads.
 */
target: string, 
/**
 * Whether it may be opened outside (http, https, mailto, tel).
 */
opens: boolean, };

export type Intent = { "kind": "choose_checklist" } | { "kind": "open_recent", 
/**
 * [`super::RecentView::id`].
 */
id: string, } | { "kind": "propose_start", 
/**
 * `2026-01-21T06:30`, on the wall of `zone`.
 */
start: string, 
/**
 * IANA name.
 */
zone: string, } | { "kind": "enter", 
/**
 * `2026-01-21T06:30`, on the wall of `zone`.
 */
start: string, 
/**
 * IANA name.
 */
zone: string, } | { "kind": "look", 
/**
 * [`super::PhaseEntryView::id`].
 */
phase: string, } | { "kind": "leave" } | { "kind": "copy", 
/**
 * What.
 */
target: CopyTarget, } | { "kind": "open_outside", 
/**
 * What.
 */
target: OutsideTarget, } | { "kind": "use_theme", 
/**
 * Which.
 */
theme: Theme, } | { "kind": "dismiss_problem" };

export type ItemView = { 
/**
 * Names it.
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * Depth of nesting, from 0.
 */
depth: number, 
/**
 * Its words.
 */
inlines: Array<InlineView>, 
/**
 * `open` or `claimed`.
 */
state: string, 
/**
 * `check`, `gate` or `hold`.
 */
item_kind: string, 
/**
 * What stands at the right: "hold 05:00", "< 200 ms", or empty.
 */
right: string, 
/**
 * The line below: "Expected: >90% pass rate", "Claimed in the source, not confirmed", or empty.
 */
below: string, 
/**
 * What hangs on it: commands, paragraphs, code.
 */
blocks: Array<BlockView>, };

export type MessageGroupView = { 
/**
 * `customers`, `team` or `status_page`.
 */
audience: string, 
/**
 * "Customers".
 */
title: string, 
/**
 * Its messages.
 */
messages: Array<MessageView>, };

export type MessageView = { 
/**
 * Names it for [`super::CopyTarget::Message`].
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * Its name.
 */
title: string, 
/**
 * "Before", "During", "After".
 */
moment: string, 
/**
 * Where it goes, or empty.
 */
channel: string, 
/**
 * The subject, or empty.
 */
subject: string, 
/**
 * The words.
 */
body: string, 
/**
 * Its blanks.
 */
blanks: Array<string>, };

export type MessagesView = { 
/**
 * One group an audience: customers, team, status page.
 */
groups: Array<MessageGroupView>, 
/**
 * What stands in the communication sections and is no message: boxes to tick.
 */
others: Array<ItemView>, };

export type MovedView = { 
/**
 * The phase.
 */
title: string, 
/**
 * As the text has it: "20 Jan 16:00"; empty where the text has no time.
 */
before: string, 
/**
 * With the answer: "29 Jan 16:00 UTC"; empty where it has no time.
 */
after: string, };

export type OpeningView = { 
/**
 * The checklist's title.
 */
title: string, 
/**
 * Its path, with `~` for the home.
 */
path: string, 
/**
 * "180 boxes, 20 ticked · 3 gates · 14 decision criteria": what was read.
 */
read: string, 
/**
 * T0 as proposed by the text, `2026-01-21T06:30`; empty where nothing proposes one.
 */
proposed_start: string, 
/**
 * IANA name as proposed.
 */
proposed_zone: string, 
/**
 * "Phase 2: Deployment (6:30 AM), line 170": where T0 comes from.
 */
start_reason: string, 
/**
 * "line 406 says UTC", "nothing names a zone".
 */
zone_reason: string, 
/**
 * Zones to choose from, the proposed one, UTC and the laptop's first.
 */
zones: Array<ZoneView>, 
/**
 * T0 of the answer that `moved` is about.
 */
start: string, 
/**
 * Zone of the answer that `moved` is about.
 */
zone: string, 
/**
 * "21 Jan 2026 06:30 UTC · 09:30 here".
 */
start_words: string, 
/**
 * Why the answer makes no T0, where it does not.
 */
problem: Problem | null, 
/**
 * By how much the text's dates move: "every date moves by 9 days"; `None` where they stay.
 */
offset_words: string | null, 
/**
 * The phases with their times as written and as they would be.
 */
moved: Array<MovedView>, 
/**
 * Notes and warnings about the reading, as sentences with their line.
 */
findings: Array<string>, };

export type OutsideTarget = { "kind": "reference", 
/**
 * [`super::ReferenceView::id`].
 */
id: string, } | { "kind": "call", 
/**
 * [`super::ContactView::id`].
 */
id: string, } | { "kind": "mail", 
/**
 * [`super::ContactView::id`].
 */
id: string, } | { "kind": "link", 
/**
 * The address as the plan has it; looked up in the plan, refused where the plan does not hold it.
 */
target: string, };

export type PageView = { 
/**
 * `rollback`, `messages`, `escalation`, `references`, `written`.
 */
id: string, 
/**
 * Its key.
 */
key: string, 
/**
 * Its name.
 */
title: string, 
/**
 * "3 ways", "12".
 */
count: string, };

export type PhaseEntryView = { 
/**
 * Names it for [`super::Intent::Look`].
 */
id: string, 
/**
 * "06:30" on T0's day, "T-6d", "+24h"; empty where nothing says when.
 */
when: string, 
/**
 * The whole time in words, for a hint: "21 Jan 06:30 – 07:30 UTC".
 */
when_words: string, 
/**
 * Its name.
 */
title: string, 
/**
 * How many boxes it has.
 */
total: number, 
/**
 * How many the source claims to be done.
 */
claimed: number, 
/**
 * Whether it is the chosen one.
 */
chosen: boolean, };

export type PhaseView = { 
/**
 * Which.
 */
id: string, 
/**
 * "Deployment execution · Deployment day · Phase 2".
 */
crumb: string, 
/**
 * Its name.
 */
title: string, 
/**
 * "21 Jan 06:30 – 07:30 UTC"; empty where nothing says when.
 */
when: string, 
/**
 * "17 boxes · 3 claimed in the source".
 */
count: string, 
/**
 * Its gates.
 */
gates: Array<GateView>, 
/**
 * Everything that stands in it, in the order of the text.
 */
rows: Array<RowView>, };

export type Problem = { 
/**
 * For the window to branch on.
 */
code: ProblemCode, 
/**
 * One clear sentence that names file, line and mend.
 */
message: string, 
/**
 * More of it: further mistakes, the system's own words.
 */
detail: string | null, };

export type ProblemCode = "unreadable" | "bad_start" | "refused" | "desktop";

export type RecentView = { 
/**
 * Names it for [`super::Intent::OpenRecent`].
 */
id: string, 
/**
 * The checklist's title.
 */
title: string, 
/**
 * Its path, with `~` for the home.
 */
path: string, 
/**
 * "opened 20 Jan 15:02 UTC".
 */
opened: string, };

export type ReferenceGroupView = { 
/**
 * `command`, `link` or `file`.
 */
reference_kind: string, 
/**
 * "Commands".
 */
title: string, 
/**
 * The references.
 */
references: Array<ReferenceView>, };

export type ReferenceView = { 
/**
 * Names it for [`super::CopyTarget::Reference`] and [`super::OutsideTarget::Reference`].
 */
id: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * Its name, or empty.
 */
title: string, 
/**
 * The command, the address or the path.
 */
target: string, 
/**
 * Whether it may be opened outside.
 */
opens: boolean, };

export type ReferencesView = { 
/**
 * "Commands", "Links", "Files".
 */
groups: Array<ReferenceGroupView>, };

export type RollbackView = { 
/**
 * "15:00" (minutes and seconds), or empty where the text names no limit.
 */
limit: string, 
/**
 * "line 318", where the limit stands; empty without one.
 */
limit_line: string, 
/**
 * The ways back; only one is taken.
 */
ways: Array<WayView>, 
/**
 * What to run afterwards to see that it worked.
 */
verify: Array<CommandView>, 
/**
 * The marks of a successful rollback.
 */
success: Array<ItemView>, 
/**
 * The decision criteria, one group a severity with its demand.
 */
decisions: Array<DecisionView>, };

export type RowView = { "kind": "heading", 
/**
 * Line in the source.
 */
line: number, 
/**
 * Depth below the phase, from 1.
 */
depth: number, 
/**
 * "Step 1", or empty.
 */
label: string, 
/**
 * Its words.
 */
title: string, 
/**
 * When it is due, where it says so itself.
 */
when: string, } | { "kind": "item" } & ItemView | { "kind": "block" } & BlockView;

export type Screen = "start" | "opening" | "room";

export type StartView = { 
/**
 * "Nothing is live".
 */
headline: string, 
/**
 * The sentence below it.
 */
sentence: string, 
/**
 * Where data is kept, with `~` for the home.
 */
data_folder: string, 
/**
 * Checklists that were open before, the latest first, at most eight.
 */
recent: Array<RecentView>, 
/**
 * Why the last file could not be opened.
 */
problem: Problem | null, };

export type Theme = "dark" | "light";

export type Update = { 
/**
 * Counts up by one for each message on a channel, from 1; a gap means that the window must subscribe again.
 */
sequence: number, 
/**
 * Which frame is shown.
 */
screen?: Screen, 
/**
 * Colours.
 */
theme?: Theme, 
/**
 * The time, once a second.
 */
clock?: ClockView, 
/**
 * The start window.
 */
start?: StartView, 
/**
 * The question for T0 and zone.
 */
opening?: OpeningView, 
/**
 * The room's head.
 */
header?: HeaderView, 
/**
 * The run of the day.
 */
day?: DayView, 
/**
 * The chosen phase.
 */
phase?: PhaseView, 
/**
 * The criteria beside the chosen phase.
 */
criteria?: CriteriaView, 
/**
 * The messages' page.
 */
messages?: MessagesView, 
/**
 * The rollback plan's page.
 */
rollback?: RollbackView, 
/**
 * The escalation's page.
 */
escalation?: EscalationView, 
/**
 * The page of commands, links and files.
 */
references?: ReferencesView, 
/**
 * The whole checklist.
 */
written?: WrittenView, 
/**
 * The last thing that did not work in the room; an empty list where nothing is to be said.
 */
problems?: Array<Problem>, };

export type WayView = { 
/**
 * From 1.
 */
number: number, 
/**
 * Line in the source.
 */
line: number, 
/**
 * Its name.
 */
title: string, 
/**
 * When it serves, or empty.
 */
when: string, 
/**
 * Its commands.
 */
commands: Array<CommandView>, 
/**
 * What the text says about going by hand, or empty.
 */
by_hand: string, };

export type WrittenView = { 
/**
 * Its path, with `~` for the home.
 */
path: string, 
/**
 * Everything, in the order of the text.
 */
rows: Array<RowView>, 
/**
 * Notes and warnings about the reading, as sentences with their line.
 */
findings: Array<string>, };

export type ZoneView = { 
/**
 * IANA name.
 */
name: string, 
/**
 * "the plan", "this laptop", or empty.
 */
hint: string, };
