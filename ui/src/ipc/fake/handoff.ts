// The fake's handoff: two signatures, and the lines of the night in the picture. Owns: made-up state. It has no rules worth the
// name; those are Rust's.
import type { Act, HandoffLineView, HandoffView, ItemView, LogEntryView, PeopleView, Problem } from "../bindings";
import { inlines } from "./build";

type Refuse = (message: string) => Problem;

function line(mark: string, title: string, words: string, right: string, event: number): HandoffLineView {
  return { mark, title, words, right, event };
}

const ALERT = line(
  "medium",
  "Error rate 0.14 %, > 0.1 %",
  "MEDIUM · acknowledged by MK 21:42:00: “one client retries, asked them to stop”",
  "since 21:41:10",
  1,
);
const PENDING = line(
  "pending",
  "P99 latency 512 ms, > 500 ms",
  "pending · fires for 10 min if it stays",
  "since 21:46:18",
  0,
);
const DUE = line("due", "Round: Every 1 hour", "5 checks", "in 25:30", 0);

const CHECKS = ["Document any issues", "Update on-call notes", "Brief next engineer", "Continue hourly checks"];

function check(text: string, index: number): ItemView {
  return {
    id: `handoff-${index}@2026-01-21T14:18:00Z`,
    line: 293 + index,
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

export class FakeHandoff {
  readonly #refused: Refuse;
  readonly #watched: boolean;
  #offer: { event: number; from: string; to: string } | null = null;
  #has: string | null = null;
  #past: HandoffLineView[] = [];
  #checks: ItemView[] = CHECKS.map(check);

  constructor(scene: string, refused: Refuse) {
    this.#refused = refused;
    this.#watched = scene !== "unwatched";
  }

  view({ actor, people }: PeopleView, log: readonly LogEntryView[]): HandoffView {
    const offer = this.#offer;
    const from = offer?.from ?? this.#has ?? actor;
    const to = offer?.to ?? "";
    const name = (initials: string): string => people.find((one) => one.initials === initials)?.name ?? initials;
    const changed = offer === null ? [] : log.filter(({ seq }) => seq > offer.event).toReversed();
    const candidates = people.filter(({ initials }) => initials !== from && initials !== actor);
    const notes = log.filter(({ event }) => event === "noted").slice(0, 12);
    return {
      state: offer === null ? "open" : "signed",
      drafted: "Drafted from the log at 21:51:12 UTC",
      from: {
        initials: from,
        name: name(from),
        words: people.find(({ initials }) => initials === from)?.role ?? "",
        signed: offer === null ? "" : "signed 21:51:40 UTC",
      },
      to: {
        initials: to,
        name: name(to),
        words: people.find(({ initials }) => initials === to)?.role ?? "",
        signed: "",
      },
      holds:
        offer === null ? `${from} has the room.` : `${from} holds the room until ${to} signs; alerts still ring here.`,
      candidates,
      cannot_hand_over:
        candidates.length === 0
          ? "Nobody else is known in this room: name whoever takes over first (Shift+P)."
          : offer === null
            ? ""
            : `The room is handed over to ${to} already, who has not signed.`,
      cannot_take_over: offer === null ? "Nobody has handed the room over: whoever has it signs first (Shift+H)." : "",
      changed,
      changed_words:
        offer === null
          ? ""
          : changed.length === 0
            ? "Nothing happened since it was signed"
            : `${changed.length} ${changed.length === 1 ? "event" : "events"} since it was signed`,
      sections: [
        {
          id: "alerts",
          title: "Open alerts",
          aside: this.#watched ? "1 fires, 1 pending · no CRITICAL, no HIGH" : "nothing is observed: nobody knows",
          lines: this.#watched ? [ALERT, PENDING] : [],
        },
        {
          id: "overridden",
          title: "Overridden",
          aside: "1 · not done, only let through",
          lines: [
            line(
              "overridden",
              "No WARN level logs",
              "MK 14:08:12: “deprecation warning of the driver, PAY-2214”",
              "observed now: not met, 212 an hour",
              1,
            ),
          ],
        },
        {
          id: "deferred",
          title: "Deferred",
          aside: "1 · not done, they come back where they were deferred to",
          lines: [
            line(
              "deferred",
              "mTLS active (if applicable)",
              "MK 14:06:40: “the sidecar is not in production until 26 Jan”",
              "to First week",
              1,
            ),
          ],
        },
        {
          id: "running",
          title: "Running",
          aside: "1 clock · they do not stop for a handoff",
          lines: [
            line("clock", "First 24 hours", "from go-live 14:18:00 to 22 Jan 14:18:00 UTC", "7:34:30 of 24:00:00", 1),
          ],
        },
        { id: "due", title: "Next due", aside: "for the person who takes over", lines: [DUE] },
      ],
      first: [
        ...(this.#watched ? [ALERT, PENDING] : []),
        { ...DUE, title: `Next to do: ${DUE.title}` },
        line("", "The way back: way 1, undo the rollout", "best rehearsal 07:32, MK 07:29:12", "", 0),
        line("", "Who answers: Jonas, then Henrik", "", "", 0),
      ],
      notes: notes.map(({ seq, at, actor: by, text }) => ({ event: seq, by: `${at} ${by}`, text })),
      notes_words: `${notes.length} from the log`,
      checks: structuredClone(this.#checks),
      checks_words: `${this.#checks.filter(({ state }) => state !== "open").length} of 4 checks settled · Shift handoff`,
      signing: [
        ["Acts", `${to === "" ? "whoever signs" : name(to)}, from the second signature on`],
        ["Alerts", "ring on this laptop, whoever has the room"],
        ["Log", `both names, head 3f9a-c27e; until the second signs ${from} can take it back`],
      ],
      past: this.#past,
    };
  }

  /** What an act is to the handoff; `undefined` where it is none of its own. */
  act(act: Act, people: PeopleView, write: (text: string) => number): Problem | null | undefined {
    if (act.act === "hand_over") {
      if (act.to === "") return this.#refused("Say who takes the room over first.");
      this.#offer = { from: people.actor, to: act.to, event: write(`handed the room over to ${act.to}`) };
      return null;
    }
    if (act.act === "withdraw_handover") {
      this.#offer = null;
      write("took back the handover");
      return null;
    }
    if (act.act === "take_over") {
      if (this.#offer === null) return this.#refused("Nobody has handed the room over: whoever has it signs first.");
      const { from } = this.#offer;
      people.actor = act.by;
      const event = write(`took the room over from ${from}`);
      this.#past = [line("", `${from} to ${act.by}`, "", "21:53:00 UTC", event), ...this.#past];
      this.#has = act.by;
      this.#offer = null;
      return null;
    }
    if (act.act !== "state" && act.act !== "undo") return undefined;
    const found = this.#checks.find(({ id }) => id === act.item);
    if (found === undefined) return undefined;
    found.state = act.act === "state" ? "stated" : "open";
    found.by = act.act === "state" ? `${people.actor} · 21:51:20` : "";
    return null;
  }
}
