// Generated from src-tauri/src/wire by `cargo xtask bindings`. Do not edit.

export type Act = { "act": "state", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * What was seen, where the check asks for it; empty otherwise.
 */
saw: string, } | { "act": "answer", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * [`super::AnswerView::words`]; empty where the check is no choice.
 */
answer: string, 
/**
 * [`super::FieldView::field`] of each blank with what fills it, in their order.
 */
values: Array<[string, string]>, } | { "act": "confirm", 
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
reason: string, } | { "act": "add_evidence", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * Words, or an address on the web.
 */
text: string, } | { "act": "undo", 
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
words: string, } | { "act": "add_contact", 
/**
 * The role; may be empty.
 */
role: string, 
/**
 * The name.
 */
name: string, 
/**
 * Phone number; may be empty.
 */
phone: string, 
/**
 * Mail address; may be empty.
 */
mail: string, } | { "act": "try_contact", 
/**
 * [`super::ContactView::id`].
 */
contact: string, 
/**
 * `phone`, `mail`, `chat` or `pager`.
 */
way: string, 
/**
 * Whether they answered.
 */
answered: boolean, 
/**
 * What was heard, or how it rang out; may be empty.
 */
words: string, 
/**
 * The alert that it is about, [`super::AlertView::id`]; empty where it is about none.
 */
about: string, } | { "act": "fill_channel", 
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
at: string, } | { "act": "correct", 
/**
 * [`super::LogEntryView::seq`].
 */
event: number, 
/**
 * What is right.
 */
right: string, 
/**
 * Why that is known.
 */
why: string, 
/**
 * What time it is about; empty for now.
 */
at: string, } | { "act": "acknowledge", 
/**
 * [`super::AlertView::id`].
 */
alert: string, 
/**
 * What is to be said to it; may be empty.
 */
note: string, } | { "act": "acknowledge_all" } | { "act": "silence", 
/**
 * [`super::AlertView::id`].
 */
alert: string, 
/**
 * Until when: `15 min`, `07:45` for the next such time, or `2026-01-21T07:45`.
 */
until: string, 
/**
 * Why.
 */
reason: string, } | { "act": "lift_silence", 
/**
 * [`super::SilenceView::alert`].
 */
alert: string, 
/**
 * Why; may be empty.
 */
reason: string, } | { "act": "extend_deadline", 
/**
 * [`super::AlertView::id`].
 */
alert: string, 
/**
 * Until when: `30 min`, `07:45` for the next such time, or `2026-01-21T07:45`.
 */
until: string, 
/**
 * Why.
 */
reason: string, } | { "act": "enter_gate", 
/**
 * [`super::GateView::item`].
 */
gate: string, } | { "act": "pass_gate", 
/**
 * [`super::GateView::item`].
 */
gate: string, } | { "act": "override_gate", 
/**
 * [`super::GateView::item`].
 */
gate: string, 
/**
 * Why.
 */
reason: string, } | { "act": "go_back", 
/**
 * [`super::GateView::item`].
 */
gate: string, 
/**
 * Why.
 */
reason: string, } | { "act": "confirm_unit", 
/**
 * [`super::UnitQuestionView::metric`].
 */
metric: string, 
/**
 * `ratio`, `percent`, `s`, `ms`, `bytes`, `cores` or `count`.
 */
unit: string, } | { "act": "arm_command", 
/**
 * [`super::SignalView::name`].
 */
probe: string, 
/**
 * [`super::CommandProbeView::digest`] of what was shown.
 */
digest: string, } | { "act": "disarm_command", 
/**
 * [`super::SignalView::name`].
 */
probe: string, } | { "act": "accept_binding", 
/**
 * [`super::ProposalView::id`].
 */
proposal: string, 
/**
 * [`super::ProposalView::digest`] of what was shown.
 */
digest: string, } | { "act": "drop_binding", 
/**
 * [`super::ProposalView::id`].
 */
proposal: string, } | { "act": "test_notification" } | { "act": "answer_test", 
/**
 * Whether it was.
 */
seen: boolean, } | { "act": "roll_back", 
/**
 * [`super::CriterionView::id`]; empty where no criterion of the plan says it.
 */
criterion: string, 
/**
 * Why, in words; must not be empty where `criterion` is.
 */
reason: string, 
/**
 * [`super::WayView::number`]; 0 where the plan names no way.
 */
way: number, } | { "act": "rehearse", 
/**
 * [`super::WayView::number`]; 0 where the plan names no way.
 */
way: number, } | { "act": "begin_attempt", 
/**
 * Its T0: `13:00` for the next such time, `30 min` from now, or `2026-01-21T13:00`.
 */
start: string, 
/**
 * Why.
 */
reason: string, } | { "act": "choose_way", 
/**
 * [`super::WayView::number`].
 */
way: number, 
/**
 * Why.
 */
reason: string, } | { "act": "state_step", 
/**
 * [`super::StepView::id`].
 */
step: string, 
/**
 * Whether it worked.
 */
worked: boolean, 
/**
 * What was seen; must not be empty where it did not work.
 */
result: string, } | { "act": "tell", 
/**
 * [`super::ToldView::id`].
 */
whom: string, 
/**
 * Whether they answered.
 */
answered: boolean, 
/**
 * How, or what they said; may be empty.
 */
words: string, } | { "act": "declare_rolled_back" } | { "act": "stand_down", 
/**
 * Why.
 */
reason: string, } | { "act": "accept_reread", 
/**
 * [`super::RereadView::digest`] of what was shown.
 */
digest: string, } | { "act": "take_what_if", 
/**
 * [`super::WhatIfView::id`].
 */
what_if: string, 
/**
 * Why.
 */
reason: string, } | { "act": "draft_window_notice", 
/**
 * [`super::WindowNoticeView::until`].
 */
until: string, } | { "act": "declare_go_live", 
/**
 * Why, where [`super::GoLiveView::wants_reason`]; may be empty otherwise.
 */
reason: string, } | { "act": "declare_success", 
/**
 * Why, where something is not met; may be empty otherwise.
 */
reason: string, } | { "act": "start_update" } | { "act": "start_closing" } | { "act": "explain_rounds", 
/**
 * Why.
 */
reason: string, } | { "act": "hand_over", 
/**
 * Initials of whoever takes it.
 */
to: string, } | { "act": "take_over", 
/**
 * Initials of whoever takes it.
 */
by: string, } | { "act": "withdraw_handover" } | { "act": "note_lesson", 
/**
 * The words.
 */
text: string, } | { "act": "close", 
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

export type AlertEntryView = { 
/**
 * Names it.
 */
id: string, 
/**
 * `critical`, `high`, `medium` or `blind`.
 */
severity: string, 
/**
 * "P95 latency > 500 ms".
 */
title: string, 
/**
 * `firing` or `resolved`.
 */
state: string, 
/**
 * "fires since 07:06:55", "07:02:10 – 07:05:30".
 */
words: string, };

export type AlertPageView = { 
/**
 * All of them, what fires first.
 */
alerts: Array<AlertEntryView>, 
/**
 * Whose history this is; empty where nothing ever fired.
 */
id: string, 
/**
 * Its turns, the latest first, at most 100.
 */
turns: Array<AlertTurnView>, 
/**
 * How many there are in all.
 */
count: number, 
/**
 * Whether there are earlier ones.
 */
more: boolean, };

export type AlertQuery = { 
/**
 * [`AlertEntryView::id`]; empty for the first of the list.
 */
alert: string, 
/**
 * Only turns before this [`AlertTurnView::number`]; 0 for the latest.
 */
before: number, };

export type AlertTurnView = { 
/**
 * Its place in the history, from 1.
 */
number: number, 
/**
 * The number of the event that tells of it.
 */
seq: number, 
/**
 * "07:06:55"; with the day where it is not T0's.
 */
at: string, 
/**
 * `pending`, `fired`, `told`, `acknowledged`, `silenced`, `speaks`, `extended`, `overdue`, `tried`, `unseen`, `seen`
 * or `resolved`.
 */
kind: string, 
/**
 * "Fires: HIGH".
 */
words: string, 
/**
 * "612 ms"; empty where nothing was seen.
 */
value: string, 
/**
 * Who acted: initials, or "War Room".
 */
who: string, 
/**
 * Why, or what was said; may be empty.
 */
detail: string, };

export type AlertView = { 
/**
 * Names it.
 */
id: string, 
/**
 * `critical`, `high`, `medium` or `blind`.
 */
severity: string, 
/**
 * "P95 latency above 500 ms".
 */
title: string, 
/**
 * "612 ms"; what was seen last. Empty where nothing is seen.
 */
value: string, 
/**
 * "since 07:06:55".
 */
since: string, 
/**
 * Lines below: what the plan demands, what is known.
 */
lines: Array<string>, 
/**
 * "Roll back in 25:48 if it is not resolved"; empty where no deadline runs.
 */
deadline: string, 
/**
 * Whether a deadline runs that can be extended.
 */
can_be_extended: boolean, 
/**
 * Whether its criterion is not in the checklist any more: acknowledged with words, it is let go.
 */
is_left_alone: boolean, 
/**
 * `firing`, `resolved`, or `left_upwards` for what is over since its value lies above its range now: no recovery.
 */
state: string, 
/**
 * "MK · 07:08:02"; empty while nobody has acknowledged it.
 */
acknowledged: string, 
/**
 * What was said on acknowledging.
 */
note: string, 
/**
 * The stronger alert that says it already: its id; empty where it stands on its own.
 */
follows: string, 
/**
 * Whether its voice can be let rest.
 */
can_be_silenced: boolean, 
/**
 * What is to be known before one silences it: "It fires on and counts in the verdict. 15 min at most: it demands the
 * way back."
 */
silencing: string, 
/**
 * "Silenced until 07:26:00 UTC by MK: the fix is on its way"; empty while it speaks.
 */
silenced: string, 
/**
 * What to say aloud to whoever is called over it: value, threshold, since when, what is asked. Empty for what is over.
 */
aloud: string, };

export type AlertsView = { 
/**
 * What fires or was resolved in the last ten minutes, the most urgent first.
 */
alerts: Array<AlertView>, 
/**
 * "and 960 more fire"; empty where all that fire are in `alerts`. They stand on the alerts' page.
 */
more: string, 
/**
 * Whose voice rests, the one that speaks again first before the others; what is silenced and over among them.
 */
silences: Array<SilenceView>, 
/**
 * Pending criteria: "P95 latency 540 ms, > 500 ms since 07:06:55: fires 2 of the last 3 samples, our default".
 */
pending: Array<string>, 
/**
 * What keeps the room from alarming outside of this window: "Desktop alerts are off: no notification service
 * answers." Each a sentence; empty where all is well.
 */
complaints: Array<string>, 
/**
 * Whether this window has to sound an alarm itself, since nothing else could; it changes with every alarm that has
 * to be sounded, and is 0 while none has.
 */
sound: number, 
/**
 * The test notification.
 */
test: TestView, 
/**
 * Units that wait to be confirmed.
 */
units: Array<UnitQuestionView>, 
/**
 * Criteria that would be armed now and are not, each with the reason.
 */
unarmed: Array<UnarmedView>, 
/**
 * Where the room is blind.
 */
blind: BlindView | null, 
/**
 * Whether what is asked before the day stands open by itself: before the day, as long as nothing fires.
 */
set_up_open: boolean, };

export type AnswerView = { 
/**
 * Its own words: "NO-GO".
 */
words: string, 
/**
 * `done`, `not_met` (it says that the check is not done), `no_go` (nobody goes on before it is lifted) or
 * `not_applicable`.
 */
means: string, 
/**
 * Whether a person gave it, and it stands.
 */
chosen: boolean, 
/**
 * Whether the source marks it; never more than a claim.
 */
claimed: boolean, };

export type AnsweringView = { 
/**
 * "HTTP health".
 */
name: string, 
/**
 * "200 in 44 ms".
 */
value: string, 
/**
 * "3 s".
 */
age: string, };

export type AttemptView = { 
/**
 * "07:23:02".
 */
at: string, 
/**
 * "MK by phone: no answer, rang for 40 s".
 */
words: string, 
/**
 * "about P95 latency >500ms"; empty where it was about no alert.
 */
about: string, 
/**
 * Whether they answered.
 */
answered: boolean, };

export type BlankView = { 
/**
 * As it stands: `[TIME]`.
 */
blank: string, 
/**
 * What the plan would fill in, or empty.
 */
suggestion: string, };

export type BlindView = { 
/**
 * "Prometheus (prod) does not answer", "2 of 9 signals have no data".
 */
title: string, 
/**
 * "no reply in 3 s, 24 tries".
 */
words: string, 
/**
 * "02:04".
 */
silent_for: string, 
/**
 * "05:00"; after it blindness is HIGH.
 */
tolerated: string, 
/**
 * From 0 to 100: how much of what is tolerated is over.
 */
percent: number, 
/**
 * Whether it is HIGH already.
 */
is_high: boolean, 
/**
 * The name of the gate that goes on by itself when all is seen again: "50 %"; empty without one.
 */
gate: string, 
/**
 * The way back that comes first: "way 1, undo the rollout"; empty where the plan has none.
 */
way: string, 
/**
 * A condition whose value may be entered by hand: the item's id; empty where none may.
 */
by_hand: string, 
/**
 * "5 of 12": how many signals still answer.
 */
count: string, 
/**
 * "05:00": how long a value counts that is entered by hand.
 */
stated_for: string, 
/**
 * What still answers.
 */
answering: Array<AnsweringView>, };

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

export type ChainView = { 
/**
 * `whole`, `broken`, `unknown`; empty while it is being verified for the first time.
 */
state: string, 
/**
 * "214 events, chain whole"; "Broken at event 143".
 */
words: string, 
/**
 * Why it is broken or not known; empty where it is whole.
 */
why: string, 
/**
 * "20 Jan 15:24:06": when the first event was written.
 */
first: string, 
/**
 * "07:11:05 in 38 ms".
 */
checked: string, 
/**
 * "to event 200, by the list of heads on this laptop".
 */
anchored: string, };

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

export type ChartView = { 
/**
 * The vital sign's id.
 */
id: string, 
/**
 * Times of the pieces, in seconds of Unix time.
 */
times_s: Array<number>, 
/**
 * The highest value of each piece, in the unit that is shown; `null` breaks the line.
 */
highs: Array<number | null>, 
/**
 * The lowest value of each piece.
 */
lows: Array<number | null>, 
/**
 * Stretches in which nothing was seen, drawn hatched: from, to, in seconds of Unix time.
 */
gaps: Array<[number, number]>, 
/**
 * The chart in words: "P95 latency, last 24 hours: from 140 ms to 612 ms, now 143 ms, not seen for 02:25:00 in all,
 * from 02:41:00 to 05:06:00".
 */
words: string, };

export type ChartsPageView = { 
/**
 * As asked.
 */
hours: number, 
/**
 * "last 24 h · low–high of 144 s".
 */
caption: string, 
/**
 * Where they begin, in seconds of Unix time.
 */
from_s: number, 
/**
 * Where they end.
 */
to_s: number, 
/**
 * After how many seconds there is something new to be drawn.
 */
stale_after_s: number, 
/**
 * Round times of the plan's wall to be named below them: where, and "06:00".
 */
axis: Array<[number, string]>, 
/**
 * One a vital sign.
 */
charts: Array<ChartView>, };

export type ChartsQuery = { 
/**
 * 1, 6 or 24.
 */
hours: number, };

export type CheckView = { 
/**
 * "payments-api-4.2.0.md".
 */
file: string, 
/**
 * "~/plans · 517 lines · UTF-8".
 */
place: string, 
/**
 * "NOT READY" where a finding would mislead the room; empty otherwise: nothing here says that a plan is good.
 */
verdict: string, 
/**
 * "8 findings would mislead the room", "Mend them in the file, or open the room knowing them".
 */
verdict_words: Array<string>, 
/**
 * How many lines the source has.
 */
lines: number, 
/**
 * The findings, the gravest first; groups without any are left out.
 */
groups: Array<FindingGroupView>, 
/**
 * What was made of the text, kind by kind, always the same in the same order.
 */
kinds: Array<ReadKindView>, 
/**
 * "Nothing was changed in your file. …".
 */
note: string, };

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
date: string, 
/**
 * "real time 20 Jan 18:44:16 UTC", for the footer; empty outside of a drill.
 */
real: string, };

export type ClosingView = { 
/**
 * Each in words, the gravest first: now, while the room is open; at its closing, once it is closed.
 */
left_open: Array<string>, 
/**
 * "12 left open"; empty where nothing is.
 */
count: string, 
/**
 * "Closed 08:06:12 UTC by MK": the closing, while it is closed; empty otherwise.
 */
closed: string, };

export type ColumnView = { 
/**
 * The column's head; may be empty.
 */
head: string, 
/**
 * What stands in the cell.
 */
inlines: Array<InlineView>, };

export type CommandProbeView = { 
/**
 * Names the command's text.
 */
digest: string, 
/**
 * Whether it runs.
 */
armed: boolean, 
/**
 * "Not armed: it does not run", "Armed by MK · 06:10:03 UTC".
 */
words: string, 
/**
 * The folder in which it runs, whole.
 */
folder: string, 
/**
 * "bash -u -o pipefail".
 */
shell: string, 
/**
 * "every 30 s".
 */
every: string, 
/**
 * "ended after 5 s".
 */
limit: string, };

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

export type ConditionView = { 
/**
 * Its words.
 */
text: string, 
/**
 * `pass`, `fail`, `no_data`, `too_few`, `on_word`, `word_ran_out` or `open`.
 */
state: string, 
/**
 * "0.21 % · 07:11:05", "MK: “looks normal” · 06:47:10"; empty where nothing was seen or said.
 */
words: string, 
/**
 * "2 s ago": how old that is; empty where nothing was seen or said.
 */
age: string, };

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
 * How they were tried, the latest first.
 */
tried: Array<AttemptView>, 
/**
 * What the source leaves blank: "name, phone and mail are blank in the file", or empty.
 */
missing: string, };

export type CopyTarget = { "kind": "command", "id": string } | { "kind": "message", "id": string } | { "kind": "reference", "id": string } | { "kind": "contact", "id": string } | { "kind": "draft", "id": string } | { "kind": "reach", "id": string } | { "kind": "settings", "id": string };

export type CountdownView = { 
/**
 * `none` (no window is announced), `calm`, `near`, `burning` (each second costs one), `lost` or `over` (go-live is
 * reached).
 */
state: string, 
/**
 * "You lose it in 6 min", "18 min of slack", "No window is announced".
 */
title: string, 
/**
 * "06:00"; empty where nothing is counted.
 */
value: string, 
/**
 * "at 07:11:18 UTC"; empty where nothing is counted down.
 */
at: string, 
/**
 * What it means, in a sentence or two.
 */
words: string, };

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
 * "< 200 ms", "10 – 20 %", "= 0"; empty where the text gives no number.
 */
limit: string, 
/**
 * `critical`, `high`, `medium`, or empty.
 */
severity: string, 
/**
 * "for 2 min", "in the first hour", "target: <1%", or empty.
 */
remark: string, 
/**
 * `firing`, `was` (it fired and does not any more), `never`, `unseen` (no data), `unarmed`, or empty where that is
 * not looked at.
 */
state: string, 
/**
 * "0.84 %"; the last reading. Empty where none was ever seen.
 */
reading: string, 
/**
 * "since 07:21:10", "was 07:06:55 – 07:24:38", "never", "no metric or probe is bound to it".
 */
history: string, };

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

export type DrillMarkView = { 
/**
 * "Bad canary".
 */
scenario: string, 
/**
 * What does not happen, in two lines: "No command reaches x0-prod, no message is sent, nobody is called.", "Same
 * room, same keys, made-up probes. Its log is kept apart."
 */
lines: Array<string>, 
/**
 * How many times faster than the wall: 1 to 60.
 */
speed: number, 
/**
 * The speeds to choose from, rising: 1, 2, 4, 10, 60; none where only the drill's log is open.
 */
speeds: Array<number>, 
/**
 * Whether its time passes without waiting, up to what is due next.
 */
skips: boolean, 
/**
 * "skipped to 21 Jan 06:35:07"; empty where nothing was skipped yet.
 */
skipped_to: string, 
/**
 * Whether it has ended; then the score can be asked for.
 */
has_ended: boolean, };

export type DrillOfferView = { 
/**
 * "A made-up deployment goes wrong within minutes. Nothing leaves this laptop, and no checklist is needed."
 */
words: string, 
/**
 * What can be drilled, at least one; the first is started by the card's button and key.
 */
scenarios: Array<ScenarioView>, };

export type DrillRunView = { 
/**
 * "Run 2".
 */
title: string, 
/**
 * Its file's name.
 */
file: string, 
/**
 * "08:05"; "not rolled back".
 */
took: string, 
/**
 * From 0 to 100, of the plan's limit.
 */
percent: number, 
/**
 * Whether it is this one.
 */
is_this: boolean, };

export type DueEntryView = { 
/**
 * "Verification starts".
 */
title: string, 
/**
 * "in 18:53", "late 01:07".
 */
when: string, 
/**
 * Whether it is late, or so near that it counts as urgent.
 */
is_urgent: boolean, 
/**
 * The phase that it leads to; empty where it leads nowhere.
 */
phase: string, };

export type DueView = { 
/**
 * The next first; what is late before all.
 */
entries: Array<DueEntryView>, };

export type EscalationView = { 
/**
 * The ladder, lowest level first.
 */
contacts: Array<ContactView>, 
/**
 * Where people meet or are paged.
 */
channels: Array<ChannelView>, };

export type ExampleView = { 
/**
 * Its title.
 */
title: string, 
/**
 * "64 boxes · 3 gates · 11 decision criteria. A checklist to look around in."
 */
words: string, };

export type FieldView = { 
/**
 * Names it for [`super::Act::Answer`]; may be empty.
 */
field: string, 
/**
 * What it asks for, in words: "Version".
 */
label: string, 
/**
 * What a person filled in; empty while nobody did.
 */
value: string, };

export type FigureView = { 
/**
 * `detect`, `decide`, `back` or `told`.
 */
id: string, 
/**
 * "Detection".
 */
name: string, 
/**
 * "00:48", "3"; "never" where it did not happen.
 */
value: string, 
/**
 * What it is held against: "limit 15:00", "of 4", "earliest 00:30". Only figures of the plan or of the scenario: no
 * goal that nobody set.
 */
against: string, 
/**
 * From 0 to 100: the bar.
 */
percent: number, 
/**
 * Where the earliest possible stands on the bar; `None` where that says nothing.
 */
earliest_percent: number | null, 
/**
 * `good`, `late`, `missed` or `plain` (nothing to hold it against).
 */
state: string, 
/**
 * "18 s after the bell", "08:20 to spare", "customers not told".
 */
words: string, };

export type FindingGroupView = { 
/**
 * `error`, `warning` or `note`.
 */
severity: string, 
/**
 * "Would mislead the room", "Decide before the day", "Worth knowing".
 */
title: string, 
/**
 * The findings in the order of their lines.
 */
findings: Array<FindingView>, };

export type FindingView = { 
/**
 * `TIM-01`.
 */
code: string, 
/**
 * `error`, `warning` or `note`.
 */
severity: string, 
/**
 * Line in the checklist; 0 where it is about the settings beside it.
 */
line: number, 
/**
 * "L 183", "war-room.toml 12".
 */
place: string, 
/**
 * What goes wrong on the day.
 */
message: string, 
/**
 * How to mend it; may be empty.
 */
mend: string, };

export type EvidenceView = { 
/**
 * Names it for [`super::OutsideTarget::Evidence`]: its event's number.
 */
event: number, 
/**
 * The words, the address, or the file's name with its size.
 */
words: string, 
/**
 * Whether it is an address that is opened outside.
 */
opens: boolean, 
/**
 * SHA-256 of the file as it was then; empty for what is none.
 */
digest: string, 
/**
 * "MK · 07:11:12".
 */
by: string, };

export type ExportKind = "report" | "checklist" | "events" | "samples" | "archive";

export type ExportView = { 
/**
 * Names it for [`super::Intent::Export`].
 */
kind: ExportKind, 
/**
 * "Report".
 */
title: string, 
/**
 * "one page, prints".
 */
form: string, };

export type ExportsView = { 
/**
 * All of them; the first is what the key saves.
 */
exports: Array<ExportView>, 
/**
 * What is being saved: the desktop asks where, or it is written. `None` where nothing is.
 */
under_way: ExportKind | null, 
/**
 * Whether the desktop still asks where: nothing is written yet.
 */
is_asked: boolean, 
/**
 * "Report saved to ~/Documents/payments-api-4.2.0-20260121.html."; empty where nothing was saved.
 */
saved: string, 
/**
 * Counts what was saved, so that the same words are told again.
 */
count: number, 
/**
 * What holds for all of them.
 */
note: string, };

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
 * "hold 05:00"; "no hold named" where the text has none.
 */
hold: string, 
/**
 * `next`, `open` (it may be entered), `holding`, `paused`, `broken` (a condition is not met), `held` (it may be
 * passed), `passed` or `overridden`.
 */
state: string, 
/**
 * Whether it is the one that is worked on: the one that was entered, else the next.
 */
worked: boolean, 
/**
 * "passed 06:52:12", "hold paused", "next": what the card says at its right.
 */
status: string, 
/**
 * "3 conditions", "paused 07:05:02: P95 latency 241 ms", "held 05:00, on word": the card's second line.
 */
line: string, 
/**
 * "03:18 of 10:00"; empty before it is entered.
 */
held: string, 
/**
 * From 0 to 100.
 */
percent: number, 
/**
 * Whether any of the hold rests on a person's word.
 */
on_word: boolean, 
/**
 * Its conditions as they are now.
 */
conditions: Array<ConditionView>, 
/**
 * Why it cannot be passed now; empty where it can.
 */
cannot_pass: string, 
/**
 * Why it cannot be entered now; empty where it can.
 */
cannot_enter: string, 
/**
 * "06:42 left · ends at 07:18:22 UTC at the earliest"; empty where no hold is waited for.
 */
left: string, 
/**
 * "50 % on the new version, said by MK 07:01:44 · pods 3/3, said by MK 07:02:10": what nobody observes, with who said
 * it. Empty before it is entered.
 */
said: string, 
/**
 * The gate before, to which one may go back from here ("10 %"); empty where the rollout does not stand here, or
 * where none is before.
 */
back_to: string, 
/**
 * The reason with which the roll-back dialogue begins when the gate is given up; empty where it was not entered.
 */
give_up: string, };

export type GoLiveView = { 
/**
 * `none` (it cannot be declared now), `open` or `declared`.
 */
state: string, 
/**
 * Why it cannot be declared now; empty where it can.
 */
cannot: string, 
/**
 * What speaks against it and wants a reason.
 */
grave: Array<string>, 
/**
 * What is to be known besides.
 */
others: Array<string>, 
/**
 * Whether it takes a reason.
 */
wants_reason: boolean, 
/**
 * "MK · 14:18:02 UTC"; empty before.
 */
declared: string, };

export type GoalView = { 
/**
 * [`super::PageView::id`]; empty where it is a phase.
 */
page: string, 
/**
 * [`super::PhaseEntryView::id`]; empty where it is a page.
 */
phase: string, 
/**
 * `item`, `step`, `message`, `contact`, or `title` where the place as a whole is meant.
 */
on: string, 
/**
 * The id of that.
 */
id: string, 
/**
 * "Go to the check".
 */
words: string, };

export type HandoffLineView = { 
/**
 * `critical`, `high`, `medium`, `pending`, `blind`, `overridden`, `deferred`, `clock`, `due`, `note` or empty.
 */
mark: string, 
/**
 * What it is.
 */
title: string, 
/**
 * What is to be known of it; may be empty.
 */
words: string, 
/**
 * What stands at the right: a time, where to.
 */
right: string, 
/**
 * The number of the event that it comes from; 0 where none is.
 */
event: number, };

export type HandoffNoteView = { 
/**
 * The event's number.
 */
event: number, 
/**
 * "21:48:10 MK".
 */
by: string, 
/**
 * The words.
 */
text: string, };

export type HandoffSectionView = { 
/**
 * Names it.
 */
id: string, 
/**
 * "Open alerts".
 */
title: string, 
/**
 * "2 · no CRITICAL, no HIGH".
 */
aside: string, 
/**
 * Its lines; empty where there is nothing.
 */
lines: Array<HandoffLineView>, };

export type HandoffView = { 
/**
 * `open` (nobody has signed) or `signed` (the first has, the second has not).
 */
state: string, 
/**
 * "Drafted from the log at 21:51:12 UTC".
 */
drafted: string, 
/**
 * Who hands over.
 */
from: SignatureView, 
/**
 * Who takes over; without a name while nobody was named.
 */
to: SignatureView, 
/**
 * "MK holds the room until IB signs; alerts still ring here."
 */
holds: string, 
/**
 * Whom the room can be handed to.
 */
candidates: Array<PersonView>, 
/**
 * Why the room cannot be handed over now; empty where it can.
 */
cannot_hand_over: string, 
/**
 * Why the room cannot be taken over now; empty where it can.
 */
cannot_take_over: string, 
/**
 * What happened since the first signature, the first first.
 */
changed: Array<LogEntryView>, 
/**
 * "3 events since it was signed"; empty before.
 */
changed_words: string, 
/**
 * What is handed over: `alerts`, `overridden`, `deferred`, `running`, `due`.
 */
sections: Array<HandoffSectionView>, 
/**
 * What the next person sees first, by urgency.
 */
first: Array<HandoffLineView>, 
/**
 * The notes of this shift, the latest first.
 */
notes: Array<HandoffNoteView>, 
/**
 * "3 from the log, 1 since it was signed".
 */
notes_words: string, 
/**
 * The checklist's own handoff: its checks, each under a name that is of this shift alone. Empty where it has none.
 */
checks: Array<ItemView>, 
/**
 * "2 of 4 checks settled · Shift handoff"; empty where it has none.
 */
checks_words: string, 
/**
 * What signing does besides: what, and how.
 */
signing: Array<[string, string]>, 
/**
 * The handoffs before this one, the latest first.
 */
past: Array<HandoffLineView>, };

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
 * The room's mode in capitals: "PREPARE"; empty where the verdict's place says it already.
 */
mode: string, 
/**
 * The verdict; while the way is back, what is done about it: `rolling_back` or `rolled_back`.
 */
verdict: VerdictView, 
/**
 * The drill that this room is; `None` where it is none. Sent with the head, so that no frame ever shows a drill
 * without its marks.
 */
drill: DrillMarkView | null, };

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

export type Intent = { "kind": "choose_checklist" } | { "kind": "attach_file", 
/**
 * [`super::ItemView::id`].
 */
item: string, } | { "kind": "open_recent", 
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
id: string, } | { "kind": "open_example" } | { "kind": "start_drill", 
/**
 * [`super::ScenarioView::id`].
 */
scenario: string, 
/**
 * What it is drilled over: empty for the bundled example, `opening` for the checklist that was just read,
 * `again` for the checklist of the drill that is open or scored.
 */
over: string, } | { "kind": "set_drill_speed", 
/**
 * One of [`super::DrillMarkView::speeds`].
 */
speed: number, } | { "kind": "skip_in_drill" } | { "kind": "end_drill" } | { "kind": "in_room", 
/**
 * What is asked.
 */
act: Act, } | { "kind": "look", 
/**
 * [`super::PhaseEntryView::id`].
 */
phase: string, } | { "kind": "look_back", 
/**
 * Which.
 */
look: PastLook, } | { "kind": "show", 
/**
 * What.
 */
what: OnDemand, 
/**
 * Whether it is looked at.
 */
shown: boolean, } | { "kind": "ask_what_if", 
/**
 * `hold`, `start` or `window`.
 */
what: string, 
/**
 * The gate of a hold, one of [`super::ScheduleView::holds`]; empty otherwise.
 */
gate: string, 
/**
 * `15 min` for a hold; `07:00`, or `15 min` from now, for a time.
 */
value: string, } | { "kind": "leave" } | { "kind": "copy", 
/**
 * What.
 */
target: CopyTarget, } | { "kind": "copy_report" } | { "kind": "copy_status" } | { "kind": "copy_handoff" } | { "kind": "export", 
/**
 * What.
 */
export: ExportKind, } | { "kind": "open_outside", 
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
 * `open`, `claimed`, `stated`, `answered_no` (the answer that a person gave means no), `observed`, `breached` (a signal shows that it is not so), `unseen` (it was observed
 * and is not seen any more), `word_ran_out`, `overridden`, `deferred` or `not_applicable`.
 */
state: string, 
/**
 * "Observed by Prometheus (prod)", and what became of it: "breached since 07:05:02", "was met until 13:21:02 ·
 * un-ticked 13:21:32, after 30 s without a sample". Empty where no signal observes it.
 */
observed: string, 
/**
 * "612 ms · 07:11:05", "last 0.05 % · 02:04 ago": the signal's last reading; empty where none came.
 */
reading: string, 
/**
 * The query or the address that observes it; empty where none does.
 */
query: string, 
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
 * The answers to choose from; empty where it is no choice.
 */
answers: Array<AnswerView>, 
/**
 * The blanks to fill before it is done.
 */
fields: Array<FieldView>, 
/**
 * What its row of a table says besides; empty for what stands in no table.
 */
columns: Array<ColumnView>, 
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
blocks: Array<BlockView>, 
/**
 * What was attached to it, in the order of the log.
 */
evidence: Array<EvidenceView>, 
/**
 * What Space does to it.
 */
space: SpaceView, };

export type KeyMetricView = { 
/**
 * "Error rate".
 */
name: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * The vital sign that shows it: [`super::VitalView::id`]; empty where nothing observes it.
 */
vital: string, 
/**
 * `met`, `breach`, `unseen` or `unbound`.
 */
state: string, 
/**
 * "0.05 %"; why nothing is seen where nothing is.
 */
now: string, 
/**
 * Its worst value since go-live, as far as the room has it: "0.14 %"; empty where it has none.
 */
worst: string, 
/**
 * When that was: "21:41:10".
 */
worst_at: string, 
/**
 * Whether that breaks the target.
 */
worst_breaks: boolean, 
/**
 * Its targets, as the text has them, more than one where they differ: "< 0.1 %", "target: <1%".
 */
targets: Array<string>, };

export type LastRoundView = { 
/**
 * "08:18".
 */
time: string, 
/**
 * "Every 1 hour, finished 08:24:10 UTC by IB".
 */
words: string, 
/**
 * Its checks: words, what was seen or said of it, by whom and when.
 */
checks: Array<[string, string, string]>, 
/**
 * What the signals showed when it was finished: name, value, age then; for what was not seen the reason as value.
 */
readings: Array<[string, string, string]>, };

export type LessonView = { 
/**
 * The event's number.
 */
event: number, 
/**
 * "21 Jan 07:30 · MK".
 */
by: string, 
/**
 * The words.
 */
text: string, };

export type LimitLineView = { 
/**
 * Where, in the unit that is shown.
 */
value: number, 
/**
 * "HIGH > 500".
 */
label: string, 
/**
 * `critical`, `high`, `medium` or empty.
 */
severity: string, };

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
 * "noted late, 07:40:11" for what was written later than it was so, or empty.
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
undone: boolean, 
/**
 * "Tick", "Observed", "Gate": its kind in one word.
 */
kind: string, 
/**
 * How urgent it is: `critical`, `high`, `medium`, `good`, or empty.
 */
tone: string, 
/**
 * [`super::ItemView::id`] of the check that it is about, and the phase in which that stands; empty where there is none.
 */
item: string, 
/**
 * [`super::PhaseEntryView::id`].
 */
phase: string, 
/**
 * "3f9a-c27e": its short fingerprint; empty where it was not read.
 */
hash: string, 
/**
 * The number of the event that it corrects; 0 where it corrects none.
 */
corrects: number, 
/**
 * The numbers of the events that correct it, in the order of the log.
 */
corrected_by: Array<number>, 
/**
 * What a correction of it would leave as it is, and how that is changed instead: shown where one is written. Empty where
 * there is nothing that a person could correct.
 */
stays: string, };

export type LogGroupView = { 
/**
 * `ticks`, `observed`, `room`, `commands`, `notes`, `messages`, `votes`, `gates`, `alerts`, `calls`.
 */
id: string, 
/**
 * "Ticks".
 */
title: string, 
/**
 * How many.
 */
count: number, };

export type LogPageView = { 
/**
 * The number of the first row, from 0.
 */
from: number, 
/**
 * The rows.
 */
entries: Array<LogEntryView>, 
/**
 * How many rows there are in all that fit the query.
 */
found: number, 
/**
 * The row of the event that was asked for, or of the last before it that fits; `None` where there is none.
 */
place: number | null, };

export type LogQuery = { 
/**
 * A kind's id; empty for all.
 */
group: string, 
/**
 * Words that must stand in it; empty for all.
 */
search: string, 
/**
 * The first row; beyond the end for the last rows.
 */
from: number, 
/**
 * How many rows; at most 200.
 */
count: number, 
/**
 * Asks where the row of this event is, too; 0 for none.
 */
place_of: number, };

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
 * The kinds to filter by, with their number of events.
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

export type OnDemand = "review" | "closing";

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
 * "T0 is missing": what is still to be answered, where nobody has and nothing proposes it; else empty.
 */
missing: string, 
/**
 * By how much the text's dates move: "every date moves by 9 days"; `None` where they stay.
 */
offset_words: string | null, 
/**
 * The phases with their times as written and as they would be.
 */
moved: Array<MovedView>, 
/**
 * What was noticed while it was read, the gravest first.
 */
findings: Array<FindingView>, };

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
draft: string, } | { "kind": "evidence", 
/**
 * [`super::ItemView::id`].
 */
item: string, 
/**
 * [`super::EvidenceView::event`].
 */
event: number, } | { "kind": "link", 
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
count: string, 
/**
 * The same where there is no room for words: "3", "12".
 */
count_short: string, };

export type PastChartView = { 
/**
 * The vital sign's id.
 */
id: string, 
/**
 * "P95 latency".
 */
name: string, 
/**
 * Times of the pieces, in seconds of Unix time.
 */
times_s: Array<number>, 
/**
 * The highest value of each piece, in the unit that is shown; `null` breaks the line.
 */
values: Array<number | null>, 
/**
 * Stretches in which nothing was seen: from, to.
 */
gaps: Array<[number, number]>, 
/**
 * The thresholds.
 */
lines: Array<LimitLineView>, 
/**
 * The chart in words.
 */
words: string, };

export type PastChartsView = { 
/**
 * Where it begins, in seconds of Unix time.
 */
from_s: number, 
/**
 * Where it ends.
 */
to_s: number, 
/**
 * The times that are named below.
 */
axis: Array<PastTimeView>, 
/**
 * When something happened, at most 400 of them; the most urgent of those that lie together.
 */
ticks: Array<PastTickView>, 
/**
 * One a vital sign that has numbers.
 */
charts: Array<PastChartView>, 
/**
 * Why there is none, where there is none.
 */
without: string, 
/**
 * What has to be known of them; mostly nothing.
 */
note: string, };

export type PastLineView = { 
/**
 * The vital sign's id; empty for what is none.
 */
id: string, 
/**
 * "Gate 50 %".
 */
label: string, 
/**
 * "paused at 03:18".
 */
value: string, 
/**
 * `critical`, `high`, `medium`, `running`, `unseen`, or empty.
 */
tone: string, };

export type PastLook = { "to": "open" } | { "to": "close" } | { "to": "now" } | { "to": "moment", 
/**
 * In seconds of Unix time.
 */
at_s: number, } | { "to": "event", 
/**
 * [`super::LogEntryView::seq`].
 */
seq: number, } | { "to": "rows", 
/**
 * A kind's id; empty for all.
 */
group: string, 
/**
 * Words that must stand in the rows; empty for all.
 */
search: string, 
/**
 * How many; less than nought for earlier ones.
 */
by: number, } | { "to": "minutes", 
/**
 * How many.
 */
by: number, } | { "to": "first" } | { "to": "last" } | { "to": "replay" } | { "to": "speed", 
/**
 * One of [`PastView::speeds`].
 */
speed: number, } | { "to": "span", 
/**
 * One of [`PastView::spans`].
 */
span_s: number, } | { "to": "verify" };

export type PastSpanView = { 
/**
 * In seconds; 0 for all.
 */
span_s: number, 
/**
 * "6 h".
 */
words: string, };

export type PastTickView = { 
/**
 * In seconds of Unix time.
 */
at_s: number, 
/**
 * [`super::LogEntryView::tone`].
 */
tone: string, };

export type PastTimeView = { 
/**
 * In seconds of Unix time.
 */
at_s: number, 
/**
 * "06:15".
 */
words: string, };

export type PastView = { 
/**
 * Whether it is the past; else nothing of it is shown but the charts.
 */
is_past: boolean, 
/**
 * "You are looking at 07:05:02."
 */
banner: string, 
/**
 * "The room is live and has gone on; the header shows now."
 */
gone_on: string, 
/**
 * "07:05:02".
 */
at: string, 
/**
 * "UTC, 06:05 ago".
 */
ago: string, 
/**
 * The moment, in seconds of Unix time; now where it is not the past.
 */
at_s: number, 
/**
 * Up to when there is anything: now, or the last event of a room in which nothing happens any more.
 */
now_s: number, 
/**
 * Where the charts begin.
 */
from_s: number, 
/**
 * Where the charts end.
 */
to_s: number, 
/**
 * The last event up to the moment.
 */
event: number, 
/**
 * Whether the past is passing.
 */
is_playing: boolean, 
/**
 * How fast it passes.
 */
speed: number, 
/**
 * How fast it can.
 */
speeds: Array<number>, 
/**
 * How much of it the charts show, in seconds; 0 for all.
 */
span_s: number, 
/**
 * How much they can show.
 */
spans: Array<PastSpanView>, 
/**
 * "The day as it stood at".
 */
title: string, 
/**
 * How it stood.
 */
stood: Array<PastLineView>, 
/**
 * The vital signs at that moment.
 */
values: Array<PastLineView>, };

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
 * How many are done: stated by a person, or observed.
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

export type ProblemCode = "unreadable" | "bad_start" | "bad_zone" | "refused" | "not_saved";

export type ProposalView = { 
/**
 * Names it.
 */
id: string, 
/**
 * Names the draft as it is shown.
 */
digest: string, 
/**
 * `open`, `accepted` or `dropped`.
 */
state: string, 
/**
 * The check's words.
 */
text: string, 
/**
 * The check's line.
 */
line: number, 
/**
 * What would ask: "HTTP check", "certificate check", "metric error_rate".
 */
observer: string, 
/**
 * What would be asked, whole.
 */
asks: string, 
/**
 * "every 30 s, within 5 s".
 */
pace: string, 
/**
 * What must come of it.
 */
expects: string, 
/**
 * Why it is proposed.
 */
reason: string, 
/**
 * The line that says so.
 */
reason_line: number, 
/**
 * What it does not prove; empty where the check says no more than is asked.
 */
caveat: string, 
/**
 * As the settings write it.
 */
draft: string, 
/**
 * Whether it runs a command, which a person has to arm afterwards.
 */
is_command: boolean, 
/**
 * "MK · 06:10:03 UTC", where it was accepted.
 */
said: string, };

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

export type ReadKindView = { 
/**
 * `phases`, `boxes`, `gates`, `routines`, `decisions`, `success`, `rollback`, `commands`, `messages` or
 * `contacts`.
 */
id: string, 
/**
 * "Decision criteria".
 */
title: string, 
/**
 * "14", "0/4".
 */
count: string, 
/**
 * Whether something is to be filled or decided before it can be used.
 */
is_lacking: boolean, 
/**
 * What is to be said of them.
 */
lines: Array<ReadLineView>, 
/**
 * Each of them with its line, where `lines` speak of them together; of a great many only the first.
 */
rows: Array<ReadLineView>, };

export type ReadLineView = { 
/**
 * "5 CRITICAL, 5 HIGH, 4 MEDIUM".
 */
words: string, 
/**
 * Line in the source that it speaks of; 0 where it speaks of several.
 */
line: number, };

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
 * What is to be known of where the file lies, synced by a cloud service or on a drive of the network; empty where that
 * is well.
 */
carried: string, 
/**
 * Whose key signs the seals, and where it lies: in the keychain, or in a file and why; empty where nobody signs here.
 */
key: string, 
/**
 * That another key signs than the laptop's own, and what to do; empty where the own one does.
 */
stands_in: string, 
/**
 * What speaks against the log: it contradicts a head that this laptop has seen, or is damaged; empty while nothing does.
 */
doubted: string, 
/**
 * "Reading the log: 420,000 of 1,000,000 events", while the pages that need all of them cannot be shown; else empty.
 */
reading: string, 
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

export type RereadChangeView = { 
/**
 * "T0", "Hold", "Limit".
 */
name: string, 
/**
 * As it was; may be empty.
 */
before: string, 
/**
 * As it is; may be empty.
 */
after: string, };

export type RereadRowView = { 
/**
 * Names the row within what is shown.
 */
id: string, 
/**
 * `moved`, `reworded`, `changed`, `new` or `gone`.
 */
turn: string, 
/**
 * "Check", "Gate", "Heading", …
 */
thing: string, 
/**
 * As it was; null for what is new.
 */
before: RereadSideView | null, 
/**
 * As it is; null for what is gone.
 */
after: RereadSideView | null, 
/**
 * What belongs to it and is another.
 */
changes: Array<RereadChangeView>, 
/**
 * What stands on it and what becomes of that: "stated by MK 06:41:07: kept"; empty where nothing does.
 */
stands: string, 
/**
 * Whether what stands on it does not go on.
 */
is_lost: boolean, };

export type RereadSideView = { 
/**
 * Line in its text.
 */
line: number, 
/**
 * The heading it stands under.
 */
place: string, 
/**
 * Its words up to where the two differ, what differs, and the rest.
 */
pieces: [string, string, string], };

export type RereadView = { 
/**
 * `same`, `offered`, `unreadable` or `elsewhere`.
 */
state: string, 
/**
 * "The checklist was changed: 2 reworded, 1 new, 1 gone."; empty for `same`.
 */
words: string, 
/**
 * More of it; may be empty.
 */
detail: string, 
/**
 * Why it cannot be accepted now; empty where it can.
 */
obstacle: string, 
/**
 * Names what is shown, for [`super::Act::AcceptReread`]; empty where nothing is offered.
 */
digest: string, 
/**
 * The checklist's path, with `~` for the home.
 */
file: string, 
/**
 * What is another for the plan as a whole.
 */
facts: Array<RereadChangeView>, 
/**
 * What is another, each thing once.
 */
rows: Array<RereadRowView>, 
/**
 * "and 120 more, all new checks"; empty where all are shown.
 */
more: string, };

export type ReviewAlertView = { 
/**
 * Names it.
 */
id: string, 
/**
 * "Error rate".
 */
name: string, 
/**
 * `critical`, `high`, `medium` or `blind`: the gravest that it was.
 */
severity: string, 
/**
 * How often it fired.
 */
count: number, 
/**
 * "22:00": for how long at the longest.
 */
longest: string, 
/**
 * For how long in all.
 */
total: string, 
/**
 * Whether it burns still.
 */
firing: boolean, 
/**
 * The event with which the longest began.
 */
event: number, };

export type ReviewDayView = { 
/**
 * "We 21 Jan".
 */
day: string, 
/**
 * How many alerts began to fire.
 */
fired: number, 
/**
 * Rounds finished within their grace.
 */
done: number, 
/**
 * Finished, and late.
 */
late: number, 
/**
 * Missed.
 */
missed: number, 
/**
 * Handoffs with both signatures.
 */
handoffs: number, };

export type ReviewRoundsView = { 
/**
 * "Every 1 hour".
 */
title: string, 
/**
 * How many were due.
 */
due: number, 
/**
 * Finished within their grace.
 */
done: number, 
/**
 * Finished, and late.
 */
late: number, 
/**
 * Missed.
 */
missed: number, 
/**
 * Of these, how many nobody explained.
 */
unexplained: number, 
/**
 * Begun and not finished, or due now.
 */
open: number, };

export type ReviewView = { 
/**
 * `before` (nobody has declared go-live), `week` or `over`.
 */
state: string, 
/**
 * "21 Jan 14:18 UTC to now, day 3 of 7".
 */
words: string, 
/**
 * The rounds, by routine.
 */
rounds: Array<ReviewRoundsView>, 
/**
 * "19 of 23 done, 1 late, 2 missed".
 */
rounds_words: string, 
/**
 * The alerts, the one that burned for longest before the others.
 */
alerts: Array<ReviewAlertView>, 
/**
 * "3 times, 2 criteria, 1 burns still".
 */
alerts_words: string, 
/**
 * The days in their order.
 */
days: Array<ReviewDayView>, 
/**
 * How long the way back took, rehearsed and for true, against its limit.
 */
rollbacks: Array<HandoffLineView>, 
/**
 * The rooms of this laptop over the last weeks, this one among them; `None` until they were read.
 */
rooms: TrendsView | null, };

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
verify: Array<StepView>, 
/**
 * The marks of a successful rollback.
 */
success: Array<ItemView>, 
/**
 * The decision criteria, one group a severity with its demand.
 */
decisions: Array<DecisionView>, 
/**
 * Who must be told: the ladder, then the channels, then the audiences that have a notice. Empty where the checklist
 * names nobody.
 */
told: Array<ToldView>, 
/**
 * "1 of 4 told"; empty where nobody is to be told.
 */
told_count: string, };

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
 * "prepare", "live", "rolling back", "rolled back" or "closed"; "unreadable" where the file cannot be read.
 */
state: string, 
/**
 * "42 of 180 done · 214 events"; how it ended, where it is closed; why it cannot be read.
 */
words: string, 
/**
 * Its file's name.
 */
file: string, 
/**
 * Whether it is a drill.
 */
is_drill: boolean, };

export type RoundCellView = { 
/**
 * `observed` (a signal showed it when the round was finished), `fetched` (it was asked for afterwards), `done`, `late`, `overridden`, `deferred`, `not_applicable`, `due`, `overdue`, `missed`, `asleep`, `unfinished`,
 * `next` or `ahead`.
 */
state: string, 
/**
 * "IB 15:19:02: 0.05 %"; empty where nothing was said.
 */
words: string, };

export type RoundColumnView = { 
/**
 * Names it within its grid.
 */
due: string, 
/**
 * "15", "Th 22".
 */
label: string, 
/**
 * "21 Jan 15:18 UTC".
 */
full: string, 
/**
 * `done`, `late`, `due`, `overdue`, `missed`, `asleep`, `unfinished`, `next` or `ahead`.
 */
state: string, 
/**
 * "done 15:24:10 by IB", "missed while the laptop slept", "late by 05:12"; what became of its time on the wall.
 */
words: string, 
/**
 * Why it was missed: "IB: the laptop slept"; empty where nobody said.
 */
why: string, };

export type RoundRowView = { 
/**
 * Names it.
 */
item: string, 
/**
 * Its words.
 */
text: string, 
/**
 * Its state in each round, in the order of the columns.
 */
cells: Array<RoundCellView>, };

export type RoundView = { 
/**
 * Names it.
 */
id: string, 
/**
 * [`RoutineGridView::id`].
 */
grid: string, 
/**
 * [`RoundColumnView::due`].
 */
due: string, 
/**
 * "08:18 UTC · Every 1 hour".
 */
title: string, 
/**
 * [`RoundColumnView::state`].
 */
state: string, 
/**
 * "due since 02:11", "late by 01:12:40", "missed", "3 of 5 settled".
 */
words: string, 
/**
 * Its checks, each under a name that is of this round alone.
 */
items: Array<ItemView>, };

export type RoutineGridView = { 
/**
 * Names it.
 */
id: string, 
/**
 * "Every 1 hour".
 */
title: string, 
/**
 * Line in the source.
 */
line: number, 
/**
 * "at :18", "at 14:18 UTC each day", "once, We 28 Jan"; "at each handoff".
 */
rhythm: string, 
/**
 * "next 09:18 UTC, in 38 min"; "over" where none is ahead.
 */
next: string, 
/**
 * What the grid does not show: "72 earlier rounds: 70 done, 2 missed"; empty where it shows all.
 */
earlier: string, 
/**
 * Its rounds.
 */
columns: Array<RoundColumnView>, 
/**
 * Its checks.
 */
rows: Array<RoundRowView>, };

export type RoutinesView = { 
/**
 * `none` (nothing of the plan repeats), `before` (nobody has declared go-live), `watch`, or `over` (rolled back or
 * closed).
 */
state: string, 
/**
 * "live since 21 Jan 14:18 UTC, declared by MK"; why nothing is due where nothing is.
 */
words: string, 
/**
 * Go-live.
 */
go_live: GoLiveView, 
/**
 * What repeats, each as a grid, in the order of the text.
 */
grids: Array<RoutineGridView>, 
/**
 * The rounds that can be done now: what is due, the first first, then what was missed or left unfinished, the last
 * first.
 */
rounds: Array<RoundView>, 
/**
 * Which of them is to be done next: its name; empty where none is due and none may begin.
 */
next_round: string, 
/**
 * "09:18 UTC in 38 min: Every 1 hour", of each routine, the first first.
 */
next: Array<string>, 
/**
 * The round that was finished last.
 */
last: LastRoundView | null, 
/**
 * "This laptop slept 02:41 – 05:06. 2 rounds with 6 checks were missed."; empty where nothing is to be explained.
 */
missed: string, 
/**
 * The key metrics.
 */
metrics: Array<KeyMetricView>, 
/**
 * What their worst values are taken from: "at 18 rounds, in alerts, and in the last 15 min".
 */
metrics_words: string, 
/**
 * Targets that contradict each other, each as a sentence.
 */
contradictions: Array<string>, 
/**
 * Success, before and after it was declared.
 */
success: SuccessView, 
/**
 * What was learned, the first first.
 */
lessons: Array<LessonView>, 
/**
 * "4 · for 28 Jan": how many, and for which review.
 */
lessons_words: string, };

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

export type ScheduleRowView = { 
/**
 * The phase; for a gate its phase.
 */
phase: string, 
/**
 * "Deployment", "50 % · hold 10:00".
 */
title: string, 
/**
 * Whether it is a gate of the phase above.
 */
is_step: boolean, 
/**
 * Where its length comes from: "30:00, until the next phase is planned to begin".
 */
basis: string, 
/**
 * Planned, from when to when; a moment where both are one.
 */
planned: [number, number] | null, 
/**
 * What was, up to now.
 */
actual: [number, number] | null, 
/**
 * How far a hold ran.
 */
held: [number, number] | null, 
/**
 * What is projected.
 */
projected: [number, number] | null, 
/**
 * "06:30 – 07:30"; empty where nothing is planned.
 */
planned_words: string, 
/**
 * "06:31:02 – 06:58:10", "since 06:31:02"; empty where nothing was done.
 */
actual_words: string, 
/**
 * "12:00 late", "02:00 early", "on time"; empty where nothing can be compared.
 */
difference: string, 
/**
 * "07:42:00", "≥ 07:52:00", "done", "left open": the earliest end.
 */
earliest: string, 
/**
 * "07:48:00": the latest end that keeps what follows; empty where nothing limits it.
 */
latest: string, 
/**
 * "06:00", "05:22 over"; "–" where there is none.
 */
slack: string, 
/**
 * `calm`, `near`, `lost`, or empty where there is none.
 */
slack_state: string, 
/**
 * Whether go-live is later by each second by which this is.
 */
is_critical: boolean, };

export type ScheduleView = { 
/**
 * The left end of the axis.
 */
from_s: number, 
/**
 * The right end.
 */
to_s: number, 
/**
 * Marks on the axis: where, and "06:30".
 */
ticks: Array<[number, string]>, 
/**
 * Now.
 */
now_s: number, 
/**
 * "now 07:05:18 UTC · window ends 08:00".
 */
now_words: string, 
/**
 * From when to when the announced window is; `None` where none is announced.
 */
window: [number, number] | null, 
/**
 * "from war-room.toml: Verification 10:00, Go-live 02:00"; empty where the settings give no length.
 */
measured: string, 
/**
 * Phases and their gates, in order.
 */
rows: Array<ScheduleRowView>, 
/**
 * What becomes of the window.
 */
countdown: CountdownView, 
/**
 * "06:00 left", "05:22 over": what the run of the day says beside the page; empty where no window is announced.
 */
left: string, 
/**
 * Phases of which it is known that they begin late: which, and "at risk: starts ≥ 12 min late".
 */
at_risk: Array<[string, string]>, 
/**
 * What could be otherwise; the first is as it stands.
 */
what_ifs: Array<WhatIfView>, 
/**
 * Where the slack went; empty where no window is announced.
 */
spent: Array<SpentView>, 
/**
 * The notice that moves the window; `None` where none is announced, or nothing is ahead.
 */
notice: WindowNoticeView | null, 
/**
 * The gates whose holds could be shorter: id, and "100 %".
 */
holds: Array<[string, string]>, 
/**
 * Whether T0's phase could begin later.
 */
can_start_later: boolean, 
/**
 * What people changed: "window ends 08:30, not 08:00 (MK: the hold was paused)".
 */
changes: Array<string>, };

export type ScenarioView = { 
/**
 * `bad-canary`: names it for [`super::Intent::StartDrill`].
 */
id: string, 
/**
 * "Bad canary".
 */
title: string, 
/**
 * "Errors and P95 climb once traffic shifts".
 */
words: string, 
/**
 * "best 06:40 · 3 runs", "not run yet"; read from the drills' rooms on this laptop.
 */
best: string, };

export type ScoreView = { 
/**
 * "payments-api 4.2.0": for the head, since no room is open.
 */
title: string, 
/**
 * "Drill · Bad canary · ×4 · seed 1".
 */
crumb: string, 
/**
 * "Rolled back in time", "Rolled back, 02:10 over the limit", "Not rolled back".
 */
headline: string, 
/**
 * Whether the headline is good news.
 */
is_good: boolean, 
/**
 * Time to detect, to decide, to be back, who was told; always these four, in this order.
 */
figures: Array<FigureView>, 
/**
 * The signal that went wrong over the whole drill, drawn like a vital sign; `None` where none has numbers.
 */
chart: VitalView | null, 
/**
 * The left end of chart and stretches, in seconds of Unix time (drill time).
 */
from_s: number, 
/**
 * The right end.
 */
to_s: number, 
/**
 * Below the chart: to see, to decide, to be back; those that did not happen are left out.
 */
stretches: Array<StretchView>, 
/**
 * "09:04 from the fault to rolled back"; empty where it was not rolled back.
 */
span: string, 
/**
 * What happened, and what was done.
 */
timeline: Array<TimelineEntryView>, 
/**
 * Who was told.
 */
told: Array<ToldView>, 
/**
 * "3 of 4".
 */
told_count: string, 
/**
 * The runs of this scenario over this checklist on this laptop, the oldest first, at most six.
 */
runs: Array<DrillRunView>, 
/**
 * "15:00": what a full bar of a run means; empty where the plan has no limit.
 */
limit: string, 
/**
 * All scenarios, for the left side.
 */
scenarios: Array<ScenarioView>, 
/**
 * Which of them this was.
 */
scenario: string, 
/**
 * Speed of this run and of the next, and which may be chosen: as in the head of a drill.
 */
mark: DrillMarkView, 
/**
 * The drill's room, for [`super::Intent::EnterRoom`].
 */
room: string, 
/**
 * Its file's name.
 */
file: string, 
/**
 * Its short head.
 */
head: string, };

export type Screen = "start" | "opening" | "room" | "score";

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

export type SignatureView = { 
/**
 * Initials; empty while nobody is named.
 */
initials: string, 
/**
 * The name, or the initials where the room knows no name.
 */
name: string, 
/**
 * "Release manager · has the room since 06:00".
 */
words: string, 
/**
 * "signed 21:51:40 UTC"; empty before.
 */
signed: string, };

export type SignalView = { 
/**
 * Names it: [`super::VitalView::id`].
 */
id: string, 
/**
 * Its name in the settings.
 */
name: string, 
/**
 * What asks: "Prometheus (prod)", "command lag".
 */
observer: string, 
/**
 * What is asked, whole: a query, an address, a command.
 */
asks: string, 
/**
 * "every 5 s, within 3 s".
 */
pace: string, 
/**
 * What must come of it: "status 200"; empty where a criterion says it.
 */
expects: string, 
/**
 * The checks and criteria that it observes.
 */
observes: Array<string>, 
/**
 * The proposal that it came of, while it holds; empty where the settings name it.
 */
proposal: string, 
/**
 * "accepted by MK · 06:10:03 UTC"; empty where the settings name it.
 */
said: string, 
/**
 * What is to be known before it is armed, where it is a command.
 */
command: CommandProbeView | null, };

export type SignalsView = { 
/**
 * "12 asked · 1 command not armed · 5 proposals".
 */
words: string, 
/**
 * How many commands are not armed.
 */
not_armed: number, 
/**
 * How many proposals wait for an answer.
 */
open: number, 
/**
 * What is asked; metrics, then probes, each by name. Its live value is that of the vital sign with the same id.
 */
signals: Array<SignalView>, 
/**
 * What the checklist's own links and commands could observe, in the order of its text.
 */
proposals: Array<ProposalView>, 
/**
 * What no proposal can be made for, and why.
 */
unproposed: Array<UnproposedView>, 
/**
 * What was accepted, as the settings write it; empty where nothing was.
 */
settings: string, 
/**
 * Where the settings lie: "~/plans/war-room.toml".
 */
file: string, };

export type SilenceView = { 
/**
 * [`super::AlertView::id`].
 */
alert: string, 
/**
 * "P95 latency > 500 ms".
 */
title: string, 
/**
 * "Silenced until 07:26:00 UTC by MK: the fix is on its way".
 */
words: string, };

export type SourceLineView = { 
/**
 * Its number, from 1.
 */
line: number, 
/**
 * Its text; a line that is longer than anybody reads is cut, and says so.
 */
text: string, 
/**
 * What it became: `heading`, `box`, `gate`, `criterion`, `command`, `message`, `contact`, `reference`, `ignored`
 * (a mark that was not taken), or `plain` where nothing was made of it.
 */
read: string, 
/**
 * The same in words: "Gate · 50 % · hold 10:00 · 3 conditions".
 */
words: string, 
/**
 * The gravest finding about it: `error`, `warning`, `note`, or empty.
 */
finding: string, 
/**
 * The stretch that it belongs to, where that was unfolded; 0 otherwise.
 */
stretch: number, 
/**
 * Where it leads in a room; `None` where it leads nowhere or no room is open.
 */
goal: GoalView | null, };

export type SourcePageView = { 
/**
 * How many rows there are, with what is unfolded.
 */
total: number, 
/**
 * The first row of this page: a multiple of 200.
 */
from: number, 
/**
 * The row of the line that was asked for; 0 where none was.
 */
at: number, 
/**
 * What is unfolded now, the stretch of the line that was asked for included.
 */
unfolded: Array<number>, 
/**
 * The rows.
 */
rows: Array<SourceRowView>, };

export type SourceQuery = { 
/**
 * The first row, from 0. Rows are lines and folded stretches of lines.
 */
from: number, 
/**
 * A line that is to be among the rows, its stretch unfolded where it is folded, in the place of `from`; 0 for none.
 */
line: number, 
/**
 * The first lines of the stretches that a person unfolded.
 */
unfolded: Array<number>, };

export type SourceRowView = { "kind": "fold", 
/**
 * The first of them, which names the stretch.
 */
line: number, 
/**
 * "33 lines · 137 – 169".
 */
words: string, } | { "kind": "line" } & SourceLineView;

export type SpaceView = { 
/**
 * `state`, `ask` (what was seen or what fills the blanks, which is then stated), `answer` (one of the answers is to be
 * chosen), `confirm`, `undo` or `enter_gate`. What a signal observes is
 * stated too, and refused with the reason.
 */
act: string, 
/**
 * The gate whose hold it begins; else empty.
 */
gate: string, 
/**
 * "Tick", "Choose…", "Fill in…", "Confirm", "Take back", "Start the hold".
 */
words: string, };

export type SpentView = { 
/**
 * "18:00", "− 02:12", "+ 15:00".
 */
value: string, 
/**
 * "at the plan", "before 50 %".
 */
words: string, 
/**
 * `plan`, `spent`, `running`, `won` or `left`.
 */
state: string, };

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
problem: Problem | null, 
/**
 * The drill that is offered.
 */
drill: DrillOfferView, 
/**
 * The example that is offered, read like any checklist.
 */
example: ExampleView, };

export type StepView = { 
/**
 * Names it for [`super::Act::StateStep`]: the command's id; `way 3/by hand` for what is done by hand.
 */
id: string, 
/**
 * The command, to copy; `None` for what is done by hand.
 */
command: CommandView | null, 
/**
 * What is done by hand: "A record of api.payments.example"; empty with a command.
 */
text: string, 
/**
 * `open`, `worked`, `failed`. Always `open` while no rollback runs.
 */
state: string, 
/**
 * "MK · 07:21:46"; empty while open.
 */
by: string, 
/**
 * The result as it was entered: "deployment.apps/payments-api rolled back"; may be empty.
 */
result: string, };

export type StretchView = { 
/**
 * `detect`, `decide` or `back`.
 */
id: string, 
/**
 * Where it begins, in seconds of Unix time (drill time).
 */
from_s: number, 
/**
 * Where it ends.
 */
to_s: number, 
/**
 * "00:48", "Rolling back 06:40".
 */
words: string, 
/**
 * What stands below its beginning: "07:04:00", "fault".
 */
from: [string, string], 
/**
 * What stands below its end: "07:13:04", "rolled back".
 */
to: [string, string], };

export type SuccessLineView = { 
/**
 * Its words.
 */
text: string, 
/**
 * `met`, `on_word`, `not_met`, `unproven`, `running`, `overridden`, `not_applicable` or `open`.
 */
state: string, 
/**
 * What was seen or said of it, or why it is not met.
 */
words: string, };

export type SuccessView = { 
/**
 * Why it cannot be declared now; empty where it can.
 */
cannot: string, 
/**
 * "IB · 22 Jan 14:20:10 UTC"; empty before.
 */
declared: string, 
/**
 * "3 of 11 criteria are met, seen or on word".
 */
met: string, 
/**
 * The criteria as they stand.
 */
lines: Array<SuccessLineView>, 
/**
 * What is not met, unproven or not observed, and what burns, each in words; where success was declared, what was so then.
 */
open: Array<string>, 
/**
 * Whether the checklist's closing words can be drafted.
 */
has_closing: boolean, };

export type TestView = { 
/**
 * `unasked`, `asked`, `seen`, `unseen` or `failed`.
 */
state: string, 
/**
 * What is known of it: "seen by MK · 05:48:10", or why it failed.
 */
words: string, 
/**
 * Whether the desktop holds notifications back: "Do not disturb is off", "This desktop does not tell whether it holds
 * notifications back". Empty while nobody asked it.
 */
quiet: string, };

export type Theme = "dark" | "light";

export type TimelineEntryView = { 
/**
 * "07:04:48".
 */
at: string, 
/**
 * "Acknowledged".
 */
text: string, 
/**
 * "18 s after the bell"; empty where nothing is measured.
 */
remark: string, 
/**
 * "MK", "room".
 */
by: string, };

export type ToldView = { 
/**
 * Names it for [`super::Act::Tell`]: a contact's, channel's or message's id.
 */
id: string, 
/**
 * "Primary engineer", "#deployments", "Customers".
 */
title: string, 
/**
 * The person's name; empty where none is known.
 */
name: string, 
/**
 * `open`, `told` (no answer known), `answered`.
 */
state: string, 
/**
 * "answered 07:22:05", "told 07:28:02", "not told yet".
 */
words: string, 
/**
 * `escalation` or `messages`: the page from which they are told.
 */
page: string, };

export type TrendView = { 
/**
 * "payments-api 4.2.0".
 */
title: string, 
/**
 * "21 Jan 2026": T0's day.
 */
day: string, 
/**
 * Whether it is the one that is open.
 */
here: boolean, 
/**
 * How often anything fired.
 */
alerts: number, 
/**
 * How often it demanded the way back at once.
 */
critical: number, 
/**
 * "2 of 4, 07:30": how many holds went over, and by how much in all; "none of 4".
 */
over: string, 
/**
 * Whether any went over.
 */
is_over: boolean, 
/**
 * "07:32": how long each way back took; "none".
 */
back: string, 
/**
 * Whether any took longer than its plan allows.
 */
is_slow: boolean, 
/**
 * "06:10": the best rehearsal; "none".
 */
rehearsed: string, 
/**
 * How it ended; empty while it is open.
 */
ended: string, 
/**
 * Whether its log is not whole: what is counted is of its whole events alone.
 */
damage: boolean, };

export type TrendsView = { 
/**
 * "5 rooms in the last 8 weeks, drills left out".
 */
words: string, 
/**
 * The rooms, that of the latest T0 first.
 */
rooms: Array<TrendView>, 
/**
 * Which could not be read, or not wholly, and why.
 */
unread: Array<string>, };

export type UnarmedView = { 
/**
 * "Memory leak detected".
 */
name: string, 
/**
 * "no metric or probe is bound to it".
 */
why: string, };

export type UnitQuestionView = { 
/**
 * The metric's name.
 */
metric: string, 
/**
 * "Error rate".
 */
name: string, 
/**
 * The query.
 */
query: string, 
/**
 * The live value as it came: "0.0021".
 */
value: string, 
/**
 * What the settings say: `ratio`; empty where they say nothing.
 */
unit: string, 
/**
 * What that means: "0.21 %".
 */
reading: string, 
/**
 * What looks wrong with it; empty where nothing does.
 */
doubt: string, 
/**
 * The units that it may be in, each with what the value would mean: (`percent`, "0.0021 %").
 */
choices: Array<[string, string]>, };

export type UnproposedView = { 
/**
 * The check's words.
 */
text: string, 
/**
 * Its line.
 */
line: number, 
/**
 * Why.
 */
why: string, };

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
 * What was found in the checklist and how it was read, while one is opened or a room is.
 */
check?: CheckView, 
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
 * Alerts, and how well the room can alarm.
 */
alerts?: AlertsView, 
/**
 * The vital signs.
 */
vitals?: VitalsView, 
/**
 * What is asked, which commands are armed, what could be observed besides.
 */
signals?: SignalsView, 
/**
 * What is due.
 */
due?: DueView, 
/**
 * The schedule, solved.
 */
schedule?: ScheduleView, 
/**
 * The rollback that runs, or what is known before one does.
 */
way_back?: WayBackView, 
/**
 * What repeats after go-live.
 */
routines?: RoutinesView, 
/**
 * How the room passes on.
 */
handoff?: HandoffView, 
/**
 * What the week held.
 */
review?: ReviewView, 
/**
 * The score of the drill that has ended.
 */
score?: ScoreView, 
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
 * The moment of the past that is looked at, while the log's page is shown.
 */
past?: PastView, 
/**
 * Whether the log is whole, once its page was shown.
 */
chain?: ChainView, 
/**
 * What is left open.
 */
closing?: ClosingView, 
/**
 * What the room can be saved as.
 */
exports?: ExportsView, 
/**
 * What the checklist's file says besides what the room has.
 */
reread?: RereadView, 
/**
 * Whether the record is well.
 */
record?: RecordView, 
/**
 * The last thing that did not work in the room; an empty list where nothing is to be said.
 */
problems?: Array<Problem>, };

export type VerdictView = { 
/**
 * `go`, `hold`, `roll_back`, `blind` or `not_watched`.
 */
kind: string, 
/**
 * Its word: "HOLD", "NOT WATCHED".
 */
word: string, 
/**
 * Why, in one or two lines: "P95 latency 612 ms > 500 ms for 04:12", "Roll back in 25:48 if it is not resolved".
 */
lines: Array<string>, 
/**
 * The sentence that is read aloud when the verdict turns; it holds no running time.
 */
spoken: string, };

export type VitalView = { 
/**
 * Names it.
 */
id: string, 
/**
 * "P95 latency".
 */
name: string, 
/**
 * "< 200 · HIGH > 500"; empty where no criterion is armed on it.
 */
limits: string, 
/**
 * "612 ms", "7/7"; the last value. Empty where none was ever seen.
 */
value: string, 
/**
 * `calm`, `medium`, `high`, `critical`, `failed` (a condition, no decision criterion) or `unseen`.
 */
state: string, 
/**
 * "2 s ago"; for what is unseen "02:04 ago".
 */
age: string, 
/**
 * Why nothing is seen: "no reply in 3 s"; empty otherwise.
 */
fault: string, 
/**
 * Whether it has numbers to draw; a probe that says yes or no has none.
 */
has_chart: boolean, 
/**
 * Times of the points, in seconds of Unix time.
 */
times_s: Array<number>, 
/**
 * Values, in the unit that is shown; `null` breaks the line.
 */
values: Array<number | null>, 
/**
 * Threshold lines.
 */
lines: Array<LimitLineView>, 
/**
 * Stretches in which nothing was seen, drawn hatched: from, to, in seconds of Unix time.
 */
gaps: Array<[number, number]>, 
/**
 * Stretches that were fetched afterwards, marked under the line: from, to, in seconds of Unix time.
 */
fetched: Array<[number, number]>, 
/**
 * The chart in words, for who cannot see it: "P95 latency, last 15 minutes: from 140 ms to 612 ms, now 612 ms,
 * above 500 ms since 07:06:55".
 */
words: string, };

export type VitalsView = { 
/**
 * "last 15 min · 2 s ago"; empty without a signal.
 */
caption: string, 
/**
 * The left end of every chart, in seconds of Unix time.
 */
from_s: number, 
/**
 * The right end.
 */
to_s: number, 
/**
 * The signals, in the order of the settings, those with a breach first.
 */
vitals: Array<VitalView>, };

export type WayBackView = { 
/**
 * `none` (none was decided in this attempt), `running` or `done` (a person said that it is rolled back).
 */
state: string, 
/**
 * Why none can be started now ("The room is closed."); empty where one can, and while one runs.
 */
cannot_start: string, 
/**
 * The criterion that is proposed as the reason: the most severe that fires; its [`super::CriterionView::id`], or
 * empty.
 */
criterion: string, 
/**
 * The words that are proposed, "error rate 12.4 % > 10 % since 07:21:10"; while it runs, those that were recorded.
 */
reason: string, 
/**
 * "Decided by MK 07:21:40"; empty before.
 */
decided: string, 
/**
 * The number of the chosen way; before, the one to propose (the first whose `when` fits, else 1); 0 without a way.
 */
way: number, 
/**
 * "04:12"; when done, how long it took. Empty before.
 */
took: string, 
/**
 * "of 15:00 · limit at 07:36:40", "over the limit of 15:00 since 07:36:40", "no limit named"; empty before.
 */
against: string, 
/**
 * From 0 to 100: how much of the limit is over; 0 without one.
 */
percent: number, 
/**
 * Whether the limit has passed.
 */
is_late: boolean, 
/**
 * "1 of 5 marks true"; empty where the checklist names no marks.
 */
marks: string, 
/**
 * Why that way is proposed, or how the chosen one was: "The canary is in progress: way 1 is “if during canary”". Empty
 * where nothing is to be said.
 */
way_why: string, 
/**
 * Whether it is a rehearsal, before the day.
 */
is_rehearsal: boolean, 
/**
 * Why it cannot be rehearsed now; empty where it can.
 */
cannot_rehearse: string, 
/**
 * "best rehearsal 06:40, MK 20 Jan 18:44:16", "never rehearsed".
 */
rehearsed: string, 
/**
 * From 0 to 100: where the best rehearsal stands against the limit; 0 without one.
 */
rehearsed_percent: number, 
/**
 * Whether a new attempt may begin.
 */
may_begin_anew: boolean, 
/**
 * Why it cannot be declared now ("4 of 5 marks are open: No data loss, …"); empty where it can, and in `none`.
 */
cannot_declare: string, };

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
 * Its steps in the order of the text: the commands, then what is done by hand.
 */
steps: Array<StepView>, 
/**
 * What it costs, before anybody picks it: "stops all service: at --replicas=0 nothing is left to answer". Empty
 * where nothing is known.
 */
warning: string, 
/**
 * What else it leaves behind, as far as its steps show it: "goes back by one revision, whatever that one was".
 */
leaves: Array<string>, 
/**
 * `open` (no rollback runs), `chosen`, or `left` (another way is taken).
 */
state: string, 
/**
 * "Chosen by MK 07:21:40"; empty unless it is chosen or was left.
 */
words: string, };

export type WhatIfView = { 
/**
 * Names it for [`super::Act::TakeWhatIf`].
 */
id: string, 
/**
 * "100 % held 15:00, not 30:00".
 */
title: string, 
/**
 * "verification waits for 07:30"; may be empty.
 */
remark: string, 
/**
 * "07:42:00", "≥ 07:42:00": when go-live would be.
 */
go_live: string, 
/**
 * "18:00", "05:22 over"; "–" without a window.
 */
slack: string, 
/**
 * As [`ScheduleRowView::slack_state`].
 */
slack_state: string, 
/**
 * "12:00 earlier, 12:00 more slack"; empty where nothing is gained.
 */
gain: string, 
/**
 * What it costs, in words: "nothing", "watched 15:00 of 30:00: a deviation, with a reason".
 */
costs: string, 
/**
 * Why it cannot be taken; empty where it can.
 */
cannot_take: string, 
/**
 * Where it would end, row by row as [`ScheduleView::rows`].
 */
projected: Array<[number, number] | null>, };

export type WindowNoticeView = { 
/**
 * The new end for [`super::Act::DraftWindowNotice`]: `2026-01-21T08:30`.
 */
until: string, 
/**
 * "08:30 UTC leaves 36:00 of slack".
 */
leaves: string, 
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
body: string, 
/**
 * The draft that says so already; 0 where there is none.
 */
draft: number, 
/**
 * "not sent", "draft kept 07:06:10 by MK".
 */
status: string, };

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
 * What was noticed while it was read, the gravest first.
 */
findings: Array<FindingView>, };

export type ZoneView = { 
/**
 * IANA name.
 */
name: string, 
/**
 * "the plan", "this laptop", or empty.
 */
hint: string, };
