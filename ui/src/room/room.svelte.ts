// The one store of the window. Owns: where in the window the person is, and what hangs on the room that is open: boxes,
// note, desk, log. Must not know: how anything is drawn. It decides nothing about the plan: it asks Rust.
import type {
  Connection,
  CopyTarget,
  ItemView,
  MessageView,
  OpeningView,
  PageView,
  Problem,
  RowView,
  StepView,
  Update,
} from "../ipc";
import { Alarms } from "./alarms.svelte";
import { Asking } from "./asking.svelte";
import { Boxes } from "./boxes.svelte";
import { Checking } from "./checking.svelte";
import { askedKey, isDialog, type FocusRequest, type Panel, type RowForm } from "./command";
import { Desk } from "./desk.svelte";
import { Draft } from "./draft.svelte";
import { Ladder } from "./ladder.svelte";
import { Logbook } from "./logbook.svelte";
import { Note } from "./note.svelte";
import * as select from "./selectors";
import { Opened } from "./opened.svelte";
import { Questions } from "./questions.svelte";
import { Typing } from "./typing.svelte";

export class Room extends Asking {
  /** Counts subscriptions, so that what an abandoned channel still brings is not taken in. */
  #subscription = 0;
  #sequence = 0;

  #page = $state.raw<string | null>(null);
  #drawer = $state.raw(false);
  #palette = $state.raw(false);
  #panel = $state.raw<Panel | null>(null);
  #narrow = $state.raw(false);
  #doneShown = $state.raw(false);
  #focusedItem = $state.raw<string | null>(null);
  #focusRequest = $state.raw<FocusRequest | null>(null);
  /** Which box is to get the focus when the phase that was asked for arrives. */
  #edge: "first" | "last" | null = null;
  /** What is to get the focus when the phase that was asked for arrives. */
  #goal: FocusRequest | null = null;

  readonly opened: Opened;
  readonly ladder: Ladder;
  readonly alarms: Alarms;
  #boxes: Boxes;
  /** What is asked on the way back, by `askedKey`. */
  #retreat: Questions<true>;
  #note: Note;
  #desk: Desk;
  #logbook: Logbook;
  #checking: Checking;
  #typing: Typing;

  constructor(connection: Connection) {
    super(connection);
    const opening = (): OpeningView | null => (this.screen === "opening" ? this.opening : null);
    this.opened = new Opened({ ask: this.ask, act: (intent) => this.act(intent), opening });
    this.ladder = new Ladder(this.askInRoom);
    this.alarms = new Alarms(this.askInRoom, (query) => this.alertPage(query));
    const typing = new Typing(this.askInRoom);
    this.#typing = $state.raw(typing);
    this.#boxes = $state.raw(new Boxes(this.askInRoom));
    this.#retreat = $state.raw(new Questions<true>(this.askInRoom));
    this.#note = $state.raw(new Note(this.askInRoom, typing));
    this.#desk = $state.raw(this.#newDesk(typing));
    this.#logbook = $state.raw(this.#newLogbook());
    this.#checking = $state.raw(this.#newChecking());
  }

  #newDesk(typing: Typing): Desk {
    const doors = {
      ask: this.askInRoom,
      typing,
      copy: (target: CopyTarget) => this.copyHere(target),
      openMail: (number: number) =>
        this.askHere({ kind: "open_outside", target: { kind: "draft_mail", draft: String(number) } }),
    };
    return new Desk(this.askInRoom, (view) => new Draft(view, doors));
  }

  #newLogbook(): Logbook {
    return new Logbook((query) => this.logPage(query));
  }

  #newChecking(): Checking {
    return new Checking({
      pull: (query) => this.sourcePage(query),
      check: () => this.check,
      page: () => this.#page,
      show: (page) => {
        this.showPage(page);
      },
      focus: (request) => {
        this.#putOn(request);
      },
      lookAt: (phase, request) => {
        const here = phase === select.chosenPhase(this.day)?.id;
        if (!here) this.#goal = request;
        this.look(phase);
        if (here) this.#putOn(request);
      },
      chooseMessage: (id) => {
        this.chooseMessage(id);
      },
    });
  }

  get boxes(): Boxes {
    return this.#boxes;
  }
  get retreat(): Questions<true> {
    return this.#retreat;
  }
  get note(): Note {
    return this.#note;
  }
  get desk(): Desk {
    return this.#desk;
  }
  get logbook(): Logbook {
    return this.#logbook;
  }
  get checking(): Checking {
    return this.#checking;
  }
  /** Why what was typed last is not on the disk. */
  get typingProblem(): Problem | null {
    return this.#typing.problem;
  }

  /** The page that is shown instead of the chosen phase. */
  get page(): string | null {
    return this.#page;
  }
  /** The pages that are ready at hand. */
  readonly #pages = $derived(select.pagesOf(this.day, this.log));
  get pages(): readonly PageView[] {
    return this.#pages;
  }
  /** The side of a narrow window: opened by a person, or by an alert that nobody has taken notice of. */
  get drawer(): boolean {
    return this.#drawer || (this.#page === null && this.alarms.wantsSight);
  }
  get palette(): boolean {
    return this.#palette;
  }
  get panel(): Panel | null {
    return this.#panel;
  }
  /** What stands over the room and holds the keyboard, where there is something to decide. */
  get dialog(): Panel | null {
    if (this.screen !== "room" || this.#panel === null || !isDialog(this.#panel)) return null;
    return select.isAsked(this.#panel, this, this.signalling.arming) ? this.#panel : null;
  }
  get focusedItem(): string | null {
    return this.#focusedItem;
  }
  get focusRequest(): FocusRequest | null {
    return this.#focusRequest;
  }

  /** The rows of the chosen phase; on a narrow window without those that are done. */
  readonly #folded = $derived.by((): select.Folded => {
    const rows = this.phase?.rows ?? [];
    return this.#narrow ? select.foldDone(rows, this.#focusedItem) : { rows, count: 0 };
  });
  get rows(): select.Folded["rows"] {
    return this.#doneShown ? (this.phase?.rows ?? []) : this.#folded.rows;
  }
  /** How many boxes of the phase are done and folded, or would be. */
  get foldable(): number {
    return this.#folded.count;
  }
  get doneShown(): boolean {
    return this.#doneShown;
  }

  /** Whether what is shown has something at its side. */
  get hasSide(): boolean {
    return select.hasSideOf(this.#page, this);
  }

  /** The chosen template; the first one where none was chosen. */
  get message(): MessageView | null {
    const chosen = this.#desk.chosen;
    return chosen === null || chosen.kind === "sent" ? null : chosen.message;
  }

  async subscribe(): Promise<void> {
    this.#subscription += 1;
    this.#sequence = 0;
    const subscription = this.#subscription;
    await this.listen((update) => {
      if (subscription === this.#subscription) this.#receive(update);
    });
  }

  #receive(update: Update): void {
    if (update.sequence !== this.#sequence + 1) {
      void this.subscribe();
      return;
    }
    this.#sequence = update.sequence;
    if (update.sequence === 1) this.forget();
    const screenBefore = this.screen;
    const phaseBefore = this.phase?.id;
    const readBefore = this.record?.reading ?? "";
    this.take(update);
    if (this.screen !== screenBefore) this.#arrive();
    this.opened.receive();
    this.alarms.receive(update);
    if (this.phase?.id !== phaseBefore) this.#showNewPhase();
    if (update.record?.unsaved === null) {
      this.#note.saved();
      this.#typing.retry();
    }
    // What is not asked any more does not stand open unseen, where it would take the next Escape or come back by itself.
    if (this.#panel !== null && isDialog(this.#panel) && this.dialog === null) this.#panel = null;
    if (update.check !== undefined) this.#checking.renew();
    if (update.vitals !== undefined) this.charts.notice(update.vitals.to_s);
    if (update.messages !== undefined) this.#desk.receive(update.messages);
    if (update.log !== undefined) {
      this.#note.adopt(update.log.note_typed);
      this.#logbook.notice(update.log.count);
    }
    // Rows that were asked for meanwhile were refused.
    if (readBefore !== "" && !this.isBeingRead) this.#showRows();
  }

  /** Another frame is shown: nothing of the place in the one before holds. */
  #arrive(): void {
    this.#page = null;
    this.#drawer = false;
    this.#palette = false;
    this.#panel = null;
    this.#doneShown = false;
    this.#focusedItem = null;
    this.ladder.forget();
    this.alarms.forget();
    this.forgetAnswers();
    this.#edge = null;
    this.#goal = null;
    this.#checking = this.#newChecking();
    this.#typing = new Typing(this.askInRoom);
    this.#boxes = new Boxes(this.askInRoom);
    this.#retreat = new Questions(this.askInRoom);
    this.#note = new Note(this.askInRoom, this.#typing);
    this.#desk = this.#newDesk(this.#typing);
    this.#logbook = this.#newLogbook();
  }

  #showNewPhase(): void {
    this.forgetCopied();
    this.#boxes.close();
    this.#doneShown = false;
    if (this.#page === null) this.#focusedItem = null;
    const [edge, goal] = [this.#edge, this.#goal];
    this.#edge = null;
    this.#goal = null;
    if (goal !== null) this.#putOn(goal);
    if (edge === null) return;
    const ids = this.#items().map(({ id }) => id);
    const id = edge === "first" ? ids[0] : ids.at(-1);
    this.#focusRequest = id === undefined ? { on: "title" } : { on: "item", id };
  }

  protected override turnedDown(): void {
    this.#edge = null;
    this.#goal = null;
  }

  setPalette(open: boolean): void {
    this.#palette = open;
  }

  setPanel(panel: Panel | null): void {
    this.#panel = panel;
  }

  setDrawer(open: boolean): void {
    this.#drawer = open;
    // On a page it is not the alerts that close.
    if (!open && this.#page === null) this.alarms.lookAway();
  }

  setNarrow(narrow: boolean): void {
    this.#narrow = narrow;
  }

  toggleDone(): void {
    this.#doneShown = !this.#doneShown;
  }

  noteFocusedItem(id: string): void {
    this.#focusedItem = id;
  }

  chooseMessage(id: string): void {
    this.#desk.choose(id);
    this.forgetCopied();
  }

  /** Shows the phase from its top; from a page this leads back even where it is the chosen one already. */
  look(phase: string): void {
    this.showPage(null);
    this.#focusedItem = null;
    if (phase !== select.chosenPhase(this.day)?.id) void this.act({ kind: "look", phase });
  }

  /** Shows a page; null is the phase. */
  showPage(page: string | null): void {
    if (this.#page === page) return;
    this.#page = page;
    this.#focusedItem = null;
    this.ladder.forget();
    this.forgetCopied();
    // What stands open on the page that is left would take the next Escape unseen.
    for (const asked of [this.#boxes, this.#retreat, this.planning, this.rounds]) asked.close();
    this.#showRows();
  }

  #showRows(): void {
    this.#logbook.setShown(this.#page === "log");
    this.alarms.histories.setShown(this.#page === "alerts");
  }

  /** A box that is done is not folded away while it has the keyboard. */
  #putOn(request: FocusRequest): void {
    if (request.on === "item") this.#focusedItem = request.id;
    this.#focusRequest = request;
  }

  search(): void {
    if (this.#page !== "log") this.showPage("references");
    this.#focusRequest = { on: "search" };
  }

  focus(request: FocusRequest): void {
    // What is asked for is not left folded.
    const isBox = (rows: readonly RowView[]): boolean =>
      request.on === "item" && select.boxesOf(rows).some(({ id }) => id === request.id);
    if (!isBox(this.rows) && isBox(this.phase?.rows ?? [])) this.#doneShown = true;
    this.#focusRequest = request;
  }

  /** One step back: what stands open closes, the drawer closes, a page gives way to the phase; at a phase there is
      nothing behind. */
  back(): void {
    if (this.#panel !== null) {
      this.#panel = null;
      return;
    }
    if (this.planning.close() || this.closeContact()) return;
    if (this.closeAsked() || this.rounds.close() !== null) return;
    const item = this.#boxes.close();
    if (item !== null) {
      this.#focusRequest = { on: "item", id: item };
    } else if (this.alarms.cards.close() !== null) {
      // Its card takes the keyboard back itself.
    } else if (this.#narrow && this.drawer) {
      this.setDrawer(false);
    } else if (this.#page === "check") {
      this.#checking.back();
    } else if (this.#page !== null) {
      this.showPage(null);
      this.#focusRequest = { on: "title" };
    }
  }

  /** A box of what is shown. */
  item(id: string): ItemView | null {
    return this.#items().find((one) => one.id === id) ?? null;
  }

  /** The same as a click on the mark of this box. */
  tick(id: string): void {
    const item = this.item(id);
    if (item !== null) this.#boxes.tick(item);
  }

  /** What was said of this box last is taken back; why it cannot be stands in its row. */
  undoItem(item: string): void {
    void this.#boxes.act(item, { act: "undo", item });
    this.focus({ on: "item", id: item });
  }

  askInRow(item: string, form: RowForm): void {
    this.#boxes.ask(item, form);
  }

  /** The phases that a box of what is shown can wait for. */
  get later(): [string, string][] {
    return select.laterPhases(this.#page, this.phase, this.day);
  }

  /** The room's last act is taken back; why it cannot be stands above the page. */
  undo(): void {
    void this.act({ kind: "in_room", act: { act: "undo", item: "" } });
  }

  confirmPhase(): void {
    const phase = this.phase?.id;
    if (phase !== undefined) void this.act({ kind: "in_room", act: { act: "confirm_phase", phase } });
  }

  /** Whoever acts already needs no choosing: the list closes. */
  async choosePerson(initials: string): Promise<void> {
    const people = this.people;
    const known = people?.chosen === true && people.actor === initials;
    if (known || (await this.act({ kind: "in_room", act: { act: "choose_actor", initials } }))) this.#panel = null;
  }

  /** From the box that has the keyboard, or from before the first one: null. */
  stepBox(step: 1 | -1, from: string | null = this.#focusedItem): void {
    const id = select.neighbour(this.#stops(), from, step);
    if (id !== null) {
      if (this.#page === "messages") this.#drawer = true;
      this.#focusRequest = { on: "item", id };
    } else if (this.#page === null) {
      this.#stepPhase(step, step === 1 ? "first" : "last");
    }
  }

  /** The phase before or after the chosen one, with the keyboard in the run of the day. */
  stepPhase(step: 1 | -1): void {
    if (this.#page !== null) {
      const chosen = select.chosenPhase(this.day);
      if (chosen === null) return;
      this.look(chosen.id);
      this.#focusRequest = { on: "phase", id: chosen.id };
      return;
    }
    const id = this.#stepPhase(step, null);
    if (id !== null) this.#focusRequest = { on: "phase", id };
  }

  #stepPhase(step: 1 | -1, edge: "first" | "last" | null): string | null {
    const chosen = select.chosenPhase(this.day);
    const phases = this.day?.phases.map(({ id }) => id) ?? [];
    const id = select.neighbour(phases, chosen?.id ?? null, step);
    if (id === null) return null;
    this.#edge = edge;
    void this.act({ kind: "look", phase: id });
    return id;
  }

  stepMessage(step: 1 | -1): void {
    const id = this.#desk.step(step);
    if (id !== null) this.#focusRequest = { on: "entry", id };
  }

  stepContact(step: 1 | -1): void {
    const id = this.ladder.step(this.escalation?.contacts ?? [], step);
    if (id !== null) this.#focusRequest = { on: "contact", id };
  }

  /** What was asked on the way back closes, and its place takes the keyboard again. */
  closeAsked(): boolean {
    const key = this.#retreat.close();
    if (key !== null) this.#focusRequest = { on: "asked", key };
    return key !== null;
  }

  /** A card closes what it asked, and takes the keyboard again. */
  closeContact(): boolean {
    const id = this.ladder.close();
    if (id !== null) this.#focusRequest = { on: "contact", id };
    return id !== null;
  }

  /** What J and K stop at: the boxes of what is shown; on the way back the steps that can be stated, too. */
  #stops(): string[] {
    return select.stopsOf(this.#steps(), this.#items(), this.rollback);
  }

  #steps(): StepView[] {
    return this.#page === "rollback" && this.mayAct ? select.openSteps(this.rollback, this.wayBack) : [];
  }

  step(id: string): StepView | null {
    return this.#steps().find((step) => step.id === id) ?? null;
  }

  /** Asks how this step went. Pressed once more it goes on: under a hammering finger nothing is taken back. */
  stateStep(id: string): void {
    const step = this.step(id);
    if (step?.state === "open") this.#retreat.ask(askedKey("step", id), true);
    else if (step !== null) this.stepBox(1);
  }

  #items(): ItemView[] {
    return select.itemsOf(this.#page, this, this.rows);
  }
}
