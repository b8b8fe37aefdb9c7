//! Saving what a room holds elsewhere: the window names the kind, the desktop asks where, and the file is made from the room's
//! file on disk beside all else that goes on.

use std::path::{Path, PathBuf};

use super::question::Question;
use super::{Controller, Effect, Open, Out, refused};
use crate::device_key::DeviceKey;
use crate::exporting::{self, By};
use crate::wire::project::{self, export_title};
use crate::wire::{ExportKind, ExportsView, Problem};

/// What is being saved, and what was.
#[derive(Debug, Default)]
pub(super) struct Exporting {
    under_way: Option<ExportKind>,
    /// Of which room, and in which words.
    saved: Option<(PathBuf, String)>,
    count: u32,
}

/// What is to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ToExport {
    /// What.
    pub(crate) kind: ExportKind,
    /// The room's file.
    pub(crate) room: PathBuf,
    /// The name that is proposed.
    pub(crate) name: String,
    /// Who exports it.
    pub(crate) who: String,
    /// The key that signs an archive.
    pub(crate) key: DeviceKey,
}

/// What came of it; `None` where the desktop's question was closed.
pub(crate) type ExportOutcome = Option<Result<(PathBuf, String), String>>;

impl Controller {
    /// Asks the desktop where to save it.
    pub(super) fn export(&mut self, kind: ExportKind, out: &mut Out) -> Result<(), Problem> {
        let login = self.laptop.login.clone();
        let key = DeviceKey::of(self.laptop.paths.data(), self.laptop.keychain.clone());
        let live = self.room()?;
        let to_export = ToExport {
            kind,
            room: live.path().to_path_buf(),
            name: exporting::file_name(live.room(), kind),
            who: live.room().actor().map_or(login, str::to_owned),
            key,
        };
        self.asking.begin(Question::Save(kind))?;
        if let Some(kind) = self.exporting.under_way {
            self.asking.end();
            return Err(refused(&format!("“{}” is being saved: wait until it is.", export_title(kind))));
        }
        self.exporting.under_way = Some(kind);
        out.effects.push(Effect::Export(Box::new(to_export)));
        Ok(())
    }

    /// It was saved, or was not.
    pub(super) fn exported(&mut self, to_export: &ToExport, outcome: ExportOutcome) {
        self.exporting.under_way = None;
        match outcome {
            None => {}
            Some(Err(why)) => self.problem = Some(refused(&why)),
            Some(Ok((path, words))) => {
                let shown = self.laptop.paths.shown(&path);
                let words = if words.is_empty() { String::new() } else { format!(" {words}") };
                let saved = format!("{} saved to {shown}.{words}", export_title(to_export.kind));
                self.exporting.saved = Some((to_export.room.clone(), saved));
                self.exporting.count = self.exporting.count.saturating_add(1);
            }
        }
    }

    /// What can be saved of the room that is open.
    pub(super) fn exports(&self) -> Option<ExportsView> {
        let Open::Room(live) = &self.open else { return None };
        let saved = self.exporting.saved.as_ref().filter(|(room, _)| room == live.path());
        Some(ExportsView {
            exports: project::exports(),
            under_way: self.exporting.under_way,
            is_asked: self.asking.is_where(),
            saved: saved.map(|(_, words)| words.clone()).unwrap_or_default(),
            count: self.exporting.count,
            note: project::EXPORTS_NOTE.to_owned(),
        })
    }
}

/// Writes it where a person said. The desktop asked before it named a file that is there already.
pub(super) fn write(to_export: &ToExport, by: &By, path: &Path) -> Result<(PathBuf, String), String> {
    let written = exporting::to_file(to_export.kind, &to_export.room, by, path, false);
    let shown = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match written {
        Ok(exported) => Ok((path.to_path_buf(), exported.words)),
        Err(fault) => Err(fault.words(&shown)),
    }
}
