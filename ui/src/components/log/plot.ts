// A vital sign of the past as a drawing. Owns: where values lie in it, and what lies before and after the moment. Must not
// know: what a value means.
import type { PastChartView } from "../../ipc";

/** Where nothing is laid out, as in a test, so wide. */
export const UNKNOWN_PX = 800;

/** Room above the highest value, for the name. */
const ABOVE_PX = 6;

export interface Place {
  from_s: number;
  /** In seconds. */
  span: number;
  width: number;
  height: number;
  /** What is later than this is drawn as later. */
  until: number;
}

export interface Drawn {
  /** Paths of an SVG. */
  before: string;
  after: string;
  limits: { y: number; label: string }[];
  gaps: [number, number][];
}

export function drawnOf(chart: PastChartView, { from_s, span, width, height, until }: Place): Drawn {
  const numbers = chart.values.filter((value) => value !== null);
  const all = [...numbers, ...chart.lines.map(({ value }) => value)];
  const low = Math.min(0, ...all);
  const high = Math.max(low, ...all);
  const step = (height - ABOVE_PX - 2) / (high === low ? 1 : high - low);
  const x = (at_s: number): number => ((at_s - from_s) / span) * width;
  const y = (value: number): number => height - 2 - (value - low) * step;
  const [before, after] = [path(), path()];
  let last: [number, number] | null = null;
  chart.times_s.forEach((at_s, index) => {
    const value = chart.values[index] ?? null;
    if (value === null) {
      last = null;
      before.lift();
      after.lift();
      return;
    }
    const here: [number, number] = [x(at_s), y(value)];
    if (at_s <= until) before.to(here);
    else {
      // What is later goes on from the last that is not.
      if (last !== null && after.isLifted()) after.to(last);
      after.to(here);
    }
    last = here;
  });
  return {
    before: before.d(),
    after: after.d(),
    limits: chart.lines.map(({ value }) => ({ y: y(value), label: String(value) })),
    gaps: chart.gaps.map(([from, to]): [number, number] => [Math.max(0, x(from)), Math.min(width, x(to))]),
  };
}

interface Path {
  to: (point: [number, number]) => void;
  lift: () => void;
  isLifted: () => boolean;
  d: () => string;
}

function path(): Path {
  const parts: string[] = [];
  let isDown = false;
  return {
    to: ([x, y]) => {
      parts.push(`${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`);
      isDown = true;
    },
    lift: () => {
      isDown = false;
    },
    isLifted: () => !isDown,
    d: () => parts.join(""),
  };
}
