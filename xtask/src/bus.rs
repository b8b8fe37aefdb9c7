//! A message bus on which nothing is started by itself: no notification service of this machine comes in where a test has none.
//!
//! Owns: the bus's settings, and how a command gets it. Must not know: which command.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::tree::Tree;

/// The usual session bus without its folders of services.
const SETTINGS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// What runs the command that is put behind it on a bus of its own.
pub(crate) fn run_command(tree: &Tree) -> Result<Command> {
    let folder = tree.target().join("xtask");
    let path = folder.join("bus.conf");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&path, SETTINGS))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    let mut command = Command::new("dbus-run-session");
    command.arg(format!("--config-file={}", path.display())).arg("--");
    Ok(command)
}
