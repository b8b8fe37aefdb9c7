// What is asked in place: in a box's row, a contact's or an alert's card, at a step of the way back. Owns: the one question
// that is open, what is being written, and why the last act was turned down. Must not know: what an act does; the place
// changes when Rust's view does.
import { SvelteSet } from "svelte/reactivity";
import type { Act, Problem } from "../ipc";
import type { Ask } from "./attempt.svelte";

export class Questions<Form> {
  readonly #ask: Ask;
  #open = $state.raw<{ key: string; form: Form } | null>(null);
  readonly #underWay = new SvelteSet<string>();
  #turnedDown = $state.raw<{ key: string; problem: Problem } | null>(null);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** The place with an open question. */
  get asking(): string | null {
    return this.#open?.key ?? null;
  }

  /** The question that is open in this place. */
  formOf(key: string): Form | null {
    return this.#open?.key === key ? this.#open.form : null;
  }

  isUnderWay(key: string): boolean {
    return this.#underWay.has(key);
  }

  /** Why the last act in this place was turned down. */
  problemOf(key: string): Problem | null {
    return this.#turnedDown?.key === key ? this.#turnedDown.problem : null;
  }

  /** Opens a question; the one in another place closes. */
  ask(key: string, form: Form): void {
    this.#open = { key, form };
    this.#turnedDown = null;
  }

  /** Closes what is open, and what was turned down, and says where; `null` where there was nothing to close. */
  close(): string | null {
    const key = this.#open?.key ?? this.#turnedDown?.key ?? null;
    this.#open = null;
    this.#turnedDown = null;
    return key;
  }

  /** Asks Rust for an act; true when it was done. */
  async act(key: string, act: Act): Promise<boolean> {
    // A second press before the answer came is the same wish.
    if (this.isUnderWay(key)) return false;
    this.#turnedDown = null;
    this.#underWay.add(key);
    const problem = await this.#ask(act);
    this.#underWay.delete(key);
    if (problem !== null) this.#turnedDown = { key, problem };
    else if (this.#open?.key === key) this.#open = null;
    return problem === null;
  }
}
