// Where the keyboard is, and how it is put somewhere. The only module that looks for elements in the page.
import type { FocusRequest } from "../../room/command";
import type { Focus } from "../../room/keyboard";

/** What the element with the focus does with keys. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "elsewhere";
  if (target.closest("input, textarea, select, [contenteditable]")) return "field";
  if (target.closest("[data-rail]")) return "rail";
  if (target.closest("[data-source]")) return "source";
  if (target.closest("button, a[href]")) return "control";
  return "elsewhere";
}

/** Puts the keyboard where it was asked for, and that place into view. */
export function putFocus(request: FocusRequest): void {
  const [element] = selectors(request).flatMap((one) => document.querySelector<HTMLElement>(one) ?? []);
  if (element === undefined) return;
  element.focus({ preventScroll: true });
  // A page that has just changed begins at its top; everything else only has to be seen.
  element.scrollIntoView({ block: request.on === "title" ? "end" : "nearest" });
}

function placeOf(place: string, id: string): string {
  return `[data-place=${place}][data-id="${CSS.escape(id)}"]`;
}

/** Where it stands; the first that is there counts. */
function selectors(request: FocusRequest): string[] {
  switch (request.on) {
    case "item":
      return [placeOf("item", request.id), placeOf("step", request.id)];
    case "asked":
      return [" > button", ""].map((inside) => `[data-asked="${CSS.escape(request.key)}"]${inside}`);
    case "phase":
      return [placeOf("phase", request.id)];
    case "entry":
      return [`[data-entry="${CSS.escape(request.id)}"]`];
    case "contact":
      return [placeOf("contact", request.id)];
    case "signal":
      return [placeOf("signal", request.id)];
    case "what_if":
      return [placeOf("what_if", request.id)];
    case "blank":
      return ["[data-place=blank]", "[data-place=body]"];
    case "note":
      return ["[data-place=note]"];
    case "title":
      return ["h1"];
    case "start":
      return ["[data-testid=start-field]"];
    case "check":
      return ["[data-testid=show-check]"];
    case "finding":
      return ['[data-testid=finding][tabindex="0"]', "[data-source]"];
    case "source":
      return ["[data-source]"];
    case "line":
      return [`button[data-line="${request.line}"]`, `[data-line="${request.line}"][tabindex]`];
    case "search":
      return ["input[type=search]"];
  }
}

/** An attachment: what has just come into the page takes the keyboard. */
export function takeFocus(element: HTMLElement): void {
  element.focus();
}

/** An attachment: what has just come into the page is seen whole. */
export function bringIntoView(element: HTMLElement): void {
  element.scrollIntoView({ block: "nearest" });
}

/** Makes an attachment: what comes into the page gives the keyboard back where it was, when it goes. Where that was is
    looked at when the attachment is made: once the element is in the page, a field in it may have taken the keyboard. */
export function giveBackFocus(): (element: HTMLElement) => () => void {
  const before = document.activeElement;
  return (element) => () => {
    const inside = document.activeElement === document.body || element.contains(document.activeElement);
    if (inside && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  };
}

/** An attachment: what comes into the page takes the keyboard, unless a field in it has it already, and Tab goes round
    inside. Who made all else inert gives the keyboard back. */
export function holdFocus(element: HTMLElement): () => void {
  if (!element.contains(document.activeElement)) element.focus();
  const goRound = (event: KeyboardEvent): void => {
    if (event.key !== "Tab") return;
    const stops = [...element.querySelectorAll<HTMLElement>("button, input, select, textarea, a[href]")].filter(
      (stop) => stop.tabIndex >= 0 && !(stop as HTMLButtonElement).disabled,
    );
    const at = stops.findIndex((stop) => stop === document.activeElement);
    const next = event.shiftKey ? at - 1 : at + 1;
    const inside = at !== -1 && next >= 0 && next < stops.length;
    if (inside) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  element.addEventListener("keydown", goRound);
  return () => {
    element.removeEventListener("keydown", goRound);
  };
}

/** The alert whose card an element stands in, or null. */
export function alertOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-testid=alert]")?.getAttribute("data-id") ?? null;
}

/** The contact that an element stands in, or null. */
export function contactOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-place=contact]")?.getAttribute("data-id") ?? null;
}

/** The entry of the signals' page that an element stands in, or null. */
export function signalOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-place=signal]")?.getAttribute("data-id") ?? null;
}

/** The line of the source that an element was made from, or null. */
export function lineOf(target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null;
  const line = target.closest("[data-line]")?.getAttribute("data-line") ?? null;
  return line === null ? null : Number(line);
}

/** The box that an element stands in, or null. */
export function rowOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-place=item]")?.getAttribute("data-id") ?? null;
}

/** The step of a way back that an element stands in, or null. */
export function stepOf(target: EventTarget | null): string | null {
  if (!(target instanceof Element)) return null;
  return target.closest("[data-place=step]")?.getAttribute("data-id") ?? null;
}
