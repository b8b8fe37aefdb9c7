// The answer about T0 and zone while it is being typed. Owns: the two fields, and that at most one question is under way
// while the last answer wins. Must not know: what makes a good T0; Rust says so.
import { asProblem, type Intent, type OpeningView, type Problem } from "../ipc";

export class Proposal {
  readonly #act: (intent: Intent) => Promise<void>;
  #start = $state("");
  #zone = $state("");
  #refusal = $state.raw<Problem | null>(null);
  #underWay = false;
  #waiting = false;

  /** What the checklist proposes, until somebody types. */
  static of(
    { start, proposed_start, zone, proposed_zone }: OpeningView,
    act: (intent: Intent) => Promise<void>,
  ): Proposal {
    return new Proposal(start === "" ? proposed_start : start, zone === "" ? proposed_zone : zone, act);
  }

  constructor(start: string, zone: string, act: (intent: Intent) => Promise<void>) {
    this.#act = act;
    this.#start = start;
    this.#zone = zone;
  }

  get start(): string {
    return this.#start;
  }

  get zone(): string {
    return this.#zone;
  }

  /** Why the last question was turned down, where it was. */
  get refusal(): Problem | null {
    return this.#refusal;
  }

  typeStart(start: string): void {
    this.#start = start;
    void this.#propose();
  }

  typeZone(zone: string): void {
    this.#zone = zone;
    void this.#propose();
  }

  async #propose(): Promise<void> {
    this.#waiting = true;
    if (this.#underWay) return;
    this.#underWay = true;
    while (this.#takeWaiting()) {
      try {
        await this.#act({ kind: "propose_start", start: this.#start, zone: this.#zone });
        this.#refusal = null;
      } catch (thrown) {
        this.#refusal = asProblem(thrown);
      }
    }
    this.#underWay = false;
  }

  #takeWaiting(): boolean {
    const waiting = this.#waiting;
    this.#waiting = false;
    return waiting;
  }
}
