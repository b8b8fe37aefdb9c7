//! Whole behaviours in one binary: the house rules, the command line, the checklists of other teams.

mod cli;
mod corpus;
mod tidy;
