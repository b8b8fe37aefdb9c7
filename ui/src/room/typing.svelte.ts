// Words on their way to the disk while they are being typed. Owns: that at most one question is under way and that the
// latest words of each field win. Must not know: which fields there are.
import type { Problem } from "../ipc";
import type { Ask } from "./attempt.svelte";

export class Typing {
  readonly #ask: Ask;
  /** The latest words of each field that has some to be sent. */
  #waiting: { name: string; text: string }[] = [];
  /** Words that are not on the disk, though they were sent. */
  #failed: { name: string; text: string }[] = [];
  #underWay: string | null = null;
  #problem = $state.raw<Problem | null>(null);

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Why the last words are not on the disk; they are sent again when the disk takes words again. */
  get problem(): Problem | null {
    return this.#problem;
  }

  save(name: string, text: string): void {
    this.#waiting = [...this.#waiting.filter((one) => one.name !== name), { name, text }];
    if (this.#underWay === null) void this.#send();
  }

  /** Sends again what did not get to the disk, unless newer words of the same field did. */
  retry(): void {
    const failed = this.#failed;
    this.#failed = [];
    for (const { name, text } of failed) this.save(name, text);
  }

  /** Whether words of this field are still on their way: until then what Rust says of it may be older. */
  isPending(name: string): boolean {
    return this.#underWay === name || this.#waiting.some((one) => one.name === name);
  }

  async #send(): Promise<void> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next === undefined) break;
      const { name, text } = next;
      this.#underWay = name;
      const problem = await this.#ask({ act: "typing", name, text });
      this.#failed = this.#failed.filter((one) => one.name !== name);
      // What was refused would be refused again.
      if (problem?.code === "not_saved") this.#failed.push(next);
      this.#problem = problem;
    }
    this.#underWay = null;
  }
}
