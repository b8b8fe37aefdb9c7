//! Whether a room's file lies where something besides this laptop's disk writes or carries it: in a folder that a cloud
//! service syncs, or on a drive of the network.
//!
//! Owns: how such places are known, and the sentence. Must not know: what a room is. A service that is not known here is not
//! found: no warning is no promise.

use std::path::{Path, PathBuf};

/// Where the file lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// In a folder that a service syncs.
    Synced {
        /// The service, as people call it.
        service: &'static str,
        /// The folder.
        folder: PathBuf,
    },
    /// On a file system of the network, by its kind.
    Network {
        /// `nfs4`, `cifs`, …
        kind: String,
    },
}

/// How the folders of services are called, in small letters. One that ends in a space or a hyphen begins a longer name
/// ("OneDrive - Contoso").
const NAMES: [(&str, &str); 20] = [
    ("dropbox", "Dropbox"),
    ("dropbox ", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("onedrive ", "OneDrive"),
    ("onedrive-", "OneDrive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("googledrive-", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("cloudstorage", "a cloud service"),
    ("pclouddrive", "pCloud"),
    ("pcloud drive", "pCloud"),
    ("megasync", "MEGA"),
    ("seafile", "Seafile"),
    ("yandex.disk", "Yandex Disk"),
];

/// What services leave in the folder that they sync, and whether it is a folder itself: Dropbox has its settings in a folder
/// of the home that is called as its mark is.
const MARKS: [(&str, bool, &str); 7] = [
    (".dropbox", false, "Dropbox"),
    (".dropbox.cache", true, "Dropbox"),
    (".tmp.drivedownload", true, "Google Drive"),
    (".tmp.driveupload", true, "Google Drive"),
    (".nextcloudsync.log", false, "Nextcloud"),
    (".owncloudsync.log", false, "ownCloud"),
    (".stfolder", true, "Syncthing"),
];

/// File systems whose files lie on another computer.
const NETWORK: [&str; 16] = [
    "afs",
    "ceph",
    "cifs",
    "davfs",
    "fuse.curlftpfs",
    "fuse.davfs2",
    "fuse.glusterfs",
    "fuse.google-drive-ocamlfuse",
    "fuse.gvfsd-fuse",
    "fuse.onedriver",
    "fuse.rclone",
    "fuse.sshfs",
    "nfs",
    "nfs4",
    "smb3",
    "smbfs",
];

/// Where a file lies, where that is no good place for a room. Looks at the disk.
#[must_use]
pub(crate) fn carrier(file: &Path) -> Option<Carrier> {
    let file = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let has = |mark: &Path, is_folder: bool| {
        std::fs::metadata(mark).is_ok_and(|found| if is_folder { found.is_dir() } else { found.is_file() })
    };
    // Other systems have no such list: there names and marks are all.
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    synced(&file, has).or_else(|| network(&file, &mounts))
}

impl Carrier {
    /// What a person should know of it. `shown` is the file as they read it.
    #[must_use]
    pub(crate) fn words(&self, shown: &str, show: impl Fn(&Path) -> String) -> String {
        match self {
            Self::Synced { service, folder } => format!(
                "{shown} lies in a folder that {service} syncs ({}): a sync in the middle of a write can damage the room. \
                 Leave it, and move its file to a folder that nothing syncs.",
                show(folder)
            ),
            Self::Network { kind } => format!(
                "{shown} lies on a drive of the network ({kind}): while that is away nothing is saved, and another computer \
                 may write to the room at the same time. Leave it, and move its file to a disk of this laptop."
            ),
        }
    }
}

fn synced(file: &Path, has: impl Fn(&Path, bool) -> bool) -> Option<Carrier> {
    // The file's own name is no folder's; the outermost folder is the one that a person knows the service by.
    let folders: Vec<&Path> = file.ancestors().skip(1).collect();
    folders.into_iter().rev().find_map(|folder| {
        let name = folder.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_named = |known: &str| {
            if known.ends_with([' ', '-']) { name.starts_with(known) } else { name == known }
        };
        let by_name = NAMES.iter().find(|(known, _)| is_named(known)).map(|(_, service)| *service);
        let by_mark = || MARKS.iter().find(|(mark, is_folder, _)| has(&folder.join(mark), *is_folder));
        let service = by_name.or_else(|| by_mark().map(|(_, _, service)| *service))?;
        Some(Carrier::Synced { service, folder: folder.to_path_buf() })
    })
}

/// The kind of file system that a file lies on, where it is one of the network; by Linux' list of mounts.
fn network(file: &Path, mounts: &str) -> Option<Carrier> {
    let mut best: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let (Some(point), Some((_, rest))) = (line.split(' ').nth(4), line.split_once(" - ")) else { continue };
        let point = unescaped(point);
        let kind = rest.split(' ').next().unwrap_or_default();
        let length = point.components().count();
        // Of two mounts on one folder the later one is what is seen.
        if file.starts_with(&point) && best.is_none_or(|(known, _)| length >= known) {
            best = Some((length, kind));
        }
    }
    let (_, kind) = best?;
    NETWORK.contains(&kind).then(|| Carrier::Network { kind: kind.to_owned() })
}

/// A path of the list of mounts, in which a space stands as `\040`.
fn unescaped(text: &str) -> PathBuf {
    let mut path = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        path.push_str(before);
        let letter = after.get(..3).and_then(|digits| u8::from_str_radix(digits, 8).ok());
        path.push(letter.map_or('\\', char::from));
        rest = if letter.is_some() { after.get(3..).unwrap_or_default() } else { after };
    }
    path.push_str(rest);
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_name(file: &str) -> Option<&'static str> {
        match synced(Path::new(file), |_, _| false)? {
            Carrier::Synced { service, .. } => Some(service),
            Carrier::Network { .. } => None,
        }
    }

    #[test]
    fn folders_of_services_are_known_by_their_names() {
        for (file, service) in [
            ("/home/mk/Dropbox/day.warroom", "Dropbox"),
            ("/home/mk/Dropbox (Personal)/rooms/day.warroom", "Dropbox"),
            ("/home/mk/OneDrive - Contoso/day.warroom", "OneDrive"),
            ("/Users/mk/Library/Mobile Documents/com~apple~CloudDocs/day.warroom", "iCloud Drive"),
            ("/Users/mk/Library/CloudStorage/Box-Box/day.warroom", "a cloud service"),
            ("/home/mk/Nextcloud/day.warroom", "Nextcloud"),
        ] {
            assert_eq!(by_name(file), Some(service), "{file}");
        }
        for file in ["/home/mk/.local/share/war-room/rooms/dropbox", "/srv/onedrives/day.warroom", "/day.warroom", ""] {
            assert_eq!(by_name(file), None, "{file}");
        }
    }

    #[test]
    fn a_folder_is_known_by_what_a_service_leaves_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let rooms = folder.path().join("shared/rooms");
        std::fs::create_dir_all(&rooms).unwrap();
        // The settings of Dropbox lie in the home of everybody who has it.
        std::fs::create_dir(folder.path().join(".dropbox")).unwrap();
        assert_eq!(carrier(&rooms.join("day.warroom")), None);
        std::fs::create_dir(folder.path().join("shared/.stfolder")).unwrap();
        std::fs::write(rooms.join("day.warroom"), "").unwrap();
        let found = carrier(&rooms.join("day.warroom")).expect("it is synced");
        let shared = std::fs::canonicalize(folder.path().join("shared")).unwrap();
        assert_eq!(found, Carrier::Synced { service: "Syncthing", folder: shared });
        assert_eq!(
            found.words("~/shared/rooms/day.warroom", |_| "~/shared".to_owned()),
            "~/shared/rooms/day.warroom lies in a folder that Syncthing syncs (~/shared): a sync in the middle of a write \
             can damage the room. Leave it, and move its file to a folder that nothing syncs."
        );
    }

    #[test]
    fn a_drive_of_the_network_is_known_by_the_innermost_mount() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n\
                      40 22 0:50 / /srv/team\\040files rw,relatime shared:1 - nfs4 nas:/team rw\n\
                      41 40 8:2 / /srv/team\\040files/local rw - ext4 /dev/sdb rw\n\
                      42 22 0:51 / /srv/team\\040files/win rw - cifs //win/share rw\nnot a mount\n";
        let kind = |file: &str| match network(Path::new(file), mounts) {
            Some(Carrier::Network { kind }) => Some(kind),
            _ => None,
        };
        assert_eq!(kind("/home/mk/day.warroom"), None);
        assert_eq!(kind("/srv/team files/day.warroom").as_deref(), Some("nfs4"));
        assert_eq!(kind("/srv/team files/win/day.warroom").as_deref(), Some("cifs"));
        assert_eq!(kind("/srv/team files/local/day.warroom"), None);
        assert_eq!(kind("/srv/team files else/day.warroom"), None);
    }
}
