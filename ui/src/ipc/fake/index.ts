// A connection for browser work and tests, without a program behind it: it plays captured sections, and answers as far
// as one has to look at the answer. Never part of the built window.
import type { Intent, LogPageView, LogQuery, OpeningView, Problem, RoomEntryView, Screen, Update } from "../bindings";
import type { Connection } from "../connection";
import { findings } from "./pages";
import { phases } from "./phases";
import { FakeRoom } from "./room";
import { SCENES, verdicts, type Scene } from "./watch";

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
  },
  {
    id: "room-3",
    title: "search 1.30.0",
    subtitle: "",
    state: "unreadable",
    words: "The file ends in the middle of event 12.",
    file: "search-20251126-1.warroom",
  },
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
  offset_words: null,
  moved: phases.map(({ view }) => ({
    title: view.title,
    before: view.when.replace(" UTC", ""),
    after: view.when,
  })),
  findings,
};

/** Everything that is there on the given screen. */
export function sectionsOf(screen: Screen, scene: Scene = "unwatched"): Sections {
  const start: Sections = {
    screen,
    theme: "dark",
    clock: { big: "05:48:10", small: "UTC · 08:48 here", date: "Wednesday 21 January 2026" },
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
    },
    problems: [],
  };
  switch (screen) {
    case "start":
      return start;
    case "opening":
      return { ...start, opening };
    case "room":
      return {
        ...start,
        clock:
          scene === "unwatched"
            ? { big: "T-00:41:50", small: "05:48:10 UTC · 08:48 here", date: "Wednesday 21 January 2026" }
            : { big: "T+00:41:07", small: "07:11:07 UTC · 10:11 here", date: "Wednesday 21 January 2026" },
        header: {
          title: "payments-api 4.2.0",
          subtitle: "Production · window 06:30 – 08:00 UTC",
          mode: scene === "unwatched" ? "PREPARE" : "LIVE",
          path: PATH,
          verdict: verdicts[scene],
        },
        ...new FakeRoom("deployment", scene).sections(),
      };
  }
}

export class FakeConnection implements Connection {
  #receive: (update: Update) => void = () => undefined;
  #sequence = 0;
  #sections: Sections;
  #room: FakeRoom;
  readonly #scene: Scene;
  /** Everything that was asked, for tests. */
  readonly asked: Intent[] = [];
  readonly queries: LogQuery[] = [];
  #held: (() => void)[] | null = null;

  constructor(screen: Screen = "start", scene: Scene = "unwatched") {
    this.#scene = scene;
    this.#room = new FakeRoom("deployment", scene);
    this.#sections = sectionsOf(screen, scene);
  }

  /** For browser work: `#hold` begins in that scene of the room, `#hold-light` in light colours. */
  static fromAddress(hash: string): FakeConnection {
    const [name, theme] = hash.slice(1).split("-");
    const scene = SCENES.find((one) => one === name);
    const fake = scene === undefined ? new FakeConnection() : new FakeConnection("room", scene);
    if (theme === "light") fake.#sections = { ...fake.#sections, theme };
    return fake;
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
    this.play({ ...sectionsOf(screen, this.#scene), theme: this.#sections.theme ?? "dark" });
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
    return Promise.resolve(this.#room.logPage(query));
  }

  #answer(intent: Intent): Problem | null {
    switch (intent.kind) {
      case "choose_checklist":
        this.#show("opening");
        break;
      case "open_recent":
        this.#show("opening");
        // The first of the list is the one whose room is not closed.
        if (intent.id === "recent-1") this.play({ opening: { ...opening, unfinished } });
        break;
      case "propose_start":
        this.play({ opening: answered(intent.start, intent.zone) });
        break;
      case "enter":
      case "enter_room":
        this.#room = new FakeRoom("deployment", this.#scene);
        this.#show("room");
        break;
      case "in_room": {
        const problem = this.#room.act(intent.act);
        if (problem !== null) return problem;
        this.play(this.#room.sections());
        break;
      }
      case "leave":
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
        return { code: "desktop", message: "Nothing here opens links: this is the fake.", detail: null };
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
      : bad(`“${zone}” is no zone: write an IANA name, for example Europe/Lisbon.`);
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
