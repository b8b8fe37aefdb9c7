// The drill: how it is begun, how it is marked, what it comes to.
import { describe, expect, test } from "vitest";
import { drillMark, scenarios, score } from "../src/ipc/fake/drill";
import { setNarrow } from "./setup";
import { acts, all, box, click, fake, one, open, press, settle, shift, type, violations } from "./window";

/** What no frame of a drill may lack. */
function expectMarks(where: string): void {
  const frame = document.querySelector(".frame");
  expect(frame?.classList.contains("drill"), where).toBe(true);
  expect(one("drill-chip").textContent.trim(), where).toBe("Drill");
  expect(one("drill-chip").querySelector("svg.drill"), where).not.toBeNull();
  for (const line of drillMark.lines) expect(document.body.textContent, where).toContain(line);
  expect(one("real-time").textContent, where).toContain("real time");
  expect(document.querySelector("footer")?.textContent, where).toContain("Drill log");
}

describe("accessible", () => {
  test("start, room and score, wide and narrow", async () => {
    for (const narrow of [false, true]) {
      setNarrow(narrow);
      for (const screen of ["start", "room", "score"] as const) {
        await open(screen, {}, "roll_back", true);
        expect(await violations(), screen).toEqual([]);
      }
    }
  });
});

describe("marks", () => {
  test("stand on every frame: phase, every page, palette, dialog, score; wide and narrow", async () => {
    for (const narrow of [false, true]) {
      setNarrow(narrow);
      await open("room", {}, "roll_back", true);
      expectMarks("phase");
      for (const page of ["r", "m", "e", "q", "b", "l"]) {
        await press(page);
        expectMarks(page);
      }
      await press("k", { ctrlKey: true });
      expectMarks("palette");
      one("palette-drill");
      await press("Escape");
      await shift("R");
      expectMarks("dialog");
      await open("score");
      expectMarks("score");
    }
  });

  test("are there while the way back is taken, and nowhere else than in a drill", async () => {
    await open("room", {}, "rolling_back", true);
    expectMarks("rolling back");
    for (const screen of ["start", "opening", "room"] as const) {
      await open(screen, {}, "hold");
      expect(document.querySelector(".frame.drill")).toBeNull();
      for (const testid of ["drill-chip", "drill-bar", "real-time"]) expect(all(testid)).toHaveLength(0);
    }
  });

  test("the speed is chosen, and the drill ended, in its bar and in the palette", async () => {
    await open("room", {}, "roll_back", true);
    const pressed = (): (string | undefined)[] =>
      [...one("drill-speed").querySelectorAll<HTMLElement>("[aria-pressed=true]")].map(({ dataset }) => dataset.speed);
    expect(pressed()).toEqual(["4"]);
    await click(one("drill-speed").querySelector<HTMLElement>("[data-speed='10']"));
    expect(fake.asked.at(-1)).toEqual({ kind: "set_drill_speed", speed: 10 });
    expect(pressed()).toEqual(["10"]);
    await press("k", { ctrlKey: true });
    await type("speed 60");
    await press("Enter");
    expect(fake.asked.at(-1)).toEqual({ kind: "set_drill_speed", speed: 60 });
    await click(one("skip-in-drill"));
    expect(fake.asked.at(-1)).toEqual({ kind: "skip_in_drill" });
    await press("k", { ctrlKey: true });
    await type("skip to what is due");
    await press("Enter");
    expect(fake.asked.at(-1)).toEqual({ kind: "skip_in_drill" });
    await press("k", { ctrlKey: true });
    await type("end the drill");
    await press("Enter");
    expect(fake.asked.at(-1)).toEqual({ kind: "end_drill" });
    one("score");
  });
});

describe("start", () => {
  test("drill and example are offered; a drill from before has three slashes", async () => {
    await open("start");
    expect(one("drill-offer").textContent).toContain("Nothing leaves this laptop");
    expect(one("example").textContent).toContain("64 boxes");
    const drills = all("room-entry").filter(({ dataset }) => dataset.drill !== undefined);
    expect(drills.map(({ dataset }) => dataset.id)).toEqual(["room-drill"]);
    expect(drills[0]?.querySelector("svg.drill")).not.toBeNull();
    await press("e");
    expect(fake.asked).toEqual([{ kind: "open_example" }]);
  });

  test("what else can be drilled is offered below, each with a start of its own", async () => {
    await open("start");
    const others = all("other-drill");
    expect(others.map(({ dataset }) => dataset.scenario)).toEqual([scenarios[1]?.id]);
    await click(others[0]?.querySelector("button"));
    expect(fake.asked).toEqual([{ kind: "start_drill", scenario: scenarios[1]?.id, over: "" }]);
  });

  test("the checklist that was read is rehearsed", async () => {
    await open("opening");
    await click(one("rehearse"));
    expect(fake.asked).toEqual([{ kind: "start_drill", scenario: "bad-canary", over: "opening" }]);
  });
});

describe("score", () => {
  test("says what came of it, in figures, stretches, timeline, who was told and runs", async () => {
    await open("score");
    expect(one("headline").textContent).toBe("Rolled back in time");
    expect(document.activeElement).toBe(one("headline"));
    expect(all("figure").map(({ dataset }) => dataset.id)).toEqual(["detect", "decide", "back", "told"]);
    expect(all("figure")[2]?.textContent).toContain("06:40");
    expect(all("figure")[2]?.textContent).toContain("limit 15:00");
    expect(document.body.textContent).toContain(score.chart?.words);
    const places = all("stretch").map(({ style }) => [style.left, style.width].map(parseFloat).map(Math.round));
    expect(places).toEqual([
      [0, 9],
      [9, 18],
      [26, 74],
    ]);
    expect(all("timeline-entry")).toHaveLength(score.timeline.length);
    expect(all("told").map(({ dataset }) => dataset.state)).toEqual(["answered", "told", "told", "open"]);
    expect(all("run").map((run) => run.getAttribute("aria-current"))).toEqual([null, null, "true"]);
    expect(document.body.textContent).toContain("Drill 3 · Bad canary · ×4 · seed 1");
    expect(all("scenario")).toHaveLength(2);
  });

  test("without a chart and without a room the rest stands", async () => {
    await open("score", { score: { ...score, chart: null, room: "", stretches: [], is_good: false } });
    expect(all("enter-drill-room")).toHaveLength(0);
    expect(all("stretch")).toHaveLength(0);
    expect(all("figure")).toHaveLength(4);
    await press("o");
    expect(fake.asked).toEqual([]);
  });

  test("its keys: again, another one, its room, leave", async () => {
    const asked = async (key: string): Promise<unknown> => {
      await open("score");
      await press(key);
      return fake.asked.at(-1);
    };
    expect(await asked("Enter")).toEqual({ kind: "start_drill", scenario: "bad-canary", over: "again" });
    expect(await asked("2")).toEqual({ kind: "start_drill", scenario: "whole-plan", over: "again" });
    expect(await asked("o")).toEqual({ kind: "enter_room", id: "room-drill" });
    expect(await asked("Escape")).toEqual({ kind: "leave" });
    one("start");
  });
});

test("by keys alone: start, drill, acknowledge, roll back, steps, marks, declare, score", async () => {
  await open("start");
  await press("t");
  expect(fake.asked).toEqual([{ kind: "start_drill", scenario: "bad-canary", over: "" }]);
  one("drill-chip");
  await press("a");
  await shift("R");
  await press("Enter", { ctrlKey: true });
  // The first step has the keyboard, and what comes next takes it.
  await press(" ");
  await type("rolled back");
  await press("Enter");
  expect(document.activeElement).toBe(box("The old version answers"));
  for (const words of ["Error rate normal", "Latency normal", "No data lost"]) {
    await press("j");
    expect(document.activeElement).toBe(box(words));
  }
  await press(" ");
  await type("row counts of three tables");
  await press("Enter");
  await press("j");
  await press(" ");
  await press("Enter", { ctrlKey: true });
  await press("Enter", { ctrlKey: true });
  expect(acts().map(({ act }) => act)).toEqual([
    "acknowledge",
    "roll_back",
    "state_step",
    "state",
    "state",
    "declare_rolled_back",
  ]);
  await settle();
  one("score");
  expect(document.activeElement).toBe(one("headline"));
});
