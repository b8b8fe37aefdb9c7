//! The settings of the laptop: `settings.toml`. Today that is the theme.
//!
//! Owns: the file's keys. What it does not know (a newer version's key, a person's comment) it leaves as it stands, and
//! a file that is broken is named with its line and never written over. Must not know: the window, the plan.

use std::path::{Path, PathBuf};
use std::{fs, io};

use toml_edit::{DocumentMut, value};

use crate::keep;
use crate::wire::Theme;

/// The settings as they were read, with what is wrong about them.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    path: PathBuf,
    theme: Theme,
    /// `None` where the file must not be written, because it could not be understood.
    document: Option<DocumentMut>,
    complaint: Option<String>,
}

impl Settings {
    /// Reads the settings. A file that is missing is no fault; every other fault is a [`Settings::complaint`], and the
    /// defaults count. `shown` is the file's path as a person reads it.
    #[must_use]
    pub(crate) fn read(path: &Path, shown: &str) -> Self {
        let mut settings = Self { path: path.to_path_buf(), theme: Theme::default(), document: None, complaint: None };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                settings.complaint = Some(format!(
                    "The settings in {shown} cannot be read ({error}); the defaults count, and the file stays as it is."
                ));
                return settings;
            }
        };
        match text.parse::<DocumentMut>() {
            Ok(document) => settings.understand(document, &text, shown),
            Err(error) => {
                let line = error.span().map_or(1, |span| line_of(&text, span.start));
                settings.complaint = Some(broken(shown, line, error.message()));
            }
        }
        settings
    }

    fn understand(&mut self, document: DocumentMut, text: &str, shown: &str) {
        match document.get("theme").map(|item| (item, item.as_str())) {
            None => {}
            Some((_, Some("dark"))) => self.theme = Theme::Dark,
            Some((_, Some("light"))) => self.theme = Theme::Light,
            Some(_) => {
                let line =
                    text.lines().position(|line| line.trim_start().starts_with("theme")).map_or(1, |index| index + 1);
                self.complaint = Some(broken(shown, line, "theme is \"dark\" or \"light\""));
                return;
            }
        }
        self.document = Some(document);
    }

    /// The colours to use.
    #[must_use]
    pub(crate) fn theme(&self) -> Theme {
        self.theme
    }

    /// What is wrong with the file, as a sentence.
    #[must_use]
    pub(crate) fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }

    /// Keeps these colours.
    ///
    /// # Errors
    /// A sentence that says why they are not kept beyond this run.
    pub(crate) fn keep_theme(&mut self, theme: Theme) -> Result<(), String> {
        self.theme = theme;
        let Some(document) = &mut self.document else {
            return Err(
                "The colours hold until the window closes: the settings file is broken and stays as it is.".to_owned()
            );
        };
        let name = match theme {
            Theme::Dark => "dark",
            Theme::Light => "light",
        };
        match document.get_mut("theme").and_then(|item| item.as_value_mut()) {
            // The comment behind the value belongs to the person who wrote it.
            Some(old) => {
                let decor = old.decor().clone();
                *old = name.into();
                *old.decor_mut() = decor;
            }
            None => {
                document.insert("theme", value(name));
            }
        }
        keep::write_private(&self.path, &document.to_string()).map_err(|error| {
            format!("The colours hold until the window closes: the settings cannot be written ({error}).")
        })
    }
}

fn broken(shown: &str, line: usize, why: &str) -> String {
    let why = why.lines().next().unwrap_or("it is no TOML");
    format!("{shown}:{line}: {why}; the defaults count until it is mended, and the file stays as it is.")
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(text: &str) -> (tempfile::TempDir, PathBuf, Settings) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.toml");
        fs::write(&path, text).unwrap();
        let settings = Settings::read(&path, "~/settings.toml");
        (folder, path, settings)
    }

    #[test]
    fn what_is_not_known_and_what_was_remarked_stay() {
        let (_folder, path, mut settings) =
            kept("# mine\ndevice = \"x\"\ntheme = \"dark\" # at night\n[later]\na = 1\n");
        settings.keep_theme(Theme::Light).unwrap();
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            "# mine\ndevice = \"x\"\ntheme = \"light\" # at night\n[later]\na = 1\n"
        );
        assert_eq!(Settings::read(&path, "").theme(), Theme::Light);
    }

    #[test]
    fn a_theme_is_put_above_the_tables() {
        let (_folder, path, mut settings) = kept("[later]\na = 1\n");
        settings.keep_theme(Theme::Light).unwrap();
        assert_eq!(Settings::read(&path, "").theme(), Theme::Light);
    }

    #[test]
    fn a_broken_file_is_named_with_its_line_and_left_alone() {
        let text = "device = \"x\"\ntheme = = \"light\"\n";
        let (_folder, path, mut settings) = kept(text);
        assert!(settings.complaint().unwrap().starts_with("~/settings.toml:2: "), "{:?}", settings.complaint());
        assert!(settings.keep_theme(Theme::Light).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn an_unknown_theme_is_named_and_left_alone() {
        let (_folder, path, mut settings) = kept("\ntheme = \"sepia\"\n");
        assert!(settings.complaint().unwrap().starts_with("~/settings.toml:2: theme is"));
        assert!(settings.keep_theme(Theme::Light).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "\ntheme = \"sepia\"\n");
    }

    #[test]
    fn no_file_is_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::read(&folder.path().join("new/settings.toml"), "");
        assert_eq!((settings.theme(), settings.complaint()), (Theme::Dark, None));
        settings.keep_theme(Theme::Light).unwrap();
    }
}
