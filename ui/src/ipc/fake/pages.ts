// The fake's pages and its criteria.
import type {
  ContactView,
  CriteriaView,
  CriterionView,
  FindingView,
  EscalationView,
  MessagesView,
  MessageView,
  ReferencesView,
  WrittenView,
} from "../bindings";
import { heading, item, nextLine } from "./build";
import { phases } from "./phases";

function criterion(name: string, limit: string, severity = "", remark = ""): CriterionView {
  const line = nextLine();
  return { id: `criterion-${line}`, line, name, limit, severity, remark, state: "", reading: "", history: "" };
}

export const critical = [
  criterion("Error rate", "> 10 %", "critical"),
  criterion("P95 latency", "> 1000 ms", "critical"),
  criterion("The database cannot be reached", "in words", "critical"),
  criterion("Nothing answers at all", "in words", "critical"),
  criterion("Data is damaged", "in words", "critical"),
];
export const high = [
  criterion("Error rate", "> 5 %", "high"),
  criterion("P95 latency", "> 500 ms", "high"),
  criterion("Memory leak", "in words", "high"),
  criterion("CPU", "> 80 %", "high"),
  criterion("A security issue", "in words", "high"),
];
export const medium = [
  criterion("Error rate", "1 – 5 %", "medium"),
  criterion("P95 latency", "200 – 500 ms", "medium"),
  criterion("Fails now and then", "in words", "medium"),
  criterion("Behaves oddly", "in words", "medium"),
];

const decisionGroup = { title: "Roll back if", criteria: [...critical, ...high, ...medium] };

const criteriaOf: Record<string, CriteriaView> = {
  deployment: {
    groups: [
      {
        title: "In this phase",
        criteria: [
          criterion("Pod healthy", "in words", "", "10 % · for 2 min"),
          criterion("Error rate", "< 1 %", "", "50 %"),
          criterion("P95 latency", "< 200 ms", "", "50 %"),
          criterion("Error rate", "< 0.1 %", "", "100 %"),
          criterion("P95 latency", "< 200 ms", "", "100 %"),
        ],
      },
      decisionGroup,
    ],
  },
  watch: {
    groups: [
      {
        title: "Key metrics",
        criteria: [
          criterion("Error rate", "< 0.1 %", "", "target: < 1 %"),
          criterion("P95 latency", "< 200 ms", "", "target: < 200 ms"),
          criterion("Pod restarts", "= 0"),
        ],
      },
      decisionGroup,
    ],
  },
};

export function criteriaFor(phase: string): CriteriaView {
  return criteriaOf[phase] ?? { groups: [] };
}

function message(more: Partial<MessageView> & Pick<MessageView, "title" | "moment" | "body">): MessageView {
  const line = nextLine();
  return { id: `message-${line}`, line, channel: "", subject: "", blanks: [], status: "", draft: 0, ...more };
}

export const messages: MessagesView = {
  groups: [
    {
      audience: "customers",
      title: "Customers",
      messages: [
        message({
          title: "Planned work",
          moment: "Before",
          channel: "customers@payments.example",
          subject: "Planned work on 21 January 2026",
          body: [
            "Dear customers,",
            "",
            "on 21 January from 06:30 to 08:00 UTC we bring in a new version of the payments API.",
            "",
            "What you may see:",
            "- answers that are slower than usual, for five minutes at most",
            "- a second try where a request was cut off",
            "",
            "We tell you here when it is done. Questions: [SUPPORT CONTACT], until [TIME].",
            "",
            "Payments operations",
          ].join("\n"),
          blanks: [
            { blank: "[SUPPORT CONTACT]", suggestion: "" },
            { blank: "[TIME]", suggestion: "09:00 UTC" },
          ],
        }),
        message({ title: "If something is wrong", moment: "During", body: "Direct notice to customers" }),
        message({
          title: "Summary",
          moment: "After",
          channel: "mail",
          body: "What is new, and thanks for the patience",
        }),
      ],
    },
    {
      audience: "team",
      title: "Team",
      messages: [
        message({
          title: "Deployment planned",
          moment: "Before",
          channel: "Slack",
          body: "Deployment planned for 21 January, 06:30 UTC",
        }),
        message({
          title: "Hourly update",
          moment: "During",
          channel: "#deployments",
          body: "State of the rollout, every hour",
        }),
        message({ title: "Checkpoint", moment: "During", channel: "#deployments", body: "10 % rollout complete" }),
        message({
          title: "Done",
          moment: "After",
          channel: "#deployments",
          body: "Deployment complete, watching goes on",
        }),
      ],
    },
    {
      audience: "status_page",
      title: "Status page",
      messages: [
        message({ title: "Work in progress", moment: "During", body: "Maintenance in progress" }),
        message({ title: "Operational", moment: "After", body: "Operational" }),
      ],
    },
  ],
  drafts: [],
  sent: [],
  others: [item("Calendar entries: window blocked"), item("Channel made and shared with everybody on the ladder")],
};

function contact(order: number, role: string, name: string, known: Record<string, string>, missing = ""): ContactView {
  const ways = ["phone", "mail", "chat", "pager"].map((way) => ({ way, address: known[way] ?? "", proven: "" }));
  return { id: `contact-${order}`, order, line: nextLine(), role, name, ways, tried: [], missing };
}

export const escalation: EscalationView = {
  contacts: [
    contact(1, "Primary engineer", "Jonas Adeyemi", {
      phone: "+351 555 0141",
      mail: "jonas@payments.example",
      pager: "primary",
    }),
    contact(2, "Manager", "Ana Ruiz", { phone: "+351 555 0162" }, "Mail is blank in the file"),
    contact(3, "Director", "", {}, "Name, phone and mail are blank in the file"),
  ],
  channels: [
    { id: "channel-1", line: nextLine(), title: "War room", target: "#war-room-420", missing: "" },
    {
      id: "channel-2",
      line: nextLine(),
      title: "Pager schedule",
      target: "",
      missing: "Blank in the file: [Schedule]",
    },
    { id: "channel-3", line: nextLine(), title: "Status page", target: "https://status.payments.example", missing: "" },
  ],
};

function reference(title: string, target: string): ReferencesView["groups"][number]["references"][number] {
  const line = nextLine();
  return { id: `reference-${line}`, line, title, target, opens: target.startsWith("https://") };
}

export const references: ReferencesView = {
  groups: [
    {
      reference_kind: "command",
      title: "Commands",
      references: [
        reference("Health", "curl --fail https://api.payments.example/health"),
        reference("Logs", "kubectl logs -f deployment/payments-api -n payments"),
        reference("Load of the nodes", "kubectl top nodes"),
        reference("Events", "kubectl get events -n payments --sort-by='.lastTimestamp'"),
        reference("Restart", "kubectl rollout restart deployment/payments-api -n payments"),
      ],
    },
    {
      reference_kind: "link",
      title: "Links",
      references: [
        reference("Prometheus", "https://prometheus.payments.example"),
        reference("Dashboards", "https://grafana.payments.example"),
        reference("Status page", "https://status.payments.example"),
      ],
    },
    {
      reference_kind: "file",
      title: "Files",
      references: [
        reference("Chart", "./helm/payments-api/"),
        reference("Values", "./helm/payments-api/values-production.yaml"),
      ],
    },
  ],
};

export const findings: FindingView[] = [
  {
    code: "TIM-04",
    severity: "warning",
    line: 124,
    place: "L 124",
    message: "“24 hours before” stands over 20 Jan 16:00, which is 14 h 30 min before.",
    mend: "Correct the one or the other.",
  },
  {
    code: "TIM-02",
    severity: "note",
    line: 170,
    place: "L 170",
    message: "“6:30 AM” has no zone; the zone that you named is taken.",
    mend: "",
  },
];

export const written: WrittenView = {
  path: "~/plans/payments-api-4.2.0.md",
  rows: phases.flatMap(({ view }) => [heading(view.title, "", view.when), ...view.rows]),
  findings,
};
