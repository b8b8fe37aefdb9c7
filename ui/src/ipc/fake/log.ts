// The fake's log: rows of it, a made-up day of 214 events as in the pictures, and its past. It has no rules worth the name;
// those are Rust's.
import type {
  ChainView,
  LogEntryView,
  LogPageView,
  LogQuery,
  PastChartsView,
  PastChartView,
  PastLook,
  PastLineView,
  PastView,
  Problem,
} from "../bindings";
import { GROUPS } from "./groups";
import { refused } from "./small";

const eventsOf = (group: (typeof GROUPS)[number]): readonly string[] => group[3];

/** What a correction leaves as it is; Rust says it for each kind. */
const STAYS = "Only what the log says of it changes: what the event did stays.";

/** An entry that was just written. */
export function writtenOf(
  seq: number,
  actor: string,
  { event, text, detail, at }: { event: string; text: string; detail: string; at: string },
): LogEntryView {
  const now = `05:${String(48 + Math.floor(seq / 60)).padStart(2, "0")}:${String(seq % 60).padStart(2, "0")}`;
  const late = at === "" ? "" : `noted late, ${now}`;
  const corrects = Number(/^corrects event (\d+):/.exec(text)?.[1] ?? 0);
  return {
    ...{ seq, at: at === "" ? now : `${at}:00`, late, actor, event, text, detail, undone: false },
    ...{ kind: kindOf(event), tone: "", item: "", phase: "", hash: hashOf(seq) },
    ...{ corrects, corrected_by: [], stays: STAYS },
  };
}

/** Why an event may not be corrected so. */
export function mayCorrect(
  log: readonly LogEntryView[],
  { event, right, why }: { event: number; right: string; why: string },
): Problem | null {
  if (!log.some(({ seq }) => seq === event))
    return refused(`There is no event ${event} in this log: its last one is ${log.length}.`);
  if (right.trim() === "") return refused("Say what is right first.");
  return why.trim() === "" ? refused("Say why first.") : null;
}

/** The log in which an event is corrected by another. */
export function correctedBy(log: readonly LogEntryView[], event: number, by: number): LogEntryView[] {
  return log.map((entry) => (entry.seq === event ? { ...entry, corrected_by: [...entry.corrected_by, by] } : entry));
}

/** The kind of an event in one word. */
function kindOf(event: string): string {
  return GROUPS.find((group) => eventsOf(group).includes(event))?.[2] ?? "Room";
}

/** The kinds with how many events they have. */
export function countsOf(log: readonly LogEntryView[]): { id: string; title: string; count: number }[] {
  return GROUPS.map((group) => ({
    id: group[0],
    title: group[1],
    count: log.filter(({ event }) => eventsOf(group).includes(event)).length,
  }));
}

function hashOf(seq: number): string {
  const digits = ((seq * 2654435761) >>> 0).toString(16).padStart(8, "0");
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** Rows of a log whose latest event comes first. */
export function rowsOf(log: readonly LogEntryView[], { group, search, from, count, place_of }: LogQuery): LogPageView {
  const kind = GROUPS.find(([id]) => id === group);
  const words = search.trim().toLowerCase();
  // A long list is not looked through where nothing is looked for.
  if (kind === undefined && words === "") return wholeOf(log, { from, count, place_of });
  const fits = log
    .filter((entry) => {
      const line = `${entry.seq} ${entry.at} ${entry.actor} ${entry.text} ${entry.detail}`.toLowerCase();
      return (kind === undefined || eventsOf(kind).includes(entry.event)) && line.includes(words);
    })
    .toReversed();
  const first = from >= fits.length ? Math.max(0, fits.length - count) : from;
  const place = fits.findLastIndex(({ seq }) => seq <= place_of);
  return {
    from: first,
    entries: fits.slice(first, first + count),
    found: fits.length,
    place: place_of === 0 || place === -1 ? null : place,
  };
}

/** Rows of all that there is. */
function wholeOf(
  log: readonly LogEntryView[],
  { from, count, place_of }: Pick<LogQuery, "from" | "count" | "place_of">,
): LogPageView {
  const first = from >= log.length ? Math.max(0, log.length - count) : from;
  const end = log.length - first;
  return {
    from: first,
    entries: log.slice(Math.max(0, end - count), end).toReversed(),
    found: log.length,
    place: place_of === 0 ? null : Math.min(place_of, log.length) - 1,
  };
}

const T0_S = 1768978800;
const clock = (at_s: number): string => {
  const seconds = Math.round(at_s - T0_S) + 7 * 3600;
  const part = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  return `${part((seconds / 3600) % 24)}:${part((seconds / 60) % 60)}:${part(seconds % 60)}`;
};

/** When an entry was written, in seconds of Unix time: its clock is that of the pictures' day. */
function at_sOf({ at, late }: LogEntryView): number {
  const [hours = 0, minutes = 0, seconds = 0] = (late === "" ? at : late.replace("noted late, ", ""))
    .split(":")
    .map(Number);
  return T0_S + (hours - 7) * 3600 + minutes * 60 + seconds;
}

type Told = readonly [at: string, event: string, actor: string, text: string, more?: Partial<LogEntryView>];

const DAY: readonly Told[] = [
  ["06:52:12", "pass_gate", "MK", "10 %: passed, held 05:00", { tone: "good" }],
  [
    "06:53:00",
    "sent_by_hand",
    "MK",
    "“10 % rollout complete” sent to #deployments",
    { detail: "10 % of the traffic is on 4.2.0.\nNext: 50 % at 07:00 UTC." },
  ],
  [
    "07:01:44",
    "stated",
    "MK",
    "Shift half of the traffic to the new version",
    { item: "deployment/1", phase: "deployment" },
  ],
  ["07:01:44", "ran", "MK", "kubectl rollout status … · exit 0 in 1.4 s"],
  ["07:01:44", "enter_gate", "MK", "50 %: hold of 10:00 started"],
  ["07:04:10", "ran", "JA", "kubectl top pods -n prod · exit 0 in 0.8 s"],
  ["07:05:02", "hold_turned", "", "P95 latency reached 200 ms: hold paused at 03:18", { tone: "medium" }],
  [
    "07:06:55",
    "alert_fired",
    "",
    "P95 latency above 500 ms: HIGH, bell and notice",
    { tone: "high", detail: "roll back by 07:36:55 if it is not resolved" },
  ],
  ["07:08:20", "noted", "MK", "“Pool wait is up on payments-db, JA looks”"],
  ["07:10:00", "test_notification", "", "Hourly update to the team is due"],
  ["07:10:58", "observed", "", "Pods ready 7/7, 3 new"],
];

/** The day of the pictures: 214 events or as many as are asked for, the latest first. */
export function dayOfThePictures(count: number): LogEntryView[] {
  const usual = ["stated", "stated", "observed", "ran", "stated", "noted", "opened", "sent_by_hand", "confirmed"];
  const before = count - DAY.length;
  const earlier = Array.from({ length: before }, (_, index): Told => {
    const event = usual[index % usual.length] ?? "stated";
    return [
      clock(T0_S - 3600 + (index * 3000) / before),
      event,
      index % 3 === 0 ? "JA" : "MK",
      `${event}: step ${index + 1} of the day`,
    ];
  });
  return [...earlier, ...DAY]
    .map(([at, event, actor, text, more], index): LogEntryView => ({
      seq: index + 1,
      at,
      late: "",
      actor,
      event,
      text,
      detail: "",
      undone: false,
      kind: kindOf(event),
      tone: "",
      item: "",
      phase: "",
      hash: hashOf(index + 1),
      corrects: 0,
      corrected_by: [],
      stays: STAYS,
      ...more,
    }))
    .toReversed();
}

const NOW_S = T0_S + 667;

/** What the room was at a moment, as far as one has to look at it. */
export class FakePast {
  #at: { at_s: number; seq: number } | null = null;
  #speed = 10;
  #span_s = 4500;
  #isPlaying = false;
  #isOpen = false;
  chain: ChainView | null = null;

  /** Answers a look; the log's latest event comes first. */
  look(look: PastLook, log: readonly LogEntryView[]): Problem | null {
    const here = log.find(({ seq }) => seq === this.#at?.seq) ?? null;
    const goTo = (entry: LogEntryView | undefined): void => {
      if (entry !== undefined) this.#at = { at_s: at_sOf(entry), seq: entry.seq };
    };
    switch (look.to) {
      case "open":
      case "verify":
        this.#isOpen = true;
        this.chain = {
          state: "whole",
          words: `${log.length} events, chain whole`,
          why: "",
          first: "20 Jan 15:24:06",
          checked: "07:11:05 in 38 ms",
          anchored: "to event 200, by the list of heads on this laptop",
        };
        break;
      case "close":
        this.#isOpen = false;
        this.#at = null;
        break;
      case "now":
        this.#at = null;
        this.#isPlaying = false;
        break;
      case "moment":
        this.#moment(look.at_s, log);
        break;
      case "minutes":
        this.#moment((this.#at?.at_s ?? NOW_S) + look.by * 60, log);
        break;
      case "event":
        goTo(log.find(({ seq }) => seq === look.seq));
        break;
      case "first":
        goTo(log.at(-1));
        break;
      case "last":
        goTo(log[0]);
        break;
      case "rows": {
        const rows = rowsOf(log, { ...look, from: 0, count: log.length, place_of: 0 }).entries;
        const at = here === null ? rows.length : rows.findIndex(({ seq }) => seq === here.seq);
        goTo(rows[Math.max(0, Math.min(rows.length - 1, at + look.by))]);
        break;
      }
      case "replay":
        this.#isPlaying = !this.#isPlaying;
        if (this.#isPlaying && this.#at === null) this.#moment(NOW_S - 3600, log);
        break;
      case "speed":
        if (![1, 10, 60].includes(look.speed)) return refused("The past passes 1, 10 or 60 times as fast.");
        this.#speed = look.speed;
        break;
      case "span":
        this.#span_s = look.span_s;
        break;
    }
    return null;
  }

  #moment(at_s: number, log: readonly LogEntryView[]): void {
    const last = log.find((entry) => at_sOf(entry) <= at_s);
    this.#at = at_s >= NOW_S || last === undefined ? null : { at_s, seq: last.seq };
  }

  view(): PastView | undefined {
    if (!this.#isOpen) return undefined;
    const at_s = this.#at?.at_s ?? NOW_S;
    const ago = clock(T0_S - 7 * 3600 + (NOW_S - at_s)).replace(/^00:/, "");
    const isPast = this.#at !== null;
    const to_s = Math.ceil((NOW_S + 60) / 300) * 300;
    const line = (id: string, label: string, value: string, tone = ""): PastLineView => ({ id, label, value, tone });
    const values = isPast
      ? [
          line("p95", "P95 latency", "200 ms", "high"),
          line("errors", "Error rate", "0.08 %"),
          line("cpu", "CPU", "not seen", "unseen"),
        ]
      : [];
    return {
      is_past: isPast,
      banner: isPast ? `You are looking at ${clock(at_s)}.` : "",
      gone_on: isPast ? "The room is live and has gone on; the header shows now." : "",
      at: clock(at_s),
      ago: isPast ? `UTC, ${ago} ago` : "UTC, now",
      at_s,
      now_s: NOW_S,
      from_s: to_s - (this.#span_s === 0 ? 10800 : this.#span_s),
      to_s,
      event: this.#at?.seq ?? 0,
      is_playing: this.#isPlaying,
      speed: this.#speed,
      speeds: [1, 10, 60],
      span_s: this.#span_s,
      spans: [
        { span_s: 4500, words: "75 min" },
        { span_s: 21600, words: "6 h" },
        { span_s: 86400, words: "24 h" },
        { span_s: 0, words: "All" },
      ],
      title: isPast ? "The day as it stood at" : "",
      stood: isPast
        ? [
            line("", "Verdict", "HOLD since 07:05:02", "high"),
            line("", "Gate 50 %", "paused at 03:18", "running"),
            line("", "Deployment", "9/17"),
            ...values,
            line("", "Open alerts", "0"),
          ]
        : [],
      values,
    };
  }

  charts(log: readonly LogEntryView[]): PastChartsView {
    const view = this.view();
    const [from_s, to_s] = [view?.from_s ?? 0, view?.to_s ?? 1];
    const chart = (
      id: string,
      name: string,
      usual: number,
      limits: [number, string][],
      rise: number,
    ): PastChartView => {
      const times_s = Array.from({ length: 300 }, (_, index) => from_s + ((NOW_S - from_s) * index) / 299);
      const after = T0_S + 290;
      return {
        id,
        name,
        times_s,
        values: times_s.map(
          (at_s, index) =>
            usual * (1 + Math.sin(index / 3) / 40) + (at_s > after ? rise * Math.min(1, (at_s - after) / 110) : 0),
        ),
        gaps: id === "cpu" ? [[T0_S + 200, T0_S + 330]] : [],
        lines: limits.map(([value, severity]) => ({ value, label: String(value), severity })),
        words: `${name}: from ${usual} to ${usual + rise}`,
      };
    };
    const step = (to_s - from_s) / 5;
    return {
      from_s,
      to_s,
      axis: Array.from({ length: 6 }, (_, index) => ({
        at_s: from_s + index * step,
        words: clock(from_s + index * step).slice(0, 5),
      })),
      ticks: log
        .filter((_, index) => index % Math.ceil(log.length / 45) === 0 || index < 8)
        .map((entry) => ({ at_s: at_sOf(entry), tone: entry.tone })),
      charts: [
        chart(
          "p95",
          "P95 latency",
          150,
          [
            [200, "medium"],
            [500, "high"],
          ],
          460,
        ),
        chart("errors", "Error rate", 0.08, [[1, "critical"]], 0.1),
        chart("cpu", "CPU", 14, [[30, "high"]], 4),
      ],
      without: "",
      note: "",
    };
  }
}
