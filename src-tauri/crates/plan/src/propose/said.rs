//! The words by which a check asks for something that another line names.

/// Words that say of a service that it works.
pub(super) const WORKS: [&str; 22] = [
    "up",
    "active",
    "running",
    "operational",
    "accessible",
    "reachable",
    "available",
    "responding",
    "responds",
    "scraping",
    "updating",
    "functional",
    "online",
    "working",
    "works",
    "healthy",
    "loads",
    "loading",
    "receiving",
    "answers",
    "answering",
    "deployed",
];
/// Words that say of a service's health that it is asked for.
pub(super) const HEALTH: [&str; 17] = [
    "health check",
    "health checks",
    "healthcheck",
    "healthchecks",
    "health endpoint",
    "health endpoints",
    "system health",
    "service health",
    "api health",
    "application health",
    "app health",
    "version responding",
    "version responds",
    "service responding",
    "application responding",
    "api responding",
    "api is up",
];
/// What speaks of building a check of health, or of the health of something else than the service.
pub(super) const NOT_HEALTH: [&str; 16] = [
    "pod",
    "pods",
    "node",
    "nodes",
    "container",
    "containers",
    "database",
    "redis",
    "configured",
    "defined",
    "added",
    "implemented",
    "documented",
    "created",
    "component",
    "team",
];
pub(super) const CERTIFICATE: [&str; 7] = ["tls", "ssl", "https", "certificate", "certificates", "cert", "certs"];
pub(super) const IS_VALID: [&str; 9] =
    ["valid", "validated", "validity", "expiry", "expires", "expired", "expiration", "trusted", "verified"];
/// What speaks of other certificates than those that a server shows, or of where they are kept.
pub(super) const NOT_SHOWN: [&str; 8] =
    ["mtls", "mutual", "client", "secret", "secrets", "stored", "management", "rotation"];
pub(super) const RESOLVES: [&str; 5] = ["resolves", "resolve", "resolving", "propagated", "propagation"];
/// What the words of a check are about where no line may name its address.
pub(super) const SERVICES: [&str; 8] =
    ["alertmanager", "prometheus", "grafana", "jaeger", "kibana", "loki", "tempo", "thanos"];
