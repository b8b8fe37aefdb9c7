// How a round and its checks stand, in a word for whoever cannot see the mark.

const WORDS: Readonly<Record<string, string>> = {
  observed: "observed when it was finished",
  fetched: "fetched afterwards",
  done: "done by a person",
  late: "done late",
  overridden: "overridden",
  deferred: "deferred",
  not_applicable: "not applicable",
  due: "due",
  overdue: "overdue",
  missed: "missed",
  asleep: "missed, nobody looked",
  unfinished: "left unfinished",
  next: "next",
  ahead: "ahead",
};

export function stateWords(state: string): string {
  return WORDS[state] ?? state;
}

/** What the marks mean, in the order in which they are told. */
export const LEGEND = [
  "observed",
  "fetched",
  "done",
  "late",
  "missed",
  "asleep",
  "unfinished",
  "deferred",
  "next",
] as const;
