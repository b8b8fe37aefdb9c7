// The fake's signals: what is asked, a command that nobody armed, what the checklist proposes. Owns: made-up state.
import type { Act, PageView, PeopleView, Problem, ProposalView, SignalsView, SignalView } from "../bindings";
import { vitalsOf, type Scene } from "./watch";

const COMMAND = "kubectl rollout status deployment/payments-api -n prod --watch=false";
const HEALTH = "https://api.payments.example/health";

function signal(name: string, more: Partial<SignalView>): SignalView {
  return {
    id: name,
    name,
    observer: "Prometheus (prod)",
    asks: "",
    pace: "every 5 s, within 3 s",
    expects: "",
    observes: [],
    proposal: "",
    said: "",
    command: null,
    ...more,
  };
}

function proposal(id: string, text: string, more: Partial<ProposalView>): ProposalView {
  return {
    id,
    digest: `digest-${id}`,
    state: "open",
    text,
    line: 241,
    observer: "HTTP check",
    asks: HEALTH,
    pace: "every 15 s, within 5 s",
    expects: "status 200 to 299",
    reason: `line 494 names “API health”: ${HEALTH}`,
    reason_line: 494,
    caveat: "",
    draft: `[probes.${id}]\n\n[[bind]]\nitem = "${text}"\nprobe = "${id}"\n`,
    is_command: false,
    said: "",
    ...more,
  };
}

const PROPOSALS: ProposalView[] = [
  proposal("api-health", "Current health verified", { line: 168, observer: "HTTP check api-health" }),
  proposal("grafana", "Grafana dashboards updating", {
    line: 242,
    observer: "HTTP check grafana",
    asks: "https://grafana.payments.example",
    reason: "line 496 names “Grafana”: https://grafana.payments.example",
    reason_line: 496,
    caveat: "it shows that grafana.payments.example answers, and nothing else of what the check says",
  }),
  proposal("api-tls", "TLS certificate valid", {
    line: 253,
    observer: "certificate check api-tls",
    asks: "api.payments.example:443",
    pace: "every 10 min, within 5 s",
    expects: "trusted, and good for 14 days still",
  }),
];

export class FakeSignals {
  readonly #scene: Scene;
  #armed = "";
  #accepted: readonly string[] = [];
  #dropped: readonly string[] = [];

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get page(): PageView {
    const { signals, open, words } = this.view;
    return {
      id: "signals",
      key: "S",
      title: "Signals",
      count: open > 0 ? words : "",
      count_short: `${signals.length}`,
    };
  }

  get view(): SignalsView {
    const proposals = PROPOSALS.map((one) => ({ ...one, state: this.#stateOf(one.id), said: "MK · 06:14:20" }));
    const asked = vitalsOf(this.#scene).vitals.map(({ id, name }) =>
      signal(id, { asks: `query of ${id}`, observes: [name] }),
    );
    const accepted = proposals
      .filter(({ state }) => state === "accepted")
      .map(({ id, observer, asks, pace, expects, text }) =>
        signal(id, {
          observer,
          asks,
          pace,
          expects,
          observes: [text],
          proposal: id,
          said: "accepted by MK · 06:14:20",
        }),
      );
    const rollout = signal("rollout", {
      observer: "command rollout",
      asks: COMMAND,
      pace: "every 30 s, within 10 s",
      expects: "exit 0",
      observes: ["The rollout is through"],
      command: {
        digest: "digest-rollout",
        armed: this.#armed !== "",
        words: this.#armed === "" ? "Not armed: it does not run" : this.#armed,
        folder: "/home/mk/plans",
        shell: "bash -u -o pipefail",
        every: "every 30 s",
        limit: "ended after 10 s",
      },
    });
    const open = proposals.filter(({ state }) => state === "open").length;
    const signals = [...asked, rollout, ...accepted];
    return {
      words: `${signals.length} asked · ${open} proposals`,
      not_armed: this.#armed === "" ? 1 : 0,
      open,
      signals,
      proposals,
      unproposed: [{ text: "Alertmanager active", line: 243, why: "no line names an address of alertmanager" }],
      settings: proposals
        .filter(({ state }) => state === "accepted")
        .map(({ draft }) => draft)
        .join("\n"),
      file: "~/plans/war-room.toml",
    };
  }

  #stateOf(id: string): string {
    if (this.#accepted.includes(id)) return "accepted";
    return this.#dropped.includes(id) ? "dropped" : "open";
  }

  act(act: Act, people: PeopleView, write: (text: string) => void): Problem | null {
    const refused = (message: string): Problem => ({ code: "refused", message, detail: null });
    if (!people.chosen && act.act !== "disarm_command")
      return refused("This takes a person's name: choose who you are first (Shift+P).");
    if (act.act === "arm_command") this.#armed = `Armed by ${people.actor} · 06:14:20 UTC`;
    if (act.act === "disarm_command") this.#armed = "";
    if (act.act === "accept_binding") {
      this.#accepted = [...this.#accepted, act.proposal];
      this.#dropped = this.#dropped.filter((id) => id !== act.proposal);
    }
    if (act.act === "drop_binding") {
      this.#accepted = this.#accepted.filter((id) => id !== act.proposal);
      this.#dropped = [...this.#dropped, act.proposal];
    }
    write(act.act.replace("_", " "));
    return null;
  }
}
