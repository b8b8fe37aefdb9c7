//! What whole checklists propose to observe: the real one, where it is at hand, and what must be true of any.

use std::fs;

use plan::config::{BoundBy, Config, parse};
use plan::{Level, Proposals, propose};

use crate::corpus::shared;

/// As the real checklist's own settings could be: a Prometheus whose metrics have names of their own.
const SETTINGS: &str = "version = 1
[sources.prod]
kind = \"prometheus\"
url = \"https://prometheus.example\"
[metrics.error_rate]
source = \"prod\"
query = \"errors\"
unit = \"ratio\"
[metrics.p95]
source = \"prod\"
query = \"p95\"
unit = \"s\"
[metrics.p99]
source = \"prod\"
query = \"p99\"
unit = \"s\"
[probes.alerts]
kind = \"alertmanager\"
url = \"https://alerts.example\"
";

fn proposed(text: &str, config: &Config) -> Proposals {
    propose(&plan::read(text, config).0, config)
}

/// "Grafana dashboards updating ← grafana".
fn told(found: &Proposals) -> Vec<String> {
    let by = |by: &BoundBy| match by {
        BoundBy::Metric(name) => format!("metric {name}"),
        BoundBy::Probe(name) => name.clone(),
    };
    found.proposals.iter().map(|one| format!("{} ← {}", one.text, by(&one.by))).collect()
}

#[test]
fn the_real_checklists_verification_is_observed_by_what_it_names_itself() {
    let Some(folder) = shared() else { return };
    let text = fs::read_to_string(folder.join("production-deployment.md")).expect("the real checklist");
    let found = proposed(&text, &Config::default());
    assert_eq!(
        told(&found),
        [
            "TLS certificates validated ← api-tls",
            "Prometheus deployed ← prometheus-query",
            "Current system health verified ← api-health",
            // Monitoring verification.
            "Prometheus scraping metrics ← prometheus-query",
            "Grafana dashboards updating ← grafana",
            // Security verification.
            "TLS certificate valid ← api-tls",
            // Marks of a rollback that worked.
            "Old version responding ← api-health",
        ]
    );
    let why = |text: &str| found.unproposed.iter().find(|one| one.text == text).map(|one| one.why.as_str());
    assert_eq!(why("AlertManager active"), Some("no line names an address of alertmanager"));
    let of_performance = "the settings have no metric for it (latency_p95), and the text names no query";
    assert_eq!(why("P95 latency <200ms"), Some(of_performance));
    let several = "4 commands stand below it, and none alone shows that all of it is so";
    assert_eq!(why("Functional Verification"), Some(several));

    let (config, mistakes) = parse(SETTINGS);
    assert!(mistakes.iter().all(|mistake| mistake.level == Level::Note), "{mistakes:?}");
    let found = proposed(&text, &config);
    let lines = told(&found);
    // Performance verification: what has the vocabulary's own name is bound without being asked.
    for line in [
        "P95 latency <200ms ← metric p95",
        "P99 latency <500ms ← metric p99",
        "Prometheus scraping metrics ← prod-targets",
        "AlertManager active ← alerts",
    ] {
        assert!(lines.iter().any(|known| known == line), "{line} in {lines:#?}");
    }
    assert!(lines.iter().all(|line| !line.starts_with("Error rate <")), "{lines:#?}");
}

#[test]
fn whatever_a_checklist_says_no_proposal_changes_anything_and_each_reads_as_settings() {
    let Some(folder) = shared() else { return };
    let files = fs::read_dir(folder.join("corpus")).expect("the corpus").map(|entry| entry.expect("a file").path());
    let mut count = 0;
    for path in files.filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        let text = fs::read_to_string(&path).expect("a checklist");
        let found = proposed(&text, &Config::default());
        count += found.proposals.len();
        for one in &found.proposals {
            let (config, mistakes) = parse(&format!("version = 1\n{}", one.draft));
            assert!(mistakes.iter().all(|mistake| mistake.level < Level::Warning), "{}: {mistakes:?}", one.draft);
            assert_eq!(config.probes.len(), 1, "{}", one.draft);
            let words = one.draft.to_lowercase();
            for word in [" delete", " apply", " restart", " scale", " drop ", " rm ", "push", "$(", "localhost", "> "] {
                assert!(!words.contains(word), "{}: {}", path.display(), one.draft);
            }
        }
    }
    eprintln!("{count} proposals in the corpus");
}
