// The gate that is given up: with which words the roll-back dialogue begins. Owns: these words, until the dialogue took
// them. Must not know: what a gate is, nor how the dialogue is drawn.
export class GivingUp {
  #reason = $state.raw("");

  /** With these words it begins. */
  begin(reason: string): void {
    this.#reason = reason;
  }

  /** The words, once: a dialogue that is opened later for another reason begins with its own. */
  take(): string {
    const reason = this.#reason;
    this.#reason = "";
    return reason;
  }
}
