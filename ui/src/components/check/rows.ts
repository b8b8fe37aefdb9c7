// Rows of one height in a page that may be longer than a browser can lay out. Owns: which rows are in sight, and where they
// stand. Must not know: what is in a row.

/** The height of a row, in pixels. */
export const ROW = 16;

/** How tall an element may be: WebKit ends at 33,554,428 pixels, and half of that leaves room for a large zoom. */
const TALLEST = 16_000_000;

/** Rows drawn beside those in sight, so that nothing is empty while one scrolls. */
const AROUND = 12;

export interface Sight {
  /** How tall all rows together are drawn. */
  height: number;
  /** The first row that is drawn, and the last. */
  first: number;
  last: number;
  /** Where the first one stands. */
  offset: number;
}

/** How far down the rows are scrolled, where they are more than fit into the tallest element. */
function stretchOf(total: number, viewport: number): number {
  const drawn = Math.min(total * ROW, TALLEST);
  return drawn <= viewport ? 1 : (total * ROW - viewport) / (drawn - viewport);
}

/** What is in sight. */
export function sightOf(total: number, viewport: number, scrollTop: number): Sight {
  const height = Math.min(total * ROW, TALLEST);
  const top = scrollTop * stretchOf(total, viewport);
  const first = Math.max(0, Math.floor(top / ROW) - AROUND);
  const last = Math.min(total - 1, Math.ceil((top + viewport) / ROW) + AROUND);
  return { height, first, last, offset: scrollTop - (top - first * ROW) };
}

/** How far to scroll so that a row is seen; `null` where it is. A row that was out of sight comes with what is above. */
export function scrollTo(row: number, total: number, viewport: number, scrollTop: number): number | null {
  const stretch = stretchOf(total, viewport);
  const top = scrollTop * stretch;
  const at = row * ROW;
  if (at >= top + ROW && at + ROW <= top + viewport - ROW) return null;
  const near = at + ROW > top - 2 * ROW && at < top + viewport + 2 * ROW;
  const wanted = near ? (at < top + ROW ? at - ROW : at + 2 * ROW - viewport) : at - viewport / 3;
  return Math.max(0, Math.min(wanted, total * ROW - viewport)) / stretch;
}
