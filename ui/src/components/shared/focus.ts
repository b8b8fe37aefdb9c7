// Where the keyboard is, and how it is put somewhere. The only module that looks for elements in the page.
import type { FocusRequest } from "../../room/command";
import type { Focus } from "../../room/keyboard";

/** What the element with the focus does with keys. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "elsewhere";
  if (target.closest("input, textarea, [contenteditable]")) return "field";
  if (target.closest("[data-rail]")) return "rail";
  if (target.closest("button, a[href]")) return "control";
  return "elsewhere";
}

/** Puts the keyboard where it was asked for, and that place into view. */
export function putFocus(request: FocusRequest): void {
  const element = document.querySelector<HTMLElement>(selector(request));
  if (element === null) return;
  element.focus({ preventScroll: true });
  // A page that has just changed begins at its top; everything else only has to be seen.
  element.scrollIntoView({ block: request.on === "title" ? "end" : "nearest" });
}

function selector(request: FocusRequest): string {
  switch (request.on) {
    case "item":
      return `[data-testid="row-item"][data-id="${CSS.escape(request.id)}"]`;
    case "phase":
      return `[data-testid="phase-entry"][data-id="${CSS.escape(request.id)}"]`;
    case "message":
      return `[data-testid="message-entry"][data-id="${CSS.escape(request.id)}"]`;
    case "title":
      return "h1";
    case "search":
      return "input[type=search]";
  }
}

/** The box that an element stands in, or null. */
export function rowOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-testid=row-item]")?.getAttribute("data-id") ?? null;
}
