// The fake's check: a checklist of 517 lines, most of them folded, with what was found about it.
import type {
  CheckView,
  FindingView,
  GoalView,
  ReadKindView,
  SourceLineView,
  SourcePageView,
  SourceQuery,
  SourceRowView,
} from "../bindings";
import { phases } from "./phases";

const LINES = 517;
const PAGE = 200;
const SHORTEST_FOLD = 3;

/** What stands on the lines of which something was made: its text, what it became, and in words. */
const MADE: Record<number, [text: string, read: string, words: string]> = {
  126: ["- [ ] Final health check of all systems", "box", "Box"],
  127: ["  ```bash", "plain", "Beside 3 commands: no command itself"],
  128: ["  curl http://api.payments.example/health", "command", "Command"],
  129: ["  curl http://prometheus.payments.example/api/v1/query?query=up", "command", "Command"],
  130: ["  curl http://grafana.payments.example", "command", "Command"],
  131: ["  ```", "plain", "Beside 3 commands: no command itself"],
  133: ["- [ ] Database backup created", "box", "Box"],
  134: ["  ```bash", "plain", "Beside 1 command: no command itself"],
  135: ["  pg_dump payments | gzip > backup_$(date +%Y%m%d_%H%M%S).sql.gz", "command", "Command"],
  136: ["  # Upload to S3/backup location", "plain", "Beside 1 command: no command itself"],
  170: ["**Phase 2: Deployment (6:30 AM)**", "heading", "Phase · Deployment · 06:30"],
  182: ["# Option B: Using Kustomize", "plain", "Beside 4 commands: no command itself"],
  183: ["kubectl apply -k infra/k8s/overlays/staging -n prod", "command", "Command · Option B of 2"],
  185: ["# Wait for rollout", "plain", "Beside 4 commands: no command itself"],
  186: ["kubectl rollout status deployment/payments-api -n prod", "command", "Command · Wait for rollout"],
  187: ["```", "plain", "Beside 4 commands: no command itself"],
  189: ["- [ ] Deployment started", "box", "Box"],
  190: ["- [ ] Pods starting: Monitor events", "box", "Box"],
  192: ["  kubectl get pods -n prod -w", "command", "Command"],
  204: ["- [ ] **50% Traffic (Three pods)**", "gate", "Gate · 50 % · hold 10:00 · 3 conditions"],
  205: ["  - [ ] All pods healthy", "box", "Box · in the gate 50 %"],
  206: ["  - [ ] Error rate <1%", "criterion", "Criterion · error rate < 1 % · in the gate"],
  207: ["  - [ ] Latency <200ms P95", "criterion", "Criterion · P95 latency < 200 ms · in the gate"],
  260: ["<!-- - [ ] Old step -->", "ignored", "In a comment: not taken"],
  337: ["kubectl scale deployment payments-api --replicas=0 -n prod", "command", "Command"],
  370: ["**MEDIUM (Investigate, consider rollback):**", "heading", "Heading · the ways back"],
  371: ["- Error rate 1-5%", "criterion", "Criterion · error rate 1 – 5 % · for rolling back · MEDIUM"],
  412: ["Subject: Maintenance", "message", "Message to customers · before"],
  431: [
    "Primary Engineer:    [Name] - [Phone] - [Email]",
    "contact",
    "Contact · Primary Engineer · level 1 · name, phone and mail empty in the file",
  ],
  447: ["- [x] All pods running (7/7)", "criterion", "Criterion · pods ready = 7 · of success"],
};

function finding(code: string, severity: string, line: number, message: string, mend: string): FindingView {
  return { code, severity, line, place: line === 0 ? "war-room.toml 12" : `L ${line}`, message, mend };
}

export const found: FindingView[] = [
  finding("CMD-02", "error", 135, "A pipe hides the failure of pg_dump.", "Set pipefail before it."),
  finding("CMD-04", "error", 183, "The command deploys staging.", "Name overlays/production, as line 507 does."),
  finding("CMD-03", "error", 192, "kubectl get pods -w never ends.", "Use kubectl rollout status."),
  finding("WHO-01", "error", 431, "Nobody can be called: 3 fields are empty.", "Fill in name, phone and mail."),
  finding("TIM-01", "warning", 170, "The time names no zone; UTC is assumed.", "Write the zone beside the time."),
  finding("GAT-02", "warning", 204, "Three of seven pods is 43 %, not 50 %.", "Say which of the two is meant."),
  finding("SET-01", "note", 0, "This version does not use [channels.team].", ""),
  finding("BOX-03", "note", 260, "A box in a comment is not taken.", "Take it out of the comment, or delete it."),
];

const kind = (
  id: string,
  title: string,
  count: string,
  lines: [string, number?][],
  lacking = false,
  rows: [string, number?][] = [],
): ReadKindView => ({
  id,
  title,
  count,
  is_lacking: lacking,
  lines: lines.map(([words, line = 0]) => ({ words, line })),
  rows: rows.map(([words, line = 0]) => ({ words, line })),
});

const TITLES: [severity: string, title: string][] = [
  ["error", "Would mislead the room"],
  ["warning", "Decide before the day"],
  ["note", "Worth knowing"],
];

export const check: CheckView = {
  file: "payments-api-4.2.0.md",
  place: "~/plans · 517 lines · UTF-8",
  verdict: "NOT READY",
  verdict_words: ["4 findings would mislead the room", "Mend it in the file, or open the room knowing it"],
  lines: LINES,
  groups: TITLES.map(([severity, title]) => ({
    severity,
    title,
    findings: found.filter((one) => one.severity === severity),
  })),
  kinds: [
    kind("phases", "Phases", "10", [
      ["4 before, 4 on the day, 2 after"],
      ["06:00 · 06:30 · 07:30 · 08:00 UTC, assumed"],
    ]),
    kind("boxes", "Boxes", "180", [
      ["20 arrive ticked: claims, and nothing more"],
      ["Line 260 in a comment: not taken", 260],
    ]),
    kind("gates", "Gates", "3", [
      ["10 % hold 05:00 · 1 in words"],
      ["50 % hold 10:00 · error rate < 1 %, P95 latency < 200 ms, 1 in words", 204],
      ["100 % hold 30:00 · error rate < 0.1 %, P95 latency < 200 ms"],
    ]),
    kind("routines", "Routines", "3", [["Every 1 h · every 4 h · at shift handoff"]]),
    kind(
      "decisions",
      "Decision criteria",
      "14",
      [["5 CRITICAL, 5 HIGH, 4 MEDIUM"], ["9 can be observed, 5 only a person can say"]],
      false,
      [
        ["CRITICAL · Error rate > 10 %", 310],
        ["CRITICAL · Data is lost", 312],
        ["HIGH · P95 latency > 500 ms", 318],
        ["and 11 more"],
      ],
    ),
    kind("success", "Success criteria", "11", [["Pods, errors, P95, P99, CPU, memory, restarts, and 4 more"]]),
    kind("rollback", "Rollback ways", "3", [
      ["Undo rollout"],
      ["Scale down new version", 337],
      ["DNS by hand"],
      ["Limit 15:00"],
    ]),
    kind("commands", "Commands", "28", [["In 9 blocks · 15 carry a finding"]], false, [
      ["pg_dump payments | gzip > backup_$(date +%Y%m%d_%H%M%S).sql.gz", 135],
      ["kubectl apply -k overlays/staging", 183],
      ["kubectl get pods -w", 192],
      ["and 25 more"],
    ]),
    kind("messages", "Messages", "9", [["3 customers, 4 team, 2 status page"]]),
    kind("contacts", "Contacts", "0/4", [["4 people, 12 fields empty · 3 places to meet, 3 of them empty"]], true),
  ],
  note: "Nothing was changed in your file. The room runs the reading above, never the prose.",
};

/** The gates of the deployment, in their order. */
const gates = phases
  .filter(({ view }) => view.id === "deployment")
  .flatMap(({ view }) => view.rows.flatMap((row) => (row.kind === "item" && row.item_kind === "gate" ? [row] : [])));

function goalOf(line: number): GoalView | null {
  const gate = gates[1];
  if (line === 204 && gate !== undefined)
    return { page: "", phase: "deployment", on: "item", id: gate.id, words: "Go to the check" };
  const made = MADE[line];
  if (made?.[1] === "contact")
    return { page: "escalation", phase: "", on: "title", id: "", words: "Go to the contact" };
  return null;
}

interface Stretch {
  first: number;
  last: number;
}

function stretches(made: (line: number) => boolean): Stretch[] {
  const all: Stretch[] = [];
  let first = 1;
  for (let line = 1; line <= LINES + 1; line += 1) {
    if (line <= LINES && !made(line)) continue;
    if (line - first >= SHORTEST_FOLD) all.push({ first, last: line - 1 });
    first = line + 1;
  }
  return all;
}

/** A page of it, as the program would hand it out. */
export function sourcePage(query: SourceQuery, hasRoom: boolean): SourcePageView {
  const at = new Map(found.map(({ line, severity }) => [line, severity]));
  const all = stretches((line) => line in MADE || at.has(line));
  const isOpen = ({ first, last }: Stretch): boolean =>
    query.unfolded.includes(first) || (first <= query.line && query.line <= last);
  const rows: SourceRowView[] = [];
  let asked = 0;
  for (let line = 1; line <= LINES; line += 1) {
    const stretch = all.find(({ first, last }) => first <= line && line <= last);
    if (line === query.line) asked = rows.length;
    if (stretch !== undefined && !isOpen(stretch)) {
      const { first, last } = stretch;
      rows.push({ kind: "fold", line, words: `${last - first + 1} lines · ${first} – ${last}` });
      line = last;
      continue;
    }
    const [text, read, words] = MADE[line] ?? [line % 2 === 0 ? "" : `Some words ${line}`, "plain", "Words"];
    const made: SourceLineView = {
      line,
      text,
      read,
      words,
      finding: at.get(line) ?? "",
      stretch: stretch?.first ?? 0,
      goal: hasRoom ? goalOf(line) : null,
    };
    rows.push({ kind: "line", ...made });
  }
  const wanted = query.line === 0 ? query.from : asked;
  const from = Math.floor(Math.min(wanted, rows.length - 1) / PAGE) * PAGE;
  return {
    total: rows.length,
    from,
    at: asked,
    unfolded: all.filter(isOpen).map(({ first }) => first),
    rows: rows.slice(from, from + PAGE),
  };
}
