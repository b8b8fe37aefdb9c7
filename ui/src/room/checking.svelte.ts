// Where a person is in the check: which finding, which line, and where they came from. Must not know: what a finding means,
// nor what leads to a line; where a line leads, Rust says.
import type { CheckView, FindingView, GoalView, SourcePageView, SourceQuery } from "../ipc";
import type { FocusRequest } from "./command";
import { SourceBook } from "./source.svelte";

/** What the check asks of the window around it. */
export interface CheckDoors {
  pull: (query: SourceQuery) => Promise<SourcePageView>;
  check: () => CheckView | null;
  /** The page that is shown. */
  page: () => string | null;
  show: (page: string | null) => void;
  focus: (request: FocusRequest) => void;
  /** Shows a phase, and puts the keyboard there once it has come. */
  lookAt: (phase: string, request: FocusRequest) => void;
  chooseMessage: (id: string) => void;
}

export class Checking {
  readonly source: SourceBook;
  readonly #doors: CheckDoors;
  #finding = $state<number | null>(null);
  /** Where the person was before they came here. */
  #origin: { page: string | null; focus: FocusRequest } | null = null;

  constructor(doors: CheckDoors) {
    this.#doors = doors;
    this.source = new SourceBook(doors.pull);
  }

  /** The place of the chosen finding among all of them. */
  get finding(): number | null {
    return this.#finding;
  }

  /** Comes to a line, or with 0 to the finding that was chosen last. */
  enter(line: number, from: FocusRequest): void {
    this.#origin = { page: this.#doors.page(), focus: from };
    this.#doors.show("check");
    if (line !== 0) {
      this.#finding = null;
      this.goToLine(line);
    } else {
      this.choose(this.#finding ?? 0);
      this.#doors.focus({ on: "finding" });
    }
  }

  /** Back to where one came from. */
  back(): void {
    const origin = this.#origin;
    this.#leaveFor(origin?.page ?? null, origin?.focus ?? { on: "title" });
  }

  /** Back to the question when T0 is. */
  askStart(): void {
    this.#leaveFor(null, { on: "start" });
  }

  #leaveFor(page: string | null, focus: FocusRequest): void {
    this.#origin = null;
    this.#doors.show(page);
    this.#doors.focus(focus);
  }

  /** Chooses a finding, and shows its line in the source. */
  choose(index: number): void {
    const finding = findingsOf(this.#doors.check())[index];
    if (finding === undefined) return;
    this.#finding = index;
    if (finding.line !== 0) void this.source.show(finding.line);
  }

  /** The finding before or after the chosen one. */
  step(step: 1 | -1): void {
    const count = findingsOf(this.#doors.check()).length;
    if (count === 0) return;
    const next = this.#finding === null ? 0 : this.#finding + step;
    this.choose(Math.max(0, Math.min(next, count - 1)));
    this.#doors.focus({ on: "finding" });
  }

  /** The keyboard goes to a line of the source; what stands in no line leads nowhere. */
  goToLine(line: number): void {
    if (line === 0) return;
    void this.source.show(line);
    this.#doors.focus({ on: "source" });
  }

  /** What Enter does at the marked line: it unfolds, leads to what was made of it, or folds again. */
  useLine(): void {
    const row = this.source.marked;
    if (row?.kind === "fold") void this.source.show(row.line);
    else if (row?.kind === "line" && row.goal !== null) this.goTo(row.goal);
    else void this.source.fold();
  }

  /** Goes to what was made of a line. */
  goTo(goal: GoalView): void {
    const request = requestOf(goal);
    if (goal.page === "") {
      this.#origin = null;
      this.#doors.lookAt(goal.phase, request);
      return;
    }
    if (goal.on === "message") this.#doors.chooseMessage(goal.id);
    this.#leaveFor(goal.page, request);
  }

  /** The checklist was read anew. */
  renew(): void {
    const count = findingsOf(this.#doors.check()).length;
    if (this.#finding !== null && this.#finding >= count) this.#finding = count === 0 ? null : count - 1;
    if (this.source.total > 0) void this.source.renew();
  }
}

/** All findings, in the order in which they are shown. */
export function findingsOf(check: CheckView | null): FindingView[] {
  return check?.groups.flatMap(({ findings }) => findings) ?? [];
}

function requestOf({ on, id }: GoalView): FocusRequest {
  switch (on) {
    case "item":
    case "step":
      return { on: "item", id };
    case "message":
      return { on: "entry", id };
    case "contact":
      return { on: "contact", id };
    default:
      return { on: "title" };
  }
}
