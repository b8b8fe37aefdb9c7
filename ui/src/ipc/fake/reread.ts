// A checklist that was edited while its room is open. Owns: made-up differences of every kind.
import type { RereadChangeView, RereadRowView, RereadSideView, RereadView } from "../bindings";

const FILE = "~/plans/payments-api-4.2.0.md";

/** The file says what the room has. */
export const nothingReread: RereadView = {
  state: "same",
  words: "",
  detail: "",
  obstacle: "",
  digest: "",
  file: FILE,
  facts: [],
  rows: [],
  more: "",
};

function side(line: number, place: string, ...pieces: [string, string, string]): RereadSideView {
  return { line, place, pieces };
}

function changed(name: string, before: string, after: string): RereadChangeView {
  return { name, before, after };
}

function row(
  id: string,
  turn: string,
  thing: string,
  [before, after]: [RereadSideView | null, RereadSideView | null],
  more: Partial<RereadRowView> = {},
): RereadRowView {
  return { id, turn, thing, before, after, changes: [], stands: "", is_lost: false, ...more };
}

export const rereadOffered: RereadView = {
  state: "offered",
  words: "The checklist was changed: 2 reworded, 1 moved, 2 changed in what belongs to it, 1 new, 1 gone.",
  detail: "",
  obstacle: "",
  digest: "3f9ac27e3f9ac27e",
  file: FILE,
  facts: [changed("Window", "2026-01-21 06:30 – 2026-01-21 08:00", "2026-01-21 06:30 – 2026-01-21 08:30")],
  rows: [
    row(
      "1",
      "reworded",
      "Check",
      [
        side(171, "Deployment", "Deployment begun", "", ""),
        side(171, "Deployment", "Deployment begun", " and announced in #deploy", ""),
      ],
      { stands: "stated by MK 06:31:07: kept" },
    ),
    row(
      "2",
      "changed",
      "Gate",
      [side(188, "Deployment", "50% traffic", "", ""), side(189, "Deployment", "50% traffic", "", "")],
      { changes: [changed("Hold", "10 min", "15 min")], stands: "“50% traffic” is held now: its hold goes on" },
    ),
    row("3", "new", "Check", [null, side(196, "Deployment", "Pool wait below 20 ms on every node", "", "")]),
    row("4", "gone", "Check", [side(201, "Deployment", "Cake ordered for the team", "", ""), null], {
      stands: "stated by JA 06:02:40: stays in the log alone",
      is_lost: true,
    }),
    row("5", "moved", "Check", [
      side(140, "Day before", "Support is told", "", ""),
      side(166, "2 hours before", "Support is told", "", ""),
    ]),
    row(
      "6",
      "changed",
      "Criterion",
      [side(320, "HIGH", "P95 latency >500ms", "", ""), side(322, "CRITICAL", "P95 latency >500ms", "", "")],
      { changes: [changed("Severity", "HIGH", "CRITICAL")], stands: "its alert burns: kept" },
    ),
    row("7", "reworded", "Command", [
      side(345, "Rollback", "kubectl rollout undo ", "deployment/payments", ""),
      side(347, "Rollback", "kubectl rollout undo ", "deployment/payments-api", ""),
    ]),
  ],
  more: "",
};
