// The fake's week: made-up figures, some of them bad, so that one sees how they look.
import type { ReviewView, TrendView } from "../bindings";

const BEFORE: ReviewView = {
  state: "before",
  words: "The week counts from go-live, which nobody has declared yet.",
  rounds: [],
  rounds_words: "",
  alerts: [],
  alerts_words: "",
  days: [],
  rollbacks: [],
  rooms: null,
};

function room(
  title: string,
  day: string,
  [alerts, critical]: [number, number],
  [over, back, rehearsed]: [string, string, string],
  more: Partial<TrendView>,
): TrendView {
  return {
    ...{ title, day, alerts, critical, over, back, rehearsed },
    ...{ here: false, is_over: false, is_slow: false, ended: "", damage: false, ...more },
  };
}

/** The week of the room, once it is live. */
export function reviewOf(state: string): ReviewView {
  if (state !== "watch") return BEFORE;
  return {
    state: "week",
    words: "21 Jan 14:18 UTC to now, day 2 of 7",
    rounds: [
      { title: "Every 1 hour", due: 19, done: 15, late: 1, missed: 2, unexplained: 2, open: 1 },
      { title: "Every 4 hours", due: 4, done: 4, late: 0, missed: 0, unexplained: 0, open: 0 },
    ],
    rounds_words: "19 of 23 done, 1 late, 2 missed",
    alerts: [
      {
        id: "error_rate",
        name: "Error rate",
        severity: "medium",
        count: 2,
        longest: "22:00",
        total: "26:10",
        firing: false,
        event: 1,
      },
      {
        id: "blind",
        name: "Blind",
        severity: "blind",
        count: 1,
        longest: "04:46",
        total: "04:46",
        firing: true,
        event: 1,
      },
    ],
    alerts_words: "3 times, 2 criteria, 1 burns still",
    days: [
      { day: "We 21 Jan", fired: 3, done: 9, late: 0, missed: 0, handoffs: 1 },
      { day: "Th 22 Jan", fired: 0, done: 10, late: 1, missed: 2, handoffs: 0 },
    ],
    rollbacks: [
      { mark: "", title: "Best rehearsal 06:40", words: "MK 20 Jan 18:44:16 · limit 15:00", right: "", event: 0 },
      {
        mark: "",
        title: "Rollback 07:32",
        words: "MK 21 Jan 07:21:40: error rate 12.4 %",
        right: "of 15:00",
        event: 0,
      },
    ],
    rooms: {
      words: "4 rooms, the last 8 weeks, drills left out",
      rooms: [
        room("payments-api 4.2.0", "21 Jan 2026", [3, 1], ["2 of 3, 07:30", "07:32", "06:40"], {
          here: true,
          is_over: true,
        }),
        room("payments-api 4.1.7", "7 Jan 2026", [0, 0], ["none of 3", "none", "08:12"], { ended: "went well" }),
        room("ledger 2.0", "12 Dec 2025", [9, 2], ["1 of 4, 12:00", "18:20", "none"], {
          is_over: true,
          is_slow: true,
          ended: "rolled back",
        }),
        room("search 1.30.0", "1 Dec 2025", [1, 0], ["no gate passed", "none", "none"], { damage: true }),
      ],
      unread: [
        "search-20251201-1.warroom is damaged at event 143: its body was changed. What comes before it is shown.",
      ],
    },
  };
}
