// The note in the footer while it is written. Owns: its words and its time. Must not know: what makes a good time; Rust
// says so.
import { Attempt, type Ask } from "./attempt.svelte";
import type { Typing } from "./typing.svelte";

export class Note {
  readonly attempt: Attempt;
  readonly #typing: Typing;
  #text = $state("");
  #at = $state("");
  #timed = $state(false);
  /** What was typed here is newer than what Rust says, until Rust says the same and nothing is on its way. */
  #ahead = false;
  /** The words of a note that waits for the disk in Rust's line: asked once more, it would be written twice. */
  #waiting: string | null = null;

  constructor(ask: Ask, typing: Typing) {
    this.attempt = new Attempt(ask);
    this.#typing = typing;
  }

  get text(): string {
    return this.#text;
  }
  get at(): string {
    return this.#at;
  }
  /** Whether it is about another time than now. */
  get timed(): boolean {
    return this.#timed;
  }

  type(text: string): void {
    this.#text = text;
    this.#ahead = true;
    this.#typing.save("note", text);
  }

  typeTime(at: string): void {
    this.#at = at;
  }

  setTimed(timed: boolean): void {
    this.#timed = timed;
    if (!timed) this.#at = "";
  }

  /** Takes over what stood in the field when the room was left. */
  adopt(typed: string): void {
    if (!this.#ahead) this.#text = typed;
    else if (typed === this.#text && !this.#typing.isPending("note")) this.#ahead = false;
  }

  /** The disk takes things again: the note that waited is in the log. */
  saved(): void {
    if (this.#waiting === null) return;
    if (this.#text === this.#waiting) {
      this.setTimed(false);
      this.type("");
    }
    this.#waiting = null;
    this.attempt.dismiss();
  }

  /** Writes it to the log; the field is empty only after that. Whether all that stands in it was written. */
  async write(): Promise<boolean> {
    const text = this.#text;
    if (text === this.#waiting) return false;
    if (!(await this.attempt.act({ act: "note", text, at: this.#timed ? this.#at : "" }))) {
      if (this.attempt.problem?.code === "not_saved") this.#waiting = text;
      return false;
    }
    this.setTimed(false);
    // What was typed while the note was written is the beginning of the next one.
    if (this.#text !== text) return false;
    this.type("");
    return true;
  }
}
