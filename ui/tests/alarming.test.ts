// What a person does about an alert besides taking notice: its voice rests, its history is read, somebody is called over it.
import { describe, expect, test } from "vitest";
import type { AlertView, AlertsView } from "../src/ipc";
import { alertsOf, errorAlert, latencyAlert } from "../src/ipc/fake/watch";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, settle, shift, typeInto, violations } from "./window";

/** The half second is over in which single keys are deaf after a new alert. */
async function calm(): Promise<void> {
  for (const deaf of all("deaf")) deaf.dispatchEvent(new Event("animationend", { bubbles: true }));
  await settle();
}

async function burning(): Promise<void> {
  await open("room", {}, "roll_back");
  await calm();
}

async function openWith(alerts: AlertsView, scene: Parameters<typeof open>[2]): Promise<void> {
  await open("room", { alerts }, scene);
  await calm();
}

const both = (more: Partial<AlertView> = {}) => ({
  ...alertsOf("hold"),
  alerts: [{ ...errorAlert, ...more }, latencyAlert],
});

describe("silence", () => {
  test("takes an end and a reason, and is seen wherever one is until it is lifted", async () => {
    await burning();
    await shift("Q");
    expect(one("silencing").textContent).toContain("15 min at most");
    expect(document.activeElement).toBe(one("until-field"));
    await typeInto("until-field", "15 min");
    await press("Enter");
    expect(one("alert-form").closest("li")?.textContent).toContain("Say why first.");
    await typeInto("alert-words", "way 1 is running");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "silence",
      alert: "errors-critical",
      until: "15 min",
      reason: "way 1 is running",
    });
    const words = "Silenced until 07:26:08 UTC by MK: way 1 is running";
    expect(all("alert")[0]?.textContent).toContain(words);
    expect(one("verdict").dataset.verdict).toBe("roll_back");
    for (const key of ["l", "m", "e"]) {
      await press(key);
      expect(one("silence-entry").textContent).toContain(words);
    }
    await click(one("lift"));
    expect(acts().at(-1)).toEqual({ act: "lift_silence", alert: "errors-critical", reason: "" });
    expect(all("silences")).toHaveLength(0);
  });

  test("is about the card that has the keyboard, and one that is silenced is not silenced again", async () => {
    await openWith(both(), "hold");
    all("alert")[1]?.querySelector("button")?.focus();
    await shift("Q");
    expect(one("alert-form").getAttribute("aria-label")).toBe("Silence P95 latency > 500 ms");
    await press("Escape");
    fake.play({ alerts: both({ silenced: "Silenced until 07:26:08 UTC by MK: known" }) });
    await settle();
    room.alarms.cards.close();
    (document.activeElement as HTMLElement).blur();
    await shift("Q");
    expect(all("alert-form")).toHaveLength(0);
  });

  test("is asked for on the alert's own page where its card is not in sight", async () => {
    await burning();
    await press("l");
    await shift("Q");
    await settle();
    expect(room.page).toBe("alerts");
    expect(one("alert-form").getAttribute("aria-label")).toBe("Silence Error rate > 10 %");
    expect(await violations()).toEqual([]);
  });
});

describe("history", () => {
  test("shows each turn with time, value and who, page by page", async () => {
    await openWith(both(), "roll_back");
    await shift("I");
    await settle();
    expect(fake.alertQueries).toEqual([{ alert: "errors-critical", before: 0 }]);
    expect(document.activeElement).toBe(one("page-title"));
    expect(one("page-title").textContent).toBe("Error rate > 10 %");
    expect(all("turn")).toHaveLength(4);
    expect(all("turn")[0]?.textContent).toContain("Manager tried by phone: no answer");
    expect(all("turn")[0]?.textContent).toContain("MK");
    await click(one("turns-earlier"));
    expect(all("turn")).toHaveLength(5);
    expect(all("turn").at(-1)?.textContent).toMatch(/07:06:55\s*508 ms/);
    expect(await violations()).toEqual([]);
    await click(all("alert-entry").at(-1));
    expect(one("over").textContent).toContain("07:02:10 – 07:05:30");
    await press("Escape");
    expect(room.page).toBeNull();
  });

  test("comes anew with each event, and an answer that comes late does not replace a newer one", async () => {
    await openWith(both(), "roll_back");
    await shift("I");
    const asked = fake.alertQueries.length;
    const { log } = room;
    if (log === null) throw new Error("no log");
    fake.play({ log: { ...log, count: log.count + 1 } });
    await settle();
    expect(fake.alertQueries).toHaveLength(asked + 1);
    const answers: ((id: string) => void)[] = [];
    const slow = new Promise<void>((done) => {
      fake.alertPage = (query) =>
        new Promise((give) => {
          answers.push((id) => {
            give({ alerts: [], id, turns: [], count: 0, more: false });
          });
          if (query.alert === "two") done();
        });
    });
    room.alarms.histories.choose("one");
    room.alarms.histories.choose("two");
    await slow;
    answers[1]?.("two");
    answers[0]?.("one");
    await settle();
    expect(room.alarms.histories.id).toBe("two");
  });

  test("is there where nothing has fired", async () => {
    setNarrow(true);
    await open("room", {}, "unwatched");
    await shift("I");
    await settle();
    expect(one("page-title").textContent).toBe("Alerts");
    expect(await violations()).toEqual([]);
  });
});

describe("escalation", () => {
  test("opens on the alert's cause with the words to say, and the log keeps what it was about", async () => {
    await burning();
    await press("e");
    expect(document.querySelector(".crumb")?.textContent).toBe("Escalation · CRITICAL: Error rate > 10 %, 12.4 %");
    expect(one("say-this").textContent).toContain("Error rate is 12.4 %, the plan acts on > 10 %, since 07:10:40 UTC");
    await press("ArrowDown");
    await press("u");
    await typeInto("answered-words", "rang for 40 s");
    await press("Enter");
    expect(acts().at(-1)).toEqual({
      act: "try_contact",
      contact: "contact-1",
      way: "phone",
      answered: false,
      words: "rang for 40 s",
      about: "errors-critical",
    });
    expect(one("attempt").textContent).toContain("MK by phone, no answer: rang for 40 s");
    expect(one("attempt").textContent).toContain("about Error rate > 10 %");
    expect(await violations()).toEqual([]);
  });

  test("from a card it is about that one; a person may say that it is about none", async () => {
    await openWith(both({ acknowledged: "MK · 07:11:00" }), "hold");
    await click(all("escalate").at(-1));
    expect(one("say-this").textContent).toContain("P95 latency is 612 ms");
    await click(all("about-choice").at(-1));
    expect(all("say-this")).toHaveLength(0);
    all("contact")[0]?.focus();
    await press("Enter");
    await typeInto("answered-words", "hello");
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "prove_contact", contact: "contact-1", way: "phone", words: "hello" });
  });

  test("somebody whom the checklist does not name comes onto the ladder", async () => {
    await open("room", {}, "unwatched");
    await press("e");
    const levels = all("contact").length;
    one("add-contact").focus();
    await click(one("add-contact"));
    expect(document.activeElement).toBe(one("add-name"));
    await press("Enter");
    expect(one("add-contact-form").textContent).toContain("Say their name first.");
    await typeInto("add-name", "Joe Li");
    await typeInto("add-phone", "+351 555 0155");
    expect(await violations()).toEqual([]);
    await press("Enter");
    expect(acts().at(-1)).toEqual({ act: "add_contact", name: "Joe Li", role: "", phone: "+351 555 0155", mail: "" });
    expect(all("contact")).toHaveLength(levels + 1);
    expect(all("contact").at(-1)?.textContent).toContain("Joe Li");
    expect(all("add-contact-form")).toHaveLength(0);
  });

  test("where nothing fires it is about nothing", async () => {
    await open("room", {}, "unwatched");
    await press("e");
    expect(document.querySelector(".crumb")?.textContent).toBe("Escalation");
    expect(all("about")).toHaveLength(0);
  });
});

test("what left its range upwards does not look resolved", async () => {
  const left = { ...latencyAlert, state: "left_upwards", value: "612 ms, above it now", since: "07:02:10 – 07:05:30" };
  await openWith({ ...alertsOf("go"), alerts: [left] }, "go");
  expect(one("alert").textContent).toContain("612 ms, above it now");
  expect(one("alert").textContent).not.toContain("resolved");
});

test("whether the desktop holds notifications back is told where desktop alerts are", async () => {
  await open("room", {}, "blind");
  expect(all("complaint")[0]?.textContent).toContain("Do not disturb is on: dunst is paused");
});

describe("a storm", () => {
  test("says how many more fire, and all are acknowledged at once, by the button and by the commands", async () => {
    const storm = { ...both(), more: "and 960 more fire" };
    await openWith(storm, "hold");
    expect(one("alerts-more").textContent).toContain("and 960 more fire");
    expect(await violations()).toEqual([]);
    await click(one("acknowledge-all"));
    expect(acts().at(-1)).toEqual({ act: "acknowledge_all" });
    await openWith(storm, "hold");
    await press("k", { ctrlKey: true });
    const line = [...document.querySelectorAll<HTMLElement>("[role=option]")].find((option) =>
      option.textContent.includes("Acknowledge all alerts"),
    );
    expect(line).toBeDefined();
    await click(line ?? document.body);
    expect(acts().at(-1)).toEqual({ act: "acknowledge_all" });
  });
});
