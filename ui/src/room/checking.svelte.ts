// Where a person is in the check: which finding, which line, and where they came from. Must not know: what a finding means,
// nor what leads to a line.
import type { CheckView, FindingView, SourcePageView, SourceQuery } from "../ipc";
import type { FocusRequest } from "./command";
import { SourceBook } from "./source.svelte";

/** Where somebody was before they came to the check. */
export interface Origin {
  page: string | null;
  focus: FocusRequest;
}

export class Checking {
  readonly source: SourceBook;
  #finding = $state<number | null>(null);
  #origin: Origin | null = null;

  constructor(pull: (query: SourceQuery) => Promise<SourcePageView>) {
    this.source = new SourceBook(pull);
  }

  /** The place of the chosen finding among all of them. */
  get finding(): number | null {
    return this.#finding;
  }

  /** Comes from somewhere: to a line, or with 0 to the first finding. What was chosen before is chosen still. */
  enter(origin: Origin, line: number, check: CheckView | null): FocusRequest {
    this.#origin = origin;
    if (line !== 0) {
      this.#finding = null;
      void this.source.show(line);
      return { on: "source" };
    }
    const findings = findingsOf(check);
    if (findings.length === 0) return { on: "source" };
    this.choose(this.#finding ?? 0, check);
    return { on: "finding" };
  }

  /** Where the person came from; said once. */
  leave(): Origin | null {
    const origin = this.#origin;
    this.#origin = null;
    return origin;
  }

  /** Chooses a finding, and shows its line in the source. */
  choose(index: number, check: CheckView | null): void {
    const finding = findingsOf(check)[index];
    if (finding === undefined) return;
    this.#finding = index;
    if (finding.line !== 0) void this.source.show(finding.line);
  }

  /** The finding before or after the chosen one; true where there is one. */
  step(step: 1 | -1, check: CheckView | null): boolean {
    const count = findingsOf(check).length;
    if (count === 0) return false;
    const next = this.#finding === null ? 0 : this.#finding + step;
    this.choose(Math.max(0, Math.min(next, count - 1)), check);
    return true;
  }

  /** The checklist was read anew. */
  renew(check: CheckView): void {
    const count = findingsOf(check).length;
    if (this.#finding !== null && this.#finding >= count) this.#finding = count === 0 ? null : count - 1;
    if (this.source.total > 0) void this.source.renew();
  }
}

/** All findings, in the order in which they are shown. */
export function findingsOf(check: CheckView | null): FindingView[] {
  return check?.groups.flatMap(({ findings }) => findings) ?? [];
}
