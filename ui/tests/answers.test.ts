// Boxes that ask for more than a tick: answers to choose from, blanks to fill, and what a row of a table says besides.
import { describe, expect, test } from "vitest";
import { acts, all, box, click, fake, one, open, press, room, settle, type, violations } from "./window";

async function before(): Promise<void> {
  await open("room");
  room.look("first-week");
  await settle();
}

async function focusBox(words: string): Promise<string> {
  box(words).focus();
  await settle();
  return box(words).dataset.id ?? "";
}

function answersOf(words: string): HTMLButtonElement[] {
  return [...box(words).querySelectorAll<HTMLButtonElement>("[data-testid=answer]")];
}

const chosen = (words: string): (string | null)[] =>
  answersOf(words)
    .filter((answer) => answer.getAttribute("aria-pressed") === "true")
    .map((answer) => answer.getAttribute("aria-label"));

const said = (words: string): string => box(words).querySelector(".said")?.textContent.trim() ?? "";

describe("a choice", () => {
  test("it offers its answers in their own words, and no tick", async () => {
    await before();
    expect(answersOf("Decision").map((answer) => answer.querySelector(".words")?.textContent)).toEqual(["GO", "NO-GO"]);
    const mark = box("Decision").querySelector("[data-testid=mark]");
    expect(mark?.getAttribute("role")).toBeNull();
    expect(mark?.getAttribute("aria-label")).toBe("Decision: open: Choose…");
    expect(await violations()).toEqual([]);
  });

  test("a number gives the answer with that number, and the row keeps the keyboard", async () => {
    await before();
    const item = await focusBox("Decision");
    await press("2");
    expect(acts()).toEqual([{ act: "answer", item, answer: "NO-GO", values: [] }]);
    expect(box("Decision").dataset.state).toBe("answered_no");
    expect(chosen("Decision")).toEqual(["NO-GO"]);
    expect(said("Decision")).toBe("NO-GO: nobody goes on before it is lifted");
    expect(document.activeElement).toBe(box("Decision"));
    await press("3");
    expect(acts().length, "there is no third answer").toBe(1);
  });

  test("nothing is chosen before Rust says so", async () => {
    await before();
    await focusBox("Decision");
    fake.hold();
    await press("1");
    expect(chosen("Decision")).toEqual([]);
    expect(box("Decision").dataset.state).toBe("open");
  });

  test("Space goes to the answers and ticks nothing; a press gives one; Space takes it back", async () => {
    await before();
    const item = await focusBox("Decision");
    await press(" ");
    expect(acts()).toEqual([]);
    expect(document.activeElement).toBe(answersOf("Decision")[0]);
    await click(answersOf("Decision")[0]);
    expect(box("Decision").dataset.state).toBe("stated");
    expect(chosen("Decision")).toEqual(["GO"]);
    expect(document.activeElement).toBe(box("Decision"));
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "undo", item });
    expect(box("Decision").dataset.state).toBe("open");
    expect(chosen("Decision")).toEqual([]);
  });

  test("Esc leaves the answers for the row", async () => {
    await before();
    await focusBox("Decision");
    await press(" ");
    await press("Escape");
    expect(document.activeElement).toBe(box("Decision"));
  });

  test("another answer stands above the one before; one that says that it is not done is not done", async () => {
    await before();
    await focusBox("Smoke tests");
    await press("1");
    expect(box("Smoke tests").dataset.state).toBe("stated");
    await press("2");
    expect(box("Smoke tests").dataset.state).toBe("answered_no");
    expect(said("Smoke tests")).toBe("Failed: not done");
    await press("2");
    expect(box("Smoke tests").querySelector("[data-testid=problem]")?.textContent).toContain("answered so already");
  });

  test("its row of the table stands with it, each cell under its head", async () => {
    await before();
    const columns = box("Smoke tests").querySelectorAll("[data-testid=columns] .column");
    expect([...columns].map((column) => column.textContent)).toEqual([
      "OwnerAda",
      "Wheremake smoke in the copy of production",
    ]);
  });

  test("in a room that only reads the answers are shown, and cannot be given", async () => {
    await before();
    room.setPanel(null);
    await room.act({ kind: "in_room", act: { act: "close", outcome: "done" } });
    await settle();
    expect(answersOf("Decision").every(({ disabled }) => disabled)).toBe(true);
    await focusBox("Decision");
    await press("1");
    expect(acts().filter(({ act }) => act === "answer")).toEqual([]);
  });
});

describe("blanks", () => {
  test("Space asks for what stands in the blank, by its own name", async () => {
    await before();
    const item = await focusBox("Version that goes out: ____");
    await press(" ");
    const field = one("blank-field");
    expect(document.activeElement).toBe(field);
    expect(field.closest("label")?.textContent).toContain("Version that goes out");
    await type("4.2.0");
    await press("Enter");
    expect(acts()).toEqual([{ act: "answer", item, answer: "", values: [["Version that goes out", "4.2.0"]] }]);
    expect(said("Version that goes out: ____")).toBe("4.2.0");
    expect(document.activeElement).toBe(box("Version that goes out: ____"));
  });

  test("an empty blank is refused in words, and what was typed stays", async () => {
    await before();
    await focusBox("Freeze from ____ to ____");
    await press(" ");
    expect(all("blank-field").length).toBe(2);
    await type("06:00");
    await press("Enter");
    const row = box("Freeze from ____ to ____");
    expect(row.querySelector("[data-testid=problem]")?.textContent).toContain("Nothing stands in “to”");
    expect(row.dataset.state).toBe("open");
    expect((all("blank-field")[0] as HTMLInputElement).value).toBe("06:00");
    (all("blank-field")[1] as HTMLInputElement).focus();
    await type("09:00");
    await press("Enter");
    expect(said("Freeze from ____ to ____")).toBe("Freeze from: 06:00 · to: 09:00");
  });

  test("the form of blanks has no violation", async () => {
    await before();
    await focusBox("Freeze from ____ to ____");
    await press(" ");
    expect(await violations()).toEqual([]);
  });
});

describe("the line of the source", () => {
  test("criteria and commands lead to theirs, and back to themselves", async () => {
    await open("room");
    const link = [...document.querySelectorAll<HTMLElement>("[data-testid=command] [data-testid=line-link]")][0];
    const line = link?.dataset.line;
    await click(link);
    expect(room.page).toBe("check");
    await press("Escape");
    expect(room.page).toBeNull();
    expect((document.activeElement as HTMLElement | null)?.dataset.line).toBe(line);
    const criterion = document.querySelector<HTMLElement>("[data-testid=criterion] [data-testid=line-link]");
    await click(criterion);
    expect(room.page).toBe("check");
  });

  test("contacts, channels and messages lead to theirs", async () => {
    for (const [page, place] of [
      ["escalation", "[data-testid=contact]"],
      ["escalation", "[data-testid=channel]"],
      ["messages", "main"],
    ] as const) {
      await open("room");
      room.showPage(page);
      await settle();
      await click(document.querySelector<HTMLElement>(`${place} [data-testid=line-link]`));
      expect(room.page, place).toBe("check");
    }
  });

  test("how it was read lists each thing with its line", async () => {
    await open("opening");
    await click(one("show-check"));
    const kind = all("read-kind").find(({ dataset }) => dataset.id === "decisions");
    expect(kind?.querySelector(".rows")).toBeNull();
    const fold = kind?.querySelector<HTMLElement>("[data-testid=read-fold]");
    await click(fold);
    expect(fold?.getAttribute("aria-expanded")).toBe("true");
    const rows = [...(kind?.querySelectorAll<HTMLElement>(".rows [data-testid=read-line]") ?? [])];
    expect(rows.map((row) => row.textContent)).toContain("L 310CRITICAL · Error rate > 10 %");
    expect(await violations()).toEqual([]);
    await click(rows[0]);
    expect(document.activeElement).toBe(one("source"));
    await click(fold);
    expect(kind?.querySelector(".rows")).toBeNull();
  });
});
