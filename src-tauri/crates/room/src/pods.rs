//! Pods where nothing observes them: a condition of a gate that speaks of them is met by a person's count.

use plan::{Gate, Item, Plan};

use crate::refusal::Refusal;

/// A condition that asks for how many pods are ready.
#[derive(Debug, Clone, Copy)]
pub struct Ready<'plan> {
    /// Its words.
    pub condition: &'plan str,
    /// Its gate.
    pub gate: &'plan Gate,
}

/// Whether a check is a condition that asks for how many pods are ready, and of which gate.
#[must_use]
pub fn asked<'plan>(plan: &'plan Plan, item: &'plan Item) -> Option<Ready<'plan>> {
    if !item.choices.is_empty() || !item.fields.is_empty() {
        return None;
    }
    let text = item.text.to_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphanumeric()).collect();
    let says = |known: &[&str]| known.iter().any(|word| words.contains(word));
    let speaks_of_pods = says(&["pod", "pods", "replica", "replicas", "instances"]);
    let is_ready = says(&["healthy", "ready", "running", "available"]);
    let gate = plan.gates.iter().find(|gate| gate.conditions.contains(&item.id))?;
    (speaks_of_pods && is_ready).then_some(Ready { condition: &item.text, gate })
}

impl Ready<'_> {
    /// Whether what was seen is a count that says that all are ready.
    pub(crate) fn hold_against(self, saw: &str) -> Result<(), Refusal> {
        match count(saw) {
            Some((ready, all)) if all == 0 || ready < all => {
                Err(Refusal::ConditionNotMet { saw: saw.to_owned(), condition: self.condition.to_owned() })
            }
            Some(_) => Ok(()),
            None => Err(Refusal::SayHowMany { condition: self.condition.to_owned() }),
        }
    }
}

/// "3/3", "3 of 7 ready": how many of how many.
fn count(saw: &str) -> Option<(u64, u64)> {
    let (ready, all) = saw.split_once('/').or_else(|| saw.split_once(" of "))?;
    let number = |words: &str| words.parse::<u64>().ok();
    let ready = number(ready.split_whitespace().next_back()?)?;
    let all = number(all.split_whitespace().next()?.trim_end_matches([',', '.', ';']))?;
    Some((ready, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_how_many_of_how_many() {
        assert_eq!(count("3/3"), Some((3, 3)));
        assert_eq!(count("ready 3/7, 4 old"), Some((3, 7)));
        assert_eq!(count("2 of 3 ready"), Some((2, 3)));
        assert_eq!(count("all of them"), None);
        assert_eq!(count("3"), None);
    }
}
