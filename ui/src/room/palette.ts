// What the command palette offers, and how it is filtered. Owns: its lines and their groups. Must not know: how it is
// drawn, nor how a command is carried out.
import type { DayView, Screen, StartView, Theme } from "../ipc";
import type { Command } from "./command";
import { FIRST_RECENT_KEY } from "./keyboard";

export interface PaletteEntry {
  id: string;
  words: string;
  /** More about it, in a quieter colour. */
  aside: string;
  /** Key caps, one string each. */
  keys: string[];
  command: Command;
}

export interface PaletteGroup {
  title: string;
  entries: PaletteEntry[];
}

export interface PaletteSource {
  screen: Screen;
  theme: Theme;
  start: StartView | null;
  day: DayView | null;
}

/** All that can be done here. */
export function paletteGroups({ screen, theme, start, day }: PaletteSource): PaletteGroup[] {
  const other = theme === "dark" ? "light" : "dark";
  const window: PaletteEntry[] = [
    {
      id: "theme",
      words: `Switch to the ${other} theme`,
      aside: "",
      keys: ["Ctrl", "Shift", "L"],
      command: { command: "switch_theme" },
    },
  ];
  switch (screen) {
    case "start": {
      const open: PaletteEntry = {
        id: "open",
        words: "Open a checklist…",
        aside: "",
        keys: ["Ctrl", "O"],
        command: { command: "choose_checklist" },
      };
      const recent = (start?.recent ?? []).map((one, index): PaletteEntry => ({
        id: `recent ${one.id}`,
        words: one.title,
        aside: one.path,
        keys: [String(index + FIRST_RECENT_KEY)],
        command: { command: "open_recent", id: one.id },
      }));
      return filled([
        { title: "Open", entries: [open, ...recent] },
        { title: "Window", entries: window },
      ]);
    }
    case "opening": {
      const back: PaletteEntry = {
        id: "leave",
        words: "Back to the start",
        aside: "",
        keys: ["Esc"],
        command: { command: "leave" },
      };
      return [{ title: "Window", entries: [...window, back] }];
    }
    case "room":
      return filled([
        { title: "Ready at hand", entries: pageEntries(day) },
        { title: "Run of the day", entries: phaseEntries(day) },
        {
          title: "Room",
          entries: [
            ...window,
            {
              id: "leave",
              words: "Leave the room",
              aside: "back to the start",
              keys: [],
              command: { command: "leave" },
            },
          ],
        },
      ]);
  }
}

function pageEntries(day: DayView | null): PaletteEntry[] {
  return (day?.pages ?? []).map((page) => ({
    id: `page ${page.id}`,
    words: page.title,
    aside: page.count,
    keys: [page.key],
    command: { command: "show_page", page: page.id },
  }));
}

function phaseEntries(day: DayView | null): PaletteEntry[] {
  return (day?.phases ?? []).map((phase) => ({
    id: `phase ${phase.id}`,
    words: phase.title,
    aside: phase.when_words,
    keys: [],
    command: { command: "look", phase: phase.id },
  }));
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
        const line = `${entry.words} ${entry.aside}`.toLowerCase();
        return words.every((word) => line.includes(word));
      }),
    })),
  );
}
