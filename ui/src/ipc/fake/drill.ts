// The fake's drill: its marks, what can be drilled, and a score as one would come of it. Owns: made-up figures.
import type {
  DrillMarkView,
  DrillOfferView,
  ExampleView,
  RoomEntryView,
  ScenarioView,
  ScoreView,
  ToldView,
} from "../bindings";

export const scenarios: ScenarioView[] = [
  {
    id: "bad-canary",
    title: "Bad canary",
    words: "Errors and P95 climb once traffic shifts",
    best: "best 06:40 · 3 runs",
  },
  {
    id: "whole-plan",
    title: "The whole plan",
    words: "From the first phase to the last, and nothing goes wrong",
    best: "not run yet",
  },
];

export const drillOffer: DrillOfferView = {
  words: "A made-up deployment goes wrong in ten minutes. Nothing leaves this laptop. No checklist needed.",
  scenarios,
};

export const example: ExampleView = {
  title: "The example: payments-api 4.2.0",
  words: "64 boxes · 3 gates · 11 decision criteria. A checklist to look around in.",
};

export const drillMark: DrillMarkView = {
  scenario: "Bad canary",
  lines: [
    "No command reaches x0-prod, no message is sent, nobody is called.",
    "Same room, same keys, made-up probes. Its log is kept apart.",
  ],
  speed: 4,
  speeds: [1, 2, 4, 10, 60],
  skips: false,
  skipped_to: "",
  has_ended: false,
};

export const REAL = "real time 20 Jan 18:44:16 UTC · 21:44 here";

export const drillRoom: RoomEntryView = {
  id: "room-drill",
  title: "payments-api 4.2.0",
  subtitle: "Drill · Bad canary",
  state: "closed",
  words: "Rolled back in 06:40 of 15:00",
  file: "drill-payments-api-20260121-3.warroom",
  is_drill: true,
};

/** 21 January 2026, 07:04:00 UTC. */
const FAULT_S = 1_768_979_040;

/** The error rate from the fault until it was normal again. */
function line(): { times_s: number[]; values: number[] } {
  const times_s: number[] = [];
  const values: number[] = [];
  for (let at_s = 0; at_s <= 544; at_s += 8) {
    const climbed = 12.4 / (1 + Math.exp(-(at_s - 85) / 22));
    const fell = at_s <= 150 ? 1 : Math.exp(-(at_s - 150) / 75);
    times_s.push(FAULT_S + at_s);
    values.push(0.04 + climbed * fell);
  }
  return { times_s, values };
}

function told(id: string, title: string, state: string, words: string): ToldView {
  return { id, title, name: "", state, words, page: "escalation" };
}

export const score: ScoreView = {
  title: "payments-api 4.2.0",
  crumb: "Drill 3 · Bad canary · ×4 · seed 1",
  headline: "Rolled back in time",
  is_good: true,
  figures: [
    {
      id: "detect",
      name: "Detection",
      value: "00:48",
      against: "earliest 00:30",
      percent: 40,
      earliest_percent: 25,
      state: "good",
      words: "18 s after the bell",
    },
    {
      id: "decide",
      name: "Decision",
      value: "01:36",
      against: "",
      percent: 32,
      earliest_percent: null,
      state: "plain",
      words: "after seeing it",
    },
    {
      id: "back",
      name: "Rollback",
      value: "06:40",
      against: "limit 15:00",
      percent: 44,
      earliest_percent: 24,
      state: "good",
      words: "08:20 to spare",
    },
    {
      id: "told",
      name: "Told",
      value: "3",
      against: "of 4",
      percent: 75,
      earliest_percent: null,
      state: "late",
      words: "customers not told",
    },
  ],
  chart: {
    id: "errors",
    name: "Error rate",
    limits: "CRITICAL > 10",
    value: "0.04 %",
    state: "calm",
    age: "",
    fault: "",
    has_chart: true,
    ...line(),
    lines: [{ value: 10, label: "CRITICAL 10 %", severity: "critical" }],
    gaps: [],
    fetched: [],
    words: "Error rate through the drill: from 0.04 % to 12.4 % and back, above 10 % from 07:05:35 to 07:06:30",
  },
  from_s: FAULT_S,
  to_s: FAULT_S + 544,
  stretches: [
    {
      id: "detect",
      from_s: FAULT_S,
      to_s: FAULT_S + 48,
      words: "00:48",
      from: ["07:04:00", "fault"],
      to: ["07:04:48", "seen"],
    },
    {
      id: "decide",
      from_s: FAULT_S + 48,
      to_s: FAULT_S + 144,
      words: "01:36",
      from: ["07:04:48", "seen"],
      to: ["07:06:24", "decided"],
    },
    {
      id: "back",
      from_s: FAULT_S + 144,
      to_s: FAULT_S + 544,
      words: "Rolling back 06:40",
      from: ["07:06:24", "decided"],
      to: ["07:13:04", "rolled back"],
    },
  ],
  span: "09:04 from fault to rolled back · 02:16 on the wall clock",
  timeline: [
    { at: "07:04:30", text: "Alert shown, bell rung: P95 above 500 ms", remark: "", by: "room" },
    { at: "07:04:48", text: "Acknowledged", remark: "18 s after the bell", by: "MK" },
    { at: "07:05:35", text: "Errors above 10 %: CRITICAL", remark: "", by: "room" },
    {
      at: "07:06:24",
      text: "Roll back chosen: undo the rollout",
      remark: "49 s after CRITICAL",
      by: "MK",
    },
    { at: "07:06:31", text: "Undo stated: worked", remark: "", by: "MK" },
    { at: "07:13:04", text: "Rolled back: 5 of 5 marks true", remark: "", by: "MK" },
  ],
  told: [
    told("contact-1", "Primary engineer", "answered", "07:06:40"),
    told("contact-2", "Manager", "told", "07:07:12"),
    told("channel-1", "#deployments", "told", "07:07:55"),
    told("message-customers", "Customers", "open", "not told yet"),
  ],
  told_count: "3 of 4",
  runs: [
    { title: "Run 1", file: "drill-payments-api-20260121-1.warroom", took: "11:20", percent: 76, is_this: false },
    { title: "Run 2", file: "drill-payments-api-20260121-2.warroom", took: "08:05", percent: 54, is_this: false },
    { title: "Run 3", file: "drill-payments-api-20260121-3.warroom", took: "06:40", percent: 44, is_this: true },
  ],
  limit: "15:00",
  scenarios,
  scenario: "bad-canary",
  mark: { ...drillMark, has_ended: true },
  room: drillRoom.id,
  file: drillRoom.file,
  head: "3f9a-c27e",
};
