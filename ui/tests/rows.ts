// A source of as many lines as one likes, for tests.
import type { SourcePageView, SourceQuery, SourceRowView } from "../src/ipc";

const PAGE = 200;

export function rows(query: SourceQuery, total: number): SourcePageView {
  const wanted = query.line === 0 ? query.from : query.line - 1;
  const from = Math.floor(wanted / PAGE) * PAGE;
  const page: SourceRowView[] = [];
  for (let row = from; row < Math.min(from + PAGE, total); row += 1)
    page.push({
      kind: "line",
      line: row + 1,
      text: `line ${row + 1}`,
      read: "plain",
      words: "Words",
      finding: "",
      stretch: 0,
      goal: null,
    });
  return { total, from, at: query.line === 0 ? 0 : wanted, unfolded: [], rows: page };
}
