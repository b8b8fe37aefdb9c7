// The charts over hours as they are pulled. Owns: over how long, the page that came, and when the next is due, which Rust's
// clock says. Must not know: how a chart is drawn.
import { asProblem, type ChartsPageView, type ChartsQuery, type ChartView, type Problem } from "../ipc";

/** The lengths that can be chosen; nothing is pulled for the first, which comes with the vitals. */
export const LENGTHS: readonly { hours: number; words: string; long: string }[] = [
  { hours: 0, words: "15 min", long: "15 minutes" },
  { hours: 1, words: "1 h", long: "1 hour" },
  { hours: 6, words: "6 h", long: "6 hours" },
  { hours: 24, words: "24 h", long: "24 hours" },
];

export class Charts {
  readonly #pageOf: (query: ChartsQuery) => Promise<ChartsPageView>;
  #hours = $state(0);
  #page = $state.raw<ChartsPageView | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #now_s = 0;
  /** When Rust is asked again; after a refusal, too. */
  #due_s = 0;
  #underWay = false;
  /** Counts rooms: a page of the one before is dropped. */
  #round = 0;
  #waiting = false;

  constructor(pull: (query: ChartsQuery) => Promise<ChartsPageView>) {
    this.#pageOf = pull;
  }

  get hours(): number {
    return this.#hours;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** What is drawn: nothing until the page of the chosen length is there. */
  get page(): ChartsPageView | null {
    return this.#page !== null && this.#page.hours === this.#hours ? this.#page : null;
  }
  chart(id: string): ChartView | null {
    return this.page?.charts.find((chart) => chart.id === id) ?? null;
  }

  choose(hours: number): void {
    if (!LENGTHS.some((length) => length.hours === hours)) return;
    this.#hours = hours;
    this.#problem = null;
    if (hours > 0) void this.#refresh();
  }

  /** Another room is shown, or none. */
  forget(): void {
    this.#hours = 0;
    this.#page = null;
    this.#problem = null;
    this.#due_s = 0;
    this.#round += 1;
  }

  /** The vitals came anew: their end is now. */
  notice(now_s: number): void {
    this.#now_s = now_s;
    if (this.#hours > 0 && now_s >= this.#due_s) void this.#refresh();
  }

  /** Pulls the page; while one is under way, once more afterwards where another length was chosen meanwhile. */
  async #refresh(): Promise<void> {
    this.#waiting = true;
    if (this.#underWay) return;
    this.#underWay = true;
    while (this.#takeWaiting()) {
      const [hours, round] = [this.#hours, this.#round];
      try {
        const page = await this.#pageOf({ hours });
        if (round !== this.#round) continue;
        this.#page = page;
        this.#due_s = page.to_s + page.stale_after_s;
        this.#problem = null;
      } catch (thrown) {
        if (round !== this.#round) continue;
        this.#problem = asProblem(thrown);
        this.#due_s = this.#now_s + hours * 6;
      }
    }
    this.#underWay = false;
  }

  #takeWaiting(): boolean {
    const waiting = this.#waiting;
    this.#waiting = false;
    return waiting && this.#hours > 0;
  }
}
