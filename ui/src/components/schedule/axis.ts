// Where on the axis of the schedule a time lies. Pure, and without any rule of the domain.

export interface Axis {
  from_s: number;
  to_s: number;
}

/** Percent from the left, within the axis. */
export function place({ from_s, to_s }: Axis, at_s: number): number {
  if (to_s <= from_s) return 0;
  return Math.min(100, Math.max(0, ((at_s - from_s) / (to_s - from_s)) * 100));
}

/** Left end and width in percent; a moment is as wide as nothing. */
export function stretch(axis: Axis, [from_s, to_s]: [number, number]): { left: number; width: number } {
  const left = place(axis, from_s);
  return { left, width: Math.max(0, place(axis, to_s) - left) };
}
