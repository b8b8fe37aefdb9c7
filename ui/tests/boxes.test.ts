// What is done to boxes: by key, by mouse, in the row; and that nothing looks done before Rust says so.
import { describe, expect, test } from "vitest";
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

function mark(row: HTMLElement): HTMLElement {
  const found = row.querySelector<HTMLElement>("[data-testid=mark]");
  if (found === null) throw new Error("a box without a mark");
  return found;
}

async function focusBox(words: string): Promise<string> {
  box(words).focus();
  await settle();
  return box(words).dataset.id ?? "";
}

async function look(phase: string): Promise<void> {
  room.look(phase);
  await settle();
}

/** The problem that stands in the row with these words. */
function problemIn(words: string): string {
  return box(words).querySelector("[data-testid=problem]")?.textContent ?? "";
}

describe("ticking", () => {
  test("Space states the box that has the keyboard; who and when stand at its right", async () => {
    await open("room");
    const item = await focusBox("Deployment begun");
    await press(" ");
    expect(acts()).toEqual([{ act: "state", item, saw: "" }]);
    const row = box("Deployment begun");
    expect(row.dataset.state).toBe("stated");
    expect(mark(row).getAttribute("aria-checked")).toBe("true");
    expect(row.querySelector("[data-testid=by]")?.textContent).toMatch(/^mira · \d\d:\d\d:\d\d$/);
    expect(document.activeElement).toBe(row);
  });

  test("nothing looks done before the view says so, and the same key is not asked twice", async () => {
    await open("room");
    await focusBox("Deployment begun");
    fake.hold();
    await press(" ");
    await press(" ");
    expect(acts()).toHaveLength(1);
    const row = box("Deployment begun");
    expect(row.dataset.state).toBe("open");
    expect(mark(row).getAttribute("aria-checked")).toBe("false");
    expect(row.getAttribute("aria-busy")).toBe("true");
    fake.letGo();
    await settle();
    expect(box("Deployment begun").dataset.state).toBe("stated");
    expect(box("Deployment begun").getAttribute("aria-busy")).toBe("false");
  });

  test("a click on the mark does the same, and a second one takes it back", async () => {
    await open("room");
    const item = box("Deployment begun").dataset.id ?? "";
    await click(mark(box("Deployment begun")));
    await click(mark(box("Deployment begun")));
    expect(acts()).toEqual([
      { act: "state", item, saw: "" },
      { act: "undo", item },
    ]);
    expect(box("Deployment begun").dataset.state).toBe("open");
  });

  test("without a box that has the keyboard Space does nothing, and a held key does it once", async () => {
    await open("room");
    await focusBox("Deployment begun");
    document.querySelector<HTMLElement>("h1")?.focus();
    await press(" ");
    expect(acts()).toEqual([]);
    await focusBox("Deployment begun");
    await press(" ", { repeat: true });
    expect(acts()).toEqual([]);
  });

  test("marks are controls that say their state; what is claimed or settled otherwise is never checked", async () => {
    await open("room");
    await look("readiness");
    for (const row of all("row-item")) {
      expect(row.dataset.state).toBe("claimed");
      expect(mark(row).getAttribute("role")).toBe("checkbox");
      expect(mark(row).getAttribute("aria-checked")).toBe("mixed");
      expect(mark(row).getAttribute("aria-label")).toContain("not confirmed");
    }
    await look("pre-deployment");
    for (const key of ["O", "X", "D"]) {
      await press("j");
      await shift(key);
      await typeInto("reason-field", "for a reason");
      await press("Enter");
    }
    const states = all("row-item").map((row) => [row.dataset.state, mark(row).getAttribute("aria-checked")]);
    expect(states.slice(0, 3)).toEqual([
      ["overridden", "mixed"],
      ["not_applicable", "mixed"],
      ["deferred", "mixed"],
    ]);
    expect(await violations()).toEqual([]);
  });
});

describe("what was seen", () => {
  test("a check with a limit asks in its row; Enter records, and the row has the keyboard again", async () => {
    await open("room");
    const item = await focusBox("Error rate");
    await press(" ");
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(one("saw-field"));
    expect(box("Error rate").textContent).toContain("Error rate < 1 %");
    expect(await violations()).toEqual([]);
    // Letters belong to the field.
    await press("m");
    expect(room.page).toBeNull();
    await type("0.4 %");
    await press("Enter");
    expect(acts()).toEqual([{ act: "state", item, saw: "0.4 %" }]);
    expect(all("saw-field")).toHaveLength(0);
    expect(box("Error rate").textContent).toContain("0.4 %");
    expect(document.activeElement).toBe(box("Error rate"));
  });

  test("asked by a click on the mark, the field has the keyboard too", async () => {
    await open("room");
    await click(mark(box("Error rate")));
    expect(document.activeElement).toBe(one("saw-field"));
  });

  test("Esc closes the question and leaves everything as it was", async () => {
    await open("room");
    await focusBox("Error rate");
    await press(" ");
    await type("0.4 %");
    await press("Escape");
    expect(acts()).toEqual([]);
    expect(all("saw-field")).toHaveLength(0);
    expect(document.activeElement).toBe(box("Error rate"));
    expect(room.page).toBeNull();
  });

  test("a refusal stands in the row with what was typed, and nowhere else", async () => {
    await open("room");
    await focusBox("Error rate");
    await press(" ");
    await press("Enter");
    const said = "say what you saw";
    expect(problemIn("Error rate")).toContain(said);
    // Rust remembers it too; it is not said a second time above the page.
    fake.play({
      problems: [
        {
          code: "refused",
          message: room.boxes.problemOf(box("Error rate").dataset.id ?? "")?.message ?? "",
          detail: null,
        },
      ],
    });
    await settle();
    expect(all("problem")).toHaveLength(1);
    expect(await violations()).toEqual([]);
    await typeInto("saw-field", "0.4 %");
    await press("Enter");
    expect(all("problem")).toHaveLength(0);
    expect(box("Error rate").dataset.state).toBe("stated");
  });

  test("a refusal is put away by its button or by Esc", async () => {
    await open("room", { problems: [] });
    await focusBox("Deployment begun");
    await press("z", { ctrlKey: true });
    expect(one("problem").textContent).toContain("nothing to take back");
    expect(one("problem").closest("[data-testid=row-item]")).toBeNull();
    await shift("O");
    await press("Enter");
    expect(problemIn("Deployment begun")).toContain("Say why first");
    await press("Escape");
    expect(problemIn("Deployment begun")).toBe("");
  });
});

describe("other ways to settle", () => {
  test("Shift D asks until when and why; the box returns there, at the top", async () => {
    await open("room");
    await look("pre-deployment");
    const item = await focusBox("Logs stream");
    await shift("D");
    const until = one("defer-to") as HTMLSelectElement;
    expect(document.activeElement).toBe(until);
    expect([...until.options].map(({ textContent }) => textContent)).not.toContain("Pre-deployment");
    until.value = "verification";
    until.dispatchEvent(new Event("change", { bubbles: true }));
    await typeInto("reason-field", "no time");
    await press("Enter");
    expect(acts()).toEqual([{ act: "defer", item, to: "verification", reason: "no time" }]);
    expect(box("Logs stream").textContent).toContain("Deferred to Verification: no time");
    await look("verification");
    expect(one("returned").textContent).toContain("Deferred to here");
    expect(all("row-item")[0]?.dataset.id).toBe(item);
    await press("j");
    expect(document.activeElement).toBe(all("row-item")[0]);
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "state", item, saw: "" });
  });

  test.each([
    ["O", "override", "Overridden", "overridden"],
    ["X", "not_applicable", "Not applicable", "not_applicable"],
  ] as const)("Shift %s wants a reason", async (key, act, words, state) => {
    await open("room");
    const item = await focusBox("Deployment begun");
    await shift(key);
    expect(document.activeElement).toBe(one("reason-field"));
    await press("Enter");
    expect(problemIn("Deployment begun")).toContain("Say why first");
    await typeInto("reason-field", "we know it");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act, item, reason: "we know it" });
    expect(box("Deployment begun").dataset.state).toBe(state);
    expect(box("Deployment begun").textContent).toContain(words);
    expect(box("Deployment begun").textContent).toContain("we know it");
  });

  test("by mouse the same ways stand behind one button", async () => {
    await open("room");
    const more = box("Deployment begun").querySelector<HTMLElement>("[aria-expanded]");
    await click(more);
    expect(more?.getAttribute("aria-expanded")).toBe("true");
    expect(await violations()).toEqual([]);
    await click(
      [...box("Deployment begun").querySelectorAll("button")].find(({ textContent }) =>
        textContent.includes("Override"),
      ),
    );
    expect(document.activeElement).toBe(one("reason-field"));
  });

  test("only one row asks at a time, and another phase closes it", async () => {
    await open("room");
    await focusBox("Deployment begun");
    await shift("O");
    await focusBox("Error rate");
    await press(" ");
    expect(all("reason-field")).toHaveLength(0);
    one("saw-field");
    await look("verification");
    expect(all("saw-field")).toHaveLength(0);
  });
});

test("a phase that is chosen again is begun at its top", async () => {
  await open("room");
  await look("readiness");
  await press("j");
  await press("j");
  await look("readiness");
  await press("j");
  expect(document.activeElement?.closest("[data-testid=row-item]")).toBe(all("row-item")[0]);
});

describe("claims", () => {
  test("Space confirms one, Shift Space all of the phase", async () => {
    await open("room");
    await look("readiness");
    expect(one("confirm-phase").textContent).toContain("Confirm 9 claims");
    await press("j");
    const item = all("row-item")[0]?.dataset.id ?? "";
    await press(" ");
    expect(acts()).toEqual([{ act: "confirm", item }]);
    expect(one("confirm-phase").textContent).toContain("Confirm 8 claims");
    await press(" ", { shiftKey: true });
    expect(acts().at(-1)).toEqual({ act: "confirm_phase", phase: "readiness" });
    expect(all("confirm-phase")).toHaveLength(0);
    const entry = all("phase-entry").find(({ dataset }) => dataset.id === "readiness");
    expect(entry?.textContent).toContain("9/9");
    expect(entry?.querySelector(".done")).not.toBeNull();
  });

  test("what is settled otherwise does not make a phase look done", async () => {
    await open("room");
    await look("go-live");
    for (let step = 0; step < 5; step += 1) {
      await press("j");
      if (step > 0) await press(" ");
    }
    box("All checks passed").focus();
    await shift("O");
    await typeInto("reason-field", "we know it");
    await press("Enter");
    const entry = all("phase-entry").find(({ dataset }) => dataset.id === "go-live");
    expect(entry?.textContent).toContain("4/5");
    expect(entry?.querySelector(".done")).toBeNull();
    expect(entry?.classList.contains("settled")).toBe(true);
  });
});

test("Ctrl Z takes the room's last act back, but in a field it is the field's", async () => {
  await open("room");
  await focusBox("Deployment begun");
  await press(" ");
  await press("z", { ctrlKey: true });
  expect(acts().at(-1)).toEqual({ act: "undo", item: "" });
  expect(box("Deployment begun").dataset.state).toBe("open");
  const before = acts().length;
  await press("n");
  await press("z", { ctrlKey: true });
  expect(acts()).toHaveLength(before);
});

describe("on a narrow window", () => {
  test("what is done folds once the keyboard has left it, and D shows it", async () => {
    setNarrow(true);
    await open("room");
    await look("pre-deployment");
    await press("j");
    await press(" ");
    expect(document.activeElement?.textContent).toContain("Everybody is here");
    await press("j");
    await press(" ");
    await press("j");
    expect(document.activeElement?.textContent).toContain("Dashboards open");
    expect(all("row-item").map((row) => row.querySelector(".words")?.textContent)).toEqual([
      "Dashboards open",
      "Logs stream",
      "Channel active",
      "The system is healthy now",
    ]);
    expect(one("fold").textContent).toContain("2 more are done");
    expect(await violations()).toEqual([]);
    await press("d");
    expect(all("row-item")).toHaveLength(6);
    expect(document.activeElement?.textContent).toContain("Dashboards open");
    await press("d");
    expect(all("row-item")).toHaveLength(4);
    // What is folded is not met by K either: it leads on to the phase before.
    await press("k");
    expect(one("phase-title").textContent).toBe("24 hours before");
  });

  test("on a wide one everything stays where it is", async () => {
    await open("room");
    await look("pre-deployment");
    await press("j");
    await press(" ");
    await press("j");
    expect(all("row-item")).toHaveLength(6);
    expect(all("fold")).toHaveLength(0);
  });
});

describe("evidence", () => {
  test("words, a web address and a file's digest stand at the box, with who and when", async () => {
    await open("room");
    await press("j");
    const row = document.activeElement as HTMLElement;
    const id = row.dataset.id ?? "";
    room.askInRow(id, "evidence");
    await settle();
    await typeInto("reason-field", "ftp://x");
    await press("Enter");
    expect(row.textContent).toContain("Only web addresses are attached");
    await typeInto("reason-field", "https://grafana.example/d/1");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "add_evidence", item: id, text: "https://grafana.example/d/1" });
    const evidence = row.querySelector<HTMLElement>("[data-testid=evidence]");
    expect(evidence?.querySelector("button")?.textContent).toBe("https://grafana.example/d/1");
    expect(evidence?.textContent).toContain("07:11:12");
    await fake.act({ kind: "attach_file", item: id });
    await settle();
    expect(evidence?.textContent).toContain("nodes.txt · 812 B");
    expect(evidence?.textContent).toContain("SHA-256 9f86d081884c");
    expect(await violations()).toEqual([]);
  });
});
