// What the fake observes: a made-up minute of the deployment, as one of a few scenes. Owns: made-up readings, and how an
// act changes them as far as one has to look at it. It measures nothing and has no rule worth the name; those are Rust's.
import type {
  Act,
  AlertView,
  AlertsView,
  BlindView,
  DueView,
  GateView,
  Problem,
  VerdictView,
  VitalView,
  VitalsView,
} from "../bindings";

/** `unwatched`: before the day, nothing is bound. The others: gate 50 %, at 07:11:07 of the day; while the way is back
    at 07:25:52. */
export type Scene = "unwatched" | "go" | "hold" | "blind" | "roll_back" | "rolling_back" | "rolled_back";

export const SCENES: readonly Scene[] = [
  "unwatched",
  "go",
  "hold",
  "blind",
  "roll_back",
  "rolling_back",
  "rolled_back",
];

/** 21 January 2026, 07:11:07 UTC. */
const NOW_S = 1_768_979_467;
const STEP_S = 15;
const SPAN_S = 900;

/** What is seen in a scene is the same while the way is back as it was when it began, and after it as all is well. */
export function seenIn(scene: Scene): Exclude<Scene, "rolling_back" | "rolled_back"> {
  return scene === "rolling_back" ? "roll_back" : scene === "rolled_back" ? "go" : scene;
}

export const verdicts: Record<Exclude<Scene, "rolling_back" | "rolled_back">, VerdictView> = {
  unwatched: {
    kind: "not_watched",
    word: "NOT WATCHED",
    lines: ["Nothing is bound to a probe:", "the room cannot see production"],
    spoken: "Not watched: nothing is bound to a probe.",
  },
  go: {
    kind: "go",
    word: "GO",
    lines: ["9 of 9 armed criteria are fresh and met"],
    spoken: "GO: all armed criteria are met.",
  },
  hold: {
    kind: "hold",
    word: "HOLD",
    lines: ["P95 latency 612 ms > 500 ms for 04:12", "Roll back in 25:48 if it is not resolved"],
    spoken: "HOLD: P95 latency is above 500 ms.",
  },
  blind: {
    kind: "blind",
    word: "BLIND",
    lines: ["Prometheus silent for 02:04 · 7 of 12 signals unseen", "HIGH in 02:56 unless they are seen again"],
    spoken: "BLIND: Prometheus does not answer.",
  },
  roll_back: {
    kind: "roll_back",
    word: "ROLL BACK",
    lines: ["Error rate 12.4 % > 10 % since 07:10:40", "Way 1, undo the rollout: 15:00 at most"],
    spoken: "ROLL BACK: the error rate is above 10 %.",
  },
};

function alert(more: Partial<AlertView> & Pick<AlertView, "id" | "severity" | "title">): AlertView {
  return {
    follows: "",
    value: "",
    since: "",
    lines: [],
    deadline: "",
    can_be_extended: false,
    is_left_alone: false,
    state: "firing",
    acknowledged: "",
    note: "",
    can_be_silenced: false,
    silencing: "",
    silenced: "",
    aloud: "",
    ...more,
  };
}

const SILENCING = "It fires on and counts in the verdict: only its voice rests.";
const WANTED = "I need you to know, and to answer if I call again.";

export const latencyAlert = alert({
  id: "p95-high",
  severity: "high",
  title: "P95 latency > 500 ms",
  value: "612 ms",
  since: "since 07:06:55",
  lines: ["HIGH: roll back if not resolved in 30 min"],
  deadline: "Roll back in 25:48 if it is not resolved",
  can_be_extended: true,
  is_left_alone: false,
  can_be_silenced: true,
  silencing: SILENCING,
  aloud: `This is Mara Klein on payments-api 4.2.0. P95 latency is 612 ms, the plan acts on > 500 ms, since 07:06:55 UTC. We roll back at 07:36:55 UTC if it is not resolved. ${WANTED}`,
});

export const errorAlert = alert({
  id: "errors-critical",
  severity: "critical",
  title: "Error rate > 10 %",
  value: "12.4 %",
  since: "since 07:10:40",
  lines: ["CRITICAL: roll back now", "Way 1, undo the rollout"],
  can_be_silenced: true,
  silencing: `${SILENCING} 15 min at most: it demands the way back.`,
  aloud: `This is Mara Klein on payments-api 4.2.0. Error rate is 12.4 %, the plan acts on > 10 %, since 07:10:40 UTC. The plan says: roll back now. ${WANTED}`,
});

/** It follows from the one before. */
export const errorHighAlert = alert({
  id: "errors-high",
  severity: "high",
  title: "Error rate > 5 %",
  value: "12.4 %",
  since: "since 07:10:35",
  lines: ["HIGH: roll back if not resolved in 30 min"],
  deadline: "Roll back in 29:28 if it is not resolved",
  can_be_extended: true,
  is_left_alone: false,
  can_be_silenced: true,
  silencing: SILENCING,
  follows: "errors-critical",
});

const blindAlert = alert({
  id: "blind-prometheus",
  severity: "blind",
  title: "7 of 12 signals unseen",
  lines: ["Tolerated until 07:14:03, 02:56 more. Then it is HIGH: 30:00 to see again or roll back"],
});

const memoryAlert = alert({
  id: "memory-medium",
  severity: "medium",
  title: "Memory > 80 %",
  since: "07:02:10 – 07:05:30",
  state: "resolved",
});

const BLIND: BlindView = {
  title: "Prometheus does not answer",
  words: "no reply in 5 s, 24 tries",
  silent_for: "02:04",
  tolerated: "05:00",
  percent: 41,
  is_high: false,
  gate: "50 %",
  way: "way 1, undo the rollout",
  by_hand: "",
  count: "5 of 12",
  stated_for: "05:00",
  answering: [
    { name: "HTTP health", value: "200 in 44 ms", age: "3 s" },
    { name: "Kubernetes", value: "7/7, 0 restarts", age: "4 s" },
    { name: "PostgreSQL", value: "3 ms", age: "2 s" },
    { name: "DNS", value: "203.0.113.20", age: "11 s" },
    { name: "TLS", value: "62 days left", age: "6 min" },
  ],
};

export const unit: AlertsView["units"][number] = {
  metric: "error_rate",
  name: "Error rate",
  query: 'sum(rate(http_requests_total{code=~"5.."}[5m])) / sum(rate(http_requests_total[5m]))',
  value: "0.0021",
  unit: "percent",
  reading: "0.0021 %",
  doubt: "A share of errors below 0.01 % is rare: is it a ratio?",
  choices: [
    ["ratio", "0.21 %"],
    ["percent", "0.0021 %"],
  ],
};

export function alertsOf(scene: Scene): AlertsView {
  const quiet: AlertsView = {
    alerts: [],
    more: "",
    silences: [],
    pending: [],
    complaints: [],
    sound: 0,
    test: { state: "seen", words: "seen by MK · 05:48:10", quiet: "Do not disturb is off" },
    units: [],
    unarmed: [],
    set_up_open: false,
    blind: null,
  };
  const unarmed = [
    { name: "Memory leak detected", why: "no metric or probe is bound to it" },
    { name: "Data is damaged", why: "it names no number; a person has to say it" },
  ];
  const acknowledged = "MK · 07:21:20";
  if (scene === "rolling_back") return { ...quiet, alerts: [{ ...errorAlert, acknowledged, since: "since 07:21:10" }] };
  switch (seenIn(scene)) {
    case "unwatched":
      return quiet;
    case "go":
      return {
        ...quiet,
        alerts: [memoryAlert],
        units: [unit],
        unarmed,
        test: {
          state: "unasked",
          words: "Nobody has seen an alert on this desktop today.",
          quiet: "Do not disturb is off",
        },
      };
    case "hold":
      return { ...quiet, alerts: [latencyAlert], unarmed };
    case "blind":
      return {
        ...quiet,
        alerts: [blindAlert],
        blind: BLIND,
        complaints: [
          "Do not disturb is on: dunst is paused. Alerts may not be seen on the desktop: this window and its sound alarm.",
          "This laptop may fall asleep: the system refused to keep it awake.",
        ],
      };
    case "roll_back":
      return {
        ...quiet,
        alerts: [
          errorAlert,
          errorHighAlert,
          { ...latencyAlert, acknowledged: "MK · 07:08:02", note: "looking at the new pods" },
          memoryAlert,
        ],
        pending: ["CPU 81 % > 80 %: 1 of 2 samples"],
        complaints: ["Desktop alerts are off: no notification service answers."],
      };
  }
}

/** A line that goes along at `from` and climbs to `to` before its end. */
function climb(from: number, to: number, until_s = SPAN_S): Pick<VitalView, "times_s" | "values"> {
  const times_s: number[] = [];
  const values: number[] = [];
  for (let at_s = 0; at_s <= until_s; at_s += STEP_S) {
    const climbed = 1 / (1 + Math.exp(-(at_s - 600) / 45));
    times_s.push(NOW_S - SPAN_S + at_s);
    values.push(from + (to - from) * climbed + Math.sin(at_s / 37) * from * 0.02);
  }
  return { times_s, values };
}

function vital(id: string, name: string, value: string, more: Partial<VitalView>): VitalView {
  return {
    id,
    name,
    limits: "",
    value,
    state: "calm",
    age: "2 s ago",
    fault: "",
    has_chart: true,
    times_s: [],
    values: [],
    lines: [],
    gaps: [],
    fetched: [],
    words: `${name}, last 15 minutes: now ${value}`,
    ...more,
  };
}

export function vitalsOf(scene: Scene): VitalsView {
  if (scene === "unwatched") return { caption: "", from_s: 0, to_s: 0, vitals: [] };
  const critical = seenIn(scene) === "roll_back";
  const bad = scene === "hold" || critical;
  const errors = vital("errors", "Error rate", critical ? "12.4 %" : "0.21 %", {
    ...climb(0.08, critical ? 12.4 : 0.21),
    limits: critical ? "< 1 · CRITICAL > 10" : "< 1 %",
    state: critical ? "critical" : "calm",
    lines: critical
      ? [
          { value: 1, label: "< 1", severity: "" },
          { value: 10, label: "CRITICAL > 10", severity: "critical" },
        ]
      : [{ value: 1, label: "< 1 %", severity: "" }],
  });
  const p95 = vital("p95", "P95 latency", bad ? "612 ms" : "151 ms", {
    ...climb(148, bad ? 612 : 151),
    limits: "< 200 · HIGH > 500",
    state: bad ? "high" : "calm",
    lines: [
      { value: 200, label: "< 200", severity: "" },
      { value: 500, label: "HIGH > 500", severity: "high" },
    ],
    words: bad
      ? "P95 latency, last 15 minutes: from 148 ms to 612 ms, now 612 ms, above 500 ms since 07:06:55"
      : "P95 latency, last 15 minutes: from 146 ms to 153 ms, now 151 ms",
  });
  const others = [
    vital("p99", "P99 latency", bad ? "871 ms" : "316 ms", {
      ...climb(300, bad ? 871 : 316),
      limits: "< 500 from 07:30",
      lines: [{ value: 500, label: "< 500 from 07:30", severity: "" }],
    }),
    vital("cpu", "CPU", "18 %", {
      ...climb(16, 18),
      limits: "< 30 %",
      lines: [{ value: 30, label: "< 30 %", severity: "" }],
      // The laptop slept for three minutes.
      fetched: [[NOW_S - 700, NOW_S - 520]],
      words: "CPU, last 15 minutes: now 18 %; fetched afterwards: 06:59:27 to 07:02:27",
    }),
    vital("restarts", "Pod restarts", "0", { limits: "= 0", has_chart: false }),
    vital("health", "HTTP health", "200 in 44 ms", { has_chart: false }),
  ];
  const vitals = critical ? [errors, p95, ...others] : bad ? [p95, errors, ...others] : [errors, p95, ...others];
  return {
    caption: scene === "blind" ? "last 15 min · hatched: no data" : "last 15 min · 2 s ago",
    from_s: NOW_S - SPAN_S,
    to_s: NOW_S,
    vitals: scene === "blind" ? vitals.map(blinded) : vitals,
  };
}

function blinded(one: VitalView): VitalView {
  if (one.id === "health") return one;
  const gap_s = NOW_S - 124;
  const values = one.values.map((value, index) => ((one.times_s[index] ?? 0) > gap_s ? null : value));
  return {
    ...one,
    values,
    gaps: [[gap_s, NOW_S]],
    state: "unseen",
    age: "02:04 ago",
    fault: "no reply in 5 s",
    words: `${one.name}: no data since 07:09:03, last ${one.value}`,
  };
}

export function dueOf(scene: Scene): DueView {
  if (scene === "unwatched") return { entries: [] };
  return {
    entries: [
      { title: "Hourly update to the team", when: "late 01:07", is_urgent: true, phase: "" },
      { title: "Announced window ends", when: "in 00:11", is_urgent: true, phase: "" },
      { title: "Verification starts", when: "in 18:53", is_urgent: false, phase: "verification" },
      { title: "Go-live", when: "in 48:53", is_urgent: false, phase: "go-live" },
    ],
  };
}

/** The acts that are answered here. */
type WatchAct = Extract<
  Act,
  {
    act:
      | "acknowledge"
      | "acknowledge_all"
      | "silence"
      | "lift_silence"
      | "extend_deadline"
      | "enter_gate"
      | "pass_gate"
      | "override_gate"
      | "go_back"
      | "confirm_unit"
      | "test_notification"
      | "answer_test";
  }
>;

type GateAct = Extract<Act, { act: "enter_gate" | "pass_gate" | "override_gate" | "go_back" }>;

/** The fake's alarms and gates, as acts change them. */
export class FakeWatch {
  readonly alerts: AlertsView;
  readonly #refuse: (message: string) => Problem;

  constructor(
    readonly scene: Scene,
    byHand: string,
    refuse: (message: string) => Problem,
  ) {
    this.alerts = structuredClone(alertsOf(scene));
    if (this.alerts.blind !== null) this.alerts.blind.by_hand = byHand;
    this.#refuse = refuse;
  }

  act(act: WatchAct, by: string, gates: GateView[]): Problem | null {
    const { alerts } = this;
    switch (act.act) {
      case "acknowledge": {
        const found = alerts.alerts.find(({ id }) => id === act.alert);
        if (found === undefined) return this.#refuse("The plan has no such alert; it may have been read anew.");
        if (found.acknowledged !== "") return this.#refuse("It is acknowledged already.");
        Object.assign(found, { acknowledged: `${by} · 07:11:08`, note: act.note });
        return null;
      }
      case "acknowledge_all": {
        const open = alerts.alerts.filter(({ state, acknowledged }) => state === "firing" && acknowledged === "");
        if (open.length === 0) return this.#refuse("There is nothing to acknowledge.");
        for (const found of open) found.acknowledged = `${by} · 07:11:08`;
        return null;
      }
      case "silence": {
        if (act.until.trim() === "") return this.#refuse("Say until when first: 15 min, or a time such as 07:45.");
        if (act.reason.trim() === "") return this.#refuse("Say why first.");
        const found = alerts.alerts.find(({ id }) => id === act.alert);
        if (found === undefined) return this.#refuse("The plan has no such alert; it may have been read anew.");
        found.silenced = `Silenced until 07:26:08 UTC by ${by}: ${act.reason}`;
        alerts.silences = [...alerts.silences, { alert: found.id, title: found.title, words: found.silenced }];
        return null;
      }
      case "lift_silence":
        alerts.silences = alerts.silences.filter(({ alert }) => alert !== act.alert);
        for (const found of alerts.alerts) if (found.id === act.alert) found.silenced = "";
        return null;
      case "extend_deadline": {
        if (act.reason.trim() === "") return this.#refuse("Say why first.");
        const found = alerts.alerts.find(({ id }) => id === act.alert);
        if (found !== undefined) found.deadline = `Roll back at ${act.until} if it is not resolved: ${act.reason}`;
        return null;
      }
      case "enter_gate":
      case "pass_gate":
      case "override_gate":
      case "go_back":
        return this.#gate(act, gates);
      case "confirm_unit":
        alerts.units = alerts.units.filter(({ metric }) => metric !== act.metric);
        return null;
      case "test_notification":
        alerts.test = { ...alerts.test, state: "asked", words: "shown 07:11:08" };
        return null;
      case "answer_test":
        alerts.test = {
          ...alerts.test,
          state: act.seen ? "seen" : "unseen",
          words: `${act.seen ? "seen" : "not seen"} by ${by} · 07:11:12`,
        };
        return null;
    }
  }

  #gate(act: GateAct, gates: GateView[]): Problem | null {
    const at = gates.findIndex(({ item }) => item === act.gate);
    const gate = gates[at];
    if (gate === undefined) return this.#refuse("The plan has no such gate; it may have been read anew.");
    if (act.act === "go_back") {
      const before = gates[at - 1];
      if (before === undefined) return this.#refuse("No gate stands before this one.");
      if (act.reason.trim() === "") return this.#refuse("Say why first.");
      const open = { percent: 0, held: "", left: "", said: "", back_to: "", on_word: false };
      Object.assign(gate, { ...open, state: "next", status: "next", give_up: "" });
      Object.assign(before, {
        ...open,
        state: "paused",
        status: "waits for its conditions",
        cannot_pass: "Not met now.",
      });
      return null;
    }
    if (act.act === "enter_gate") {
      if (gate.cannot_enter !== "") return this.#refuse(gate.cannot_enter);
      Object.assign(gate, {
        state: "holding",
        status: "holding",
        held: "00:00 of 30:00",
        cannot_enter: "It is entered already.",
        cannot_pass: "It has been held for 00:00 of 30:00.",
      });
      return null;
    }
    if (act.act === "pass_gate" && gate.cannot_pass !== "") return this.#refuse(gate.cannot_pass);
    if (act.act === "override_gate" && act.reason.trim() === "") return this.#refuse("Say why first.");
    const how = act.act === "pass_gate" ? "passed" : "overridden";
    Object.assign(gate, { state: how, status: `${how} 07:11:09`, percent: 100, cannot_pass: `It is ${how} already.` });
    const next = gates[at + 1];
    if (next !== undefined) Object.assign(next, { state: "open", status: "may be entered", cannot_enter: "" });
    return null;
  }
}
