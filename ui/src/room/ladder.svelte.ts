// The cards of the escalation page. Owns: which one had the keyboard last, and what is asked in one. Must not know: what
// a contact is.
import type { ContactForm } from "./command";
import { Questions } from "./questions.svelte";

export class Ladder extends Questions<ContactForm> {
  #focused: string | null = null;

  get focused(): string | null {
    return this.#focused;
  }

  noteFocused(contact: string): void {
    this.#focused = contact;
  }

  forget(): void {
    this.close();
    this.#focused = null;
  }
}
