//! What follows the deployment: go-live, rounds of what repeats, success, who has the room, and how it is closed.

use jiff::Timestamp;
use plan::ItemId;
use serde::{Deserialize, Serialize};

use super::is_nought;
use crate::alert::Seen;

/// A person declared go-live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoLiveDeclared {
    /// Why, where something spoke against it; empty where nothing did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What was not passed, not settled or burning then, each in words, as the person was shown it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// A person declared success.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuccessDeclared {
    /// Why, where something is not met; empty where all is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The criteria that were met then, with how that is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<String>,
    /// What was not met, unproven or not observed then, each in words, as the person was shown it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}

/// Names a round: one time at which something that repeats is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoundKey {
    /// What repeats: the id of its section, or of its item where that alone repeats.
    pub routine: String,
    /// When it is due.
    pub due: Timestamp,
}

/// What a person says of a check in a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub enum RoundSaid {
    /// It is done.
    Done {
        /// What they saw, where the check asks for it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        saw: Option<String>,
    },
    /// It is passed against what is seen. Never looks done.
    Overridden {
        /// Why.
        reason: String,
    },
    /// It waits for the next round. Never looks done.
    Deferred {
        /// Why.
        reason: String,
    },
    /// It does not apply to this round.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

/// A signal at the moment at which a round was finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundReading {
    /// The signal's name in the settings.
    pub signal: String,
    /// "Error rate".
    pub name: String,
    /// What was seen; `None` where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// Why nothing was seen; empty where something was.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unseen: String,
}

/// A check of a round was settled. The last one of a round finishes it, and takes with it what was seen then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundTicked {
    /// The round.
    pub round: RoundKey,
    /// The check.
    pub item: ItemId,
    /// What is said of it.
    pub said: RoundSaid,
    /// What finished the round; `None` while checks of it are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<RoundFinished>,
}

/// How a round was finished.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundFinished {
    /// By how many seconds it came late; 0 for one within its grace.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub late_s: u64,
    /// What was seen then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<RoundReading>,
}

/// Rounds whose next one was due before anybody did anything of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundsMissed {
    /// What was missed of each routine.
    pub runs: Vec<MissedRun>,
}

/// Rounds of one routine that were missed one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedRun {
    /// [`RoundKey::routine`].
    pub routine: String,
    /// When the first was due.
    pub from: Timestamp,
    /// When the last was due.
    pub to: Timestamp,
    /// How many.
    pub count: u64,
}

/// A person says why rounds were missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundsExplained {
    /// Them.
    pub runs: Vec<MissedRun>,
    /// Why.
    pub reason: String,
}

/// The first signature: a person hands the room over. It stays theirs until the second one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedOver {
    /// Who is to take it: initials.
    pub to: String,
    /// Who had it, where that is somebody else than who signs; empty otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub had_by: String,
}

/// The second signature: whoever it was handed to takes the room, and acts from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenOver {
    /// Who takes it: initials. The act is theirs, whoever acted before.
    pub by: String,
    /// Who signed first.
    pub from: String,
    /// The number of that event.
    pub signed: u64,
    /// The checklist's own handoffs that are finished with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub finished: Vec<RoundKey>,
    /// The checks of these of which nobody said anything, each in its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
    /// What was seen then.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<RoundReading>,
}

/// A person closed the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomClosed {
    /// How it ended, in words.
    pub outcome: String,
    /// What was left open then, each in words, as the person was shown it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<String>,
}
