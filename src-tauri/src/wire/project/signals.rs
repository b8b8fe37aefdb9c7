//! The signals' page: what is asked, which commands are armed, what could be observed besides.

use std::path::Path;
use std::time::Duration;

use plan::config::{BoundBy, Config, ProbeKind};
use plan::{Proposal, Proposals};
use room::{Room, Signal};

use super::times::on_the_wall;
use super::watch::{all_signals, asked_by, asks, expected};
use super::words::{counted, length, small};
use crate::armed::Armed;
use crate::watching::Watching;
use crate::wire::{CommandProbeView, ProposalView, SignalView, SignalsView, UnproposedView};

/// In what a command probe runs, as the probes run it.
const SHELL: &str = "bash -u -o pipefail";

/// What the page is made of besides the room.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watched<'a> {
    /// What the plan's own links and commands could observe.
    pub(crate) proposals: &'a Proposals,
    /// The commands that run.
    pub(crate) armed: &'a Armed,
    /// The folder of the settings.
    pub(crate) folder: &'a Path,
    /// The file of the settings as a person reads it.
    pub(crate) file: &'a str,
    /// The watch, where there is one.
    pub(crate) watching: Option<&'a Watching>,
}

/// The page.
pub(crate) fn signals(room: &Room, watched: &Watched<'_>) -> SignalsView {
    let signals: Vec<SignalView> = all_signals(room).iter().map(|signal| signal_view(room, signal, watched)).collect();
    let is_open = room.closed().is_none();
    // A closed room asks nobody: what was decided stays to be seen.
    let proposals: Vec<ProposalView> = watched
        .proposals
        .proposals
        .iter()
        .filter_map(|proposal| proposal_view(room, proposal))
        .filter(|proposal| is_open || proposal.state != "open")
        .collect();
    let not_armed =
        signals.iter().filter_map(|signal| signal.command.as_ref()).filter(|command| is_open && !command.armed).count();
    let open = proposals.iter().filter(|proposal| proposal.state == "open").count();
    let unproposed = watched.proposals.unproposed.iter().map(|one| UnproposedView {
        text: one.text.clone(),
        line: small(one.line),
        why: one.why.clone(),
    });
    let mut words =
        vec![if signals.is_empty() { "nothing asked".to_owned() } else { format!("{} asked", signals.len()) }];
    if not_armed > 0 {
        words.push(format!("{} not armed", counted(not_armed, "command", "commands")));
    }
    if open > 0 {
        words.push(counted(open, "proposal", "proposals"));
    }
    SignalsView {
        words: words.join(" · "),
        not_armed: small(not_armed),
        open: small(open),
        unproposed: unproposed.collect(),
        settings: settings_text(room),
        file: watched.file.to_owned(),
        signals,
        proposals,
    }
}

/// What was accepted, as the settings write it: each draft once, in the order in which they were accepted.
pub(crate) fn settings_text(room: &Room) -> String {
    let mut probes: Vec<&str> = Vec::new();
    let mut parts: Vec<&str> = Vec::new();
    for binding in room.bindings() {
        // Two checks may be observed by one probe, which stands in the settings once.
        let (probe, bind) = binding.accepted.draft.split_at(binding.accepted.draft.find("[[bind]]").unwrap_or(0));
        if !probe.trim().is_empty() && !probes.contains(&probe) {
            probes.push(probe);
            parts.push(probe.trim_end());
        }
        parts.push(bind.trim_end());
    }
    if parts.is_empty() { String::new() } else { format!("{}\n", parts.join("\n\n")) }
}

fn signal_view(room: &Room, signal: &Signal, watched: &Watched<'_>) -> SignalView {
    let config = room.config();
    let (every, timeout) = paced(config, signal);
    let kind = match signal {
        Signal::Metric(_) => None,
        Signal::Probe(name) => config.probes.get(name).and_then(|probe| probe.kind.as_ref()),
    };
    let mut observes: Vec<String> = Vec::new();
    for rule in watched.watching.iter().flat_map(|watching| watching.watch.book().rules_of(signal)) {
        if !observes.contains(&rule.text) {
            observes.push(rule.text.clone());
        }
    }
    let accepted = room.bindings().iter().rev().find(|binding| match (&binding.by, signal) {
        (BoundBy::Probe(name), Signal::Probe(known)) => name == known && !room.own_config().probes.contains_key(name),
        _ => false,
    });
    let said =
        accepted.map(|binding| format!("accepted by {} · {}", binding.actor, on_the_wall(binding.at, room.resolved())));
    SignalView {
        id: signal.name().to_owned(),
        name: signal.name().to_owned(),
        observer: asked_by(config, signal),
        asks: asks(config, signal),
        pace: pace(every, timeout),
        expects: kind.map(expected).unwrap_or_default(),
        observes,
        proposal: accepted.map(|binding| binding.accepted.proposal.clone()).unwrap_or_default(),
        said: said.unwrap_or_default(),
        command: match kind {
            Some(ProbeKind::Command { command, .. }) => {
                Some(command_view(room, signal.name(), command, (every, timeout), watched))
            }
            _ => None,
        },
    }
}

fn command_view(
    room: &Room,
    probe: &str,
    command: &str,
    (every, timeout): (Duration, Duration),
    watched: &Watched<'_>,
) -> CommandProbeView {
    let armed = watched.armed.contains(&(probe.to_owned(), command.to_owned()));
    let known = room.armed().get(probe);
    let by = known.map(|known| format!("by {} · {}", known.actor, on_the_wall(known.at, room.resolved())));
    let words = match (armed, known, by) {
        (true, _, Some(by)) => format!("Armed {by}"),
        (_, Some(known), Some(by)) if known.is_another => {
            format!("Not armed: it was armed {by}, for another text than this")
        }
        (false, Some(_), Some(by)) => {
            format!("Not armed here: it was armed {by}, on another laptop or from another window than this one")
        }
        _ => "Not armed: it does not run".to_owned(),
    };
    CommandProbeView {
        digest: plan::config::digest(command),
        armed,
        words,
        folder: watched.folder.display().to_string(),
        shell: SHELL.to_owned(),
        every: format!("every {}", span(every)),
        limit: format!("ended after {}", span(timeout)),
    }
}

/// A proposal, where it is still to be decided or was; nothing where something else observes its check by now.
fn proposal_view(room: &Room, proposal: &Proposal) -> Option<ProposalView> {
    let of_item = room.bindings().iter().find(|binding| binding.accepted.item == proposal.item);
    // A checklist that was edited may give a proposal another name; what was accepted is known by what it says.
    let accepted =
        of_item.filter(|binding| binding.accepted.proposal == proposal.id || binding.accepted.draft == proposal.draft);
    if of_item.is_some() && accepted.is_none() {
        return None;
    }
    let state = match accepted {
        Some(_) => "accepted",
        None if room.is_dropped(&proposal.id) => "dropped",
        None => "open",
    };
    let probe = proposal.probe.as_ref();
    let mut config = room.own_config().clone();
    let signal = match &proposal.by {
        BoundBy::Metric(name) => Signal::Metric(name.clone()),
        BoundBy::Probe(name) => {
            if let Some(probe) = probe {
                config.probes.insert(name.clone(), probe.clone());
            }
            Signal::Probe(name.clone())
        }
    };
    let (every, timeout) = paced(&config, &signal);
    let kind = match &signal {
        Signal::Probe(name) => config.probes.get(name).and_then(|probe| probe.kind.as_ref()),
        Signal::Metric(_) => None,
    };
    Some(ProposalView {
        // Accepted under an earlier name, it is taken back under that.
        id: accepted.map_or(&proposal.id, |binding| &binding.accepted.proposal).clone(),
        digest: plan::config::digest(&proposal.draft),
        state: state.to_owned(),
        text: proposal.text.clone(),
        line: small(proposal.line),
        observer: asked_by(&config, &signal),
        asks: asks(&config, &signal),
        pace: pace(every, timeout),
        expects: kind.map(expected).unwrap_or_default(),
        reason: proposal.reason.clone(),
        reason_line: small(proposal.reason_line),
        caveat: proposal.caveat.clone(),
        draft: proposal.draft.clone(),
        is_command: matches!(kind, Some(ProbeKind::Command { .. })),
        said: accepted
            .map(|binding| format!("{} · {}", binding.actor, on_the_wall(binding.at, room.resolved())))
            .unwrap_or_default(),
    })
}

fn paced(config: &Config, signal: &Signal) -> (Duration, Duration) {
    let known = match signal {
        Signal::Metric(name) => {
            let source = config.metrics.get(name).and_then(|metric| config.sources.get(&metric.source));
            source.map(|source| (source.every, source.timeout))
        }
        Signal::Probe(name) => config.probes.get(name).map(|probe| (probe.every, probe.timeout)),
    };
    known.unwrap_or((plan::config::EVERY, plan::config::TIMEOUT))
}

fn pace(every: Duration, timeout: Duration) -> String {
    format!("every {}, within {}", span(every), span(timeout))
}

/// "5 s", "500 ms".
fn span(time: Duration) -> String {
    if time.subsec_millis() == 0 { length(time.as_secs()) } else { format!("{} ms", time.as_millis()) }
}
