// What the fake's room asks again and again. Owns: nothing that lasts.
import type { BlankView, DraftView, ItemView, Problem, RowView } from "../bindings";

/** Why something may not be. */
export function refused(message: string): Problem {
  return { code: "refused", message, detail: null };
}

export function blanksOpen(draft: DraftView): Problem {
  const blanks = draft.blanks.map(({ blank }) => blank).join(", ");
  return refused(`Blanks are open: ${blanks}. Fill them before the notice counts as sent.`);
}

export function blanksOf(text: string): BlankView[] {
  const found = [...new Set(text.match(/\[[A-Z ]+\]/g) ?? [])];
  return found.map((blank) => ({ blank, suggestion: blank === "[TIME]" ? "09:00 UTC" : "" }));
}

export function boxesOf(rows: RowView[]): ItemView[] {
  return rows.flatMap((row) => (row.kind === "item" ? [row] : []));
}

/** Attaches to a box what shows it. */
export function attached(items: ItemView[], words: string, by: string, file = false): Problem | null {
  const text = words.trim();
  if (text === "") return refused("Say what shows it first.");
  if (/^\w+:\/\//.test(text) && !/^https?:\/\//.test(text))
    return refused("Only web addresses are attached, which begin with https:// or http://.");
  for (const one of items)
    one.evidence = [
      ...one.evidence,
      {
        event: 900 + one.evidence.length,
        words: file ? `${text} · 812 B` : text,
        opens: /^https?:\/\//.test(text),
        digest: file ? "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" : "",
        by: `${by} · 07:11:12`,
      },
    ];
  return null;
}
