// The way back: the deliberate key, the steps, the marks, who knows, and its end.
import { beforeEach, describe, expect, test } from "vitest";
import type { Update } from "../src/ipc";
import { sectionsOf } from "../src/ipc/fake";
import { setNarrow } from "./setup";
import {
  acts,
  all,
  box,
  click,
  fake,
  one,
  open,
  press,
  room,
  settle,
  shift,
  type,
  typeInto,
  violations,
} from "./window";

type Section = Partial<Update>;

async function ctrlEnter(more: KeyboardEventInit = {}): Promise<void> {
  await press("Enter", { ctrlKey: true, ...more });
}

function wayBack(more: object): Section {
  const view = sectionsOf("room", "roll_back").way_back;
  if (view === undefined) throw new Error("no way back");
  return { way_back: { ...view, ...more } };
}

function step(text: string): HTMLElement {
  const found = all("step").find((one) => one.textContent.includes(text));
  if (found === undefined) throw new Error(`no step “${text}”`);
  return found;
}

describe("accessible", () => {
  test.each(["roll_back", "rolling_back", "rolled_back"] as const)("%s, wide and narrow", async (scene) => {
    for (const narrow of [false, true]) {
      setNarrow(narrow);
      await open("room", {}, scene);
      await press("r");
      if (narrow) await press("\\");
      expect(await violations()).toEqual([]);
    }
  });

  test.each([
    ["roll_back", "R", "roll-back-dialog"],
    ["rolling_back", "S", "stand-down-dialog"],
  ] as const)("the dialogs of %s", async (scene, key, testid) => {
    await open("room", {}, scene);
    await shift(key);
    one(testid);
    expect(await violations()).toEqual([]);
  });
});

describe("the deliberate key", () => {
  beforeEach(() => open("room", {}, "roll_back"));

  test("Shift R alone does nothing: it asks why, and proposes what fires and the way that fits", async () => {
    await shift("R");
    expect(acts()).toEqual([]);
    const dialog = one("roll-back-dialog");
    expect(document.activeElement).toBe(dialog);
    const criterion = one("roll-back-criterion") as HTMLSelectElement;
    expect(criterion.selectedOptions[0]?.textContent).toContain("Error rate > 10 %");
    expect((one("roll-back-reason") as HTMLInputElement).value).toBe("error rate 12.4 % > 10 % since 07:21:10");
    expect(all("roll-back-way").map((way) => (way as HTMLInputElement).checked)).toEqual([true, false, false]);
    expect(dialog.textContent).toContain("While the canary runs");
    expect(dialog.textContent).toContain("stops all service");
    expect(dialog.textContent).toContain("15:00");
  });

  test("no other single key decides, neither does one that is held down", async () => {
    await shift("R");
    for (const key of ["Enter", " ", "r", "R", "y"]) await press(key);
    await shift("R");
    await ctrlEnter({ repeat: true });
    one("roll-back-reason").focus();
    await press("Enter");
    one("roll-back-send").focus();
    await press("Enter", { repeat: true });
    expect(acts()).toEqual([]);
    one("roll-back-dialog");
    await press("Escape");
    expect(all("roll-back-dialog")).toHaveLength(0);
    expect(acts()).toEqual([]);
  });

  test("Ctrl Enter records criterion, reason and way, and leads to the page with its clock", async () => {
    const criterion = room.wayBack?.criterion;
    await shift("R");
    await ctrlEnter();
    expect(acts()).toEqual([
      { act: "roll_back", criterion, reason: "error rate 12.4 % > 10 % since 07:21:10", way: 1 },
    ]);
    expect(all("roll-back-dialog")).toHaveLength(0);
    expect(room.page).toBe("rollback");
    expect(document.activeElement).toBe(step("rollout undo"));
    expect(one("took").textContent).toContain("04:12");
    expect(one("verdict").dataset.verdict).toBe("rolling_back");
    expect(document.querySelector(".frame")?.classList.contains("rollingBack")).toBe(true);
    expect(all("roll-back")).toHaveLength(0);
    one("stand-down");
  });

  test("what is proposed does not change under the finger", async () => {
    await shift("R");
    fake.play(wayBack({ criterion: "", reason: "something else", way: 3 }));
    await settle();
    await ctrlEnter();
    expect(acts()[0]).toMatchObject({ reason: "error rate 12.4 % > 10 % since 07:21:10", way: 1 });
  });

  test("the words that are proposed speak of no other criterion; without one they are needed", async () => {
    await shift("R");
    const criterion = one("roll-back-criterion") as HTMLSelectElement;
    criterion.value = "";
    criterion.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();
    expect((one("roll-back-reason") as HTMLInputElement).value).toBe("");
    expect((one("roll-back-send") as HTMLButtonElement).disabled).toBe(true);
    await ctrlEnter();
    expect(acts()).toEqual([]);
    await typeInto("roll-back-reason", "customers call");
    await click(all("roll-back-way")[1]);
    await ctrlEnter();
    expect(acts()).toEqual([{ act: "roll_back", criterion: "", reason: "customers call", way: 2 }]);
  });

  test("where none can begin the button is shut, and the key says why", async () => {
    fake.play(wayBack({ cannot_start: "The room is closed." }));
    await settle();
    expect((one("roll-back") as HTMLButtonElement).disabled).toBe(true);
    await shift("R");
    expect(one("roll-back-dialog").textContent).toContain("The room is closed.");
    await ctrlEnter();
    expect(acts()).toEqual([]);
  });

  test("it is in reach from every page, and last in the palette, chosen by nobody beforehand", async () => {
    for (const page of ["r", "m", "e", "q", "b", "l"]) {
      await press(page);
      one("roll-back");
    }
    await press("k", { ctrlKey: true });
    const options = [...document.querySelectorAll<HTMLElement>("[role=option]")];
    expect(options.at(-1)?.textContent).toContain("Roll back…");
    expect(options.at(-1)?.getAttribute("aria-selected")).toBe("false");
  });

  test("before it runs the page is the plan: steps are there to copy, none to state", async () => {
    await press("r");
    expect(all("step")).toHaveLength(5);
    expect(all("step-went")).toHaveLength(0);
    expect(all("declare")).toHaveLength(0);
    await click(one("page-roll-back"));
    one("roll-back-dialog");
  });
});

describe("while it runs", () => {
  beforeEach(async () => {
    await open("room", {}, "rolling_back");
    await press("r");
  });

  test("the clock stands against the limit", () => {
    expect(one("took").textContent).toContain("of 15:00 · limit at 07:36:40");
    expect(one("took").textContent).toContain("1 of 5 marks true");
  });

  test("J leads to the steps and marks; Space asks how a step went, Enter says that it worked", async () => {
    await press("j");
    expect(document.activeElement).toBe(step("rollout undo"));
    // It worked already: Space goes on and takes nothing back, which its button does.
    await press(" ");
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(box("The old version answers"));
    await press("k");
    await click(step("rollout undo").querySelector<HTMLElement>("[data-testid=step-undo]"));
    expect(acts()).toEqual([{ act: "undo", item: step("rollout undo").dataset.id }]);
    expect(step("rollout undo").dataset.state).toBe("open");
    step("rollout undo").focus();
    await press(" ");
    expect(document.activeElement).toBe(one("step-result"));
    await type("rolled back");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "state_step",
      step: step("rollout undo").dataset.id,
      worked: true,
      result: "rolled back",
    });
    expect(step("rollout undo").textContent).toContain("rolled back");
    expect(document.activeElement).toBe(box("The old version answers"));
  });

  test("Space goes to what is next where none is at hand, and scrolls nothing away", async () => {
    one("page-title").focus();
    await press(" ");
    expect(document.activeElement).toBe(step("rollout undo"));
  });

  test("what failed needs words; a refusal stands at the step; Esc leaves it as it was", async () => {
    const id = step("get pods").dataset.id;
    step("get pods").focus();
    await press(" ");
    await press("Enter", { shiftKey: true });
    expect(step("get pods").querySelector("[data-testid=problem]")?.textContent).toContain("Say what was seen");
    await type("two pods pending");
    await press("Enter", { shiftKey: true });
    expect(acts().at(-1)).toEqual({ act: "state_step", step: id, worked: false, result: "two pods pending" });
    expect(step("get pods").dataset.state).toBe("failed");
    step("curl").focus();
    await press(" ");
    await press("Escape");
    expect(all("step-form")).toHaveLength(0);
    expect(document.activeElement).toBe(step("curl"));
  });

  test("Y copies the command of the step", async () => {
    step("get pods").focus();
    await press("y");
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "command", id: step("get pods").dataset.id } });
  });

  test("another way says what it costs before it is picked, and wants a reason", async () => {
    expect(one("warning").textContent).toContain("stops all service");
    await press("@", { shiftKey: true, code: "Digit2" });
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(one("way-reason"));
    await press("Enter");
    expect(one("way-form").closest("[data-testid=way]")?.textContent).toContain("Say why first");
    await type("the undo did not come through");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "choose_way", way: 2, reason: "the undo did not come through" });
    expect(all("way").map(({ dataset }) => dataset.state)).toEqual(["left", "chosen", "left"]);
    expect(document.activeElement).toBe(step("scale deployment"));
  });

  test("a mark that only a person can say asks for a sentence; one that is seen is no control", async () => {
    const data = box("No data lost");
    data.focus();
    await press(" ");
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(one("saw-field"));
    expect(data.textContent).toContain("write how you know");
    await press("Enter");
    expect(box("No data lost").querySelector("[data-testid=problem]")).not.toBeNull();
    await type("row counts of three tables");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "state", item: data.dataset.id, saw: "row counts of three tables" });
    expect(box("Error rate normal").querySelector("[role=checkbox]")).toBeNull();
    expect(box("Error rate normal").textContent).toContain("must stay below 0.1 % for 02:00");
  });

  test("who must be told is told by hand: told, then answered", async () => {
    const manager = (): HTMLElement => {
      const found = all("told").find(({ dataset }) => dataset.id === "contact-2");
      if (found === undefined) throw new Error("no manager");
      return found;
    };
    expect(manager().dataset.state).toBe("open");
    await click(manager().querySelector<HTMLElement>("[data-testid=tell]"));
    expect(document.activeElement).toBe(one("tell-words"));
    await type("by phone");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "tell", whom: "contact-2", answered: false, words: "by phone" });
    expect(manager().dataset.state).toBe("told");
    expect(manager().contains(document.activeElement)).toBe(true);
    (document.activeElement as HTMLElement).click();
    await settle();
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "tell", whom: "contact-2", answered: true, words: "" });
    expect(manager().dataset.state).toBe("answered");
  });

  test("it cannot be declared while a mark is open, and says which", async () => {
    const button = one("declare") as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    const why = document.getElementById(button.getAttribute("aria-describedby") ?? "");
    expect(why?.textContent).toContain("4 of 5 marks are open: Error rate normal");
    await ctrlEnter();
    expect(all("declare-dialog")).toHaveLength(0);
    expect(acts()).toEqual([]);
  });

  test("declaring is a second step too", async () => {
    const view = sectionsOf("room", "rolling_back").way_back;
    if (view === undefined) throw new Error("no way back");
    fake.play({ way_back: { ...view, cannot_declare: "" } });
    await settle();
    await ctrlEnter();
    expect(acts()).toEqual([]);
    expect(one("declare-dialog").textContent).toContain("Not told yet: Manager, #deployments, Customers");
    await ctrlEnter({ repeat: true });
    expect(acts()).toEqual([]);
    await ctrlEnter();
    expect(acts()).toEqual([{ act: "declare_rolled_back" }]);
  });

  test("Shift S stands down, with a reason and a second step", async () => {
    await shift("S");
    expect(document.activeElement).toBe(one("stand-down-reason"));
    await ctrlEnter();
    await press("Enter");
    expect(acts()).toEqual([]);
    await type("the errors came from the load test");
    await ctrlEnter();
    expect(acts()).toEqual([{ act: "stand_down", reason: "the errors came from the load test" }]);
    expect(all("took")).toHaveLength(0);
    one("roll-back");
  });

  test("the criteria keep when they were true; what only asks to look is not listed", () => {
    const criteria = all("criterion").map(({ textContent }) => textContent);
    expect(criteria[0]).toContain("Error rate > 10 %");
    expect(criteria[0]).toContain("12.4 %");
    expect(criteria.join()).toContain("was 07:06:55 – 07:24:38");
    expect(document.querySelector("aside")?.textContent).toContain("4 MEDIUM not listed");
  });
});

test("when it is done the page says so and offers nothing more", async () => {
  await open("room", {}, "rolled_back");
  await press("r");
  expect(one("page-title").textContent.trim()).toBe("Rolled back");
  expect(one("verdict").dataset.verdict).toBe("rolled_back");
  for (const testid of ["declare", "stand-down", "roll-back", "step-went", "take-way", "tell"])
    expect(all(testid), testid).toHaveLength(0);
});

describe("before and after the day", () => {
  test("the plan says why a way is proposed, what each leaves behind, and whether it was rehearsed", async () => {
    await open("room", {}, "unwatched");
    await press("r");
    expect(one("rehearsed").textContent).toContain("never rehearsed");
    expect(one("rehearsed").textContent).toContain("way 1 serves");
    expect(all("leaves").map(({ textContent }) => textContent)[1]).toContain("TTL");
    expect(await violations()).toEqual([]);
  });

  test("a rehearsal has the same clock and marks, and says that it is one", async () => {
    await open("room", {}, "unwatched");
    await press("r");
    await click(one("rehearse"));
    expect(acts().at(-1)).toEqual({ act: "rehearse", way: 1 });
    expect(one("page-title").textContent).toContain("Rehearsal of the rollback");
    expect(one("declare").textContent).toContain("The rehearsal is over");
    await shift("S");
    expect(one("stand-down-dialog").textContent).toContain("Give the rehearsal up");
    expect(await violations()).toEqual([]);
  });

  test("on the day nothing can be rehearsed", async () => {
    await open("room", {}, "hold");
    await press("r");
    expect(all("rehearse")).toHaveLength(0);
  });

  test("the best rehearsal is marked against the limit", async () => {
    await open("room", {}, "rolling_back");
    await press("r");
    expect(one("took").textContent).toContain("best rehearsal 06:40");
    expect(one("best-rehearsal").style.getPropertyValue("--best")).toBe("44%");
  });

  test("after a rollback a new attempt wants a T0, a reason and Ctrl Enter", async () => {
    await open("room", {}, "rolled_back");
    await press("r");
    await click(one("new-attempt"));
    expect(document.activeElement).toBe(one("new-attempt-start"));
    expect((one("new-attempt-send") as HTMLButtonElement).disabled).toBe(true);
    expect(await violations()).toEqual([]);
    await typeInto("new-attempt-start", "13:00");
    await typeInto("new-attempt-reason", "the fix is in");
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)).toEqual({ act: "begin_attempt", start: "13:00", reason: "the fix is in" });
    expect(all("new-attempt-dialog")).toHaveLength(0);
  });
});
