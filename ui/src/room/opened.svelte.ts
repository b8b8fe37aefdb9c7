// A checklist that was opened and asks for T0 and zone. Owns: the answer as it is typed, kept while Rust answers, and
// what entering means with it. Must not know: what makes an answer good.
import type { Intent, OpeningView } from "../ipc";
import { Proposal } from "./proposal.svelte";

interface Doors {
  ask: (intent: Intent) => Promise<void>;
  act: (intent: Intent) => Promise<boolean>;
  opening: () => OpeningView | null;
}

export class Opened {
  readonly #doors: Doors;
  #proposal = $state.raw<Proposal | null>(null);
  #path: string | null = null;

  constructor(doors: Doors) {
    this.#doors = doors;
  }

  get proposal(): Proposal | null {
    return this.#proposal;
  }

  /** A new answer begins with each checklist that is opened. */
  receive(): void {
    const opening = this.#doors.opening();
    if ((opening?.path ?? null) === this.#path) return;
    this.#path = opening?.path ?? null;
    this.#proposal = opening === null ? null : Proposal.of(opening, this.#doors.ask);
  }

  /** Goes on in the room that is not closed, where there is one; else into a new one, where the answer is good. */
  enter(): void {
    const unfinished = this.#doors.opening()?.unfinished ?? null;
    if (unfinished !== null) void this.#doors.act({ kind: "enter_room", id: unfinished.id });
    else this.enterNew();
  }

  enterNew(): void {
    const proposal = this.#proposal;
    if (proposal === null || this.shut !== null) return;
    void this.#doors.act({ kind: "enter", start: proposal.start, zone: proposal.zone });
  }

  /** Why no room can be entered with what was typed. */
  get shut(): string | null {
    const opening = this.#doors.opening();
    const problem = this.#proposal?.refusal ?? opening?.problem;
    const missing = opening?.missing ?? "";
    return problem?.message ?? (missing === "" ? null : missing);
  }
}
