// What the command palette offers, and how it is filtered. Owns: its lines and their groups. Must not know: how it is
// drawn, nor how a command is carried out.
import type {
  AlertView,
  DayView,
  DrillMarkView,
  ExportsView,
  GateView,
  HandoffView,
  ItemView,
  OpeningView,
  PageView,
  PhaseView,
  RereadView,
  RoutinesView,
  ScoreView,
  Screen,
  SignalsView,
  StartView,
  Theme,
  WayBackView,
  WayView,
} from "../ipc";
import { LENGTHS } from "./charts.svelte";
import type { Command, FocusRequest, Panel } from "./command";
import { firstRoom, listedKey, numberKey, showLine } from "./keyboard";
import { exportEntries, handoffEntries, handoffPage, reviewEntries, reviewPage, roundEntries } from "./palette_after";
import { act, entry, type PaletteEntry } from "./palette_entry";
import { logEntries } from "./palette_log";
import { urgentEntries } from "./palette_urgent";
import { plainWords } from "./selectors";

export interface PaletteGroup {
  /** Empty for what stands apart. */
  title: string;
  entries: PaletteEntry[];
}

export interface PaletteSource {
  screen: Screen;
  theme: Theme;
  start: StartView | null;
  opening: OpeningView | null;
  /** Why no room can be entered. */
  shut: string | null;
  day: DayView | null;
  pages: readonly PageView[];
  phase: PhaseView | null;
  /** The page that is shown instead of the phase. */
  page: string | null;
  /** The box that has the keyboard. */
  item: ItemView | null;
  /** The most urgent alert that nobody has taken notice of. */
  alert: AlertView | null;
  /** What a key is about: the gravest that fires, whoever took notice of it. */
  alertHere: AlertView | null;
  /** How many alerts wait for somebody, or are not drawn, where they are several: all are acknowledged at once. */
  more: string;
  /** The gate of the chosen phase that is worked on. */
  gate: GateView | null;
  /** Where the room is blind: the box whose value can be entered by hand. */
  byHand: ItemView | null;
  wayBack: WayBackView | null;
  /** What the checklist's file says besides what the room has. */
  reread: RereadView | null;
  /** What is asked, and what could be. */
  signals: SignalsView | null;
  /** What repeats after go-live. */
  routines: RoutinesView | null;
  /** What the room can be saved as. */
  exports: ExportsView | null;
  /** How the room passes on. */
  handoff: HandoffView | null;
  /** What the week held. */
  /** The ways that could be taken instead. */
  otherWays: readonly WayView[];
  /** Whether a draft is written on the messages' page. */
  drafting: boolean;
  /** Whether boxes of the phase are folded because they are done, or would be. */
  folds: boolean;
  /** Over how many hours the charts of what is shown are drawn; nothing where there are none. */
  vitalsOver: number | null;
  /** Whether the past is looked at. */
  isPast: boolean;
  /** The event of the log that is looked at, where it can be corrected. */
  correct: number;
  /** Whether the side is a drawer here. */
  hasDrawer: boolean;
  /** The drill that is open. */
  drill: DrillMarkView | null;
  score: ScoreView | null;
  closed: boolean;
  /** Whether somebody else has the room, or its file is damaged. */
  readingOnly: boolean;
}

/** What can be done here, but for what is asked in the card of a contact, an alert or a step: that is done there. */
export function paletteGroups(source: PaletteSource): PaletteGroup[] {
  const other = source.theme === "dark" ? "light" : "dark";
  const theme = entry("theme", `Switch to the ${other} theme`, ["Ctrl", "Shift", "L"], { command: "switch_theme" });
  switch (source.screen) {
    case "start":
      return filled([
        { title: "Open", entries: openEntries(source.start) },
        { title: "Try", entries: tryEntries(source.start) },
        { title: "Window", entries: [theme] },
      ]);
    case "opening":
      return filled([
        { title: "Room", entries: openingEntries(source) },
        { title: "Go to", entries: [source.page === "check" ? startEntry() : checkEntry(["R"], { on: "check" })] },
        { title: "Window", entries: [theme, entry("leave", "Back to the start", ["Esc"], { command: "leave" })] },
      ]);
    case "score":
      return filled([
        { title: "Drill", entries: [...scoreEntries(source.score), ...speedEntries(source.score?.mark ?? null)] },
        { title: "Keep", entries: exportEntries(source.exports) },
        { title: "Window", entries: [theme, entry("leave", "Leave the drill", ["Esc"], { command: "leave" })] },
      ]);
    case "room":
      return filled([
        { title: "Now", entries: nowEntries(source) },
        { title: "On this page", entries: placeEntries(source) },
        {
          title: "Go to",
          entries: [
            ...pageEntries(source.pages),
            ...handoffPage(source),
            ...reviewPage(source),
            ...roomCheckEntries(source),
          ],
        },
        { title: "Run of the day", entries: phaseEntries(source.day) },
        {
          title: "Room",
          entries: [
            entry("copy_status", "Copy status", [], { command: "copy_status" }, "two lines for the chat"),
            theme,
            ...vitalsEntries(source),
            ...roomEntries(source),
          ],
        },
        { title: "Drill", entries: drillEntries(source.drill) },
        { title: "", entries: wayBackEntries(source.wayBack) },
      ]);
  }
}

function checkEntry(keys: string[], from: FocusRequest): PaletteEntry {
  return entry("check", "How it was read", keys, { command: "show_check", line: 0, from }, "findings, line by line");
}

function startEntry(): PaletteEntry {
  return entry("ask_start", "Open a room…", ["O"], { command: "ask_start" }, "when is T0?");
}

function roomCheckEntries({ page, item }: PaletteSource): PaletteEntry[] {
  if (page === "check") return [];
  return [checkEntry([], item === null ? { on: "title" } : { on: "item", id: item.id })];
}

function openEntries(start: StartView | null): PaletteEntry[] {
  const rooms = start?.rooms ?? [];
  const first = firstRoom(rooms);
  const found = first === null ? [] : [roomEntry(first, ["Enter"])];
  found.push(entry("open", "Open a checklist…", ["Ctrl", "O"], { command: "choose_checklist" }));
  const others = rooms.filter((room) => room !== first);
  others.forEach((room, index) => found.push(roomEntry(room, caps(listedKey(index)))));
  start?.recent.forEach(({ id, title, path }, index) => {
    const keys = caps(listedKey(others.length + index));
    found.push(entry(`recent ${id}`, title, keys, { command: "open_recent", id }, path));
  });
  return found;
}

function roomEntry({ id, title, words }: StartView["rooms"][number], keys: string[]): PaletteEntry {
  return entry(`room ${id}`, `Enter ${title}`, keys, { command: "enter_room", id }, words);
}

function caps(key: string): string[] {
  return key === "" ? [] : [key];
}

function tryEntries(start: StartView | null): PaletteEntry[] {
  if (start === null) return [];
  const drills = start.drill.scenarios.map(({ id, title, words }, index) =>
    entry(
      `drill ${id}`,
      `Start the drill “${title}”`,
      index === 0 ? ["T"] : [],
      { command: "start_drill", scenario: id, over: "" },
      words,
    ),
  );
  return [...drills, entry("example", "Read the example", ["E"], { command: "open_example" }, start.example.title)];
}

function openingEntries({ opening, shut, start }: PaletteSource): PaletteEntry[] {
  const found: PaletteEntry[] = [];
  const unfinished = opening?.unfinished ?? null;
  if (unfinished !== null)
    found.push(entry("enter", "Go on in its room", ["Enter"], { command: "enter" }, unfinished.title));
  else if (shut === null) found.push(entry("enter", "Enter the room", ["Enter"], { command: "enter" }));
  start?.drill.scenarios.forEach(({ id, title }, index) => {
    const command: Command = { command: "start_drill", scenario: id, over: "opening" };
    found.push(entry(`rehearse ${id}`, "Rehearse it as a drill", index === 0 ? ["D"] : [], command, title));
  });
  return found;
}

function scoreEntries(score: ScoreView | null): PaletteEntry[] {
  if (score === null) return [];
  const again = (scenario: string): Command => ({ command: "start_drill", scenario, over: "again" });
  const found = [entry("again", "Run again", ["Enter"], again(score.scenario))];
  score.scenarios.forEach(({ id, title, words }, index) => {
    found.push(entry(`drill ${id}`, `Start the drill “${title}”`, caps(numberKey(index)), again(id), words));
  });
  if (score.room !== "")
    found.push(entry("room", "Enter its room", ["O"], { command: "enter_room", id: score.room }, score.file));
  return found;
}

function drillEntries(drill: DrillMarkView | null): PaletteEntry[] {
  if (drill === null) return [];
  const end = drill.has_ended ? "Show the score" : "End the drill";
  const ends = entry("end_drill", end, [], { command: "end_drill" }, drill.scenario);
  if (drill.has_ended || drill.speeds.length === 0) return [ends, ...speedEntries(drill)];
  const skip = entry("skip_in_drill", "Skip to what is due next", [], { command: "skip_in_drill" }, drill.scenario);
  return [ends, skip, ...speedEntries(drill)];
}

function speedEntries(drill: DrillMarkView | null): PaletteEntry[] {
  return (drill?.speeds ?? [])
    .filter((speed) => speed !== drill?.speed)
    .map((speed) => entry(`speed ${speed}`, `Drill at speed ×${speed}`, [], { command: "set_drill_speed", speed }));
}

/** The way back stands apart, and is only asked for from here: nothing is decided with one key. */
function wayBackEntries(wayBack: WayBackView | null): PaletteEntry[] {
  if (wayBack?.may_begin_anew)
    return [act("attempt", "Begin a new attempt…", [], { command: "open_panel", panel: "attempt" }, "asks for its T0")];
  const apart = (words: string, key: string, panel: Panel, aside: string): PaletteEntry => ({
    ...act(panel, words, ["Shift", key], { command: "open_panel", panel }, aside),
    danger: true,
  });
  if (wayBack?.state === "none")
    return [apart("Roll back…", "R", "roll_back", wayBack.cannot_start || "asks first; runs nothing")];
  if (wayBack?.state === "running") return [apart("Stand down…", "S", "stand_down", "asks why")];
  return [];
}

function nowEntries(source: PaletteSource): PaletteEntry[] {
  const { item, phase, page } = source;
  const mayAct = !source.closed && !source.readingOnly;
  const found = mayAct ? urgentEntries(source) : [];
  if (source.reread?.state === "offered" && mayAct)
    found.push(
      act(
        "reread",
        "Look at the changed checklist…",
        ["Shift", "C"],
        { command: "open_panel", panel: "reread" },
        source.reread.words,
      ),
    );
  if (source.routines?.go_live.state === "open" && mayAct)
    found.push(
      act("go_live", "Declare go-live…", ["Shift", "L"], { command: "open_panel", panel: "go_live" }, "asks first"),
    );
  if (item !== null && mayAct) {
    const aside = plainWords(item.inlines);
    found.push(act("tick", item.space.words, ["Space"], { command: "tick", item: item.id }, aside));
    item.answers.forEach(({ words }, index) => {
      const answer: Command = { command: "answer", item: item.id, answer: words };
      found.push(act(`answer-${index}`, `Answer ${words}`, [numberKey(index)].filter(Boolean), answer, aside));
    });
    found.push(
      act("defer", "Defer…", ["Shift", "D"], { command: "ask_in_row", item: item.id, form: "defer" }, aside),
      act("override", "Override…", ["Shift", "O"], { command: "ask_in_row", item: item.id, form: "override" }, aside),
      act(
        "not_applicable",
        "Not applicable…",
        ["Shift", "X"],
        { command: "ask_in_row", item: item.id, form: "not_applicable" },
        aside,
      ),
    );
    found.push(
      act("evidence", "Attach evidence…", [], { command: "ask_in_row", item: item.id, form: "evidence" }, aside),
      act("attach_file", "Attach a file's digest…", [], { command: "attach_file", item: item.id }, aside),
    );
    if (SETTLED_OTHERWISE.includes(item.state))
      found.push(act("take_back", "Take back", [], { command: "undo_item", item: item.id }, aside));
  }
  if (item !== null)
    found.push(act("show_line", "Show its line", ["I"], showLine(item.line, item.id), `L ${item.line}`));
  if (mayAct && source.wayBack?.state === "running" && source.wayBack.cannot_declare === "")
    found.push(
      act(
        "declare",
        "It is rolled back…",
        ["Ctrl", "Enter"],
        { command: "open_panel", panel: "declare" },
        "asks first",
      ),
    );
  if (page === null && phase !== null && phase.claims > 0 && mayAct)
    found.push(
      act("confirm", confirmWords(phase.claims), ["Shift", "Space"], { command: "confirm_phase" }, phase.title),
    );
  found.push(
    ...(mayAct ? [entry("hourly_update", "Draft the hourly update", ["H"], { command: "hourly_update" })] : []),
    entry("note", "Write a note to the log", ["N"], { command: "note" }),
    entry("next_box", "Go to the next box", ["J"], { command: "next_box" }),
  );
  if (mayAct) found.push(entry("undo", "Take back the last act", ["Ctrl", "Z"], { command: "undo" }));
  return found;
}

function placeEntries(source: PaletteSource): PaletteEntry[] {
  const { page, pages, drafting } = source;
  const mayAct = !source.closed && !source.readingOnly;
  const found: PaletteEntry[] = [];
  if (page === "messages") {
    found.push(entry("copy_message", "Copy the message", ["Y"], { command: "copy_message" }));
    if (mayAct) found.push(entry("new_notice", "New notice", ["+"], { command: "new_notice" }));
    if (mayAct && drafting)
      found.push(
        entry("keep_draft", "Keep the draft", ["Ctrl", "S"], { command: "keep_draft" }),
        entry("open_in_mail", "Open the draft in mail", ["O"], { command: "open_in_mail" }),
      );
  }
  if (page !== "alerts")
    found.push(
      entry("history", "History of alerts", ["Shift", "I"], { command: "history", alert: source.alertHere?.id ?? "" }),
    );
  if (page === "rollback" && mayAct)
    for (const { number, title } of source.otherWays)
      found.push(
        act(
          `way ${number}`,
          `Take way ${number}…`,
          ["Shift", String(number)],
          { command: "other_way", way: number },
          title,
        ),
      );
  if (mayAct && source.wayBack?.state === "none" && source.wayBack.cannot_rehearse === "")
    found.push(
      act(
        "rehearse_way",
        "Rehearse the way back",
        [],
        { command: "rehearse", way: source.wayBack.way },
        "runs nothing; its clock measures",
      ),
    );
  if (page === "signals") found.push(...signalEntries(source));
  if (page === "schedule" && mayAct)
    found.push(
      entry("take_what_if", "Take the what-if…", ["Enter"], { command: "take_what_if" }),
      entry("other_what_if", "Show another what-if…", ["+"], { command: "other_what_if" }),
      entry("another_end", "Another end of the window…", ["W"], { command: "another_end" }),
      entry("window_notice", "Review the notice that moves the window", ["Shift", "M"], { command: "window_notice" }),
    );
  if (page === "routines") found.push(...roundEntries(source));
  if (page === "handoff") found.push(...handoffEntries(source));
  if (page === "log") found.push(...logEntries(source.isPast, source.correct));
  if (page === "review") found.push(...reviewEntries(source));
  if (page === null && source.folds)
    found.push(entry("toggle_done", "Fold or show what is done", ["D"], { command: "toggle_done" }));
  if (page === "log" || pages.some(({ id }) => id === "references"))
    found.push(
      entry("search", page === "log" ? "Search the log" : "Search the references", ["/"], { command: "search" }),
    );
  if (source.hasDrawer)
    found.push(entry("toggle_drawer", "Open or close the side", ["\\"], { command: "toggle_drawer" }));
  return found;
}

/** What waits on the signals' page: commands that are not armed, then proposals; each is asked for as by its own key. */
function signalEntries({ signals, closed, readingOnly }: PaletteSource): PaletteEntry[] {
  const found: PaletteEntry[] = [];
  if (!closed && !readingOnly) {
    for (const { id, name, command } of signals?.signals ?? [])
      if (command !== null)
        found.push(
          act(
            `arm ${id}`,
            `${command.armed ? "Disarm" : "Arm"} the command of ${name}…`,
            [],
            { command: "arm", signal: id },
            "asks first",
          ),
        );
    for (const { id, text, state, asks } of signals?.proposals ?? [])
      if (state === "open")
        found.push(
          act(`accept ${id}`, `Let “${text}” be observed`, [], { command: "accept_proposal", proposal: id }, asks),
        );
  }
  if ((signals?.settings ?? "") !== "")
    found.push(entry("copy_settings", "Copy what was accepted, as settings", ["Y"], { command: "copy_settings" }));
  return found;
}

/** Space states such a box; what was said of it is taken back apart. */
const SETTLED_OTHERWISE = ["overridden", "deferred", "not_applicable"];

/** What confirming all claims of a phase is called. */
export function confirmWords(claims: number): string {
  return claims === 1 ? "Confirm 1 claim" : `Confirm ${claims} claims`;
}

function pageEntries(pages: readonly PageView[]): PaletteEntry[] {
  return pages.map(({ id, title, key, count }) =>
    entry(`page ${id}`, title, key.split("+"), { command: "show_page", page: id }, count),
  );
}

function phaseEntries(day: DayView | null): PaletteEntry[] {
  return (day?.phases ?? []).map(({ id, title, when_words }) =>
    entry(`phase ${id}`, title, [], { command: "look", phase: id }, when_words),
  );
}

function vitalsEntries({ vitalsOver }: PaletteSource): PaletteEntry[] {
  if (vitalsOver === null) return [];
  return LENGTHS.filter(({ hours }) => hours !== vitalsOver).map(({ hours, long }) =>
    entry(`vitals ${hours}`, `Vitals over ${long}`, [], { command: "show_vitals_over", hours }),
  );
}

function roomEntries({ closed, readingOnly, exports }: PaletteSource): PaletteEntry[] {
  const found = [entry("people", "Who acts…", ["Shift", "P"], { command: "open_panel", panel: "people" })];
  found.push(...exportEntries(exports));
  if (!readingOnly)
    found.push(
      closed
        ? entry("reopen", "Open the room again…", [], { command: "open_panel", panel: "reopen" }, "asks why")
        : entry("close", "Close the room…", [], { command: "open_panel", panel: "close" }, "asks how it ended"),
    );
  found.push(entry("leave", "Leave the room", [], { command: "leave" }, "back to the start"));
  return found;
}

function filled(groups: PaletteGroup[]): PaletteGroup[] {
  return groups.filter((group) => group.entries.length > 0);
}

/** The lines in which every typed word occurs. */
export function filterPalette(groups: readonly PaletteGroup[], typed: string): PaletteGroup[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return filled(
    groups.map(({ title, entries }) => ({
      title,
      entries: entries.filter((entry) => {
        const line = `${entry.words} ${entry.asideCounts ? entry.aside : ""}`.toLowerCase();
        return words.every((word) => line.includes(word));
      }),
    })),
  );
}
