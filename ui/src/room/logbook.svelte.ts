// The rows of the log as they are pulled. Owns: the query, the rows around what is in sight, and that a late answer does
// not replace a newer one. However long the log is, no more rows are kept than some screens have. Must not know: how rows
// are drawn, nor what events mean.
//
// Rows are counted from the first event on, as Rust counts them: a row stays where it is while others come.
import { asProblem, type LogEntryView, type LogPageView, type LogQuery, type Problem } from "../ipc";

/** Beyond the end of any log: asks for the last rows. */
const LAST = 4294967295;
/** How many rows are asked for at once. */
const PORTION = 100;
/** How far ahead of what is in sight rows are asked for: what is scrolled towards is there before it comes into sight. */
const AHEAD = 50;
/** How far from what is in sight rows are kept. */
const NEAR = 400;

type Rows = Readonly<Partial<Record<number, LogEntryView>>>;

/** A row that is to be brought into sight; another object for each time. */
export interface Goal {
  row: number;
  /** Whether it is shown at the top of what is in sight, else wherever it is in sight. */
  first: boolean;
}

export class Logbook {
  readonly #pageOf: (query: LogQuery) => Promise<LogPageView>;
  /** By their numbers. */
  #rows = $state.raw<Rows>({});
  #found = $state(0);
  #group = $state("");
  #search = $state("");
  /** The event that was asked for by somebody elsewhere; 0 for none. */
  #from = $state(0);
  /** The event of which a correction is being written; 0 for none. */
  #correcting = $state(0);
  #problem = $state.raw<Problem | null>(null);
  #goal = $state.raw<Goal | null>(null);
  #isLooking = $state(false);
  /** How many rows came since one was at the top last. */
  #newer = $state(0);
  /** How many events there were when rows were asked for last. */
  #countThen = 0;
  #count = 0;
  #shown = false;
  #atTop = true;
  /** The rows in sight. */
  #sight: [number, number] = [0, 0];
  /** Whether older rows came into sight last, which have the smaller numbers. */
  #toOlder = true;
  #isStale = false;
  #isAnother = false;
  #wanted = 0;
  #underWay = false;

  constructor(pull: (query: LogQuery) => Promise<LogPageView>) {
    this.#pageOf = pull;
  }

  /** A row; null while it is not there yet. */
  row(row: number): LogEntryView | null {
    return this.#rows[row] ?? null;
  }
  /** How many rows are kept. */
  get kept(): number {
    return Object.keys(this.#rows).length;
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
  get goal(): Goal | null {
    return this.#goal;
  }
  get newer(): number {
    return this.#newer;
  }
  /** The event of which a correction is being written; 0 for none. */
  get correcting(): number {
    return this.#correcting;
  }
  /** Whether the words that are looked for have no answer yet. */
  get isLooking(): boolean {
    return this.#isLooking;
  }

  /** The row of an event, where it is kept. */
  entryOf(seq: number): LogEntryView | null {
    return this.#placeOf(seq)?.[1] ?? null;
  }

  setShown(shown: boolean): void {
    this.#shown = shown;
    this.#atTop = true;
    this.#newer = 0;
    this.#correcting = 0;
    if (!shown) this.#from = 0;
    if (shown) this.#begin();
  }

  /** Whoever reads further down is not disturbed by what comes on top. */
  setAtTop(atTop: boolean): void {
    this.#atTop = atTop;
    if (atTop) this.#newer = 0;
  }

  /** These rows are in sight now. */
  see(first: number, last: number): void {
    if (first !== this.#sight[0]) this.#toOlder = first < this.#sight[0];
    this.#sight = [first, last];
    if (this.#shown && !this.#isThere()) void this.#refresh();
  }

  /** Shows this event, with nothing left out: 0 for the latest. */
  lookFrom(event: number): void {
    this.#from = event;
    this.#group = "";
    this.#search = "";
    if (this.#shown) this.#begin();
  }

  /** A moment is looked at: what was asked for before is looked at no more. */
  leaveEvent(): void {
    this.#from = 0;
  }

  /** Leaves nothing out any more. */
  showAll(): void {
    if (this.#group === "" && this.#search === "") return;
    this.#group = "";
    this.#search = "";
    this.#isLooking = false;
    this.#begin();
  }

  correct(event: number): void {
    this.#correcting = event;
  }

  stopCorrecting(): void {
    this.#correcting = 0;
  }

  choose(group: string): void {
    this.#from = 0;
    this.#group = group;
    this.#begin();
  }

  type(search: string): void {
    this.#from = 0;
    this.#search = search;
    this.#isLooking = search.trim() !== "";
    this.#begin();
  }

  toTop(): void {
    this.#from = 0;
    this.#newer = 0;
    this.#goal = { row: Math.max(0, this.#found - 1), first: true };
  }

  /** Brings an event into sight, wherever in the list it is. */
  locate(seq: number): void {
    const known = this.#placeOf(seq);
    if (known !== null) {
      this.#goal = { row: known[0], first: false };
      return;
    }
    this.#wanted = seq;
    if (this.#shown) void this.#refresh();
  }

  /** Rust says how many events there are. */
  notice(count: number): void {
    this.#count = count;
    if (!this.#shown || count === this.#countThen) return;
    this.#isStale = true;
    void this.#refresh();
  }

  /** Another list: its last rows, or those around the event that was asked for. */
  #begin(): void {
    this.#isAnother = true;
    this.#wanted = this.#from;
    void this.#refresh();
  }

  #placeOf(seq: number): [number, LogEntryView] | null {
    const found = Object.entries(this.#rows).find(([, entry]) => entry?.seq === seq);
    return found?.[1] === undefined ? null : [Number(found[0]), found[1]];
  }

  /** Where a portion begins that has what is not there: of what is in sight, and ahead of it. */
  #missing(): number | null {
    const [first, last] = [this.#sight[0], Math.min(this.#sight[1], this.#found - 1)];
    if (first > last) return null;
    const from = Math.max(0, this.#toOlder ? first - AHEAD : first);
    const to = Math.min(this.#toOlder ? last : last + AHEAD, this.#found - 1);
    const known = (row: number): boolean => this.#rows[row] !== undefined;
    // A place that nothing is known of: nobody knows where it is scrolled to from there.
    if (last - first < PORTION && !known(first) && !known(last))
      return Math.max(0, first - Math.floor((PORTION - (last - first)) / 2));
    // The row nearest to where one comes from; what is behind it lies ahead.
    if (this.#toOlder) {
      for (let row = to; row >= from; row -= 1)
        if (this.#rows[row] === undefined) return Math.max(0, row + 1 - PORTION);
    } else {
      for (let row = from; row <= to; row += 1) if (this.#rows[row] === undefined) return row;
    }
    return null;
  }

  #isThere(): boolean {
    return this.#missing() === null;
  }

  /** Pulls what is missing, one portion after the other: of what was asked for meanwhile only the last counts. */
  async #refresh(): Promise<void> {
    if (this.#underWay) return;
    this.#underWay = true;
    while (this.#shown && (this.#isAnother || this.#isStale || this.#wanted !== 0 || !this.#isThere())) {
      if (!(await this.#pull()) && !this.#isAnother) break;
    }
    this.#underWay = false;
  }

  async #pull(): Promise<boolean> {
    const [isAnother, isStale, wanted] = [this.#isAnother, this.#isStale, this.#wanted];
    const [group, search] = [this.#group, this.#search];
    const around = Math.max(0, this.#sight[0] - PORTION / 4);
    const before = isStale || isAnother ? around : (this.#missing() ?? around);
    this.#isAnother = false;
    this.#isStale = false;
    this.#wanted = 0;
    this.#countThen = this.#count;
    // What came on top is looked at where the top is in sight.
    const from = isAnother || (isStale && this.#atTop) ? LAST : before;
    try {
      const page = await this.#pageOf({ group, search, from, count: PORTION, place_of: wanted });
      // What was typed or chosen meanwhile has another list.
      if (group !== this.#group || search !== this.#search) return true;
      this.#take(page, isAnother || isStale);
      if (isAnother) {
        this.#goal = { row: Math.max(0, page.found - 1), first: true };
        this.#sight = [Math.max(0, page.found - 1), Math.max(0, page.found - 1)];
      }
      if (wanted !== 0 && page.place !== null) this.#goal = { row: page.place, first: isAnother };
      this.#isLooking = false;
      this.#problem = null;
      return true;
    } catch (thrown) {
      this.#isLooking = false;
      this.#problem = asProblem(thrown);
      return false;
    }
  }

  #take(page: LogPageView, isAnew: boolean): void {
    if (isAnew && !this.#atTop && page.found > this.#found) this.#newer += page.found - this.#found;
    this.#found = page.found;
    const [first, last] = this.#sight;
    const isNear = (row: number): boolean => row >= first - NEAR && row <= last + NEAR;
    const near = isAnew ? [] : Object.entries(this.#rows).filter(([row]) => isNear(Number(row)));
    const pulled = page.entries.map((entry, index): [string, LogEntryView] => [String(page.from + index), entry]);
    this.#rows = Object.fromEntries([...near, ...pulled]);
  }
}
