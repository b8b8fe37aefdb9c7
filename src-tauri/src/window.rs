//! The window: the desktop's side of the program, and with `ipc` the only part that knows Tauri.
//!
//! Owns: starting the window, and the [`Shell`] that fulfils what the controller asks of the desktop. Decides nothing.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use tauri_plugin_window_state::StateFlags;
use tokio::sync::mpsc::{self, Sender};

use crate::controller::{Controller, Keeper, Laptop, Origin, Reply, Wake, drive};
use crate::drill::Order;
use crate::ipc::{self, Inbox};
use crate::keychain::Keychain;
use crate::outside::World;
use crate::paths::{self, Paths};
use crate::rooms::Rooms;
use crate::secrets::Secrets;
use crate::settings::Settings;
use crate::shell::{Shell, WatchLine};
use crate::wire::project::Given;
use crate::{armed, clock, diagnostics, display, recent};

/// The label of the one window, as `tauri.conf.json` has it.
const LABEL: &str = "main";

/// How much may wait for the controller: far more than one person can do while it works on something.
const INBOX: usize = 256;

/// How long the end waits for the room to be sealed. Everything that was acknowledged is on disk long before; a disk that
/// hangs must not keep the window from closing.
const FAREWELL: Duration = Duration::from_secs(3);

/// What the window is to open with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Request {
    /// The checklist, or the room.
    pub(crate) file: Option<PathBuf>,
    /// What was said about T0 and zone.
    pub(crate) given: Given,
    /// The drill to begin with.
    pub(crate) drill: Option<Box<Order>>,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// A sentence that says why there is no window.
pub(crate) fn run(request: Request) -> Result<(), String> {
    if !display::exists(display::is_set) {
        return Err("There is no display to open the window on: start War Room in a desktop session, \
                    or read a checklist with war-room check FILE."
            .to_owned());
    }
    if let Err(sentence) = display::avoid_the_blank_window() {
        say(&sentence);
    }
    let paths = Paths::of_this_user();
    // Held until the end, so that the last lines are written.
    let _diagnostics = diagnostics::start(paths.state()).map_err(|sentence| say(&sentence)).ok();
    // GTK's own bindings panic where the display cannot be reached.
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| tracing::error!("{info}")));
    let app = catch_unwind(AssertUnwindSafe(|| build(request, paths)));
    std::panic::set_hook(hook);
    let app = app
        .map_err(|_| "the display cannot be reached".to_owned())
        .and_then(|app| app.map_err(|error| error.to_string()))
        .map_err(|why| format!("The window cannot be opened ({why}): check DISPLAY and WAYLAND_DISPLAY."))?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            leave_in_order(app);
        }
    });
    Ok(())
}

fn build(request: Request, paths: Paths) -> tauri::Result<tauri::App> {
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    let place = tauri_plugin_window_state::Builder::new()
        .with_state_flags(flags)
        // An absolute name: the place is state of the laptop and lies with the rest of it.
        .with_filename(paths.window().to_string_lossy())
        .build();
    make_folder(paths.state());
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(place)
        .invoke_handler(tauri::generate_handler![
            ipc::subscribe,
            ipc::act,
            ipc::log_page,
            ipc::alert_page,
            ipc::source_page,
            ipc::charts_page,
            ipc::past_charts
        ])
        .setup(move |app| {
            start(app.handle(), request, paths)?;
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// The window's place is written by a plugin that does not make the folder above an absolute name.
fn make_folder(folder: &Path) {
    if let Err(error) = std::fs::create_dir_all(folder) {
        tracing::warn!("{} cannot be made: {error}", folder.display());
    }
}

fn start(app: &AppHandle, request: Request, paths: Paths) -> tauri::Result<()> {
    let settings = Settings::read(&paths.settings(), &paths.shown(&paths.settings()));
    if let Some(complaint) = settings.complaint() {
        say(complaint);
    }
    let known = recent::read(&paths.recent()).unwrap_or_else(|complaint| {
        tracing::warn!("{complaint}");
        Vec::new()
    });
    let armed_here = armed::read(&paths.armed()).unwrap_or_else(|complaint| {
        tracing::warn!("{complaint}");
        std::collections::BTreeSet::new()
    });
    let web_view = paths.web_view();
    let keychain = Keychain::of_the_system();
    let secrets = Secrets::at(paths.secrets()).and_in(keychain.clone());
    let keeper = Keeper::new(settings.clone(), paths.recent(), paths.armed(), paths.data());
    let rooms = Rooms::at(paths.data()).caching_in(paths.snapshots()).keeping_keys_in(keychain.clone());
    let controller = Controller::new(Laptop {
        keychain,
        theme: settings.theme(),
        complaint: settings.complaint().map(str::to_owned),
        zone: clock::laptop_zone(),
        recent: known,
        armed: armed_here,
        begins_at_t0: false,
        login: paths::login(|name| std::env::var_os(name), || whoami::username().ok()),
        paths,
    });
    let (sender, inbox) = mpsc::channel(INBOX);
    if let Some(path) = request.file {
        wake(&sender, Wake::Path { path, given: request.given, origin: Origin::CommandLine });
    }
    if let Some(order) = request.drill {
        wake(&sender, Wake::Drill(order));
    }
    app.manage(Inbox(sender.clone()));
    let shell = Arc::new(Desktop { app: app.clone() });
    let reports = sender.clone();
    // Reports come from a thread of the desktop's own.
    let world = World::new(secrets, move |report| wake(&reports, Wake::Desktop(report)));
    tauri::async_runtime::spawn(drive(controller, inbox, sender.clone(), shell, keeper, rooms, Box::new(world)));

    let configured = app.config().app.windows.iter().find(|window| window.label == LABEL).cloned();
    let window =
        WebviewWindowBuilder::from_config(app, &configured.unwrap_or_default())?.data_directory(web_view).build()?;
    window.on_window_event(move |event| {
        if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event
            && let Some(path) = paths.first()
        {
            wake(&sender, Wake::Path { path: path.clone(), given: Given::default(), origin: Origin::Window });
        }
    });
    Ok(())
}

/// Has the room sealed and let go of before the program ends.
fn leave_in_order(app: &AppHandle) {
    let Some(inbox) = app.try_state::<Inbox>() else { return };
    let (done, left) = std::sync::mpsc::channel();
    let reply = Reply(Box::new(move |_| {
        if done.send(()).is_err() {
            tracing::info!("nobody waited for the room to be left");
        }
    }));
    wake(&inbox.0, Wake::Quit(reply));
    if left.recv_timeout(FAREWELL).is_err() {
        tracing::warn!("the room was not left in order; what was acknowledged is on disk all the same");
    }
}

/// Never waits: this is the thread that draws.
fn wake(sender: &Sender<Wake>, wake: Wake) {
    if let Err(error) = sender.try_send(wake) {
        tracing::warn!("the controller took nothing: {error}");
    }
}

/// The desktop, through Tauri and its plugins.
struct Desktop {
    app: AppHandle,
}

impl Shell for Desktop {
    fn ask_for_checklist(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        let dialog = self
            .app
            .dialog()
            .file()
            .set_title("Open a checklist")
            .add_filter("Markdown", &["md", "markdown", "mdown", "mkd", "txt"])
            .add_filter("All files", &["*"]);
        let dialog = match self.app.get_webview_window(LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.pick_file(move |file| answer(file.and_then(|file| file.into_path().ok())));
    }

    fn ask_for_evidence(&self, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        let dialog = self.app.dialog().file().set_title("Attach a file: its name, size and digest are kept");
        let dialog = match self.app.get_webview_window(LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.pick_file(move |file| answer(file.and_then(|file| file.into_path().ok())));
    }

    fn ask_where_to_save(&self, title: &str, name: &str, answer: Box<dyn FnOnce(Option<PathBuf>) + Send>) {
        let dialog = self.app.dialog().file().set_title(format!("Save: {title}")).set_file_name(name);
        let dialog = match self.app.get_webview_window(LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.save_file(move |file| answer(file.and_then(|file| file.into_path().ok())));
    }

    fn copy(&self, text: &str) -> Result<(), String> {
        self.app.clipboard().write_text(text).map_err(|error| error.to_string())
    }

    fn open_outside(&self, address: &str) -> Result<(), String> {
        self.app.opener().open_url(address, None::<&str>).map_err(|error| error.to_string())
    }

    fn set_title(&self, title: &str) {
        if let Some(window) = self.app.get_webview_window(LABEL)
            && let Err(error) = window.set_title(title)
        {
            tracing::warn!("the title cannot be set: {error}");
        }
    }

    fn raise(&self) {
        if let Some(window) = self.app.get_webview_window(LABEL) {
            for outcome in [window.unminimize(), window.show(), window.set_focus()] {
                if let Err(error) = outcome {
                    tracing::warn!("the window cannot be brought to the front: {error}");
                }
            }
        }
    }

    // The window draws what is told.
    fn tell(&self, _: &WatchLine) {}

    fn say(&self, sentence: &str) {
        say(sentence);
    }
}

/// Standard error may be closed; the window says the same.
fn say(sentence: &str) {
    if writeln!(std::io::stderr(), "{sentence}").is_err() {
        tracing::info!("nobody reads standard error: {sentence}");
    }
}
