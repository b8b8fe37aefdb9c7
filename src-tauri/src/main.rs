//! The program `war-room`.

use std::process::ExitCode;

fn main() -> ExitCode {
    war_room::main()
}
