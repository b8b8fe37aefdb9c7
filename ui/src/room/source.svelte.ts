// The source of the checklist as it is pulled: rows are lines and folded stretches of lines. Owns: the rows that came, which
// of them has the mark, and that a late answer does not replace a newer one. Must not know: how rows are drawn, nor why a
// stretch is folded.
import {
  asProblem,
  type Problem,
  type SourceLineView,
  type SourcePageView,
  type SourceQuery,
  type SourceRowView,
} from "../ipc";

export class SourceBook {
  readonly #pageOf: (query: SourceQuery) => Promise<SourcePageView>;
  #pages = $state.raw<readonly SourcePageView[]>([]);
  #total = $state(0);
  /** The marked row. */
  #at = $state(0);
  /** Counts each time that the marked row is to be seen. */
  #shown = $state(0);
  #unfolded: number[] = [];
  #problem = $state.raw<Problem | null>(null);
  /** Counts what makes the rows others: an answer to a question from before is dropped. */
  #round = 0;
  /** The rows that are in sight. */
  #sight: [number, number] = [0, 0];
  #underWay = false;

  constructor(pull: (query: SourceQuery) => Promise<SourcePageView>) {
    this.#pageOf = pull;
  }

  get total(): number {
    return this.#total;
  }
  get at(): number {
    return this.#at;
  }
  get shown(): number {
    return this.#shown;
  }
  get problem(): Problem | null {
    return this.#problem;
  }
  row(index: number): SourceRowView | null {
    const page = this.#pages.find(({ from, rows }) => from <= index && index < from + rows.length);
    return page?.rows[index - page.from] ?? null;
  }
  get marked(): SourceRowView | null {
    return this.row(this.#at);
  }
  get markedLine(): SourceLineView | null {
    const row = this.marked;
    return row?.kind === "line" ? row : null;
  }

  /** These rows are in sight: those that are not here yet are pulled, page by page. */
  async see(first: number, last: number): Promise<void> {
    this.#sight = [first, last];
    if (this.#underWay) return;
    this.#underWay = true;
    for (let missing = this.#missing(); missing !== null; missing = this.#missing()) {
      const unfolded = this.#unfolded;
      const page = await this.#ask({ from: missing, line: 0, unfolded });
      if (page === null || page.rows.length === 0) break;
      // Rows are counted otherwise where something was folded or unfolded meanwhile.
      if (unfolded === this.#unfolded) this.#take(page);
    }
    this.#underWay = false;
  }

  #missing(): number | null {
    const [first, last] = this.#sight;
    const end = this.#total === 0 ? first + 1 : Math.min(last + 1, this.#total);
    for (let row = Math.max(first, 0); row < end; row += 1) if (this.row(row) === null) return row;
    return null;
  }

  /** Marks a line and brings it into sight, its stretch unfolded. */
  async show(line: number): Promise<void> {
    const known = this.#find(line);
    if (known !== null) {
      this.mark(known);
      return;
    }
    const round = this.#begin();
    const page = await this.#ask({ from: 0, line, unfolded: this.#unfolded });
    if (page === null || round !== this.#round) return;
    this.#takeAnew(page);
    this.mark(page.at);
    void this.see(...this.#sight);
  }

  #find(line: number): number | null {
    for (const { from, rows } of this.#pages) {
      const at = rows.findIndex((row) => row.kind === "line" && row.line === line);
      if (at !== -1) return from + at;
    }
    return null;
  }

  /** Marks a row and brings it into sight. */
  mark(row: number): void {
    this.#at = Math.max(0, Math.min(row, this.#total - 1));
    this.#shown += 1;
  }

  step(step: 1 | -1): void {
    this.mark(this.#at + step);
  }

  /** Folds the stretch of the marked line again. */
  async fold(): Promise<void> {
    const line = this.markedLine;
    if (line === null || line.stretch === 0) return;
    const row = this.#at - (line.line - line.stretch);
    const round = this.#begin();
    const unfolded = this.#unfolded.filter((one) => one !== line.stretch);
    const page = await this.#ask({ from: row, line: 0, unfolded });
    if (page === null || round !== this.#round) return;
    this.#takeAnew(page);
    this.mark(row);
    void this.see(...this.#sight);
  }

  /** The checklist is another one, or was read again. */
  async renew(): Promise<void> {
    const line = this.marked?.line ?? 0;
    const round = this.#begin();
    // The mark stays on its line where that is still there; a fold stays folded.
    const asked = this.marked?.kind === "line" ? line : 0;
    const page = await this.#ask({ from: this.#at, line: asked, unfolded: this.#unfolded });
    if (page === null || round !== this.#round) return;
    this.#takeAnew(page);
    if (asked !== 0) this.#at = page.at;
    void this.see(...this.#sight);
  }

  #begin(): number {
    this.#round += 1;
    return this.#round;
  }

  async #ask(query: SourceQuery): Promise<SourcePageView | null> {
    try {
      const page = await this.#pageOf(query);
      this.#problem = null;
      return page;
    } catch (thrown) {
      this.#problem = asProblem(thrown);
      return null;
    }
  }

  #takeAnew(page: SourcePageView): void {
    this.#pages = [];
    this.#take(page);
  }

  #take(page: SourcePageView): void {
    this.#pages = [...this.#pages, page];
    this.#total = page.total;
    this.#unfolded = page.unfolded;
    if (this.#at >= page.total) this.#at = Math.max(page.total - 1, 0);
  }
}
