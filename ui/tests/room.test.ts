// The store: sections, the sequence, and what follows from them.
import { describe, expect, test } from "vitest";
import type {
  AlertPageView,
  ChartsPageView,
  Connection,
  Intent,
  LogPageView,
  SourcePageView,
  PastChartsView,
  Update,
} from "../src/ipc";
import { FakeConnection, sectionsOf } from "../src/ipc/fake";
import { Room } from "../src/room/room.svelte";

/** A connection whose updates the test writes itself. */
class Scripted implements Connection {
  readonly channels: ((update: Update) => void)[] = [];
  readonly asked: Intent[] = [];
  refusal: unknown = null;

  subscribe(receive: (update: Update) => void): Promise<void> {
    this.channels.push(receive);
    return Promise.resolve();
  }
  act(intent: Intent): Promise<void> {
    this.asked.push(intent);
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a problem is what crosses the door
    return this.refusal === null ? Promise.resolve() : Promise.reject(this.refusal);
  }
  logPage(): Promise<LogPageView> {
    return Promise.resolve({ from: 0, entries: [], found: 0, place: null });
  }
  pastCharts(): Promise<PastChartsView> {
    return Promise.resolve({ from_s: 0, to_s: 0, axis: [], ticks: [], charts: [], without: "", note: "" });
  }
  alertPage(): Promise<AlertPageView> {
    return Promise.resolve({ alerts: [], id: "", turns: [], count: 0, more: false });
  }
  sourcePage(): Promise<SourcePageView> {
    return Promise.resolve({ total: 0, from: 0, at: 0, unfolded: [], rows: [] });
  }
  chartsPage(): Promise<ChartsPageView> {
    return Promise.resolve({ hours: 1, caption: "", from_s: 0, to_s: 0, stale_after_s: 0, axis: [], charts: [] });
  }
  send(update: Update, channel = this.channels.length - 1): void {
    this.channels[channel]?.(update);
  }
}

async function subscribed(): Promise<{ room: Room; script: Scripted }> {
  const script = new Scripted();
  const room = new Room(script);
  await room.subscribe();
  return { room, script };
}

async function inRoom(): Promise<{ room: Room; fake: FakeConnection }> {
  const fake = new FakeConnection("room");
  const room = new Room(fake);
  await room.subscribe();
  return { room, fake };
}

const clock = (big: string): Update["clock"] => ({ big, small: "", date: "", real: "" });

describe("sections", () => {
  test("only the sections of an update change", async () => {
    const { room, script } = await subscribed();
    script.send({ sequence: 1, ...sectionsOf("room"), clock: { big: "one", small: "", date: "", real: "" } });
    const { day, phase } = room;
    script.send({ sequence: 2, clock: { big: "two", small: "", date: "", real: "" } });
    expect(room.clock?.big).toBe("two");
    expect(room.day).toBe(day);
    expect(room.phase).toBe(phase);
  });

  test("a gap means a new subscription, and what the old channel still brings is not taken in", async () => {
    const { room, script } = await subscribed();
    script.send({ sequence: 1, ...sectionsOf("start") });
    script.send({ sequence: 3, screen: "room" });
    expect(script.channels).toHaveLength(2);
    expect(room.screen).toBe("start");
    script.send({ sequence: 4, screen: "opening" }, 0);
    expect(script.channels).toHaveLength(2);
    expect(room.screen).toBe("start");
    script.send({ sequence: 1, screen: "room" });
    expect(room.screen).toBe("room");
  });

  test("a number that comes twice is a gap too", async () => {
    const { script } = await subscribed();
    script.send({ sequence: 1, ...sectionsOf("start") });
    script.send({ sequence: 1, ...sectionsOf("start") });
    expect(script.channels).toHaveLength(2);
  });

  test("what a new channel does not bring is gone", async () => {
    const { room, script } = await subscribed();
    script.send({ sequence: 1, ...sectionsOf("room") });
    expect(room.header).not.toBeNull();
    await room.subscribe();
    const again = clock("one");
    script.send({ sequence: 1, screen: "start", ...(again === undefined ? {} : { clock: again }) });
    expect(room.header).toBeNull();
    expect(room.clock?.big).toBe("one");
  });
});

describe("problems", () => {
  test("a refusal is shown once, also where the section says it too", async () => {
    const { room, script } = await subscribed();
    const problem = { code: "refused", message: "Not now.", detail: null } as const;
    script.refusal = problem;
    script.send({ sequence: 1, ...sectionsOf("room") });
    await room.act({ kind: "leave" });
    expect(room.problems).toEqual([problem]);
    script.send({ sequence: 2, problems: [problem] });
    expect(room.problems).toEqual([problem]);
  });

  test("what is thrown and is no problem is shown in its own words", async () => {
    const { room, script } = await subscribed();
    script.refusal = new Error("the door is shut");
    await room.act({ kind: "leave" });
    expect(room.problems.map(({ message }) => message)).toEqual(["the door is shut"]);
  });

  test("nothing counts as copied that was turned down", async () => {
    const { room, script } = await subscribed();
    script.refusal = { code: "refused", message: "No clipboard.", detail: null };
    await room.copy({ kind: "command", id: "one" });
    expect(room.isCopied({ kind: "command", id: "one" })).toBe(false);
    script.refusal = null;
    await room.copy({ kind: "command", id: "one" });
    expect(room.isCopied({ kind: "command", id: "one" })).toBe(true);
    expect(room.isCopied({ kind: "message", id: "one" })).toBe(false);
  });
});

describe("boxes", () => {
  test("J goes through every box of every phase, in the order of the text, and stops at the end", async () => {
    const { room, fake } = await inRoom();
    const first = room.day?.phases[0]?.id ?? "";
    room.look(first);
    const seen: string[] = [];
    const phases = new Set<string>();
    for (let step = 0; step < 400; step += 1) {
      room.stepBox(1);
      phases.add(room.phase?.id ?? "");
      const request = room.focusRequest;
      if (request?.on !== "item" || request.id === seen.at(-1)) continue;
      room.noteFocusedItem(request.id);
      seen.push(request.id);
    }
    const all = room.written?.rows.flatMap((row) => (row.kind === "item" ? [row.id] : []));
    expect(seen).toEqual(all);
    expect([...phases]).toEqual(room.day?.phases.map(({ id }) => id));
    expect(fake.asked.filter(({ kind }) => kind === "look")).toHaveLength(phases.size);
  });

  test("K comes to the last box of the phase before", async () => {
    const { room } = await inRoom();
    const first = room.phase?.rows.find((row) => row.kind === "item");
    room.noteFocusedItem(first?.kind === "item" ? first.id : "");
    room.stepBox(-1);
    expect(room.phase?.id).toBe("pre-deployment");
    const last = room.phase?.rows.findLast((row) => row.kind === "item");
    expect(room.focusRequest).toEqual({ on: "item", id: last?.kind === "item" ? last.id : "" });
  });
});

describe("places", () => {
  test("Esc closes the drawer, then leaves the page, then does nothing", async () => {
    const { room, fake } = await inRoom();
    room.setNarrow(true);
    room.showPage("messages");
    room.setDrawer(true);
    room.back();
    expect([room.drawer, room.page]).toEqual([false, "messages"]);
    room.back();
    expect(room.page).toBeNull();
    room.back();
    expect(room.screen).toBe("room");
    expect(fake.asked).toEqual([]);
  });

  test("in a wide window, which has no drawer, Esc leaves the page at once", async () => {
    const { room } = await inRoom();
    room.showPage("messages");
    room.setDrawer(true);
    room.back();
    expect(room.page).toBeNull();
  });

  test("choosing the chosen phase from a page only leaves the page", async () => {
    const { room, fake } = await inRoom();
    room.showPage("rollback");
    room.look("deployment");
    expect(room.page).toBeNull();
    expect(fake.asked).toEqual([]);
  });

  test("another screen begins without page and drawer", async () => {
    const { room } = await inRoom();
    room.showPage("messages");
    room.setDrawer(true);
    await room.act({ kind: "leave" });
    expect([room.screen, room.page, room.drawer]).toEqual(["start", null, false]);
  });
});
