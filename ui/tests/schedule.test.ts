// The schedule's page: the day on one axis and in words, the countdown, what-ifs with gain and price, the notice.
import { beforeEach, describe, expect, test } from "vitest";
import { RECORD } from "../src/ipc/fake/exports";
import { place, stretch } from "../src/components/schedule/axis";
import { schedule } from "../src/ipc/fake/schedule";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, shift, type, typeInto, violations } from "./window";

async function openPage(): Promise<void> {
  await open("room", {}, "hold");
  await press("t");
}

beforeEach(openPage);

const chosen = (): string | undefined =>
  all("what-if").find((element) => element.getAttribute("aria-checked") === "true")?.dataset.id;

test("accessible, wide and narrow", async () => {
  expect(await violations()).toEqual([]);
  await press("+");
  expect(await violations()).toEqual([]);
  setNarrow(true);
  await openPage();
  await press("w");
  expect(await violations()).toEqual([]);
});

test("a time lies where it belongs on the axis, and never beside it", () => {
  const axis = { from_s: 100, to_s: 300 };
  expect([50, 100, 150, 300, 400].map((at) => place(axis, at))).toEqual([0, 0, 25, 100, 100]);
  expect(stretch(axis, [150, 250])).toEqual({ left: 25, width: 50 });
  expect(stretch(axis, [200, 200]).width).toBe(0);
  expect(place({ from_s: 1, to_s: 1 }, 5)).toBe(0);
});

test("every phase and gate has its row, with earliest end and slack, and the same in words", () => {
  expect(one("page-title").textContent).toBe("Schedule");
  const rows = all("schedule-row").map(({ textContent }) => textContent.replace(/\s+/g, " ").trim());
  expect(rows).toHaveLength(schedule.rows.length);
  expect(rows[1]).toBe("Deployment earliest end 07:42:00 slack 06:00");
  const words = one("schedule-words").textContent;
  for (const part of [
    "since 06:31:02",
    "06:30 – 07:30",
    "02:12 late",
    "10:00, from war-room.toml",
    "go-live waits for it",
  ])
    expect(words).toContain(part);
});

test("what becomes of the window is told beside the page and in the run of the day", async () => {
  expect(one("countdown").dataset.state).toBe("burning");
  expect(one("countdown").textContent).toContain("You lose it in 6 min");
  expect(one("countdown").textContent).toContain("at 07:11:18 UTC");
  const entry = all("page-entry").find(({ dataset }) => dataset.page === "schedule");
  expect(entry?.textContent).toContain("06:00 left");
  const phase = all("phase-entry").find(({ dataset }) => dataset.id === "verification");
  expect(phase?.textContent).toContain("At risk: starts ≥ 12 min late");
  expect(all("spent").map(({ textContent }) => textContent.trim())[3]).toContain("runs on");
  // No window is announced: nothing is counted down.
  const none = {
    state: "none",
    title: "No window is announced",
    value: "",
    at: "",
    words: "Slack is told against the next fixed time alone.",
  };
  fake.play({ schedule: { ...schedule, window: null, notice: null, spent: [], left: "", countdown: none } });
  await press("j");
  expect(one("countdown").textContent).not.toMatch(/\d\d:\d\d/);
  expect(all("window-notice")).toEqual([]);
});

describe("a what-if", () => {
  test("is walked through by key, and shows gain and price before it is taken", async () => {
    expect(chosen()).toBe("as_it_stands");
    await press("ArrowDown");
    expect(chosen()).toBe("hold:900:i-100");
    expect(document.activeElement).toBe(all("what-if")[1]);
    const aside = document.querySelector("#side")?.textContent ?? "";
    expect(aside).toContain("Gains: go-live 12:00 earlier, 12:00 more slack");
    expect(aside).toContain("Costs: evidence: 15:00 of 30:00 watched, with a reason");
    expect(acts()).toEqual([]);
  });

  test("is taken in two steps, the second with a reason", async () => {
    await press("ArrowDown");
    await press("Enter");
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(one("take-reason"));
    await press("Enter");
    expect(one("take-form").textContent).toContain("Say why first.");
    await typeInto("take-reason", "calm for a week");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "take_what_if", what_if: "hold:900:i-100", reason: "calm for a week" });
    expect(one("schedule-change").textContent).toContain("100 % held 15:00, not 30:00 (MK: calm for a week)");
    expect(all("take-form")).toEqual([]);
  });

  test("that only shows what would be cannot be taken, and neither can what stands", async () => {
    await press("Enter");
    expect(all("take-form")).toEqual([]);
    await press("ArrowDown");
    await press("ArrowDown");
    await press("Enter");
    expect(all("take-form")).toEqual([]);
    expect(one("take-what-if")).toHaveProperty("disabled", true);
  });

  test("what was asked on the page that is left takes no Escape of the next one", async () => {
    await press("+");
    await click(all("page-entry").find(({ dataset }) => dataset.page === "rollback"));
    expect(room.page).toBe("rollback");
    await press("Escape");
    expect(room.page).toBeNull();
  });

  test("is asked for, and looked at when it comes; Escape closes what was asked", async () => {
    await press("+");
    await press("Escape");
    expect(all("other-form")).toEqual([]);
    expect(room.page).toBe("schedule");
    await press("w");
    await press("Enter");
    expect(one("other-form").textContent).toContain("Say until when first");
    await type("08:45");
    await press("Enter");
    expect(fake.asked.at(-1)).toEqual({ kind: "ask_what_if", what: "window", gate: "", value: "08:45" });
    expect(chosen()).toBe("window:08:45");
    expect(acts()).toEqual([]);
  });
});

test("the notice is drafted, opened in messages and not sent", async () => {
  expect(one("window-notice").textContent).toContain("Now: 21 Jan 06:30 – 08:30 UTC");
  await shift("M");
  expect(acts().at(-1)).toEqual({ act: "draft_window_notice", until: "2026-01-21T08:30" });
  expect(room.page).toBe("messages");
  expect(room.desk.draft?.words.subject).toBe("Maintenance ends later than announced: 08:30 UTC");
  await press("t");
  const before = acts().length;
  await shift("M");
  expect(room.page).toBe("messages");
  expect(acts()).toHaveLength(before);
});

test("in a room that is closed nothing is taken or drafted", async () => {
  fake.play({
    record: { ...RECORD, closed: "Successful" },
  });
  await press("ArrowDown");
  await press("Enter");
  await shift("M");
  await click(all("what-if")[1]);
  expect(acts()).toEqual([]);
  expect(all("take-what-if")).toEqual([]);
});
