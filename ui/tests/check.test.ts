// The check over the fake: its keys, its folds, its focus, and the ways to a line and back.
import { describe, expect, test } from "vitest";
import { rows } from "./rows";
import { scrollTo, sightOf, ROW } from "../src/components/check/rows";
import { check, found } from "../src/ipc/fake/check";
import { SourceBook } from "../src/room/source.svelte";
import type { SourcePageView, SourceQuery } from "../src/ipc";
import { setNarrow } from "./setup";
import { all, box, click, fake, one, open, press, room, settle, violations } from "./window";

/** Opens the check before there is a room. */
async function openCheck(): Promise<void> {
  await open("opening");
  await click(one("show-check"));
}

function focusedFinding(): string | undefined {
  const focused = document.activeElement as HTMLElement | null;
  return focused?.dataset.testid === "finding" ? focused.dataset.code : undefined;
}

const marked = (): HTMLElement | undefined =>
  all("source-row").find((row) => row.ariaSelected === "true" || row.getAttribute("aria-selected") === "true");

describe("before there is a room", () => {
  test("it is accessible, also as a small window with its drawer", async () => {
    await openCheck();
    expect(await violations()).toEqual([]);
    setNarrow(true);
    await openCheck();
    expect(all("read-kind")).toEqual([]);
    await press("\\");
    expect(all("read-kind").length).toBe(check.kinds.length);
    expect(await violations()).toEqual([]);
  });

  test("R leads to the first finding, whose line is marked; arrows go on, Enter goes to the line", async () => {
    await open("opening");
    document.querySelector<HTMLElement>("h1")?.focus();
    await press("r");
    expect(focusedFinding()).toBe("CMD-02");
    expect(marked()?.dataset.number).toBe("135");
    await press("ArrowDown");
    expect(focusedFinding()).toBe("CMD-04");
    expect(marked()?.dataset.number).toBe("183");
    expect(one("line-words").textContent).toContain("Command · Option B of 2");
    await press("ArrowUp");
    await press("ArrowUp");
    expect(focusedFinding()).toBe("CMD-02");
    // A browser presses the focused button on Enter.
    await click(document.activeElement as HTMLElement);
    expect(document.activeElement).toBe(one("source"));
    await press("ArrowDown");
    expect(marked()?.dataset.number).toBe("136");
  });

  test("a finding about the settings marks no line", async () => {
    await openCheck();
    await click(all("finding").find(({ dataset }) => dataset.code === "SET-01"));
    expect(document.activeElement).not.toBe(one("source"));
  });

  test("C copies the report and says so", async () => {
    await openCheck();
    await press("c");
    expect(fake.asked.at(-1)).toEqual({ kind: "copy_report" });
    expect(one("copy-report").textContent).toContain("Copied");
  });

  test("O asks when T0 is, D rehearses, Esc leads back to where one came from", async () => {
    await openCheck();
    await press("Escape");
    expect(document.activeElement).toBe(one("show-check"));
    await click(one("show-check"));
    await press("o");
    expect(document.activeElement).toBe(one("start-field"));
    await click(one("show-check"));
    await press("d");
    expect(fake.asked.at(-1)).toMatchObject({ kind: "start_drill", over: "opening" });
  });

  test("its lines lead nowhere", async () => {
    await openCheck();
    room.checking.goToLine(204);
    await settle();
    expect(one("line-words").textContent).toContain("Gate · 50 % · hold 10:00 · 3 conditions");
    expect(all("go-to-goal")).toEqual([]);
  });
});

describe("folds", () => {
  test("what nothing was made of is folded; a press unfolds it, and it folds again", async () => {
    await openCheck();
    const fold = (): HTMLElement | undefined => all("source-row").find(({ dataset }) => dataset.number === "137");
    expect(fold()?.textContent).toContain("33 lines · 137 – 169");
    await click(fold());
    expect(fold()?.dataset.kind).toBe("line");
    expect(document.activeElement).toBe(one("source"));
    await press("ArrowDown");
    expect(marked()?.dataset.number).toBe("138");
    await press("Enter");
    expect(fold()?.dataset.kind).toBe("fold");
    expect(marked()).toBe(fold());
    await press("Enter");
    expect(fold()?.dataset.kind).toBe("line");
  });

  test("a line that is asked for is never folded away", async () => {
    await openCheck();
    room.checking.goToLine(300);
    await settle();
    expect(room.checking.source.markedLine?.line).toBe(300);
  });

  test("what was read, kind by kind, leads to its line", async () => {
    await openCheck();
    await click(all("read-line").find(({ dataset }) => dataset.number === "337"));
    expect(document.activeElement).toBe(one("source"));
    expect(room.checking.source.markedLine?.line).toBe(337);
  });
});

describe("in a room", () => {
  test("from a box to its line by key, and back to the box", async () => {
    await open("room");
    const gate = box("50 % of the traffic (three pods)");
    gate.focus();
    const line = gate.dataset.line;
    await press("i");
    expect(document.activeElement).toBe(one("source"));
    expect(String(room.checking.source.markedLine?.line)).toBe(line);
    expect(await violations()).toEqual([]);
    await press("Escape");
    expect(document.activeElement).toBe(box("50 % of the traffic (three pods)"));
  });

  test("from a line to its check in another phase", async () => {
    await open("room");
    room.look("readiness");
    await settle();
    room.checking.enter(204, { on: "title" });
    await settle();
    await click(one("go-to-goal"));
    expect(fake.asked.at(-1)).toEqual({ kind: "look", phase: "deployment" });
    expect(document.activeElement).toBe(box("50 % of the traffic (three pods)"));
    room.checking.enter(204, { on: "title" });
    await settle();
    await press("Enter");
    expect(document.activeElement).toBe(box("50 % of the traffic (three pods)"));
  });

  test("the number of a line leads to it, and Esc back to the number", async () => {
    await open("room");
    room.showPage("written");
    await settle();
    const link = all("line-link").find((element) => element.closest("[data-testid=row-item]") === null);
    const line = link?.dataset.line;
    await click(link);
    expect(String(room.checking.source.markedLine?.line)).toBe(line);
    await press("Escape");
    expect(room.page).toBe("written");
    expect((document.activeElement as HTMLElement).dataset.line).toBe(line);
  });

  test("the other ways to settle a box, and the palette, lead there too", async () => {
    await open("room");
    box("50 % of the traffic (three pods)").focus();
    room.askInRow(box("50 % of the traffic (three pods)").dataset.id ?? "", "more");
    await settle();
    await click(one("show-line"));
    expect(room.page).toBe("check");
    await press("Escape");
    await press("k", { ctrlKey: true });
    expect(one("palette").textContent).toContain("Show its line");
    expect(one("palette").textContent).toContain("How it was read");
  });

  test("a checklist that was read anew is shown as it is now", async () => {
    await open("room");
    room.checking.enter(0, { on: "title" });
    await settle();
    const before = fake.sourceQueries.length;
    const groups = check.groups.slice(0, 1).map((group) => ({ ...group, findings: group.findings.slice(0, 1) }));
    fake.play({ check: { ...check, groups } });
    await settle();
    expect(all("finding").length).toBe(1);
    expect(fake.sourceQueries.length).toBeGreaterThan(before);
    expect(found.length).toBeGreaterThan(1);
  });
});

describe("a long source", () => {
  const TOTAL = 3_000_000;

  function long(): { book: SourceBook; asked: SourceQuery[] } {
    const asked: SourceQuery[] = [];
    const pull = (query: SourceQuery): Promise<SourcePageView> => {
      asked.push(query);
      return Promise.resolve(rows(query, TOTAL));
    };
    return { book: new SourceBook(pull), asked };
  }

  test("only what is in sight is drawn, to its very end", () => {
    for (const [at, top] of [
      [0, 0],
      [TOTAL - 1, Number.MAX_SAFE_INTEGER],
    ] as const) {
      const height = sightOf(TOTAL, 600, 0).height;
      const sight = sightOf(TOTAL, 600, Math.min(top, height - 600));
      expect(height).toBeLessThan(33_554_428);
      expect(sight.first <= at && at <= sight.last).toBe(true);
      expect(sight.last - sight.first).toBeLessThan(80);
    }
  });

  test("a row comes into sight wherever it is", () => {
    for (const row of [0, 7, 1_000_000, TOTAL - 1]) {
      const top = scrollTo(row, TOTAL, 600, 12_345) ?? 12_345;
      const { first, last, offset } = sightOf(TOTAL, 600, top);
      expect(first <= row && row <= last).toBe(true);
      const at = offset + (row - first) * ROW - top;
      expect(at).toBeGreaterThanOrEqual(-1);
      expect(at).toBeLessThanOrEqual(600 - ROW + 1);
    }
    expect(scrollTo(10, TOTAL, 600, 0)).toBeNull();
  });

  test("pages are pulled as they come into sight, each once", async () => {
    const { book, asked } = long();
    await book.see(0, 30);
    await book.see(0, 30);
    expect(asked.map(({ from }) => from)).toEqual([0]);
    await book.see(190, 230);
    expect(asked.map(({ from }) => from)).toEqual([0, 200]);
    await book.show(2_000_000);
    expect(book.markedLine?.line).toBe(2_000_000);
    expect(book.row(0)).toBeNull();
    expect(asked.length).toBeLessThan(6);
  });
});
