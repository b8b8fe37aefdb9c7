// The keyboard as data: which key does what, where. Owns: the map and the rule that letters are off in fields.
// Must not know: the DOM beyond the event's own fields, nor how a command is carried out.
import type { PageView, RecentView, Screen } from "../ipc";
import type { Command } from "./command";

/** What decides about the meaning of a key. */
export interface Situation {
  screen: Screen;
  /** The page that is shown instead of the phase. */
  page: string | null;
  pages: readonly Pick<PageView, "id" | "key">[];
  recent: readonly Pick<RecentView, "id">[];
  /** Whether the window is narrow and the page has a side, which is then a drawer. */
  hasDrawer: boolean;
  focus: Focus;
}

/** `field`: something that takes letters; `control`: what Enter and Space press; `rail`: the run of the day. */
export type Focus = "field" | "control" | "rail" | "elsewhere";

export interface Binding {
  /** As `keyName` gives it: "ctrl+k", "j", "escape". */
  key: string;
  command: Command;
}

export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "shiftKey" | "altKey" | "metaKey">;

/** Checklists of the start window begin at this number key. */
export const FIRST_RECENT_KEY = 2;

/** The keys of the map, each once, for the place where the keyboard is. */
export function bindings(situation: Situation): Binding[] {
  const everywhere: Binding[] = [
    { key: "ctrl+k", command: { command: "open_palette" } },
    { key: "ctrl+shift+l", command: { command: "switch_theme" } },
  ];
  switch (situation.screen) {
    case "start":
      return [
        ...everywhere,
        { key: "ctrl+o", command: { command: "choose_checklist" } },
        ...situation.recent.map(({ id }, index): Binding => {
          return { key: String(index + FIRST_RECENT_KEY), command: { command: "open_recent", id } };
        }),
      ];
    case "opening":
      return [
        ...everywhere,
        { key: "enter", command: { command: "enter" } },
        { key: "escape", command: { command: "leave" } },
      ];
    case "room":
      return [...everywhere, ...roomBindings(situation)];
  }
}

function roomBindings(situation: Situation): Binding[] {
  const found: Binding[] = [
    { key: "j", command: { command: "next_box" } },
    { key: "k", command: { command: "previous_box" } },
    { key: "escape", command: { command: "back" } },
    ...situation.pages.map(({ id, key }): Binding => {
      return { key: key.toLowerCase(), command: { command: "show_page", page: id } };
    }),
  ];
  if (situation.pages.some(({ id }) => id === "references")) found.push({ key: "/", command: { command: "search" } });
  if (situation.hasDrawer) found.push({ key: "\\", command: { command: "toggle_drawer" } });
  if (situation.focus === "rail") {
    found.push({ key: "arrowdown", command: { command: "next_phase" } });
    found.push({ key: "arrowup", command: { command: "previous_phase" } });
  } else if (situation.page === "messages") {
    found.push({ key: "arrowdown", command: { command: "next_message" } });
    found.push({ key: "arrowup", command: { command: "previous_message" } });
  }
  if (situation.page === "messages") found.push({ key: "y", command: { command: "copy_message" } });
  return found;
}

/** A key press as the map names it. On a keyboard without Latin letters the place of the key counts. */
export function keyName(press: KeyPress): string {
  const latin = press.key.length !== 1 || press.key.charCodeAt(0) < 128;
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  const key = (!latin && letter !== undefined ? letter : press.key).toLowerCase();
  const shifted = press.shiftKey && (key.length > 1 || /[a-z]/.test(key));
  return `${press.ctrlKey || press.metaKey ? "ctrl+" : ""}${press.altKey ? "alt+" : ""}${shifted ? "shift+" : ""}${key}`;
}

/** What a key press means here, or null. */
export function commandFor(situation: Situation, press: KeyPress): Command | null {
  const key = keyName(press);
  const found = bindings(situation).find((binding) => binding.key === key);
  if (found === undefined) return null;
  if (situation.focus === "field" && !key.startsWith("ctrl+") && key !== "escape") return null;
  // The focused control takes Enter itself.
  if (situation.focus !== "elsewhere" && key === "enter") return null;
  return found.command;
}
