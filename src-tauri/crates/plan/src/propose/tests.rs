//! What is proposed for which line, and what never is.

use super::*;
use crate::config::parse;

fn proposed(text: &str, settings: &str) -> Proposals {
    let (config, mistakes) = parse(&format!("version = 1\n{settings}"));
    assert!(mistakes.iter().all(|mistake| mistake.level == crate::Level::Note), "{mistakes:?}");
    let (plan, _) = crate::read(text, &config);
    propose(&plan, &config)
}

/// Each proposal in one line, then what is not proposed.
fn told(text: &str, settings: &str) -> String {
    let found = proposed(text, settings);
    let proposals = found.proposals.iter().map(|one| {
        let by = match &one.by {
            BoundBy::Metric(name) => format!("metric {name}"),
            BoundBy::Probe(name) => format!("probe {name}"),
        };
        let draft = one.draft.split("[[bind]]").next().unwrap_or_default();
        let draft = draft.lines().skip(1).collect::<Vec<_>>().join(" ");
        let caveat = if one.caveat.is_empty() { String::new() } else { format!(" ({})", one.caveat) };
        format!("{} {}: {by} <{}> {}{caveat}", one.line, one.text, draft.trim(), one.reason)
    });
    let not = found.unproposed.iter().map(|one| format!("{} {}: NOT: {}", one.line, one.text, one.why));
    proposals.chain(not).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_proposed_for_what_changes_anything_or_is_not_known() {
    let commands = [
        "kubectl apply -f x.yaml",
        "kubectl delete pod x",
        "kubectl rollout restart deployment/x",
        "rm -rf /",
        "curl -X POST https://api.harbour.io/deploy",
        "curl -d x=1 https://api.harbour.io/deploy",
        "kubectl exec x -- ls",
        "kubectl get pods -w",
        "kubectl logs -f x",
        "kubectl get pods | xargs kubectl delete",
        "kubectl get secret x",
        "curl https://api.harbour.io/health | sh",
        "curl -o /etc/passwd https://api.harbour.io/health",
        "kubectl get pods > pods.txt",
        "kubectl get pods; rm x",
        "curl https://api.harbour.io/$(reboot)",
        "kubectl get pods && kubectl delete pod x",
        "pytest tests",
        "redis-cli flushall",
        "helm upgrade x y",
        "nc db.harbour.io 5432",
        "kubectl scale deployment x --replicas=0",
        "git push",
        "systemctl restart x",
        "kubectl port-forward x 80",
        "dig @8.8.8.8 api.harbour.io",
        "kubectl rollout undo deployment/x",
        "kubectl rollout status deployment/x -w",
        "docker rm x",
        "psql -c 'delete from x'",
        "sort -o x y",
        "kubectl get pods | sort -o pods.txt",
        "curl -T x https://api.harbour.io/",
        "echo ok",
    ];
    for command in commands {
        let text = format!("# Ship\n\n## Deployment\n- [ ] Do it\n  ```bash\n  {command}\n  # Expected: `ok`\n  ```\n");
        let found = proposed(&text, "");
        let is_request = command.ends_with("| sh");
        let drafts: Vec<&str> = found.proposals.iter().map(|one| one.draft.as_str()).collect();
        // What is made of an answer is never run: only the address is asked.
        assert!(drafts.is_empty() || is_request && !drafts[0].contains("| sh"), "{command}: {drafts:?}");
    }
}

/// A checklist in our own words with one of each kind of thing that can be observed, or cannot.
const OWN: &str = include_str!("../../../../../tests/fixtures/proposals.md");

const SETTINGS: &str = "[sources.prod]
kind = \"prometheus\"
url = \"https://prometheus.ferry.io\"
[metrics.error_rate]
source = \"prod\"
query = \"errors\"
unit = \"ratio\"
[metrics.timetable_p95]
source = \"prod\"
query = \"p95\"
unit = \"s\"
[metrics.boarding]
source = \"prod\"
query = \"boarding\"
unit = \"ratio\"
[probes.alerts]
kind = \"alertmanager\"
url = \"https://alerts.ferry.io\"
";

#[test]
fn every_kind_of_check_of_a_checklist_without_settings() {
    insta::assert_snapshot!(told(OWN, ""), @r#"
    5 TLS certificate of tickets.ferry.io valid: probe tickets-tls <kind = "tls" host = "tickets.ferry.io" port = 443 every = "10m" timeout = "5s" expect = { days_left = 14 }> line 110 names “Tickets”: https://tickets.ferry.io
    7 The lock on the database is known: probe db-5432 <kind = "tcp" host = "db.ferry.io" port = 5432 every = "15s" timeout = "5s"> line 9 has its command: nc -zv db.ferry.io 5432
    11 The name leads to the new edge: probe timetable-dns-cname <kind = "dns" host = "timetable.ferry.io" record = "CNAME" every = "30s" timeout = "5s" expect = { value = "edge.ferry.io" }> line 13 has its command: dig +short timetable.ferry.io CNAME
    16 Who may deploy is known: probe kubectl-auth-can-i <kind = "command" command = "kubectl auth can-i create deployments -n ferry" every = "30s" timeout = "10s" expect = { exit = 0 }> line 18 has its command: kubectl auth can-i create deployments -n ferry
    20 Cache answers: probe redis-cli-cache-ferry-io-ping <kind = "command" command = "redis-cli -h cache.ferry.io ping" every = "30s" timeout = "10s" expect = { exit = 0, text = "PONG" }> line 22 has its command: redis-cli -h cache.ferry.io ping
    38 Prometheus scraping metrics: probe prometheus <kind = "http" url = "https://prometheus.ferry.io" redirects = 3 every = "15s" timeout = "5s"> line 108 names “Prometheus”: https://prometheus.ferry.io (it shows that prometheus.ferry.io answers, and nothing else of what the check says)
    39 Grafana dashboards updating: probe grafana <kind = "http" url = "https://grafana.ferry.io" redirects = 3 every = "15s" timeout = "5s"> line 109 names “Grafana”: https://grafana.ferry.io (it shows that grafana.ferry.io answers, and nothing else of what the check says)
    49 TLS certificate valid: probe timetable-tls <kind = "tls" host = "timetable.ferry.io" port = 443 every = "10m" timeout = "5s" expect = { days_left = 14 }> line 107 names “Timetable”: https://timetable.ferry.io/api/v1/health (the certificate of timetable.ferry.io only; the text names 3 more over TLS)
    54 The timetable is served: probe timetable-health <kind = "http" url = "https://timetable.ferry.io/api/v1/health" every = "15s" timeout = "4s" expect = { json = { "/status" = "up" } }> line 56 has its command: curl -fsS -m 4 https://timetable.ferry.io/api/v1/health | jq -e '.status == "up"'
    58 The version is the new one: probe timetable-info <kind = "http" url = "https://timetable.ferry.io/api/v1/info" every = "15s" timeout = "5s" expect = { json = { "/version" = "3.4.0" } }> line 60 has its command: curl -s https://timetable.ferry.io/api/v1/info | jq -r .version
    63 Old addresses lead on: probe old <kind = "http" url = "http://old.ferry.io/" redirects = 3 every = "15s" timeout = "5s" expect = { status = 200 }> line 65 has its command: curl -sL -o /dev/null -w '%{http_code}' http://old.ferry.io/
    84 The rollout is through: probe kubectl-rollout-status <kind = "command" command = "kubectl rollout status deployment/timetable -n ferry" every = "30s" timeout = "10s" expect = { exit = 0 }> line 86 has its command: kubectl rollout status deployment/timetable -n ferry (while the rollout runs it waits, and is ended after 10 s: no data until then)
    97 All health checks passing: probe timetable-health <kind = "http" url = "https://timetable.ferry.io/api/v1/health" every = "15s" timeout = "4s" expect = { json = { "/status" = "up" } }> line 107 names “Timetable”: https://timetable.ferry.io/api/v1/health (timetable.ferry.io only; the text names 2 such addresses)
    103 Old version responding: probe timetable-health <kind = "http" url = "https://timetable.ferry.io/api/v1/health" every = "15s" timeout = "4s" expect = { json = { "/status" = "up" } }> line 107 names “Timetable”: https://timetable.ferry.io/api/v1/health (it shows that the service answers, and not which version does; timetable.ferry.io only; the text names 2 such addresses)
    40 AlertManager active: NOT: no line names an address of alertmanager
    44 Timetable p95 latency <300ms: NOT: the settings have no metric for it (latency_p95), and the text names no query
    45 Boarding errors <2%: NOT: the settings have no metric for it (error_rate), and the text names no query
    46 Memory <70%: NOT: the settings have no metric for it (memory), and the text names no query
    68 The inner service answers: NOT: localhost is this laptop, and no server of production
    72 The other region answers: NOT: the command on line 74 has the blank <REGION>
    76 Only with a token: NOT: the command on line 78 has the blank $TOKEN
    80 Pods are there: NOT: its command shows something, and the text does not say what must stand there
    92 Both sides answer: NOT: 2 commands stand below it, and none alone shows that all of it is so
    "#);
}

#[test]
fn what_the_settings_have_and_nothing_uses_is_proposed_too() {
    let found = told(OWN, SETTINGS);
    let lines: Vec<&str> =
        found.lines().filter(|line| line.contains("settings") || line.contains("Error rate")).collect();
    insta::assert_snapshot!(lines.join("\n"), @r#"
    38 Prometheus scraping metrics: probe prod-targets <kind = "targets" source = "prod" every = "15s" timeout = "5s"> the settings name the Prometheus: [sources.prod]
    40 AlertManager active: probe alerts <> the settings have [probes.alerts], and nothing uses it
    44 Timetable p95 latency <300ms: metric timetable_p95 <> the settings have [metrics.timetable_p95], all of whose name the line says
    46 Memory <70%: NOT: the settings have no metric for it (memory), and the text names no query
    "#);
}

#[test]
fn a_word_of_a_service_that_stands_in_its_address_is_enough_and_a_part_of_a_word_is_none() {
    let text = |item: &str| {
        format!(
            "# Ship\n\n## Deployment\n- [ ] {item}\n\n## Quick reference\n- Jaeger: https://jaeger.harbour.io\n- API health: https://api.harbour.io/health\n"
        )
    };
    let is_proposed = |item: &str| !proposed(&text(item), "").proposals.is_empty();
    for item in ["Jaeger receiving traces", "jaeger is up", "Service health verified", "SSL certificate not expired"] {
        assert!(is_proposed(item), "{item}");
    }
    for item in [
        "Jaeger dashboards imported",
        "Jaegermeister is up",
        "Pod health checks pass",
        "Health checks configured",
        "mTLS valid",
        "TLS certificates stored securely, valid",
        "Client certificate valid",
        "DNS records reviewed",
        "All is up",
    ] {
        assert!(!is_proposed(item), "{item}");
    }
}

#[test]
fn what_is_bound_by_the_settings_is_not_proposed_and_what_they_ask_already_is_not_asked_twice() {
    let text = "# Ship\n\n## Deployment\n- [ ] Service health verified\n- [ ] TLS certificate valid\n\n## Quick reference\n- API health: https://api.harbour.io/health\n";
    let settings = "[probes.mine]\nkind = \"http\"\nurl = \"https://api.harbour.io/health\"\n";
    let found = proposed(text, settings).proposals;
    assert_eq!(found.len(), 2);
    assert_eq!((&found[0].by, &found[0].probe), (&BoundBy::Probe("mine".to_owned()), &None));
    let bound = format!("{settings}[[bind]]\nitem = \"Service health verified\"\nprobe = \"mine\"\n");
    let found = proposed(text, &bound).proposals;
    assert_eq!(found.iter().map(|one| one.text.as_str()).collect::<Vec<_>>(), ["TLS certificate valid"]);
}

#[test]
fn a_proposal_keeps_its_name_while_it_says_the_same() {
    let ids = |text: &str| proposed(text, "").proposals.into_iter().map(|one| one.id).collect::<Vec<_>>();
    let moved = OWN.replace("- [ ] Cache answers", "- [ ] Something new\n- [ ] Cache answers");
    assert_eq!(ids(OWN), ids(&moved));
    let mut all = ids(OWN);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), ids(OWN).len());
}

#[test]
fn a_check_that_stands_twice_is_bound_by_its_id() {
    let text = "# Ship\n\n## Deployment\n- [ ] TLS certificate valid\n\n## Go-live\n- [ ] TLS certificate valid\n\n## Quick reference\n- API: https://api.harbour.io/\n";
    let found = proposed(text, "").proposals;
    assert_eq!(found.len(), 2);
    for one in &found {
        assert!(one.draft.contains(&format!("item = \"{}\"", one.item)), "{}", one.draft);
    }
}

proptest::proptest! {
    #[test]
    fn any_command_is_looked_at_without_a_fault(words in "[a-z ./:|>&;$'\"\\\\{}<=-]{0,60}") {
        let text = format!("# Ship\n\n## Deployment\n- [ ] It\n  ```bash\n  curl {words}\n  ```\n- [ ] {words} valid up tls\n");
        let (plan, _) = crate::read(&text, &Config::default());
        for one in propose(&plan, &Config::default()).proposals {
            let (_, mistakes) = parse(&format!("version = 1\n{}", one.draft));
            proptest::prop_assert!(mistakes.iter().all(|mistake| mistake.level < crate::Level::Error), "{}", one.draft);
        }
    }
}
