// A draft while it is written. Owns: its three fields as they stand in the window. Must not know: which blanks there are
// or what may be sent; Rust says so.
import type { CopyTarget, DraftView, Problem } from "../ipc";
import { Attempt, type Ask } from "./attempt.svelte";
import type { Typing } from "./typing.svelte";

export interface Words {
  to: string;
  subject: string;
  body: string;
}

export class Draft {
  readonly number: number;
  readonly attempt: Attempt;
  readonly #typing: Typing;
  readonly #copy: (target: CopyTarget) => Promise<Problem | null>;
  readonly #openMail: (number: number) => Promise<Problem | null>;
  #view: DraftView;
  #words = $state.raw<Words>({ to: "", subject: "", body: "" });
  /** What was typed here is newer than what Rust says, until Rust says the same and nothing is on its way. */
  #ahead = false;
  /** Whether what stands here is another thing than Rust says. */
  #changed = $state(false);
  #unkept = $state(false);
  #outside = $state.raw<Problem | null>(null);

  constructor(
    view: DraftView,
    doors: {
      ask: Ask;
      typing: Typing;
      copy: (target: CopyTarget) => Promise<Problem | null>;
      openMail: (number: number) => Promise<Problem | null>;
    },
  ) {
    this.number = view.number;
    this.attempt = new Attempt(doors.ask);
    this.#typing = doors.typing;
    this.#copy = doors.copy;
    this.#openMail = doors.openMail;
    this.#view = view;
    this.adopt(view);
  }

  get #name(): string {
    return `draft ${this.number}`;
  }

  get words(): Words {
    return this.#words;
  }
  /** Whether something was typed that the log does not have. */
  get unkept(): boolean {
    return this.#unkept || this.#changed;
  }
  /** Why the last thing that was asked about it was turned down. */
  get problem(): Problem | null {
    return this.attempt.problem ?? this.#outside;
  }

  dismiss(): void {
    this.attempt.dismiss();
    this.#outside = null;
  }

  adopt(view: DraftView): void {
    this.#view = view;
    this.#unkept = view.unkept;
    const { to, subject, body } = view;
    const same = to === this.#words.to && subject === this.#words.subject && body === this.#words.body;
    if (same && !this.#typing.isPending(this.#name)) this.#ahead = false;
    else if (!this.#ahead) this.#words = { to, subject, body };
    this.#changed = this.#ahead && !same;
  }

  type(change: Partial<Words>): void {
    this.#words = { ...this.#words, ...change };
    this.#ahead = true;
    this.#changed = true;
    this.#typing.save(this.#name, JSON.stringify(this.#words));
  }

  /** Puts words in the place of a blank, wherever it stands. */
  fill(blank: string, words: string): void {
    const { to, subject, body } = this.#words;
    const filled = (text: string): string => text.split(blank).join(words);
    this.type({ to: filled(to), subject: filled(subject), body: filled(body) });
  }

  keep(): Promise<boolean> {
    this.#outside = null;
    return this.attempt.act({ act: "keep_draft", draft: this.number, ...this.#words });
  }

  drop(): Promise<boolean> {
    return this.attempt.act({ act: "drop_draft", draft: this.number });
  }

  /** What goes out is what the log has: what was only typed is kept first. */
  async markSent(to: string, at: string): Promise<boolean> {
    if (!(await this.#keepFirst())) return false;
    return this.attempt.act({ act: "mark_sent", draft: this.number, to, at });
  }

  async copy(): Promise<void> {
    if (await this.#keepFirst()) this.#outside = await this.#copy({ kind: "draft", id: String(this.number) });
  }

  async openInMail(): Promise<void> {
    if (await this.#keepFirst()) this.#outside = await this.#openMail(this.number);
  }

  /** While a blank is open nothing goes out, so that nothing need be kept for it: Rust says why. */
  async #keepFirst(): Promise<boolean> {
    this.dismiss();
    return !this.unkept || this.#view.blanks.length > 0 || (await this.keep());
  }
}
