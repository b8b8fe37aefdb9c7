// The keyboard map.
import { describe, expect, test } from "vitest";
import { sectionsOf } from "../src/ipc/fake";
import type { Screen } from "../src/ipc";
import { mayRepeat } from "../src/room/command";
import { bindings, commandFor, keyName, type Focus, type KeyPress, type Situation } from "../src/room/keyboard";

const LETTERS = Array.from("abcdefghijklmnopqrstuvwxyz0123456789/\\");
const day = sectionsOf("room").day;

function situation(more: Partial<Situation> = {}): Situation {
  return {
    screen: "room",
    line: null,
    page: null,
    pages: day?.pages ?? [],
    rooms: [],
    scenarios: [{ id: "bad-canary" }, { id: "other" }],
    score: { scenario: "bad-canary", room: "room-drill" },
    step: null,
    stepIsCommand: false,
    wayBack: "",
    canDeclare: false,
    otherWays: [],
    recent: [{ id: "one" }, { id: "two" }],
    people: [{ initials: "MK", key: "1" }],
    panel: null,
    item: null,
    answers: [],
    contact: null,
    signal: { arm: null, accept: null, drop: null },
    hasSettings: true,
    alert: null,
    alertHere: null,
    canSilence: false,
    hasGate: false,
    isReread: false,
    canGoLive: false,
    hasMissed: false,
    handoff: "open",
    byHand: null,
    hasClaims: true,
    folds: true,
    mayAct: true,
    drafting: true,
    hasDrawer: true,
    past: { isPast: false, item: "", phase: "", correct: 0 },
    focus: "elsewhere",
    ...more,
  };
}

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : "";
  return { key, code, ctrlKey: false, shiftKey: false, altKey: false, metaKey: false, ...more };
}

const NOTHING = { hasClaims: false, folds: false, drafting: false, hasDrawer: false };

/** The way back is taken, and can be declared. */
const BACK = { wayBack: "running", canDeclare: true, otherWays: [2, 3], step: "step", stepIsCommand: true };

const screens: Screen[] = ["start", "opening", "room", "score"];
const focuses: Focus[] = ["field", "control", "rail", "source", "elsewhere"];

test.each(screens)("no key has two meanings on the screen %s", (screen) => {
  const pages = [...situation().pages, { id: "log", key: "L" }];
  for (const page of [null, ...pages.map(({ id }) => id), "check", "handoff"]) {
    for (const focus of focuses) {
      for (const more of [
        {},
        NOTHING,
        { item: "box", line: 12 },
        { item: "box", line: 12, answers: ["GO", "NO-GO"] },
        { contact: "contact" },
        { alert: "alert", alertHere: "alert", canSilence: true },
        { panel: "people" as const },
        BACK,
        { canGoLive: true, hasMissed: true, item: "box" },
      ]) {
        const at = situation({
          screen,
          page,
          focus,
          pages,
          rooms: [{ id: "room", state: "live", is_drill: false }],
          ...more,
        });
        const keys = bindings(at).map(({ key }) => key);
        expect(keys, `${page ?? "phase"}, ${focus}, ${JSON.stringify(more)}`).toEqual([...new Set(keys)]);
      }
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
    ["f", "fill_blank", { page: "messages" }],
    ["+", "new_notice", { page: "messages" }],
    ["o", "open_in_mail", { page: "messages" }],
    ["ArrowDown", "next_contact", { page: "escalation" }],
    ["Enter", "answered", { page: "escalation", contact: "one" }],
    ["c", "call", { page: "escalation", contact: "one" }],
    ["/", "search", { page: "log" }],
    ["Enter", "do_round", { page: "routines" }],
    ["y", "say_why", { page: "routines", hasMissed: true }],
    ["+", "lesson", { page: "routines" }],
    ["ArrowRight", "next_round", { page: "routines" }],
    ["n", "note"],
    ["h", "hourly_update"],
    ["d", "toggle_done"],
    [" ", "tick", { item: "one" }],
    ["1", "choose_person", { panel: "people" }],
    ["Escape", "back", { panel: "close", focus: "field" }],
  ];
  test.each(meanings)("%s means %s", (key, command, more = {}) => {
    expect(commandFor(situation(more), press(key))?.command).toBe(command);
  });

  const shifted: [string, string, Partial<Situation>?][] = [
    ["D", "ask_in_row", { item: "one" }],
    ["O", "ask_in_row", { item: "one" }],
    ["X", "ask_in_row", { item: "one" }],
    ["P", "open_panel"],
    ["L", "open_panel", { canGoLive: true }],
    ["U", "show_page"],
    [" ", "confirm_phase"],
  ];
  test.each(shifted)("Shift %s means %s", (key, command, more = {}) => {
    expect(commandFor(situation(more), press(key, { shiftKey: true }))?.command).toBe(command);
  });

  test("Ctrl S keeps the draft, in its fields too; Ctrl Z is the field's own there", () => {
    const at = situation({ page: "messages", focus: "field" });
    expect(commandFor(at, press("s", { ctrlKey: true }))?.command).toBe("keep_draft");
    expect(commandFor(at, press("z", { ctrlKey: true }))).toBeNull();
    expect(commandFor(situation(), press("z", { ctrlKey: true }))?.command).toBe("undo");
  });

  test("a focused control takes Space, with Shift too", () => {
    const at = situation({ item: "one", focus: "control" });
    expect(commandFor(at, press(" "))).toBeNull();
    expect(commandFor(at, press(" ", { shiftKey: true }))).toBeNull();
  });

  test("while somebody is chosen, no other letter does anything", () => {
    const open = situation({ panel: "people", item: "one" });
    for (const key of [...LETTERS, " "]) if (key !== "1") expect(commandFor(open, press(key)), key).toBeNull();
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
    expect(commandFor(situation({ folds: false }), press("d"))).toBeNull();
    expect(commandFor(situation({ hasClaims: false }), press(" ", { shiftKey: true }))).toBeNull();
    expect(commandFor(situation({ page: "escalation" }), press("c"))).toBeNull();
    expect(commandFor(situation({ page: "messages", drafting: false }), press("o"))).toBeNull();
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

test("the start enters the first room by Enter where it is not closed, and counts on through its lists", () => {
  const rooms = [
    { id: "now", state: "live", is_drill: false },
    { id: "before", state: "closed", is_drill: false },
  ];
  const start = situation({ screen: "start", rooms });
  expect(commandFor(start, press("Enter"))).toEqual({ command: "enter_room", id: "now" });
  expect(commandFor(start, press("2"))).toEqual({ command: "enter_room", id: "before" });
  expect(commandFor(start, press("3"))).toEqual({ command: "open_recent", id: "one" });
  const drilled = [{ id: "drill", state: "live", is_drill: true }, ...rooms];
  expect(commandFor(situation({ screen: "start", rooms: drilled }), press("Enter"))).toEqual({
    command: "enter_room",
    id: "now",
  });
  expect(commandFor(situation({ screen: "start", rooms: drilled }), press("2"))).toEqual({
    command: "enter_room",
    id: "drill",
  });
  const over = situation({ screen: "start", rooms: rooms.slice(1) });
  expect(commandFor(over, press("Enter"))).toBeNull();
  expect(commandFor(over, press("2"))).toEqual({ command: "enter_room", id: "before" });
  const many = Array.from({ length: 20 }, (_, index) => ({ id: String(index), state: "closed", is_drill: false }));
  const keys = bindings(situation({ screen: "start", rooms: many })).map(({ key }) => key);
  expect(keys.filter((key) => /^\d$/.test(key))).toEqual(["2", "3", "4", "5", "6", "7", "8", "9"]);
});

test("only what moves is repeated by a key that is held down", () => {
  expect(mayRepeat({ command: "next_box" })).toBe(true);
  expect(mayRepeat({ command: "tick", item: "one" })).toBe(false);
  expect(mayRepeat({ command: "undo" })).toBe(false);
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

describe("the way back", () => {
  const R = press("R", { shiftKey: true });

  test("begins by Shift R in every page of the room, where one can begin, and never by a plain key", () => {
    for (const page of [null, "log", "messages", "rollback"]) {
      expect(commandFor(situation({ page, wayBack: "none" }), R)).toEqual({
        command: "open_panel",
        panel: "roll_back",
      });
      for (const key of [...LETTERS, " ", "Enter"])
        expect(commandFor(situation({ page, wayBack: "none" }), press(key))?.command, key).not.toBe("open_panel");
    }
    for (const wayBack of ["", "running", "done"]) expect(commandFor(situation({ wayBack }), R)).toBeNull();
  });

  test("is given up by Shift S, and declared by Ctrl Enter on its page, not from a field", () => {
    expect(commandFor(situation(BACK), press("S", { shiftKey: true }))).toEqual({
      command: "open_panel",
      panel: "stand_down",
    });
    const enter = press("Enter", { ctrlKey: true });
    expect(commandFor(situation({ ...BACK, page: "rollback" }), enter)).toEqual({
      command: "open_panel",
      panel: "declare",
    });
    expect(commandFor(situation({ ...BACK, page: "rollback", focus: "field" }), enter)).toBeNull();
    expect(commandFor(situation({ ...BACK, page: "rollback", canDeclare: false }), enter)).toBeNull();
    expect(commandFor(situation(BACK), enter)).toBeNull();
  });

  test("takes another way by Shift and its number, whatever sign that is on the keyboard", () => {
    const at = situation({ ...BACK, page: "rollback" });
    for (const sign of ["2", "@", '"'])
      expect(commandFor(at, press(sign, { shiftKey: true, code: "Digit2" }))).toEqual({ command: "other_way", way: 2 });
    expect(commandFor(at, press("!", { shiftKey: true, code: "Digit1" }))).toBeNull();
    // On a German keyboard Shift 7 is the stroke that leads to the search.
    expect(commandFor(at, press("/", { shiftKey: true, code: "Digit7" }))?.command).toBe("search");
  });
});

test("a drill starts by T, over the checklist that was read by D, and again by Enter or its number", () => {
  const start = (more: Partial<Situation>, key: string): unknown => commandFor(situation(more), press(key));
  const drill = (scenario: string, over: string): unknown => ({ command: "start_drill", scenario, over });
  expect(start({ screen: "start" }, "t")).toEqual(drill("bad-canary", ""));
  expect(start({ screen: "start" }, "e")).toEqual({ command: "open_example" });
  expect(start({ screen: "opening" }, "d")).toEqual(drill("bad-canary", "opening"));
  expect(start({ screen: "score" }, "Enter")).toEqual(drill("bad-canary", "again"));
  expect(start({ screen: "score" }, "2")).toEqual(drill("other", "again"));
  expect(start({ screen: "score" }, "o")).toEqual({ command: "enter_room", id: "room-drill" });
  expect(start({ screen: "score" }, "Escape")).toEqual({ command: "leave" });
});

test("I shows the line of what has the keyboard, on every page but the check; there the arrows go by what has it", () => {
  const at = (more: Partial<Situation>, key: string): unknown => commandFor(situation(more), press(key));
  expect(at({ line: 12, item: "box" }, "i")).toEqual({
    command: "show_check",
    line: 12,
    from: { on: "item", id: "box" },
  });
  expect(at({ line: 12, page: "written" }, "i")).toEqual({
    command: "show_check",
    line: 12,
    from: { on: "line", line: 12 },
  });
  expect(at({ page: "written" }, "i")).toBeNull();
  expect(at({ line: 12, page: "check" }, "i")).toBeNull();
  const check = { page: "check", focus: "source" } as const;
  expect(at(check, "ArrowDown")).toEqual({ command: "next_line" });
  expect(at(check, "Enter")).toEqual({ command: "use_line" });
  expect(at({ page: "check", focus: "control" }, "ArrowDown")).toEqual({ command: "next_finding" });
  expect(at({ page: "check", focus: "rail" }, "ArrowDown")).toEqual({ command: "next_phase" });
  expect(at({ screen: "opening", page: "check" }, "Escape")).toEqual({ command: "back" });
});
