// What is being done to boxes. Owns: the question that is open in a row, which rows are being written, and why the last
// act on a box was turned down. Must not know: what an act does to a box; the row changes when Rust's view does.
import { SvelteSet } from "svelte/reactivity";
import type { Act, GateView, ItemView, Problem } from "../ipc";
import type { Ask } from "./attempt.svelte";
import type { RowForm } from "./command";

export class Boxes {
  readonly #ask: Ask;
  #open = $state.raw<{ item: string; form: RowForm } | null>(null);
  readonly #underWay = new SvelteSet<string>();
  #turnedDown = $state.raw<{ item: string; problem: Problem } | null>(null);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The question that is open in this row. */
  formOf(item: string): RowForm | null {
    return this.#open?.item === item ? this.#open.form : null;
  }

  /** The row with an open question. */
  get asking(): string | null {
    return this.#open?.item ?? null;
  }

  isUnderWay(item: string): boolean {
    return this.#underWay.has(item);
  }

  /** Why the last act on this box was turned down. */
  problemOf(item: string): Problem | null {
    return this.#turnedDown?.item === item ? this.#turnedDown.problem : null;
  }

  /** Opens a question in a row; the one in another row closes. */
  ask(item: string, form: RowForm): void {
    this.#open = { item, form };
    this.#turnedDown = null;
  }

  /** Closes what is open in a row and says which row it was; `null` where there was nothing to close. */
  close(): string | null {
    const item = this.#open?.item ?? this.#turnedDown?.item ?? null;
    this.#open = null;
    this.#turnedDown = null;
    return item;
  }

  /** Space, or a click on the mark: done, confirmed, or taken back; where something was to be seen, asks what. The hold
      of a gate that may be entered begins. What a signal observes is not ticked: Rust says so. */
  tick(item: ItemView, gate: GateView | null = null): void {
    const { id } = item;
    if (gate?.cannot_enter === "") void this.act(id, { act: "enter_gate", gate: gate.item });
    else if (item.state === "claimed") void this.act(id, { act: "confirm", item: id });
    else if (item.state === "stated") void this.act(id, { act: "undo", item: id });
    else if (item.asks !== "" && !isSeen(item)) this.ask(id, "saw");
    else void this.act(id, { act: "state", item: id, saw: "" });
  }

  /** Asks Rust for an act on a box; true when it was done. */
  async act(item: string, act: Act): Promise<boolean> {
    // A second press before the answer came is the same wish.
    if (this.isUnderWay(item)) return false;
    this.#turnedDown = null;
    this.#underWay.add(item);
    const problem = await this.#ask(act);
    this.#underWay.delete(item);
    if (problem !== null) this.#turnedDown = { item, problem };
    else if (this.#open?.item === item) this.#open = null;
    return problem === null;
  }
}

/** Whether a signal observes it now, for good or ill. */
function isSeen({ state }: ItemView): boolean {
  return state === "observed" || state === "breached";
}
