// The whole window over the fake: every view is drawn, is reachable by key and is accessible.
import { cleanup, render } from "@testing-library/svelte";
import axe from "axe-core";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import App from "../src/App.svelte";
import type { Screen, Update } from "../src/ipc";
import { FakeConnection, sectionsOf } from "../src/ipc/fake";
import { item } from "../src/ipc/fake/build";
import { Room } from "../src/room/room.svelte";
import { setNarrow } from "./setup";

let fake: FakeConnection;
let room: Room;

async function open(screen: Screen, more: Partial<Update> = {}): Promise<void> {
  fake = new FakeConnection(screen);
  room = new Room(fake);
  render(App, { room });
  await room.subscribe();
  fake.play(more);
  await settle();
}

async function settle(): Promise<void> {
  await tick();
  await new Promise((resolve) => setTimeout(resolve));
  await tick();
}

async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  await settle();
}

function all(testid: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testid}"]`)];
}

function one(testid: string): HTMLElement {
  const found = all(testid);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} of ${testid}`);
  return found[0];
}

async function violations(): Promise<string[]> {
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

describe("accessible", () => {
  test("start, with a problem", async () => {
    const problem = { code: "unreadable", message: "It is a folder.", detail: "os error 21" } as const;
    const start = sectionsOf("start").start;
    await open("start", start === undefined ? {} : { start: { ...start, problem } });
    expect(one("problem").textContent).toContain("It is a folder.");
    expect(one("problem").textContent).toContain("os error 21");
    expect(await violations()).toEqual([]);
  });

  test("opening, also with its list open", async () => {
    await open("opening");
    expect(await violations()).toEqual([]);
    one("zone-field").focus();
    await press("ArrowDown");
    expect(document.querySelectorAll("[role=option]").length).toBeGreaterThan(2);
    expect(await violations()).toEqual([]);
  });

  test.each(["deployment", "verification", "readiness", "closing-words"])("phase %s", async (phase) => {
    await open("room");
    room.look(phase);
    await settle();
    expect(await violations()).toEqual([]);
  });

  test.each(sectionsOf("room").day?.pages.map(({ id }) => id) ?? [])("page %s", async (page) => {
    await open("room");
    room.showPage(page);
    await settle();
    expect(one("page-title").textContent).not.toBe("");
    expect(await violations()).toEqual([]);
  });

  test("palette", async () => {
    await open("room");
    await press("k", { ctrlKey: true });
    one("palette");
    expect(await violations()).toEqual([]);
  });
});

describe("start", () => {
  test("its keys open and choose", async () => {
    await open("start");
    await press("o", { ctrlKey: true });
    expect(fake.asked).toEqual([{ kind: "choose_checklist" }]);
  });

  test("a number opens the checklist beside it", async () => {
    await open("start");
    await press("3");
    expect(fake.asked).toEqual([{ kind: "open_recent", id: "recent-2" }]);
    one("opening");
    expect(document.activeElement).toBe(one("start-field"));
  });
});

describe("opening", () => {
  async function type(testid: string, text: string): Promise<void> {
    const field = one(testid) as HTMLInputElement;
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await settle();
  }

  test("a bad answer shuts the way in and says why, a good one opens it", async () => {
    await open("opening");
    const enter = one("enter") as HTMLButtonElement;
    expect(enter.disabled).toBe(false);
    await type("start-field", "tomorrow");
    expect(enter.disabled).toBe(true);
    expect(one("problem").textContent).toContain("“tomorrow” is no date and time");
    expect(one("start-field").getAttribute("aria-invalid")).toBe("true");
    expect(one("zone-field").getAttribute("aria-invalid")).toBe("false");
    await type("start-field", "2026-01-30T06:30");
    expect(enter.disabled).toBe(false);
    await type("zone-field", "Mars/Olympus");
    expect(one("zone-field").getAttribute("aria-invalid")).toBe("true");
    expect(one("start-field").getAttribute("aria-invalid")).toBe("false");
  });

  test("an empty field shuts the way in", async () => {
    await open("opening");
    await type("start-field", "");
    expect((one("enter") as HTMLButtonElement).disabled).toBe(true);
  });

  test("the zone is chosen from the list by key, and Esc closes only the list", async () => {
    await open("opening");
    await type("zone-field", "lis");
    await press("ArrowDown");
    await press("Enter");
    expect((one("zone-field") as HTMLInputElement).value).toBe("Europe/Lisbon");
    await press("ArrowDown");
    await press("Escape");
    one("opening");
    await press("Escape");
    one("start");
  });

  test("what was typed is what is entered", async () => {
    await open("opening");
    await type("zone-field", "Asia/Tokyo");
    one("enter").click();
    await settle();
    expect(fake.asked.at(-1)).toEqual({ kind: "enter", start: "2026-01-21T06:30", zone: "Asia/Tokyo" });
    one("room");
  });
});

describe("room", () => {
  test("boxes are pictures: nothing can be ticked, and claims never look done", async () => {
    await open("room");
    room.look("readiness");
    await settle();
    expect(document.querySelectorAll("[role=checkbox], input[type=checkbox]")).toHaveLength(0);
    const items = all("row-item");
    expect(items).toHaveLength(9);
    for (const item of items) {
      expect(item.dataset.state).toBe("claimed");
      expect(item.querySelector("svg")?.getAttribute("aria-label")).toContain("not confirmed");
    }
  });

  test("J moves the focus from box to box and on into the next phase, K back", async () => {
    await open("room");
    room.look("pre-deployment");
    await settle();
    for (let step = 0; step < 6; step += 1) await press("j");
    expect(document.activeElement?.textContent).toContain("The system is healthy now");
    await press("j");
    expect(one("phase-title").textContent).toBe("Deployment");
    expect(document.activeElement).toBe(all("row-item")[0]);
    await press("k");
    expect(one("phase-title").textContent).toBe("Pre-deployment");
    expect(document.activeElement).toBe(all("row-item").at(-1));
  });

  test("the arrows choose phases while the run of the day has the focus", async () => {
    await open("room");
    all("phase-entry")
      .find(({ dataset }) => dataset.id === "deployment")
      ?.focus();
    await press("ArrowDown");
    expect(one("phase-title").textContent).toBe("Verification");
    expect(document.activeElement?.getAttribute("data-id")).toBe("verification");
    expect(document.querySelectorAll("[aria-current=step]")).toHaveLength(1);
  });

  test("pages open by key, Esc leads back to the phase", async () => {
    await open("room");
    await press("r");
    expect(one("page-title").textContent).toBe("Rollback plan");
    expect(document.activeElement).toBe(one("page-title"));
    expect(all("way")).toHaveLength(3);
    await press("Escape");
    one("phase-title");
  });

  test("alternatives stand together and say that one is taken", async () => {
    await open("room");
    const group = document.querySelector('[role=group][aria-label="One of 2"]');
    expect(group?.textContent).toContain("One of 2, never both");
    expect(group?.querySelectorAll("[data-testid=command]")).toHaveLength(2);
    expect(all("command").length).toBeGreaterThan(2);
  });

  test("a copy button copies its command and says so until the next one", async () => {
    await open("room");
    const [first, second] = all("copy");
    first?.click();
    await settle();
    expect(fake.asked.at(-1)).toEqual({
      kind: "copy",
      target: { kind: "command", id: all("command")[0]?.dataset.id },
    });
    expect(first?.textContent).toContain("Copied");
    second?.click();
    await settle();
    expect(first?.textContent).not.toContain("Copied");
  });

  test("the room's problem is shown and put away", async () => {
    await open("room", { problems: [{ code: "desktop", message: "No clipboard here.", detail: null }] });
    expect(one("problem").textContent).toContain("No clipboard here.");
    one("problem").querySelector("button")?.click();
    await settle();
    expect(all("problem")).toHaveLength(0);
  });

  test("Call and Mail are there only where the plan has a number or an address", async () => {
    await open("room");
    await press("e");
    const words = all("contact").map((contact) =>
      [...contact.querySelectorAll("button")].map((one) => one.textContent.trim().split(" ")[0]),
    );
    expect(words).toEqual([["Call", "Mail", "Copy"], ["Call", "Copy"], []]);
    expect(all("contact")[2]?.textContent).toContain("are blank in the file");
  });

  test("/ leads to the search, which narrows the list; Esc empties it first", async () => {
    await open("room");
    await press("/");
    const field = document.querySelector<HTMLInputElement>("input[type=search]");
    expect(document.activeElement).toBe(field);
    if (field === null) return;
    field.value = "grafana";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await settle();
    expect(all("reference")).toHaveLength(1);
    await press("Escape");
    expect(all("reference")).toHaveLength(10);
    await press("Escape");
    one("phase-title");
  });

  test("only a link that may be opened is a control, and Rust opens it", async () => {
    await open("room");
    room.look("readiness");
    await settle();
    const link = [...document.querySelectorAll<HTMLButtonElement>("main button")].find(
      ({ textContent }) => textContent === "readiness page",
    );
    link?.click();
    expect(fake.asked.at(-1)).toEqual({
      kind: "open_outside",
      target: { kind: "link", target: "https://wiki.payments.example/ready" },
    });
    room.look("closing-words");
    await settle();
    expect(document.querySelector("main")?.textContent).toContain("wiki/day");
    expect(document.querySelectorAll("main button, a")).toHaveLength(0);
  });
});

describe("messages", () => {
  test("blanks are lit and listed, the rest is kept as written", async () => {
    await open("room");
    await press("m");
    expect([...document.querySelectorAll("mark")].map(({ textContent }) => textContent)).toEqual([
      "[SUPPORT CONTACT]",
      "[TIME]",
    ]);
    const lines = [...document.querySelectorAll("ol[aria-label=Text] li")].map(({ textContent }) => textContent);
    expect(lines.join("\n")).toBe(room.message?.body);
  });

  test("arrows choose, Y copies the chosen one", async () => {
    await open("room");
    await press("m");
    await press("ArrowDown");
    await press("y");
    const second = all("message-entry")[1];
    expect(second?.getAttribute("aria-current")).toBe("true");
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "message", id: second?.dataset.id } });
  });
});

describe("palette", () => {
  test("takes the focus, does the chosen thing and gives the focus back", async () => {
    await open("room");
    await press("j");
    const before = document.activeElement;
    await press("k", { ctrlKey: true });
    expect(document.activeElement?.getAttribute("role")).toBe("combobox");
    expect(one("room").closest("[inert]") ?? one("room").parentElement).toHaveProperty("inert", true);
    await press("Tab");
    expect(document.activeElement?.getAttribute("role")).toBe("combobox");
    await press("Escape");
    expect(all("palette")).toHaveLength(0);
    expect(document.activeElement).toBe(before);
  });

  test("is filtered by typing and runs by Enter", async () => {
    await open("room");
    await press("k", { ctrlKey: true });
    const field = document.activeElement as HTMLInputElement;
    field.value = "verif";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await settle();
    await press("Enter");
    expect(one("phase-title").textContent).toBe("Verification");
  });

  test("letters typed into it are no commands", async () => {
    await open("room");
    await press("k", { ctrlKey: true });
    await press("m");
    expect(room.page).toBeNull();
  });
});

test("the theme is Rust's to keep and stands on the root", async () => {
  await open("room");
  expect(document.documentElement.dataset.theme).toBe("dark");
  await press("L", { ctrlKey: true, shiftKey: true });
  expect(fake.asked.at(-1)).toEqual({ kind: "use_theme", theme: "light" });
  expect(document.documentElement.dataset.theme).toBe("light");
});

test("what looks like HTML in a checklist stays text, everywhere", async () => {
  const evil = '<img src=x onerror="document.title = 1"><script>1</script>';
  // Every text of every section is replaced, so that no view can be forgotten.
  const poisoned = JSON.parse(
    JSON.stringify(sectionsOf("room"), (key, value: unknown) => {
      if (["title", "text", "crumb", "below", "right", "label", "body", "subject", "role", "name"].includes(key))
        return evil;
      if (["limit", "remark", "target", "missing", "demand", "by_hand", "share", "subtitle"].includes(key)) return evil;
      return value;
    }),
  ) as Omit<Update, "sequence">;
  await open("room", poisoned);
  for (const page of [null, "messages", "rollback", "escalation", "references", "written"]) {
    if (page !== null) room.showPage(page);
    await settle();
    expect(document.querySelectorAll("img, script"), page ?? "phase").toHaveLength(0);
    expect(document.body.textContent).toContain(evil);
  }
});

test("of a long phase only the beginning is drawn, until J or the scroll bar comes near its end", async () => {
  const ends: (() => void)[] = [];
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      constructor(come: (entries: { isIntersecting: boolean }[]) => void) {
        ends.push(() => {
          come([{ isIntersecting: true }]);
        });
      }
      observe = (): void => undefined;
      disconnect = (): void => undefined;
    },
  );
  const rows = Array.from({ length: 3000 }, (_, index) => item(`Box ${index}`));
  const phase = sectionsOf("room").phase;
  await open("room", phase === undefined ? {} : { phase: { ...phase, rows } });
  const drawn = all("row-item").length;
  expect(drawn).toBeLessThan(1000);
  room.noteFocusedItem(rows[drawn - 1]?.id ?? "");
  await press("j");
  expect(document.activeElement?.getAttribute("data-id")).toBe(rows[drawn]?.id);
  const more = all("row-item").length;
  ends.at(-1)?.();
  await settle();
  expect(all("row-item").length).toBeGreaterThan(more);
});

test("on a narrow window the side is a drawer that a key opens and closes", async () => {
  setNarrow(true);
  await open("room");
  expect(all("criterion")).toHaveLength(0);
  await press("\\");
  expect(all("criterion").length).toBeGreaterThan(10);
  expect(await violations()).toEqual([]);
  await press("Escape");
  expect(all("criterion")).toHaveLength(0);
});
