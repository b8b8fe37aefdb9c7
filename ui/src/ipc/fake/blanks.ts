// The blanks of the fake's notices: found, and refused while one is open.
import type { BlankView, DraftView, Problem } from "../bindings";

export function blanksOpen(draft: DraftView): Problem {
  const blanks = draft.blanks.map(({ blank }) => blank).join(", ");
  const message = `Blanks are open: ${blanks}. Fill them before the notice counts as sent.`;
  return { code: "refused", message, detail: null };
}

export function blanksOf(text: string): BlankView[] {
  const found = [...new Set(text.match(/\[[A-Z ]+\]/g) ?? [])];
  return found.map((blank) => ({ blank, suggestion: blank === "[TIME]" ? "09:00 UTC" : "" }));
}
