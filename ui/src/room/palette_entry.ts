// One line of the command palette. Must not know: which lines there are.
import type { Command } from "./command";

export interface PaletteEntry {
  id: string;
  words: string;
  /** More about it, in a quieter colour. */
  aside: string;
  /** Whether what is typed is looked for in `aside` too. What acts is found by its own words alone: a phase that is
      called like the box at hand must not tick it. */
  asideCounts: boolean;
  /** Key caps, one string each. */
  keys: string[];
  command: Command;
  /** Stands apart, and is never chosen beforehand. */
  danger?: boolean;
}

export function entry(id: string, words: string, keys: string[], command: Command, aside = ""): PaletteEntry {
  return { id, words, aside, asideCounts: true, keys, command };
}

/** What acts. */
export function act(id: string, words: string, keys: string[], command: Command, aside: string): PaletteEntry {
  return { id, words, aside, asideCounts: false, keys, command };
}
