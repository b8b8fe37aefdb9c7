// Charts over hours: chosen, pulled, drawn with each breach, and pulled again when Rust's clock says so.
import { describe, expect, it } from "vitest";
import { Charts } from "../src/room/charts.svelte";
import { dataOf, spanOf } from "../src/components/vitals/sparkline";
import type { ChartsPageView, ChartsQuery } from "../src/ipc";
import { all, click, fake, one, open, settle } from "./window";

function page(hours: number, to_s: number): ChartsPageView {
  const chart = { id: "errors", times_s: [1, 2], highs: [3, null], lows: [-1, null], gaps: [], words: "errors" };
  return {
    hours,
    caption: `last ${hours} h`,
    from_s: 0,
    to_s,
    stale_after_s: hours * 6,
    axis: [[to_s / 2, "12:00"]],
    charts: [chart],
  };
}

describe("the charts over hours", () => {
  it("are pulled when chosen, and again when there is something new to be drawn", async () => {
    const asked: ChartsQuery[] = [];
    let now = 1000;
    const charts = new Charts((query) => {
      asked.push(query);
      return Promise.resolve(page(query.hours, now));
    });
    charts.notice(1000);
    expect(asked).toEqual([]);
    charts.choose(1);
    await settle();
    expect(asked).toEqual([{ hours: 1 }]);
    expect(charts.chart("errors")?.highs).toEqual([3, null]);
    charts.notice(1005);
    expect(asked).toHaveLength(1);
    now = 1006;
    charts.notice(1006);
    expect(asked).toHaveLength(2);
    charts.choose(0);
    expect(charts.page).toBeNull();
    charts.notice(9000);
    expect(asked).toHaveLength(2);
  });

  it("show nothing of another length, and ask for the last that was chosen", async () => {
    const waiting: ((page: ChartsPageView) => void)[] = [];
    const asked: number[] = [];
    const charts = new Charts(({ hours }) => {
      asked.push(hours);
      return new Promise((resolve) => waiting.push(resolve));
    });
    charts.choose(1);
    charts.choose(24);
    expect(asked).toEqual([1]);
    waiting[0]?.(page(1, 1000));
    await settle();
    expect(charts.page).toBeNull();
    expect(asked).toEqual([1, 24]);
    waiting[1]?.(page(24, 1000));
    await settle();
    expect(charts.page?.hours).toBe(24);
  });

  it("say what is wrong, and are asked for again later", async () => {
    const charts = new Charts(() => Promise.reject(new Error("no such file")));
    charts.choose(6);
    await settle();
    expect(charts.problem?.message).toBe("no such file");
    charts.choose(0);
    expect(charts.problem).toBeNull();
  });

  it("draw the lowest and the highest of each piece, with room for both", () => {
    const vital = { times_s: [1, 2], values: [3, 5], lows: [-2, 1], lines: [] };
    expect(dataOf(vital)).toEqual([
      [1, 2],
      [3, 5],
      [-2, 1],
    ]);
    expect(dataOf({ times_s: [1], values: [3] })).toEqual([[1], [3], [null]]);
    expect(spanOf(vital, 44, false)[0]).toBe(-2);
  });

  it("are chosen beside the vitals, and told in words", async () => {
    await open("room", {}, "hold");
    expect(one("vitals").dataset.hours).toBe("0");
    const day = (): HTMLElement | undefined => all("vitals-length").find(({ dataset }) => dataset.hours === "24");
    await click(day());
    await settle();
    expect(fake.chartsQueries).toEqual([{ hours: 24 }]);
    expect(one("vitals").dataset.hours).toBe("24");
    expect(one("vitals").textContent).toContain("low–high of 144 s");
    expect(one("vitals").textContent).toContain("with one short breach");
    expect(day()?.getAttribute("aria-pressed")).toBe("true");
    const named = [...one("vitals-axis").querySelectorAll("span")];
    expect(named.map(({ style }) => style.left)).toEqual(["25%", "50%", "75%"]);
    expect(named[0]?.textContent).toMatch(/^\d\d:\d\d$/);
  });
});
