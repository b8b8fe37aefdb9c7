//! What is observed: verdict, alerts, vitals, what is due.

use serde::Serialize;
use ts_rs::TS;

use super::SilenceView;

/// The verdict, in its place in the head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct VerdictView {
    /// `go`, `hold`, `roll_back`, `blind` or `not_watched`.
    pub kind: String,
    /// Its word: "HOLD", "NOT WATCHED".
    pub word: String,
    /// Why, in one or two lines: "P95 latency 612 ms > 500 ms for 04:12", "Roll back in 25:48 if it is not resolved".
    pub lines: Vec<String>,
    /// The sentence that is read aloud when the verdict turns; it holds no running time.
    pub spoken: String,
}

/// Alerts, and how well the room can alarm.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct AlertsView {
    /// What fires or was resolved in the last ten minutes, the most urgent first.
    pub alerts: Vec<AlertView>,
    /// "and 960 more fire"; empty where all that fire are in `alerts`. They stand on the alerts' page.
    pub more: String,
    /// Whose voice rests, the one that speaks again first before the others; what is silenced and over among them.
    pub silences: Vec<SilenceView>,
    /// Pending criteria: "P95 latency 540 ms, > 500 ms since 07:06:55: fires 2 of the last 3 samples, our default".
    pub pending: Vec<String>,
    /// What keeps the room from alarming outside of this window: "Desktop alerts are off: no notification service
    /// answers." Each a sentence; empty where all is well.
    pub complaints: Vec<String>,
    /// Whether this window has to sound an alarm itself, since nothing else could; it changes with every alarm that has
    /// to be sounded, and is 0 while none has.
    pub sound: u32,
    /// The test notification.
    pub test: TestView,
    /// Units that wait to be confirmed.
    pub units: Vec<UnitQuestionView>,
    /// Criteria that would be armed now and are not, each with the reason.
    pub unarmed: Vec<UnarmedView>,
    /// Where the room is blind.
    pub blind: Option<BlindView>,
    /// Whether what is asked before the day stands open by itself: before the day, as long as nothing fires.
    pub set_up_open: bool,
}

/// An alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AlertView {
    /// Names it.
    pub id: String,
    /// `critical`, `high`, `medium` or `blind`.
    pub severity: String,
    /// "P95 latency above 500 ms".
    pub title: String,
    /// "612 ms"; what was seen last. Empty where nothing is seen.
    pub value: String,
    /// "since 07:06:55".
    pub since: String,
    /// Lines below: what the plan demands, what is known.
    pub lines: Vec<String>,
    /// "Roll back in 25:48 if it is not resolved"; empty where no deadline runs.
    pub deadline: String,
    /// Whether a deadline runs that can be extended.
    pub can_be_extended: bool,
    /// Whether its criterion is not in the checklist any more: acknowledged with words, it is let go.
    pub is_left_alone: bool,
    /// `firing`, `resolved`, or `left_upwards` for what is over since its value lies above its range now: no recovery.
    pub state: String,
    /// "MK · 07:08:02"; empty while nobody has acknowledged it.
    pub acknowledged: String,
    /// What was said on acknowledging.
    pub note: String,
    /// The stronger alert that says it already: its id; empty where it stands on its own.
    pub follows: String,
    /// Whether its voice can be let rest.
    pub can_be_silenced: bool,
    /// What is to be known before one silences it: "It fires on and counts in the verdict. 15 min at most: it demands the
    /// way back."
    pub silencing: String,
    /// "Silenced until 07:26:00 UTC by MK: the fix is on its way"; empty while it speaks.
    pub silenced: String,
    /// What to say aloud to whoever is called over it: value, threshold, since when, what is asked. Empty for what is over.
    pub aloud: String,
}

/// The question "did you see it?".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct TestView {
    /// `unasked`, `asked`, `seen`, `unseen` or `failed`.
    pub state: String,
    /// What is known of it: "seen by MK · 05:48:10", or why it failed.
    pub words: String,
    /// Whether the desktop holds notifications back: "Do not disturb is off", "This desktop does not tell whether it holds
    /// notifications back". Empty while nobody asked it.
    pub quiet: String,
}

/// A metric's unit against its live value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnitQuestionView {
    /// The metric's name.
    pub metric: String,
    /// "Error rate".
    pub name: String,
    /// The query.
    pub query: String,
    /// The live value as it came: "0.0021".
    pub value: String,
    /// What the settings say: `ratio`; empty where they say nothing.
    pub unit: String,
    /// What that means: "0.21 %".
    pub reading: String,
    /// What looks wrong with it; empty where nothing does.
    pub doubt: String,
    /// The units that it may be in, each with what the value would mean: (`percent`, "0.0021 %").
    pub choices: Vec<(String, String)>,
}

/// A criterion that would be armed now and is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UnarmedView {
    /// "Memory leak detected".
    pub name: String,
    /// "no metric or probe is bound to it".
    pub why: String,
}

/// Where the room is blind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BlindView {
    /// "Prometheus (prod) does not answer", "2 of 9 signals have no data".
    pub title: String,
    /// "no reply in 3 s, 24 tries".
    pub words: String,
    /// "02:04".
    pub silent_for: String,
    /// "05:00"; after it blindness is HIGH.
    pub tolerated: String,
    /// From 0 to 100: how much of what is tolerated is over.
    pub percent: u32,
    /// Whether it is HIGH already.
    pub is_high: bool,
    /// The name of the gate that goes on by itself when all is seen again: "50 %"; empty without one.
    pub gate: String,
    /// The way back that comes first: "way 1, undo the rollout"; empty where the plan has none.
    pub way: String,
    /// A condition whose value may be entered by hand: the item's id; empty where none may.
    pub by_hand: String,
    /// "5 of 12": how many signals still answer.
    pub count: String,
    /// "05:00": how long a value counts that is entered by hand.
    pub stated_for: String,
    /// What still answers.
    pub answering: Vec<AnsweringView>,
}

/// A signal that still answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct AnsweringView {
    /// "HTTP health".
    pub name: String,
    /// "200 in 44 ms".
    pub value: String,
    /// "3 s".
    pub age: String,
}

/// The vital signs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, TS)]
pub struct VitalsView {
    /// "last 15 min · 2 s ago"; empty without a signal.
    pub caption: String,
    /// The left end of every chart, in seconds of Unix time.
    pub from_s: f64,
    /// The right end.
    pub to_s: f64,
    /// The signals, in the order of the settings, those with a breach first.
    pub vitals: Vec<VitalView>,
}

/// One vital sign.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct VitalView {
    /// Names it.
    pub id: String,
    /// "P95 latency".
    pub name: String,
    /// "< 200 · HIGH > 500"; empty where no criterion is armed on it.
    pub limits: String,
    /// "612 ms", "7/7"; the last value. Empty where none was ever seen.
    pub value: String,
    /// `calm`, `medium`, `high`, `critical`, `failed` (a condition, no decision criterion) or `unseen`.
    pub state: String,
    /// "2 s ago"; for what is unseen "02:04 ago".
    pub age: String,
    /// Why nothing is seen: "no reply in 3 s"; empty otherwise.
    pub fault: String,
    /// Whether it has numbers to draw; a probe that says yes or no has none.
    pub has_chart: bool,
    /// Times of the points, in seconds of Unix time.
    pub times_s: Vec<f64>,
    /// Values, in the unit that is shown; `null` breaks the line.
    pub values: Vec<Option<f64>>,
    /// Threshold lines.
    pub lines: Vec<LimitLineView>,
    /// Stretches in which nothing was seen, drawn hatched: from, to, in seconds of Unix time.
    pub gaps: Vec<(f64, f64)>,
    /// Stretches that were fetched afterwards, marked under the line: from, to, in seconds of Unix time.
    pub fetched: Vec<(f64, f64)>,
    /// The chart in words, for who cannot see it: "P95 latency, last 15 minutes: from 140 ms to 612 ms, now 612 ms,
    /// above 500 ms since 07:06:55".
    pub words: String,
}

/// A threshold in a chart.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
pub struct LimitLineView {
    /// Where, in the unit that is shown.
    pub value: f64,
    /// "HIGH > 500".
    pub label: String,
    /// `critical`, `high`, `medium` or empty.
    pub severity: String,
}

/// What is due.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct DueView {
    /// The next first; what is late before all.
    pub entries: Vec<DueEntryView>,
}

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DueEntryView {
    /// "Verification starts".
    pub title: String,
    /// "in 18:53", "late 01:07".
    pub when: String,
    /// Whether it is late, or so near that it counts as urgent.
    pub is_urgent: bool,
    /// The phase that it leads to; empty where it leads nowhere.
    pub phase: String,
}

/// A condition of a gate as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ConditionView {
    /// Its words.
    pub text: String,
    /// `pass`, `fail`, `no_data`, `too_few`, `on_word`, `word_ran_out` or `open`.
    pub state: String,
    /// "0.21 % · 07:11:05", "MK: “looks normal” · 06:47:10"; empty where nothing was seen or said.
    pub words: String,
    /// "2 s ago": how old that is; empty where nothing was seen or said.
    pub age: String,
}
