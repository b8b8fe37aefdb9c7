// What is worked out of the sections.
import { expect, test } from "vitest";
import type { RowView, WayBackView } from "../src/ipc";
import { sectionsOf } from "../src/ipc/fake";
import { command, heading, item } from "../src/ipc/fake/build";
import { references } from "../src/ipc/fake/pages";
import { alertsOf, unit } from "../src/ipc/fake/watch";
import { filterPalette, paletteGroups, type PaletteSource } from "../src/room/palette";
import {
  asksOfSetUp,
  filterReferences,
  foldDone,
  groupAlternatives,
  neighbour,
  openBlanks,
  pagesOf,
  sayLabelsOnce,
  splitBlanks,
} from "../src/room/selectors";

test.each([
  ["Done at [TIME].", ["[TIME]"], ["Done at ", "*[TIME]", "."]],
  ["[TIME][NAME]", ["[NAME]", "[TIME]"], ["*[TIME]", "*[NAME]"]],
  ["<VERSION> and {{ who }}?", ["<VERSION>", "{{ who }}"], ["*<VERSION>", " and ", "*{{ who }}", "?"]],
  ["TBD, TBD later", ["TBD later", "TBD"], ["*TBD", ", ", "*TBD later"]],
  ["nothing", [], ["nothing"]],
  ["a.b axb", ["a.b"], ["*a.b", " axb"]],
  ["", ["[TIME]"], []],
])("%j is cut at its blanks", (text, blanks, pieces) => {
  const found = splitBlanks(text, blanks);
  expect(found.map(({ text, blank }) => (blank ? `*${text}` : text))).toEqual(pieces);
  expect(found.map(({ text }) => text).join("")).toBe(text);
});

test("alternatives beside each other become one group, the others stay in order", () => {
  const groups = groupAlternatives([
    command("first"),
    command("a1", "", "A"),
    command("a2", "", "A"),
    command("b", "", "B"),
    command("last"),
  ]);
  expect(
    groups.map((group) =>
      group.kind === "commands"
        ? group.commands.map(({ text }) => text)
        : group.alternatives.map(({ title, commands }) => [title, ...commands.map(({ text }) => text)]),
    ),
  ).toEqual([
    ["first"],
    [
      ["A", "a1", "a2"],
      ["B", "b"],
    ],
    ["last"],
  ]);
});

test("a comment over several commands is said once", () => {
  const all = [command("1", "Metrics"), command("2", "Metrics"), command("3", "Events"), command("4", "Metrics")];
  expect(sayLabelsOnce(all).map(({ label }) => label)).toEqual(["Metrics", "", "Events", "Metrics"]);
});

test.each([
  ["a", 1, "b"],
  ["c", 1, null],
  ["a", -1, null],
  [null, 1, "a"],
  ["gone", -1, "c"],
] as const)("from %s by %i comes %s", (id, step, expected) => {
  expect(neighbour(["a", "b", "c"], id, step)).toBe(expected);
});

test("references are found by every typed word, in name or target", () => {
  const found = filterReferences(references.groups, " LOGS kubectl ").flatMap((group) => group.references);
  expect(found.map(({ title }) => title)).toEqual(["Logs"]);
  expect(filterReferences(references.groups, "")).toHaveLength(references.groups.length);
  expect(filterReferences(references.groups, "no such thing")).toEqual([]);
});

function source(more: Partial<PaletteSource>): PaletteSource {
  const nothing = { start: null, day: null, pages: [], phase: null, page: null, item: null };
  const free = { closed: false, readingOnly: false };
  const calm = {
    alert: null,
    alertHere: null,
    more: "",
    gate: null,
    byHand: null,
    wayBack: null,
    reread: null,
    signals: null,
    routines: null,
    handoff: null,
    exports: null,
    drill: null,
    score: null,
  };
  const here = {
    opening: null,
    shut: null,
    otherWays: [],
    drafting: false,
    vitalsOver: null,
    folds: false,
    hasDrawer: false,
    isPast: false,
    correct: 0,
  };
  return { ...here, screen: "room", theme: "dark", ...nothing, ...free, ...calm, ...more };
}

function ids(more: Partial<PaletteSource>): string[] {
  return paletteGroups(source(more)).flatMap(({ entries }) => entries.map(({ id }) => id));
}

test("the palette offers only what can be done here", () => {
  expect(ids({ screen: "start" })).toEqual(["open", "theme"]);
  expect(ids({ screen: "opening", shut: "T0 is missing" })).toEqual(["check", "theme", "leave"]);
  const { opening = null } = sectionsOf("opening");
  const { start = null } = sectionsOf("start");
  expect(ids({ screen: "opening", opening, start })).toEqual([
    "enter",
    ...(start?.drill.scenarios ?? []).map(({ id }) => `rehearse ${id}`),
    "check",
    "theme",
    "leave",
  ]);
  expect(ids({ page: "messages", drafting: true })).toEqual(expect.arrayContaining(["new_notice", "keep_draft"]));
  expect(ids({ page: "messages", closed: true })).not.toContain("new_notice");
  expect(ids({ page: "log" })).toContain("search");
  const groups = paletteGroups(source({ theme: "light" }));
  expect(filterPalette(groups, "dark theme").flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(["theme"]);
  expect(filterPalette(groups, "nonsense")).toEqual([]);
});

test("the palette speaks of the box that has the keyboard, and closes the room or opens it again", () => {
  const open = item("Backup taken");
  expect(ids({ item: open })).toEqual(expect.arrayContaining(["tick", "defer", "override", "not_applicable"]));
  expect(ids({})).not.toContain("tick");
  expect(ids({})).toContain("close");
  expect(ids({})).not.toContain("reopen");
  expect(ids({ closed: true })).toContain("reopen");
  expect(ids({ closed: true })).not.toContain("close");
  const words = paletteGroups(source({ item: item("Backup taken", { state: "claimed" }) }))[0]?.entries[0]?.words;
  expect(words).toBe("Confirm");
});

test("what has no key of its own is a line of the palette", () => {
  const { way_back: wayBack = null, phase = null } = sectionsOf("room", "hold");
  const gate = phase?.gates.find(({ give_up }) => give_up !== "") ?? null;
  expect(gate).not.toBeNull();
  const here = { wayBack, phase, gate, item: item("Backup taken"), more: "2 wait" };
  const lines = ["go_back", "give_up", "evidence", "copy_status", "acknowledge_all"];
  expect(ids(here)).toEqual(expect.arrayContaining(lines));
  const before = { ...wayBack, state: "none", cannot_rehearse: "" } as WayBackView;
  expect(ids({ wayBack: before })).toContain("rehearse_way");
  expect(ids({ wayBack: { ...before, cannot_rehearse: "no" } })).not.toContain("rehearse_way");
  expect(ids({ wayBack: { ...before, may_begin_anew: true } })).toContain("attempt");
  for (const more of [{ closed: true }, { readingOnly: true }])
    for (const line of ["give_up", "rehearse_way", "evidence"]) expect(ids({ ...here, ...more })).not.toContain(line);
  expect(ids({ more: "" })).not.toContain("acknowledge_all");
});

const DONE = { state: "stated" };

function names(rows: readonly RowView[]): string[] {
  return rows.map((row) =>
    row.kind === "item"
      ? row.inlines.map(({ text }) => text).join("")
      : row.kind === "heading"
        ? `# ${row.title}`
        : "block",
  );
}

test("done boxes fold with all below them, never without, and take an empty heading along", () => {
  const rows = [
    heading("First"),
    item("a", DONE),
    item("b", DONE),
    item("b1", { ...DONE, depth: 1 }),
    heading("Second"),
    item("c", DONE),
    item("c1", { depth: 1 }),
    item("d", { state: "overridden" }),
  ];
  const folded = foldDone(rows, null);
  expect(names(folded.rows)).toEqual(["# Second", "c", "c1", "d"]);
  expect(folded.count).toBe(3);
});

test("what has the keyboard is not folded under it", () => {
  const kept = item("a", DONE);
  expect(names(foldDone([heading("First"), kept, item("b", DONE)], kept.id).rows)).toEqual(["# First", "a"]);
});

test("nothing is folded where nothing is done", () => {
  const rows = [heading("First"), item("a"), item("b", { state: "deferred" })];
  expect(foldDone(rows, null)).toEqual({ rows, count: 0 });
});

test("a blank counts as open only while it stands in what was typed", () => {
  const blanks = [
    { blank: "[TIME]", suggestion: "" },
    { blank: "[NAME]", suggestion: "" },
  ];
  expect(openBlanks(blanks, { subject: "at [TIME]", body: "from MK" }).map(({ blank }) => blank)).toEqual(["[TIME]"]);
});

test("the log is a page of every room, once", () => {
  const log = { count: 214, head: "", tail: [], groups: [], note_typed: "" };
  const page = { id: "log", key: "L", title: "Log", count: "214", count_short: "214" };
  expect(pagesOf({ phases: [], pages: [] }, log)).toEqual([page]);
  expect(pagesOf({ phases: [], pages: [page] }, log)).toEqual([page]);
  expect(pagesOf({ phases: [], pages: [] }, null)).toEqual([]);
});

test("the set-up says only what is missing", () => {
  const quiet = { ...alertsOf("hold"), units: [], test: { state: "seen", words: "", quiet: "" } };
  expect(asksOfSetUp(quiet)).toEqual([]);
  expect(asksOfSetUp({ ...quiet, units: [unit, unit] })).toEqual(["2 units to confirm"]);
  expect(asksOfSetUp({ ...quiet, test: { state: "failed", words: "", quiet: "" } })).toEqual(["desktop test failed"]);
});
