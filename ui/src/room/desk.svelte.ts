// The desk on which messages are written. Owns: which template, draft or sent notice is looked at, and the drafts as
// they stand in the window. Must not know: how they are drawn.
import type { Act, DraftView, MessagesView, MessageView, SentView } from "../ipc";
import { Attempt, type Ask } from "./attempt.svelte";
import { Draft } from "./draft.svelte";
import { allMessages, looseDrafts, neighbour } from "./selectors";

/** What is looked at. A template with a draft begun from it is its draft. */
export type Chosen =
  | { kind: "message"; id: string; message: MessageView }
  | { kind: "draft"; id: string; view: DraftView; draft: Draft; message: MessageView | null }
  | { kind: "sent"; id: string; sent: SentView };

export class Desk {
  readonly starting: Attempt;
  readonly #open: (view: DraftView) => Draft;
  #messages = $state.raw<MessagesView | null>(null);
  #drafts = $state.raw<readonly Draft[]>([]);
  #chosenId = $state.raw<string | null>(null);
  #expected: "chosen" | "new" | null = null;
  #filling = false;

  constructor(ask: Ask, open: (view: DraftView) => Draft) {
    this.starting = new Attempt(ask);
    this.#open = open;
  }

  /** Everything that can be chosen, in the order of the list. */
  get entries(): string[] {
    const messages = this.#messages;
    if (messages === null) return [];
    return [
      ...allMessages(messages).map(({ id }) => id),
      ...looseDrafts(messages).map(({ number }) => draftEntry(number)),
      ...messages.sent.map(({ seq }) => sentEntry(seq)),
    ];
  }

  get chosen(): Chosen | null {
    const messages = this.#messages;
    if (messages === null) return null;
    const id = this.#chosenId;
    const message = allMessages(messages).find((one) => one.id === id);
    const sent = messages.sent.find(({ seq }) => sentEntry(seq) === id);
    if (sent !== undefined) return { kind: "sent", id: sentEntry(sent.seq), sent };
    const first = this.entries[0];
    const number = message?.draft ?? (id === null ? undefined : numberOf(id));
    const found = this.#asDraft(messages, number, message ?? null);
    if (found !== null) return found;
    if (message !== undefined) return { kind: "message", id: message.id, message };
    // Nothing was chosen, or it is no longer there.
    const firstMessage = allMessages(messages)[0];
    if (firstMessage !== undefined)
      return (
        this.#asDraft(messages, firstMessage.draft, firstMessage) ?? {
          kind: "message",
          id: firstMessage.id,
          message: firstMessage,
        }
      );
    return first === undefined ? null : this.#asDraft(messages, numberOf(first), null);
  }

  #asDraft(messages: MessagesView, number: number | undefined, message: MessageView | null): Chosen | null {
    const view = messages.drafts.find((one) => one.number === number);
    const draft = this.#drafts.find((one) => one.number === number);
    if (view === undefined || draft === undefined) return null;
    return { kind: "draft", id: message?.id ?? draftEntry(view.number), view, draft, message };
  }

  /** The chosen draft. */
  get draft(): Draft | null {
    return this.chosen?.kind === "draft" ? this.chosen.draft : null;
  }

  choose(id: string): void {
    this.#chosenId = id;
  }

  /** The entry before or after the chosen one, which is then chosen. */
  step(step: 1 | -1): string | null {
    const id = neighbour(this.entries, this.chosen?.id ?? null, step);
    if (id !== null) this.#chosenId = id;
    return id;
  }

  receive(messages: MessagesView | null): void {
    const before = this.#drafts;
    this.#drafts = (messages?.drafts ?? []).map((view) => {
      const known = before.find(({ number }) => number === view.number);
      if (known === undefined) this.#welcome(view.number);
      known?.adopt(view);
      return known ?? this.#open(view);
    });
    this.#messages = messages;
  }

  /** A draft that was not there before: where one was begun here, it is the one. */
  #welcome(number: number): void {
    if (this.#expected === null) return;
    if (this.#expected === "new") this.#chosenId = draftEntry(number);
    this.#expected = null;
    this.#filling = true;
  }

  /** Begins a draft from a template, or an empty notice; when it comes, its first blank takes the keyboard. */
  async start(message: string): Promise<void> {
    this.#expected = message === "" ? "new" : "chosen";
    if (message !== "") this.#chosenId = message;
    if (!(await this.starting.act({ act: "start_draft", message }))) this.#expected = null;
  }

  /** Begins a draft by another act than a template's; when it comes, it is the one. True when it was done. */
  async startBy(attempt: Attempt, act: Act): Promise<boolean> {
    this.#expected = "new";
    const done = await attempt.act(act);
    if (!done) this.#expected = null;
    return done;
  }

  chooseDraft(number: number): void {
    this.#chosenId = draftEntry(number);
  }

  /** Begins a draft that Rust makes from what it knows; when it comes, it is the one. */
  async draw(act: Extract<Act, { act: "start_update" | "start_closing" }>): Promise<void> {
    this.#expected = "new";
    if (!(await this.starting.act(act))) this.#expected = null;
  }

  /** Whether the draft that is shown now was begun here just now; said once. */
  takeFilling(): boolean {
    const filling = this.#filling;
    this.#filling = false;
    return filling;
  }
}

export function draftEntry(number: number): string {
  return `draft ${number}`;
}

export function sentEntry(seq: number): string {
  return `sent ${seq}`;
}

function numberOf(entry: string): number | undefined {
  const found = /^draft (\d+)$/.exec(entry)?.[1];
  return found === undefined ? undefined : Number(found);
}
