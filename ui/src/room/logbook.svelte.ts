// The pages of the log as they are pulled. Owns: the query, the entries that came, and that a late answer does not
// replace a newer one. Must not know: how entries are drawn, nor what events mean.
import { asProblem, type LogEntryView, type LogPageView, type LogQuery, type Problem } from "../ipc";

export class Logbook {
  readonly #pageOf: (query: LogQuery) => Promise<LogPageView>;
  #entries = $state.raw<LogEntryView[]>([]);
  #more = $state(false);
  #found = $state(0);
  #group = $state("");
  #search = $state("");
  /** The event from which on it is read backwards; 0 for the latest. */
  #from = $state(0);
  #problem = $state.raw<Problem | null>(null);
  /** How many events there were when the first page was asked for. */
  #countThen = $state(0);
  #count = $state(0);
  #shown = false;
  #atTop = true;
  #underWay = false;
  #waiting = false;

  constructor(pull: (query: LogQuery) => Promise<LogPageView>) {
    this.#pageOf = pull;
  }

  get entries(): readonly LogEntryView[] {
    return this.#entries;
  }
  get more(): boolean {
    return this.#more;
  }
  get found(): number {
    return this.#found;
  }
  get group(): string {
    return this.#group;
  }
  get search(): string {
    return this.#search;
  }
  get from(): number {
    return this.#from;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  /** How many events came since the first page was pulled. */
  get newer(): number {
    return this.#count - this.#countThen;
  }

  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#atTop = true;
    if (!shown) this.#from = 0;
    if (shown) void this.refresh();
  }

  /** Whoever reads further down is not disturbed by what comes on top. */
  setAtTop(atTop: boolean): void {
    this.#atTop = atTop;
    if (atTop && this.newer > 0) void this.refresh();
  }

  /** Reads from this event on, with nothing left out: 0 for the latest. */
  lookFrom(event: number): void {
    this.#from = event;
    this.#group = "";
    this.#search = "";
    if (this.#shown) void this.refresh();
  }

  choose(group: string): void {
    this.#from = 0;
    this.#group = group;
    void this.refresh();
  }

  type(search: string): void {
    this.#from = 0;
    this.#search = search;
    void this.refresh();
  }

  /** Rust says how many events there are. */
  notice(count: number): void {
    this.#count = count;
    if (this.#shown && this.#atTop && count !== this.#countThen) void this.refresh();
  }

  /** Pulls the latest page; while one is under way it is pulled again afterwards, once. */
  async refresh(): Promise<void> {
    this.#waiting = true;
    if (this.#underWay) return;
    this.#underWay = true;
    while (this.#takeWaiting()) {
      this.#countThen = this.#count;
      await this.#pull(this.#from === 0 ? 0 : this.#from + 1, (page) => page.entries);
    }
    this.#underWay = false;
  }

  async earlier(): Promise<void> {
    const last = this.#entries.at(-1);
    if (this.#underWay || last === undefined) return;
    this.#underWay = true;
    await this.#pull(last.seq, (page) => [...this.#entries, ...page.entries]);
    this.#underWay = false;
    // What was asked for meanwhile comes now.
    if (this.#waiting) void this.refresh();
  }

  async #pull(before: number, together: (page: LogPageView) => LogEntryView[]): Promise<void> {
    try {
      const page = await this.#pageOf({ group: this.#group, search: this.#search, before });
      this.#entries = together(page);
      this.#more = page.more;
      this.#found = page.found;
      this.#problem = null;
    } catch (thrown) {
      this.#problem = asProblem(thrown);
    }
  }

  #takeWaiting(): boolean {
    const waiting = this.#waiting;
    this.#waiting = false;
    return waiting;
  }
}
