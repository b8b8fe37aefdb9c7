//! The program `war-room`.

use std::process::ExitCode;

/// Reading asks for some four thousand small places in memory, and lets go of them again: with the system's allocator
/// that takes a sixth of its time. What reading is measured with has the same, see `tests/bin/reading.rs`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    war_room::main()
}
