// The sections of the view as they came over the channel. Owns: which section is there, each whole, and what is asked of them in
// many places. Must not know: what the window does with them.
import type {
  AlertsView,
  CheckView,
  ClockView,
  ClosingView,
  CriteriaView,
  DayView,
  DueView,
  EscalationView,
  ExportsView,
  GateView,
  HandoffView,
  HeaderView,
  ItemView,
  LogView,
  MessagesView,
  OpeningView,
  ChainView,
  PastView,
  PeopleView,
  PhaseView,
  Problem,
  RecordView,
  ReferencesView,
  RereadView,
  RollbackView,
  ReviewView,
  RoutinesView,
  ScheduleView,
  ScoreView,
  Screen,
  SignalsView,
  StartView,
  Theme,
  Update,
  VitalsView,
  WayBackView,
  WayView,
  WrittenView,
} from "../ipc";
import { boxesOf } from "./selectors";

export class Sections {
  #screen = $state.raw<Screen | null>(null);
  #theme = $state.raw<Theme>("dark");
  #clock = $state.raw<ClockView | null>(null);
  #past = $state.raw<PastView | null>(null);
  #chain = $state.raw<ChainView | null>(null);
  #start = $state.raw<StartView | null>(null);
  #opening = $state.raw<OpeningView | null>(null);
  #check = $state.raw<CheckView | null>(null);
  #header = $state.raw<HeaderView | null>(null);
  #day = $state.raw<DayView | null>(null);
  #phase = $state.raw<PhaseView | null>(null);
  #alerts = $state.raw<AlertsView | null>(null);
  #vitals = $state.raw<VitalsView | null>(null);
  #signals = $state.raw<SignalsView | null>(null);
  #due = $state.raw<DueView | null>(null);
  #criteria = $state.raw<CriteriaView | null>(null);
  #messages = $state.raw<MessagesView | null>(null);
  #rollback = $state.raw<RollbackView | null>(null);
  #wayBack = $state.raw<WayBackView | null>(null);
  #schedule = $state.raw<ScheduleView | null>(null);
  #routines = $state.raw<RoutinesView | null>(null);
  #exports = $state.raw<ExportsView | null>(null);
  #closing = $state.raw<ClosingView | null>(null);
  #handoff = $state.raw<HandoffView | null>(null);
  #review = $state.raw<ReviewView | null>(null);
  #score = $state.raw<ScoreView | null>(null);
  #escalation = $state.raw<EscalationView | null>(null);
  #references = $state.raw<ReferencesView | null>(null);
  #written = $state.raw<WrittenView | null>(null);
  #people = $state.raw<PeopleView | null>(null);
  #log = $state.raw<LogView | null>(null);
  #record = $state.raw<RecordView | null>(null);
  #reread = $state.raw<RereadView | null>(null);
  #said = $state.raw<Problem[]>([]);

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
  /** The moment of the past that is looked at. */
  get past(): PastView | null {
    return this.#past;
  }
  /** Whether the log is whole. */
  get chain(): ChainView | null {
    return this.#chain;
  }
  get start(): StartView | null {
    return this.#start;
  }
  get opening(): OpeningView | null {
    return this.#opening;
  }
  get check(): CheckView | null {
    return this.#check;
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
  get alerts(): AlertsView | null {
    return this.#alerts;
  }
  get vitals(): VitalsView | null {
    return this.#vitals;
  }
  get signals(): SignalsView | null {
    return this.#signals;
  }
  get due(): DueView | null {
    return this.#due;
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
  get wayBack(): WayBackView | null {
    return this.#wayBack;
  }
  get schedule(): ScheduleView | null {
    return this.#schedule;
  }
  get closing(): ClosingView | null {
    return this.#closing;
  }
  get exports(): ExportsView | null {
    return this.#exports;
  }
  get routines(): RoutinesView | null {
    return this.#routines;
  }
  get handoff(): HandoffView | null {
    return this.#handoff;
  }
  get review(): ReviewView | null {
    return this.#review;
  }
  get score(): ScoreView | null {
    return this.#score;
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
  get people(): PeopleView | null {
    return this.#people;
  }
  get log(): LogView | null {
    return this.#log;
  }
  get record(): RecordView | null {
    return this.#record;
  }
  /** What the checklist's file says besides what the room has. */
  get reread(): RereadView | null {
    return this.#reread;
  }

  /** Whether the log is still being read behind an opening from a snapshot. */
  get isBeingRead(): boolean {
    return (this.record?.reading ?? "") !== "";
  }
  /** Whether acting here is out of the question: somebody else has the room, or its file is damaged. */
  get readingOnly(): boolean {
    return (this.record?.reading_only ?? "") !== "";
  }
  get closed(): boolean {
    return (this.record?.closed ?? "") !== "";
  }
  /** Whether acts have any hope here; a note and opening again have where the room is only closed. */
  get mayAct(): boolean {
    return !this.readingOnly && !this.closed;
  }
  /** The gate of the chosen phase that is worked on. */
  get gate(): GateView | null {
    return this.phase?.gates.find(({ worked }) => worked) ?? null;
  }

  /** While the way back is taken: the ways that could be taken instead. */
  get otherWays(): WayView[] {
    if (this.wayBack?.state !== "running") return [];
    return (this.rollback?.ways ?? []).filter(({ state }) => state !== "chosen");
  }

  /** Where the room is blind: the box of the chosen phase whose value can be entered by hand. */
  get byHand(): ItemView | null {
    const id = this.alerts?.blind?.by_hand ?? "";
    return boxesOf(this.phase?.rows ?? []).find((box) => box.id === id) ?? null;
  }

  /** What Rust says did not work and was not read yet. */
  protected get said(): readonly Problem[] {
    return this.#said;
  }

  /** A new channel brings everything that there is: what it does not bring is no longer there. */
  protected forget(): void {
    this.#clock = null;
    this.#past = null;
    this.#chain = null;
    this.#start = null;
    this.#opening = null;
    this.#check = null;
    this.#header = null;
    this.#day = null;
    this.#phase = null;
    this.#alerts = null;
    this.#vitals = null;
    this.#signals = null;
    this.#due = null;
    this.#criteria = null;
    this.#messages = null;
    this.#rollback = null;
    this.#wayBack = null;
    this.#schedule = null;
    this.#routines = null;
    this.#exports = null;
    this.#closing = null;
    this.#handoff = null;
    this.#review = null;
    this.#score = null;
    this.#escalation = null;
    this.#references = null;
    this.#written = null;
    this.#people = null;
    this.#log = null;
    this.#record = null;
    this.#reread = null;
    this.#said = [];
  }

  protected take(update: Update): void {
    if (update.screen !== undefined) this.#screen = update.screen;
    if (update.theme !== undefined) this.#theme = update.theme;
    if (update.clock !== undefined) this.#clock = update.clock;
    if (update.past !== undefined) this.#past = update.past;
    if (update.chain !== undefined) this.#chain = update.chain;
    if (update.start !== undefined) this.#start = update.start;
    if (update.opening !== undefined) this.#opening = update.opening;
    if (update.check !== undefined) this.#check = update.check;
    if (update.header !== undefined) this.#header = update.header;
    if (update.day !== undefined) this.#day = update.day;
    if (update.phase !== undefined) this.#phase = update.phase;
    if (update.alerts !== undefined) this.#alerts = update.alerts;
    if (update.vitals !== undefined) this.#vitals = update.vitals;
    if (update.signals !== undefined) this.#signals = update.signals;
    if (update.due !== undefined) this.#due = update.due;
    if (update.criteria !== undefined) this.#criteria = update.criteria;
    if (update.messages !== undefined) this.#messages = update.messages;
    if (update.rollback !== undefined) this.#rollback = update.rollback;
    if (update.way_back !== undefined) this.#wayBack = update.way_back;
    if (update.schedule !== undefined) this.#schedule = update.schedule;
    if (update.routines !== undefined) this.#routines = update.routines;
    if (update.exports !== undefined) this.#exports = update.exports;
    if (update.closing !== undefined) this.#closing = update.closing;
    if (update.handoff !== undefined) this.#handoff = update.handoff;
    if (update.review !== undefined) this.#review = update.review;
    if (update.score !== undefined) this.#score = update.score;
    if (update.escalation !== undefined) this.#escalation = update.escalation;
    if (update.references !== undefined) this.#references = update.references;
    if (update.written !== undefined) this.#written = update.written;
    if (update.people !== undefined) this.#people = update.people;
    if (update.log !== undefined) this.#log = update.log;
    if (update.record !== undefined) this.#record = update.record;
    if (update.reread !== undefined) this.#reread = update.reread;
    if (update.problems !== undefined) this.#said = update.problems;
  }
}
