// The signals' page. Owns: which entry had the keyboard last, which command is looked at before it is armed, and why an
// act was turned down. Must not know: what a signal is; the page changes when Rust's view does.
import type { ProposalView, SignalsView } from "../ipc";
import { Questions } from "./questions.svelte";
import { neighbour } from "./selectors";

/** Names a signal among the entries of the page. */
export function signalEntry(id: string): string {
  return `signal ${id}`;
}

/** Names a proposal among the entries of the page. */
export function proposalEntry(id: string): string {
  return `proposal ${id}`;
}

/** What waits for an answer, before what was dropped; what was accepted stands among what is asked. */
export function proposalsIn(view: SignalsView | null, state: "open" | "dropped"): ProposalView[] {
  return (view?.proposals ?? []).filter((proposal) => proposal.state === state);
}

/** Everything that J and K of the page, its arrows, stop at, in the order in which it stands there. */
function entriesOf(view: SignalsView | null): string[] {
  return [
    ...proposalsIn(view, "open").map(({ id }) => proposalEntry(id)),
    ...(view?.signals ?? []).map(({ id }) => signalEntry(id)),
    ...proposalsIn(view, "dropped").map(({ id }) => proposalEntry(id)),
  ];
}

export class Signalling extends Questions<never> {
  #focused: string | null = null;
  #arming = $state.raw<string | null>(null);

  /** The signal whose command is looked at. */
  get arming(): string | null {
    return this.#arming;
  }

  arm(signal: string): void {
    this.#arming = signal;
  }

  noteFocused(entry: string): void {
    this.#focused = entry;
  }

  /** The entry before or after the one that had the keyboard last. */
  step(view: SignalsView | null, step: 1 | -1): string | null {
    return neighbour(entriesOf(view), this.#focused, step);
  }

  forget(): void {
    this.close();
    this.#focused = null;
    this.#arming = null;
  }
}

/** What the entry that has the keyboard can be asked for, each by the id of what it is about. */
export function askedOf(
  view: SignalsView | null,
  entry: string | null,
): Readonly<{ arm: string | null; accept: string | null; drop: string | null }> {
  const signal = view?.signals.find(({ id }) => signalEntry(id) === entry);
  const proposal = view?.proposals.find(({ id }) => proposalEntry(id) === entry || id === signal?.proposal);
  return {
    arm: signal !== undefined && signal.command !== null ? signal.id : null,
    accept: proposal !== undefined && proposal.state !== "accepted" ? proposal.id : null,
    drop: proposal !== undefined && proposal.state !== "dropped" ? proposal.id : null,
  };
}
