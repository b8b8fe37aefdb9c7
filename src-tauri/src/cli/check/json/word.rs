//! The words of the file format for the plan's enumerations.

use plan::{
    Audience, ChannelKind, ItemKind, Level, MessageMoment, Operator, Origin, Place, ReferenceKind, SectionKind,
    Severity, SourceMark, Unit,
};

/// A word of the file format.
pub(super) trait Word {
    /// The word.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),* $(,)? })*) => {$(
        impl Word for $type {
            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    )*};
}

words! {
    SectionKind {
        Preparation = "preparation", Phase = "phase", Watch = "watch", Rollback = "rollback",
        Communication = "communication", Contacts = "contacts", Success = "success", Reference = "reference",
        Prose = "prose",
    }
    SourceMark { Open = "open", Claimed = "claimed", Cancelled = "cancelled", Unknown = "unknown" }
    Origin { Box = "box", Recovered = "recovered", Step = "step" }
    ItemKind { Check = "check", Gate = "gate", Hold = "hold" }
    Operator { Below = "<", AtMost = "<=", Above = ">", AtLeast = ">=", Equal = "=", Between = "between" }
    Unit {
        Ratio = "ratio", Percent = "percent", S = "s", Ms = "ms", Bytes = "bytes", Cores = "cores", Count = "count",
    }
    Severity { Critical = "critical", High = "high", Medium = "medium" }
    Place {
        Preparation = "preparation", Gate = "gate", Phase = "phase", Watch = "watch", Decision = "decision",
        Rollback = "rollback", Success = "success",
    }
    MessageMoment { Before = "before", During = "during", After = "after" }
    Audience { Team = "team", Customers = "customers", StatusPage = "status_page" }
    ChannelKind { WarRoom = "war_room", Pager = "pager", StatusPage = "status_page", Other = "other" }
    ReferenceKind { Command = "command", Link = "link", File = "file" }
    Level { Error = "error", Warning = "warning", Note = "note" }
}
