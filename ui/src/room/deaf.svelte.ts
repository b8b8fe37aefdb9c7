// Half a second in which single keys do nothing: a finger that was on its way when an alert came must not answer it.
// Owns: whether that time runs. Must not know: what keys mean. The window has no timer, so an animation is the clock:
// who draws begins it with each round and says when it is over.

/** As long as the animation. */
const DEAF_MS = 500;

export class Deaf {
  #round = $state(0);
  #isDeaf = false;
  #firstSwallowed_ms: number | null = null;

  /** Counts the beginnings, from 1. */
  get round(): number {
    return this.#round;
  }

  begin(): void {
    this.#round += 1;
    this.#isDeaf = true;
    this.#firstSwallowed_ms = null;
  }

  /** The animation of this round is over. */
  end(round: number): void {
    if (round === this.#round) this.#isDeaf = false;
  }

  /** Whether a key that was pressed now is to do nothing. A page that draws nothing ends no animation; so from the
      first key on the keys' own times count too, and the keyboard never stays dead. */
  swallows(press: Pick<KeyboardEvent, "timeStamp">): boolean {
    if (!this.#isDeaf) return false;
    this.#firstSwallowed_ms ??= press.timeStamp;
    if (press.timeStamp - this.#firstSwallowed_ms < DEAF_MS) return true;
    this.#isDeaf = false;
    return false;
  }
}
