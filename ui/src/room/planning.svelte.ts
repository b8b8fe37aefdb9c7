// The schedule's page. Owns: which what-if is looked at, what is asked for, and why it was turned down. Must not know: what
// any of them gains or costs; that is Rust's.
import type { Intent, Problem, ScheduleView, WhatIfView } from "../ipc";
import { Attempt, type Ask } from "./attempt.svelte";
import { neighbour } from "./selectors";

/** What is asked for at the page's side: why a what-if is taken, or which other one is to be shown. */
export type PlanningForm = "take" | "other";

/** What another what-if is about. */
export type Other = "hold" | "start" | "window";

const FIRST = "as_it_stands";

export class Planning {
  readonly taking: Attempt;
  readonly drafting: Attempt;
  readonly #ask: (intent: Intent) => Promise<Problem | null>;
  #chosen = $state.raw(FIRST);
  #form = $state.raw<PlanningForm | null>(null);
  #other = $state.raw<Other>("hold");
  #problem = $state.raw<Problem | null>(null);
  /** The what-ifs that were there when another was asked for. */
  #before = $state.raw<readonly string[] | null>(null);

  constructor(act: Ask, ask: (intent: Intent) => Promise<Problem | null>) {
    this.taking = new Attempt(act);
    this.drafting = new Attempt(act);
    this.#ask = ask;
  }

  get form(): PlanningForm | null {
    return this.#form;
  }
  get other(): Other {
    return this.#other;
  }
  set other(other: Other) {
    this.#other = other;
  }
  get problem(): Problem | null {
    return this.#problem;
  }

  /** The what-if that is looked at; as it stands where the one that was chosen is not there any more. */
  chosen(view: ScheduleView | null): WhatIfView | null {
    const all = view?.what_ifs ?? [];
    const asked = this.#before === null ? undefined : all.find(({ id }) => this.#before?.includes(id) === false);
    return asked ?? all.find(({ id }) => id === this.#chosen) ?? all[0] ?? null;
  }

  choose(id: string): void {
    this.#before = null;
    this.#chosen = id;
    this.close();
  }

  /** The what-if before or after the one that is looked at, which is then looked at. */
  step(view: ScheduleView | null, step: 1 | -1): string | null {
    const ids = (view?.what_ifs ?? []).map(({ id }) => id);
    const id = neighbour(ids, this.chosen(view)?.id ?? null, step);
    if (id !== null) this.choose(id);
    return id;
  }

  /** Asks why the what-if is taken that is looked at; nothing where none can be. */
  askWhy(view: ScheduleView | null): boolean {
    const can = this.chosen(view)?.cannot_take === "";
    if (can) this.open("take");
    return can;
  }

  askOther(other: Other): void {
    this.#other = other;
    this.open("other");
  }

  private open(form: PlanningForm): void {
    this.dismiss();
    this.#form = form;
  }

  /** Whether anything was open. */
  close(): boolean {
    const was = this.#form !== null;
    this.#form = null;
    this.dismiss();
    return was;
  }

  dismiss(): void {
    this.#problem = null;
    this.taking.dismiss();
    this.drafting.dismiss();
  }

  async take(what_if: string, reason: string): Promise<void> {
    if (!(await this.taking.act({ act: "take_what_if", what_if, reason }))) return;
    this.#chosen = FIRST;
    this.close();
  }

  /** Lets another one be shown; it is looked at as soon as it comes. */
  async show(view: ScheduleView | null, gate: string, value: string): Promise<void> {
    const before = (view?.what_ifs ?? []).map(({ id }) => id);
    this.#problem = await this.#ask({ kind: "ask_what_if", what: this.#other, gate, value });
    if (this.#problem !== null) return;
    this.#before = before;
    this.#form = null;
  }

  forget(): void {
    this.close();
    this.#chosen = FIRST;
    this.#before = null;
  }
}
