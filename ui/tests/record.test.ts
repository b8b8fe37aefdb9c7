// Notes, the log, who acts, and what must be seen wherever one is in the room.
import { describe, expect, test } from "vitest";
import type { LogEntryView, LogPageView, LogQuery, RecordView } from "../src/ipc";
import { sectionsOf } from "../src/ipc/fake";
import { RECORD } from "../src/ipc/fake/exports";
import { Logbook } from "../src/room/logbook.svelte";
import {
  acts,
  all,
  box,
  click,
  fake,
  one,
  open,
  openAgain,
  press,
  room,
  settle,
  shift,
  type,
  typed,
  typeInto,
  violations,
} from "./window";

function value(testid: string): string {
  return (one(testid) as HTMLInputElement).value;
}

function record(more: Partial<RecordView>): { record: RecordView } {
  return { record: { ...RECORD, ...more } };
}

describe("note", () => {
  test("N leads to the field, Enter writes, Esc leads back", async () => {
    await open("room");
    box("Deployment begun").focus();
    await press("n");
    expect(document.activeElement).toBe(one("note-field"));
    await type("Pool wait is up");
    await press("Enter");
    expect(acts()).toEqual([{ act: "note", text: "Pool wait is up", at: "" }]);
    expect(value("note-field")).toBe("");
    expect(document.querySelector("[role=log]")?.textContent).toContain("noted: Pool wait is up");
    await press("Escape");
    expect(document.activeElement).toBe(box("Deployment begun"));
  });

  test("a late note says its time", async () => {
    await open("room");
    await click(one("note-timed"));
    await typeInto("note-time", "07:05");
    await typeInto("note-field", "JA looked at the pool");
    await press("Enter");
    expect(acts()).toEqual([{ act: "note", text: "JA looked at the pool", at: "07:05" }]);
    expect(all("note-time")).toHaveLength(0);
  });

  test("what is refused stays in the field, with the reason beside", async () => {
    await open("room");
    await typeInto("note-field", " ");
    await press("Enter");
    expect(one("problem").textContent).toContain("Say what the note is first");
    expect(value("note-field")).toBe(" ");
    expect(await violations()).toEqual([]);
  });

  test("every letter goes to the disk, one question at a time, and the latest wins", async () => {
    await open("room");
    fake.hold();
    for (const text of ["P", "Po", "Poo"]) await typeInto("note-field", text);
    expect(typed("note")).toEqual(["P"]);
    fake.letGo();
    await settle();
    expect(typed("note")).toEqual(["P", "Poo"]);
  });

  test("a late echo of older words does not take away what was typed since", async () => {
    await open("room");
    await typeInto("note-field", "Pool wait");
    const log = sectionsOf("room").log;
    if (log === undefined) throw new Error("no log");
    fake.play({ log: { ...log, note_typed: "Pool" } });
    await settle();
    expect(value("note-field")).toBe("Pool wait");
  });

  test("what was not written stands there again when the window comes back", async () => {
    await open("room");
    await typeInto("note-field", "half a sen");
    await openAgain();
    expect(value("note-field")).toBe("half a sen");
  });

  test("what could not be put on the disk is said, and tried again when the disk is well", async () => {
    await open("room");
    const ask = fake.act.bind(fake);
    fake.act = async (intent) => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem is what crosses the door
      if (intent.kind === "in_room") throw { code: "not_saved", message: "The disk is full.", detail: null };
      await ask(intent);
    };
    await typeInto("note-field", "x");
    expect(document.querySelector("footer")?.textContent).toContain("not on disk");
    fake.act = ask;
    fake.play(record({}));
    await settle();
    expect(typed("note")).toEqual(["x"]);
    expect(document.querySelector("footer")?.textContent).not.toContain("not on disk");
  });

  test("a note that waits for the disk is asked once, and leaves the field when the disk took it", async () => {
    await open("room");
    await typeInto("note-field", "disk is full");
    const ask = fake.act.bind(fake);
    let asked = 0;
    fake.act = async (intent) => {
      if (intent.kind === "in_room" && intent.act.act === "note") {
        asked += 1;
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- a problem is what crosses the door
        throw { code: "not_saved", message: "The disk is full.", detail: null };
      }
      await ask(intent);
    };
    await press("Enter");
    await press("Enter");
    expect(asked).toBe(1);
    expect(value("note-field")).toBe("disk is full");
    one("problem");
    fake.act = ask;
    fake.play(record({}));
    await settle();
    expect(value("note-field")).toBe("");
    expect(all("problem")).toHaveLength(0);
  });
});

describe("who acts", () => {
  test("the login name is nobody in particular until a person is chosen, with two keys", async () => {
    await open("room");
    expect(one("actor").textContent).toContain("no person is chosen");
    box("Deployment begun").focus();
    await shift("P");
    // Nobody is named yet: naming comes first.
    expect(document.activeElement).toBe(one("people").querySelector("[name=initials]"));
    expect(await violations()).toEqual([]);
    for (const [name, text] of Object.entries({ initials: "mk", name: "Mira Kos", role: "release manager" })) {
      one("people").querySelector<HTMLElement>(`[name=${name}]`)?.focus();
      await type(text);
    }
    await press("Enter");
    expect(acts()).toEqual([
      { act: "name_person", initials: "mk", name: "Mira Kos", role: "release manager" },
      { act: "choose_actor", initials: "MK" },
    ]);
    expect(all("people")).toHaveLength(0);
    expect(one("actor").textContent).toContain("MK");
    expect(document.activeElement).toBe(box("Deployment begun"));
  });

  test("what is typed at once is a name and goes nowhere else, also where somebody is known", async () => {
    const people = {
      actor: "mira",
      chosen: false,
      people: [{ initials: "CO", name: "Colleague", role: "", key: "1" }],
    };
    await open("room", { people });
    await shift("P");
    expect(document.activeElement).toBe(one("people").querySelector("[name=initials]"));
    await type("an");
    expect(acts()).toEqual([]);
    one("people").querySelector<HTMLElement>("[name=name]")?.focus();
    await type("Anna Berg");
    await click(one("person-only-add"));
    expect(acts()).toEqual([{ act: "name_person", initials: "an", name: "Anna Berg", role: "" }]);
    expect(document.activeElement).toBe(one("people").querySelector("[name=initials]"));
    expect(all("people")).toHaveLength(1);
    await press("1");
    expect(acts().at(-1)).toMatchObject({ act: "choose_actor" });
  });

  test("whoever acts already needs no act, a refusal stands in the form, Esc closes", async () => {
    const people = { actor: "MK", chosen: true, people: [{ initials: "MK", name: "Mira", role: "", key: "1" }] };
    await open("room", { people });
    await shift("P");
    await press("1");
    expect(acts()).toEqual([]);
    expect(all("people")).toHaveLength(0);
    await shift("P");
    one("people").querySelector<HTMLElement>("[name=initials]")?.focus();
    await type("far too long");
    await press("Enter");
    expect(one("people").querySelector("[data-testid=problem]")?.textContent).toContain("one to four letters");
    expect(all("problem")).toHaveLength(1);
    await press("Escape");
    expect(all("people")).toHaveLength(0);
  });
});

describe("record", () => {
  test("that the log is not saved is said at once, stays, and goes only with the section", async () => {
    const unsaved = { code: "not_saved", message: "The disk is full: 3 acts wait.", detail: "os error 28" } as const;
    await open("room", record({ unsaved }));
    const bar = one("unsaved");
    expect(one("unsaved-said").textContent).toContain("3 acts wait");
    expect(bar.textContent).toContain("3 acts wait");
    expect(bar.querySelector("button")).toBeNull();
    expect(await violations()).toEqual([]);
    await press("Escape");
    await press("m");
    one("unsaved");
    fake.play(record({}));
    await settle();
    expect(all("unsaved")).toHaveLength(0);
  });

  test("who only reads sees why, and cannot write", async () => {
    await open("room", record({ reading_only: "Another window has this room." }));
    expect(one("reading-only").textContent).toContain("Another window");
    expect((one("note-field") as HTMLInputElement).disabled).toBe(true);
    await press("e");
    expect(all("contact-edit")).toHaveLength(0);
    expect(await violations()).toEqual([]);
  });

  test("while the log is read behind the opening, the pages that need all of it say so", async () => {
    const words = "Reading the log: 420,000 of 1,000,000 events";
    await open("room", record({ reading: words }));
    expect(one("reading").textContent).toBe(words);
    expect(all("page-reading")).toHaveLength(0);
    for (const key of ["l", "A"]) {
      await press(key);
      expect(one("page-reading").textContent).toContain(words);
      expect(all("chain")).toHaveLength(0);
      expect(await violations()).toEqual([]);
    }
    expect((one("note-field") as HTMLInputElement).disabled).toBe(false);
    fake.play(record({}));
    await settle();
    expect(all("page-reading")).toHaveLength(0);
    expect(all("reading")).toHaveLength(0);
  });

  test("a log that does not hold is said in red on every page, and one can still act", async () => {
    const words = "The log does not hold from event 301 on: the list of heads on this laptop counts 500 events.";
    await open("room", record({ doubted: words }));
    expect(one("doubted").textContent).toContain(words);
    expect(one("doubted").getAttribute("role")).toBe("alert");
    expect(one("doubted").classList).toContain("bad");
    await press("l");
    expect(one("doubted").textContent).toContain(words);
    expect((one("note-field") as HTMLInputElement).disabled).toBe(false);
    expect(await violations()).toEqual([]);
    fake.play(record({}));
    await settle();
    expect(all("doubted")).toHaveLength(0);
  });

  test("a file that lies in no good place is said wherever one is, and one acts all the same", async () => {
    await open("room", record({ carried: "The room lies in a folder that Dropbox syncs." }));
    expect(one("carried").textContent).toContain("Dropbox");
    expect((one("note-field") as HTMLInputElement).disabled).toBe(false);
    await press("m");
    one("carried");
    expect(await violations()).toEqual([]);
    fake.play(record({}));
    await settle();
    expect(all("carried")).toHaveLength(0);
  });

  test("that another key signs is said wherever one is, and where the own one lies in the log", async () => {
    await open("room", record({ stands_in: "The keychain does not give this laptop's key." }));
    expect(one("stands-in").textContent).toContain("The keychain does not give");
    await press("l");
    one("stands-in");
    expect(await violations()).toEqual([]);
    fake.play(record({}));
    await settle();
    expect(all("stands-in")).toHaveLength(0);
    expect(one("key").textContent).toBe("4bd1e07a92f3c655, in the keychain");
    fake.play(record({ key: "" }));
    await settle();
    expect(all("key")).toHaveLength(0);
  });

  test("closing wants words, and so does opening again", async () => {
    await open("room");
    await press("k", { ctrlKey: true });
    await type("close the room");
    await press("Enter");
    expect(document.activeElement).toBe(one("end-field"));
    await press("Enter");
    expect(one("end-form").textContent).toContain("Say how it ended first");
    await typeInto("end-field", "Successful");
    expect(await violations()).toEqual([]);
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "close", outcome: "Successful" });
    expect(all("end-form")).toHaveLength(0);
    expect(one("closed").textContent).toContain("Successful");
    await click(one("reopen"));
    await type("one check was forgotten");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "reopen", reason: "one check was forgotten" });
    expect(all("closed")).toHaveLength(0);
  });

  test("Esc leaves the room open", async () => {
    await open("room");
    room.setPanel("close");
    await settle();
    await press("Escape");
    expect(all("end-form")).toHaveLength(0);
    expect(acts()).toEqual([]);
  });
});

describe("log", () => {
  async function write(count: number): Promise<void> {
    for (let index = 1; index <= count; index += 1)
      await room.askInRoom({ act: "note", text: `note ${index}`, at: index === 1 ? "05:01" : "" });
    await settle();
  }

  test("L shows it, the latest first; late and undone events say so", async () => {
    await open("room");
    await write(1);
    box("Deployment begun").focus();
    await press(" ");
    await press("z", { ctrlKey: true });
    await press("l");
    const lines = all("log-entry").map((entry) => entry.textContent.replace(/\s+/g, " "));
    expect(lines).toHaveLength(4);
    expect(lines[0]).toContain("taken back: event 3");
    expect(lines[1]).toContain("taken back");
    expect(lines[2]).toContain("05:01:00");
    expect(lines[2]).toContain("noted late, 05:48:02");
    expect(one("log-head").textContent).toMatch(/^[0-9a-f]{4}-[0-9a-f]{4}$/);
    expect(await violations()).toEqual([]);
  });

  test("kinds and words narrow it; Esc empties the search first", async () => {
    await open("room");
    await write(3);
    await press("l");
    await click(all("log-filter").find(({ dataset }) => dataset.group === "notes"));
    expect(all("log-entry")).toHaveLength(3);
    expect(all("log-filter").map((filter) => filter.textContent.trim().replace(/\s+/g, " "))).toContain("Votes 0");
    expect(all("log-filter").map((filter) => filter.getAttribute("aria-pressed"))).toContain("true");
    await press("/");
    expect(document.activeElement).toBe(one("log-search"));
    await type("note 2");
    expect(all("log-entry")).toHaveLength(1);
    expect(fake.queries.at(-1)).toMatchObject({ group: "notes", search: "note 2" });
    await press("Escape");
    expect(all("log-entry")).toHaveLength(3);
    await press("Escape");
    one("phase-title");
  });

  test("of a long log only what is in sight is there, wherever one scrolls, and little of it is kept", async () => {
    await open("room");
    fake.told(1501);
    await room.subscribe();
    await press("l");
    const seqs = (): number[] => all("log-entry").map(({ dataset }) => Number(dataset.seq));
    expect(seqs()[0]).toBe(1501);
    expect(seqs().length).toBeLessThan(60);
    await scroll(750 * 30);
    expect(seqs()).toContain(1501 - 755);
    await scroll(1480 * 30);
    expect(seqs().at(-1)).toBe(1);
    for (let row = 0; row < 1500; row += 60) await scroll(row * 30);
    expect(room.logbook.kept).toBeLessThan(1100);
    expect(fake.queries.every(({ count }) => count <= 200)).toBe(true);
  });

  test("what comes on top is shown while one is at the top; whoever reads further down is not disturbed", async () => {
    await open("room");
    fake.told(201);
    await room.subscribe();
    await press("l");
    await write(1);
    expect(all("log-entry")[0]?.dataset.seq).toBe("202");
    await scroll(100 * 30);
    const before = one("log-list").scrollTop;
    await write(2);
    expect(one("log-list").scrollTop).toBe(before + 60);
    expect(one("log-newer").textContent).toContain("2 newer events");
    await click(one("log-newer"));
    expect(all("log-entry")[0]?.dataset.seq).toBe("204");
    expect(all("log-newer")).toEqual([]);
  });

  test("a late answer does not replace a newer one", async () => {
    const asked: { query: LogQuery; answer: (page: LogPageView) => void }[] = [];
    const book = new Logbook((query) => new Promise((answer) => asked.push({ query, answer })));
    book.setShown(true);
    for (const text of ["a", "ab", "abc"]) book.type(text);
    expect(asked.map(({ query }) => query.search)).toEqual([""]);
    const none: LogPageView = { from: 0, entries: [], found: 0, place: null };
    asked[0]?.answer(none);
    await settle();
    expect(asked.map(({ query }) => query.search)).toEqual(["", "abc"]);
    expect(book.isLooking).toBe(true);
    asked[1]?.answer({ ...none, found: 3 });
    await settle();
    expect([book.found, book.isLooking]).toEqual([3, false]);
  });

  test.each([
    ["older", -1],
    ["newer", 1],
  ])("rows are there before they come into sight, scrolled towards %s ones", async (_, direction) => {
    const found = 1_000_000;
    const row = (seq: number): LogEntryView => ({ seq }) as LogEntryView;
    const asked: number[] = [];
    let answers: (() => void)[] = [];
    const book = new Logbook(
      ({ from, count }) =>
        new Promise((answer) => {
          asked.push(from);
          const first = Math.min(from, found - count);
          const entries = Array.from({ length: count }, (_, index) => row(first + index));
          answers.push(() => {
            answer({ from: first, entries, found, place: null });
          });
        }),
    );
    const answerAll = async (): Promise<void> => {
      while (answers.length > 0) {
        const [now, later] = [answers, []];
        answers = later;
        for (const answer of now) answer();
        await settle();
      }
    };
    book.setShown(true);
    await answerAll();
    // Thrown to the middle: what is in sight there comes with one question.
    const sight = 35;
    let first = found / 2;
    const see = (): void => {
      book.see(first, first + sight - 1);
    };
    see();
    expect(asked.length).toBe(2);
    await answerAll();
    // Two rows a frame, and each answer comes ten frames late.
    let blank = 0;
    for (let frame = 1; frame <= 1000; frame += 1) {
      first += 2 * direction;
      see();
      await settle();
      for (let at = first; at < first + sight; at += 1) if (book.row(at) === null) blank += 1;
      if (frame % 10 === 0) await answerAll();
    }
    expect(blank).toBe(0);
    expect(asked.length).toBeLessThan(60);
    expect(book.kept).toBeLessThan(1000);
  });
});

async function scroll(top: number): Promise<void> {
  const list = one("log-list");
  list.scrollTop = top;
  list.dispatchEvent(new Event("scroll"));
  await settle();
}
