// What is asked on the way back. Owns: of which step, way or person, what is under way, and why it was turned down. Must
// not know: what an act does; the page changes when Rust's view does.
import { SvelteSet } from "svelte/reactivity";
import type { Act, Problem } from "../ipc";
import type { Ask } from "./attempt.svelte";

/** What something is asked of: how a step went, why another way is taken, whether somebody was told. */
export type Asked = { of: "step"; id: string } | { of: "way"; id: string } | { of: "told"; id: string };

export function keyOf({ of, id }: Asked): string {
  return `${of} ${id}`;
}

export class Retreat {
  readonly #ask: Ask;
  #open = $state.raw<Asked | null>(null);
  readonly #underWay = new SvelteSet<string>();
  #turnedDown = $state.raw<{ asked: Asked; problem: Problem } | null>(null);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  isOpen(asked: Asked): boolean {
    return this.#open !== null && keyOf(this.#open) === keyOf(asked);
  }

  isUnderWay(asked: Asked): boolean {
    return this.#underWay.has(keyOf(asked));
  }

  /** Why the last act on it was turned down. */
  problemOf(asked: Asked): Problem | null {
    const down = this.#turnedDown;
    return down !== null && keyOf(down.asked) === keyOf(asked) ? down.problem : null;
  }

  /** Opens a question; the one that was open closes. */
  ask(asked: Asked): void {
    this.#open = asked;
    this.#turnedDown = null;
  }

  /** Closes what is asked, and says of what it was; `null` where nothing was. */
  close(): Asked | null {
    const asked = this.#open ?? this.#turnedDown?.asked ?? null;
    this.#open = null;
    this.#turnedDown = null;
    return asked;
  }

  /** Asks Rust for an act; true when it was done. */
  async act(asked: Asked, act: Act): Promise<boolean> {
    const key = keyOf(asked);
    // A second press before the answer came is the same wish.
    if (this.#underWay.has(key)) return false;
    this.#turnedDown = null;
    this.#underWay.add(key);
    const problem = await this.#ask(act);
    this.#underWay.delete(key);
    if (problem !== null) this.#turnedDown = { asked, problem };
    else if (this.isOpen(asked)) this.#open = null;
    return problem === null;
  }
}
