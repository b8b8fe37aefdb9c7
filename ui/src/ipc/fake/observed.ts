// What the scenes of the fake put into the boxes and gates of the deployment. Owns: made-up readings.
import type { ConditionView, GateView, ItemView, PhaseView } from "../bindings";
import { seenIn, unit, type Scene as AnyScene } from "./watch";

/** What is seen, whatever is done about it. */
type Scene = ReturnType<typeof seenIn>;

type Change = Partial<Omit<ItemView, "id" | "line">>;

const KUBERNETES = 'kube_deployment_status_replicas_ready{deployment="payments-api"}';
const LATENCY = "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))";

function done(at: string): Change {
  return { state: "stated", by: `MK · ${at}` };
}

function seen(by: string, reading: string, query: string): Change {
  return { state: "observed", observed: `Observed by ${by}`, reading, query };
}

const UNSEEN: Change = {
  state: "unseen",
  observed: "was met until 07:09:03 · un-ticked 07:09:33, after 30 s without a sample",
};

/** What stands in the boxes of the deployment at 07:11:07, in their order. */
function changesOf(scene: Scene): Change[] {
  const latency: Partial<Record<Scene, Change>> = {
    blind: { ...UNSEEN, reading: "last 151 ms · 02:04 ago", query: LATENCY },
    go: seen("Prometheus", "151 ms · 07:11:05", LATENCY),
  };
  return [
    done("06:31:02"),
    done("06:47:10"),
    { state: "stated", by: "MK · 06:52:12", words: "passed on 3 conditions, held 05:00" },
    seen("Kubernetes · x0-prod · prod/payments-api", "1/1 ready · 06:52:08", KUBERNETES),
    done("06:51:40"),
    {
      state: "word_ran_out",
      by: "MK · 06:47:10",
      words: "looks normal",
      observed: "said 24 min ago; a word counts for 05:00",
    },
    done("06:52:07"),
    {},
    seen("Kubernetes · x0-prod · prod/payments-api", "7/7 ready, 3 new · 07:10:58", KUBERNETES),
    scene === "blind"
      ? { ...UNSEEN, reading: "last 0.05 % · 02:04 ago", query: unit.query }
      : seen("Prometheus", "0.21 % · 07:11:05", unit.query),
    latency[scene] ?? {
      state: "breached",
      observed: "Observed by Prometheus · breached since 07:05:02, above 500 ms since 07:06:55",
      reading: "612 ms · 07:11:05",
      query: LATENCY,
    },
    scene === "go" ? { reading: "10:00 / 10:00" } : { reading: "03:18 / 10:00 · paused" },
  ];
}

function conditionsOf(scene: Scene): ConditionView[] {
  const unseen = scene === "blind";
  const met = scene === "go";
  return [
    { text: "All pods healthy", state: "pass", words: "7/7 ready, 3 new · 07:10:58", age: "9 s ago" },
    {
      text: "Error rate < 1 %",
      state: unseen ? "no_data" : "pass",
      words: unseen ? "last 0.05 % · 02:04 ago" : "0.21 % · 07:11:05",
      age: unseen ? "" : "2 s ago",
    },
    {
      text: "P95 latency < 200 ms",
      state: unseen ? "no_data" : met ? "pass" : "fail",
      words: unseen ? "last 151 ms · 02:04 ago" : met ? "151 ms · 07:11:05" : "612 ms · 07:11:05",
      age: unseen ? "" : "2 s ago",
    },
  ];
}

function gateOf(scene: Scene): Partial<GateView> {
  const held = {
    conditions: conditionsOf(scene),
    cannot_enter: "It is entered already.",
    said: "50 % on the new version, said by MK 07:01:44",
    back_to: "10 %",
    give_up: "Given up in 50 %, held 03:18 of 10:00; not met: P95 latency < 200 ms: 612 ms",
    left: scene === "go" ? "" : "06:42 left · if it went on now, ends at 07:17:49 UTC",
  };
  switch (scene) {
    case "go":
      return {
        ...held,
        state: "held",
        status: "held, may be passed",
        line: "3 of 7 pods · held 10:00",
        held: "10:00 of 10:00",
        percent: 100,
        cannot_pass: "",
      };
    case "blind":
      return {
        ...held,
        state: "paused",
        status: "hold paused",
        line: "3 of 7 pods · paused 07:09:03, unseen",
        held: "03:18 of 10:00",
        percent: 33,
        cannot_pass: "Error rate and P95 latency are not seen: nothing says that they are met.",
      };
    case "unwatched":
    case "hold":
    case "roll_back":
      return {
        ...held,
        state: "paused",
        status: "hold paused",
        line: "3 of 7 pods · paused 07:05:02 by P95",
        held: "03:18 of 10:00",
        percent: 33,
        cannot_pass: "P95 latency is 612 ms, not below 200 ms.",
      };
  }
}

/** Puts what is observed into the deployment's boxes and gates. */
export function observe(view: PhaseView, at: AnyScene): void {
  const scene = seenIn(at);
  if (scene === "unwatched") return;
  const boxes = view.rows.filter((row) => row.kind === "item");
  changesOf(scene).forEach((change, index) => Object.assign(boxes[index] ?? {}, change));
  const [first, second] = view.gates;
  if (first === undefined || second === undefined) return;
  Object.assign(first, {
    state: "passed",
    status: "passed 06:52:12",
    line: "1 of 7 pods · held 05:00",
    held: "05:00 of 05:00",
    percent: 100,
    on_word: true,
    cannot_pass: "It is passed already.",
    cannot_enter: "It is passed already.",
  });
  Object.assign(second, gateOf(scene));
}
