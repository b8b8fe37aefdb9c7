// What became of the fake's alerts: made-up turns. It decides nothing.
import type { AlertPageView, AlertQuery, AlertTurnView, AlertView } from "../bindings";

const PAGE = 4;

function turn(
  at: string,
  kind: string,
  words: string,
  more: Partial<AlertTurnView> = {},
): Omit<AlertTurnView, "number"> {
  return { seq: 0, at, kind, words, value: "", who: "War Room", detail: "", ...more };
}

/** The turns of any alert that fires, the first first. */
function turnsOf(alert: AlertView): Omit<AlertTurnView, "number">[] {
  const title = `${alert.severity.toUpperCase()}: ${alert.title}`;
  const found = [
    turn("07:06:55", "pending", "First breach", { seq: 211, value: "508 ms" }),
    turn("07:07:00", "fired", `Fires: ${alert.severity.toUpperCase()}`, { seq: 211, value: alert.value }),
    turn("07:07:00", "told", "Told on the desktop", { seq: 213, detail: title }),
    turn("07:08:00", "told", "Told on the desktop, again", {
      seq: 214,
      detail: `${title}; sound: a bundled sound through pw-play`,
    }),
    turn("07:09:12", "tried", "Manager tried by phone: no answer", { seq: 215, who: "MK", detail: "rang for 40 s" }),
  ];
  if (alert.acknowledged !== "")
    found.push(turn("07:09:20", "acknowledged", "Acknowledged", { seq: 216, value: alert.value, who: "MK" }));
  if (alert.silenced !== "")
    found.push(
      turn("07:11:08", "silenced", "Silenced until 07:26:08 UTC: it fires on", {
        seq: 217,
        value: alert.value,
        who: "MK",
        detail: alert.silenced.split(": ").slice(1).join(": "),
      }),
    );
  return found;
}

/** A page of the history of one. */
export function alertPage(alerts: readonly AlertView[], { alert, before }: AlertQuery): AlertPageView {
  const entries = alerts.map(({ id, severity, title, state, since }) => {
    return { id, severity, title, state, words: state === "firing" ? `fires ${since}` : since };
  });
  const chosen = alerts.find(({ id }) => id === alert) ?? (alert === "" ? alerts[0] : undefined);
  if (chosen === undefined) return { alerts: entries, id: "", turns: [], count: 0, more: false };
  const numbered = turnsOf(chosen).map((one, index) => ({ ...one, number: index + 1 }));
  const earlier = numbered.filter(({ number }) => before === 0 || number < before).reverse();
  return {
    alerts: entries,
    id: chosen.id,
    turns: earlier.slice(0, PAGE),
    count: numbered.length,
    more: earlier.length > PAGE,
  };
}
