// The fake's way back. Owns: made-up marks, steps and people to be told, and how an act changes them as far as one has to
// look at it. It keeps no time and has no rule worth the name; those are Rust's.
import type {
  Act,
  CriterionView,
  ItemView,
  Problem,
  RollbackView,
  StepView,
  ToldView,
  VerdictView,
  WayBackView,
} from "../bindings";
import { command, item, nextLine } from "./build";
import { critical, high, medium } from "./pages";
import type { Scene } from "./watch";

function step(text: string, label = ""): StepView {
  const one = command(text, label);
  return { id: one.id, command: one, text: "", state: "open", by: "", result: "" };
}

function told(id: string, title: string, name: string, words: string, page: string, state = "open"): ToldView {
  return { id, title, name, state, words, page };
}

const plan: RollbackView = {
  limit: "15:00",
  limit_line: "line 318",
  ways: [
    {
      number: 1,
      line: nextLine(),
      title: "Undo the rollout",
      when: "While the canary runs",
      steps: [step("kubectl rollout undo deployment/payments-api -n payments")],
      warning: "",
      leaves: [
        "goes back by one revision, whatever that one was; data and settings that were changed stay as they are",
      ],
      state: "open",
      words: "",
    },
    {
      number: 2,
      line: nextLine(),
      title: "Scale the new version to zero",
      when: "",
      steps: [step("kubectl scale deployment payments-api --replicas=0 -n payments")],
      warning: "stops all service: at --replicas=0 nothing is left to answer",
      leaves: [],
      state: "open",
      words: "",
    },
    {
      number: 3,
      line: nextLine(),
      title: "Switch DNS to the environment before",
      when: "",
      steps: [
        {
          id: "way 3/by hand",
          command: null,
          text: "Point the A record of api.payments.example at the old load balancer",
          state: "open",
          by: "",
          result: "",
        },
      ],
      warning: "",
      leaves: ["DNS answers are kept for their TTL, by some for longer: until then traffic reaches the new version"],
      state: "open",
      words: "",
    },
  ],
  verify: [step("kubectl get pods -n payments"), step("curl --fail https://api.payments.example/health")],
  success: [
    item("The old version answers"),
    item("Error rate normal"),
    item("Latency normal"),
    item("No data lost", { asks: "write how you know", below: "Only a person can say this" }),
    item("Customers told"),
  ],
  decisions: [
    { severity: "critical", demand: "Roll back now", group: { title: "CRITICAL", criteria: critical } },
    { severity: "high", demand: "Roll back if not resolved in 30 min", group: { title: "HIGH", criteria: high } },
    { severity: "medium", demand: "Investigate", group: { title: "MEDIUM", criteria: medium } },
  ],
  told: [
    told("contact-1", "Primary engineer", "Jonas Adeyemi", "not told yet", "escalation"),
    told("contact-2", "Manager", "Ana Ruiz", "not told yet", "escalation"),
    told("channel-1", "#deployments", "", "not told yet", "messages"),
    told("message-customers", "Customers", "", "not told yet", "messages"),
  ],
  told_count: "",
};

const REASON = "error rate 12.4 % > 10 % since 07:21:10";

/** The acts that are answered here. */
export type WayBackAct = Extract<
  Act,
  {
    act:
      | "roll_back"
      | "rehearse"
      | "begin_attempt"
      | "choose_way"
      | "state_step"
      | "tell"
      | "declare_rolled_back"
      | "stand_down";
  }
>;

export class FakeWayBack {
  readonly #plan: RollbackView = structuredClone(plan);
  readonly #refuse: (message: string) => Problem;
  #state: "none" | "running" | "done" = "none";
  #reason = "";
  #way = 1;
  readonly #fires: boolean;
  /** Before the day one may rehearse. */
  readonly #isBefore: boolean;
  #isRehearsal = false;
  #rehearsed = "never rehearsed in this room";

  constructor(scene: Scene, refuse: (message: string) => Problem) {
    this.#refuse = refuse;
    this.#isBefore = scene === "unwatched";
    if (scene === "rolling_back") this.#rehearsed = "best rehearsal 06:40, MK 20 Jan 18:44:16";
    this.#fires = scene === "roll_back" || scene === "rolling_back";
    if (this.#fires) this.#fire();
    if (scene === "rolling_back" || scene === "rolled_back") this.#asInThePicture(scene);
  }

  get success(): ItemView[] {
    return this.#plan.success;
  }

  /** What stands in the verdict's place. */
  get verdict(): VerdictView | null {
    if (this.#state === "none" || this.#isRehearsal) return null;
    const word = this.#state === "running" ? "ROLLING BACK" : "ROLLED BACK";
    return {
      kind: this.#state === "running" ? "rolling_back" : "rolled_back",
      word,
      lines: [`Decided by MK 07:21:40 · ${this.#reason}`, "04:12 of 15:00"],
      spoken: `${word}: ${this.#reason}`,
    };
  }

  #criterion(name: string, limit: string): CriterionView | undefined {
    return this.#plan.decisions
      .flatMap(({ group }) => group.criteria)
      .find((one) => one.name === name && one.limit === limit);
  }

  #fire(): void {
    for (const { group } of this.#plan.decisions)
      for (const one of group.criteria)
        Object.assign(
          one,
          one.limit === "in words"
            ? { state: "unarmed", history: "no metric or probe is bound to it" }
            : { state: "never", reading: one.name === "CPU" ? "21 %" : "0.84 %", history: "never" },
        );
    const set = (name: string, limit: string, more: Partial<CriterionView>): void => {
      Object.assign(this.#criterion(name, limit) ?? {}, more);
    };
    set("Error rate", "> 10 %", { state: "firing", reading: "12.4 %", history: "since 07:21:10" });
    set("Error rate", "> 5 %", { state: "firing", reading: "12.4 %", history: "since 07:21:10" });
    set("P95 latency", "> 1000 ms", { state: "never", reading: "318 ms", history: "never · highest 764 ms" });
    set("P95 latency", "> 500 ms", { state: "was", reading: "318 ms", history: "was 07:06:55 – 07:24:38" });
  }

  /** At 07:25:52 of the day, or when it was over. */
  #asInThePicture(scene: "rolling_back" | "rolled_back"): void {
    this.#begin(REASON, 1, "Chosen by MK 07:21:40: the canary is in progress");
    const [first] = this.#plan.ways[0]?.steps ?? [];
    if (first !== undefined)
      Object.assign(first, {
        state: "worked",
        by: "MK · 07:21:46",
        result: "deployment.apps/payments-api rolled back",
      });
    const [old, errors, latency, data, customers] = this.#plan.success;
    const set = (mark: ItemView | undefined, more: Partial<ItemView>): void => {
      Object.assign(mark ?? {}, more);
    };
    set(old, { state: "observed", observed: "Observed by HTTP health", reading: "200 in 41 ms · 07:24:31" });
    if (scene === "rolling_back") {
      const below = "must stay below 0.1 % for 02:00";
      set(errors, { state: "breached", observed: "Observed by Prometheus", reading: "0.84 % · 2 s ago", below });
      set(latency, {
        state: "breached",
        observed: "Observed by Prometheus",
        reading: "318 ms · 2 s ago",
        below: "P95 must stay below 200 ms for 02:00",
      });
      this.#tell("contact-1", "answered", "answered 07:22:05");
      this.#tell("contact-2", "open", "not told yet");
      return;
    }
    set(errors, { state: "observed", observed: "Observed by Prometheus", reading: "0.04 % · 07:28:50" });
    set(latency, { state: "observed", observed: "Observed by Prometheus", reading: "148 ms · 07:28:41" });
    set(data, { state: "stated", by: "MK · 07:28:30", words: "row counts of three tables against the backup" });
    set(customers, { state: "stated", by: "MK · 07:29:02" });
    for (const { id } of this.#plan.told) this.#tell(id, "told", "told 07:23:10");
    this.#state = "done";
  }

  #begin(reason: string, way: number, words: string): void {
    this.#state = "running";
    this.#reason = reason;
    this.#take(way, words);
  }

  #take(way: number, words: string): void {
    this.#way = way;
    for (const one of this.#plan.ways) {
      if (one.number === way) Object.assign(one, { state: "chosen", words });
      else Object.assign(one, { state: "left", words: one.state === "chosen" ? "left 07:24:10 by MK" : one.words });
    }
  }

  #tell(id: string, state: string, words: string): void {
    for (const one of this.#plan.told) if (one.id === id) Object.assign(one, { state, words });
  }

  #open(): ItemView[] {
    return this.#plan.success.filter(
      ({ state }) => state !== "observed" && state !== "stated" && state !== "overridden",
    );
  }

  sections(): { rollback: RollbackView; way_back: WayBackView } {
    const rollback = structuredClone(this.#plan);
    const know = rollback.told.filter(({ state }) => state === "told" || state === "answered").length;
    rollback.told_count = `${know} of ${rollback.told.length} told`;
    return { rollback, way_back: this.#view() };
  }

  #view(): WayBackView {
    const open = this.#open();
    const marks = `${this.#plan.success.length - open.length} of ${this.#plan.success.length} marks true`;
    const begun = this.#state !== "none";
    const names = open.map(({ inlines }) => inlines.map(({ text }) => text).join("")).join(", ");
    const count = `${open.length} of ${this.#plan.success.length} marks ${open.length === 1 ? "is" : "are"} open`;
    const fires = this.#criterion("Error rate", "> 10 %")?.id ?? "";
    return {
      state: this.#state,
      cannot_start: "",
      criterion: this.#fires ? fires : "",
      reason: begun ? this.#reason : this.#fires ? REASON : "",
      decided: begun ? (this.#isRehearsal ? "Rehearsed by MK since 07:21:40" : "Decided by MK 07:21:40") : "",
      way: this.#way,
      way_why: begun ? "" : "The rollout stands at 50 %: way 1 serves “While the canary runs”",
      is_rehearsal: this.#isRehearsal,
      cannot_rehearse: this.#isBefore && !begun ? "" : "The deployment has begun: a rehearsal is for before it.",
      rehearsed: this.#rehearsed,
      rehearsed_percent: this.#rehearsed.startsWith("best") ? 44 : 0,
      may_begin_anew: this.#state === "done" && !this.#isRehearsal,
      took: begun ? (this.#state === "done" ? "07:32" : "04:12") : "",
      against: begun ? "of 15:00 · limit at 07:36:40" : "",
      percent: begun ? (this.#state === "done" ? 50 : 28) : 0,
      is_late: false,
      marks,
      cannot_declare: this.#state === "running" && open.length > 0 ? `${count}: ${names}.` : "",
    };
  }

  act(act: WayBackAct, by: string): Problem | null {
    if (act.act === "rehearse") {
      this.#isRehearsal = true;
      this.#begin("rehearsed before the day", act.way, `Chosen by ${by} 07:21:40`);
      return null;
    }
    if (act.act === "begin_attempt") {
      if (this.#state !== "done") return this.#refuse("Nothing was rolled back.");
      this.#end();
      return null;
    }
    if (act.act !== "roll_back" && this.#state !== "running") return this.#refuse("No rollback runs.");
    switch (act.act) {
      case "roll_back":
        return this.#rollBack(act, by);
      case "choose_way":
        if (act.reason.trim() === "") return this.#refuse("Say why first.");
        this.#take(act.way, `Chosen by ${by} 07:24:10: ${act.reason}`);
        return null;
      case "state_step": {
        const found = this.#steps().find(({ id }) => id === act.step);
        if (found === undefined) return this.#refuse("The plan has no such step; it may have been read anew.");
        if (!act.worked && act.result.trim() === "")
          return this.#refuse("Say what was seen, so that it can be mended.");
        Object.assign(found, { state: act.worked ? "worked" : "failed", by: `${by} · 07:21:46`, result: act.result });
        return null;
      }
      case "tell": {
        const at = act.answered ? "answered 07:25:58" : "told 07:25:58";
        this.#tell(act.whom, act.answered ? "answered" : "told", act.words === "" ? at : `${at}: ${act.words}`);
        return null;
      }
      case "declare_rolled_back":
        if (this.#view().cannot_declare !== "") return this.#refuse(this.#view().cannot_declare);
        if (this.#isRehearsal) {
          this.#rehearsed = "best rehearsal 04:12, MK 07:25:52";
          this.#end();
        } else this.#state = "done";
        return null;
      case "stand_down":
        if (act.reason.trim() === "") return this.#refuse("Say why first.");
        this.#end();
        return null;
    }
  }

  #end(): void {
    this.#state = "none";
    this.#isRehearsal = false;
    for (const way of this.#plan.ways) Object.assign(way, { state: "open", words: "" });
  }

  #rollBack(act: Extract<WayBackAct, { act: "roll_back" }>, by: string): Problem | null {
    if (this.#state !== "none") return this.#refuse("It is being rolled back already.");
    if (act.criterion === "" && act.reason.trim() === "") return this.#refuse("Name the criterion, or say why.");
    this.#begin(act.reason, act.way, `Chosen by ${by} 07:21:40`);
    for (const mark of this.#plan.success.slice(0, 3))
      Object.assign(mark, { state: "observed", observed: "Observed by Prometheus", reading: "met · 07:24:31" });
    return null;
  }

  #steps(): StepView[] {
    return [...this.#plan.ways.flatMap(({ steps }) => steps), ...this.#plan.verify];
  }

  /** Takes back what was said of a step; whether there was such a step. */
  undo(id: string): boolean {
    const found = this.#steps().find((step) => step.id === id);
    if (found !== undefined) Object.assign(found, { state: "open", by: "", result: "" });
    return found !== undefined;
  }
}
