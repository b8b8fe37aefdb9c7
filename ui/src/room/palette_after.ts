// What the command palette offers of the time after go-live: rounds, the handoff, the week, and what is kept elsewhere. Must not know: the rest of its lines.
import type { ExportsView } from "../ipc";
import type { Command } from "./command";
import { signatureDue } from "./keyboard";
import type { PaletteSource } from "./palette";
import { act, entry, type PaletteEntry } from "./palette_entry";

/** The page of the watch. */
export function roundEntries({ routines, closed, readingOnly }: PaletteSource): PaletteEntry[] {
  const found: PaletteEntry[] = [];
  const round = routines?.rounds.find(({ id }) => id === routines.next_round);
  if (round !== undefined && !closed && !readingOnly)
    found.push(entry("do_round", "Do the next round", ["Enter"], { command: "do_round" }, round.title));
  if (
    routines?.state === "watch" &&
    routines.success.cannot === "" &&
    routines.success.declared === "" &&
    !closed &&
    !readingOnly
  )
    found.push(act("success", "Declare success…", [], { command: "open_panel", panel: "success" }, "asks first"));
  if ((routines?.success.has_closing ?? false) && !closed && !readingOnly)
    found.push(entry("closing_words", "Draft the closing words", [], { command: "closing_words" }));
  if ((routines?.missed ?? "") !== "" && !closed && !readingOnly)
    found.push(entry("say_why", "Say why rounds were missed…", ["Y"], { command: "say_why" }));
  if (!readingOnly) found.push(entry("lesson", "Add a lesson…", ["+"], { command: "lesson" }));
  return found;
}

export function handoffPage({ page, handoff }: PaletteSource): PaletteEntry[] {
  if (page === "handoff" || handoff === null) return [];
  const to: Command = { command: "show_page", page: "handoff" };
  return [entry("handoff", "Shift handoff", ["Shift", "H"], to, handoff.holds)];
}

/** What the room can be saved as; the first has the key. */
export function exportEntries(exports: ExportsView | null): PaletteEntry[] {
  return (exports?.exports ?? []).map(({ kind, title, form }, at) =>
    entry(
      `export ${kind}`,
      at === 0 ? "Save the report…" : `Save: ${title}…`,
      at === 0 ? ["Ctrl", "E"] : [],
      { command: "export", export: kind },
      form,
    ),
  );
}

/** The page of the handoff. */
export function handoffEntries({ handoff, closed, readingOnly }: PaletteSource): PaletteEntry[] {
  const found = [
    entry("copy_handoff", "Copy it for the other laptop", ["O"], { command: "copy_handoff" }, "as text, with the head"),
  ];
  const panel = signatureDue(handoff?.state ?? "");
  if (panel === null || closed || readingOnly) return found;
  const words = panel === "hand_over" ? "Hand over…" : `Take over as ${handoff?.to.name ?? ""}…`;
  found.unshift(act("sign", words, ["Enter"], { command: "open_panel", panel }, "asks first"));
  if (panel === "take_over")
    found.push(act("withdraw", "Take the first signature back", [], { command: "withdraw_handover" }, ""));
  return found;
}

export function reviewPage({ page, routines }: PaletteSource): PaletteEntry[] {
  if (page === "review" || routines?.go_live.state !== "declared") return [];
  const to: Command = { command: "show_page", page: "review" };
  return [entry("review", "Weekly review", page === "routines" ? ["W"] : [], to)];
}

/** The page of the week. */
export function reviewEntries({ readingOnly }: PaletteSource): PaletteEntry[] {
  return readingOnly ? [] : [entry("lesson", "Add a lesson…", ["+"], { command: "lesson" })];
}
