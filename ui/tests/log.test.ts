// The log as evidence: the moment that is looked at, and the rows of a list that is longer than a page can be.
import { beforeEach, describe, expect, test } from "vitest";
import type { PastLook } from "../src/ipc";
import { RECORD } from "../src/ipc/fake/exports";
import { MOST_PX, ROW_PX, scrolledTo, sightOf } from "../src/components/log/geometry";
import { drawnOf } from "../src/components/log/plot";
import { all, click, fake, one, open, press, room, settle, shift, type, violations } from "./window";

const looks = (): PastLook[] => fake.asked.flatMap((intent) => (intent.kind === "look_back" ? [intent.look] : []));

async function openLog(): Promise<void> {
  await open("room", {}, "hold");
  fake.told();
  await room.subscribe();
  await settle();
  await press("l");
}

test("what was asked for while the log was being read is asked for again when it is read", async () => {
  await open("room", {}, "hold");
  const record = room.record;
  expect(record).not.toBeNull();
  if (record === null) return;
  const words = "Reading the log: 100 of 214 events";
  fake.logRefusal = {
    code: "refused",
    message: `${words}. This needs all of it: try again in a moment.`,
    detail: null,
  };
  fake.play({ record: { ...record, reading: words } });
  await settle();
  await press("l");
  expect(one("page-reading").textContent).toContain(words);
  expect(all("log-list")).toEqual([]);
  fake.logRefusal = null;
  fake.play({ record: { ...record, reading: "" } });
  await settle();
  expect(all("page-reading")).toEqual([]);
  expect(all("log-entry").length).toBeGreaterThan(0);
  expect(one("log-list").parentElement?.textContent).not.toContain("try again");
});

describe("the past", () => {
  beforeEach(openLog);

  test("a row leads to its moment: framed as past, with how it stood, and what came later is told apart", async () => {
    expect(all("past-banner")).toEqual([]);
    await click(all("log-entry").find(({ dataset }) => dataset.seq === "210"));
    expect(looks().at(-1)).toEqual({ to: "event", seq: 210 });
    expect(one("past-banner").textContent).toContain("You are looking at 07:05:02.");
    expect(one("past-banner").textContent).toContain("the header shows now");
    const stood = one("stood").textContent.replace(/\s+/g, " ");
    expect(stood).toContain("The day as it stood at 07:05:02");
    expect(stood).toContain("Gate 50 % paused at 03:18");
    const entry = (seq: string): HTMLElement | undefined => all("log-entry").find(({ dataset }) => dataset.seq === seq);
    expect(entry("210")?.getAttribute("aria-current")).toBe("true");
    expect(entry("211")?.classList.contains("later")).toBe(true);
    expect(entry("209")?.classList.contains("later")).toBe(false);
    expect(await violations()).toEqual([]);
    await press("Escape");
    expect(looks().at(-1)).toEqual({ to: "now" });
    expect(all("past-banner")).toEqual([]);
    one("log-list");
    await press("Escape");
    expect(looks().at(-1)).toEqual({ to: "close" });
    one("phase-title");
  });

  test("the arrows go through the rows as they are filtered, with Shift through the minutes; Space replays", async () => {
    await press("ArrowLeft");
    expect(looks().at(-1)).toEqual({ to: "rows", group: "", search: "", by: -1 });
    expect(room.past?.event).toBe(214);
    await press("ArrowLeft");
    await press("ArrowRight");
    expect(room.past?.event).toBe(214);
    await click(all("log-filter").find(({ dataset }) => dataset.group === "alerts"));
    await press("ArrowLeft");
    expect(looks().at(-1)).toEqual({ to: "rows", group: "alerts", search: "", by: -1 });
    await shift("ArrowLeft");
    expect(looks().at(-1)).toEqual({ to: "minutes", by: -1 });
    document.body.focus();
    (document.activeElement as HTMLElement | null)?.blur();
    await press(" ");
    expect(looks().at(-1)).toEqual({ to: "replay" });
    expect(one("past-replay").getAttribute("aria-pressed")).toBe("true");
    await click(all("past-speed")[2]);
    expect(looks().at(-1)).toEqual({ to: "speed", speed: 60 });
    await press("/");
    await type("x");
    await press("ArrowLeft");
    expect(looks().at(-1)).toEqual({ to: "speed", speed: 60 });
  });

  test("an event leads to its check, and tells all of its words", async () => {
    await click(all("log-entry").find(({ dataset }) => dataset.seq === "205"));
    expect(one("log-told").textContent).toContain("Next: 50 % at 07:00 UTC.");
    await click(all("log-entry").find(({ dataset }) => dataset.seq === "206"));
    await press("Enter");
    expect(room.page).toBeNull();
  });

  test("an event is corrected by key; both rows lead to each other, and nothing else changes", async () => {
    const row = (seq: string): HTMLElement | undefined => all("log-entry").find(({ dataset }) => dataset.seq === seq);
    await click(row("206"));
    await press("c");
    expect(one("correct-stays").textContent).toContain("what the event did stays");
    expect(document.activeElement).toBe(one("correct-right"));
    await type("it was at 07:02:10");
    await press("Enter");
    expect(one("log-told").parentElement?.textContent).toContain("Say why first.");
    one("correct-why").focus();
    await type("seen in the pipeline");
    await press("Enter");
    await settle();
    expect(all("correct-form")).toEqual([]);
    expect(fake.asked.flatMap((intent) => (intent.kind === "in_room" ? [intent.act] : [])).at(-1)).toEqual({
      act: "correct",
      event: 206,
      right: "it was at 07:02:10",
      why: "seen in the pipeline",
      at: "",
    });
    expect(row("206")?.textContent).toContain("corrected by #215");
    await click(one("log-corrected-by"));
    expect(one("log-told").textContent).toContain("corrects event 206: it was at 07:02:10");
    await click(one("log-corrects"));
    expect(one("log-told").textContent).toContain("Shift half of the traffic");
    expect(await violations()).toEqual([]);
    // A correction can be corrected, and Esc closes the form alone.
    await press("c");
    one("correct-form");
    await press("Escape");
    expect(all("correct-form")).toEqual([]);
    one("log-list");
  });

  test("what only keeps the record, and a closed room, offer no correction", async () => {
    await click(all("log-entry").find(({ dataset }) => dataset.seq === "206"));
    one("log-correct");
    fake.play({
      record: { ...RECORD, closed: "done" },
    });
    await settle();
    expect(all("log-correct")).toEqual([]);
    await press("c");
    expect(all("correct-form")).toEqual([]);
  });

  test("the list follows the moment out of sight", async () => {
    await click(one("past-first"));
    await settle();
    expect(
      all("log-entry")
        .find(({ dataset }) => dataset.seq === "1")
        ?.getAttribute("aria-current"),
    ).toBe("true");
  });

  test("what is asked while another is on its way is asked afterwards, the last alone", async () => {
    fake.hold();
    const before = looks().length;
    for (const at_s of [1, 2, 3, 4]) void room.lookingBack.look({ to: "moment", at_s });
    await settle();
    fake.letGo();
    await settle();
    expect(looks().slice(before)).toEqual([
      { to: "moment", at_s: 1 },
      { to: "moment", at_s: 4 },
    ]);
    fake.hold();
    for (const to of ["close", "open", "first"] as const) void room.lookingBack.look({ to });
    await settle();
    fake.letGo();
    await settle();
    expect(
      looks()
        .slice(-3)
        .map(({ to }) => to),
    ).toEqual(["close", "open", "first"]);
  });

  test("a broken chain names its first bad event", async () => {
    expect(one("chain").textContent).toContain("214 events, chain whole");
    fake.play({
      chain: {
        state: "broken",
        words: "Broken at event 143",
        why: "its body was changed",
        first: "",
        checked: "07:12:00 in 41 ms",
        anchored: "",
      },
    });
    await settle();
    expect(one("chain").dataset.state).toBe("broken");
    expect(one("chain").textContent).toContain("Broken at event 143");
    expect(one("chain").querySelector("[role=alert]")?.textContent).toBe("its body was changed");
  });
});

describe("the rows of a long list", () => {
  test("each has its own height up to a million, and every one can be brought into sight beyond that", () => {
    for (const count of [0, 1, 100, 1_000_000, 7_000_000]) {
      const whole = sightOf(count, 600, 0);
      expect(whole.height).toBe(Math.min(count * ROW_PX, MOST_PX));
      expect(whole.first).toBe(0);
      for (const row of [0, 1, Math.floor(count / 2), count - 2, count - 1].filter((row) => row >= 0 && row < count)) {
        const scrolled = scrolledTo(row, count, 600, 0, true);
        const sight = sightOf(count, 600, scrolled);
        expect(sight.first).toBeLessThanOrEqual(row);
        expect(sight.end).toBeGreaterThan(row);
        expect(sight.end - sight.first).toBeLessThan(60);
        const top = sight.top + (row - sight.first) * ROW_PX - scrolled;
        expect(top).toBeGreaterThan(-ROW_PX);
        expect(top).toBeLessThan(600);
      }
      expect(sightOf(count, 600, Number.MAX_SAFE_INTEGER).end).toBe(count);
    }
  });
});

test("what came after the moment is drawn by itself, from the last point before it on; a gap breaks both", () => {
  const chart = {
    id: "a",
    name: "A",
    times_s: [0, 10, 20, 25, 30, 40],
    values: [1, 1, 1, null, 2, 2],
    gaps: [[20, 30] as [number, number]],
    lines: [],
    words: "",
  };
  const drawn = (until: number): { before: string; after: string } =>
    drawnOf(chart, { from_s: 0, span: 40, width: 400, height: 50, until });
  expect(drawn(Number.POSITIVE_INFINITY).after).toBe("");
  const { before, after } = drawn(10);
  expect(before.startsWith("M0.0 ")).toBe(true);
  expect([before.includes("200.0"), after.startsWith("M100.0 "), after.includes("M300.0")]).toEqual([
    false,
    true,
    true,
  ]);
});
