// The whole window over the fake, for tests: opened, pressed, looked at.
import { cleanup, render } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach } from "vitest";
import App from "../src/App.svelte";
import type { Act, Screen, Update } from "../src/ipc";
import { FakeConnection } from "../src/ipc/fake";
import type { Scene } from "../src/ipc/fake/watch";
import { Room } from "../src/room/room.svelte";
import { setNarrow } from "./setup";

export let fake: FakeConnection;
export let room: Room;

export async function open(screen: Screen, more: Partial<Update> = {}, scene?: Scene, drill = false): Promise<void> {
  cleanup();
  fake = new FakeConnection(screen, scene, drill);
  room = new Room(fake);
  render(App, { room });
  await room.subscribe();
  fake.play(more);
  await settle();
}

/** Another window on the same program. */
export async function openAgain(): Promise<void> {
  cleanup();
  room = new Room(fake);
  render(App, { room });
  await room.subscribe();
  await settle();
}

export async function settle(): Promise<void> {
  await tick();
  await new Promise((resolve) => setTimeout(resolve));
  await tick();
}

export async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body;
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  const goesOn = target.dispatchEvent(event);
  // A browser sends the form of a field on Enter, and presses a button; jsdom does not for events that scripts make.
  if (goesOn && key === "Enter" && target instanceof HTMLInputElement) target.form?.requestSubmit();
  else if (goesOn && (key === "Enter" || key === " ") && target instanceof HTMLButtonElement) target.click();
  await settle();
}

export async function shift(key: string): Promise<void> {
  await press(key, { shiftKey: true });
}

/** Types into the field that has the keyboard. */
export async function type(text: string): Promise<void> {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) throw new Error("no field");
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
}

export async function typeInto(testid: string, text: string): Promise<void> {
  one(testid).focus();
  await type(text);
}

export async function click(element: HTMLElement | null | undefined): Promise<void> {
  if (element === null || element === undefined) throw new Error("nothing to click");
  element.click();
  await settle();
}

export function all(testid: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
}

export function one(testid: string): HTMLElement {
  const found = all(testid);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${testid}`);
  return found[0];
}

/** The box of what is shown with these words. */
export function box(words: string): HTMLElement {
  const found = all("row-item").find((row) => row.querySelector(".words")?.textContent === words);
  if (found === undefined) throw new Error(`no box “${words}”`);
  return found;
}

/** The acts that were asked for, without what was only typed. */
export function acts(): Act[] {
  return fake.asked.flatMap((intent) => (intent.kind === "in_room" && intent.act.act !== "typing" ? [intent.act] : []));
}

/** What was sent to the disk while it was typed, in its order. */
export function typed(name: string): string[] {
  return fake.asked.flatMap((intent) =>
    intent.kind === "in_room" && intent.act.act === "typing" && intent.act.name === name ? [intent.act.text] : [],
  );
}

export async function violations(): Promise<string[]> {
  const { violations } = await axe.run(document, {
    // jsdom lays nothing out; contrast is looked at in a real browser.
    rules: { "color-contrast": { enabled: false } },
  });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

beforeEach(() => {
  document.documentElement.lang = "en";
  document.title = "War Room";
});
afterEach(() => {
  cleanup();
  setNarrow(false);
});
