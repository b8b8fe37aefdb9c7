//! Prints the TypeScript of the wire's types, for `cargo xtask bindings`.

use std::io::{self, Write};

fn main() -> io::Result<()> {
    io::stdout().write_all(war_room::wire::bindings().as_bytes())
}
