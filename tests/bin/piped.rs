//! The program's own controller, disk and watch behind two pipes in place of a window, for a test that kills it
//! (`src-tauri/src/piped.rs` says how it is spoken to).

use std::process::ExitCode;

fn main() -> ExitCode {
    war_room::piped::main()
}
