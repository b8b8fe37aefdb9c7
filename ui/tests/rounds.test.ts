// The watch: go-live declared in two steps, rounds ticked check by check, what was missed explained, lessons kept.
import { beforeEach, describe, expect, test } from "vitest";
import { RECORD } from "../src/ipc/fake/exports";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, settle, shift, type, violations } from "./window";

const states = (grid: string, row: number): string[] => {
  const found = all("round-grid").find(({ dataset }) => dataset.id === grid);
  const rows = [...(found?.querySelectorAll("tbody tr") ?? [])];
  return [...(rows[row]?.querySelectorAll("td") ?? [])].map(({ dataset }) => dataset.state ?? "");
};

async function goLive(): Promise<void> {
  await open("room", {}, "go");
  await shift("L");
  await type("the traffic was moved by hand");
  await press("Enter", { ctrlKey: true });
}

describe("go-live", () => {
  test("is offered once the deployment has begun, and is declared in two steps", async () => {
    await open("room", {}, "go");
    await shift("L");
    expect(acts()).toEqual([]);
    expect(one("go-live-grave").textContent).toContain("gate not passed: 50% traffic");
    expect(one("go-live-others").textContent).toContain("open: Team confident");
    await press("Enter", { ctrlKey: true });
    expect(acts(), "without a reason nothing is sent").toEqual([]);
    await type("the traffic was moved by hand");
    await press("Enter");
    expect(acts(), "Enter alone decides nothing").toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([{ act: "declare_go_live", reason: "the traffic was moved by hand" }]);
    expect(all("go-live-dialog")).toEqual([]);
    expect(one("page-title").textContent).toBe("Watch and first week");
  });

  test("before the first act there is no such key, and the page says why", async () => {
    await open("room");
    await shift("L");
    expect(all("go-live-dialog")).toEqual([]);
    await shift("U");
    expect(one("go-live-cannot").textContent).toContain("Nothing of the deployment was done yet");
    expect(all("go-live")).toEqual([]);
  });
});

describe("rounds", () => {
  beforeEach(goLive);

  test("accessible, wide and narrow", async () => {
    expect(await violations()).toEqual([]);
    setNarrow(true);
    await goLive();
    await press("\\");
    expect(await violations()).toEqual([]);
  });

  test("each is a column, each check a row, with what became of it", () => {
    const first = states("hourly", 0);
    expect(first).toHaveLength(24);
    expect(first.slice(11, 16)).toEqual(["done", "asleep", "asleep", "late", "done"]);
    expect(first.slice(18, 20)).toEqual(["due", "ahead"]);
    expect(states("four", 2).slice(0, 4)).toEqual(["deferred", "deferred", "deferred", "done"]);
    const grid = all("round-grid")[0];
    expect(grid?.textContent).toContain("Every 1 hour, at :18");
    expect(grid?.textContent).toContain("next 10:18 UTC, in 38 min");
  });

  test("Enter goes to the first open check of what is due, and Space ticks it", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "state", item: "round-0@2026-01-22T09:18:00Z", saw: "" });
    expect(one("round").textContent).toContain("MK · 09:20:00");
    await press("j");
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "state", item: "round-1@2026-01-22T09:18:00Z", saw: "" });
    await press(" ");
    expect(acts().at(-1), "once more takes it back").toEqual({ act: "undo", item: "round-1@2026-01-22T09:18:00Z" });
  });

  test("a check is deferred to the next round, with a reason", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    await shift("D");
    expect((document.activeElement as HTMLSelectElement).selectedOptions[0]?.textContent).toBe("The next round");
    document.querySelector<HTMLInputElement>("form.form input")?.focus();
    await type("no load this evening");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "defer",
      item: "round-0@2026-01-22T09:18:00Z",
      to: "",
      reason: "no load this evening",
    });
  });

  test("where nothing is due it says what is next, and leads nowhere", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    for (const at of [0, 1, 2, 3, 4]) {
      if (at > 0) await press("j");
      await press(" ");
      if (all("saw-field").length > 0) {
        await type("as it should be");
        await press("Enter");
      }
    }
    expect(one("next-round")).toHaveProperty("disabled", true);
    expect(one("nothing-due").textContent).toContain("Nothing is due: next 10:18 UTC in 38 min: Every 1 hour");
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    expect(document.activeElement?.closest("[data-testid=row-item]") ?? null).toBeNull();
  });

  test("one that was missed is done late: it is chosen by its column or by the arrows", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("ArrowRight");
    expect(one("round").dataset.state).toBe("asleep");
    await press("ArrowLeft");
    expect(one("round").dataset.state).toBe("due");
    await click(all("round-column").find(({ dataset }) => dataset.id === "hourly@2026-01-22T04:18:00Z"));
    expect(one("round").textContent).toContain("it can be done late");
  });

  test("what was missed is explained once, in words", async () => {
    expect(one("missed").textContent).toContain("2 rounds with 10 checks were missed");
    (document.activeElement as HTMLElement | null)?.blur();
    await press("y");
    await press("Enter");
    expect(one("rounds-form").textContent).toContain("Say why first.");
    await press("Escape");
    await press("y");
    await type("the laptop slept");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "explain_rounds", reason: "the laptop slept" });
    expect(all("missed")).toEqual([]);
  });

  test("the last round shows its readings, and what was not seen says so", () => {
    const last = one("last-round").textContent;
    for (const words of ["0.05 %", "8 s old", "P95 latency", "not seen: no reply in 3 s"])
      expect(last).toContain(words);
  });

  test("metrics show now, worst and target, and targets that contradict each other are both there", () => {
    const rate = all("key-metric")[0]?.textContent ?? "";
    for (const words of ["0.05 %", "0.14 %", "< 0.1 %", "target: <1%"]) expect(rate).toContain(words);
    expect(one("key-metrics").textContent).toContain("Both are shown");
  });

  test("a lesson is kept", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("+");
    await type("WARN is 9 an hour since the driver was set");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "note_lesson", text: "WARN is 9 an hour since the driver was set" });
    expect(all("lesson")).toHaveLength(2);
  });

  test("a closed room does no rounds", async () => {
    fake.play({
      record: { ...RECORD, closed: "over" },
    });
    await settle();
    (document.activeElement as HTMLElement | null)?.blur();
    const before = acts().length;
    await press("y");
    await press("Enter");
    expect(all("rounds-form")).toEqual([]);
    expect(acts()).toHaveLength(before);
    expect(room.mayAct).toBe(false);
  });
});

describe("what is said from what the room knows", () => {
  beforeEach(goLive);

  test("H drafts the hourly update, and sends nothing", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("h");
    expect(acts().at(-1)).toEqual({ act: "start_update" });
    expect(document.querySelector("textarea")?.value).toContain("Next update: 10:18 UTC");
  });

  test("the closing words are drafted with the time of go-live", async () => {
    await click(one("closing-words"));
    expect(acts().at(-1)).toEqual({ act: "start_closing" });
    expect(document.querySelector("textarea")?.value).toContain("Deployment complete at: 21 Jan 14:18 UTC");
  });

  test("success is declared in two steps, with what is not met named", async () => {
    await click(one("declare-success"));
    expect(await violations()).toEqual([]);
    expect(one("success-grave").textContent).toContain("not met: Error rate <0.1% (first hour)");
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)?.act).toBe("declare_go_live");
    await type("the first hour had one spike of a client");
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)).toEqual({ act: "declare_success", reason: "the first hour had one spike of a client" });
    expect(one("success").textContent).toContain("declared by MK");
    expect(all("declare-success")).toEqual([]);
  });
});

describe("the weekly review", () => {
  beforeEach(goLive);

  test("is one key from the rounds, accessible, with what the week held", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("w");
    expect(one("page-title").textContent).toBe("Weekly review");
    expect(await violations()).toEqual([]);
    const hourly = all("week-rounds-row")[0];
    expect([...(hourly?.querySelectorAll("td") ?? [])].map(({ textContent }) => textContent)).toEqual([
      "19",
      "15",
      "1",
      "2",
      "2",
      "1",
    ]);
    expect(all("week-alerts-row")[1]?.textContent).toContain("burns");
    expect(one("week-days").textContent).toContain("Th 22 Jan");
    expect(one("key-metrics").textContent).toContain("0.14 %");
    const heads = all("week-rooms-row").map((row) => [...(row.querySelector("th")?.childNodes ?? [])]);
    const words = heads.map((parts) =>
      parts.map((part) => part.textContent?.trim() ?? "").filter((part) => part !== ""),
    );
    expect(words).toEqual([
      ["payments-api 4.2.0 (this room)"],
      ["payments-api 4.1.7", "went well"],
      ["ledger 2.0", "rolled back"],
      ["search 1.30.0", "not whole: see below"],
    ]);
    expect(one("trends-unread").textContent).toContain("damaged at event 143");
    await click(all("week-alerts-row")[0]?.querySelector("button"));
    expect(room.page).toBe("log");
    // Rust draws it up while it is looked at.
    expect(fake.asked.flatMap((intent) => (intent.kind === "show" ? [intent] : []))).toEqual([
      { kind: "show", what: "review", shown: true },
      { kind: "show", what: "review", shown: false },
    ]);
  });

  test("a lesson is kept from there, too", async () => {
    (document.activeElement as HTMLElement | null)?.blur();
    await press("w");
    await press("+");
    await type("keep the laptop awake");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "note_lesson", text: "keep the laptop awake" });
  });
});
