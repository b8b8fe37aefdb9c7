// A made-up deployment of payments-api, phase by phase. Owns: the run of the day of the fake.
import {
  answers,
  block,
  command,
  commands,
  fields,
  gate,
  group,
  heading,
  inlines,
  item,
  phase,
  prose,
  type FakePhase,
} from "./build";

const CLAIMED = { state: "claimed", below: "Claimed in the source, not confirmed" };

const firstGate = item("**10 % of the traffic (first pod)**", { item_kind: "gate", right: "hold 05:00" });
const secondGate = item("**50 % of the traffic (three pods)**", { item_kind: "gate", right: "hold 10:00" });
const lastGate = item("**100 % of the traffic (all pods)**", { item_kind: "gate", right: "hold 30:00" });

function below(words: string, right = "", kind = "check"): ReturnType<typeof item> {
  // A limit wants to hear what was seen.
  const asks = /^[<>]/.test(right) ? `${words} ${right}` : "";
  return item(words, { depth: 1, right, asks, item_kind: kind });
}

export const phases: FakePhase[] = [
  phase("readiness", "T-6d", "15 Jan – 20 Jan UTC", "Readiness", "Before the day", [
    item("Every component answers its health check", CLAIMED),
    item("Two days of operation without a restart", CLAIMED),
    item("All seven services run", CLAIMED),
    item("Baselines of latency and errors are written down", CLAIMED),
    item("Load tests done, light and medium", CLAIMED),
    item("Quick suite 6 of 6", CLAIMED),
    item("Access rules checked by security", CLAIMED),
    item("Dashboards and alerts in place", CLAIMED),
    item("Runbooks reviewed", CLAIMED),
    block(
      prose("**State:** ready, says the release team. See the [readiness page](https://wiki.payments.example/ready)."),
    ),
  ]),
  phase("validation", "T-6d", "15 Jan – 20 Jan UTC", "Final validation", "Before the day", [
    heading("Full test runs", "Day 1", "15 Jan"),
    item("Run the whole integration suite", {
      below: "Expected: > 90 % pass rate",
      blocks: [commands(command("make integration ENVIRONMENT=production-like"))],
    }),
    item("Break things on purpose in the copy of production", {
      below: "Expected: every failure recovers by itself",
      blocks: [commands(command("./chaos/run.sh --scenario all --namespace payments-copy"))],
    }),
    item("Last briefing of the team"),
    item("The product owner agrees"),
    heading("Environment", "Day 2", "16 Jan – 17 Jan"),
    item("Production environment prepared"),
    item("DNS records read by a second person"),
    item("Certificates valid for 60 days or more"),
    item("A backup was restored once"),
    item("Each alert was seen by a person"),
    heading("Walkthrough", "Day 3", "18 Jan – 20 Jan"),
    item("Walk through the whole day"),
    item("On-call rota switched"),
    item("Announcements scheduled"),
    item("Way back rehearsed"),
  ]),
  phase("environment", "", "", "Production environment", "Preparation", [
    heading("Infrastructure"),
    ...group("Cluster", [
      "Version 1.27 or newer",
      "Nodes ready: at least 3",
      "Network plugin installed",
      "Storage class set",
      "Namespace exists: `kubectl get namespace payments`",
    ]),
    ...group("Database", [
      "Instance up",
      "Database `payments` made",
      "Backups run",
      "Reached from the cluster",
      "Standby follows",
    ]),
    ...group("Cache", ["Instance up", "Writes to disk", "Memory limit set", "Reached from the cluster"]),
    ...group("Network", [
      "Load balancer set up",
      "Records prepared",
      "Certificates at hand",
      "Network policies applied",
      "Firewall open for 443",
    ]),
    ...group("Watching", [
      "Prometheus up",
      "Dashboards loaded",
      "Alertmanager set up",
      "Channels tried",
      "Logs collected",
    ]),
    heading("Configuration"),
    ...group("Variables", [
      "Connection string of the database",
      "Connection string of the cache",
      "Port",
      "Log level INFO",
      "Feature flags",
    ]),
    ...group("Secrets", [
      "Database password stored",
      "Keys stored",
      "Certificates in the store",
      "Backup key kept apart",
      "Access limited",
    ]),
    ...group("Files", [
      "`values-production.yaml` final",
      "Settings of production everywhere",
      "Policies written",
      "Limits set",
    ]),
  ]),
  phase("day-before", "T-15h", "20 Jan 16:00 UTC", "24 hours before", "Deployment · 24 hours before", [
    item("Last look at everything that runs", {
      blocks: [
        commands(
          command("curl --fail https://api.payments.example/health"),
          command("curl --fail 'https://prometheus.payments.example/api/v1/query?query=up'"),
        ),
      ],
    }),
    item("Backup taken", {
      blocks: [
        commands(command("pg_dump payments | gzip > backup_$(date +%Y%m%d_%H%M%S).sql.gz")),
        prose("Copy it to the backup bucket, **not** to the laptop.", { depth: 0, bullet: "•" }),
      ],
    }),
    item("Way back tried"),
    below("Version 4.1.7 is still in the registry"),
    below("Script ran in the copy"),
    below("Time measured", "target: < 15 min"),
    item("Team briefed"),
    below("On-call engineer named"),
    below("Ladder confirmed"),
    below("Channel opened"),
    below("Status page prepared"),
    item("Words are ready"),
    below("To customers"),
    below("To the team"),
    below("For the status page"),
  ]),
  phase("pre-deployment", "06:00", "21 Jan 06:00 UTC", "Pre-deployment", "Deployment day · Phase 1", [
    item("Everybody is here"),
    item("On-call engineer stands by"),
    item("Dashboards open"),
    item("Logs stream"),
    item("Channel active"),
    item("The system is healthy now"),
  ]),
  phase(
    "deployment",
    "06:30",
    "21 Jan 06:30 – 07:30 UTC",
    "Deployment",
    "Deployment day · Phase 2",
    [
      heading("Bring the new version in", "Step 1"),
      block(
        commands(
          command("kubectl create namespace payments", "Make the namespace"),
          command(
            "helm upgrade payments-api ./helm/payments-api \\\n  -f helm/payments-api/values-production.yaml \\\n  -n payments",
            "Option A: Helm",
            "Option A: Helm",
          ),
          command("kubectl apply -k infra/overlays/staging -n payments", "Option B: Kustomize", "Option B: Kustomize"),
          command("kubectl rollout status deployment/payments-api -n payments", "Wait for it"),
        ),
      ),
      item("Deployment begun"),
      item("Pods start: watch their events", {
        blocks: [commands(command("kubectl get pods -n payments -w"), command("kubectl describe pods -n payments"))],
      }),
      heading("Give it traffic", "Step 2"),
      firstGate,
      below("Pod healthy", "for 2 min"),
      below("Error rate normal"),
      below("Latency normal"),
      below("Hold for 5 minutes", "hold 05:00", "hold"),
      secondGate,
      below("All pods healthy"),
      below("Error rate", "< 1 %"),
      below("P95 latency", "< 200 ms"),
      below("Hold for 10 minutes", "hold 10:00", "hold"),
      lastGate,
      below("All pods healthy"),
      below("Error rate", "< 0.1 %"),
      below("P95 latency", "< 200 ms"),
      below("Watch for 30 minutes", "hold 30:00", "hold"),
    ],
    [
      gate(firstGate.id, "10 %", "hold 05:00"),
      gate(secondGate.id, "50 %", "hold 10:00"),
      gate(lastGate.id, "100 %", "hold 30:00"),
    ],
  ),
  phase("verification", "07:30", "21 Jan 07:30 – 08:00 UTC", "Verification", "Deployment day · Phase 3", [
    item("**It does what it should**", {
      blocks: [
        commands(
          command("curl --fail https://api.payments.example/health | jq .", "Health"),
          command("curl --fail https://api.payments.example/v1/info", "What it says about itself"),
          command("curl --fail https://api.payments.example/v1/check/database", "Database"),
        ),
      ],
    }),
    item("**It is fast enough**"),
    below("P95 latency", "< 200 ms"),
    below("P99 latency", "< 500 ms"),
    below("Error rate", "< 0.1 %"),
    below("CPU", "10 – 20 %"),
    below("Memory", "25 – 50 %"),
    ...group("It is watched", ["Metrics arrive", "Dashboards move", "Alertmanager answers", "A test alert came"]),
    ...group("Its logs are clean", [
      "No surprises",
      "No ERROR but the known",
      "No WARN but the known",
      "One line, one object",
    ]),
    ...group("It is safe", ["Certificate valid", "Services know each other", "Policies hold", "Roles hold"]),
    block({
      block: "table",
      line: 0,
      head: [inlines("Service"), inlines("Owner"), inlines("Answers within")],
      rows: [
        [inlines("`payments-api`"), inlines("Payments"), inlines("200 ms")],
        [inlines("`ledger`"), inlines("Ledger"), inlines("350 ms")],
      ],
    }),
  ]),
  phase("go-live", "08:00", "21 Jan 08:00 UTC", "Go-live", "Deployment day · Phase 4", [
    item("All checks passed"),
    item("Everything is steady"),
    item("The team is confident"),
    item("The product owner knows"),
    item("**Deployment successful**"),
    block({
      block: "code",
      line: 0,
      language: "",
      text: "Done at: [TIME]\nState: in operation\nNext: 24 hours of watching",
    }),
  ]),
  phase("watch", "+1h", "21 Jan 08:00 – 22 Jan 08:00 UTC", "First 24 hours", "After the deployment", [
    heading("Every 1 hour"),
    item("Look at the dashboards"),
    item("Error rate"),
    item("Latency"),
    item("Read the logs"),
    item("Status page, where needed"),
    heading("Every 4 hours"),
    item("Smoke tests"),
    item("Backup"),
    item("Scaling"),
    item("Alerts answer"),
    heading("Shift handoff"),
    item("Write down what happened"),
    item("On-call notes"),
    item("Brief the next one"),
    item("Go on with the hourly round"),
  ]),
  phase("first-week", "+7d", "28 Jan UTC", "First week", "After the deployment", [
    heading("Daily"),
    item("Trends"),
    item("Oddities"),
    item("What customers say"),
    item("Team status"),
    heading("Weekly", "", "28 Jan"),
    item("Performance"),
    item("Capacity"),
    item("Cost"),
    item("Lessons"),
    item("What to do next"),
    item("Version that goes out: `____`", { fields: fields("Version that goes out") }),
    item("Freeze from `____` to `____`", { fields: fields("Freeze from", "to") }),
    item("Smoke tests", {
      answers: answers(["Passed", "done"], ["Failed", "not_met"], ["N/A", "not_applicable"]),
      columns: [
        { head: "Owner", inlines: inlines("Ada") },
        { head: "Where", inlines: inlines("`make smoke` in the copy of production") },
      ],
    }),
    item("Decision", { answers: answers(["GO", "done"], ["NO-GO", "no_go"]) }),
  ]),
  phase("closing-words", "", "", "Closing words", "After the deployment", [
    block(
      prose(
        "Written by the release team on 14 January 2026. The page `docs/day.md` tells more; so does [the wiki](wiki/day).",
      ),
    ),
    block(prose("Whoever changes this list tells the others.", { quoted: true })),
  ]),
];
