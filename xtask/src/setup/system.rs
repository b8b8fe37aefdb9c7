//! Packages of the system: said, then installed; where there is no apt, only said.
//!
//! Owns: the words to the person and the package manager's command line. Must not know: what the packages are for.

use anyhow::{Result, bail};

use super::needs::Need;
use super::root::{Root, Stillness};
use crate::steps::{self, say};
use crate::tree::{Tree, on_path};

/// A package manager that we know to name packages for.
struct PackageManager {
    program: &'static str,
    install: &'static str,
    packages: fn(&Need) -> &'static [&'static str],
}

const OTHERS: &[PackageManager] = &[
    PackageManager { program: "dnf", install: "sudo dnf install", packages: |need| need.dnf },
    PackageManager { program: "pacman", install: "sudo pacman -S --needed", packages: |need| need.pacman },
    PackageManager { program: "zypper", install: "sudo zypper install", packages: |need| need.zypper },
    PackageManager { program: "brew", install: "brew install", packages: |need| need.brew },
];

/// The lock may be held by the system's own updates for a while.
const APT_INSTALL: [&str; 5] = ["install", "--yes", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];

/// Installs those of `needs` that are not here. Says nothing where all of them are.
pub(crate) fn install(tree: &Tree, needs: &[Need]) -> Result<()> {
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    say("Not on this machine yet, and needed:");
    for need in &missing {
        say(&format!("  {:<24} {}", need.name(), need.why));
    }
    if on_path("apt-get").is_none() {
        return tell(&missing);
    }
    let packages = names(&missing, |need| need.apt);
    let Some(root) = Root::find() else {
        say("\nYou are not root, and there is no sudo. As root, type:");
        say(&format!("  apt-get update && apt-get install --no-install-recommends {}", packages.join(" ")));
        bail!("Then type the same command again.");
    };
    let way = match root {
        Root::Already => "with apt, as root",
        Root::Sudo => "with apt, through sudo, which may ask for your password",
    };
    say(&format!("Installing {way}: {}", packages.join(" ")));
    root.unlock()?;

    let services: Vec<&str> = missing.iter().filter_map(|need| need.service).collect();
    let stillness = if services.is_empty() { None } else { Some(Stillness::begin(tree, root)?) };
    // A list of some other source may be out of reach; whether ours are there is seen by the installation.
    steps::run(tree, "apt-get update", root.command("apt-get").arg("update"))?;
    steps::must(
        tree,
        &format!("apt-get install, {} packages and what they need", packages.len()),
        root.command("apt-get").args(APT_INSTALL).args(&packages),
    )?;
    if !services.is_empty() {
        // A package's service would start with the next boot.
        let script = format!(
            "for service in {}; do deb-systemd-helper disable \"$service.service\"; update-rc.d \"$service\" disable; done; true",
            services.join(" ")
        );
        steps::must(tree, "keep their services off", root.command("sh").args(["-c", &script]))?;
    }
    drop(stillness);

    let still = self::missing(needs);
    if let Some(need) = still.first() {
        bail!("{} is still not found after its packages ({}) were installed.", need.name(), need.apt.join(", "));
    }
    Ok(())
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().filter(|need| !need.is_met()).copied().collect()
}

/// Each package once, in the order of the list.
fn names(needs: &[Need], of: impl Fn(&Need) -> &'static [&'static str]) -> Vec<&'static str> {
    let mut names = Vec::new();
    for name in needs.iter().flat_map(|need| of(need).iter().copied()) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// There is no apt: the commands to type, and an end.
fn tell(missing: &[Need]) -> Result<()> {
    let here: Vec<&PackageManager> = OTHERS.iter().filter(|manager| on_path(manager.program).is_some()).collect();
    let shown: Vec<&PackageManager> = if here.is_empty() { OTHERS.iter().collect() } else { here };
    say("\nThis machine has no apt, and we install nothing with other package managers by ourselves. Type:");
    for manager in shown {
        let packages = names(missing, manager.packages);
        if !packages.is_empty() {
            say(&format!("  {} {}", manager.install, packages.join(" ")));
        }
        for need in missing.iter().filter(|need| (manager.packages)(need).is_empty()) {
            say(&format!(
                "  ({} has no package that we know for {}: put it on the PATH by hand)",
                manager.program,
                need.name()
            ));
        }
    }
    bail!("Then type the same command again.");
}

#[cfg(test)]
mod tests {
    use super::super::{Purpose, needs};
    use super::*;

    #[test]
    fn each_need_has_a_reason_and_a_debian_package() {
        for need in needs::of(Purpose::Window).iter().chain([&needs::npm()]) {
            assert!(!need.why.is_empty() && !need.apt.is_empty(), "{}", need.name());
        }
    }

    #[test]
    fn running_needs_no_part_of_the_tests() {
        let run: Vec<&str> = needs::of(Purpose::Run).iter().map(Need::name).collect();
        assert!(!run.contains(&"Xvfb") && !run.contains(&"prometheus"), "{run:?}");
        let quick: Vec<&str> = needs::of(Purpose::QuickTest).iter().map(Need::name).collect();
        assert!(!quick.contains(&"Xvfb") && quick.contains(&"prometheus"), "{quick:?}");
    }

    #[test]
    fn a_package_that_serves_two_needs_is_named_once() {
        let needs = needs::of(Purpose::Window);
        let names = names(&needs, |need| need.pacman);
        assert_eq!(names.iter().filter(|name| **name == "webkit2gtk-4.1").count(), 1);
    }
}
