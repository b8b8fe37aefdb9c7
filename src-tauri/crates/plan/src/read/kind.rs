//! What a section holds, by what it is called, by the headings above it, and by when it is due.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lists::Lists;
use super::outline::{Outline, is_phase_word};
use super::words;
use crate::model::{Block, Inline, Listing, Section, SectionKind, When};

const ROLLBACK: [&str; 24] = [
    "rollbacks",
    "roll-backs",
    "roll backs",
    "plan b",
    "contingency plan",
    "release failures",
    "on no-go",
    "if no-go",
    "rollback",
    "roll back",
    "rolling back",
    "roll-back",
    "back out",
    "backout",
    "revert",
    "back-out",
    "fallback plan",
    "откат",
    "отката",
    "retour arrière",
    "geri alma",
    "geri dönüş",
    "reversión",
    "brownout",
];
const CONTACTS: [&str; 17] = [
    "contacts",
    "contact",
    "escalation",
    "escalation path",
    "who to call",
    "emergency contacts",
    "who's who",
    "on-call contacts",
    "ansprechpartner",
    "kontakte",
    "eskalation",
    "contactos",
    "contatos",
    "escalade",
    "eskalasyon",
    "контакты",
    "эскалация",
];
const COMMUNICATION: [&str; 20] = [
    "communication",
    "communications",
    "notification",
    "notifications",
    "announcement",
    "announcements",
    "announce",
    "stakeholder updates",
    "customer notice",
    "communicate",
    "communicating",
    "comms",
    "kommunikation",
    "comunicación",
    "comunicação",
    "iletişim",
    "i\u{307}letişim",
    "коммуникация",
    "оповещение",
    "liaise",
];
const SUCCESS: [&str; 11] = [
    "success criteria",
    "successful if",
    "acceptance criteria",
    "definition of done",
    "success metrics",
    "exit criteria",
    "erfolgskriterien",
    "critères de succès",
    "criterios de éxito",
    "критерии успеха",
    "başarı kriterleri",
];
const REFERENCE: [&str; 31] = [
    "dashboard",
    "dashboards",
    "execution log",
    "deployment log",
    "jobs history",
    "document information",
    "metrics to track",
    "appendix",
    "reference",
    "quick reference",
    "important commands",
    "important urls",
    "useful commands",
    "useful links",
    "resources",
    "related documentation",
    "references",
    "additional reading",
    "further reading",
    "see also",
    "related",
    "glossary",
    "quick links",
    "external links",
    "verification commands",
    "anhang",
    "annexe",
    "anexo",
    "приложение",
    "справка",
    "kaynaklar",
];
const WATCH: [&str; 23] = [
    "monitoring",
    "lessons learned",
    "retrospective",
    "post-mortem",
    "postmortem",
    "post-deployment",
    "post-release",
    "post-launch",
    "monitoring period",
    "hypercare",
    "watch",
    "after deployment",
    "after release",
    "operations",
    "stabilization",
    "stabilisation",
    "early operations",
    "überwachung",
    "nachbereitung",
    "surveillance",
    "monitoreo",
    "izleme",
    "мониторинг",
];
const PREPARATION: [&str; 32] = [
    "pre-deployment",
    "pre-release",
    "pre-launch",
    "pre-flight",
    "preparation",
    "prepare",
    "readiness",
    "prerequisites",
    "prerequisite",
    "before",
    "validation",
    "planning",
    "pre-production",
    "pre-check",
    "precheck",
    "prep",
    "preparing",
    "prior to",
    "setup preparation",
    "vorbereitung",
    "voraussetzungen",
    "préparation",
    "prérequis",
    "preparación",
    "requisitos previos",
    "preparação",
    "pré-requisitos",
    "hazırlık",
    "önkoşullar",
    "ön koşullar",
    "подготовка",
    "предусловия",
];
const PHASE: [&str; 24] = [
    "deployment",
    "deploy",
    "release",
    "rollout",
    "roll out",
    "launch",
    "cutover",
    "go-live",
    "go live",
    "execution",
    "migration",
    "canary",
    "verification",
    "deploying",
    "releasing",
    "bereitstellung",
    "déploiement",
    "mise en production",
    "despliegue",
    "implantação",
    "dağıtım",
    "деплой",
    "развертывание",
    "развёртывание",
];

/// What is rehearsed is prepared.
const REHEARSED: [&str; 4] = ["testing", "drill", "drills", "rehearsal"];
/// What is done, also first.
const ACTIONS: [&str; 2] = ["actions", "действия"];

/// Gives every section its kind. A page's kind (rollback, messages, contacts, success, reference) holds for all that
/// stands below it; the others are inherited only by what says nothing itself.
pub(crate) fn assign(outline: &mut Outline) {
    let title = title_at(outline);
    let unnamed = outline.section(title).map_or(SectionKind::Phase, of_title);
    for at in 0..outline.sections.len() {
        // The document's own title says what the text is about, not what the parts below it hold.
        let above = outline.parents.get(at).copied().flatten().filter(|parent| Some(*parent) != title);
        let above = outline.section(above).map(|section| section.kind);
        if let Some(section) = outline.sections.get_mut(at) {
            section.kind = if Some(at) == title { unnamed } else { kind(section, above, unnamed) };
        }
    }
}

/// The document's title: a first heading of the first level. Later ones of that level are parts of the text.
pub(crate) fn title_at(outline: &Outline) -> Option<usize> {
    let first = outline.sections.iter().position(|section| !section.bold)?;
    outline.section(Some(first)).filter(|section| section.level == 1 && section.parent.is_none()).map(|_| first)
}

/// What a document holds where its parts do not say: steps of the day, unless its title speaks of what is before it or
/// of the way back alone.
fn of_title(title: &Section) -> SectionKind {
    let text = words::plain(&title.text);
    match own(title, &text) {
        Some(SectionKind::Preparation) => SectionKind::Preparation,
        // A deployment's title names the way back besides.
        Some(SectionKind::Rollback) if !words::has_any(&text, &PHASE) => SectionKind::Rollback,
        Some(SectionKind::Watch) => SectionKind::Watch,
        _ => SectionKind::Phase,
    }
}

fn kind(section: &Section, above: Option<SectionKind>, unnamed: SectionKind) -> SectionKind {
    if let Some(above) = above.filter(|kind| has_page(*kind)) {
        return above;
    }
    let text = words::plain(&section.text);
    let own = own(section, &text);
    let (early, late) = (SectionKind::Preparation, [SectionKind::Phase, SectionKind::Watch]);
    // What is deployed or verified below "Preparation" is prepared; "Validation" below a phase belongs to it.
    let is_of_above = match (own, above) {
        (Some(SectionKind::Phase), Some(above)) => {
            above == early && section.when.is_none() && !is_phase_word(&section.text)
        }
        // A part about monitoring belongs to what is prepared, if it stands there.
        (Some(SectionKind::Watch), above) => {
            words::has(&text, "monitoring") && (above == Some(early) || above.is_none() && unnamed == early)
        }
        (Some(SectionKind::Preparation), Some(above)) => late.contains(&above) && words::has(&text, "validation"),
        _ => false,
    };
    own.filter(|_| !is_of_above).or(above).unwrap_or(unnamed)
}

/// "Success criteria for phase 1".
pub(crate) fn is_success(text: &str) -> bool {
    words::has_any(&words::plain(text), &SUCCESS)
}

fn has_page(kind: SectionKind) -> bool {
    !matches!(kind, SectionKind::Preparation | SectionKind::Phase | SectionKind::Watch | SectionKind::Prose)
}

/// Names sections by what they hold, where neither their words nor those above say it: only links is something to have
/// at hand, and so are answers to troubles that nobody has to tick; a table of people with ways to reach them is that.
pub(crate) fn by_content(outline: &mut Outline) {
    let title = title_at(outline);
    let has_items = or_below(outline, |block| matches!(block, Block::Item { .. }));
    let mut troubles: HashSet<usize> = HashSet::new();
    for at in 0..outline.sections.len() {
        let Some(section) = outline.section(Some(at)) else { continue };
        let parent = outline.parents.get(at).copied().flatten();
        if Some(at) == title || has_page(section.kind) {
            continue;
        }
        let has_item = has_items.get(at).copied().unwrap_or(false);
        let kind = if parent.is_some_and(|parent| troubles.contains(&parent)) || !has_item && is_trouble(section) {
            troubles.insert(at);
            Some(SectionKind::Reference)
        } else if !has_item && holds_people(&section.body) {
            Some(SectionKind::Contacts)
        } else {
            let is_named = parent.is_some_and(|parent| Some(parent) != title)
                || outline.children(at).next().is_some()
                || own(section, &words::plain(&section.text)).is_some();
            (!is_named && holds_only_links(&section.body)).then_some(SectionKind::Reference)
        };
        if let (Some(kind), Some(section)) = (kind, outline.sections.get_mut(at)) {
            section.kind = kind;
        }
    }
}

/// "Scenarios and answers", "Troubleshooting".
fn is_trouble(section: &Section) -> bool {
    const NAMES: [&str; 9] = [
        "scenarios",
        "troubleshooting",
        "playbooks",
        "common issues",
        "common problems",
        "known issues",
        "fehlerbehebung",
        "сценарии",
        "sorun giderme",
    ];
    words::has_any(&words::plain(&section.text), &NAMES)
}

/// A table whose columns are people and ways to reach them, and nothing else.
fn holds_people(body: &[Block]) -> bool {
    let mut tables = 0;
    let is_people = |block: &Block| match block {
        Block::Table(table) => {
            let has = |names: &[&str]| {
                table.head.iter().any(|cell| words::has_any(&words::plain(&Inline::plain(cell)), names))
            };
            tables += 1;
            has(&["phone", "telephone", "mobile", "email", "e-mail", "pager"])
                && has(&["name", "role", "who", "person"])
        }
        Block::Section { .. } | Block::Prose(_) => true,
        _ => false,
    };
    body.iter().all(is_people) && tables > 0
}

/// Which sections hold a block that is so, themselves or below.
fn or_below(outline: &Outline, is: impl Fn(&Block) -> bool) -> Vec<bool> {
    let mut holds: Vec<bool> = outline.sections.iter().map(|section| section.body.iter().any(&is)).collect();
    // From the end: every section stands after the one that holds it.
    for at in (0..outline.sections.len()).rev() {
        let parent = outline.parents.get(at).copied().flatten();
        let below = holds.get(at).copied().unwrap_or(false);
        if let Some(above) = parent.and_then(|parent| holds.get_mut(parent)) {
            *above |= below;
        }
    }
    holds
}

/// Two list entries at the least, each of them a link with a few words at most.
fn holds_only_links(body: &[Block]) -> bool {
    let is_link = |block: &Block| match block {
        Block::Prose(prose) if prose.bullet.is_some() => {
            let inlines = &prose.inlines;
            let links = inlines.iter().filter(|inline| matches!(inline, Inline::Link { .. })).count();
            let others = inlines.iter().filter(|inline| !matches!(inline, Inline::Link { .. }));
            let words: usize = others.map(|inline| inline.text().split_whitespace().count()).sum();
            links > 0 && words <= 4
        }
        _ => false,
    };
    body.len() >= 2 && body.iter().all(is_link)
}

fn own(section: &Section, text: &str) -> Option<SectionKind> {
    // One look at the words tells which of the lists can have one of them.
    static LISTS: LazyLock<Lists> = LazyLock::new(|| {
        Lists::new([
            ROLLBACK.as_slice(),
            &REHEARSED,
            &SUCCESS,
            &COMMUNICATION,
            &CONTACTS,
            &REFERENCE,
            &ACTIONS,
            &WATCH,
            &PREPARATION,
            &PHASE,
        ])
    });
    let lists = LISTS.held(text);
    let is = |place: u32| (lists >> place) & 1 == 1;
    if is_phase_word(&section.text) && text.starts_with("phase") {
        return Some(SectionKind::Phase);
    }
    let is_rehearsed = || is(1);
    Some(if is(0) {
        if is_rehearsed() { SectionKind::Preparation } else { SectionKind::Rollback }
    } else if is(2) {
        SectionKind::Success
    } else if is(3) {
        SectionKind::Communication
    } else if is(4) {
        SectionKind::Contacts
    } else if is(5) {
        SectionKind::Reference
    } else if matches!(section.when, Some(When::First { .. })) && !is(6)
        || is(7)
        || prefixed(text, &["post-"], &["post-mortem", "post-mortems"])
    {
        SectionKind::Watch
    } else if is(8) || prefixed(text, &["pre-"], &["pre-commit"]) || offset_s(section) < 0 {
        SectionKind::Preparation
    } else if offset_s(section) >= 3600 && !is_counted(text) {
        // An hour after T0 the deployment is over, unless its words say otherwise.
        if is(9) { SectionKind::Phase } else { SectionKind::Watch }
    } else if is(9) {
        SectionKind::Phase
    } else {
        return None;
    })
}

/// "Day 3", "Week 2": a stretch of the work itself.
fn is_counted(text: &str) -> bool {
    is_phase_word(text) || text.starts_with("week ")
}

/// Whether a word of the text begins so and is none of the others.
fn prefixed(text: &str, beginnings: &[&str], others: &[&str]) -> bool {
    let mut words = text.split(|character: char| !character.is_alphanumeric() && character != '-');
    words.any(|word| beginnings.iter().any(|beginning| word.starts_with(beginning)) && !others.contains(&word))
}

/// Seconds from T0 at which a section begins; nothing where it does not count from there.
fn offset_s(section: &Section) -> i64 {
    match section.when {
        Some(When::Relative { from_s, .. }) => from_s,
        Some(When::WorkingDays { from_days, .. }) => from_days.saturating_mul(86_400),
        _ => 0,
    }
}

/// A section that holds neither checks nor commands, itself or below, is prose, unless it has a page of its own.
pub(crate) fn name_prose(outline: &mut Outline) {
    let holds = or_below(outline, is_work);
    for (section, holds) in outline.sections.iter_mut().zip(holds) {
        if !holds && !has_page(section.kind) {
            section.kind = if is_table(&section.body) { SectionKind::Reference } else { SectionKind::Prose };
        }
    }
}

/// Whether a section is a table of facts and nothing else.
fn is_table(body: &[Block]) -> bool {
    let tables = body.iter().filter(|block| matches!(block, Block::Table(_))).count();
    let words = body.iter().filter(|block| matches!(block, Block::Prose(_))).count();
    tables > 0 && words <= tables && tables + words == body.len()
}

fn is_work(block: &Block) -> bool {
    match block {
        Block::Item { .. } | Block::Commands(_) => true,
        // A comment is for whoever edits the text.
        Block::Code(listing) => {
            let Listing { language, text, .. } = listing.as_ref();
            language.as_deref() != Some("html") || !text.trim_start().starts_with("<!--")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::{SectionKind, config::Config, read};

    fn kinds(text: &str) -> Vec<SectionKind> {
        read(text, &Config::default()).0.sections.into_iter().map(|section| section.kind).collect()
    }

    #[test]
    fn several_headings_of_the_first_level_are_parts() {
        let text = "# Ship it\n- [ ] a\n\n# 1. Pre-deployment\n- [ ] a\n\n## Load\n- [ ] a\n\n# 2. Communication plan\n- [ ] a\n\n# 3. Emergency contacts\n- Ada\n";
        use SectionKind::{Communication, Contacts, Phase, Preparation};
        assert_eq!(kinds(text), [Phase, Preparation, Preparation, Communication, Contacts]);
    }

    #[test]
    fn what_comes_after_is_watched_also_where_it_is_called_a_validation() {
        let text = "# Ship it\n\n## Post-deployment validation\n- [ ] a\n\n## Post-cutover look (30 min)\n- [ ] a\n\n## T+4 hours: look again\n- [ ] a\n\n## Pre-cutover\n- [ ] a\n\n## T-minus 4 working days\n- [ ] a\n";
        use SectionKind::{Phase, Preparation, Watch};
        assert_eq!(kinds(text), [Phase, Watch, Watch, Watch, Preparation, Preparation]);
    }

    #[test]
    fn the_title_says_what_unnamed_parts_are() {
        use SectionKind::{Phase, Preparation, Rollback};
        assert_eq!(kinds("# Production readiness\n\n## Storage\n- [ ] a\n"), [Preparation, Preparation]);
        assert_eq!(kinds("# Rolling back\n\n## Caches\n- [ ] a\n"), [Rollback, Rollback]);
        assert_eq!(kinds("# Deployment and rollback\n\n## Caches\n- [ ] a\n"), [Phase, Phase]);
    }

    #[test]
    fn links_alone_are_to_have_at_hand() {
        let text = "# Ship it\n- [ ] a\n\n## Dashboards\n- [One](https://a.example)\n- [Two](https://b.example): load\n\n## Nothing\n- [One](https://a.example) has to be opened before anything else is done\n- two\n";
        use SectionKind::{Phase, Prose, Reference};
        assert_eq!(kinds(text), [Phase, Reference, Prose]);
    }

    #[test]
    fn what_stands_below_a_part_belongs_to_it() {
        let text = "# Ship it\n\n## Preparation\n\n### Data migration\n- [ ] a\n\n### Monitoring\n- [ ] a\n\n## Deploy\n\n### Feature validation\n- [ ] a\n\n## Testing the rollback\n- [ ] a\n\n## Monitoring\n- [ ] a\n\n## Release notes\n<!-- nothing to do -->\n";
        use SectionKind::{Phase, Preparation, Prose, Watch};
        assert_eq!(
            kinds(text),
            [Phase, Preparation, Preparation, Preparation, Phase, Phase, Preparation, Watch, Prose]
        );
    }

    #[test]
    fn troubles_are_to_have_at_hand_unless_somebody_ticks_them() {
        let text = "# Ship it\n- [ ] a\n\n## Scenarios\n\n### The pods fail\n```sh\nkubectl get pods\n```\n\n## Troubleshooting\n- [ ] a\n\n## The crew\n| Role | Name | Phone |\n|---|---|---|\n| DBA | Ada Byron | 1 |\n";
        use SectionKind::{Contacts, Phase, Reference};
        assert_eq!(kinds(text), [Phase, Reference, Reference, Phase, Contacts]);
    }

    #[test]
    fn other_languages_have_their_words() {
        let text = "# Ship it\n\n## Vorbereitung\n- [ ] a\n\n## Развертывание\n- [ ] a\n\n## План отката\n- [ ] a\n\n## İletişim\n- [ ] a\n\n## Contactos\n- a\n";
        use SectionKind::{Communication, Contacts, Phase, Preparation, Rollback};
        assert_eq!(&kinds(text)[1..], [Preparation, Phase, Rollback, Communication, Contacts]);
    }
}
