//! What only the finished plan shows: each family of findings in a file of its own.

mod boxes;
mod criteria;
mod people;
mod rollback;
mod times;

use super::notes::Notes;
use super::when::Heard;
use crate::model::Plan;

/// Looks at the finished plan.
pub(crate) fn read(plan: &Plan, headings: &[(usize, Heard)], notes: &mut Notes<'_>) {
    boxes::read(plan, notes);
    criteria::read(plan, notes);
    people::read(plan, notes);
    rollback::read(plan, notes);
    times::read(plan, headings, notes);
}
