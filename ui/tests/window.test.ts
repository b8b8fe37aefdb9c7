// The whole window over the fake: every view is drawn, is reachable by key and is accessible.
import { describe, expect, test, vi } from "vitest";
import type { Update } from "../src/ipc";
import { sectionsOf } from "../src/ipc/fake";
import { item } from "../src/ipc/fake/build";
import { setNarrow } from "./setup";
import { all, fake, one, open, press, room, settle, typeInto, violations } from "./window";

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

  test.each([...(sectionsOf("room").day?.pages.map(({ id }) => id) ?? []), "log"])("page %s", async (page) => {
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

  test("a number opens the checklist beside it; the numbers count on from the rooms", async () => {
    await open("start");
    await press("6");
    expect(fake.asked).toEqual([{ kind: "open_recent", id: "recent-2" }]);
    one("opening");
    expect(document.activeElement).toBe(one("start-field"));
  });
});

describe("rooms", () => {
  test("the first one that is not closed is entered by Enter, the others by number", async () => {
    await open("start");
    expect(all("room-entry").map(({ dataset }) => dataset.id)).toEqual(["room-1", "room-2", "room-3", "room-drill"]);
    await press("Enter");
    expect(fake.asked).toEqual([{ kind: "enter_room", id: "room-1" }]);
    one("room");
    await open("start");
    await press("2");
    expect(fake.asked).toEqual([{ kind: "enter_room", id: "room-2" }]);
  });

  test("where all are closed none is offered first", async () => {
    const start = sectionsOf("start").start;
    await open("start", start === undefined ? {} : { start: { ...start, rooms: start.rooms.slice(1) } });
    await press("Enter");
    expect(fake.asked).toEqual([]);
    await press("2");
    expect(fake.asked).toEqual([{ kind: "enter_room", id: "room-2" }]);
  });

  test("a checklist whose room is not closed offers that room first", async () => {
    await open("start");
    await press("5");
    expect(one("unfinished").textContent).toContain("42 of 180 done");
    expect(document.activeElement).toBe(one("enter"));
    expect(await violations()).toEqual([]);
    document.querySelector<HTMLElement>("h1")?.focus();
    await press("Enter");
    expect(fake.asked.at(-1)).toEqual({ kind: "enter_room", id: "room-1" });
    one("room");
  });

  test("a new room is the second thing to do", async () => {
    await open("start");
    await press("5");
    one("enter-new").click();
    await settle();
    expect(fake.asked.at(-1)).toEqual({ kind: "enter", start: "2026-01-21T06:30", zone: "UTC" });
  });
});

describe("opening", () => {
  test("a bad answer shuts the way in and says why, a good one opens it", async () => {
    await open("opening");
    const enter = one("enter") as HTMLButtonElement;
    expect(enter.disabled).toBe(false);
    await typeInto("start-field", "tomorrow");
    expect(enter.disabled).toBe(true);
    expect(one("problem").textContent).toContain("“tomorrow” is no date and time");
    expect(one("start-field").getAttribute("aria-invalid")).toBe("true");
    expect(one("zone-field").getAttribute("aria-invalid")).toBe("false");
    await typeInto("start-field", "2026-01-30T06:30");
    expect(enter.disabled).toBe(false);
    await typeInto("zone-field", "Mars/Olympus");
    expect(one("zone-field").getAttribute("aria-invalid")).toBe("true");
    expect(one("start-field").getAttribute("aria-invalid")).toBe("false");
  });

  test("an empty field shuts the way in", async () => {
    await open("opening");
    await typeInto("start-field", "");
    expect((one("enter") as HTMLButtonElement).disabled).toBe(true);
  });

  test("the zone is chosen from the list by key, and Esc closes only the list", async () => {
    await open("opening");
    await typeInto("zone-field", "lis");
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
    await typeInto("zone-field", "Asia/Tokyo");
    one("enter").click();
    await settle();
    expect(fake.asked.at(-1)).toEqual({ kind: "enter", start: "2026-01-21T06:30", zone: "Asia/Tokyo" });
    one("room");
  });
});

describe("room", () => {
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
    await open("room", { problems: [{ code: "refused", message: "No clipboard here.", detail: null }] });
    expect(one("problem").textContent).toContain("No clipboard here.");
    one("problem").querySelector("button")?.click();
    await settle();
    expect(all("problem")).toHaveLength(0);
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
    expect(document.querySelectorAll("main button, main a")).toHaveLength(0);
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
      if (
        [
          "title",
          "text",
          "words",
          "by",
          "crumb",
          "below",
          "right",
          "label",
          "body",
          "subject",
          "role",
          "name",
        ].includes(key)
      )
        return evil;
      if (["limit", "remark", "target", "missing", "demand", "by_hand", "share", "subtitle"].includes(key)) return evil;
      return value;
    }),
  ) as Omit<Update, "sequence">;
  await open("room", poisoned);
  for (const page of [null, "messages", "rollback", "escalation", "references", "written", "log"]) {
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
