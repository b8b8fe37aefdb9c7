// What a key does that is held down, what is heard over a dialog, and what is there to be done at all.
import { describe, expect, test } from "vitest";
import { sectionsOf } from "../src/ipc/fake";
import { RECORD } from "../src/ipc/fake/exports";
import { alertsOf, latencyAlert } from "../src/ipc/fake/watch";
import { setNarrow } from "./setup";
import { acts, all, box, click, fake, one, open, press, room, settle, shift, type } from "./window";

async function hold(key: string, more: KeyboardEventInit = {}): Promise<void> {
  await press(key, more);
  await press(key, { ...more, repeat: true });
}

const closed = { ...RECORD, closed: "MK: Successful" };

describe("a key that is held down", () => {
  test("answers nothing that it has opened itself", async () => {
    await open("room");
    await press("e");
    await press("ArrowDown");
    await click(all("contact-edit")[0]);
    await press("Escape");
    const known = all("contact").find((contact) => contact.querySelector("[data-testid=contact-answered]") !== null);
    known?.focus();
    await hold("Enter");
    one("answered-form");
    expect(acts()).toEqual([]);
    await press("Enter");
    expect(acts().map(({ act }) => act)).toEqual(["prove_contact"]);
  });

  test("chooses nothing in the palette, and does not shut it", async () => {
    await open("room");
    document.querySelector<HTMLElement>("[aria-label='Commands, Ctrl K']")?.focus();
    await hold("Enter");
    expect([room.palette, acts()]).toEqual([true, []]);
    await press("Escape");
    await hold("k", { ctrlKey: true });
    expect(room.palette).toBe(true);
    await press("k", { metaKey: true });
    expect(room.palette).toBe(false);
  });
});

describe("over a dialog and the palette", () => {
  test("alarms, a changed verdict and a full disk are still said", async () => {
    await open("room", { alerts: { ...alertsOf("go"), alerts: [] } }, "go");
    for (const opens of [() => shift("G"), () => press("k", { ctrlKey: true })]) {
      await opens();
      for (const said of ["alerts-said", "verdict-said", "unsaved-said"])
        expect(one(said).closest(".app"), said).toBeNull();
      await press("Escape");
    }
  });
});

test("what was copied is said until another phase is shown", async () => {
  await open("room");
  await click(all("copy")[0]);
  const status = (): string | undefined => document.querySelector("body > div > [role=status]")?.textContent;
  expect(status()).toBe("Copied");
  room.stepPhase(1);
  await settle();
  expect(status()).toBe(one("phase-title").textContent);
});

describe("on a narrow window", () => {
  test("an alert that waits is in sight, with the drawer or without", async () => {
    setNarrow(true);
    await open("room", { alerts: { ...alertsOf("hold"), alerts: [latencyAlert] } }, "hold");
    expect(all("alert-bar")).toHaveLength(0);
    await press("\\");
    expect(all("alert")).toHaveLength(0);
    one("alert-bar");
  });

  test("a drawer that is closed on another page is not the alerts'", async () => {
    setNarrow(true);
    await open("room", { alerts: { ...alertsOf("hold"), alerts: [latencyAlert] } }, "hold");
    await press("l");
    await press("\\");
    await press("\\");
    await press("Escape");
    expect(room.drawer).toBe(true);
  });

  test("what has no side has no drawer", async () => {
    setNarrow(true);
    await open("room", { escalation: { contacts: [], channels: [] } });
    await press("e");
    expect(room.hasSide).toBe(false);
    await press("\\");
    expect(room.drawer).toBe(false);
  });

  test("a gate's card leads to its box, also where that is folded", async () => {
    setNarrow(true);
    await open("room", {}, "go");
    const gate = one("fold").closest("main")?.querySelector<HTMLElement>("[data-testid=gate-card]");
    const id = gate?.dataset.id ?? "";
    const phase = room.phase;
    if (phase === null) throw new Error("no phase");
    const rows = phase.rows.map((row) => (row.kind === "item" ? { ...row, state: "stated" } : row));
    fake.play({ phase: { ...phase, rows } });
    await settle();
    expect(all("row-item").some((row) => row.dataset.id === id)).toBe(false);
    await click(gate);
    expect((document.activeElement as HTMLElement).dataset.id).toBe(id);
  });
});

test("what is due in the phase that is shown takes the keyboard to its top", async () => {
  const phase = sectionsOf("room", "hold").day?.phases.find(({ chosen }) => chosen)?.id ?? "";
  await open("room", { due: { entries: [{ title: "Hourly", when: "in 5 min", is_urgent: false, phase }] } }, "hold");
  const entry = one("due-entry").querySelector("button");
  entry?.focus();
  await click(entry);
  expect(document.activeElement).toBe(document.querySelector("h1"));
});

describe("a room that is closed, or only read", () => {
  test.each([closed, { ...closed, closed: "", reading_only: "Another window has this room." }])(
    "offers nothing that can only be refused",
    async (record) => {
      await open("room", { record });
      expect(all("confirm-phase")).toHaveLength(0);
      box("Deployment begun").focus();
      await shift("D");
      expect(all("reason-field")).toHaveLength(0);
      expect(document.querySelectorAll(".more[aria-expanded]")).toHaveLength(0);
      await press("k", { ctrlKey: true });
      const lines = one("palette").textContent;
      for (const words of ["Defer…", "Tick", "Take back the last act"]) expect(lines).not.toContain(words);
      expect(lines).not.toContain("Close the room");
      expect(lines.includes("Open the room again")).toBe(record.closed !== "");
      await press("Escape");
      await press("m");
      expect(all("draft-new")).toHaveLength(0);
      await press("+");
      await press("e");
      expect([...all("contact-edit"), ...all("contact-answered"), ...all("channel-edit")]).toHaveLength(0);
      expect(acts()).toEqual([]);
    },
  );
});

test("what was settled otherwise is taken back by key, too", async () => {
  await open("room");
  const row = box("Deployment begun");
  const id = row.dataset.id ?? "";
  const phase = room.phase;
  if (phase === null) throw new Error("no phase");
  const rows = phase.rows.map((one) => (one.kind === "item" && one.id === id ? { ...one, state: "overridden" } : one));
  fake.play({ phase: { ...phase, rows } });
  await settle();
  box("Deployment begun").focus();
  await settle();
  expect(box("Deployment begun").querySelector<HTMLElement>(".more")?.tabIndex).toBe(0);
  await press("k", { ctrlKey: true });
  const line = [...document.querySelectorAll<HTMLElement>("[role=option]")].find((option) =>
    option.querySelector(".words")?.textContent.trim().startsWith("Take back · "),
  );
  await click(line);
  expect(acts()).toEqual([{ act: "undo_item", item: id }].map(() => ({ act: "undo", item: id })));
});

test("who is added to act acts, also where the answer is here before the view in which they are", async () => {
  await open("room", {}, "go");
  await shift("P");
  for (const [name, words] of [
    ["initials", "jl"],
    ["name", "Joe Li"],
  ] as const) {
    document.querySelector<HTMLInputElement>(`input[name=${name}]`)?.focus();
    await type(words);
  }
  fake.play = () => undefined;
  await click(one("person-add"));
  expect(acts().at(-1)).toEqual({ act: "choose_actor", initials: "jl" });
});
