// What the fake room can be saved as, and what is left open in it. Nothing is written: only the words are shown.
import type { ClosingView, ExportKind, ExportsView, RecordView } from "../bindings";

/** The room's file, which is well. */
export const RECORD: RecordView = {
  unsaved: null,
  reading_only: "",
  doubted: "",
  reading: "",
  carried: "",
  key: "4bd1e07a92f3c655, in the keychain",
  stands_in: "",
  file: "~/.local/share/war-room/rooms/payments-api-20260121-1.warroom",
  closed: "",
};

export const offered: ExportsView = {
  exports: [
    { kind: "report", title: "Report", form: "one page, prints" },
    { kind: "checklist", title: "Checklist", form: "Markdown, with its record" },
    { kind: "events", title: "Events", form: "JSON lines, with the chain" },
    { kind: "samples", title: "Vitals", form: "CSV, one row an answer" },
    { kind: "archive", title: "Everything", form: "archive with a verifier" },
  ],
  under_way: null,
  is_asked: false,
  saved: "",
  count: 0,
  note: "Made from the log on disk, for its owner alone. Secrets are named in the settings and stand in no export.",
};

const ENDINGS: Record<ExportKind, string> = {
  report: "html",
  checklist: "md",
  events: "jsonl",
  samples: "csv",
  archive: "tar",
};

let count = 0;

/** As if a person had chosen the proposed name. */
export function saved(kind: ExportKind): ExportsView {
  count += 1;
  const title = offered.exports.find((one) => one.kind === kind)?.title ?? "";
  return { ...offered, saved: `${title} saved to ~/payments-api-4.2.0-20260121.${ENDINGS[kind]}.`, count };
}

const LEFT_OPEN = [
  "overridden: CPU usage <30% (the batch runs until 09:00)",
  "deferred: Old pods removed (the review wants them for a day)",
  "Deployment: 8 checks open",
  "Verification: 22 checks open",
  "4 claims of the source confirmed by nobody",
];

/** Both, for a room that is open or was closed with these words. */
export function kept(closed: string): { exports: ExportsView; closing: ClosingView } {
  const closing: ClosingView = {
    left_open: LEFT_OPEN,
    count: `${LEFT_OPEN.length} left open`,
    closed: closed === "" ? "" : "Closed 05:50:00 UTC by MK",
  };
  return { exports: offered, closing };
}
