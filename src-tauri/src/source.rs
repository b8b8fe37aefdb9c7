//! Reading a checklist file and the `war-room.toml` beside it.
//!
//! Owns: every way in which a file cannot be read, each as one sentence that names the file and how to mend it. Must not
//! know: what the text means, who asks.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use plan::config::{self, Config, Mistake};
use plan::{Finding, Level, Plan, Range};

/// The largest file that is read: a checklist is written by people, and what is larger is something else.
pub(crate) const LARGEST_BYTES: u64 = 16 * 1024 * 1024;

/// The name of the settings beside a checklist.
pub(crate) const SETTINGS: &str = "war-room.toml";

/// The code of findings about the settings, whose places are lines of `war-room.toml` and not of the checklist.
pub(crate) const SETTINGS_CODE: &str = "SET-01";

/// A checklist's text with the settings beside it.
#[derive(Debug)]
pub(crate) struct Source {
    /// The text, without a byte order mark.
    pub(crate) text: String,
    /// The text of the settings, where there is a file.
    pub(crate) settings: Option<String>,
    /// The settings of the plan; the defaults where there is no file.
    pub(crate) config: Config,
    /// What is to be said about the settings, whatever the checklist is.
    notes: Vec<Finding>,
}

impl Source {
    /// The plan, with what is to be said about it and about its settings.
    #[must_use]
    pub(crate) fn plan(&self) -> (Plan, Vec<Finding>) {
        let (plan, mut findings) = plan::read(&self.text, &self.config);
        findings.extend(self.notes.iter().cloned());
        findings.extend(unmatched(&self.config, &plan).map(note));
        (plan, findings)
    }
}

/// Why a checklist cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourceError {
    path: PathBuf,
    fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    Missing,
    Folder,
    Special,
    Empty,
    Forbidden,
    TooLarge { bytes: Option<u64> },
    Utf16,
    NotUtf8 { line: usize, byte: u8 },
    System { words: String },
    Settings { mistakes: Vec<Mistake> },
}

impl SourceError {
    fn new(path: &Path, fault: Fault) -> Self {
        Self { path: path.to_path_buf(), fault }
    }

    /// Whether there is no such file.
    #[must_use]
    pub(crate) fn is_missing(&self) -> bool {
        self.fault == Fault::Missing
    }

    /// One sentence that names the file, written as `shown` writes paths, and how to mend it.
    #[must_use]
    pub(crate) fn sentence(&self, shown: impl Fn(&Path) -> String) -> String {
        let file = shown(&self.path);
        match &self.fault {
            Fault::Missing => format!("There is no file {file}: check its name and its folder."),
            Fault::Folder => format!("{file} is a folder: name the Markdown file inside it."),
            Fault::Special => format!("{file} is no ordinary file: save the checklist as a file and name that."),
            Fault::Empty => format!("{file} is empty: a checklist needs at least a heading or a box."),
            Fault::Forbidden => {
                format!("{file} may not be read by you: have its owner allow it, for example with chmod.")
            }
            Fault::TooLarge { bytes: Some(bytes) } => format!(
                "{file} is {} MiB large, and up to 16 MiB are read: split it, or take out what is no checklist.",
                mebibytes(*bytes)
            ),
            Fault::TooLarge { bytes: None } => {
                format!("{file} is larger than 16 MiB: split it, or take out what is no checklist.")
            }
            Fault::Utf16 => format!("{file}, line 1, is UTF-16 and not UTF-8: save the file as UTF-8."),
            Fault::NotUtf8 { line, byte } => {
                format!("{file}, line {line}, holds the byte 0x{byte:02X}, which is no UTF-8: save the file as UTF-8.")
            }
            Fault::System { words } => {
                format!("{file} cannot be read ({words}): check the disk or the network folder.")
            }
            Fault::Settings { mistakes } => match mistakes.first() {
                Some(mistake) => mistake.sentence(&file),
                None => format!("{file} has a mistake."),
            },
        }
    }

    /// What else is to be said: the further mistakes of the settings.
    #[must_use]
    pub(crate) fn detail(&self, shown: impl Fn(&Path) -> String) -> Option<String> {
        let Fault::Settings { mistakes } = &self.fault else {
            return None;
        };
        let file = shown(&self.path);
        let lines: Vec<_> = mistakes.iter().skip(1).map(|mistake| mistake.sentence(&file)).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    }
}

/// Mebibytes with one decimal, rounded up so that what is refused never reads as the limit itself.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1024 * 1024);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Reads a checklist and the settings beside it.
///
/// # Errors
/// Why it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Source, SourceError> {
    let text = read_text(path)?;
    if text.trim().is_empty() {
        return Err(SourceError::new(path, Fault::Empty));
    }
    let settings = path.with_file_name(SETTINGS);
    let (settings, (config, notes)) = match read_text(&settings) {
        Ok(text) => {
            let understood = understand(&settings, &text)?;
            (Some(text), understood)
        }
        Err(error) if error.fault == Fault::Missing => (None, (Config::default(), Vec::new())),
        Err(error) => return Err(error),
    };
    Ok(Source { text, settings, config, notes })
}

fn read_text(path: &Path) -> Result<String, SourceError> {
    let fail = |fault| SourceError::new(path, fault);
    let system = |error: io::Error| fail(Fault::of(&error));
    // Asked before the file is opened: opening a pipe that nobody writes to would wait for ever.
    let about = fs::metadata(path).map_err(system)?;
    if about.is_dir() {
        return Err(fail(Fault::Folder));
    }
    if !about.is_file() {
        return Err(fail(Fault::Special));
    }
    if about.len() > LARGEST_BYTES {
        return Err(fail(Fault::TooLarge { bytes: Some(about.len()) }));
    }
    let mut bytes = Vec::new();
    File::open(path).map_err(system)?.take(LARGEST_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(fail(Fault::TooLarge { bytes: None }));
    }
    decode(bytes).map_err(fail)
}

fn decode(bytes: Vec<u8>) -> Result<String, Fault> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Fault::Utf16);
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        Fault::NotUtf8 {
            line: bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1,
            byte: bytes.get(valid).copied().unwrap_or_default(),
        }
    })?;
    match text.strip_prefix('\u{FEFF}') {
        Some(rest) => Ok(rest.to_owned()),
        None => Ok(text),
    }
}

impl Fault {
    fn of(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Forbidden,
            io::ErrorKind::IsADirectory => Self::Folder,
            _ => Self::System { words: error.to_string() },
        }
    }
}

/// The settings, and what is worth knowing about them. Any error in them refuses the checklist: a setting that was
/// meant and is not in force would mislead the whole day.
fn understand(path: &Path, text: &str) -> Result<(Config, Vec<Finding>), SourceError> {
    let (config, mistakes) = config::parse(text);
    let (errors, rest): (Vec<_>, Vec<_>) = mistakes.into_iter().partition(|mistake| mistake.level == Level::Error);
    if !errors.is_empty() {
        return Err(SourceError::new(path, Fault::Settings { mistakes: errors }));
    }
    let notes = rest.into_iter().map(note).collect();
    Ok((config, notes))
}

/// What is to be said about settings that a room keeps, for its plan: they were in force when it was made.
#[must_use]
pub(crate) fn notes(settings: Option<&str>, plan: &Plan) -> Vec<Finding> {
    let Some(text) = settings else { return Vec::new() };
    let (config, mistakes) = config::parse(text);
    mistakes.into_iter().chain(unmatched(&config, plan)).map(note).collect()
}

/// What the settings say of things that the plan does not have.
fn unmatched(config: &Config, plan: &Plan) -> impl Iterator<Item = Mistake> {
    config::unmatched_binds(config, plan).into_iter().chain(config::unmatched_durations(config, plan))
}

fn note(mistake: Mistake) -> Finding {
    Finding {
        code: SETTINGS_CODE,
        severity: mistake.level,
        range: Range { line: mistake.line, column: mistake.column, end_line: mistake.line, end_column: mistake.column },
        message: mistake.message,
        mend: mistake.mend,
        fixable: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said when `plan.md` holds `bytes`.
    fn said(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.md");
        fs::write(&path, bytes).unwrap();
        sentence(&path)
    }

    fn sentence(path: &Path) -> String {
        read(path).unwrap_err().sentence(|path| path.file_name().unwrap().to_string_lossy().into_owned())
    }

    #[test]
    fn each_fault_is_one_sentence_that_names_the_file() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            sentence(&folder.path().join("plan.md")),
            "There is no file plan.md: check its name and its folder."
        );
        fs::create_dir(folder.path().join("plans")).unwrap();
        assert_eq!(sentence(&folder.path().join("plans")), "plans is a folder: name the Markdown file inside it.");
        assert_eq!(said(b" \n\n"), "plan.md is empty: a checklist needs at least a heading or a box.");
        assert_eq!(
            said(b"# Plan\n\n- [ ] caf\xE9\n"),
            "plan.md, line 3, holds the byte 0xE9, which is no UTF-8: save the file as UTF-8."
        );
        assert_eq!(said(b"\xFF\xFE#\0"), "plan.md, line 1, is UTF-16 and not UTF-8: save the file as UTF-8.");
        assert_eq!(
            sentence(Path::new("/dev/null")),
            "null is no ordinary file: save the checklist as a file and name that."
        );
    }

    #[test]
    fn a_large_file_is_refused_before_it_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.md");
        let file = File::create(&path).unwrap();
        file.set_len(17 * 1024 * 1024).unwrap();
        assert_eq!(
            sentence(&path),
            "plan.md is 17.0 MiB large, and up to 16 MiB are read: split it, or take out what is no checklist."
        );
        file.set_len(LARGEST_BYTES + 1).unwrap();
        assert!(sentence(&path).contains("16.1 MiB"));
    }

    #[test]
    fn what_the_system_forbids_is_said_in_words() {
        let forbidden = Fault::of(&io::Error::from(io::ErrorKind::PermissionDenied));
        let error = SourceError::new(Path::new("plan.md"), forbidden);
        assert_eq!(
            error.sentence(|path| path.display().to_string()),
            "plan.md may not be read by you: have its owner allow it, for example with chmod."
        );
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBF# Plan".to_vec()), Ok("# Plan".to_owned()));
    }

    #[test]
    fn an_unknown_key_is_named_with_file_and_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.md");
        fs::write(&path, "# Plan\n").unwrap();
        fs::write(folder.path().join(SETTINGS), "version = 1\n[plan]\nservce = \"a\"\nzoen = \"UTC\"\n").unwrap();
        let said = sentence(&path);
        assert!(said.starts_with("war-room.toml:3: ") && said.contains("service"), "{said}");
        let error = read(&path).unwrap_err();
        let detail = error.detail(|_| "war-room.toml".to_owned()).unwrap();
        assert!(detail.starts_with("war-room.toml:4: "), "{detail}");
    }

    #[test]
    fn what_is_not_used_yet_draws_a_note() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.md");
        fs::write(&path, "# Plan\n").unwrap();
        fs::write(
            folder.path().join(SETTINGS),
            "version = 1\n[plan]\nservice = \"ledger\"\n[review]\nallow = [\"CMD-04\"]\n",
        )
        .unwrap();
        let source = read(&path).unwrap();
        assert_eq!(source.config.plan.service.as_deref(), Some("ledger"));
        assert_eq!(source.notes.first().map(|note| note.range.line), Some(4), "{:?}", source.notes);
    }

    #[test]
    fn a_binding_that_matches_nothing_is_told_when_a_checklist_is_read_and_in_its_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.md");
        fs::write(&path, "# Plan\n\n## Deploy\n- [ ] All pods healthy\n").unwrap();
        let probe = "[probes.api]\nkind = \"http\"\nurl = \"https://api.example\"\n";
        let settings = format!("version = 1\n{probe}[[bind]]\nitem = \"All pods helthy\"\nprobe = \"api\"\n");
        fs::write(folder.path().join(SETTINGS), &settings).unwrap();
        let source = read(&path).unwrap();
        let (plan, findings) = source.plan();
        let told: Vec<&Finding> = findings.iter().filter(|finding| finding.code == SETTINGS_CODE).collect();
        let [told] = told.as_slice() else { panic!("{findings:?}") };
        assert_eq!((told.range.line, told.severity), (6, Level::Warning));
        assert!(told.mend.contains("All pods healthy"), "{told:?}");
        assert_eq!(notes(Some(&settings), &plan), [(*told).clone()]);
    }
}
