// Numbers as a person reads them. Owns: where their digits are parted, and what is said of them where there is no room. Must
// not know: what is counted.

/** From here on a narrow place tells thousands. */
const SHORT_FROM = 10_000;

/** "40,001", as Rust writes it. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** "1 event", "40,001 events". */
export function events(count: number): string {
  return count === 1 ? "1 event" : `${grouped(count)} events`;
}

/** "9999" at the longest, then "40k", "2M": rounded down, so that it never says more than there are. */
export function shortened(count: number): string {
  if (count < SHORT_FROM) return String(count);
  if (count < 1_000_000) return `${Math.floor(count / 1000)}k`;
  return `${Math.floor(count / 1_000_000)}M`;
}
