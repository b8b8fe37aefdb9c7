// What jsdom lacks and the window uses. The tests see the wide grid unless they say otherwise.
import { vi } from "vitest";

let narrow = false;

export function setNarrow(value: boolean): void {
  narrow = value;
}

vi.stubGlobal("matchMedia", (query: string) => ({
  media: query,
  get matches() {
    return narrow && query.includes("max-width");
  },
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
}));
vi.stubGlobal("CSS", { escape: (text: string) => text.replace(/["\\]/g, "\\$&") });
vi.stubGlobal(
  "ResizeObserver",
  class {
    observe = (): void => undefined;
    unobserve = (): void => undefined;
    disconnect = (): void => undefined;
  },
);
// jsdom has the name and not the thing: what is inert takes no focus.
const focus: (this: HTMLElement, options?: FocusOptions) => void = Reflect.get(HTMLElement.prototype, "focus");
function isInert(element: HTMLElement | null): boolean {
  return element !== null && (element.inert || isInert(element.parentElement));
}
HTMLElement.prototype.focus = function (this: HTMLElement, options?: FocusOptions): void {
  if (!isInert(this)) focus.call(this, options);
};
Element.prototype.scrollIntoView = () => undefined;
// axe asks for a canvas to look at colours, which is not done here.
HTMLCanvasElement.prototype.getContext = () => null;
