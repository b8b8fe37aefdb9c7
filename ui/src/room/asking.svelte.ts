// What is asked of Rust, and what became of it. Owns: the door, the last refusal and where it is shown, and what was
// copied last. Must not know: what is asked in which place of the window.
import {
  asProblem,
  type AlertPageView,
  type AlertQuery,
  type Connection,
  type CopyTarget,
  type Intent,
  type LogPageView,
  type LogQuery,
  type OutsideTarget,
  type Problem,
  type SourcePageView,
  type SourceQuery,
  type Update,
} from "../ipc";
import type { Ask } from "./attempt.svelte";
import { Charts } from "./charts.svelte";
import { LookingBack } from "./looking_back.svelte";
import { Planning } from "./planning.svelte";
import { Rounds } from "./rounds.svelte";
import { GivingUp } from "./giving_up.svelte";
import { Sections } from "./sections.svelte";
import { Signalling } from "./signalling.svelte";

export class Asking extends Sections {
  readonly #connection: Connection;
  /** The charts over hours. */
  readonly charts: Charts;
  /** The moment of the past that is looked at. */
  readonly lookingBack: LookingBack;
  #copied = $state.raw<string | null>(null);
  #refusal = $state.raw<Problem | null>(null);
  /** The sentence of a problem that its own place shows, so that it is not said a second time above. */
  #placed = $state.raw<string | null>(null);

  constructor(connection: Connection) {
    super();
    this.#connection = connection;
    this.charts = new Charts((query) => connection.chartsPage(query));
    this.lookingBack = new LookingBack(
      (look) => connection.act({ kind: "look_back", look }),
      () => connection.pastCharts(),
    );
  }

  protected override take(update: Update): void {
    super.take(update);
    if (update.past !== undefined) this.lookingBack.notice(update.past);
  }

  /** What did not work and was not read yet: as Rust says it, and what was just turned down. */
  get problems(): Problem[] {
    const refusal = this.#refusal;
    const said = this.said.filter(({ message }) => message !== this.#placed);
    if (refusal === null || said.some(({ message }) => message === refusal.message)) return said;
    return [...said, refusal];
  }

  protected async listen(receive: (update: Update) => void): Promise<void> {
    try {
      await this.#connection.subscribe(receive);
    } catch (thrown) {
      this.#refusal = asProblem(thrown);
    }
  }

  protected logPage(query: LogQuery): Promise<LogPageView> {
    return this.#connection.logPage(query);
  }

  protected alertPage(query: AlertQuery): Promise<AlertPageView> {
    return this.#connection.alertPage(query);
  }

  protected sourcePage(query: SourceQuery): Promise<SourcePageView> {
    return this.#connection.sourcePage(query);
  }

  /** Something that was asked for above the page was turned down. */
  protected turnedDown(): void {
    // Whoever waits for the answer says here that it does not come.
  }

  /** Another frame is shown: what was said of the one before is over. */
  protected forgetAnswers(): void {
    this.#copied = null;
    this.#refusal = null;
    this.#placed = null;
    this.signalling.forget();
    this.planning.forget();
    this.rounds.forget();
    this.charts.forget();
    this.lookingBack.forget();
  }

  /** Asks Rust for something; true when it was done. What was turned down is shown above the page. */
  async act(intent: Intent): Promise<boolean> {
    this.#refusal = null;
    try {
      await this.#connection.act(intent);
      return true;
    } catch (thrown) {
      this.turnedDown();
      this.#refusal = asProblem(thrown);
      if (this.#placed === this.#refusal.message) this.#placed = null;
      return false;
    }
  }

  /** Asks Rust for something whose refusal the caller shows itself. */
  readonly ask = (intent: Intent): Promise<void> => this.#connection.act(intent);

  protected async askHere(intent: Intent): Promise<Problem | null> {
    try {
      await this.#connection.act(intent);
      return null;
    } catch (thrown) {
      const problem = asProblem(thrown);
      this.#placed = problem.message;
      return problem;
    }
  }

  /** Asks for an act in the room; its place shows why it was turned down. */
  readonly askInRoom: Ask = (act) => this.askHere({ kind: "in_room", act });

  /** The page of the watch. */
  readonly rounds = new Rounds(this.askInRoom);

  /** With which words a gate is given up. */
  readonly givingUp = new GivingUp();

  /** What is asked on the signals' page. */
  readonly signalling = new Signalling(this.askInRoom);

  /** What is asked on the schedule's page. */
  readonly planning = new Planning(this.askInRoom, (intent) => this.askHere(intent));

  async copy(target: CopyTarget): Promise<void> {
    this.#copied = null;
    if (await this.act({ kind: "copy", target })) this.#copied = copyKey(target);
  }

  async copyReport(): Promise<void> {
    this.#copied = null;
    if (await this.act({ kind: "copy_report" })) this.#copied = REPORT;
  }

  async copyStatus(): Promise<void> {
    this.#copied = null;
    if (await this.act({ kind: "copy_status" })) this.#copied = STATUS;
  }

  /** What is handed over, as text: nothing leaves the laptop by it. */
  async copyHandoff(): Promise<void> {
    this.#copied = null;
    if (await this.act({ kind: "copy_handoff" })) this.#copied = HANDOFF;
  }

  get handoffCopied(): boolean {
    return this.#copied === HANDOFF;
  }

  get statusCopied(): boolean {
    return this.#copied === STATUS;
  }

  get reportCopied(): boolean {
    return this.#copied === REPORT;
  }

  protected async copyHere(target: CopyTarget): Promise<Problem | null> {
    this.#copied = null;
    const problem = await this.askHere({ kind: "copy", target });
    if (problem === null) this.#copied = copyKey(target);
    return problem;
  }

  /** Whether this was the last thing that was copied. */
  isCopied(target: CopyTarget): boolean {
    return this.#copied === copyKey(target);
  }

  get anythingCopied(): boolean {
    return this.#copied !== null;
  }

  protected forgetCopied(): void {
    this.#copied = null;
  }

  openOutside(target: OutsideTarget): void {
    void this.act({ kind: "open_outside", target });
  }

  dismissProblems(): void {
    void this.act({ kind: "dismiss_problem" });
  }

  switchTheme(): void {
    void this.act({ kind: "use_theme", theme: this.theme === "dark" ? "light" : "dark" });
  }
}

/** The report is copied whole, and has no id. */
const REPORT = "report";
const STATUS = "status";
const HANDOFF = "handoff";

function copyKey(target: CopyTarget): string {
  return `${target.kind} ${target.id}`;
}
