// Where the rows of a list lie that is longer than a page can be. Owns: which rows are in sight, and where each is drawn. Must
// not know: what a row is.

/** A row's height in pixels: one line. */
export const ROW_PX = 30;

/** No engine draws beyond about 33.5 million pixels; below it every row has its own height, up to a million of them. */
export const MOST_PX = 30_000_000;

/** Rows above and below what is in sight that are drawn as well, so that none is missing while it is scrolled. */
const SPARE = 8;

export interface Sight {
  /** The height of all of it. */
  height: number;
  /** The first row that is drawn, counted from the top. */
  first: number;
  /** The row behind the last. */
  end: number;
  /** Where the first is drawn. */
  top: number;
}

/** How far down the rows themselves are, where the list is scrolled so far: beyond what can be drawn they go faster. */
function rowsTop(count: number, view: number, scrolled: number): number {
  const all = count * ROW_PX;
  if (all <= MOST_PX) return scrolled;
  return (scrolled * (all - view)) / Math.max(1, MOST_PX - view);
}

/** What is drawn of so many rows. */
export function sightOf(count: number, view: number, scrolled: number): Sight {
  const height = Math.min(count * ROW_PX, MOST_PX);
  const at = Math.max(0, Math.min(scrolled, height - view));
  const rows = rowsTop(count, view, at);
  const first = Math.max(0, Math.min(Math.floor(rows / ROW_PX) - SPARE, count - 1));
  const end = Math.min(count, Math.ceil((rows + view) / ROW_PX) + SPARE);
  return { height, first: Math.max(0, first), end, top: at + first * ROW_PX - rows };
}

/** How far it has to be scrolled for a row to be in sight: at the top, or in the middle where it is out of sight. */
export function scrolledTo(row: number, count: number, view: number, scrolled: number, first: boolean): number {
  const top = row * ROW_PX;
  const now = rowsTop(count, view, scrolled);
  if (!first && top >= now && top + ROW_PX <= now + view) return scrolled;
  const wanted = Math.max(0, Math.min(first ? top : top - view / 2 + ROW_PX, count * ROW_PX - view));
  const all = count * ROW_PX;
  return all <= MOST_PX ? wanted : (wanted * (MOST_PX - view)) / Math.max(1, all - view);
}
