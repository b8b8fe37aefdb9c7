// The alerts as the window has to treat them. Owns: which of them are new here, what is said aloud, and whether the side
// is to open for them. Must not know: when something fires or is over,
// nor how it looks and sounds; Rust says the one, components do the other.
import { SvelteSet } from "svelte/reactivity";
import type { AlertPageView, AlertQuery, AlertView, AlertsView, Update } from "../ipc";
import type { Ask } from "./attempt.svelte";
import { Deaf } from "./deaf.svelte";
import { Histories } from "./histories.svelte";
import { Questions } from "./questions.svelte";

/** What can be asked in an alert's card: what is to be said to it, until when it may wait, until when its voice rests. */
export type AlertForm = "note" | "more_time" | "silence";

const RANK = ["medium", "blind", "high", "critical"];
const SPOKEN = ["high", "critical"];

export class Alarms {
  readonly deaf = new Deaf();
  /** What is asked in the alerts' cards. */
  readonly cards: Questions<AlertForm>;
  /** What became of each. */
  readonly histories: Histories;
  /** How each alert stood last; `null` until the first ones came, which are not new to the room. */
  #known: readonly AlertView[] | null = null;
  #alerts = $state.raw<readonly AlertView[]>([]);
  readonly #fresh = new SvelteSet<string>();
  #lookedAway = $state(false);
  #said = $state.raw<{ words: string; alerts: readonly string[] }>({ words: "", alerts: [] });
  #verdictBefore: string | null = null;
  #verdictSaid = $state("");
  #sound = 0;
  #mustSound = $state(false);

  constructor(ask: Ask, pull: (query: AlertQuery) => Promise<AlertPageView>) {
    this.cards = new Questions(ask);
    this.histories = new Histories(pull);
  }

  /** The most urgent alert that nobody has taken notice of. */
  get urgent(): AlertView | null {
    return this.#alerts.find((alert) => alert.state === "firing" && alert.acknowledged === "") ?? null;
  }

  /** How many wait for somebody, in words, where they are several; those that are not drawn are told as Rust tells them. */
  waiting(more: string): string {
    if (more !== "") return more;
    const count = this.firing.filter(({ acknowledged }) => acknowledged === "").length;
    return count > 1 ? `${count} wait` : "";
  }

  /** What a key is about: the one that has the keyboard, else the most urgent one that nobody has taken notice of, else
      the first that fires. */
  atHand(focused: string | null): AlertView | null {
    const firing = this.firing;
    return firing.find(({ id }) => id === focused) ?? this.urgent ?? firing[0] ?? null;
  }

  /** What fires, the gravest first. */
  get firing(): readonly AlertView[] {
    return this.#alerts.filter(({ state }) => state === "firing");
  }

  /** Whether the side is to be seen without being asked for. */
  get wantsSight(): boolean {
    return this.urgent !== null && !this.#lookedAway;
  }

  /** A person has closed the side: it stays closed until another alert comes. */
  lookAway(): void {
    this.#lookedAway = true;
  }

  /** Whether it came just now. */
  isFresh(alert: string): boolean {
    return this.#fresh.has(alert);
  }

  /** It was shown to be new. */
  settle(alert: string): void {
    this.#fresh.delete(alert);
  }

  /** What is said aloud of new alerts. */
  get said(): string {
    return this.#said.words;
  }
  /** What is said aloud when the verdict turns. */
  get verdictSaid(): string {
    return this.#verdictSaid;
  }
  /** Whether an alarm waits that the window has to sound itself. */
  get mustSound(): boolean {
    return this.#mustSound;
  }

  /** It is sounding. */
  sounded(): void {
    this.#mustSound = false;
  }

  receive({ header, alerts, log }: Update): void {
    if (log !== undefined) this.histories.notice(log.count);
    if (header !== undefined) this.#hear(header.verdict.spoken);
    if (alerts !== undefined) this.#take(alerts);
  }

  #hear(spoken: string): void {
    if (this.#verdictBefore !== null && spoken !== this.#verdictBefore) this.#verdictSaid = spoken;
    this.#verdictBefore = spoken;
  }

  #take({ alerts, sound }: AlertsView): void {
    const before = this.#known;
    const firing = alerts.filter(({ state }) => state === "firing");
    const come = firing.filter((alert) =>
      isNew(
        alert,
        before?.find(({ id }) => id === alert.id),
      ),
    );
    this.#known = alerts;
    this.#alerts = alerts;
    if (come.length > 0) this.#lookedAway = false;
    if (come.length > 0 && before !== null) {
      for (const { id } of come) this.#fresh.add(id);
      this.deaf.begin();
    }
    // What was found on coming is said too, where it still waits for somebody.
    const toSay = come.filter(
      ({ severity, acknowledged }) => SPOKEN.includes(severity) && (before !== null || acknowledged === ""),
    );
    if (toSay.length > 0) this.#said = { words: toSay.map(sentence).join(" "), alerts: toSay.map(({ id }) => id) };
    else if (!firing.some(({ id }) => this.#said.alerts.includes(id))) this.#said = { words: "", alerts: [] };
    if (sound > 0 && sound !== this.#sound) this.#mustSound = true;
    this.#sound = sound;
    const { asking } = this.cards;
    if (asking !== null && !alerts.some(({ id }) => id === asking)) this.cards.close();
  }

  /** Another frame is shown. */
  forget(): void {
    this.#known = null;
    this.#alerts = [];
    this.#fresh.clear();
    this.#lookedAway = false;
    this.#said = { words: "", alerts: [] };
    this.#verdictBefore = null;
    this.#verdictSaid = "";
    this.#sound = 0;
    this.#mustSound = false;
    this.cards.close();
    this.histories.forget();
  }

  acknowledge(alert: string, note = ""): Promise<boolean> {
    return this.cards.act(alert, { act: "acknowledge", alert, note });
  }
}

/** A second episode is new, and so is what became worse. */
function isNew(alert: AlertView, before: AlertView | undefined): boolean {
  if (before?.state !== "firing") return true;
  return RANK.indexOf(alert.severity) > RANK.indexOf(before.severity);
}

function sentence({ severity, title, value }: AlertView): string {
  return `${severity.toUpperCase()}: ${[title, value].filter((words) => words !== "").join(", ")}.`;
}
