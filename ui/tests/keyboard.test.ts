// The keyboard map.
import { describe, expect, test } from "vitest";
import { sectionsOf } from "../src/ipc/fake";
import type { Screen } from "../src/ipc";
import { bindings, commandFor, keyName, type Focus, type KeyPress, type Situation } from "../src/room/keyboard";

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz0123456789/\\");
const day = sectionsOf("room").day;

function situation(more: Partial<Situation> = {}): Situation {
  return {
    screen: "room",
    page: null,
    pages: day?.pages ?? [],
    recent: [{ id: "one" }, { id: "two" }],
    hasDrawer: true,
    focus: "elsewhere",
    ...more,
  };
}

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "";
  return { key, code, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...more };
}

const screens: Screen[] = ["start", "opening", "room"];
const focuses: Focus[] = ["field", "control", "rail", "elsewhere"];

test.each(screens)("no key has two meanings on the screen %s", (screen) => {
  for (const page of [null, ...situation().pages.map(({ id }) => id)]) {
    for (const focus of focuses) {
      const keys = bindings(situation({ screen, page, focus })).map(({ key }) => key);
      expect(keys, `${page ?? "phase"}, ${focus}`).toEqual([...new Set(keys)]);
    }
  }
});

test.each(screens)("letters, signs and arrows are off in fields on the screen %s", (screen) => {
  for (const page of [null, "messages", "references"]) {
    for (const key of [...LETTERS, "ArrowUp", "ArrowDown", "Enter"]) {
      expect(commandFor(situation({ screen, page, focus: "field" }), press(key)), key).toBeNull();
    }
  }
});

describe("in the room", () => {
  const meanings: [string, string, Partial<Situation>?][] = [
    ["j", "next_box"],
    ["k", "previous_box"],
    ["/", "search"],
    ["\\", "toggle_drawer"],
    ["Escape", "back"],
    ["ArrowDown", "next_phase", { focus: "rail" }],
    ["ArrowUp", "previous_phase", { focus: "rail" }],
    ["ArrowDown", "next_message", { page: "messages" }],
    ["y", "copy_message", { page: "messages" }],
  ];
  test.each(meanings)("%s means %s", (key, command, more = {}) => {
    expect(commandFor(situation(more), press(key))?.command).toBe(command);
  });

  test("the pages have the keys that the plan's view names", () => {
    for (const { id, key } of situation().pages) {
      expect(commandFor(situation(), press(key.toLowerCase()))).toEqual({ command: "show_page", page: id });
    }
  });

  test("what is not there has no key", () => {
    expect(commandFor(situation(), press("y"))).toBeNull();
    expect(commandFor(situation({ hasDrawer: false }), press("\\"))).toBeNull();
    expect(commandFor(situation({ pages: [] }), press("/"))).toBeNull();
    expect(commandFor(situation(), press(" "))).toBeNull();
    expect(commandFor(situation(), press("ArrowDown"))).toBeNull();
  });

  test("a letter with Shift, Ctrl or Alt is another key", () => {
    for (const more of [{ shiftKey: true }, { ctrlKey: true }, { altKey: true }]) {
      expect(commandFor(situation(), press("r", more))).toBeNull();
    }
  });
});

test("Ctrl K and Ctrl Shift L hold everywhere, in fields too", () => {
  for (const screen of screens) {
    for (const focus of focuses) {
      const at = situation({ screen, focus });
      expect(commandFor(at, press("k", { ctrlKey: true }))?.command).toBe("open_palette");
      expect(commandFor(at, press("L", { ctrlKey: true, shiftKey: true }))?.command).toBe("switch_theme");
    }
  }
});

test("the start opens recent checklists from 2 on", () => {
  const start = situation({ screen: "start" });
  expect(commandFor(start, press("2"))).toEqual({ command: "open_recent", id: "one" });
  expect(commandFor(start, press("3"))).toEqual({ command: "open_recent", id: "two" });
  expect(commandFor(start, press("1"))).toBeNull();
  expect(commandFor(start, press("4"))).toBeNull();
  expect(commandFor(start, press("o", { ctrlKey: true }))?.command).toBe("choose_checklist");
});

test("Enter belongs to a focused control, else it enters the room", () => {
  expect(commandFor(situation({ screen: "opening", focus: "control" }), press("Enter"))).toBeNull();
  expect(commandFor(situation({ screen: "opening" }), press("Enter"))?.command).toBe("enter");
});

test("on a keyboard without Latin letters the place of the key counts", () => {
  expect(keyName(press("о", { code: "KeyJ" }))).toBe("j");
  expect(keyName(press("Л", { code: "KeyK", shiftKey: true }))).toBe("shift+k");
  expect(keyName(press("|", { shiftKey: true }))).toBe("|");
});
