// The cards of the escalation page. Owns: which one had the keyboard last, and what is asked in one. Must not know: what
// a contact is.
import type { ContactForm } from "./command";

export class Ladder {
  #open = $state.raw<{ contact: string; form: ContactForm } | null>(null);
  #focused: string | null = null;

  /** What is asked in this card. */
  formOf(contact: string): ContactForm | null {
    return this.#open?.contact === contact ? this.#open.form : null;
  }

  get focused(): string | null {
    return this.#focused;
  }

  noteFocused(contact: string): void {
    this.#focused = contact;
  }

  ask(contact: string, form: ContactForm): void {
    this.#open = { contact, form };
  }

  /** Closes what is asked, and says in which card; `null` where nothing was. */
  close(): string | null {
    const contact = this.#open?.contact ?? null;
    this.#open = null;
    return contact;
  }

  forget(): void {
    this.#open = null;
    this.#focused = null;
  }
}
