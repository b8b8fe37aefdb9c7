// The cards of the escalation page. Owns: which one had the keyboard last, what is asked in one, and which alert it is
// about. Must not know: what a contact is.
import type { ContactForm } from "./command";
import { Questions } from "./questions.svelte";
import { neighbour } from "./selectors";

export class Ladder extends Questions<ContactForm> {
  #focused: string | null = null;
  /** The alert that it is about, as a person chose it: empty for none, `null` while nobody chose. */
  #about = $state.raw<string | null>(null);

  get about(): string | null {
    return this.#about;
  }

  setAbout(alert: string): void {
    this.#about = alert;
  }

  /** The contact before or after the one that had the keyboard last. */
  step(contacts: readonly { id: string }[], step: 1 | -1): string | null {
    return neighbour(
      contacts.map(({ id }) => id),
      this.#focused,
      step,
    );
  }

  noteFocused(contact: string): void {
    this.#focused = contact;
  }

  forget(): void {
    this.close();
    this.#focused = null;
    this.#about = null;
  }
}
