// The keyboard as data: which key does what, where. Owns: the map and the rule that letters are off in fields.
// Must not know: the DOM beyond the event's own fields, nor how a command is carried out.
import type { PageView, PersonView, RecentView, RoomEntryView, ScenarioView, ScoreView, Screen } from "../ipc";
import { isDialog, type Command, type Panel } from "./command";

/** What decides about the meaning of a key. */
export interface Situation {
  screen: Screen;
  /** The page that is shown instead of the phase. */
  page: string | null;
  pages: readonly Pick<PageView, "id" | "key">[];
  rooms: readonly Pick<RoomEntryView, "id" | "state" | "is_drill">[];
  recent: readonly Pick<RecentView, "id">[];
  /** What can be drilled. */
  scenarios: readonly Pick<ScenarioView, "id">[];
  /** The drill that was scored. */
  score: Pick<ScoreView, "scenario" | "room"> | null;
  people: readonly Pick<PersonView, "initials" | "key">[];
  /** What stands open over the room. */
  panel: Panel | null;
  /** The box that has the keyboard, or something inside of it. */
  item: string | null;
  /** What that box can be answered with. */
  answers: readonly string[];
  /** The contact that has the keyboard, or something inside of it. */
  contact: string | null;
  /** The step of a way back that has the keyboard, or something inside of it. */
  step: string | null;
  /** Whether that step is a command. */
  stepIsCommand: boolean;
  /** What the entry of the signals' page that has the keyboard can be asked for. */
  signal: Readonly<{ arm: string | null; accept: string | null; drop: string | null }>;
  /** Whether something was accepted that the settings could have. */
  hasSettings: boolean;
  /** Where the way back stands: `none`, `running` or `done`; empty where nothing is known of it. */
  wayBack: string;
  /** Whether it can be said that it is rolled back. */
  canDeclare: boolean;
  /** The ways that could be taken instead. */
  otherWays: readonly number[];
  /** The most urgent alert that nobody has taken notice of. */
  alert: string | null;
  /** The alert that is at hand: the one that has the keyboard, or the most urgent one. */
  alertHere: string | null;
  /** Whether its voice can be let rest. */
  canSilence: boolean;
  /** Whether the chosen phase has a gate that is not passed. */
  hasGate: boolean;
  /** Whether go-live can be declared. */
  canGoLive: boolean;
  /** Where a handoff stands: `open` or `signed`; empty where nothing is known of it. */
  handoff: string;
  /** Whether rounds were missed that nobody explained. */
  hasMissed: boolean;
  /** Whether the checklist's file says something else than the room has. */
  isReread: boolean;
  /** Where the room is blind: the box of the chosen phase whose value can be entered by hand. */
  byHand: string | null;
  /** Whether claims of the source wait in the chosen phase. */
  hasClaims: boolean;
  /** Whether boxes of the phase are folded because they are done. */
  folds: boolean;
  /** Whether acts have any hope: nobody else has the room, and it is open. */
  mayAct: boolean;
  /** Whether a draft is written on the messages' page. */
  drafting: boolean;
  /** Whether the window is narrow and the page has a side, which is then a drawer. */
  hasDrawer: boolean;
  /** Whether the past is looked at, and of the event that is looked at the check that it is about, and its number where it can
      be corrected. */
  past: Readonly<{ isPast: boolean; item: string; phase: string; correct: number }>;
  /** The line of the source that belongs to what has the keyboard. */
  line: number | null;
  focus: Focus;
}

/** `field`: something that takes letters; `control`: what Enter and Space press; `rail`: the run of the day;
    `source`: the lines of the checklist. */
export type Focus = "field" | "control" | "rail" | "source" | "elsewhere";

export interface Binding {
  /** As `keyName` gives it: "ctrl+k", "j", "escape". */
  key: string;
  command: Command;
}

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "shiftKey" | "altKey" | "metaKey">;

/** Saves the report of the room, or of the drill that has ended. */
const KEEP_REPORT: Binding = { key: "ctrl+e", command: { command: "export", export: "report" } };

/** What the start window lists begins at this number key and ends at 9. */
const FIRST_LISTED_KEY = 2;
const LAST_LISTED_KEY = 9;

/** The room that Enter leads to from the start window: the first one that is not closed, and no drill. */
export function firstRoom<Entry extends Pick<RoomEntryView, "state" | "is_drill">>(
  rooms: readonly Entry[],
): Entry | null {
  return rooms.find(({ state, is_drill }) => state !== "closed" && state !== "unreadable" && !is_drill) ?? null;
}

/** The number key of the entry at this place of the start window's lists, which count on from rooms to checklists. */
export function listedKey(index: number): string {
  const key = index + FIRST_LISTED_KEY;
  return key <= LAST_LISTED_KEY ? String(key) : "";
}

/** The number key of the entry at this place of a list that begins at 1. */
export function numberKey(index: number): string {
  return index < LAST_LISTED_KEY ? String(index + 1) : "";
}

/** The keys of the map, each once, for the place where the keyboard is. */
export function bindings(situation: Situation): Binding[] {
  const everywhere: Binding[] = [
    { key: "ctrl+k", command: { command: "open_palette" } },
    { key: "ctrl+shift+l", command: { command: "switch_theme" } },
  ];
  switch (situation.screen) {
    case "start":
      return [...everywhere, ...startBindings(situation)];
    case "opening":
      if (situation.page === "check") return [...everywhere, ...openingCheckBindings(situation)];
      return [
        ...everywhere,
        { key: "r", command: { command: "show_check", line: 0, from: { on: "check" } } },
        { key: "enter", command: { command: "enter" } },
        { key: "escape", command: { command: "leave" } },
        ...drillOf(situation, "d", "opening"),
      ];
    case "score":
      return [...everywhere, ...scoreBindings(situation)];
    case "room":
      // A dialog that traps the keyboard has no palette over it.
      if (situation.panel !== null && isDialog(situation.panel)) return panelBindings(situation);
      return [...everywhere, ...(situation.panel === null ? roomBindings(situation) : panelBindings(situation))];
  }
}

/** The key that starts the first drill. */
function drillOf({ scenarios }: Situation, key: string, over: string): Binding[] {
  return scenarios.slice(0, 1).map(({ id }) => ({ key, command: { command: "start_drill", scenario: id, over } }));
}

function scoreBindings({ score, scenarios }: Situation): Binding[] {
  const found: Binding[] = [{ key: "escape", command: { command: "leave" } }];
  if (score === null) return found;
  found.push(KEEP_REPORT);
  const again = (scenario: string): Command => ({ command: "start_drill", scenario, over: "again" });
  found.push({ key: "enter", command: again(score.scenario) });
  if (score.room !== "") found.push({ key: "o", command: { command: "enter_room", id: score.room } });
  scenarios.slice(0, LAST_LISTED_KEY).forEach(({ id }, index) => {
    found.push({ key: numberKey(index), command: again(id) });
  });
  return found;
}

function startBindings(situation: Situation): Binding[] {
  const { rooms, recent } = situation;
  const first = firstRoom(rooms);
  const listed: Command[] = [
    ...rooms.filter((room) => room !== first).map(({ id }): Command => ({ command: "enter_room", id })),
    ...recent.map(({ id }): Command => ({ command: "open_recent", id })),
  ];
  const found: Binding[] = [
    { key: "ctrl+o", command: { command: "choose_checklist" } },
    { key: "e", command: { command: "open_example" } },
    ...drillOf(situation, "t", ""),
  ];
  if (first !== null) found.push({ key: "enter", command: { command: "enter_room", id: first.id } });
  listed.forEach((command, index) => {
    const key = listedKey(index);
    if (key !== "") found.push({ key, command });
  });
  return found;
}

function panelBindings({ panel, people }: Situation): Binding[] {
  const found: Binding[] = [{ key: "escape", command: { command: "back" } }];
  if (panel !== "people") return found;
  for (const { initials, key } of people)
    if (key !== "") found.push({ key, command: { command: "choose_person", initials } });
  return found;
}

function roomBindings(situation: Situation): Binding[] {
  const { page, pages, item, alert, alertHere, byHand, mayAct } = situation;
  const found: Binding[] = [
    { key: "j", command: { command: "next_box" } },
    { key: "k", command: { command: "previous_box" } },
    { key: "n", command: { command: "note" } },
    { key: "shift+p", command: { command: "open_panel", panel: "people" } },
    { key: "ctrl+z", command: { command: "undo" } },
    KEEP_REPORT,
    { key: "escape", command: backOf(situation) },
    ...pages.map(({ id, key }): Binding => {
      const about = id === "escalation" && page !== id ? alertHere : null;
      const command: Command =
        about === null ? { command: "show_page", page: id } : { command: "escalate", alert: about };
      return { key: key.toLowerCase(), command };
    }),
    { key: "shift+h", command: { command: "show_page", page: "handoff" } },
    { key: "shift+i", command: { command: "history", alert: alertHere ?? "" } },
  ];
  if (alertHere !== null && situation.canSilence && mayAct)
    found.push({ key: "shift+q", command: { command: "silence", alert: alertHere } });
  if (alert !== null) found.push({ key: "a", command: { command: "acknowledge", alert } });
  if (situation.hasGate && mayAct) found.push({ key: "shift+g", command: { command: "open_panel", panel: "gate" } });
  if (situation.canGoLive && mayAct)
    found.push({ key: "shift+l", command: { command: "open_panel", panel: "go_live" } });
  if (mayAct) found.push({ key: "h", command: { command: "hourly_update" } });
  if (situation.isReread && mayAct) found.push({ key: "shift+c", command: { command: "open_panel", panel: "reread" } });
  if (situation.wayBack === "none")
    found.push({ key: "shift+r", command: { command: "open_panel", panel: "roll_back" } });
  if (situation.wayBack === "running")
    found.push({ key: "shift+s", command: { command: "open_panel", panel: "stand_down" } });
  if (page === null && byHand !== null && mayAct)
    found.push({ key: "v", command: { command: "by_hand", item: byHand } });
  if (item !== null) {
    // Why it is not ticked in a closed room is said in its row.
    found.push({ key: " ", command: { command: "tick", item } });
  }
  if (item !== null && mayAct) {
    situation.answers.slice(0, LAST_LISTED_KEY).forEach((answer, index) => {
      found.push({ key: numberKey(index), command: { command: "answer", item, answer } });
    });
    found.push({ key: "shift+d", command: { command: "ask_in_row", item, form: "defer" } });
    found.push({ key: "shift+o", command: { command: "ask_in_row", item, form: "override" } });
    found.push({ key: "shift+x", command: { command: "ask_in_row", item, form: "not_applicable" } });
  }
  if (page === null && situation.hasClaims && mayAct)
    found.push({ key: "shift+ ", command: { command: "confirm_phase" } });
  if (page === null && situation.folds) found.push({ key: "d", command: { command: "toggle_done" } });
  if (page === "log" || pages.some(({ id }) => id === "references"))
    found.push({ key: "/", command: { command: "search" } });
  if (situation.hasDrawer) found.push({ key: "\\", command: { command: "toggle_drawer" } });
  if (situation.focus === "rail") {
    found.push({ key: "arrowdown", command: { command: "next_phase" } });
    found.push({ key: "arrowup", command: { command: "previous_phase" } });
  } else if (page === "messages") {
    found.push({ key: "arrowdown", command: { command: "next_message" } });
    found.push({ key: "arrowup", command: { command: "previous_message" } });
  } else if (page === "signals") {
    found.push({ key: "arrowdown", command: { command: "next_signal" } });
    found.push({ key: "arrowup", command: { command: "previous_signal" } });
  } else if (page === "schedule") {
    found.push({ key: "arrowdown", command: { command: "next_what_if" } });
    found.push({ key: "arrowup", command: { command: "previous_what_if" } });
  } else if (page === "escalation") {
    found.push({ key: "arrowdown", command: { command: "next_contact" } });
    found.push({ key: "arrowup", command: { command: "previous_contact" } });
  }
  if (page === "check") found.push(...checkBindings(situation));
  else if (situation.line !== null) found.push({ key: "i", command: showLine(situation.line, item) });
  if (page === "messages") found.push(...messageBindings(situation));
  if (page === "rollback") found.push(...rollbackBindings(situation));
  if (page === "signals") found.push(...signalBindings(situation));
  if (page === "schedule") found.push(...scheduleBindings(situation));
  if (page === "routines") found.push(...roundBindings(situation));
  if (page === "handoff") found.push(...handoffBindings(situation));
  if (page === "log") found.push(...logBindings(situation));
  if (page === "review") found.push({ key: "+", command: { command: "lesson" } });
  if (page === "escalation" && situation.contact !== null) {
    if (mayAct)
      found.push(
        { key: "enter", command: { command: "answered", contact: situation.contact } },
        { key: "u", command: { command: "unanswered", contact: situation.contact } },
      );
    found.push({ key: "c", command: { command: "call", contact: situation.contact } });
  }
  return found;
}

/** One step back; out of the past it leads to now first. */
function backOf({ page, past, panel }: Situation): Command {
  return page === "log" && past.isPast && panel === null
    ? { command: "look_back", look: { to: "now" } }
    : { command: "back" };
}

/** The arrows go through the events and the minutes; Space is free there, since the log has no boxes. */
function logBindings({ past, item, mayAct }: Situation): Binding[] {
  const found: Binding[] = [
    { key: "arrowleft", command: { command: "previous_event" } },
    { key: "arrowright", command: { command: "next_event" } },
    { key: "shift+arrowleft", command: { command: "previous_minute" } },
    { key: "shift+arrowright", command: { command: "next_minute" } },
  ];
  if (item === null) found.push({ key: " ", command: { command: "look_back", look: { to: "replay" } } });
  if (past.correct !== 0 && mayAct) found.push({ key: "c", command: { command: "correct", event: past.correct } });
  if (past.item !== "")
    found.push({ key: "enter", command: { command: "show_item", item: past.item, phase: past.phase } });
  return found;
}

/** Leads to a line of the source, and back to where the keyboard was: to the box, or to what stands at that line. */
export function showLine(line: number, item: string | null): Command {
  return { command: "show_check", line, from: item === null ? { on: "line", line } : { on: "item", id: item } };
}

function checkBindings({ focus }: Situation): Binding[] {
  const found: Binding[] = [{ key: "c", command: { command: "copy_report" } }];
  if (focus === "source")
    found.push(
      { key: "arrowdown", command: { command: "next_line" } },
      { key: "arrowup", command: { command: "previous_line" } },
      { key: "enter", command: { command: "use_line" } },
    );
  else if (focus !== "rail")
    found.push(
      { key: "arrowdown", command: { command: "next_finding" } },
      { key: "arrowup", command: { command: "previous_finding" } },
    );
  return found;
}

/** Before there is a room the check has a screen of its own. */
function openingCheckBindings(situation: Situation): Binding[] {
  const found: Binding[] = [
    ...checkBindings(situation),
    { key: "o", command: { command: "ask_start" } },
    { key: "escape", command: { command: "back" } },
    ...drillOf(situation, "d", "opening"),
  ];
  if (situation.hasDrawer) found.push({ key: "\\", command: { command: "toggle_drawer" } });
  return found;
}

function rollbackBindings(situation: Situation): Binding[] {
  const { wayBack, step, stepIsCommand, otherWays, canDeclare, focus } = situation;
  if (wayBack !== "running") return [];
  const found = otherWays.map((way): Binding => ({ key: `shift+${way}`, command: { command: "other_way", way } }));
  if (step !== null) found.push({ key: " ", command: { command: "state_step", step } });
  // It says how steps went; where none is at hand it goes to one, and never scrolls them away.
  else if (situation.item === null && focus === "elsewhere") found.push({ key: " ", command: { command: "next_box" } });
  if (step !== null && stepIsCommand) found.push({ key: "y", command: { command: "copy_step", step } });
  // In a field it would take what is being typed for done.
  if (canDeclare && focus !== "field")
    found.push({ key: "ctrl+enter", command: { command: "open_panel", panel: "declare" } });
  return found;
}

/** Enter does what the entry at hand asks for; nothing is armed without a second step. */
function signalBindings({ signal, hasSettings, mayAct }: Situation): Binding[] {
  const found: Binding[] = hasSettings ? [{ key: "y", command: { command: "copy_settings" } }] : [];
  if (!mayAct) return found;
  if (signal.arm !== null) found.push({ key: "enter", command: { command: "arm", signal: signal.arm } });
  else if (signal.accept !== null)
    found.push({ key: "enter", command: { command: "accept_proposal", proposal: signal.accept } });
  if (signal.drop !== null) found.push({ key: "x", command: { command: "drop_proposal", proposal: signal.drop } });
  return found;
}

/** Enter asks why; what is taken wants a reason and a second step. */
function scheduleBindings({ mayAct }: Situation): Binding[] {
  if (!mayAct) return [];
  return [
    { key: "enter", command: { command: "take_what_if" } },
    { key: "+", command: { command: "other_what_if" } },
    { key: "w", command: { command: "another_end" } },
    { key: "shift+m", command: { command: "window_notice" } },
  ];
}

/** Enter begins the round that is due first; what was missed is done late, or explained. */
function roundBindings({ hasMissed, mayAct, focus }: Situation): Binding[] {
  const found: Binding[] = [
    { key: "+", command: { command: "lesson" } },
    { key: "w", command: { command: "show_page", page: "review" } },
  ];
  if (focus !== "rail")
    found.push(
      { key: "arrowright", command: { command: "next_round" } },
      { key: "arrowleft", command: { command: "previous_round" } },
    );
  if (!mayAct) return found;
  found.push({ key: "enter", command: { command: "do_round" } });
  if (hasMissed) found.push({ key: "y", command: { command: "say_why" } });
  return found;
}

/** Enter asks for the signature that is due; what is signed wants a second step. */
function handoffBindings({ handoff, mayAct }: Situation): Binding[] {
  const found: Binding[] = [{ key: "o", command: { command: "copy_handoff" } }];
  const panel = signatureDue(handoff);
  if (panel !== null && mayAct) found.push({ key: "enter", command: { command: "open_panel", panel } });
  return found;
}

/** The signature that a handoff waits for. */
export function signatureDue(handoff: string): "hand_over" | "take_over" | null {
  if (handoff === "open") return "hand_over";
  return handoff === "signed" ? "take_over" : null;
}

function messageBindings({ drafting, mayAct }: Situation): Binding[] {
  const found: Binding[] = [{ key: "y", command: { command: "copy_message" } }];
  if (!mayAct) return found;
  found.push({ key: "f", command: { command: "fill_blank" } }, { key: "+", command: { command: "new_notice" } });
  if (drafting) {
    found.push({ key: "ctrl+s", command: { command: "keep_draft" } });
    found.push({ key: "o", command: { command: "open_in_mail" } });
  }
  return found;
}

/** Whether Ctrl is held, or what a keyboard has in its place. */
export function isCtrl({ ctrlKey, metaKey }: Pick<KeyPress, "ctrlKey" | "metaKey">): boolean {
  return ctrlKey || metaKey;
}

/** A key press as the map names it. On a keyboard without Latin letters the place of the key counts. */
export function keyName(press: KeyPress): string {
  const latin = press.key.length !== 1 || press.key.charCodeAt(0) < 128;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  const key = (!latin && letter !== undefined ? letter : press.key).toLowerCase();
  const shifted = press.shiftKey && (key.length > 1 || /[a-z ]/.test(key));
  return `${isCtrl(press) ? "ctrl+" : ""}${press.altKey ? "alt+" : ""}${shifted ? "shift+" : ""}${key}`;
}

/** Whether a press is a single key: neither Ctrl nor Alt is held, and it is not the way from control to control. */
export function isSingleKey({ key, ctrlKey, altKey, metaKey }: KeyPress): boolean {
  return !isCtrl({ ctrlKey, metaKey }) && !altKey && !["Tab", "Shift", "Control", "Alt", "Meta"].includes(key);
}

/** What a key press means here, or null. */
export function commandFor(situation: Situation, press: KeyPress): Command | null {
  const map = bindings(situation);
  const find = (name: string): Binding | undefined => map.find((binding) => binding.key === name);
  let key = keyName(press);
  // With Shift a digit is another sign, which differs from keyboard to keyboard: there the place of the key counts.
  const digit = press.shiftKey ? /^Digit(\d)$/.exec(press.code)?.[1] : undefined;
  if (digit !== undefined && find(key) === undefined) key = `shift+${digit}`;
  const found = find(key);
  if (found === undefined) return null;
  // A field has its own letters, and takes back its own last letter.
  if (situation.focus === "field" && (key === "ctrl+z" || (!key.startsWith("ctrl+") && key !== "escape"))) return null;
  // The focused control takes Enter and Space itself.
  if (!["elsewhere", "source"].includes(situation.focus) && ["enter", " ", "shift+ "].includes(key)) return null;
  return found.command;
}
