// Generated from src-tauri/src/wire by `cargo xtask bindings`. Do not edit.

export type Act = { "act": "state", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * What was seen, where the check asks for it; empty otherwise.
 */
saw: string, } | { "act": "confirm", 
/**
 * [`super::ItemView::id`].
 */
item: string, } | { "act": "confirm_phase", 
/**
 * [`super::PhaseView::id`].
 */
phase: string, } | { "act": "override", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * Why.
 */
reason: string, } | { "act": "defer", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * A later phase.
 */
to: string, 
/**
 * Why.
 */
reason: string, } | { "act": "not_applicable", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * Why.
 */
reason: string, } | { "act": "undo", 
/**
 * [`super::ItemView::id`], or empty.
 */
item: string, } | { "act": "name_person", 
/**
 * One to four letters.
 */
initials: string, 
/**
 * The name.
 */
name: string, 
/**
 * May be empty.
 */
role: string, } | { "act": "choose_actor", 
/**
 * Their initials.
 */
initials: string, } | { "act": "fill_contact", 
/**
 * [`super::ContactView::id`].
 */
contact: string, 
/**
 * The name.
 */
name: string, 
/**
 * Phone number.
 */
phone: string, 
/**
 * Mail address.
 */
mail: string, 
/**
 * Name in the chat.
 */
chat: string, 
/**
 * Name at the pager.
 */
pager: string, } | { "act": "prove_contact", 
/**
 * [`super::ContactView::id`].
 */
contact: string, 
/**
 * `phone`, `mail`, `chat` or `pager`.
 */
way: string, 
/**
 * What was heard; may be empty.
 */
words: string, } | { "act": "fill_channel", 
/**
 * [`super::ChannelView::id`].
 */
channel: string, 
/**
 * Its address or name.
 */
target: string, } | { "act": "start_draft", 
/**
 * [`super::MessageView::id`]; empty for an empty notice.
 */
message: string, } | { "act": "keep_draft", 
/**
 * [`super::DraftView::number`].
 */
draft: number, 
/**
 * To whom.
 */
to: string, 
/**
 * The subject.
 */
subject: string, 
/**
 * The words.
 */
body: string, } | { "act": "drop_draft", 
/**
 * [`super::DraftView::number`].
 */
draft: number, } | { "act": "mark_sent", 
/**
 * [`super::DraftView::number`].
 */
draft: number, 
/**
 * To whom it went.
 */
to: string, 
/**
 * When; empty for now.
 */
at: string, } | { "act": "note", 
/**
 * The words.
 */
text: string, 
/**
 * What time it is about; empty for now.
 */
at: string, } | { "act": "close", 
/**
 * How it ended.
 */
outcome: string, } | { "act": "reopen", 
/**
 * Why.
 */
reason: string, } | { "act": "typing", 
/**
 * `note`, or `draft 3`.
 */
name: string, 
/**
 * All that stands in the field; for a draft as JSON of `{to, subject, body}`.
 */
text: string, };

export type BlankView = { 
/**
 * As it stands: `[TIME]`.
 */
blank: string, 
/**
 * What the plan would fill in, or empty.
 */
suggestion: string, };

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
 * Its ways in the order phone, mail, chat, pager.
 */
ways: Array<ReachView>, 
/**
 * What the source leaves blank: "name, phone and mail are blank in the file", or empty.
 */
missing: string, };

export type CopyTarget = { "kind": "command", "id": string } | { "kind": "message", "id": string } | { "kind": "reference", "id": string } | { "kind": "contact", "id": string } | { "kind": "draft", "id": string } | { "kind": "reach", "id": string };

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

export type DraftView = { 
/**
 * Names it.
 */
number: number, 
/**
 * The template's id, or empty.
 */
message: string, 
/**
 * The template's name, or "Notice 3".
 */
title: string, 
/**
 * To whom.
 */
to: string, 
/**
 * The subject.
 */
subject: string, 
/**
 * The words: what is being typed, where that is newer than what was kept.
 */
body: string, 
/**
 * Its open blanks.
 */
blanks: Array<BlankView>, 
/**
 * Whether what is being typed was not kept in the log yet.
 */
unkept: boolean, 
/**
 * "kept 06:20:11 by MK".
 */
kept: string, };

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
zone: string, } | { "kind": "enter_room", 
/**
 * [`super::RoomEntryView::id`].
 */
id: string, } | { "kind": "in_room", 
/**
 * What is asked.
 */
act: Act, } | { "kind": "look", 
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
 * `open`, `claimed`, `stated`, `overridden`, `deferred` or `not_applicable`.
 */
state: string, 
/**
 * "MK · 06:31:02": who acted last and when; empty where nobody did.
 */
by: string, 
/**
 * What was seen, or the reason; empty where there is none.
 */
words: string, 
/**
 * The limit that asks for what was seen ("Error rate <1%"); empty where a tick is enough.
 */
asks: string, 
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

export type LogEntryView = { 
/**
 * The event's number.
 */
seq: number, 
/**
 * "06:31:02"; with the day where it is not T0's: "20 Jan 06:31:02". On the plan's wall.
 */
at: string, 
/**
 * "written 07:40:11" for a late note, or empty.
 */
late: string, 
/**
 * Who.
 */
actor: string, 
/**
 * The event's kind (`stated`, `noted`, …).
 */
event: string, 
/**
 * "stated: Deployment started".
 */
text: string, 
/**
 * What else belongs to it: reason, what was seen, the notice's words; or empty.
 */
detail: string, 
/**
 * Whether it was taken back later.
 */
undone: boolean, };

export type LogGroupView = { 
/**
 * `checks`, `messages`, `people`, `notes`, `room`.
 */
id: string, 
/**
 * "Checks".
 */
title: string, 
/**
 * How many.
 */
count: number, };

export type LogPageView = { 
/**
 * The entries.
 */
entries: Array<LogEntryView>, 
/**
 * Whether there are earlier ones.
 */
more: boolean, 
/**
 * How many there are in all that fit the query.
 */
found: number, };

export type LogQuery = { 
/**
 * A group's id; empty for all.
 */
group: string, 
/**
 * Words that must stand in it; empty for all.
 */
search: string, 
/**
 * Only events before this number; 0 for the latest.
 */
before: number, };

export type LogView = { 
/**
 * How many events there are.
 */
count: number, 
/**
 * "3f9a-c27e": the short head.
 */
head: string, 
/**
 * The last three, the latest first, for the footer.
 */
tail: Array<LogEntryView>, 
/**
 * The groups to filter by, with their number of events.
 */
groups: Array<LogGroupView>, 
/**
 * The note that was being typed and not written yet, as it is on disk: what the field holds where the room is
 * opened again after a kill. Empty where there is none.
 */
note_typed: string, };

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
blanks: Array<BlankView>, 
/**
 * "draft kept 06:20 by MK", "sent 06:31 to #deployments by MK", or empty.
 */
status: string, 
/**
 * The draft that was begun from it, or 0.
 */
draft: number, };

export type MessagesView = { 
/**
 * One group an audience: customers, team, status page.
 */
groups: Array<MessageGroupView>, 
/**
 * The drafts, the latest kept first.
 */
drafts: Array<DraftView>, 
/**
 * What went out, the latest first.
 */
sent: Array<SentView>, 
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
 * A room of this checklist that is not closed: offered first; at most one, the latest.
 */
unfinished: RoomEntryView | null, 
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
id: string, } | { "kind": "draft_mail", 
/**
 * [`super::DraftView::number`] as text.
 */
draft: string, } | { "kind": "link", 
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

export type PeopleView = { 
/**
 * Initials of whoever acts, or the login name until a person is chosen.
 */
actor: string, 
/**
 * Whether a person was chosen.
 */
chosen: boolean, 
/**
 * The people, in the order in which they were named.
 */
people: Array<PersonView>, };

export type PersonView = { 
/**
 * "MK".
 */
initials: string, 
/**
 * The name.
 */
name: string, 
/**
 * May be empty.
 */
role: string, 
/**
 * The key that chooses them after Shift P: "1" to "9", or empty.
 */
key: string, };

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
 * How many are done: stated by a person.
 */
done: number, 
/**
 * How many are neither done nor settled otherwise (overridden, deferred, not applicable).
 */
open: number, 
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
 * How many claims of the source wait to be confirmed here.
 */
claims: number, 
/**
 * The later phases, to defer a check to: id and title.
 */
later: Array<[string, string]>, 
/**
 * Checks of earlier phases that were deferred to here.
 */
returned: Array<ItemView>, 
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

export type ProblemCode = "unreadable" | "bad_start" | "refused" | "not_saved" | "desktop";

export type ReachView = { 
/**
 * `phone`, `mail`, `chat` or `pager`.
 */
way: string, 
/**
 * The number, address or name; empty where unknown.
 */
address: string, 
/**
 * "answered 20 Jan 16:10 UTC, said TL: hello"; empty while unproven.
 */
proven: string, };

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

export type RecordView = { 
/**
 * Why the log is not being saved, with how many acts wait; `None` while all is on disk.
 */
unsaved: Problem | null, 
/**
 * Why nothing can be done here: followed, newer, damaged; empty where one may act.
 */
reading_only: string, 
/**
 * The room's file, with `~` for the home.
 */
file: string, 
/**
 * How the room ended; empty while it is open.
 */
closed: string, };

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

export type RoomEntryView = { 
/**
 * Names it for [`super::Intent::EnterRoom`].
 */
id: string, 
/**
 * "payments-api 4.2.0".
 */
title: string, 
/**
 * "Production · 21 Jan 2026".
 */
subtitle: string, 
/**
 * "prepare", "live" or "closed"; "unreadable" where the file cannot be read.
 */
state: string, 
/**
 * "42 of 180 done · 214 events"; how it ended, where it is closed; why it cannot be read.
 */
words: string, 
/**
 * Its file's name.
 */
file: string, };

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

export type SentView = { 
/**
 * The event's number.
 */
seq: number, 
/**
 * The template's name, or "Notice 3".
 */
title: string, 
/**
 * "06:31:02 to #deployments by MK, by hand".
 */
words: string, 
/**
 * The subject.
 */
subject: string, 
/**
 * The words.
 */
body: string, };

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
 * Rooms of this laptop, those that are not closed first, then the latest first, at most twenty.
 */
rooms: Array<RoomEntryView>, 
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
 * The people, and who acts.
 */
people?: PeopleView, 
/**
 * What is always known of the log.
 */
log?: LogView, 
/**
 * Whether the record is well.
 */
record?: RecordView, 
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
