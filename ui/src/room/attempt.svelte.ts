// One thing that is asked of Rust from one place of the window. Owns: whether it is under way, and why it was turned
// down, so that the reason can stand where the question was. Must not know: what is asked.
import type { Act, Problem } from "../ipc";

/** Asks for an act in the room; `null` when it was done, else the problem, which the caller shows in its own place. */
export type Ask = (act: Act) => Promise<Problem | null>;

export class Attempt {
  readonly #ask: Ask;
  #underWay = $state(false);
  #problem = $state.raw<Problem | null>(null);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  get underWay(): boolean {
    return this.#underWay;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** True when it was done. A second question before the answer is not asked: it would be the same key again. */
  async act(act: Act): Promise<boolean> {
    if (this.#underWay) return false;
    this.#underWay = true;
    this.#problem = null;
    const problem = await this.#ask(act);
    this.#underWay = false;
    this.#problem = problem;
    return problem === null;
  }

  dismiss(): void {
    this.#problem = null;
  }
}
