// What is drawn, worked out of the sections: pure, and without any rule of the domain.
import type {
  AlertView,
  AlertsView,
  BlankView,
  CheckView,
  CommandView,
  ContactView,
  CriteriaView,
  DayView,
  DraftView,
  EscalationView,
  GateView,
  HandoffView,
  InlineView,
  ItemView,
  LogEntryView,
  LogView,
  MessageView,
  MessagesView,
  OpeningView,
  PageView,
  PastView,
  PhaseEntryView,
  PhaseView,
  ReachView,
  ReferenceGroupView,
  RereadView,
  RollbackView,
  RoutinesView,
  RowView,
  ScheduleView,
  ScoreView,
  Screen,
  SignalsView,
  StartView,
  StepView,
  WayBackView,
  WrittenView,
} from "../ipc";
import { grouped, shortened } from "./grouped";
import type { Rounds } from "./rounds.svelte";
import type { Panel } from "./command";

/** The boxes among the rows, in the order of the text. */
export function boxesOf(rows: readonly RowView[]): ItemView[] {
  return rows.flatMap((row) => (row.kind === "item" ? [row] : []));
}

/** A name for each row that stays its own when rows around it come and go, so that the keyboard stays where it is. */
export function rowKeys(rows: readonly RowView[]): string[] {
  const met = new Map<string, number>();
  return rows.map((row) => {
    const name = row.kind === "item" ? row.id : `${row.kind} ${row.line}`;
    const before = met.get(name) ?? 0;
    met.set(name, before + 1);
    return before === 0 ? name : `${name} ${before}`;
  });
}

const SEVERITIES = ["critical", "high", "medium", "blind"] as const;

/** How an alert is drawn. */
export function severityOf({ severity }: AlertView): (typeof SEVERITIES)[number] {
  return SEVERITIES.find((one) => one === severity) ?? "medium";
}

/** What is asked for before the day, each in a few words. */
export function asksOfSetUp({ units, test }: AlertsView): string[] {
  const asks: string[] = [];
  if (units.length > 0) asks.push(`${units.length} ${units.length === 1 ? "unit" : "units"} to confirm`);
  const words = TEST_WORDS[test.state];
  if (words !== undefined) asks.push(words);
  return asks;
}

const TEST_WORDS: Partial<Record<string, string>> = {
  unasked: "desktop test not done",
  asked: "did you see the test?",
  unseen: "desktop test not seen",
  failed: "desktop test failed",
};

/** A piece of words, and whether it is a time of the clock. */
export interface TimePiece {
  text: string;
  time: boolean;
}

/** Cuts words at the times in them; put together again the pieces are the words. */
export function splitTimes(words: string): TimePiece[] {
  return words
    .split(/(\d{1,2}:\d\d(?::\d\d)?)/)
    .map((text, index) => ({ text, time: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

/** The words of a box as they are said. */
export function plainWords(inlines: readonly InlineView[]): string {
  return inlines.map(({ text }) => text).join("");
}

/** The rows that are left when what is done is folded away, and how many boxes that is. */
export interface Folded {
  rows: readonly RowView[];
  count: number;
}

/** Folds the boxes that are done, with all boxes below them; `kept`, which has the keyboard, stays. A heading goes with
    the last of its boxes, where nothing else stands under it. */
export function foldDone(rows: readonly RowView[], kept: string | null): Folded {
  const left = rows.filter((row, index) => row.kind !== "item" || row.id === kept || !isDoneWithAllBelow(rows, index));
  const count = rows.length - left.length;
  if (count === 0) return { rows, count };
  const held = new Set(left);
  const empty = (index: number): boolean => {
    const below = under(rows, index);
    return below.length > 0 && below.every((row) => !held.has(row) || row.kind === "heading");
  };
  return { rows: rows.filter((row, index) => held.has(row) && (row.kind !== "heading" || !empty(index))), count };
}

function isDoneWithAllBelow(rows: readonly RowView[], index: number): boolean {
  const row = rows[index];
  if (row?.kind !== "item" || row.state !== "stated") return false;
  for (const below of rows.slice(index + 1)) {
    if (below.kind !== "item" || below.depth <= row.depth) return true;
    if (below.state !== "stated") return false;
  }
  return true;
}

/** What stands under a heading, up to the next one that is not deeper. */
function under(rows: readonly RowView[], index: number): RowView[] {
  const heading = rows[index];
  if (heading?.kind !== "heading") return [];
  const end = rows.findIndex((row, at) => at > index && row.kind === "heading" && row.depth <= heading.depth);
  return rows.slice(index + 1, end === -1 ? undefined : end);
}

/** The pages, and the log among them: it is there in every room. */
export function pagesOf(day: DayView | null, log: LogView | null): readonly PageView[] {
  const pages = day?.pages ?? [];
  if (log === null || pages.some(({ id }) => id === "log")) return pages;
  return [
    ...pages,
    { id: "log", key: "L", title: "Log", count: grouped(log.count), count_short: shortened(log.count) },
  ];
}

/** The neighbour of `id` in the list, or null at its end; the first or the last one where `id` is not in it. */
export function neighbour(ids: readonly string[], id: string | null, step: 1 | -1): string | null {
  const at = id === null ? -1 : ids.indexOf(id);
  if (at === -1) return (step === 1 ? ids[0] : ids[ids.length - 1]) ?? null;
  return ids[at + step] ?? null;
}

/** What a box can wait for: the next round, the phases that its own phase names, elsewhere all. */
export function laterPhases(page: string | null, phase: PhaseView | null, day: DayView | null): [string, string][] {
  if (page === "routines") return [["", "The next round"]];
  if (page === "handoff") return [["", "The next handoff"]];
  const here = page === null ? phase : null;
  return here?.later ?? day?.phases.map(({ id, title }): [string, string] => [id, title]) ?? [];
}

/** The chosen phase of the run of the day. */
export function chosenPhase(day: DayView | null): PhaseEntryView | null {
  return day?.phases.find((phase) => phase.chosen) ?? null;
}

/** All messages, in the order of their groups. */
export function allMessages(messages: MessagesView | null): MessageView[] {
  return messages?.groups.flatMap((group) => group.messages) ?? [];
}

/** The drafts that no template of the list leads to. */
export function looseDrafts(messages: MessagesView): DraftView[] {
  const led = new Set(allMessages(messages).map(({ draft }) => draft));
  return messages.drafts.filter(({ number }) => !led.has(number));
}

/** The ways of reaching somebody, in the order of the columns. */
export const WAYS = ["phone", "mail", "chat", "pager"] as const;

export function reachOf(contact: ContactView, way: string): ReachView | undefined {
  return contact.ways.find((one) => one.way === way);
}

/** Whether a page has something at its side; on a narrow window it is a drawer. */
export function hasSideOf(
  page: string | null,
  sections: Readonly<{
    alerts: AlertsView | null;
    criteria: CriteriaView | null;
    messages: MessagesView | null;
    rollback: RollbackView | null;
    escalation: EscalationView | null;
    log: LogView | null;
    check: CheckView | null;
    signals: SignalsView | null;
    schedule: ScheduleView | null;
  }>,
): boolean {
  const { alerts, criteria, messages, rollback, escalation, log, check, signals, schedule } = sections;
  const some = (...lists: (readonly unknown[] | undefined)[]): boolean => lists.some((list) => (list?.length ?? 0) > 0);
  switch (page) {
    case null:
      return alerts !== null || some(criteria?.groups);
    case "messages":
      return some(messages?.drafts, messages?.sent, messages?.others, allMessages(messages));
    case "rollback":
      return some(rollback?.decisions, rollback?.told);
    case "escalation":
      return some(escalation?.contacts, escalation?.channels);
    case "schedule":
      return schedule !== null;
    case "signals":
      return some(signals?.unproposed) || (signals?.settings ?? "") !== "";
    case "log":
      return log !== null;
    case "check":
      return check !== null;
    case "alerts":
    case "routines":
    case "handoff":
    case "review":
      return true;
    default:
      return false;
  }
}

/** The steps that can be stated: while the way is back, those of the chosen way, and of the proof that it worked. */
export function openSteps(rollback: RollbackView | null, wayBack: WayBackView | null): StepView[] {
  if (rollback === null || wayBack?.state !== "running") return [];
  const chosen = rollback.ways.filter(({ state }) => state === "chosen");
  return [...chosen.flatMap(({ steps }) => steps), ...rollback.verify];
}

/** What J and K stop at: the steps of the way back that can be stated, the boxes, and the steps that prove it. */
export function stopsOf(
  steps: readonly StepView[],
  boxes: readonly ItemView[],
  rollback: RollbackView | null,
): string[] {
  const proof = rollback?.verify.map(({ id }) => id) ?? [];
  const ids = steps.map(({ id }) => id);
  const proves = (id: string): boolean => proof.includes(id);
  return [...ids.filter((id) => !proves(id)), ...boxes.map(({ id }) => id), ...ids.filter(proves)];
}

/** The boxes of what is shown, in their order. */
export function itemsOf(
  page: string | null,
  sections: Readonly<{
    phase: PhaseView | null;
    written: WrittenView | null;
    messages: MessagesView | null;
    rollback: RollbackView | null;
    routines: RoutinesView | null;
    handoff: HandoffView | null;
    rounds: Pick<Rounds, "items">;
  }>,
  rows: readonly RowView[],
): ItemView[] {
  switch (page) {
    case null:
      return [...(sections.phase?.returned ?? []), ...boxesOf(rows)];
    case "written":
      return boxesOf(sections.written?.rows ?? []);
    case "messages":
      return sections.messages?.others ?? [];
    case "rollback":
      return sections.rollback?.success ?? [];
    case "routines":
      return sections.rounds.items(sections.routines);
    case "handoff":
      return sections.handoff?.checks ?? [];
    default:
      return [];
  }
}

/** Whether there is anything to decide about in this dialog. */
export function isAsked(
  panel: Panel,
  sections: Readonly<{
    gate: GateView | null;
    phase: PhaseView | null;
    wayBack: WayBackView | null;
    reread: RereadView | null;
    signals: SignalsView | null;
    routines: RoutinesView | null;
    handoff: HandoffView | null;
  }>,
  arming: string | null,
): boolean {
  const { gate, phase, wayBack, reread, signals, routines, handoff } = sections;
  switch (panel) {
    case "arm":
      return signals?.signals.some(({ id, command }) => id === arming && command !== null) ?? false;
    case "gate":
      return gate !== null;
    case "go_back":
      return phase?.gates.some(({ back_to }) => back_to !== "") ?? false;
    case "reread":
      return reread?.state === "offered";
    case "go_live":
      return routines?.go_live.state === "open";
    case "success":
      return routines?.state === "watch" && routines.success.declared === "";
    case "hand_over":
      return handoff?.state === "open";
    case "take_over":
      return handoff?.state === "signed";
    case "roll_back":
      return wayBack?.state === "none";
    case "stand_down":
    case "declare":
      return wayBack?.state === "running";
    case "attempt":
      return wayBack?.may_begin_anew ?? false;
    case "people":
    case "close":
    case "reopen":
      return false;
  }
}

/** The blanks of a draft that still stand in what was typed since Rust looked for them. */
export function openBlanks(blanks: readonly BlankView[], words: { subject: string; body: string }): BlankView[] {
  const text = `${words.subject}\n${words.body}`;
  return blanks.filter(({ blank }) => text.includes(blank));
}

/** A piece of text, and whether it is one of the blanks to be filled. */
export interface Segment {
  text: string;
  blank: boolean;
}

/** Cuts a text at its blanks; put together again the pieces are the text. */
export function splitBlanks(text: string, blanks: readonly string[]): Segment[] {
  const wanted = blanks.filter((blank) => blank !== "").sort((one, other) => other.length - one.length);
  if (text === "") return [];
  if (wanted.length === 0) return [{ text, blank: false }];
  const pattern = new RegExp(`(${wanted.map(escaped).join("|")})`, "g");
  return text
    .split(pattern)
    .map((piece, index) => ({ text: piece, blank: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Commands that are run one after the other, or alternatives of which one is taken. */
export type CommandGroup =
  | { kind: "commands"; key: string; commands: CommandView[] }
  | { kind: "one_of"; key: string; alternatives: { title: string; commands: CommandView[] }[] };

/** The commands with each comment said once: where one comment stands over several commands, only over the first. */
export function sayLabelsOnce(commands: readonly CommandView[]): CommandView[] {
  return commands.map((command, index) =>
    index > 0 && commands[index - 1]?.label === command.label ? { ...command, label: "" } : command,
  );
}

/** Puts the alternatives that stand beside each other into one group. */
export function groupAlternatives(commands: readonly CommandView[]): CommandGroup[] {
  const groups: CommandGroup[] = [];
  for (const command of commands) {
    const last = groups.at(-1);
    if (command.alternative === "") {
      if (last?.kind === "commands") last.commands.push(command);
      else groups.push({ kind: "commands", key: command.id, commands: [command] });
      continue;
    }
    if (last?.kind !== "one_of") {
      const first = { title: command.alternative, commands: [command] };
      groups.push({ kind: "one_of", key: command.id, alternatives: [first] });
      continue;
    }
    const same = last.alternatives.find((alternative) => alternative.title === command.alternative);
    if (same === undefined) last.alternatives.push({ title: command.alternative, commands: [command] });
    else same.commands.push(command);
  }
  return groups;
}

/** The references in whose name or target every typed word occurs; groups without any are left out. */
export function filterReferences(groups: readonly ReferenceGroupView[], typed: string): ReferenceGroupView[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({
      ...group,
      references: group.references.filter(({ title, target }) => {
        const line = `${title} ${target}`.toLowerCase();
        return words.every((word) => line.includes(word));
      }),
    }))
    .filter((group) => group.references.length > 0);
}

/** What is shown, in words for those who hear the window; a change of it is said politely. */
export function spokenPlace(place: {
  screen: Screen | null;
  page: string | null;
  pages: readonly PageView[];
  phase: PhaseView | null;
  start: StartView | null;
  opening: OpeningView | null;
  score: ScoreView | null;
  anythingCopied: boolean;
}): string {
  if (place.anythingCopied) return "Copied";
  switch (place.screen) {
    case null:
      return "";
    case "start":
      return place.start?.headline ?? "";
    case "opening":
      if (place.page === "check") return "How it was read";
      return `${place.opening?.title ?? ""}: when is T0?`;
    case "score":
      return place.score?.headline ?? "";
    case "room":
      return place.page === null ? (place.phase?.title ?? "") : pageTitle(place.page, place.pages);
  }
}

/** A page by its name: those of the list, and those that are reached from others. */
export function pageTitle(page: string, pages: readonly PageView[]): string {
  switch (page) {
    case "check":
      return "How it was read";
    case "alerts":
      return "Alerts";
    case "handoff":
      return "Shift handoff";
    case "review":
      return "Weekly review";
    default:
      return pages.find(({ id }) => id === page)?.title ?? "";
  }
}

/** The event that is looked at: the one that somebody asked for, else the last one up to the moment; 0 for none. */
export function lookedEvent(past: PastView | null, from: number): number {
  if (from !== 0) return from;
  return past?.is_past === true ? past.event : 0;
}

/** Whether the past is looked at, and of the event that is looked at, where its row is there, the check that it is about
    and its number where it can be corrected; 0 where it cannot. */
export function lookedAt(
  past: PastView | null,
  book: { from: number; entryOf(seq: number): LogEntryView | null },
): { isPast: boolean; item: string; phase: string; correct: number } {
  const entry = book.entryOf(lookedEvent(past, book.from));
  return {
    isPast: past?.is_past === true,
    item: entry?.item ?? "",
    phase: entry?.phase ?? "",
    correct: entry === null || entry.stays === "" ? 0 : entry.seq,
  };
}
