// The fake's watch: go-live, the rounds of what repeats, the key metrics, lessons. Owns: made-up state. It has no rules worth
// the name; those are Rust's.
import type {
  Act,
  GoLiveView,
  ItemView,
  KeyMetricView,
  Problem,
  RoundCellView,
  RoundView,
  RoutineGridView,
  RoutinesView,
} from "../bindings";
import { inlines } from "./build";

const CHECKS = [
  "Check Grafana dashboards",
  "Verify error rates",
  "Check latency metrics",
  "Review application logs",
  "Update status page if needed",
];
const FOUR = ["Run smoke tests", "Check database backup", "Verify scaling behavior", "Check alert responsiveness"];
const DAILY = ["Review metrics trends", "Check for anomalies", "Review customer feedback", "Update team status"];
const WEEKLY = [
  "Performance review",
  "Capacity analysis",
  "Cost review",
  "Lessons learned documentation",
  "Next optimization targets",
];

const NO_METRICS = { metrics: [], metrics_words: "", contradictions: [] };

const goLiveOpen: GoLiveView = {
  state: "open",
  cannot: "",
  grave: ["gate not passed: 50% traffic"],
  others: ["open: Team confident"],
  wants_reason: true,
  declared: "",
};

function before(goLive: GoLiveView): RoutinesView {
  return {
    state: "before",
    words: "Rounds count from go-live, which nobody has declared yet.",
    go_live: goLive,
    grids: [],
    rounds: [],
    next_round: "",
    next: [],
    last: null,
    missed: "",
    ...NO_METRICS,
    success: { cannot: "", declared: "", met: "", lines: [], open: [], has_closing: false },
    lessons: [],
    lessons_words: "0 notes",
  };
}

const pad = (hour: number): string => String(hour % 24).padStart(2, "0");

/** The state of an hourly check: done, asleep at 03 and 04, late at 05, due at 09. */
function hourly(hour: number): string {
  const of24 = hour % 24;
  if (hour < 24 || of24 < 3 || (of24 > 5 && of24 < 9)) return "done";
  if (of24 === 3 || of24 === 4) return "asleep";
  if (of24 === 5) return "late";
  return of24 === 9 ? "due" : "ahead";
}

function cells(states: string[]): RoundCellView[] {
  return states.map((state) => ({ state, words: state === "done" ? "IB 15:24:10" : "" }));
}

function gridOf(id: string, title: string, line: number, more: Partial<RoutineGridView>): RoutineGridView {
  return { id, title, line, rhythm: "", next: "", earlier: "", columns: [], rows: [], ...more };
}

function grids(): RoutineGridView[] {
  const hours = Array.from({ length: 24 }, (_, index) => 15 + index);
  const fours = [18, 22, 26, 30, 34, 38];
  const days = ["Th 22", "Fr 23", "Sa 24", "Su 25", "Mo 26", "Tu 27", "We 28"];
  const dueAt = (hour: number): string => `2026-01-${hour < 24 ? "21" : "22"}T${pad(hour)}:18:00Z`;
  const fourState = (hour: number): string => (hour < 34 ? "done" : hour === 34 ? "next" : "ahead");
  return [
    gridOf("hourly", "Every 1 hour", 278, {
      rhythm: "at :18",
      next: "next 10:18 UTC, in 38 min",
      columns: hours.map((hour) => ({
        due: dueAt(hour),
        label: pad(hour),
        full: `${hour < 24 ? "21" : "22"} Jan ${pad(hour)}:18 UTC`,
        state: hourly(hour),
        words: "",
        why: "",
      })),
      rows: CHECKS.map((text, row) => ({
        item: text,
        text,
        cells: cells(hours.map(row === 1 || row === 2 ? seen : hourly)),
      })),
    }),
    gridOf("four", "Every 4 hours", 285, {
      rhythm: "at :18",
      next: "next 10:18 UTC, in 38 min",
      columns: fours.map((hour) => ({
        due: dueAt(hour),
        label: pad(hour),
        full: `${pad(hour)}:18 UTC`,
        state: fourState(hour),
        words: "",
        why: "",
      })),
      rows: FOUR.map((text, row) => ({
        item: text,
        text,
        cells: cells(fours.map((hour) => (row === 2 && hour < 30 ? "deferred" : fourState(hour)))),
      })),
    }),
    gridOf("daily", "Daily", 314, {
      rhythm: "at 14:18 UTC each day",
      next: "next 14:18 UTC, in 5 h",
      columns: days.map((label, index) => ({
        due: `2026-01-${22 + index}T14:18:00Z`,
        label,
        full: `${22 + index} Jan 14:18 UTC`,
        state: index === 0 ? "next" : "ahead",
        words: "",
        why: "",
      })),
      rows: DAILY.map((text) => ({
        item: text,
        text,
        cells: cells(days.map((_, at) => (at === 0 ? "next" : "ahead"))),
      })),
    }),
    gridOf("weekly", "Weekly (Jan 28)", 320, {
      rhythm: "We, 28 Jan 14:18 UTC",
      next: "next 14:18 UTC, in 6 days",
      columns: [
        { due: "2026-01-28T14:18:00Z", label: "We 28", full: "28 Jan 14:18 UTC", state: "next", words: "", why: "" },
      ],
      rows: WEEKLY.map((text) => ({ item: text, text, cells: cells(["next"]) })),
    }),
  ];
}

/** What a signal shows besides: no tick, and of what was missed asleep what was fetched afterwards. */
function seen(hour: number): string {
  const state = hourly(hour);
  if (state === "asleep") return "fetched";
  return state === "done" || state === "late" ? "observed" : state;
}

function box(text: string, due: string, index: number): ItemView {
  return {
    id: `round-${index}@${due}`,
    line: 279 + index,
    depth: 0,
    inlines: inlines(text),
    state: "open",
    observed: "",
    reading: "",
    query: "",
    by: "",
    words: "",
    space: { act: "state", gate: "", words: "Tick" },
    asks: "",
    answers: [],
    fields: [],
    columns: [],
    item_kind: "check",
    right: "",
    below: "",
    blocks: [],
    evidence: [],
  };
}

function round(due: string, title: string, state: string, words: string): RoundView {
  const items = CHECKS.map((text, index) => box(text, due, index));
  return { id: `hourly@${due}`, grid: "hourly", due, title, state, words, items };
}

function metric(
  name: string,
  line: number,
  now: string,
  worst: string,
  targets: string[],
  breaks = false,
): KeyMetricView {
  const state = breaks && name === "Failed requests" ? "breach" : "met";
  return { name, line, vital: "", state, now, worst, worst_at: "21:41:10", worst_breaks: breaks, targets };
}

function watch(reason: string): RoutinesView {
  return {
    state: "watch",
    words: "live since 21 Jan 14:18 UTC, declared by MK",
    go_live: {
      state: "declared",
      cannot: "",
      grave: reason === "" ? [] : ["gate not passed: 50% traffic"],
      others: [],
      wants_reason: false,
      declared: "MK · 14:18:00 UTC",
    },
    grids: grids(),
    rounds: [
      round("2026-01-22T09:18:00Z", "22 Jan 09:18 UTC · Every 1 hour", "due", "due · 0 of 5 checks settled"),
      round(
        "2026-01-22T04:18:00Z",
        "22 Jan 04:18 UTC · Every 1 hour",
        "asleep",
        "missed, 5 h ago: it can be done late",
      ),
    ],
    next_round: "hourly@2026-01-22T09:18:00Z",
    next: ["10:18 UTC in 38 min: Every 1 hour"],
    last: {
      time: "08:18 UTC",
      words: "Every 1 hour, finished 08:24:10 UTC by IB",
      checks: [
        ["Check Grafana dashboards", "4 open, all update", "IB 08:19:02"],
        ["Review application logs", "0 ERROR, 9 WARN", "IB 08:22:40"],
      ],
      readings: [
        ["Error rate", "0.05 %", "8 s old"],
        ["P95 latency", "not seen: no reply in 3 s", ""],
      ],
    },
    missed:
      "Nobody looked from 22 Jan 02:41 UTC to 22 Jan 05:06 UTC. 2 rounds with 10 checks were missed, from 22 Jan 03:18 UTC to 22 Jan 04:18 UTC.",
    metrics: [
      metric("Error rate", 298, "0.05 %", "0.14 %", ["< 0.1 %", "target: <1%"], true),
      metric("P95 latency", 299, "148 ms", "188 ms", ["< 200 ms", "target: <200ms"]),
      metric("Failed requests", 304, "1984", "1984", ["= 0"], true),
    ],
    metrics_words: "worst of 16 rounds, of alerts and of the last 15 min",
    contradictions: ["Error rate: the line says < 0.1 %, and in brackets “target: <1%”. Both are shown."],
    success: {
      cannot: "",
      declared: "",
      met: "1 of 3 criteria are met, seen or on word",
      lines: [
        { text: "All pods running (7/7)", state: "on_word", words: "7/7" },
        { text: "Error rate <0.1% (first hour)", state: "not_met", words: "it was broken in its window" },
        {
          text: "0 critical issues in first 24h",
          state: "running",
          words: "its window is not over, until 22 Jan 14:18 UTC",
        },
      ],
      open: [
        "not met: Error rate <0.1% (first hour) (it was broken in its window)",
        "not over yet: 0 critical issues in first 24h (its window is not over)",
      ],
      has_closing: true,
    },
    lessons: [{ event: 41, by: "21 Jan 07:30 · MK", text: "A pool limit of 40 did not show in staging" }],
    lessons_words: "1 note · for 28 Jan",
  };
}

/** What Rust drafts from what the room knows. */
export function drafted(act: "start_update" | "start_closing"): string {
  return act === "start_closing"
    ? "Deployment complete at: 21 Jan 14:18 UTC\nStatus: OPERATIONAL\nUptime: 0+ hours\nNext milestone: 24-hour monitoring period"
    : "payments-api 4.2.0: status at 22 Jan 09:20 UTC\nWatch, live since 21 Jan 14:18 UTC\nGO: 12 criteria are seen\nError rate: 0.05 % (4 s ago)\nNext update: 10:18 UTC";
}

type Refuse = (message: string) => Problem;

export class FakeRoutines {
  view: RoutinesView;
  readonly #refused: Refuse;

  constructor(scene: string, refused: Refuse) {
    this.#refused = refused;
    this.view = before(
      scene === "unwatched"
        ? {
            ...goLiveOpen,
            state: "none",
            cannot: "Nothing of the deployment was done yet: go-live is declared after its first act.",
          }
        : goLiveOpen,
    );
  }

  get page(): { id: string; key: string; title: string; count: string; count_short: string } {
    const count = this.view.state === "watch" ? "16 done" : "4";
    return { id: "routines", key: "Shift+U", title: "Rounds", count, count_short: count.split(" ")[0] ?? "" };
  }

  /** What an act is to the watch; `undefined` where it is none of its own. */
  act(act: Act, actor: string): Problem | null | undefined {
    if (act.act === "declare_go_live") {
      if (act.reason.trim() === "")
        return this.#refused(
          "Speaks against it: gate not passed: 50% traffic. Settle it, or say why it is so all the same.",
        );
      this.view = watch(act.reason);
      return null;
    }
    if (act.act === "declare_success") {
      if (act.reason.trim() === "") return this.#refused("Speaks against it. Say why it is so all the same.");
      this.view = { ...this.view, success: { ...this.view.success, declared: `${actor} · 22 Jan 09:20:00 UTC` } };
      return null;
    }
    if (act.act === "explain_rounds") {
      if (act.reason.trim() === "") return this.#refused("Say why first.");
      this.view = { ...this.view, missed: "" };
      return null;
    }
    if (act.act === "note_lesson") {
      if (act.text.trim() === "") return this.#refused("Say what was learned first.");
      const lessons = [...this.view.lessons, { event: 90, by: `22 Jan 09:20 · ${actor}`, text: act.text }];
      this.view = { ...this.view, lessons, lessons_words: `${lessons.length} notes · for 28 Jan` };
      return null;
    }
    if (act.act === "state") return this.#settle(act.item, "stated", act.saw, actor);
    if (act.act === "undo") return this.#settle(act.item, "open", "", "");
    if (act.act === "not_applicable") return this.#settle(act.item, "not_applicable", act.reason, actor);
    if (act.act === "override") return this.#settle(act.item, "overridden", act.reason, actor);
    if (act.act === "defer") return this.#settle(act.item, "deferred", act.reason, actor);
    return undefined;
  }

  #settle(id: string, state: string, words: string, actor: string): null | undefined {
    if (!this.view.rounds.some(({ items }) => items.some((item) => item.id === id))) return undefined;
    const settled = (item: ItemView): ItemView =>
      item.id !== id
        ? item
        : {
            ...item,
            state,
            words,
            by: actor === "" ? "" : `${actor} · 09:20:00`,
            space:
              state === "stated"
                ? { act: "undo", gate: "", words: "Take back" }
                : { act: "state", gate: "", words: "Tick" },
          };
    const rounds = this.view.rounds.map((one) => ({ ...one, items: one.items.map(settled) }));
    const due = rounds.find((one) => one.state === "due" && one.items.some((item) => item.state === "open"));
    this.view = { ...this.view, rounds, next_round: due?.id ?? "" };
    return null;
  }
}
