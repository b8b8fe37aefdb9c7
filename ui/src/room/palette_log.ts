// What can be done with the log by name.
import { entry, type PaletteEntry } from "./palette_entry";

/** `correct` is the event that is looked at, where it can be corrected. */
export function logEntries(isPast: boolean, correct: number): PaletteEntry[] {
  const found = [
    entry("replay", "Let the past pass again, or stand", ["Space"], { command: "look_back", look: { to: "replay" } }),
    entry("previous_event", "Look at the event before", ["←"], { command: "previous_event" }),
    entry("next_event", "Look at the event after", ["→"], { command: "next_event" }),
    entry("previous_minute", "Look a minute earlier", ["Shift", "←"], { command: "previous_minute" }),
    entry("next_minute", "Look a minute later", ["Shift", "→"], { command: "next_minute" }),
    entry("verify", "Hold the log against its fingerprints again", [], {
      command: "look_back",
      look: { to: "verify" },
    }),
  ];
  if (correct !== 0)
    found.push(entry("correct", `Correct event ${correct}…`, ["C"], { command: "correct", event: correct }));
  if (isPast) found.unshift(entry("now", "Back to now", ["Esc"], { command: "look_back", look: { to: "now" } }));
  return found;
}
