// The page of the watch. Owns: which round is at hand, and what is asked besides its checks: why rounds were missed, what was
// learned. Must not know: what a round is; what can be done of it Rust says.
import type { ItemView, RoundView, RoutinesView } from "../ipc";
import { Questions } from "./questions.svelte";

/** What can be asked on the page. */
export type RoundsForm = "why" | "lesson";

export class Rounds extends Questions<RoundsForm> {
  #chosen = $state.raw<string | null>(null);

  choose(id: string): void {
    this.#chosen = id;
  }

  /** The round at hand: the chosen one, as long as it is there; else the first, which Rust puts first. */
  atHand(routines: RoutinesView | null): RoundView | null {
    const rounds = routines?.rounds ?? [];
    return rounds.find(({ id }) => id === this.#chosen) ?? rounds[0] ?? null;
  }

  /** The checks of the round at hand. */
  items(routines: RoutinesView | null): ItemView[] {
    return this.atHand(routines)?.items ?? [];
  }

  /** The round before or after the one at hand. */
  step(routines: RoutinesView | null, step: 1 | -1): void {
    const rounds = routines?.rounds ?? [];
    const at = rounds.findIndex((round) => round === this.atHand(routines));
    const next = rounds[at + step];
    if (next !== undefined) this.#chosen = next.id;
  }

  /** The round that is to be done next is at hand from now on; its first check that is open, `null` where none is due. */
  next(routines: RoutinesView | null): string | null {
    const round = routines?.rounds.find(({ id }) => id === routines.next_round);
    if (round === undefined) return null;
    this.#chosen = round.id;
    return (round.items.find(({ state }) => state === "open") ?? round.items[0])?.id ?? null;
  }

  forget(): void {
    this.close();
    this.#chosen = null;
  }
}
