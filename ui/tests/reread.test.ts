// An edited checklist: said wherever one is, looked at side by side, accepted by a deliberate key, put off by Escape.
import { describe, expect, test } from "vitest";
import { nothingReread, rereadOffered } from "../src/ipc/fake/reread";
import { acts, all, click, fake, one, open, press, room, settle, shift, violations } from "./window";

async function edited(): Promise<void> {
  await open("room", {}, "go");
  fake.edited();
  fake.play({ reread: rereadOffered });
  await settle();
}

describe("a checklist that was edited", () => {
  test("is said on every page, and changes nothing by itself", async () => {
    await edited();
    expect(one("reread-bar").textContent).toContain("2 reworded, 1 moved");
    await press("l");
    expect(one("reread-bar").textContent).toContain("until you accept it");
    expect(acts()).toEqual([]);
    expect(await violations()).toEqual([]);
  });

  test("is looked at side by side, with what stands on each", async () => {
    await edited();
    await shift("C");
    const dialog = one("reread-dialog");
    expect(dialog.contains(document.activeElement)).toBe(true);
    const rows = all("reread-row").map((row) => row.dataset.turn);
    expect(rows).toEqual(["reworded", "changed", "new", "gone", "moved", "changed", "reworded"]);
    expect(dialog.textContent).toContain("stated by MK 06:31:07: kept");
    expect(dialog.textContent).toContain("stays in the log alone");
    expect(dialog.querySelector(".is")?.textContent).toBe(" and announced in #deploy");
    expect(await violations()).toEqual([]);
  });

  test("is accepted by Ctrl Enter, never by a key that is held, and by the digest that was seen", async () => {
    await edited();
    await click(one("reread-look"));
    await press("Enter");
    await press("Enter", { ctrlKey: true, repeat: true });
    expect(acts()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([{ act: "accept_reread", digest: rereadOffered.digest }]);
    expect(all("reread-dialog")).toHaveLength(0);
    expect(all("reread-bar")).toHaveLength(0);
  });

  test("that cannot be accepted now says so before anybody presses", async () => {
    await edited();
    await shift("C");
    expect(all("reread-obstacle")).toHaveLength(0);
    const obstacle = "The hold of “5% traffic” runs, and the checklist has no such gate any more.";
    fake.play({ reread: { ...rereadOffered, obstacle } });
    await settle();
    expect(one("reread-obstacle").textContent).toContain(obstacle);
    expect(all("reread-accept")).toHaveLength(0);
    expect(await violations()).toEqual([]);
  });

  test("is put off by Escape and stays said", async () => {
    await edited();
    await shift("C");
    await press("Escape");
    expect(all("reread-dialog")).toHaveLength(0);
    expect(one("reread-bar")).toBeTruthy();
    expect(acts()).toEqual([]);
  });

  test("that is edited once more is not accepted unseen", async () => {
    await edited();
    await shift("C");
    const newer = { ...rereadOffered, digest: "0000", words: "The checklist was changed: 9 gone." };
    fake.edited(newer);
    fake.play({ reread: newer });
    await settle();
    expect(one("reread-dialog").textContent).toContain("changed once more while you looked");
    await press("Enter", { ctrlKey: true });
    expect(one("problem").textContent).toContain("look at the newer difference");
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([
      { act: "accept_reread", digest: rereadOffered.digest },
      { act: "accept_reread", digest: "0000" },
    ]);
  });

  test("that is put back as it was closes the question", async () => {
    await edited();
    await shift("C");
    fake.play({ reread: nothingReread });
    await settle();
    expect(all("reread-dialog")).toHaveLength(0);
    expect(room.dialog).toBeNull();
  });

  test("that cannot be read says why, and offers nothing", async () => {
    await open("room");
    fake.play({
      reread: {
        ...nothingReread,
        state: "unreadable",
        words:
          "~/plans/pay.md, line 3, holds the byte 0xE9: save the file as UTF-8. The room keeps the text that it has.",
      },
    });
    await settle();
    expect(one("reread-unreadable").textContent).toContain("line 3");
    await shift("C");
    expect(all("reread-dialog")).toHaveLength(0);
  });
});
