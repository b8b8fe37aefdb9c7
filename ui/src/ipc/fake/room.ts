// The fake's room: it answers acts as far as one has to look at the answer, and forgets them with the page. Owns: made-up
// state. It has no rules worth the name; those are Rust's.
import type {
  Act,
  AlertPageView,
  AlertQuery,
  CriteriaView,
  DayView,
  DraftView,
  ItemView,
  LogEntryView,
  LogPageView,
  LogQuery,
  LogView,
  MessageView,
  PeopleView,
  PhaseView,
  Problem,
  RereadView,
  Update,
} from "../bindings";
import { answered, missing } from "./answers";
import { withHolds, type FakePhase } from "./build";
import { alertPage } from "./history";
import { FakeHandoff } from "./handoff";
import { actOnLadder } from "./ladder";
import { correctedBy, countsOf, dayOfThePictures, FakePast, mayCorrect, rowsOf, writtenOf } from "./log";
import { criteriaFor, escalation, messages, references, written } from "./pages";
import { phases } from "./phases";
import { nothingReread } from "./reread";
import { observe } from "./observed";
import { drafted, FakeRoutines } from "./routines";
import { kept, RECORD } from "./exports";
import { reviewOf } from "./review";
import { FakeSignals } from "./signals";
import { attached, blanksOf, blanksOpen, boxesOf, refused } from "./small";
import { dueOf, FakeWatch, vitalsOf, type Scene } from "./watch";
import { FakeWayBack } from "./way_back";

type Sections = Omit<Update, "sequence">;

export class FakeRoom {
  readonly #phases: FakePhase[] = structuredClone(phases);
  readonly #messages = structuredClone(messages);
  readonly #escalation = structuredClone(escalation);
  readonly #written = structuredClone(written);
  readonly #acts: { event: number; before: ItemView[] }[] = [];
  readonly record = structuredClone(RECORD);
  readonly #watch: FakeWatch;
  readonly #signals: FakeSignals;
  readonly #routines: FakeRoutines;
  readonly #handoff: FakeHandoff;
  readonly wayBack: FakeWayBack;
  readonly past = new FakePast();
  /** What the checklist says besides what the room has. */
  reread: RereadView = nothingReread;
  #people: PeopleView = { actor: "mira", chosen: false, people: [] };
  #log: LogEntryView[] = [];
  #drafts: DraftView[] = [];
  #draftCount = 0;
  #noteTyped = "";
  #chosen: string;

  constructor(chosen: string, scene: Scene = "unwatched") {
    this.#chosen = chosen;
    const deployment = this.#phases.find(({ view }) => view.id === "deployment")?.view;
    if (deployment !== undefined) observe(deployment, scene);
    const unseen = boxesOf(deployment?.rows ?? []).find(({ state }) => state === "unseen");
    this.#watch = new FakeWatch(scene, unseen?.id ?? "", refused);
    this.wayBack = new FakeWayBack(scene, refused);
    this.#signals = new FakeSignals(scene);
    this.#routines = new FakeRoutines(scene, refused);
    this.#handoff = new FakeHandoff(scene, refused);
    if (scene !== "unwatched")
      this.#people = {
        actor: "MK",
        chosen: true,
        people: [{ initials: "MK", name: "Mira Kask", role: "Release manager", key: "1" }],
      };
    this.#write("opened", "opened: payments-api 4.2.0", "T0 21 Jan 2026 06:30 UTC");
  }

  get isWatched(): boolean {
    return this.#routines.view.state === "watch";
  }

  look(phase: string): void {
    this.#chosen = phase;
  }

  sections(): Sections & { day: DayView; phase: PhaseView; criteria: CriteriaView } {
    const at = Math.max(
      0,
      this.#phases.findIndex(({ view }) => view.id === this.#chosen),
    );
    const found = this.#phases[at];
    if (found === undefined) throw new Error("the fake has no phase");
    const boxes = boxesOf(found.view.rows);
    const claims = boxes.filter(({ state }) => state === "claimed").length;
    const later = this.#phases.slice(at + 1).map(({ view }): [string, string] => [view.id, view.title]);
    return {
      day: this.#day(found.view.id),
      phase: structuredClone({ ...withHolds(found.view), claims, later, returned: this.#returned(found.view) }),
      criteria: criteriaFor(found.view.id),
      alerts: structuredClone(this.#watch.alerts),
      vitals: vitalsOf(this.#watch.scene),
      due: dueOf(this.#watch.scene),
      signals: this.#signals.view,
      routines: structuredClone(this.#routines.view),
      handoff: this.#handoff.view(this.#people, this.#log),
      review: reviewOf(this.#routines.view.state),
      messages: structuredClone({ ...this.#messages, drafts: this.#drafts }),
      ...this.wayBack.sections(),
      escalation: structuredClone(this.#escalation),
      references,
      written: structuredClone(this.#written),
      people: structuredClone(this.#people),
      log: this.#logView(),
      record: { ...this.record },
      ...kept(this.record.closed),
      reread: structuredClone(this.reread),
    };
  }

  #day(chosen: string): DayView {
    return {
      phases: this.#phases.map(({ entry, view }) => {
        const boxes = boxesOf(view.rows);
        const of = (...states: string[]): number => boxes.filter(({ state }) => states.includes(state)).length;
        return {
          ...entry,
          claimed: of("claimed"),
          done: of("stated"),
          open: of("open", "claimed"),
          chosen: view.id === chosen,
        };
      }),
      pages: [
        { id: "schedule", key: "T", title: "Schedule", count: "", count_short: "" },
        {
          id: "rollback",
          key: "R",
          title: "Rollback plan",
          count: this.wayBack.verdict?.kind === "rolling_back" ? "1 of 3" : "3 ways",
          count_short: this.wayBack.verdict?.kind === "rolling_back" ? "1" : "3",
        },
        { id: "messages", key: "M", title: "Messages", count: "9", count_short: "9" },
        { id: "escalation", key: "E", title: "Escalation", count: "3", count_short: "3" },
        this.#signals.page,
        this.#routines.page,
        { id: "references", key: "Q", title: "Reference", count: "10", count_short: "10" },
        { id: "written", key: "B", title: "Checklist", count: "", count_short: "" },
      ],
    };
  }

  #returned(view: PhaseView): ItemView[] {
    const own = new Set(boxesOf(view.rows).map(({ id }) => id));
    return this.#phases
      .flatMap((phase) => boxesOf(phase.view.rows))
      .filter(({ id, state, words }) => state === "deferred" && !own.has(id) && words.startsWith(`to ${view.title}: `));
  }

  #logView(): LogView {
    return {
      count: this.#log.length,
      head: `${(0x3f9a + this.#log.length).toString(16)}-c27e`,
      tail: this.#log.slice(0, 3),
      groups: countsOf(this.#log),
      note_typed: this.#noteTyped,
    };
  }

  alertPage(query: AlertQuery): AlertPageView {
    return alertPage(this.#watch.alerts.alerts, query);
  }

  logPage(query: LogQuery): LogPageView {
    return rowsOf(this.#log, query);
  }

  get entries(): readonly LogEntryView[] {
    return this.#log;
  }

  /** The log of the pictures' day, in the place of this one. */
  tellTheDay(count: number): void {
    this.#log = dayOfThePictures(count);
  }

  #write(event: string, text: string, detail = "", at = ""): number {
    const seq = this.#log.length + 1;
    this.#log = [writtenOf(seq, this.#people.actor, { event, text, detail, at }), ...this.#log];
    return seq;
  }

  act(act: Act): Problem | null {
    const ofTheWatch = this.#routines.act(act, this.#people.actor);
    if (ofTheWatch !== undefined) return ofTheWatch;
    const handed = this.#handoff.act(act, this.#people, (text) => this.#write(act.act, text));
    if (handed !== undefined) return handed;
    switch (act.act) {
      case "accept_reread":
        if (act.digest !== this.reread.digest)
          return refused("The checklist was changed once more: look at the newer difference, and accept that.");
        this.reread = nothingReread;
        this.#write("plan_reread", "read the checklist again and accepted it", "all that was said goes on");
        return null;
      case "state":
        return this.#settle([act.item], "stated", act.saw, "stated", (item) =>
          item.state === "observed"
            ? "It is observed as done already."
            : item.state === "breached"
              ? `A signal sees something else: ${item.reading}. Override it with a reason.`
              : item.item_kind === "hold"
                ? "The clock of the hold ticks it: start the hold, and keep every condition met."
                : item.item_kind === "gate"
                  ? "A gate is passed, not ticked: pass the gate."
                  : item.asks !== "" && act.saw.trim() === ""
                    ? `This check names a limit (${item.asks}): say what you saw, as a value or in words.`
                    : null,
        );
      case "answer": {
        const [item] = this.#every(act.item);
        const said = item === undefined ? null : answered(item, act.answer, act.values);
        if (typeof said === "string") return refused(said);
        const problem = this.#settle([act.item], said?.state ?? "", said?.words ?? "", "stated");
        if (problem === null && said !== null) for (const one of this.#every(act.item)) Object.assign(one, said);
        return problem;
      }
      case "confirm":
        return this.#settle([act.item], "stated", "", "confirmed");
      case "confirm_phase": {
        const phase = this.#phases.find(({ view }) => view.id === act.phase);
        const claimed = boxesOf(phase?.view.rows ?? []).filter(({ state }) => state === "claimed");
        return this.#settle(
          claimed.map(({ id }) => id),
          "stated",
          "",
          "confirmed",
        );
      }
      case "override":
        return this.#settle([act.item], "overridden", act.reason, "overridden", () => missing(act.reason));
      case "not_applicable":
        return this.#settle([act.item], "not_applicable", act.reason, "not_applicable", () => missing(act.reason));
      case "defer": {
        const to = this.#phases.find(({ view }) => view.id === act.to)?.view.title ?? "";
        return this.#settle([act.item], "deferred", `to ${to}: ${act.reason}`, "deferred", () => missing(act.reason));
      }
      case "add_evidence":
        return attached(this.#every(act.item), act.text, this.#people.actor);
      case "undo":
        if (this.wayBack.undo(act.item)) return null;
        return this.#undo(act.item);
      case "name_person":
        return this.#name(act.initials.trim().toUpperCase(), act.name, act.role);
      case "choose_actor":
        this.#people = { ...this.#people, actor: act.initials, chosen: true };
        this.#write("actor_chosen", `${act.initials} acts from now on`);
        return null;
      case "fill_contact":
      case "prove_contact":
      case "add_contact":
      case "try_contact":
      case "fill_channel":
        return actOnLadder(this.#escalation, act, {
          by: this.#people.actor,
          alerts: this.#watch.alerts.alerts,
          write: (event, text, detail = "") => {
            this.#write(event, text, detail);
          },
          refuse: refused,
        });
      case "note":
        if (act.text.trim() === "") return refused("Say what the note is first.");
        this.#write("noted", `noted: ${act.text}`, "", act.at);
        return null;
      case "correct": {
        const problem = mayCorrect(this.#log, act);
        if (problem !== null) return problem;
        const seq = this.#write("corrected", `corrects event ${act.event}: ${act.right}`, act.why, act.at);
        this.#log = correctedBy(this.#log, act.event, seq);
        return null;
      }
      case "close":
        return this.#end("closed", act.outcome, "Say how it ended first.");
      case "reopen":
        return this.#end("reopened", act.reason, "Say why first.");
      case "typing":
        return this.#type(act.name, act.text);
      case "start_draft":
      case "keep_draft":
      case "drop_draft":
      case "mark_sent":
        return this.#draft(act);
      case "start_update":
      case "start_closing": {
        const problem = this.#draft({ act: "start_draft", message: "" });
        if (this.#drafts[0] !== undefined) this.#drafts[0].body = drafted(act.act);
        return problem;
      }
      case "declare_go_live":
      case "declare_success":
      case "explain_rounds":
      case "note_lesson":
      case "hand_over":
      case "take_over":
      case "withdraw_handover":
        return null;
      case "acknowledge":
      case "acknowledge_all":
      case "silence":
      case "lift_silence":
      case "extend_deadline":
      case "enter_gate":
      case "pass_gate":
      case "override_gate":
      case "go_back":
      case "confirm_unit":
      case "test_notification":
      case "answer_test": {
        const gates = this.#phases.flatMap(({ view }) => view.gates);
        const problem = this.#watch.act(act, this.#people.actor, gates);
        if (problem === null) this.#write(act.act, act.act.replace("_", " "));
        return problem;
      }
      case "arm_command":
      case "disarm_command":
      case "accept_binding":
      case "drop_binding":
      case "take_what_if":
      case "draft_window_notice":
        return this.#signals.act(act, this.#people, (text) => this.#write(act.act, text));
      case "roll_back":
      case "choose_way":
      case "rehearse":
      case "begin_attempt":
      case "state_step":
      case "tell":
      case "declare_rolled_back":
      case "stand_down": {
        const problem = this.wayBack.act(act, this.#people.actor);
        if (problem === null) this.#write(act.act, act.act.replaceAll("_", " "));
        return problem;
      }
    }
  }

  #every(id: string): ItemView[] {
    const rows = [
      ...this.#phases.flatMap(({ view }) => boxesOf(view.rows)),
      ...boxesOf(this.#written.rows),
      ...this.#messages.others,
      ...this.wayBack.success,
    ];
    return rows.filter((item) => item.id === id);
  }

  #settle(
    ids: string[],
    state: string,
    words: string,
    event: string,
    refuse: (item: ItemView) => string | null = () => null,
  ): Problem | null {
    const [first] = ids.flatMap((id) => this.#every(id));
    if (first === undefined) return refused("The source claims nothing here that is not confirmed already.");
    if (this.record.closed !== "") return refused("The room is closed: open it again first, with a reason.");
    const why = refuse(first);
    if (why !== null) return refused(why);
    const text = ids.length === 1 ? first.inlines.map((one) => one.text).join("") : `${ids.length} claims`;
    const seq = this.#write(event, `${event.replace("_", " ")}: ${text}`, words);
    const { actor } = this.#people;
    const at = this.#log[0]?.at ?? "";
    this.#acts.push({ event: seq, before: ids.flatMap((id) => structuredClone(this.#every(id).slice(0, 1))) });
    for (const id of ids)
      for (const item of this.#every(id)) {
        item.state = state;
        item.words = words;
        item.by = `${actor} · ${at}`;
        item.below = item.below.startsWith("Claimed") ? "" : item.below;
      }
    return null;
  }

  #undo(id: string): Problem | null {
    const at = this.#acts.findLastIndex(({ before }) => id === "" || before.some((item) => item.id === id));
    const [act] = at === -1 ? [] : this.#acts.splice(at, 1);
    if (act === undefined) return refused("There is nothing to take back.");
    for (const before of act.before) for (const item of this.#every(before.id)) Object.assign(item, before);
    this.#log = this.#log.map((entry) => (entry.seq === act.event ? { ...entry, undone: true } : entry));
    this.#write("undone", `taken back: event ${act.event}`);
    return null;
  }

  #name(initials: string, name: string, role: string): Problem | null {
    if (!/^[A-Z0-9]{1,4}$/.test(initials)) return refused("Initials are one to four letters or digits.");
    if (name.trim() === "") return refused("Say the name first.");
    const others = this.#people.people.filter((one) => one.initials !== initials);
    const people = [...others, { initials, name, role, key: "" }].map((one, index) => ({
      ...one,
      key: index < 9 ? String(index + 1) : "",
    }));
    this.#people = { ...this.#people, people };
    this.#write("person_named", `${initials} is ${name}`);
    return null;
  }

  #end(event: "closed" | "reopened", words: string, empty: string): Problem | null {
    if (words.trim() === "") return refused(empty);
    this.record.closed = event === "closed" ? `${words} · ${this.#people.actor} 05:50:00` : "";
    this.#write(event, `${event}: ${words}`);
    return null;
  }

  #type(name: string, text: string): Problem | null {
    if (name === "note") this.#noteTyped = text;
    const number = Number(/^draft (\d+)$/.exec(name)?.[1]);
    this.#drafts = this.#drafts.map((draft) => {
      if (draft.number !== number) return draft;
      const typed = JSON.parse(text) as Pick<DraftView, "to" | "subject" | "body">;
      return { ...draft, ...typed, unkept: true, blanks: blanksOf(`${typed.subject}\n${typed.body}`) };
    });
    return null;
  }

  #draft(act: Extract<Act, { act: "start_draft" | "keep_draft" | "drop_draft" | "mark_sent" }>): Problem | null {
    const by = this.#people.actor;
    if (act.act === "start_draft") {
      const template = this.#templates().find(({ id }) => id === act.message);
      this.#draftCount += 1;
      const body = template?.body ?? "";
      const subject = template?.subject ?? "";
      this.#drafts = [
        {
          number: this.#draftCount,
          message: act.message,
          title: template?.title ?? `Notice ${this.#draftCount}`,
          to: template?.channel ?? "",
          subject,
          body,
          blanks: blanksOf(`${subject}\n${body}`),
          unkept: false,
          kept: `kept 05:50:00 by ${by}`,
        },
        ...this.#drafts,
      ];
      if (template !== undefined) {
        template.draft = this.#draftCount;
        template.status = `draft kept 05:50 by ${by}`;
      }
      this.#write("draft_kept", `draft kept: ${template?.title ?? "notice"}`);
      return null;
    }
    const draft = this.#drafts.find(({ number }) => number === act.draft);
    if (draft === undefined) return refused("The plan has no such draft; it may have been read anew.");
    const template = this.#templates().find(({ id }) => id === draft.message);
    if (act.act === "keep_draft") {
      const { to, subject, body } = act;
      Object.assign(draft, { to, subject, body, unkept: false, blanks: blanksOf(`${subject}\n${body}`) });
      this.#write("draft_kept", `draft kept: ${draft.title}`);
      return null;
    }
    if (act.act === "mark_sent") {
      if (draft.blanks.length > 0) return blanksOpen(draft);
      const words = `${act.at === "" ? "05:50:00" : act.at} to ${act.to} by ${by}, by hand`;
      const seq = this.#write("sent_by_hand", `sent: ${draft.title}`, words, act.at);
      this.#messages.sent.unshift({ seq, title: draft.title, words, subject: draft.subject, body: draft.body });
      if (template !== undefined) template.status = `sent ${words}`;
    } else {
      this.#write("draft_dropped", `draft thrown away: ${draft.title}`);
      if (template !== undefined) template.status = "";
    }
    if (template !== undefined) template.draft = 0;
    this.#drafts = this.#drafts.filter((one) => one !== draft);
    return null;
  }

  /** What Rust would refuse before a draft leaves the room. */
  attachFile(item: string): Problem | null {
    return attached(this.#every(item), "nodes.txt", this.#people.actor, true);
  }

  mayLeave(number: string): Problem | null {
    const draft = this.#drafts.find((one) => String(one.number) === number);
    return draft === undefined || draft.blanks.length === 0 ? null : blanksOpen(draft);
  }

  #templates(): MessageView[] {
    return this.#messages.groups.flatMap((group) => group.messages);
  }
}
