// Gates, observed boxes, blindness and vital signs, as the window shows them and answers to them.
import { describe, expect, test, vi } from "vitest";
import { dataOf, lonely, spanOf } from "../src/components/vitals/sparkline";
import { alertsOf, vitalsOf } from "../src/ipc/fake/watch";
import { acts, all, box, click, one, open, press, room, shift, typeInto, violations } from "./window";

describe("gates", () => {
  test("Shift G shows every condition with what is seen, and why it cannot be passed", async () => {
    await open("room", {}, "hold");
    await press("j");
    const before = document.activeElement;
    await shift("G");
    const dialog = one("pass-gate");
    expect(document.activeElement).toBe(dialog);
    expect(all("condition").map(({ dataset }) => dataset.state)).toEqual(["pass", "pass", "fail"]);
    expect(dialog.textContent).toContain("612 ms · 07:11:05");
    expect(dialog.textContent).toContain("03:18 of 10:00");
    expect(dialog.textContent).toContain("P95 latency is 612 ms, not below 200 ms.");
    expect((one("gate-pass-send") as HTMLButtonElement).disabled).toBe(true);
    expect(await violations()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    // Letters and the palette belong to what is behind.
    await press("m");
    await press("k", { ctrlKey: true });
    expect(acts()).toEqual([]);
    expect([room.page, room.palette]).toEqual([null, false]);
    await press("Escape");
    expect(all("pass-gate")).toHaveLength(0);
    expect(document.activeElement).toBe(before);
  });

  test("Tab goes round inside", async () => {
    await open("room", {}, "go");
    await shift("G");
    await press("Tab");
    expect(document.activeElement).toBe(one("gate-pass-send"));
    await press("Tab", { shiftKey: true });
    expect(document.activeElement).toBe(one("gate-override"));
    await press("Tab");
    expect(document.activeElement).toBe(one("gate-pass-send"));
    expect(one("room").parentElement).toHaveProperty("inert", true);
  });

  test("Ctrl Enter passes what may be passed, and not by a key that is held down", async () => {
    await open("room", {}, "go");
    const gate = all("gate-card")[1]?.dataset.id;
    await shift("G");
    await press("Enter", { ctrlKey: true, repeat: true });
    expect(acts()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([{ act: "pass_gate", gate }]);
    expect(all("pass-gate")).toHaveLength(0);
    expect(all("gate-card")[1]?.dataset.state).toBe("passed");
  });

  test("overriding wants a named person and a reason", async () => {
    await open("room", { people: { actor: "mira", chosen: false, people: [] } }, "hold");
    await shift("G");
    expect(all("gate-override")).toHaveLength(0);
    expect(one("pass-gate").textContent).toContain("Only a named person");
    await open("room", {}, "hold");
    const gate = all("gate-card")[1]?.dataset.id;
    await shift("G");
    await click(one("gate-override"));
    expect(document.activeElement).toBe(one("gate-reason"));
    await press("Enter", { ctrlKey: true });
    expect(one("pass-gate").textContent).toContain("Say why first");
    const tries = acts().length;
    await typeInto("gate-reason", "one slow customer");
    await press("Enter");
    one("gate-override-send").focus();
    await press("Enter");
    await press(" ");
    expect(acts()).toHaveLength(tries);
    await press("Enter", { metaKey: true });
    expect(acts().at(-1)).toEqual({ act: "override_gate", gate, reason: "one slow customer" });
    expect(all("pass-gate")).toHaveLength(0);
  });

  test("the hold is started at its card, or by Space on its box", async () => {
    await open("room", {}, "go");
    const last = all("gate-card")[2]?.dataset.id;
    expect(all("start-hold")).toHaveLength(0);
    await shift("G");
    await press("Enter", { ctrlKey: true });
    expect(one("gate-enter").textContent).toContain("Start the hold");
    expect(one("start-hold").closest("[data-testid=row-item]")).toBe(box("Watch for 30 minutes"));
    box("Watch for 30 minutes").focus();
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "enter_gate", gate: last });
    expect(all("start-hold")).toHaveLength(0);
    // Its clock runs now; the box is ticked by nobody.
    await press(" ");
    expect(acts().at(-1)).toMatchObject({ act: "state" });
    expect(box("Watch for 30 minutes").textContent).toContain("The clock of the hold ticks it");
  });

  test("the card of the gate that is worked on says so, with its held time in words", async () => {
    await open("room", {}, "hold");
    const worked = all("gate-card").filter((card) => card.getAttribute("aria-current") === "step");
    expect(worked.map(({ dataset }) => dataset.state)).toEqual(["paused"]);
    expect(worked[0]?.textContent).toContain("held 03:18 of 10:00");
    expect(all("gate-card")[0]?.textContent).toContain("on word");
  });
});

describe("observed boxes", () => {
  test("have a circle that is no control, with reading, age and query; squares stay controls", async () => {
    await open("room", {}, "hold");
    const row = box("P95 latency");
    expect(row.dataset.state).toBe("breached");
    const circle = row.querySelector<HTMLElement>("[data-testid=mark]");
    expect(circle?.tagName).toBe("SPAN");
    expect(circle?.title).toContain("histogram_quantile");
    expect(circle?.getAttribute("aria-label")).toBe("P95 latency: seen not to be met");
    expect(row.querySelector("[data-testid=reading]")?.textContent).toBe("612 ms · 07:11:05");
    expect(row.querySelector("[data-testid=observed]")?.textContent).toContain("breached since 07:05:02");
    expect(box("Deployment begun").querySelector("[data-testid=mark]")?.getAttribute("role")).toBe("checkbox");
    expect(box("Latency normal").dataset.state).toBe("word_ran_out");
    expect(box("Latency normal").textContent).toContain("word ran out");
  });

  test("Space is no tick: why not is said in the row", async () => {
    await open("room", {}, "hold");
    for (const [words, why] of [
      ["Error rate", "It is observed as done already."],
      ["P95 latency", "A signal sees something else"],
    ] as const) {
      box(words).focus();
      await press(" ");
      expect(all("saw-field")).toHaveLength(0);
      expect(box(words).querySelector("[data-testid=problem]")?.textContent).toContain(why);
    }
  });
});

describe("blind", () => {
  test("the panel says what is silent and offers only what there is", async () => {
    await open("room", {}, "blind");
    const panel = one("blind");
    for (const words of ["Prometheus does not answer", "02:04", "05:00", "Hold at 50 %", "way 1, undo the rollout"])
      expect(panel.textContent).toContain(words);
    expect(panel.textContent).not.toContain("source");
    expect(one("answering").querySelectorAll("li")).toHaveLength(5);
    expect(box("P95 latency").textContent).toContain("unseen");
    await click(one("blind-rollback"));
    one("roll-back-dialog");
    expect(room.page).toBeNull();
  });

  test("V asks for the value in its row", async () => {
    await open("room", {}, "blind");
    const item = box("Error rate").dataset.id;
    await press("v");
    expect(document.activeElement).toBe(one("saw-field"));
    expect(one("saw-field").closest("[data-testid=row-item]")).toBe(box("Error rate"));
    await typeInto("saw-field", "0.1 %");
    await press("Enter");
    expect(acts()).toEqual([{ act: "state", item, saw: "0.1 %" }]);
  });

  test("where nothing may be entered by hand nothing offers it", async () => {
    const alerts = alertsOf("blind");
    if (alerts.blind === null) throw new Error("not blind");
    await open("room", { alerts: { ...alerts, blind: { ...alerts.blind, by_hand: "", gate: "" } } }, "blind");
    expect(all("by-hand")).toHaveLength(0);
    expect(one("blind").textContent).not.toContain("Hold at");
    await press("v");
    expect(all("saw-field")).toHaveLength(0);
  });
});

describe("vital signs", () => {
  test("have their words, their last value with its age, and a frame where one is breached", async () => {
    await open("room", {}, "hold");
    const [first] = all("vital");
    expect(first?.dataset.state).toBe("high");
    expect(first?.querySelector(".visually-hidden")?.textContent).toContain("above 500 ms since 07:06:55");
    expect(one("vitals").textContent).toContain("last 15 min · 2 s ago");
    await open("room", {}, "blind");
    expect(all("vital")[0]?.textContent).toMatch(/last\s+0\.21 %/);
    expect(all("vital")[0]?.textContent).toContain("02:04 ago");
  });

  test("what was never seen has no number", async () => {
    const vitals = vitalsOf("hold");
    const never = { ...vitals.vitals[0], value: "", values: [], times_s: [], state: "unseen", fault: "no data" };
    await open("room", { vitals: { ...vitals, vitals: [never as (typeof vitals.vitals)[number]] } }, "hold");
    expect(one("vital").querySelector(".value")?.textContent.trim()).toBe("–");
  });

  test("a gap is no zero: it stays a gap, takes no part in the range, and what stands alone is a dot", () => {
    expect(dataOf({ times_s: [1, 2, 3], values: [140, null, 150] })).toEqual([
      [1, 2, 3],
      [140, null, 150],
      [null, null, null],
    ]);
    const lines = [{ value: 500, label: "", severity: "" }];
    expect(spanOf({ values: [null, 100, null], lines }, 40, false)[0]).toBe(0);
    expect(spanOf({ values: [null, -5, null], lines: [] }, 40, false)[0]).toBe(-5);
    expect(spanOf({ values: [null], lines: [] }, 40, false)).toEqual([0, 1]);
    expect(lonely([null, 1, null, 2, 3, null, 4])).toEqual([1, 6]);
  });
});

test("in the locale C, whose name is no language, the window is drawn all the same", async () => {
  const language = vi.spyOn(navigator, "language", "get").mockReturnValue("C");
  vi.resetModules();
  await expect(import("../src/components/vitals/sparkline")).resolves.toHaveProperty("Sparkline");
  expect(navigator.language).toBe("en");
  language.mockRestore();
  Reflect.deleteProperty(navigator, "language");
});

describe("a gate that is left", () => {
  test("shows what is left of its hold, when it ends at the earliest, and who said what nobody observes", async () => {
    await open("room", {}, "hold");
    expect(one("gate-left").textContent).toContain("06:42 left");
    expect(one("gate-left").textContent).toContain("07:17:49 UTC");
    expect(all("gate-card")[1]?.textContent).toContain("50 % on the new version, said by MK 07:01:44");
    await shift("G");
    expect(one("pass-gate").textContent).toContain("612 ms · 07:11:05 · 2 s ago");
  });

  test("going back says what becomes void, and wants a reason and Ctrl Enter", async () => {
    await open("room", {}, "hold");
    const gate = all("gate-card")[1]?.dataset.id;
    await click(one("gate-back"));
    const dialog = one("go-back-dialog");
    expect(dialog.textContent).toContain("Hold and pass of 50 % are void");
    expect(document.activeElement).toBe(one("go-back-reason"));
    expect(await violations()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(dialog.textContent).toContain("Say why first");
    const tries = acts().length;
    await typeInto("go-back-reason", "latency climbs");
    await press("Enter");
    expect(acts()).toHaveLength(tries);
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)).toEqual({ act: "go_back", gate, reason: "latency climbs" });
    expect(all("go-back-dialog")).toHaveLength(0);
    expect(all("gate-card")[0]?.dataset.state).toBe("paused");
  });

  test("giving it up opens the roll-back dialogue with the gate as the reason, and only then", async () => {
    await open("room", {}, "hold");
    await click(one("gate-give-up"));
    const reason = (): string => (one("roll-back-reason") as HTMLInputElement).value;
    expect(reason()).toContain("Given up in 50 %, held 03:18 of 10:00");
    await press("Escape");
    await shift("R");
    expect(reason()).not.toContain("Given up");
  });
});
