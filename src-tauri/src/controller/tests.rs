//! The controller with a clock of our own and no desktop.
