// The door between the window and whoever owns the room. Owns: the few things that can be asked of it. Must not know:
// what an update means, nor who answers.
import type {
  AlertPageView,
  AlertQuery,
  ChartsPageView,
  ChartsQuery,
  Intent,
  LogPageView,
  LogQuery,
  PastChartsView,
  Problem,
  SourcePageView,
  SourceQuery,
  Update,
} from "./bindings";

export interface Connection {
  /** Opens a channel and closes the one before; the first update on it has the sequence 1 and holds every section. */
  subscribe(receive: (update: Update) => void): Promise<void>;
  /** Asks for something; rejects with a `Problem`. */
  act(intent: Intent): Promise<void>;
  /** A page of the log; rejects with a `Problem`. */
  logPage(query: LogQuery): Promise<LogPageView>;
  /** The alerts that ever fired, and the history of one; rejects with a `Problem`. */
  alertPage(query: AlertQuery): Promise<AlertPageView>;
  /** A page of the checklist's source; rejects with a `Problem`. */
  sourcePage(query: SourceQuery): Promise<SourcePageView>;
  /** The charts over hours; rejects with a `Problem`. */
  chartsPage(query: ChartsQuery): Promise<ChartsPageView>;
  /** The charts of the past, over the stretch that is looked at; rejects with a `Problem`. */
  pastCharts(): Promise<PastChartsView>;
}

/** What was thrown across the door, as a problem: anything that is none becomes a refusal with its own words. */
export function asProblem(thrown: unknown): Problem {
  if (isProblem(thrown)) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: "refused", message, detail: null };
}

function isProblem(thrown: unknown): thrown is Problem {
  return (
    typeof thrown === "object" &&
    thrown !== null &&
    "code" in thrown &&
    "message" in thrown &&
    typeof thrown.message === "string"
  );
}
