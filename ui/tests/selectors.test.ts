// What is worked out of the sections.
import { expect, test } from "vitest";
import { command } from "../src/ipc/fake/build";
import { references } from "../src/ipc/fake/pages";
import { filterPalette, paletteGroups } from "../src/room/palette";
import { filterReferences, groupAlternatives, neighbour, sayLabelsOnce, splitBlanks } from "../src/room/selectors";

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

test("the palette offers only what can be done here", () => {
  const ids = (screen: "start" | "opening"): string[] =>
    paletteGroups({ screen, theme: "dark", start: null, day: null }).flatMap(({ entries }) =>
      entries.map(({ id }) => id),
    );
  expect(ids("start")).toEqual(["open", "theme"]);
  expect(ids("opening")).toEqual(["theme", "leave"]);
  const groups = paletteGroups({ screen: "room", theme: "light", start: null, day: null });
  expect(filterPalette(groups, "dark theme").flatMap(({ entries }) => entries.map(({ id }) => id))).toEqual(["theme"]);
  expect(filterPalette(groups, "nonsense")).toEqual([]);
});
