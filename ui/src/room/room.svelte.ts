// The one store of the window. Owns: the sections as they came over the channel, and where in the window the person is.
// Must not know: how anything is drawn. It decides nothing about the plan: it asks Rust, and shows what Rust answers.
import {
  asProblem,
  type ClockView,
  type Connection,
  type CopyTarget,
  type CriteriaView,
  type DayView,
  type EscalationView,
  type HeaderView,
  type Intent,
  type MessagesView,
  type MessageView,
  type OpeningView,
  type OutsideTarget,
  type PhaseView,
  type Problem,
  type ReferencesView,
  type RollbackView,
  type Screen,
  type StartView,
  type Theme,
  type Update,
  type WrittenView,
} from "../ipc";
import type { FocusRequest } from "./command";
import { allMessages, boxesOf, chosenPhase, neighbour } from "./selectors";

/** Pages that have something at their side; on a narrow window it is a drawer. */
const PAGES_WITH_SIDE = ["messages", "rollback", "escalation"];

export class Room {
  readonly #connection: Connection;
  /** Counts subscriptions, so that what an abandoned channel still brings is not taken in. */
  #subscription = 0;
  #sequence = 0;

  #screen = $state.raw<Screen | null>(null);
  #theme = $state.raw<Theme>("dark");
  #clock = $state.raw<ClockView | null>(null);
  #start = $state.raw<StartView | null>(null);
  #opening = $state.raw<OpeningView | null>(null);
  #header = $state.raw<HeaderView | null>(null);
  #day = $state.raw<DayView | null>(null);
  #phase = $state.raw<PhaseView | null>(null);
  #criteria = $state.raw<CriteriaView | null>(null);
  #messages = $state.raw<MessagesView | null>(null);
  #rollback = $state.raw<RollbackView | null>(null);
  #escalation = $state.raw<EscalationView | null>(null);
  #references = $state.raw<ReferencesView | null>(null);
  #written = $state.raw<WrittenView | null>(null);
  #problems = $state.raw<Problem[]>([]);

  #page = $state.raw<string | null>(null);
  #drawer = $state.raw(false);
  #palette = $state.raw(false);
  #focusedItem = $state.raw<string | null>(null);
  #chosenMessage = $state.raw<string | null>(null);
  #copied = $state.raw<string | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  #focusRequest = $state.raw<FocusRequest | null>(null);
  /** Which box is to get the focus when the phase that was asked for arrives. */
  #edge: "first" | "last" | null = null;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `null` until the first update came. */
  get screen(): Screen | null {
    return this.#screen;
  }
  get theme(): Theme {
    return this.#theme;
  }
  get clock(): ClockView | null {
    return this.#clock;
  }
  get start(): StartView | null {
    return this.#start;
  }
  get opening(): OpeningView | null {
    return this.#opening;
  }
  get header(): HeaderView | null {
    return this.#header;
  }
  get day(): DayView | null {
    return this.#day;
  }
  get phase(): PhaseView | null {
    return this.#phase;
  }
  get criteria(): CriteriaView | null {
    return this.#criteria;
  }
  get messages(): MessagesView | null {
    return this.#messages;
  }
  get rollback(): RollbackView | null {
    return this.#rollback;
  }
  get escalation(): EscalationView | null {
    return this.#escalation;
  }
  get references(): ReferencesView | null {
    return this.#references;
  }
  get written(): WrittenView | null {
    return this.#written;
  }

  /** The page that is shown instead of the chosen phase. */
  get page(): string | null {
    return this.#page;
  }
  get drawer(): boolean {
    return this.#drawer;
  }
  get palette(): boolean {
    return this.#palette;
  }
  get focusedItem(): string | null {
    return this.#focusedItem;
  }
  get focusRequest(): FocusRequest | null {
    return this.#focusRequest;
  }

  /** Whether what is shown has something at its side. */
  get hasSide(): boolean {
    if (this.#page !== null) return PAGES_WITH_SIDE.includes(this.#page);
    return (this.#criteria?.groups.length ?? 0) > 0;
  }

  /** Whether there is a box that J and K could lead to; at a phase they lead on to the next one. */
  get hasBoxes(): boolean {
    return this.#page === null || this.#boxes().length > 0;
  }

  /** What did not work and was not read yet: as Rust says it, and what was just turned down. */
  get problems(): Problem[] {
    const refusal = this.#refusal;
    if (refusal === null || this.#problems.some(({ message }) => message === refusal.message)) return this.#problems;
    return [...this.#problems, refusal];
  }

  /** The chosen message; the first one where none was chosen. */
  get message(): MessageView | null {
    const all = allMessages(this.#messages);
    return all.find(({ id }) => id === this.#chosenMessage) ?? all[0] ?? null;
  }

  async subscribe(): Promise<void> {
    this.#subscription += 1;
    this.#sequence = 0;
    const subscription = this.#subscription;
    try {
      await this.#connection.subscribe((update) => {
        if (subscription === this.#subscription) this.#receive(update);
      });
    } catch (thrown) {
      this.#refusal = asProblem(thrown);
    }
  }

  #receive(update: Update): void {
    if (update.sequence !== this.#sequence + 1) {
      void this.subscribe();
      return;
    }
    this.#sequence = update.sequence;
    if (update.sequence === 1) this.#forgetSections();
    const screenBefore = this.#screen;
    const phaseBefore = this.#phase?.id;
    this.#apply(update);
    if (this.#screen !== screenBefore) this.#arrive();
    if (this.#phase?.id !== phaseBefore) this.#showNewPhase();
  }

  /** A new channel brings everything that there is: what it does not bring is no longer there. */
  #forgetSections(): void {
    this.#clock = null;
    this.#start = null;
    this.#opening = null;
    this.#header = null;
    this.#day = null;
    this.#phase = null;
    this.#criteria = null;
    this.#messages = null;
    this.#rollback = null;
    this.#escalation = null;
    this.#references = null;
    this.#written = null;
    this.#problems = [];
  }

  #apply(update: Update): void {
    if (update.screen !== undefined) this.#screen = update.screen;
    if (update.theme !== undefined) this.#theme = update.theme;
    if (update.clock !== undefined) this.#clock = update.clock;
    if (update.start !== undefined) this.#start = update.start;
    if (update.opening !== undefined) this.#opening = update.opening;
    if (update.header !== undefined) this.#header = update.header;
    if (update.day !== undefined) this.#day = update.day;
    if (update.phase !== undefined) this.#phase = update.phase;
    if (update.criteria !== undefined) this.#criteria = update.criteria;
    if (update.messages !== undefined) this.#messages = update.messages;
    if (update.rollback !== undefined) this.#rollback = update.rollback;
    if (update.escalation !== undefined) this.#escalation = update.escalation;
    if (update.references !== undefined) this.#references = update.references;
    if (update.written !== undefined) this.#written = update.written;
    if (update.problems !== undefined) this.#problems = update.problems;
  }

  /** Another frame is shown: nothing of the place in the one before holds. */
  #arrive(): void {
    this.#page = null;
    this.#drawer = false;
    this.#palette = false;
    this.#focusedItem = null;
    this.#chosenMessage = null;
    this.#copied = null;
    this.#refusal = null;
    this.#edge = null;
  }

  #showNewPhase(): void {
    if (this.#page === null) this.#focusedItem = null;
    const edge = this.#edge;
    this.#edge = null;
    if (edge === null) return;
    const ids = this.#boxIds();
    const id = edge === "first" ? ids[0] : ids.at(-1);
    this.#focusRequest = id === undefined ? { on: "title" } : { on: "item", id };
  }

  /** Asks Rust for something; true when it was done. What was turned down is shown. */
  async act(intent: Intent): Promise<boolean> {
    this.#refusal = null;
    try {
      await this.#connection.act(intent);
      return true;
    } catch (thrown) {
      this.#edge = null;
      this.#refusal = asProblem(thrown);
      return false;
    }
  }

  /** Asks Rust for something whose refusal the caller shows itself. */
  readonly ask = (intent: Intent): Promise<void> => this.#connection.act(intent);

  async copy(target: CopyTarget): Promise<void> {
    this.#copied = null;
    if (await this.act({ kind: "copy", target })) this.#copied = copyKey(target);
  }

  /** Whether this was the last thing that was copied. */
  isCopied(target: CopyTarget): boolean {
    return this.#copied === copyKey(target);
  }

  get anythingCopied(): boolean {
    return this.#copied !== null;
  }

  openOutside(target: OutsideTarget): void {
    void this.act({ kind: "open_outside", target });
  }

  dismissProblems(): void {
    void this.act({ kind: "dismiss_problem" });
  }

  switchTheme(): void {
    void this.act({ kind: "use_theme", theme: this.#theme === "dark" ? "light" : "dark" });
  }

  setPalette(open: boolean): void {
    this.#palette = open;
  }

  setDrawer(open: boolean): void {
    this.#drawer = open;
  }

  noteFocusedItem(id: string): void {
    this.#focusedItem = id;
  }

  chooseMessage(id: string): void {
    this.#chosenMessage = id;
  }

  /** Shows the phase; from a page this leads back even where it is the chosen one already. */
  look(phase: string): void {
    this.#leavePage();
    if (phase !== chosenPhase(this.#day)?.id) void this.act({ kind: "look", phase });
  }

  showPage(page: string): void {
    if (this.#page === page) return;
    this.#page = page;
    this.#focusedItem = null;
    this.#copied = null;
  }

  #leavePage(): void {
    if (this.#page === null) return;
    this.#page = null;
    this.#focusedItem = null;
    this.#copied = null;
  }

  search(): void {
    this.showPage("references");
    this.#focusRequest = { on: "search" };
  }

  focus(request: FocusRequest): void {
    this.#focusRequest = request;
  }

  /** One step back: the drawer closes, a page gives way to the phase; at a phase there is nothing behind. */
  back(): void {
    if (this.#drawer) {
      this.#drawer = false;
    } else if (this.#page !== null) {
      this.#leavePage();
      this.#focusRequest = { on: "title" };
    }
  }

  stepBox(step: 1 | -1): void {
    const id = neighbour(this.#boxIds(), this.#focusedItem, step);
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
      const chosen = chosenPhase(this.#day);
      if (chosen === null) return;
      this.look(chosen.id);
      this.#focusRequest = { on: "phase", id: chosen.id };
      return;
    }
    const id = this.#stepPhase(step, null);
    if (id !== null) this.#focusRequest = { on: "phase", id };
  }

  #stepPhase(step: 1 | -1, edge: "first" | "last" | null): string | null {
    const chosen = chosenPhase(this.#day);
    const phases = this.#day?.phases.map(({ id }) => id) ?? [];
    const id = neighbour(phases, chosen?.id ?? null, step);
    if (id === null) return null;
    this.#edge = edge;
    void this.act({ kind: "look", phase: id });
    return id;
  }

  stepMessage(step: 1 | -1): void {
    const ids = allMessages(this.#messages).map(({ id }) => id);
    const id = neighbour(ids, this.message?.id ?? null, step);
    if (id === null) return;
    this.#chosenMessage = id;
    this.#focusRequest = { on: "message", id };
  }

  #boxIds(): string[] {
    return this.#boxes().map(({ id }) => id);
  }

  #boxes(): { id: string }[] {
    switch (this.#page) {
      case null:
        return boxesOf(this.#phase?.rows ?? []);
      case "written":
        return boxesOf(this.#written?.rows ?? []);
      case "messages":
        return this.#messages?.others ?? [];
      case "rollback":
        return this.#rollback?.success ?? [];
      default:
        return [];
    }
  }
}

function copyKey(target: CopyTarget): string {
  return `${target.kind} ${target.id}`;
}
