// What the command palette offers first: alerts, gates, blindness. Must not know: the rest of its lines.
import type { PaletteSource } from "./palette";
import { act, type PaletteEntry } from "./palette_entry";
import { plainWords } from "./selectors";

export function urgentEntries({
  alert,
  more,
  alertHere,
  gate,
  phase,
  byHand,
  page,
  pages,
  wayBack,
}: PaletteSource): PaletteEntry[] {
  const found: PaletteEntry[] = [];
  if (alert !== null)
    found.push(act("acknowledge", "Acknowledge", ["A"], { command: "acknowledge", alert: alert.id }, alert.title));
  if (more !== "")
    found.push(act("acknowledge_all", "Acknowledge all alerts", [], { command: "acknowledge_all" }, more));
  if (page === null && byHand !== null)
    found.push(
      act(
        "by_hand",
        "Enter a value by hand…",
        ["V"],
        { command: "by_hand", item: byHand.id },
        plainWords(byHand.inlines),
      ),
    );
  if (gate !== null)
    found.push(act("gate", "Pass the gate…", ["Shift", "G"], { command: "open_panel", panel: "gate" }, gate.share));
  if (gate !== null && gate.give_up !== "" && wayBack?.state === "none")
    // It leads to the way back, and like that is never chosen beforehand.
    found.push({
      ...act(
        "give_up",
        "Give up this gate…",
        [],
        { command: "give_up", reason: gate.give_up },
        "asks for the way back",
      ),
      danger: true,
    });
  const stands = phase?.gates.find(({ back_to }) => back_to !== "");
  if (stands !== undefined)
    found.push(
      act("go_back", "Go back to the gate before…", [], { command: "open_panel", panel: "go_back" }, stands.back_to),
    );
  const key = pages.find(({ id }) => id === "escalation")?.key;
  if (alertHere !== null && key !== undefined)
    found.push(act("escalate", "Escalate", [key], { command: "escalate", alert: alertHere.id }, alertHere.title));
  if (alertHere !== null && alertHere.silenced !== "")
    found.push(
      act("lift_silence", "Let it speak", [], { command: "lift_silence", alert: alertHere.id }, alertHere.title),
    );
  else if (alertHere?.can_be_silenced === true)
    found.push(
      act("silence", "Silence…", ["Shift", "Q"], { command: "silence", alert: alertHere.id }, alertHere.title),
    );
  return found;
}
