// A connection for browser work and tests, without a program behind it: it plays captured sections, and answers as far
// as one has to look at the answer. Never part of the built window.
import type {
  Act,
  AlertPageView,
  AlertQuery,
  ChartsPageView,
  ChartsQuery,
  ClockView,
  DrillMarkView,
  HeaderView,
  Intent,
  LogPageView,
  LogQuery,
  OpeningView,
  PastChartsView,
  Problem,
  RereadView,
  RoomEntryView,
  Screen,
  SourcePageView,
  SourceQuery,
  Update,
} from "../bindings";
import type { Connection } from "../connection";
import { chartsPage } from "./charts";
import { check, sourcePage } from "./check";
import { drillMark, drillOffer, drillRoom, example, REAL, score } from "./drill";
import { saved } from "./exports";
import { findings } from "./pages";
import { phases } from "./phases";
import { rereadOffered } from "./reread";
import { FakeRoom } from "./room";
import { FakeSchedule, schedule, unscheduled } from "./schedule";
import { SCENES, seenIn, verdicts, type Scene } from "./watch";

type Sections = Omit<Update, "sequence">;

const PATH = "~/plans/payments-api-4.2.0.md";

/** A room that is not closed, for the start window and for the opening. */
export const unfinished: RoomEntryView = {
  id: "room-1",
  title: "payments-api 4.2.0",
  subtitle: "Production · 21 Jan 2026",
  state: "prepare",
  words: "42 of 180 done · 214 events",
  file: "payments-api-20260121-1.warroom",
  is_drill: false,
};

const rooms: RoomEntryView[] = [
  unfinished,
  {
    id: "room-2",
    title: "ledger 2.9.1",
    subtitle: "Production · 14 Jan 2026",
    state: "closed",
    words: "Successful · 188 events",
    file: "ledger-20260114-1.warroom",
    is_drill: false,
  },
  {
    id: "room-3",
    title: "search 1.30.0",
    subtitle: "",
    state: "unreadable",
    words: "The file ends in the middle of event 12.",
    file: "search-20251126-1.warroom",
    is_drill: false,
  },
  drillRoom,
];

const opening: OpeningView = {
  title: "payments-api 4.2.0",
  path: PATH,
  unfinished: null,
  read: "180 boxes, 9 ticked · 3 gates · 14 decision criteria",
  proposed_start: "2026-01-21T06:30",
  proposed_zone: "UTC",
  start_reason: "Phase 2: Deployment (6:30 AM), line 170",
  zone_reason: "Line 406 says UTC",
  zones: [
    { name: "UTC", hint: "the plan" },
    { name: "Europe/Lisbon", hint: "this laptop" },
    { name: "Europe/Berlin", hint: "" },
    { name: "Europe/Moscow", hint: "" },
    { name: "America/New_York", hint: "" },
    { name: "Asia/Tokyo", hint: "" },
  ],
  start: "2026-01-21T06:30",
  zone: "UTC",
  start_words: "21 Jan 2026 06:30 UTC · 09:30 here",
  problem: null,
  missing: "",
  offset_words: null,
  moved: phases.map(({ view }) => ({
    title: view.title,
    before: view.when.replace(" UTC", ""),
    after: view.when,
  })),
  findings,
};

/** The time of a scene; a drill has its own, and the wall's beside it. */
function clockOf(scene: Scene, drill: boolean): ClockView {
  const date = "Wednesday 21 January 2026";
  const real = drill ? REAL : "";
  const here = (big: string, at: string, hour: string): ClockView => ({
    big,
    small: drill ? `drill time ${at} UTC` : `${at} UTC · ${hour} here`,
    date,
    real,
  });
  switch (scene) {
    case "unwatched":
      return here("T-00:41:50", "05:48:10", "08:48");
    case "rolling_back":
      return here("T+00:55:52", "07:25:52", "10:25");
    case "rolled_back":
      return here("T+00:59:12", "07:29:12", "10:29");
    case "go":
    case "hold":
    case "blind":
    case "roll_back":
      return here("T+00:41:07", "07:11:07", "10:11");
  }
}

/** The head over a room as it stands. */
function headerOf(room: FakeRoom, scene: Scene, drill: DrillMarkView | null): HeaderView {
  const verdict = room.wayBack.verdict ?? verdicts[seenIn(scene)];
  const isWatch = room.isWatched && room.wayBack.verdict === null;
  const lines = [verdict.lines[0] ?? "", "First 24 hours: 18:22 of 24:00"];
  return {
    title: "payments-api 4.2.0",
    subtitle: drill === null ? "Production · window 06:30 – 08:00 UTC" : "Rehearsal · nothing leaves this laptop",
    mode: isWatch ? "WATCH" : scene === "unwatched" ? "PREPARE" : room.wayBack.verdict === null ? "LIVE" : "",
    verdict: isWatch && verdict.kind === "go" ? { ...verdict, lines } : verdict,
    drill,
  };
}

/** Everything that is there on the given screen. */
export function sectionsOf(screen: Screen, scene: Scene = "unwatched", drill: DrillMarkView | null = null): Sections {
  const start: Sections = {
    screen,
    theme: "dark",
    clock: { big: "05:48:10", small: "UTC · 08:48 here", date: "Wednesday 21 January 2026", real: "" },
    start: {
      headline: "Nothing is live",
      sentence: "Open the checklist of the day: nothing in it is run, sent or changed by opening it.",
      data_folder: "~/.local/share/war-room",
      rooms,
      recent: [
        { id: "recent-1", title: "payments-api 4.2.0", path: PATH, opened: "opened 20 Jan 15:02 UTC" },
        { id: "recent-2", title: "ledger 2.9.1", path: "~/plans/ledger.md", opened: "opened 14 Jan 09:12 UTC" },
      ],
      problem: null,
      drill: drillOffer,
      example,
    },
    problems: [],
  };
  switch (screen) {
    case "start":
      return start;
    case "opening":
      return {
        ...start,
        clock: {
          big: "T-15:27:50",
          small: "20 Jan 15:02:10 UTC · 18:02 here",
          date: "Tuesday 20 January 2026",
          real: "",
        },
        opening,
        check,
      };
    case "room": {
      const room = new FakeRoom("deployment", scene);
      return {
        ...start,
        clock: clockOf(scene, drill !== null),
        header: headerOf(room, scene, drill),
        check,
        ...room.sections(),
        schedule: scene === "unwatched" ? unscheduled : schedule,
      };
    }
    case "score":
      return {
        ...start,
        clock: {
          big: "T+00:43:04",
          small: "drill time 07:13:04 UTC · ended",
          date: "Wednesday 21 January 2026",
          real: REAL,
        },
        score,
      };
  }
}

export class FakeConnection implements Connection {
  #receive: (update: Update) => void = () => undefined;
  #sequence = 0;
  #sections: Sections;
  #room: FakeRoom;
  #scene: Scene;
  /** The marks of the drill that is open. */
  #drill: DrillMarkView | null;
  /** Everything that was asked, for tests. */
  readonly asked: Intent[] = [];
  /** Why rows are refused, where they are: the log is being read. */
  logRefusal: Problem | null = null;
  readonly queries: LogQuery[] = [];
  readonly alertQueries: AlertQuery[] = [];
  readonly sourceQueries: SourceQuery[] = [];
  readonly chartsQueries: ChartsQuery[] = [];
  readonly #schedule = new FakeSchedule();
  #held: (() => void)[] | null = null;

  constructor(screen: Screen = "start", scene: Scene = "unwatched", drill = false) {
    this.#scene = scene;
    this.#drill = drill ? drillMark : null;
    this.#room = new FakeRoom("deployment", scene);
    this.#sections = sectionsOf(screen, scene, this.#drill);
  }

  /** For browser work: `#hold` begins in that scene of the room, `#hold-light` in light colours; so do `#rolling-back`,
      `#rolled-back`, `#reread` (an edited checklist), `#synced` (a room in a synced folder), `#log` (the log of the pictures' day,
      with L), `#log-long` (of a million events), `#drill` (a room), `#score`, and `#check` (an opening, where R leads to it). */
  static fromAddress(hash: string): FakeConnection {
    const light = hash.endsWith("-light");
    const name = hash
      .slice(1)
      .replace(/-light$/, "")
      .replaceAll("-", "_");
    const scene = SCENES.find((one) => one === name);
    const fake =
      name === "log"
        ? new FakeConnection("room", "hold").told()
        : name === "log_long"
          ? new FakeConnection("room", "hold").told(1_000_000)
          : name === "synced"
            ? new FakeConnection("room", "go").synced()
            : name === "reread"
              ? new FakeConnection("room", "go").edited()
              : name === "drill"
                ? new FakeConnection("room", "roll_back", true)
                : name === "score"
                  ? new FakeConnection("score")
                  : name === "check"
                    ? new FakeConnection("opening")
                    : scene === undefined
                      ? new FakeConnection()
                      : new FakeConnection("room", scene);
    if (light) fake.#sections = { ...fake.#sections, theme: "light" };
    return fake;
  }

  /** The room's file lies where a cloud service writes, too. */
  synced(): this {
    const file = "~/Dropbox/payments-api-20260121-1.warroom lies in a folder that Dropbox syncs (~/Dropbox)";
    const why = "a sync in the middle of a write can damage the room";
    this.#room.record.carried = `${file}: ${why}. Leave it, and move its file to a folder that nothing syncs.`;
    this.#sections = { ...this.#sections, record: { ...this.#room.record } };
    return this;
  }

  /** The checklist is edited while the room is open. */
  edited(reread: RereadView = rereadOffered): this {
    this.#room.reread = reread;
    this.#sections = { ...this.#sections, reread };
    return this;
  }

  subscribe(receive: (update: Update) => void): Promise<void> {
    this.#receive = receive;
    this.#sequence = 0;
    this.#send(this.#sections);
    return Promise.resolve();
  }

  /** Sends sections as the program would. */
  play(sections: Sections): void {
    this.#sections = { ...this.#sections, ...sections };
    this.#send(sections);
  }

  /** Another screen, in the same colours. */
  #show(screen: Screen): void {
    this.play({ ...sectionsOf(screen, this.#scene, this.#drill), theme: this.#sections.theme ?? "dark" });
  }

  #send(sections: Sections): void {
    this.#sequence += 1;
    this.#receive({ sequence: this.#sequence, ...sections });
  }

  /** From now on acts wait, until they are let go. */
  hold(): void {
    this.#held = [];
  }

  letGo(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const go of held) go();
  }

  async act(intent: Intent): Promise<void> {
    this.asked.push(intent);
    if (this.#held !== null) await new Promise<void>((go) => this.#held?.push(go));
    const problem = this.#answer(intent);
    // A problem is what crosses the door, an Error is not.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (problem !== null) throw problem;
  }

  logPage(query: LogQuery): Promise<LogPageView> {
    this.queries.push(query);
    // A problem is what crosses the door, an Error is not.
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
    if (this.logRefusal !== null) return Promise.reject(this.logRefusal);
    return Promise.resolve(this.#room.logPage(query));
  }

  alertPage(query: AlertQuery): Promise<AlertPageView> {
    this.alertQueries.push(query);
    return Promise.resolve(this.#room.alertPage(query));
  }

  sourcePage(query: SourceQuery): Promise<SourcePageView> {
    this.sourceQueries.push(query);
    return Promise.resolve(sourcePage(query, this.#sections.screen === "room"));
  }

  chartsPage(query: ChartsQuery): Promise<ChartsPageView> {
    this.chartsQueries.push(query);
    return Promise.resolve(chartsPage(query, this.#sections.vitals));
  }

  pastCharts(): Promise<PastChartsView> {
    return Promise.resolve(this.#room.past.charts(this.#room.entries));
  }

  /** The log is that of the pictures' day. */
  told(count = 214): this {
    this.#room.tellTheDay(count);
    this.#sections = { ...this.#sections, ...this.#room.sections() };
    return this;
  }

  #setSpeed(speed: number): void {
    if (this.#drill === null) {
      this.play({ score: { ...score, mark: { ...score.mark, speed } } });
      return;
    }
    this.#drill = { ...this.#drill, speed };
    this.play({ header: headerOf(this.#room, this.#scene, this.#drill) });
  }

  /** What is asked of the schedule; undefined where it is not. */
  #plan(act: Act): Problem | null | undefined {
    if (act.act !== "take_what_if" && act.act !== "draft_window_notice") return undefined;
    let problem: Problem | null = null;
    if (act.act === "take_what_if") problem = this.#schedule.take(act);
    else {
      this.#room.act({ act: "start_draft", message: "" });
      const draft = this.#room.sections().messages?.drafts.at(-1)?.number ?? 0;
      this.#room.act(this.#schedule.drafted(draft));
    }
    this.play({ ...this.#room.sections(), schedule: this.#schedule.view });
    return problem;
  }

  #answer(intent: Intent): Problem | null {
    switch (intent.kind) {
      case "choose_checklist":
        this.#show("opening");
        break;
      case "attach_file": {
        const problem = this.#room.attachFile(intent.item);
        if (problem !== null) return problem;
        this.play(this.#room.sections());
        break;
      }
      case "open_recent":
        this.#show("opening");
        // The first of the list is the one whose room is not closed.
        if (intent.id === "recent-1") this.play({ opening: { ...opening, unfinished } });
        break;
      case "propose_start":
        this.play({ opening: answered(intent.start, intent.zone) });
        break;
      case "open_example":
        this.#show("opening");
        break;
      case "start_drill":
        this.#scene = "roll_back";
        this.#drill = drillMark;
        this.#room = new FakeRoom("deployment", this.#scene);
        this.#show("room");
        break;
      case "set_drill_speed":
        this.#setSpeed(intent.speed);
        break;
      case "skip_in_drill":
      case "show":
        break;
      case "end_drill":
        this.#drill = null;
        this.#show("score");
        break;
      case "enter":
      case "enter_room":
        this.#drill =
          intent.kind === "enter_room" && intent.id === drillRoom.id ? { ...drillMark, has_ended: true } : null;
        this.#room = new FakeRoom("deployment", this.#scene);
        this.#show("room");
        break;
      case "look_back": {
        const { past } = this.#room;
        const problem = past.look(intent.look, this.#room.entries);
        const [view, chain] = [past.view(), past.chain];
        this.play({ ...(view === undefined ? {} : { past: view }), ...(chain === null ? {} : { chain }) });
        return problem;
      }
      case "ask_what_if": {
        const problem = this.#schedule.ask(intent);
        this.play({ schedule: this.#schedule.view });
        return problem;
      }
      case "in_room": {
        const planned = this.#plan(intent.act);
        if (planned !== undefined) return planned;
        const problem = this.#room.act(intent.act);
        if (problem !== null) return problem;
        if (this.#drill !== null && intent.act.act === "declare_rolled_back") this.#show("score");
        else this.play({ header: headerOf(this.#room, this.#scene, this.#drill), ...this.#room.sections() });
        break;
      }
      case "leave":
        this.#drill = null;
        this.#show("start");
        break;
      case "look":
        this.#room.look(intent.phase);
        this.play(this.#room.sections());
        break;
      case "use_theme":
        this.play({ theme: intent.theme });
        break;
      case "dismiss_problem":
        this.play({ problems: [] });
        break;
      case "open_outside":
        if (intent.target.kind === "draft_mail") return this.#room.mayLeave(intent.target.draft);
        return { code: "refused", message: "Nothing here opens links: this is the fake.", detail: null };
      case "export":
        this.play({ exports: saved(intent.export) });
        break;
      case "copy_report":
      case "copy_status":
      case "copy_handoff":
        break;
      case "copy":
        if (intent.target.kind === "draft") return this.#room.mayLeave(intent.target.id);
        break;
    }
    return null;
  }
}

function answered(start: string, zone: string): OpeningView {
  const bad = (message: string): Problem => ({ code: "bad_start", message, detail: null });
  const problem = !/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(start)
    ? bad(`“${start}” is no date and time: write it as 2026-01-21T06:30.`)
    : opening.zones.some(({ name }) => name === zone)
      ? null
      : { ...bad(`“${zone}” is no zone: write an IANA name, for example Europe/Lisbon.`), code: "bad_zone" as const };
  const moves = problem === null && start !== opening.proposed_start;
  return {
    ...opening,
    start,
    zone,
    problem,
    start_words: problem === null ? `${start.replace("T", " ")} ${zone}` : "",
    offset_words: moves ? "Every date moves with it" : null,
  };
}
