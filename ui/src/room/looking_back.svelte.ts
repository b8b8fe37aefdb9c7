// The moment of the past that is looked at. Owns: what was asked last, and the charts around it. Must not know: what stood
// then, nor how time passes: Rust says both.
import { asProblem, type PastChartsView, type PastLook, type PastView, type Problem } from "../ipc";

/** How long charts that reach up to now are left as they are, in the seconds of Rust's clock. */
const STALE_S = 5;

export class LookingBack {
  readonly #ask: (look: PastLook) => Promise<void>;
  readonly #chartsOf: () => Promise<PastChartsView>;
  #charts = $state.raw<PastChartsView | null>(null);
  #problem = $state.raw<Problem | null>(null);
  /** Where the charts are that were asked for last, and as of when. */
  #place = "";
  #then_s = 0;
  #isAsking = false;
  #isPulling = false;
  /** What is to be asked when what is on its way has arrived. */
  #waiting: PastLook[] = [];

  constructor(ask: (look: PastLook) => Promise<void>, charts: () => Promise<PastChartsView>) {
    this.#ask = ask;
    this.#chartsOf = charts;
  }

  get charts(): PastChartsView | null {
    return this.#charts;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Another room is shown, or none. */
  forget(): void {
    this.#charts = null;
    this.#problem = null;
    this.#place = "";
    this.#waiting = [];
  }

  /** Asks Rust to look there. Under a hand that moves on only the last of its places counts. */
  async look(look: PastLook): Promise<void> {
    if (look.to === "moment" && this.#waiting.at(-1)?.to === "moment") this.#waiting.pop();
    this.#waiting.push(look);
    if (this.#isAsking) return;
    this.#isAsking = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        await this.#ask(next);
        this.#problem = null;
      } catch (thrown) {
        this.#problem = asProblem(thrown);
      }
    }
    this.#isAsking = false;
  }

  /** Rust says what is looked at: the charts follow where they end elsewhere, or are old. */
  notice(past: PastView): void {
    const place = `${past.from_s} ${past.to_s}`;
    const isOld = past.now_s - this.#then_s >= STALE_S && past.now_s <= past.to_s;
    if (place === this.#place && !isOld) return;
    this.#place = place;
    this.#then_s = past.now_s;
    void this.#pull();
  }

  async #pull(): Promise<void> {
    if (this.#isPulling) return;
    this.#isPulling = true;
    let place: string;
    do {
      place = this.#place;
      try {
        this.#charts = await this.#chartsOf();
      } catch (thrown) {
        this.#problem = asProblem(thrown);
      }
    } while (place !== this.#place && this.#place !== "");
    this.#isPulling = false;
  }
}
