// The signals' page: what is asked, a command armed in two steps, what the checklist proposes.
import { beforeEach, describe, expect, test } from "vitest";
import { sectionsOf } from "../src/ipc/fake";
import { bindings } from "../src/room/keyboard";
import { setNarrow } from "./setup";
import { acts, all, click, fake, one, open, press, room, settle, violations } from "./window";

const signalOf = (id: string): HTMLElement => {
  const found = all("signal").find(({ dataset }) => dataset.id === `signal ${id}`);
  if (found === undefined) throw new Error(`no signal ${id}`);
  return found;
};

const proposals = (state: string): string[] =>
  all("proposal")
    .filter(({ dataset }) => dataset.state === state)
    .map(({ textContent }) => textContent);

async function openPage(): Promise<void> {
  await open("room", {}, "go");
  await press("s");
}

beforeEach(openPage);

test("accessible, wide and narrow", async () => {
  expect(await violations()).toEqual([]);
  await click(all("accept-proposal")[0]);
  setNarrow(true);
  await openPage();
  await press("\\");
  expect(await violations()).toEqual([]);
});

describe("a command", () => {
  test("that nobody armed says so, in its row and where the room says what is not observed", async () => {
    expect(signalOf("rollout").dataset.armed).toBe("false");
    expect(signalOf("rollout").textContent).toContain("Not armed: it does not run");
    await press("Escape");
    expect(one("could-be-observed").textContent).toContain("1 command not armed · 3 proposals to observe more");
    await click(one("could-be-observed"));
    expect(one("page-title").textContent).toBe("What is watched");
  });

  test("is armed in two steps, the second with all that has to be known, and names no command line", async () => {
    signalOf("rollout").focus();
    await press("Enter");
    expect(acts()).toEqual([]);
    const dialog = one("arm-command");
    for (const words of [
      "kubectl rollout status deployment/payments-api -n prod --watch=false",
      "/home/mk/plans",
      "bash -u -o pipefail",
      "every 30 s",
      "ended after 10 s",
      "exit 0",
      "The rollout is through",
    ])
      expect(dialog.textContent).toContain(words);
    await press("Enter");
    expect(acts()).toEqual([]);
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([{ act: "arm_command", probe: "rollout", digest: "digest-rollout" }]);
    expect(all("arm-command")).toEqual([]);
    expect(signalOf("rollout").textContent).toContain("Armed by MK");
  });

  test("whose text changes while it is looked at is not armed", async () => {
    signalOf("rollout").focus();
    await press("Enter");
    const signals = structuredClone(room.signals);
    if (signals === null) throw new Error("no signals");
    for (const { command } of signals.signals) if (command !== null) command.digest = "another";
    fake.play({ signals });
    await settle();
    expect(one("arm-command").textContent).toContain("It is another than the one that was shown");
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([]);
  });

  test("is disarmed in the same place", async () => {
    signalOf("rollout").focus();
    await press("Enter");
    await press("Enter", { ctrlKey: true });
    await click(one("arm"));
    await click(one("arm-send"));
    expect(acts().at(-1)).toEqual({ act: "disarm_command", probe: "rollout" });
  });

  test("is armed by nobody without a name", async () => {
    const people = sectionsOf("room", "unwatched").people;
    if (people === undefined) throw new Error("no people");
    fake.play({ people });
    await settle();
    signalOf("rollout").focus();
    await press("Enter");
    expect(one("arm-command").textContent).toContain("Only a named person can arm a command");
    await press("Enter", { ctrlKey: true });
    expect(acts()).toEqual([]);
  });
});

describe("a proposal", () => {
  test("says what is asked, how often, why, and what it does not prove", () => {
    expect(proposals("open")).toHaveLength(3);
    const [, grafana] = proposals("open");
    for (const words of [
      "Grafana dashboards updating",
      "L 242",
      "https://grafana.payments.example",
      "every 15 s, within 5 s",
      "must be: status 200 to 299",
      "line 496 names",
      "answers, and nothing else of what the check says",
    ])
      expect(grafana).toContain(words);
  });

  test("is accepted by Enter as it is shown, is asked then, and is taken back by X", async () => {
    await press("ArrowDown");
    expect(document.activeElement?.getAttribute("data-id")).toBe("proposal api-health");
    await press("Enter");
    expect(acts()).toEqual([{ act: "accept_binding", proposal: "api-health", digest: "digest-api-health" }]);
    expect(proposals("open")).toHaveLength(2);
    expect(signalOf("api-health").textContent).toContain("accepted by MK");
    expect(one("accepted-settings").textContent).toContain("[probes.api-health]");
    await press("y");
    expect(fake.asked.at(-1)).toEqual({ kind: "copy", target: { kind: "settings", id: "accepted" } });
    signalOf("api-health").focus();
    await press("x");
    expect(acts().at(-1)).toEqual({ act: "drop_binding", proposal: "api-health" });
    expect(proposals("dropped")).toHaveLength(1);
  });

  test("is dropped by X, stays to be read, and can be accepted after all", async () => {
    await press("ArrowDown");
    await press("x");
    expect(acts()).toEqual([{ act: "drop_binding", proposal: "api-health" }]);
    expect(proposals("dropped")).toHaveLength(1);
    const [dropped] = all("proposal").filter(({ dataset }) => dataset.state === "dropped");
    dropped?.focus();
    await press("Enter");
    expect(acts().at(-1)).toMatchObject({ act: "accept_binding", proposal: "api-health" });
  });

  test("why it was turned down stands in its card", async () => {
    await open("room", {}, "unwatched");
    await press("s");
    await press("ArrowDown");
    await press("Enter");
    expect(all("proposal")[0]?.textContent).toContain("This takes a person's name");
  });
});

test("what cannot be proposed says why", () => {
  expect(document.body.textContent).toContain("no line names an address of alertmanager");
});

test("in a room that is only read nothing is armed, accepted or dropped", async () => {
  const record = sectionsOf("room").record;
  if (record === undefined) throw new Error("no record");
  await open("room", { record: { ...record, reading_only: "Another window has this room." } }, "go");
  await press("s");
  expect([...all("arm"), ...all("accept-proposal"), ...all("drop-proposal")]).toEqual([]);
  await press("ArrowDown");
  await press("Enter");
  await press("x");
  expect(acts()).toEqual([]);
});

test("Enter and X mean nothing on the page beside its entries", () => {
  const keys = bindings({
    screen: "room",
    page: "signals",
    pages: [],
    rooms: [],
    recent: [],
    scenarios: [],
    score: null,
    people: [],
    panel: null,
    item: null,
    answers: [],
    contact: null,
    step: null,
    stepIsCommand: false,
    signal: { arm: null, accept: null, drop: null },
    hasSettings: false,
    wayBack: "",
    canDeclare: false,
    otherWays: [],
    alert: null,
    alertHere: null,
    canSilence: false,
    hasGate: false,
    isReread: false,
    canGoLive: false,
    hasMissed: false,
    handoff: "open",
    byHand: null,
    hasClaims: false,
    folds: false,
    mayAct: true,
    drafting: false,
    hasDrawer: false,
    past: { isPast: false, item: "", phase: "", correct: 0 },
    line: null,
    focus: "elsewhere",
  }).map(({ key }) => key);
  expect(keys).not.toContain("enter");
  expect(keys).not.toContain("x");
});
