//! What a section holds, by what it is called, by the headings above it, and by when it is due.

use super::outline::{Outline, is_phase_word};
use super::words;
use crate::model::{Block, Inline, Section, SectionKind, When};

const ROLLBACK: [&str; 16] = [
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
const REFERENCE: [&str; 24] = [
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
const WATCH: [&str; 18] = [
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
    own(section, &words::plain(&section.text)).or(above).unwrap_or(unnamed)
}

fn has_page(kind: SectionKind) -> bool {
    !matches!(kind, SectionKind::Preparation | SectionKind::Phase | SectionKind::Watch | SectionKind::Prose)
}

/// Names sections by what they hold, where neither their words nor those above say it: only links is something to have
/// at hand.
pub(crate) fn by_content(outline: &mut Outline) {
    let title = title_at(outline);
    for at in 0..outline.sections.len() {
        let has_children = outline.children(at).next().is_some();
        let above = outline.parents.get(at).copied().flatten().filter(|parent| Some(*parent) != title);
        let is_named = above.is_some()
            || Some(at) == title
            || outline.section(Some(at)).is_none_or(|section| own(section, &words::plain(&section.text)).is_some());
        if has_children || is_named {
            continue;
        }
        if let Some(section) = outline.sections.get_mut(at)
            && holds_only_links(&section.body)
        {
            section.kind = SectionKind::Reference;
        }
    }
}

/// Two list entries at the least, each of them a link with a few words at most.
fn holds_only_links(body: &[Block]) -> bool {
    let is_link = |block: &Block| match block {
        Block::Prose { bullet: Some(_), inlines, .. } => {
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
    let is = |names: &[&str]| words::has_any(text, names);
    if is_phase_word(&section.text) && text.starts_with("phase") {
        return Some(SectionKind::Phase);
    }
    Some(if is(&ROLLBACK) {
        SectionKind::Rollback
    } else if is(&SUCCESS) {
        SectionKind::Success
    } else if is(&COMMUNICATION) {
        SectionKind::Communication
    } else if is(&CONTACTS) {
        SectionKind::Contacts
    } else if is(&REFERENCE) {
        SectionKind::Reference
    } else if matches!(section.when, Some(When::First { .. }))
        || is(&WATCH)
        || prefixed(text, &["post-"], &["post-mortem", "post-mortems"])
    {
        SectionKind::Watch
    } else if is(&PREPARATION) || prefixed(text, &["pre-"], &["pre-commit"]) || offset_s(section) < 0 {
        SectionKind::Preparation
    } else if offset_s(section) >= 3600 {
        // An hour after T0 the deployment is over, unless its words say otherwise.
        if is(&PHASE) { SectionKind::Phase } else { SectionKind::Watch }
    } else if is(&PHASE) {
        SectionKind::Phase
    } else {
        return None;
    })
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
    let mut holds: Vec<bool> = outline.sections.iter().map(|section| section.body.iter().any(is_work)).collect();
    // From the end: every section stands after the one that holds it.
    for at in (0..outline.sections.len()).rev() {
        let parent = outline.parents.get(at).copied().flatten();
        let below = holds.get(at).copied().unwrap_or(false);
        if let Some(above) = parent.and_then(|parent| holds.get_mut(parent)) {
            *above |= below;
        }
    }
    for (section, holds) in outline.sections.iter_mut().zip(holds) {
        if !holds && !has_page(section.kind) {
            section.kind = SectionKind::Prose;
        }
    }
}

fn is_work(block: &Block) -> bool {
    matches!(block, Block::Item { .. } | Block::Commands { .. } | Block::Code { .. })
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
    fn other_languages_have_their_words() {
        let text = "# Ship it\n\n## Vorbereitung\n- [ ] a\n\n## Развертывание\n- [ ] a\n\n## План отката\n- [ ] a\n\n## İletişim\n- [ ] a\n\n## Contactos\n- a\n";
        use SectionKind::{Communication, Contacts, Phase, Preparation, Rollback};
        assert_eq!(&kinds(text)[1..], [Preparation, Phase, Rollback, Communication, Contacts]);
    }
}
