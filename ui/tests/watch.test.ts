// What is observed, as the window shows it and answers to it: verdict, alerts, what the room asks, what is due.
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { AlertView, Update } from "../src/ipc";
import { sectionsOf } from "../src/ipc/fake";
import { alertsOf, errorAlert, errorHighAlert, latencyAlert, unit, verdicts } from "../src/ipc/fake/watch";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, settle, typeInto, violations } from "./window";

type Sections = Omit<Update, "sequence">;

async function openScene(scene: Parameters<typeof sectionsOf>[1], more: Partial<Sections> = {}): Promise<void> {
  await open("room", more, scene);
}

/** The program says which alerts there are now. */
async function alarm(...alerts: AlertView[]): Promise<void> {
  fake.play({ alerts: { ...alertsOf("hold"), alerts } });
  await settle();
}

async function pressAt(key: string, timeStamp: number): Promise<void> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
  Object.defineProperty(event, "timeStamp", { value: timeStamp });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await settle();
}

async function animationEnds(element: HTMLElement): Promise<void> {
  element.dispatchEvent(new Event("animationend", { bubbles: true }));
  await settle();
}

const acknowledged = (alert: string, note = ""): object => ({ act: "acknowledge", alert, note });

describe("accessible", () => {
  test.each(["go", "hold", "blind", "roll_back"] as const)("scene %s, wide and narrow", async (scene) => {
    await openScene(scene);
    expect(await violations()).toEqual([]);
    setNarrow(true);
    await openScene(scene);
    expect(await violations()).toEqual([]);
  });
});

describe("verdict", () => {
  test.each(["go", "hold", "blind", "roll_back", "unwatched"] as const)(
    "%s has its word, shape and lines",
    async (scene) => {
      await openScene(scene);
      const { kind, word, lines } = verdicts[scene];
      expect(one("verdict").dataset.verdict).toBe(kind);
      expect(one("verdict").querySelector("svg")?.classList.contains(kind)).toBe(true);
      for (const words of [word, ...lines]) expect(one("verdict").textContent).toContain(words);
    },
  );

  test("is said aloud when it turns, not on coming and not with every second", async () => {
    await openScene("go");
    expect(one("verdict-said").getAttribute("aria-live")).toBe("assertive");
    expect(one("verdict-said").textContent).toBe("");
    const header = sectionsOf("room", "hold").header;
    if (header === undefined) throw new Error("no header");
    fake.play({ header });
    await settle();
    expect(one("verdict-said").textContent).toBe("HOLD: P95 latency is above 500 ms.");
    const said = one("verdict-said").firstChild;
    fake.play({ header: { ...header, verdict: { ...header.verdict, lines: ["P95 latency for 04:13"] } } });
    await settle();
    expect(one("verdict-said").firstChild).toBe(said);
  });
});

describe("alerts", () => {
  test("A acknowledges the most urgent one that waits, then the next", async () => {
    await openScene("hold", { alerts: { ...alertsOf("hold"), alerts: [errorAlert, latencyAlert] } });
    fake.play({
      alerts: { ...alertsOf("hold"), alerts: [{ ...errorAlert, acknowledged: "MK · 07:11:00" }, latencyAlert] },
    });
    await settle();
    await animationEnds(one("deaf"));
    await press("a");
    expect(acts()).toEqual([acknowledged("p95-high")]);
    expect(one("alert").textContent).toContain("acknowledged by MK");
    await press("a");
    expect(acts()).toHaveLength(1);
  });

  test("only the most urgent one has the key and the primary button", async () => {
    await openScene("roll_back", { alerts: { ...alertsOf("hold"), alerts: [errorAlert, latencyAlert] } });
    const buttons = all("acknowledge");
    expect(buttons.map((button) => button.classList.contains("primary"))).toEqual([true, false]);
    expect(buttons.map((button) => button.querySelector("kbd")?.textContent.trim())).toEqual(["A", undefined]);
  });

  test("a note goes along, and the keyboard comes back", async () => {
    await openScene("hold");
    await click(one("alert-more"));
    one("acknowledge-note").focus();
    await click(one("acknowledge-note"));
    expect(document.activeElement).toBe(one("alert-words"));
    await typeInto("alert-words", "looking at it");
    await press("Enter");
    expect(acts()).toEqual([acknowledged("p95-high", "looking at it")]);
    expect(all("alert-form")).toHaveLength(0);
    expect(one("alert").textContent).toContain("“looking at it”");
  });

  test("more time wants a time and a reason; what is refused is said in the card", async () => {
    await openScene("hold");
    await click(one("alert-more"));
    await click(one("more-time"));
    expect(document.activeElement).toBe(one("until-field"));
    await typeInto("until-field", "07:45");
    await press("Enter");
    expect(one("alert").querySelector("[data-testid=problem]")?.textContent).toContain("Say why first");
    await typeInto("alert-words", "the fix is on its way");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "extend_deadline",
      alert: "p95-high",
      until: "07:45",
      reason: "the fix is on its way",
    });
    expect(one("deadline").textContent).toContain("07:45");
  });

  test("Esc closes what is asked in a card", async () => {
    await openScene("hold");
    await click(one("alert-more"));
    one("more-time").focus();
    await click(one("more-time"));
    await press("Escape");
    expect(all("alert-form")).toHaveLength(0);
    expect(document.activeElement).toBe(one("more-time"));
    expect(acts()).toEqual([]);
  });

  test("what follows from a stronger one is a line below it, and opens; what does not follow stands on its own", async () => {
    await openScene("hold", { alerts: { ...alertsOf("hold"), alerts: [errorAlert, latencyAlert, errorHighAlert] } });
    expect(all("alert").map(({ dataset }) => dataset.id)).toEqual(["errors-critical", "errors-high", "p95-high"]);
    const [, line] = all("alert");
    expect(line?.textContent).toContain("not acknowledged");
    expect(line?.textContent).not.toContain("Roll back in");
    expect(all("acknowledge")).toHaveLength(2);
    one("alert-unfold").focus();
    await click(one("alert-unfold"));
    expect(document.activeElement).toBe(one("alert-unfold"));
    expect(line?.textContent).toContain("Roll back in 29:28");
    await click(line?.querySelector<HTMLElement>("[data-testid=acknowledge]"));
    expect(acts()).toEqual([acknowledged("errors-high")]);
  });

  test("only the most urgent one that waits shows all that can be done; the others behind one button", async () => {
    await openScene("hold", { alerts: { ...alertsOf("hold"), alerts: [errorAlert, latencyAlert] } });
    const words = (alert: HTMLElement | undefined): string[] =>
      [...(alert?.querySelectorAll("button > span:first-child") ?? [])].map(
        (span) => span.firstChild?.textContent ?? "",
      );
    const [first, second] = all("alert");
    expect(words(first)).toEqual(["Acknowledge", "Escalate", "More"]);
    expect(words(second)).toEqual(["Acknowledge", "More"]);
    await click(second?.querySelector<HTMLElement>("[data-testid=alert-more]"));
    expect(words(second)).toEqual([
      "Acknowledge",
      "Less",
      "With a note…",
      "More time…",
      "Silence…",
      "History",
      "Escalate",
    ]);
  });

  test("what is over takes a line each, three of them at once", async () => {
    const over = [1, 2, 3, 4, 5].map((number) => ({
      ...latencyAlert,
      id: `over-${number}`,
      state: "resolved",
      since: "18:21:10 – 18:21:21",
    }));
    await openScene("go", { alerts: { ...alertsOf("go"), alerts: over } });
    expect(all("alert")).toHaveLength(3);
    expect(all("alert")[0]?.textContent).toContain("18:21:10 – 18:21:21");
    expect(one("resolved-more").textContent).toContain("and 2 more");
    await click(one("resolved-more"));
    expect(all("alert")).toHaveLength(5);
  });

  test("a new one takes no focus, pulses once, and is said where it is CRITICAL or HIGH", async () => {
    await openScene("go", { alerts: { ...alertsOf("go"), alerts: [] } });
    const field = one("note-field");
    field.focus();
    await alarm({ ...latencyAlert, severity: "medium", id: "medium" });
    expect(one("alerts-said").textContent).toBe("");
    await alarm(latencyAlert);
    expect(document.activeElement).toBe(field);
    expect(one("alerts-said").getAttribute("aria-live")).toBe("assertive");
    expect(one("alerts-said").textContent).toContain("HIGH: P95 latency > 500 ms, 612 ms");
    expect(one("alert").classList.contains("fresh")).toBe(true);
    await animationEnds(one("alert"));
    expect(one("alert").classList.contains("fresh")).toBe(false);
    await alarm({ ...latencyAlert, value: "640 ms" });
    expect(one("alert").classList.contains("fresh")).toBe(false);
    expect(one("alerts-said").textContent).not.toContain("640");
  });

  test("a second episode and a worse severity are new again; what was there on coming is not", async () => {
    await openScene("hold");
    expect(one("alert").classList.contains("fresh")).toBe(false);
    await alarm({ ...latencyAlert, state: "resolved" });
    expect(one("alerts-said").textContent).toBe("");
    await alarm(latencyAlert);
    expect(one("alert").classList.contains("fresh")).toBe(true);
    await animationEnds(one("alert"));
    await alarm({ ...latencyAlert, severity: "critical" });
    expect(one("alert").classList.contains("fresh")).toBe(true);
  });

  test("on a page without the side it is a bar, and A works there too", async () => {
    await openScene("hold");
    await press("m");
    expect(one("alert-bar").textContent).toContain("P95 latency > 500 ms");
    expect(await violations()).toEqual([]);
    await press("a");
    expect(acts()).toEqual([acknowledged("p95-high")]);
    expect(all("alert-bar")).toHaveLength(0);
  });
});

describe("deaf", () => {
  beforeEach(async () => {
    await openScene("go", { alerts: { ...alertsOf("go"), alerts: [] } });
    await alarm(latencyAlert);
  });

  test("single keys do nothing until the half second is over", async () => {
    await pressAt("a", 100);
    await pressAt("m", 400);
    await pressAt("Escape", 450);
    expect(acts()).toEqual([]);
    expect(room.page).toBeNull();
    await animationEnds(one("deaf"));
    await pressAt("a", 460);
    expect(acts()).toEqual([acknowledged("p95-high")]);
  });

  test("the end of an older half second does not end a newer one", async () => {
    const older = one("deaf");
    await alarm(errorAlert, latencyAlert);
    await animationEnds(older);
    await pressAt("a", 100);
    expect(acts()).toEqual([]);
    await animationEnds(one("deaf"));
    await pressAt("a", 200);
    expect(acts()).toEqual([acknowledged("errors-critical")]);
  });

  test("where nothing is drawn the keys' own times end it", async () => {
    await pressAt("a", 1000);
    await pressAt("a", 1499);
    expect(acts()).toEqual([]);
    await pressAt("a", 1500);
    expect(acts()).toEqual([acknowledged("p95-high")]);
  });

  test("a press of a focused button is swallowed too, words in a field and keys with Ctrl are not", async () => {
    const button = one("acknowledge");
    button.focus();
    const event = new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true });
    expect(button.dispatchEvent(event)).toBe(false);
    one("note-field").focus();
    const typed = new KeyboardEvent("keydown", { key: "a", bubbles: true, cancelable: true });
    expect(one("note-field").dispatchEvent(typed)).toBe(true);
    await press("k", { ctrlKey: true });
    one("palette");
    await press("Enter");
    expect(acts()).toEqual([]);
  });
});

describe("sound", () => {
  const started: number[] = [];

  beforeEach(() => {
    started.length = 0;
    class Node {
      frequency = { value: 0 };
      gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
      connect = (): void => undefined;
      addEventListener = (): void => undefined;
      start = (at_s: number): void => void started.push(at_s);
      stop = (): void => undefined;
    }
    vi.stubGlobal(
      "AudioContext",
      class {
        currentTime = 0;
        destination = {};
        resume = (): Promise<void> => Promise.resolve();
        close = (): Promise<void> => Promise.resolve();
        createGain = (): Node => new Node();
        createOscillator = (): Node => new Node();
      },
    );
  });

  test("two tones for each change of the number, none without, none for nought", async () => {
    await openScene("hold");
    expect(started).toHaveLength(0);
    const sound = async (number: number): Promise<void> => {
      fake.play({ alerts: { ...alertsOf("hold"), sound: number } });
      await settle();
    };
    await sound(1);
    expect(started).toHaveLength(2);
    await sound(1);
    expect(started).toHaveLength(2);
    await sound(0);
    expect(started).toHaveLength(2);
    await sound(2);
    expect(started).toHaveLength(4);
    fake.play({ screen: "start" });
    await settle();
    fake.play({ ...sectionsOf("room", "hold"), screen: "room" });
    await settle();
    expect(started).toHaveLength(4);
  });
});

describe("what the room asks", () => {
  test("is one line that says what is missing, and opens", async () => {
    await openScene("go");
    expect(one("set-up").textContent).toContain("Set up: 1 unit to confirm · desktop test not done");
    expect(all("unit-question")).toHaveLength(0);
    await click(one("set-up"));
    expect(all("unit-question")).toHaveLength(1);
    await click(one("set-up"));
    expect(all("unit-question")).toHaveLength(0);
  });

  test("stands open before the day, until an alert fires; not under somebody's hands", async () => {
    const prepare = { alerts: { ...alertsOf("go"), set_up_open: true } };
    const fire = async (): Promise<void> => {
      fake.play({ alerts: { ...alertsOf("go"), alerts: [latencyAlert] } });
      await settle();
    };
    await openScene("go", prepare);
    expect(all("unit-question")).toHaveLength(1);
    await fire();
    expect(all("unit-question")).toHaveLength(0);
    await openScene("go", prepare);
    one("unit-choice").focus();
    await fire();
    expect(document.activeElement).toBe(one("unit-choice"));
  });

  test("whether the test notification was seen", async () => {
    await openScene("go");
    await click(one("set-up"));
    await click(one("test-show"));
    expect(one("test-card").textContent).toContain("did you see it?");
    await click(one("test-unseen"));
    expect(one("test-card").textContent).toContain("not seen by MK");
    await click(one("test-show"));
    await click(one("test-seen"));
    expect(all("test-card")).toHaveLength(0);
    expect(acts()).toEqual([
      { act: "test_notification" },
      { act: "answer_test", seen: false },
      { act: "test_notification" },
      { act: "answer_test", seen: true },
    ]);
  });

  test("which unit a metric is in: what is chosen is confirmed", async () => {
    await openScene("go");
    await click(one("set-up"));
    expect(one("unit-question").textContent).toContain(unit.doubt);
    const choice = one("unit-choice") as HTMLSelectElement;
    expect(choice.value).toBe("percent");
    choice.value = "ratio";
    choice.dispatchEvent(new Event("change", { bubbles: true }));
    await click(one("unit-confirm"));
    expect(acts()).toEqual([{ act: "confirm_unit", metric: "error_rate", unit: "ratio" }]);
    expect(all("unit-question")).toHaveLength(0);
  });

  test("what is not armed stands behind one line, complaints and what is about to fire are plain", async () => {
    await openScene("roll_back", { alerts: { ...alertsOf("roll_back"), unarmed: alertsOf("hold").unarmed } });
    expect(one("complaint").textContent).toContain("Desktop alerts are off");
    expect(one("pending").textContent).toContain("1 of 2 samples");
    expect(document.body.textContent).not.toContain("no metric or probe is bound to it");
    expect(one("unarmed").textContent).toContain("2 not armed");
    await click(one("unarmed"));
    expect(document.body.textContent).toContain("no metric or probe is bound to it");
  });
});

describe("due", () => {
  test("what is urgent has its diamond, and an entry leads to its phase", async () => {
    await openScene("hold");
    const entries = all("due-entry");
    expect(entries.map((entry) => entry.querySelector("svg.finding") !== null)).toEqual([true, true, false, false]);
    await click(entries[2]?.querySelector("button"));
    expect(one("phase-title").textContent).toBe("Verification");
  });
});

describe("on a narrow window", () => {
  test("the side opens for an alert, stays shut once closed, and opens for the next one", async () => {
    setNarrow(true);
    await openScene("go", { alerts: { ...alertsOf("go"), alerts: [] } });
    expect(all("alert")).toHaveLength(0);
    await alarm(latencyAlert);
    await animationEnds(one("deaf"));
    expect(one("alert").textContent).toContain("P95 latency");
    await press("\\");
    expect(all("alert")).toHaveLength(0);
    await alarm({ ...latencyAlert, value: "640 ms" });
    expect(all("alert")).toHaveLength(0);
    await alarm(errorAlert, latencyAlert);
    await animationEnds(one("deaf"));
    expect(all("alert")).toHaveLength(2);
    await press("Escape");
    expect(all("alert")).toHaveLength(0);
  });

  test("the side that an alert opened goes when somebody took notice", async () => {
    setNarrow(true);
    await openScene("hold");
    one("alert");
    await press("a");
    expect(acts()).toEqual([acknowledged("p95-high")]);
    expect(all("alert")).toHaveLength(0);
    await press("\\");
    expect(one("alert").textContent).toContain("acknowledged by MK");
  });
});

test("the palette begins with what is most urgent and ends with the way back, which nobody chose beforehand", async () => {
  await openScene("hold");
  await press("k", { ctrlKey: true });
  const options = [...document.querySelectorAll<HTMLElement>("[role=option]")];
  expect(options[0]?.textContent).toContain("Acknowledge");
  expect(options[0]?.getAttribute("aria-selected")).toBe("true");
  expect(options[1]?.textContent).toContain("Pass the gate…");
  expect(options.at(-1)?.textContent).toContain("Roll back…");
  const field = document.activeElement as HTMLInputElement;
  field.value = "roll back…";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await settle();
  expect(document.querySelectorAll("[role=option]")).toHaveLength(1);
  expect(document.querySelectorAll("[aria-selected=true]")).toHaveLength(0);
  await press("Enter");
  one("palette");
  await press("ArrowDown");
  await press("Enter");
  one("roll-back-dialog");
  expect(acts()).toEqual([]);
});
