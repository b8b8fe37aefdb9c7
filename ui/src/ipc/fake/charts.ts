// Made-up charts over hours for the fake: a calm day with a night in which nobody looked, and one short breach in it.
import type { ChartsPageView, ChartsQuery, ChartView, VitalsView, VitalView } from "../bindings";

const PIECES = 360;

function chartOf({ id, name, values, value }: VitalView, from_s: number, to_s: number): ChartView {
  const step_s = (to_s - from_s) / PIECES;
  const usual = values.find((one) => one !== null) ?? 1;
  const gap: [number, number] = [from_s + step_s * 120, from_s + step_s * 150];
  const pieces = Array.from({ length: PIECES }, (_, index) => {
    const seen = index <= 120 || index >= 150;
    const wave = 1 + Math.sin(index / 9) / 8;
    const spike = index === 216 ? 2.6 : 1.12;
    return {
      at: from_s + step_s * (index + 0.5),
      high: seen ? usual * wave * spike : null,
      low: seen ? usual * wave * 0.9 : null,
    };
  });
  return {
    id,
    times_s: pieces.map(({ at }) => at),
    highs: pieces.map(({ high }) => high),
    lows: pieces.map(({ low }) => low),
    gaps: [gap],
    words: `${name}, last hours: calm with one short breach, now ${value}, not seen for a while in the night`,
  };
}

function axisOf(from_s: number, to_s: number): [number, string][] {
  const step_s = (to_s - from_s) / 4;
  return [1, 2, 3].map((part) => {
    const at_s = from_s + part * step_s;
    const digits = (number: number): string => String(Math.floor(number)).padStart(2, "0");
    return [at_s, `${digits((at_s / 3600) % 24)}:${digits((at_s / 60) % 60)}`];
  });
}

/** The charts of these vital signs. */
export function chartsPage({ hours }: ChartsQuery, vitals: VitalsView | undefined): ChartsPageView {
  const to_s = vitals?.to_s ?? 0;
  const from_s = to_s - hours * 3600;
  const drawn = (vitals?.vitals ?? []).filter(({ has_chart }) => has_chart);
  return {
    hours,
    caption: `last ${hours} h · low–high of ${hours * 6} s`,
    from_s,
    to_s,
    stale_after_s: hours * 6,
    axis: axisOf(from_s, to_s),
    charts: drawn.map((vital) => chartOf(vital, from_s, to_s)),
  };
}
