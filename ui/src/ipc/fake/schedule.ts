// The fake's schedule: the day of the pictures at 07:05:18. Owns: made-up figures, and how a what-if is asked for and taken
// as far as one has to look at it. It solves nothing; that is Rust's.
import type { Act, Intent, Problem, ScheduleRowView, ScheduleView, WhatIfView } from "../bindings";

/** 21 January 2026, 00:00 UTC. */
const MIDNIGHT = 1_768_953_600;

/** Seconds of Unix time on the day of the pictures. */
function at(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(":").map(Number);
  return MIDNIGHT + hours * 3600 + minutes * 60 + seconds;
}

function span(words: string): [number, number] | null {
  const [from = "", to = from] = words.split(" – ");
  return words === "" ? null : [at(from), at(to)];
}

function row(
  title: string,
  planned: string,
  actual: string,
  projected: string,
  more: Partial<ScheduleRowView> = {},
): ScheduleRowView {
  const ended = projected === "";
  return {
    phase: title.toLowerCase(),
    title,
    is_step: title.includes("·"),
    basis: "",
    planned: span(planned),
    actual: span(actual),
    held: null,
    projected: span(projected),
    planned_words: planned,
    actual_words: actual.endsWith("07:05:18") ? `since ${actual.split(" – ")[0] ?? ""}` : actual,
    difference: "",
    earliest: ended ? "done" : (projected.split(" – ")[1] ?? projected),
    latest: "",
    slack: ended ? "–" : "06:00",
    slack_state: ended ? "" : "near",
    is_critical: !ended,
    ...more,
  };
}

const rows: ScheduleRowView[] = [
  row("Pre-deployment", "06:00 – 06:30", "06:00:00 – 06:28:41", "", {
    basis: "30:00, until the next phase is planned to begin",
    difference: "01:19 early",
  }),
  row("Deployment", "06:30 – 07:30", "06:31:02 – 07:05:18", "07:05:18 – 07:42:00", {
    basis: "1:00:00, until the next phase is planned to begin",
    difference: "01:02 late begun",
    latest: "07:48:00",
  }),
  row("10 % · hold 05:00", "06:45 – 06:50", "06:47:12 – 06:52:12", "", { difference: "02:12 late" }),
  row("50 % · hold 10:00", "06:50 – 07:00", "07:01:44 – 07:05:18", "07:05:18 – 07:12:00", {
    held: span("07:01:44 – 07:05:02"),
    latest: "07:18:00",
  }),
  row("100 % · hold 30:00", "07:00 – 07:30", "", "07:12:00 – 07:42:00", { latest: "07:48:00" }),
  row("Verification", "07:30 – 08:00", "", "07:42:00 – 07:52:00", {
    basis: "10:00, from war-room.toml",
    latest: "07:58:00",
  }),
  row("Go-live", "08:00", "", "07:52:00 – 07:54:00", { basis: "02:00, from war-room.toml", latest: "08:00:00" }),
];

const here = rows.map(({ projected }) => projected);

function whatIf(
  id: string,
  title: string,
  go_live: string,
  slack: string,
  costs: string,
  more: Partial<WhatIfView> = {},
): WhatIfView {
  const state = slack.startsWith("0") ? "near" : "calm";
  return {
    id,
    title,
    remark: "",
    go_live,
    slack,
    slack_state: state,
    gain: "",
    costs,
    cannot_take: "",
    projected: here,
    ...more,
  };
}

const shown = "this only shows what would be";
const whatIfs: WhatIfView[] = [
  whatIf("as_it_stands", "As it stands", "07:54:00", "06:00", "nothing", {
    remark: "the hold goes on now from 03:18",
    cannot_take: "it stands so",
  }),
  whatIf(
    "hold:900:i-100",
    "100 % held 15:00, not 30:00",
    "07:42:00",
    "18:00",
    "evidence: 15:00 of 30:00 watched, with a reason",
    {
      remark: "Verification waits for 07:30",
      gain: "go-live 12:00 earlier, 12:00 more slack",
      projected: [
        null,
        span("07:05:18 – 07:27:00"),
        null,
        here[3] ?? null,
        span("07:12:00 – 07:27:00"),
        span("07:30 – 07:40"),
        span("07:40 – 07:42"),
      ],
    },
  ),
  whatIf("anew:i-50", "The 50 % hold starts again", "07:57:18", "02:42", "03:18", {
    remark: "from 00:00, though this plan lets it go on",
    cannot_take: shown,
  }),
  whatIf("goes_on:1769000000", "The hold goes on at 07:10", "07:58:42", "01:18", "04:42", {
    remark: "04:42 from now",
    cannot_take: shown,
  }),
  whatIf(
    "window:1768984200",
    "The window ends 08:30 UTC, not 08:00",
    "07:54:00",
    "36:00",
    "a notice to whoever was told the first end",
    {
      gain: "30:00 more slack",
    },
  ),
];

export const schedule: ScheduleView = {
  from_s: at("06:00"),
  to_s: at("08:30"),
  ticks: ["06:00", "06:30", "07:00", "07:30", "08:00", "08:30"].map((words) => [at(words), words]),
  now_s: at("07:05:18"),
  now_words: "now 07:05:18 UTC · window ends 08:00",
  window: [at("06:30"), at("08:00")],
  measured: "from war-room.toml: Verification 10:00, Go-live 02:00",
  rows,
  countdown: {
    state: "burning",
    title: "You lose it in 6 min",
    value: "06:00",
    at: "at 07:11:18 UTC",
    words:
      "Go-live is 07:54:00 if the hold goes on now; told: until 08:00:00 UTC. Every second that passes takes one second of this.",
  },
  left: "06:00 left",
  at_risk: [["verification", "At risk: starts ≥ 12 min late"]],
  what_ifs: whatIfs,
  spent: [
    { value: "18:00", words: "at the plan", state: "plan" },
    { value: "− 02:12", words: "up to 10 %", state: "spent" },
    { value: "− 09:32", words: "before 50 %", state: "spent" },
    { value: "− 00:16", words: "50 % held up, runs on", state: "running" },
    { value: "06:00", words: "left", state: "left" },
  ],
  notice: {
    until: "2026-01-21T08:30",
    leaves: "08:30 UTC leaves 36:00 of slack",
    to: "",
    subject: "Maintenance ends later than announced: 08:30 UTC",
    body: "Our maintenance takes longer.\n\nTold: 21 Jan 06:30 – 08:00 UTC\nNow: 21 Jan 06:30 – 08:30 UTC\nWhy: we hold at 50 % of the traffic: [reason]\nTo do: [what readers have to do]\nNext update by: 08:00:00 UTC",
    draft: 0,
    status: "not sent",
  },
  holds: [
    ["i-50", "50 %"],
    ["i-100", "100 %"],
  ],
  can_start_later: false,
  changes: [],
};

const refused = (message: string): Problem => ({ code: "refused", message, detail: null });

export class FakeSchedule {
  view: ScheduleView = structuredClone(schedule);

  ask({ what, value }: Extract<Intent, { kind: "ask_what_if" }>): Problem | null {
    if (value.trim() === "") return refused("Say until when first: 15 min, or a time such as 07:45.");
    const title = what === "window" ? `The window ends ${value} UTC, not 08:00` : `100 % held ${value}, not 30:00`;
    const asked = whatIf(`${what}:${value}`, title, "07:54:00", "36:00", "a notice to whoever was told the first end");
    this.view = { ...this.view, what_ifs: [...this.view.what_ifs, asked] };
    return null;
  }

  take({ what_if, reason }: Extract<Act, { act: "take_what_if" }>): Problem | null {
    if (reason.trim() === "") return refused("Say why first.");
    const taken = this.view.what_ifs.find(({ id }) => id === what_if);
    const changes = [`${taken?.title ?? ""} (MK: ${reason})`];
    this.view = { ...this.view, changes, what_ifs: this.view.what_ifs.filter(({ id }) => id !== what_if) };
    return null;
  }

  /** The draft of the notice, as it is kept. */
  drafted(draft: number): Extract<Act, { act: "keep_draft" }> {
    const notice = this.view.notice;
    if (notice !== null)
      this.view = { ...this.view, notice: { ...notice, draft, status: "draft kept 07:06:10 by MK, not sent" } };
    return { act: "keep_draft", draft, to: "", subject: notice?.subject ?? "", body: notice?.body ?? "" };
  }
}

/** Of a checklist that gives no phase a time of the day, and announces no window. */
export const unscheduled: ScheduleView = {
  ...schedule,
  window: null,
  measured: "",
  rows: [],
  countdown: { state: "none", title: "No window is announced", value: "", at: "", words: "Nothing can be lost." },
  left: "",
  at_risk: [],
  what_ifs: [],
  spent: [],
  notice: null,
  holds: [],
};
