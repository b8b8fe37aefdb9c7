// The history of an alert as it is pulled. Owns: whose it is, the turns that came, and that a late answer does not replace a
// newer one. Must not know: how turns are drawn, nor what they mean.
import {
  asProblem,
  type AlertEntryView,
  type AlertPageView,
  type AlertQuery,
  type AlertTurnView,
  type Problem,
} from "../ipc";

export class Histories {
  readonly #pageOf: (query: AlertQuery) => Promise<AlertPageView>;
  #alerts = $state.raw<readonly AlertEntryView[]>([]);
  #turns = $state.raw<readonly AlertTurnView[]>([]);
  /** Whose history was asked for; empty for the first of the list. */
  #wanted = $state("");
  /** Whose history it is. */
  #id = $state("");
  #count = $state(0);
  #more = $state(false);
  #problem = $state.raw<Problem | null>(null);
  #events = 0;
  #shown = false;
  /** Counts what was asked for, so that an answer to an earlier question is dropped. */
  #asked = 0;

  constructor(pull: (query: AlertQuery) => Promise<AlertPageView>) {
    this.#pageOf = pull;
  }

  get alerts(): readonly AlertEntryView[] {
    return this.#alerts;
  }
  get turns(): readonly AlertTurnView[] {
    return this.#turns;
  }
  get id(): string {
    return this.#id;
  }
  get count(): number {
    return this.#count;
  }
  get more(): boolean {
    return this.#more;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** The alert whose history it is. */
  get alert(): AlertEntryView | null {
    return this.#alerts.find(({ id }) => id === this.#id) ?? null;
  }

  setShown(shown: boolean): void {
    this.#shown = shown;
    if (shown) void this.refresh();
  }

  choose(alert: string): void {
    this.#wanted = alert;
    if (this.#shown) void this.refresh();
  }

  /** Rust says how many events there are: one of them may be a turn. */
  notice(events: number): void {
    const turned = events !== this.#events;
    this.#events = events;
    if (this.#shown && turned) void this.refresh();
  }

  async refresh(): Promise<void> {
    await this.#pull(0, (page) => page.turns);
  }

  async earlier(): Promise<void> {
    const last = this.#turns.at(-1);
    if (last !== undefined) await this.#pull(last.number, (page) => [...this.#turns, ...page.turns]);
  }

  forget(): void {
    this.#asked += 1;
    this.#shown = false;
    this.#alerts = [];
    this.#turns = [];
    this.#wanted = "";
    this.#id = "";
    this.#count = 0;
    this.#more = false;
    this.#problem = null;
  }

  async #pull(before: number, together: (page: AlertPageView) => AlertTurnView[]): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      // Earlier turns are those of the history that is shown, whatever fires first by now.
      const page = await this.#pageOf({ alert: before === 0 ? this.#wanted : this.#id, before });
      if (asked !== this.#asked) return;
      this.#turns = together(page);
      this.#alerts = page.alerts;
      this.#id = page.id;
      this.#count = page.count;
      this.#more = page.more;
      this.#problem = null;
    } catch (thrown) {
      if (asked === this.#asked) this.#problem = asProblem(thrown);
    }
  }
}
