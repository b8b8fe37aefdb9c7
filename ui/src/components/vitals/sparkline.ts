// A vital sign's line on a canvas: uPlot for the line, drawn by hand below and above it what has no room of its own in a
// sparkline: stretches without data, and the limits with their names.
import "./language";
import uPlot from "uplot";
import type { VitalView } from "../../ipc";

/** What of a vital sign is drawn. */
export interface Picture {
  vital: Pick<VitalView, "times_s" | "values" | "lines" | "gaps" | "state"> & {
    /** What was fetched afterwards; over hours that is not told apart. */
    fetched?: VitalView["fetched"];
    /** The lowest of each piece, where `values` are the highest: what lies between is filled. */
    lows?: readonly (number | null)[];
  };
  from_s: number;
  to_s: number;
  theme: string;
  width: number;
  height: number;
  /** Whether the limits are named in the chart itself. */
  labelled: boolean;
}

const LABEL_PX = 10.5;
const LABEL_ROOM_PX = 14;
const HATCH_PX = 6;
const RAIL_PX = 2;
const DASH_PX = [3, 3.5];
/** How much of what lies behind is covered between the lowest and the highest, in hexadecimal digits. */
const BAND_ALPHA = "59";

/** Times and values as they are drawn, the highest and the lowest of each piece: what was not seen stays `null`, and breaks
    the line. */
export function dataOf({
  times_s,
  values,
  lows,
}: Pick<Picture["vital"], "times_s" | "values" | "lows">): [number[], (number | null)[], (number | null)[]] {
  return [times_s, values, lows === undefined ? values.map(() => null) : [...lows]];
}

/** From zero, or what is below it, to the highest value or limit; above that is room for the highest limit's name. */
export function spanOf(
  { values, lows = [], lines }: Pick<Picture["vital"], "values" | "lows" | "lines">,
  height: number,
  labelled: boolean,
): [number, number] {
  const seen = [...values, ...lows].filter((value) => value !== null);
  const all = [...seen, ...lines.map(({ value }) => value)];
  const low = Math.min(0, ...all);
  const high = Math.max(low, ...all);
  const room = labelled && lines.length > 0 ? LABEL_ROOM_PX : 4;
  return [low, high === low ? low + 1 : low + ((high - low) * height) / Math.max(height - room, 1)];
}

/** Values that stand alone between gaps: a line has no length there, so each is a dot. */
export function lonely(values: readonly (number | null | undefined)[]): number[] {
  return values.flatMap((value, index) =>
    (value ?? null) !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null
      ? [index]
      : [],
  );
}

const TONES: Record<string, string> = { critical: "--bad", high: "--hold", failed: "--hold", medium: "--due" };

export class Sparkline {
  readonly #host: HTMLElement;
  #chart: uPlot | null = null;
  #shown: Picture | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Draws it, where anything of it is another than was drawn last. */
  show(picture: Picture): void {
    const before = this.#shown;
    if (before !== null && JSON.stringify(before) === JSON.stringify(picture)) return;
    this.#shown = picture;
    if (this.#chart === null) {
      this.#chart = new uPlot(this.#options(picture), dataOf(picture.vital), this.#host);
      return;
    }
    const { width, height } = picture;
    if (before?.width !== width || before.height !== height) this.#chart.setSize({ width, height });
    this.#chart.setData(dataOf(picture.vital));
  }

  destroy(): void {
    this.#chart?.destroy();
    this.#chart = null;
  }

  #picture(): Picture {
    if (this.#shown === null) throw new Error("nothing is shown yet");
    return this.#shown;
  }

  #colour(token: string): string {
    return getComputedStyle(this.#host).getPropertyValue(token).trim();
  }

  #options({ width, height }: Picture): uPlot.Options {
    return {
      width,
      height,
      padding: [2, 0, 2, 0],
      pxAlign: 0,
      legend: { show: false },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: () => [this.#picture().from_s, this.#picture().to_s] },
        y: {
          range: () => {
            const { vital, height, labelled } = this.#picture();
            return spanOf(vital, height, labelled);
          },
        },
      },
      series: [
        {},
        {
          stroke: () => this.#colour(TONES[this.#picture().vital.state] ?? "--text2"),
          width: 1.5,
          pxAlign: 0,
          spanGaps: false,
          points: { show: true, size: 3, filter: () => lonely(this.#picture().vital.values) },
        },
        {
          stroke: () => this.#colour(TONES[this.#picture().vital.state] ?? "--text2"),
          width: 1,
          pxAlign: 0,
          spanGaps: false,
          points: { show: false },
        },
      ],
      bands: [
        { series: [1, 2], fill: () => `${this.#colour(TONES[this.#picture().vital.state] ?? "--text2")}${BAND_ALPHA}` },
      ],
      hooks: {
        drawClear: [
          (chart) => {
            this.#drawGaps(chart);
            this.#drawFetched(chart);
            this.#drawLimits(chart);
          },
        ],
      },
    };
  }

  #drawGaps(chart: uPlot): void {
    const { vital, from_s, to_s } = this.#picture();
    const { ctx, bbox } = chart;
    for (const [start_s, end_s] of vital.gaps) {
      if (end_s <= from_s || start_s >= to_s) continue;
      const left = chart.valToPos(Math.max(start_s, from_s), "x", true);
      const right = chart.valToPos(Math.min(end_s, to_s), "x", true);
      ctx.save();
      ctx.strokeStyle = this.#colour("--ctl");
      ctx.lineWidth = uPlot.pxRatio;
      ctx.beginPath();
      ctx.rect(left, bbox.top, Math.max(right - left, uPlot.pxRatio), bbox.height);
      ctx.clip();
      ctx.beginPath();
      const bottom = bbox.top + bbox.height;
      for (let x = left - bbox.height; x < right; x += HATCH_PX * uPlot.pxRatio) {
        ctx.moveTo(x, bottom);
        ctx.lineTo(x + bbox.height, bbox.top);
      }
      if (start_s > from_s) {
        ctx.moveTo(left, bbox.top);
        ctx.lineTo(left, bottom);
      }
      ctx.stroke();
      ctx.restore();
    }
  }

  /** What was fetched afterwards has a rail under its line: nobody saw it at its time. */
  #drawFetched(chart: uPlot): void {
    const { vital, from_s, to_s } = this.#picture();
    const { ctx, bbox } = chart;
    ctx.save();
    ctx.fillStyle = this.#colour("--ctl");
    for (const [start_s, end_s] of vital.fetched ?? []) {
      if (end_s <= from_s || start_s >= to_s) continue;
      const left = chart.valToPos(Math.max(start_s, from_s), "x", true);
      const right = chart.valToPos(Math.min(end_s, to_s), "x", true);
      const height = RAIL_PX * uPlot.pxRatio;
      ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(right - left, uPlot.pxRatio), height);
    }
    ctx.restore();
  }

  #drawLimits(chart: uPlot): void {
    const { vital, labelled } = this.#picture();
    const { ctx, bbox } = chart;
    const ratio = uPlot.pxRatio;
    ctx.save();
    ctx.lineWidth = ratio;
    ctx.font = `${LABEL_PX * ratio}px ${this.#colour("--mono")}`;
    ctx.textBaseline = "alphabetic";
    /** Where names stand already, so that none is written over another. */
    const taken: { y: number; end: number }[] = [];
    for (const line of vital.lines) {
      const y = Math.round(chart.valToPos(line.value, "y", true)) + (ratio % 2) / 2;
      ctx.strokeStyle = this.#colour("--ctl");
      ctx.setLineDash(DASH_PX.map((length) => length * ratio));
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
      if (!labelled || line.label === "") continue;
      const near = taken.filter((other) => Math.abs(other.y - y) < LABEL_ROOM_PX * ratio).map(({ end }) => end);
      const x = near.length === 0 ? bbox.left : Math.max(...near) + 12 * ratio;
      ctx.fillStyle = this.#colour(line.severity === "" ? "--text3" : (TONES[line.severity] ?? "--text3"));
      ctx.fillText(line.label, x, y - 3 * ratio);
      taken.push({ y, end: x + ctx.measureText(line.label).width });
    }
    ctx.restore();
  }
}
