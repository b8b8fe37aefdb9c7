// The handoff: drafted from the log, signed by two, each line with its event.
import { describe, expect, test } from "vitest";
import { RECORD } from "../src/ipc/fake/exports";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, settle, shift, type, violations } from "./window";

const IDRIS = { act: "name_person", initials: "IB", name: "Idris Bello", role: "Night release manager" } as const;

async function watched(): Promise<void> {
  await open("room", {}, "go");
  await fake.act({ kind: "in_room", act: IDRIS });
  await settle();
  (document.activeElement as HTMLElement | null)?.blur();
  await shift("H");
}

async function handOver(): Promise<void> {
  (document.activeElement as HTMLElement | null)?.blur();
  await press("Enter");
  await press("Enter", { ctrlKey: true });
}

describe("the handoff", () => {
  test("opens by Shift H from anywhere in a room, accessible, wide and narrow", async () => {
    await watched();
    expect(one("page-title").textContent).toBe("Shift handoff");
    expect(await violations()).toEqual([]);
    setNarrow(true);
    await watched();
    await press("\\");
    expect(one("sees-first").textContent).toContain("Who answers: Jonas");
    expect(await violations()).toEqual([]);
    setNarrow(false);
  });

  test("where nobody else is known it says so, and asks for no signature", async () => {
    await open("room", {}, "go");
    await shift("H");
    expect(one("handed-over-by").textContent).toContain("Nobody else is known in this room");
    expect((one("hand-over") as HTMLButtonElement).disabled).toBe(true);
  });

  test("what was overridden or deferred never looks done", async () => {
    await watched();
    const marks = all("handoff-line").map(({ dataset }) => dataset.mark);
    expect(marks).toContain("overridden");
    expect(marks).toContain("deferred");
    for (const line of all("handoff-line"))
      expect(line.querySelector('[aria-label="done"], [aria-label="seen to be met"]')).toBeNull();
    expect(all("handoff-section").find(({ dataset }) => dataset.id === "overridden")?.textContent).toContain(
      "not done, only let through",
    );
  });

  test("a line opens its event in the log, and the latest are one press away", async () => {
    await watched();
    await click(
      all("handoff-line")
        .find(({ dataset }) => dataset.event === "1")
        ?.querySelector("button"),
    );
    expect(room.page).toBe("log");
    expect(fake.queries.at(-1)).toEqual({ group: "", search: "", from: 4294967295, count: 100, place_of: 1 });
    expect(
      all("log-entry")
        .find(({ dataset }) => dataset.seq === "1")
        ?.getAttribute("aria-current"),
    ).toBe("true");
    await click(one("log-latest"));
    expect(all("log-entry").every((entry) => entry.getAttribute("aria-current") === null)).toBe(true);
    expect(all("log-latest")).toEqual([]);
  });

  test("the first signature takes two steps, and the room stays theirs until the second", async () => {
    await watched();
    const before = acts().length;
    await press("Enter");
    expect(one("hand-over-dialog").textContent).toContain("alerts ring here");
    await press("Enter");
    expect(acts().length, "Enter alone signs nothing").toBe(before);
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)).toEqual({ act: "hand_over", to: "IB" });
    expect(all("hand-over-dialog")).toEqual([]);
    expect(one("handed-over-by").textContent).toContain("MK holds the room until IB signs; alerts still ring here.");
    expect(one("actor").textContent).toContain("MK");
    await click(one("withdraw-handover"));
    expect(acts().at(-1)).toEqual({ act: "withdraw_handover" });
    expect(all("take-over")).toEqual([]);
  });

  test("what happened in between stands before the second signature, which passes the room on", async () => {
    await watched();
    await handOver();
    expect(one("handoff-changed").textContent).toContain("Nothing happened since it was signed");
    await fake.act({ kind: "in_room", act: { act: "note", text: "the client stopped", at: "" } });
    await settle();
    expect(one("handoff-changed").textContent).toContain("1 event since it was signed");
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    expect(one("take-over-dialog").textContent).toContain("the client stopped");
    expect(one("take-over-open").textContent).toContain("4 checks");
    expect(await violations()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(acts().at(-1)).toEqual({ act: "take_over", by: "IB" });
    expect(one("actor").textContent).toContain("IB");
    expect(one("handed-over-by").textContent).toContain("IB has the room.");
  });

  test("a dialog whose question went takes no Escape, and does not come back by itself", async () => {
    await watched();
    await handOver();
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    one("take-over-dialog");
    const signed = room.handoff;
    if (signed === null) throw new Error("a handoff");
    fake.play({ handoff: { ...signed, state: "open" } });
    await settle();
    expect(all("take-over-dialog")).toEqual([]);
    fake.play({ handoff: signed });
    await settle();
    expect(all("take-over-dialog")).toEqual([]);
    await press("Escape");
    expect(room.page).toBeNull();
  });

  test("the answer to one dialog does not close the next one", async () => {
    await watched();
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    const answer = fake.act.bind(fake);
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    fake.act = async (intent) => {
      await answer(intent);
      await held;
    };
    await press("Enter", { ctrlKey: true });
    expect(all("hand-over-dialog"), "what was signed is seen before the answer").toEqual([]);
    (document.activeElement as HTMLElement | null)?.blur();
    await press("Enter");
    one("take-over-dialog");
    letGo();
    await settle();
    one("take-over-dialog");
  });

  test("the checklist's own checks are ticked here, by Space", async () => {
    await watched();
    await press("j");
    await press(" ");
    expect(acts().at(-1)).toEqual({ act: "state", item: "handoff-0@2026-01-21T14:18:00Z", saw: "" });
    expect(one("handoff-checks").textContent).toContain("1 of 4 checks settled");
  });

  test("a note for the night is a note of the log", async () => {
    await watched();
    one("shift-note").focus();
    await type("If errors pass 0.5 %: block client 77 at the gateway first");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "note",
      text: "If errors pass 0.5 %: block client 77 at the gateway first",
      at: "",
    });
    expect(one("shift-notes").textContent).toContain("block client 77");
    expect((one("shift-note") as HTMLInputElement).value).toBe("");
  });

  test("O copies it as text, and sends nothing", async () => {
    await watched();
    await press("o");
    expect(fake.asked.at(-1)).toEqual({ kind: "copy_handoff" });
    expect(one("copy-handoff").textContent).toContain("Copied");
  });

  test("in a closed room nothing is signed", async () => {
    await watched();
    fake.play({
      record: { ...RECORD, closed: "over" },
    });
    await settle();
    await press("Enter");
    expect(all("hand-over-dialog")).toEqual([]);
    expect(all("hand-over")).toEqual([]);
  });
});
