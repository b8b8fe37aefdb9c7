// What the room is saved as, by key, by button and by palette; and what is left open when it is closed.
import { describe, expect, test } from "vitest";
import { RECORD } from "../src/ipc/fake/exports";
import { all, click, fake, one, open, press, room, settle, type, violations } from "./window";

function exported(): string[] {
  return fake.asked.flatMap((intent) => (intent.kind === "export" ? [intent.export] : []));
}

describe("exports", () => {
  test("Ctrl E saves the report wherever one is, in fields too, and it is said where it lies until that is read", async () => {
    await open("room");
    await press("e", { ctrlKey: true });
    expect(exported()).toEqual(["report"]);
    expect(one("saved").textContent).toContain("Report saved to ~/payments-api-4.2.0-20260121.html.");
    expect(await violations()).toEqual([]);
    await click(one("saved-close"));
    expect(all("saved")).toHaveLength(0);
    one("note-field").focus();
    await press("e", { ctrlKey: true });
    expect(exported()).toEqual(["report", "report"]);
    expect(all("saved")).toHaveLength(1);
  });

  test("the log's side offers each kind, and the first has the key", async () => {
    await open("room");
    await press("l");
    const buttons = all("export");
    expect(buttons.map(({ dataset }) => dataset.id)).toEqual(["report", "checklist", "events", "samples", "archive"]);
    expect(buttons[0]?.textContent).toContain("Ctrl");
    await click(buttons[4]);
    expect(exported()).toEqual(["archive"]);
    expect(one("exports-saved").textContent).toBe("Everything saved to ~/payments-api-4.2.0-20260121.tar.");
    expect(await violations()).toEqual([]);
  });

  test("while the desktop asks, no other is begun", async () => {
    await open("room");
    await press("l");
    const exports = room.exports;
    if (exports === null) throw new Error("there are no exports");
    fake.play({ exports: { ...exports, under_way: "events", is_asked: true } });
    await settle();
    expect(all("export")[2]?.textContent).toContain("Asking where");
    expect(one("exports-asked").textContent).toContain("answer its window");
    fake.play({ exports: { ...exports, under_way: "events", is_asked: false } });
    await settle();
    expect(all("exports-asked")).toEqual([]);
    expect(all("export").every((button) => (button as HTMLButtonElement).disabled)).toBe(true);
    expect(all("export")[2]?.textContent).toContain("Saving");
  });

  test("the palette has them, in a room that is only read as well", async () => {
    await open("room", {
      record: { ...RECORD, reading_only: "Open elsewhere." },
    });
    await press("k", { ctrlKey: true });
    await type("csv");
    await press("Enter");
    expect(exported()).toEqual(["samples"]);
  });

  test("a drill's report is kept from its score", async () => {
    await open("score");
    await press("e", { ctrlKey: true });
    await click(one("keep-report"));
    expect(exported()).toEqual(["report", "report"]);
  });
});

test("whoever closes the room sees what is left open first, and it can be read afterwards", async () => {
  await open("room");
  room.setPanel("close");
  await settle();
  expect(one("left-open").textContent).toContain("5 left open");
  expect(one("left-open").textContent).toContain("Verification: 22 checks open");
  expect(await violations()).toEqual([]);
  await type("Rolled out");
  await press("Enter");
  expect(one("closed").textContent).toContain("Closed 05:50:00 UTC by MK");
  expect(one("left-open").querySelector("details")).not.toBeNull();
  expect(await violations()).toEqual([]);
});
