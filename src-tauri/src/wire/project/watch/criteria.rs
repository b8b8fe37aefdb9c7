//! Criteria with what is seen of them.

use room::{AlertId, Phase};

use super::Seeing;
use crate::wire::CriteriaGroupView;
use crate::wire::project::times::on_the_wall;

/// A group of criteria, each with its reading and when it was true.
pub(crate) fn watched(mut group: CriteriaGroupView, seen: Option<&Seeing<'_>>) -> CriteriaGroupView {
    let Some(seen) = seen else { return group };
    for view in &mut group.criteria {
        let id = AlertId::from(view.id.clone());
        let watch = &seen.watching.watch;
        let resolved = seen.room.resolved();
        let at = |moment| on_the_wall(moment, resolved);
        let Some(rule) = seen.rule(&id) else {
            let unbound = watch.book().unbound.iter().find(|unbound| unbound.criterion.as_str() == view.id);
            "unarmed".clone_into(&mut view.state);
            view.history = unbound.map(|unbound| unbound.why.clone()).unwrap_or_default();
            continue;
        };
        let memory = watch.rule_memory(&id);
        view.reading = memory.and_then(room::RuleMemory::last).map(|last| last.seen.words.clone()).unwrap_or_default();
        let was = seen.room.alerts().get(&id);
        let (state, history) = match (watch.phase(&id), was) {
            (Phase::Firing, _) => {
                let since = memory.and_then(room::RuleMemory::since).map(at).unwrap_or_default();
                ("firing", format!("since {since}"))
            }
            (_, Some(state)) => {
                let until = state.resolved.map(at).unwrap_or_default();
                ("was", format!("was {} – {until}", at(state.fired.since)))
            }
            _ if watch.is_armed(seen.room, rule, seen.now) && watch.fresh(&id, seen.now).is_none() => {
                ("unseen", watch.why_unseen(&rule.signal, seen.now))
            }
            _ if watch.is_armed(seen.room, rule, seen.now) => ("never", "never".to_owned()),
            _ => ("unarmed", "not armed now".to_owned()),
        };
        state.clone_into(&mut view.state);
        view.history = history;
    }
    group
}
