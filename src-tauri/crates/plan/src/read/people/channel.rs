//! Where people meet or are paged: chat channels, pagers, status pages, bridges.

use crate::model::ChannelKind;
use crate::read::words;

/// The kind of a place by its name.
pub(super) fn kind(name: &str) -> Option<ChannelKind> {
    let lower = name.to_lowercase();
    Some(if words::has_any(&lower, &["war room", "war-room", "warroom", "incident channel"]) {
        ChannelKind::WarRoom
    } else if words::has_any(&lower, &["pagerduty", "pager", "opsgenie", "on-call schedule", "pager schedule"]) {
        ChannelKind::Pager
    } else if words::has_any(&lower, &["status page", "statuspage"]) {
        ChannelKind::StatusPage
    } else if words::has_any(
        &lower,
        &["channel", "slack", "zoom", "bridge", "teams", "discord", "mailing list", "distribution"],
    ) {
        ChannelKind::Other
    } else {
        return None;
    })
}

/// The kind of a place by its address.
pub(super) fn kind_of_address(address: &str) -> Option<ChannelKind> {
    let rest = address.split_once("://")?.1;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_lowercase();
    let ends = |name: &str| host == name || host.ends_with(&format!(".{name}"));
    Some(if ["pagerduty.com", "opsgenie.com", "victorops.com"].iter().any(|name| ends(name)) {
        ChannelKind::Pager
    } else if host.starts_with("status.")
        || ["statuspage.io", "instatus.com", "statuspal.io"].iter().any(|name| ends(name))
    {
        ChannelKind::StatusPage
    } else if ends("meet.google.com")
        || ends("whereby.com")
        || ends("zoom.us")
        || ends("webex.com")
        || ends("teams.microsoft.com") && path.starts_with("l/")
    {
        ChannelKind::WarRoom
    } else if ends("slack.com") && path.starts_with("archives/")
        || ends("discord.gg")
        || ends("discord.com") && path.starts_with("channels/")
        || ends("matrix.to")
        || ends("t.me")
        || ends("zulipchat.com") && path.starts_with("#narrow")
    {
        ChannelKind::Other
    } else {
        return None;
    })
}

/// The chat channels that a text names: `#ops`. A number, a colour or an anchor is none.
pub(super) fn hashes(text: &str) -> impl Iterator<Item = String> {
    let tokens =
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | '[' | ']' | '"' | '*' | '`'));
    tokens.filter_map(|token| {
        let name = token.strip_prefix('#')?.trim_end_matches(['.', ':', '!', '?', '\'']);
        let is_colour = matches!(name.len(), 3 | 6 | 8) && name.chars().all(|c| c.is_ascii_hexdigit());
        let is_channel = name.chars().count() > 1
            && name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
            && !is_colour;
        is_channel.then(|| format!("#{name}"))
    })
}

/// Whether a line speaks of a chat, so that `#ops` in it is a channel.
pub(super) fn speaks_of_chat(plain: &str) -> bool {
    words::has_any(
        plain,
        &[
            "slack",
            "channel",
            "channels",
            "discord",
            "zulip",
            "mattermost",
            "teams",
            "chat",
            "irc",
            "post",
            "posted",
            "announce",
            "announced",
            "notify",
            "message",
            "thread",
            "war room",
            "communicate",
            "update",
            "kanal",
            "канал",
            "canal",
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_by_their_address() {
        let kind = |address| kind_of_address(address);
        assert_eq!(kind("https://harbour.pagerduty.com/schedules"), Some(ChannelKind::Pager));
        assert_eq!(kind("https://status.harbour.example"), Some(ChannelKind::StatusPage));
        assert_eq!(kind("https://harbour.zoom.us/j/1"), Some(ChannelKind::WarRoom));
        assert_eq!(kind("https://harbour.slack.com/archives/C1"), Some(ChannelKind::Other));
        assert_eq!(kind("https://grafana.harbour.example"), None);
        assert_eq!(kind("https://notpagerduty.com"), None);
    }

    #[test]
    fn a_channel_is_told_from_numbers_colours_and_anchors() {
        let found: Vec<_> = hashes("post in #ops-team, see #123 (#fff) x#y and #general.").collect();
        assert_eq!(found, ["#ops-team", "#general"]);
    }
}
