// Short words for making views by hand, for browser work and tests. Owns: nothing but shapes. Lines and ids count up as
// things are made, as they would stand in a file.
import type {
  BlockView,
  CommandView,
  InlineView,
  ItemView,
  PhaseEntryView,
  PhaseView,
  RowView,
  SpaceView,
} from "../bindings";

let line = 0;

export function nextLine(): number {
  line += 1;
  return line;
}

/** `code`, **strong** and [links](target) as in the checklist, so that the fake reads like one. */
export function inlines(words: string): InlineView[] {
  const found: InlineView[] = [];
  for (const piece of words.split(/(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/)) {
    const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(piece);
    if (link?.[1] !== undefined && link[2] !== undefined)
      found.push({ kind: "link", text: link[1], target: link[2], opens: /^(https?|mailto|tel):/.test(link[2]) });
    else if (piece.startsWith("`")) found.push({ kind: "code", text: piece.slice(1, -1) });
    else if (piece.startsWith("**")) found.push({ kind: "strong", text: piece.slice(2, -2) });
    else if (piece !== "") found.push({ kind: "text", text: piece });
  }
  return found;
}

export function command(text: string, label = "", alternative = ""): CommandView {
  const at = nextLine();
  return { id: `command-${at}`, line: at, text, label, remark: "", alternative };
}

export function commands(...all: CommandView[]): BlockView {
  return { block: "commands", line: nextLine(), commands: all };
}

export function prose(words: string, more: { depth?: number; bullet?: string; quoted?: boolean } = {}): BlockView {
  return {
    block: "prose",
    line: nextLine(),
    depth: more.depth ?? 0,
    bullet: more.bullet ?? "",
    quoted: more.quoted ?? false,
    inlines: inlines(words),
  };
}

type ItemRow = Extract<RowView, { kind: "item" }>;

export function item(words: string, more: Partial<Omit<ItemView, "id" | "line" | "inlines">> = {}): ItemRow {
  const at = nextLine();
  return {
    kind: "item",
    id: `item-${at}`,
    line: at,
    depth: more.depth ?? 0,
    inlines: inlines(words),
    state: more.state ?? "open",
    observed: more.observed ?? "",
    reading: more.reading ?? "",
    query: more.query ?? "",
    by: more.by ?? "",
    words: more.words ?? "",
    asks: more.asks ?? "",
    answers: more.answers ?? [],
    fields: more.fields ?? [],
    columns: more.columns ?? [],
    item_kind: more.item_kind ?? "check",
    right: more.right ?? "",
    below: more.below ?? "",
    blocks: more.blocks ?? [],
    evidence: more.evidence ?? [],
    get space(): SpaceView {
      return spaceOf(this);
    },
  };
}

/** The answers of a choice, each with what it means. */
export function answers(...all: [words: string, means: string][]): ItemView["answers"] {
  return all.map(([words, means]) => ({ words, means, chosen: false, claimed: false }));
}

/** Blanks by what they ask for. */
export function fields(...labels: string[]): ItemView["fields"] {
  return labels.map((label) => ({ field: label, label, value: "" }));
}

/** What Space does to a box, as long as no hold is to be begun. */
export function spaceOf({
  state,
  asks,
  answers,
  fields,
}: Pick<ItemView, "state" | "asks" | "answers" | "fields">): SpaceView {
  if (state === "claimed") return { act: "confirm", gate: "", words: "Confirm" };
  if (state === "stated" || state === "answered_no") return { act: "undo", gate: "", words: "Take back" };
  if (answers.length > 0) return { act: "answer", gate: "", words: "Choose…" };
  if (fields.length > 0) return { act: "ask", gate: "", words: "Fill in…" };
  if (asks !== "" && state !== "observed" && state !== "breached") return { act: "ask", gate: "", words: "Tick…" };
  return { act: "state", gate: "", words: "Tick" };
}

/** The hold that may be begun says so. */
export function withHolds(view: PhaseView): PhaseView {
  let above: PhaseView["gates"][number] | undefined;
  const rows = view.rows.map((row) => {
    if (row.kind !== "item") return row;
    if (row.item_kind === "gate") above = view.gates.find(({ item }) => item === row.id);
    const space =
      row.item_kind === "hold" && above?.cannot_enter === ""
        ? { act: "enter_gate", gate: above.item, words: "Start the hold" }
        : spaceOf(row);
    return { ...row, space };
  });
  const left = view.gates.filter(({ state }) => state !== "passed" && state !== "overridden");
  const worked = left.find(({ state }) => state !== "next") ?? left[0];
  return { ...view, rows, gates: view.gates.map((gate) => ({ ...gate, worked: gate === worked })) };
}

/** A box with boxes below it. */
export function group(words: string, children: string[]): RowView[] {
  return [item(`**${words}**`), ...children.map((child) => item(child, { depth: 1 }))];
}

export function heading(title: string, label = "", when = "", depth = 1): RowView {
  return { kind: "heading", line: nextLine(), depth, label, title, when };
}

export function block(one: BlockView): RowView {
  return { kind: "block", ...one };
}

/** A gate's card, before anything happened to it. */
export function gate(item: string, share: string, hold: string): PhaseView["gates"][number] {
  return {
    item,
    share,
    hold,
    state: "next",
    worked: false,
    status: "next",
    line: "3 conditions",
    held: "",
    percent: 0,
    on_word: false,
    conditions: [],
    cannot_pass: "Nobody has said yet that this share of the traffic is on the new version.",
    cannot_enter: "Another gate comes first.",
    left: "",
    said: "",
    back_to: "",
    give_up: "",
  };
}

/** A phase with its stop on the run of the day. */
export interface FakePhase {
  entry: PhaseEntryView;
  view: PhaseView;
}

export function phase(
  id: string,
  when: string,
  whenWords: string,
  title: string,
  crumb: string,
  rows: RowView[],
  gates: PhaseView["gates"] = [],
): FakePhase {
  const boxes = rows.filter((row) => row.kind === "item");
  const claimed = boxes.filter((row) => row.state === "claimed").length;
  const count = `${boxes.length} ${boxes.length === 1 ? "box" : "boxes"}`;
  return {
    entry: {
      id,
      when,
      when_words: whenWords,
      title,
      total: boxes.length,
      claimed,
      done: 0,
      open: boxes.length,
      chosen: false,
    },
    view: {
      id,
      crumb,
      title,
      when: whenWords,
      count: claimed > 0 ? `${count} · ${claimed} claimed in the source` : boxes.length > 0 ? count : "",
      claims: claimed,
      later: [],
      returned: [],
      gates,
      rows,
    },
  };
}
