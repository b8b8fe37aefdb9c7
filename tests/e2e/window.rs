//! The real window, as a person has it: keys in, words out.
//!
//! Owns: opening it, pressing keys, reading what is visible. Must not know: what ought to be there.

use std::cell::RefCell;
use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tests::home::Home;
use tests::program;
use tokio::runtime::{Builder, Runtime};

use crate::desktop::close_all_windows;
use crate::driver::{Driver, LOOK, PATIENCE, wait_until};

/// What WebKitWebDriver says of an answer that it did not get whole.
const LOST_ANSWER: &str = "Could not parse script result";

/// What scripts have at hand: everything with a test id that can be seen, and an element's words. Not `innerText`, which leaves
/// out what is scrolled away and not laid out.
const SEEN: &str = "
    const seen = (id) => [...document.querySelectorAll(`[data-testid=\"${id}\"]`)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }));
    const words = (element) => {
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        const pieces = [];
        while (walker.nextNode()) pieces.push(walker.currentNode.data);
        return pieces.join(' ').replace(/\\s+/g, ' ').trim();
    };
";

/// An open window. It is closed, with everything that belongs to it, when this value goes.
pub(crate) struct Window {
    runtime: Runtime,
    client: RefCell<Option<Client>>,
    // After the client: the session ends before its driver.
    driver: Driver,
}

/// A box, or another element that says what it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) line: String,
    pub(crate) state: String,
    pub(crate) words: String,
}

impl Window {
    /// Starts the program with these arguments and waits until it shows something.
    pub(crate) fn open(home: &Home, arguments: &[&OsStr]) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = Driver::start(&runtime, home);
        let program = program();
        let arguments: Vec<OsString> = arguments.iter().map(OsString::from).collect();
        let arguments: Vec<&str> =
            arguments.iter().map(|argument| argument.to_str().expect("arguments in UTF-8")).collect();
        let mut capabilities = serde_json::Map::new();
        // No browserName: WebKitWebDriver matches it against its own and refuses all others.
        capabilities.insert(String::from("tauri:options"), json!({ "application": program, "args": arguments }));
        let client = runtime
            .block_on(ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(driver.address()))
            .unwrap_or_else(|error| panic!("{} opens no window: {error}", program.display()));
        let window = Self { runtime, client: RefCell::new(Some(client)), driver };
        window.wait_until("the window shows its first frame", |window| {
            ["start", "opening", "room"].iter().any(|frame| window.is_there(frame))
        });
        window
    }

    /// Shows another page in the window's web view.
    pub(crate) fn go_to(&self, address: &str) {
        self.with_client(async |client| client.goto(address).await.expect("the page is opened"));
    }

    /// Presses a key as the keyboard map names it: `j`, `\\`, `enter`, `ctrl+shift+l`.
    pub(crate) fn press(&self, key: &str) {
        let mut parts: Vec<&str> = key.split('+').collect();
        let last = parts.pop().expect("a key");
        let held: Vec<char> = parts.iter().map(|part| code(part)).collect();
        let mut keys = KeyActions::new(String::from("keyboard"));
        for value in &held {
            keys = keys.then(KeyAction::Down { value: *value });
        }
        // WebDriver types what it is told: with Shift held a letter has to be the capital one.
        let value = if parts.contains(&"shift") && last.len() == 1 { code(&last.to_uppercase()) } else { code(last) };
        keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        for value in held.iter().rev() {
            keys = keys.then(KeyAction::Up { value: *value });
        }
        self.with_client(async |client| client.perform_actions(keys).await.expect("keys are pressed"));
    }

    /// Types letter by letter into whatever has the focus.
    pub(crate) fn write(&self, words: &str) {
        for letter in words.chars() {
            let keys = KeyActions::new(String::from("keyboard"))
                .then(KeyAction::Down { value: letter })
                .then(KeyAction::Up { value: letter });
            self.with_client(async |client| client.perform_actions(keys).await.expect("letters are typed"));
        }
    }

    /// Runs a script in the window; it sees `seen(testid)`, `words(element)` and `arguments`.
    ///
    /// A script that only looks is run again where the driver lost its answer: on a busy machine WebKitWebDriver
    /// now and then says that it "could not parse script result" of a page that is well. One that clicks is not
    /// (it may have clicked): a lost answer fails its test.
    pub(crate) fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let tries = if script.contains(".click()") { 1 } else { 3 };
        let script = format!("{SEEN}\n{script}");
        self.with_client(async |client| {
            for left in (0..tries).rev() {
                match client.execute(&script, arguments.clone()).await {
                    Ok(answer) => return answer,
                    Err(error) if left > 0 && error.to_string().contains(LOST_ANSWER) => {
                        eprintln!("the driver lost an answer, looked at again");
                        tokio::time::sleep(LOOK).await;
                    }
                    Err(error) => panic!("{error}\nin {script}"),
                }
            }
            unreachable!("the last try answers or fails")
        })
    }

    /// Runs a script that answers later, through the last of its arguments.
    pub(crate) fn script_that_answers(&self, script: &str) -> Value {
        self.with_client(async |client| {
            client.execute_async(script, vec![]).await.unwrap_or_else(|error| panic!("{error}"))
        })
    }

    /// Whether something with this test id can be seen.
    pub(crate) fn is_there(&self, id: &str) -> bool {
        self.script("return seen(arguments[0]).length > 0", vec![json!(id)]) == json!(true)
    }

    /// The words of everything with this test id.
    pub(crate) fn texts(&self, id: &str) -> Vec<String> {
        let found = self.script("return seen(arguments[0]).map(words)", vec![json!(id)]);
        found.as_array().expect("a list").iter().map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The words of the first with this test id; fails where there is none.
    pub(crate) fn text(&self, id: &str) -> String {
        self.wait_for(id);
        self.texts(id).into_iter().next().unwrap_or_default()
    }

    /// Everything with this test id, with its data.
    pub(crate) fn entries(&self, id: &str) -> Vec<Entry> {
        let found = self.script(
            "return seen(arguments[0]).map((element) => ({ ...element.dataset, words: words(element) }))",
            vec![json!(id)],
        );
        found.as_array().expect("a list").iter().map(entry).collect()
    }

    /// The box that has the keyboard.
    pub(crate) fn focused_box(&self) -> Option<Entry> {
        let found = self.script(
            "const element = document.activeElement?.closest('[data-testid=\"row-item\"]');
             return element ? { ...element.dataset, words: words(element) } : null",
            vec![],
        );
        (!found.is_null()).then(|| entry(&found))
    }

    /// Whether something with this test id can be seen within two seconds; for what may rightly not come.
    pub(crate) fn is_there_soon(&self, id: &str) -> bool {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(2) {
            if self.is_there(id) {
                return true;
            }
            self.runtime.block_on(async { tokio::time::sleep(LOOK).await });
        }
        false
    }

    /// Waits until something with this test id can be seen.
    pub(crate) fn wait_for(&self, id: &str) {
        self.wait_until(&format!("{id} is shown"), |window| window.is_there(id));
    }

    /// Waits until nothing with this test id can be seen.
    pub(crate) fn wait_until_gone(&self, id: &str) {
        self.wait_until(&format!("{id} is gone"), |window| !window.is_there(id));
    }

    /// Looks again and again until `is_so`; fails with `what`, and with what the window shows instead.
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&Self) -> bool) {
        self.wait_within(PATIENCE, what, is_so);
    }

    /// The same, with a patience of its own.
    pub(crate) fn wait_within(&self, patience: Duration, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = Instant::now();
        while !is_so(self) {
            assert!(
                started.elapsed() < patience,
                "not within {} s: {what}. The window shows:\n{}",
                patience.as_secs(),
                self.all_words()
            );
            self.runtime.block_on(async { tokio::time::sleep(LOOK).await });
        }
    }

    /// Everything that can be read.
    pub(crate) fn all_words(&self) -> String {
        self.script("return document.body.innerText", vec![]).as_str().unwrap_or_default().to_owned()
    }

    /// Gives the page this size, whatever frame is round it.
    pub(crate) fn resize(&self, width: u32, height: u32) {
        self.with_client(async |client| {
            client.set_window_rect(0, 0, width, height).await.expect("the window takes a size");
        });
        self.wait_until(&format!("the window is {width} × {height}"), |window| {
            window.size() == (u64::from(width), u64::from(height))
        });
    }

    /// The page's size.
    pub(crate) fn size(&self) -> (u64, u64) {
        let size = self.script("return [innerWidth, innerHeight]", vec![]);
        (size[0].as_u64().unwrap_or_default(), size[1].as_u64().unwrap_or_default())
    }

    /// Keeps a picture of the window.
    pub(crate) fn picture(&self, path: &Path) {
        // Two frames: what was just changed is drawn.
        self.with_client(async |client| {
            client
                .execute_async(
                    "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(true)))",
                    vec![],
                )
                .await
                .expect("a frame is drawn");
            let png = client.screenshot().await.expect("a picture");
            fs::write(path, png).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        });
    }

    /// Closes the window as a person does, and waits until the program has ended by itself.
    pub(crate) fn close(self) {
        assert!(self.driver.has_program(), "the program does not run");
        close_all_windows();
        wait_until(&self.runtime, "the program ends when its window is closed", || !self.driver.has_program());
    }

    /// Kills the program in the middle of whatever it does.
    pub(crate) fn kill(self) {
        self.driver.kill_program();
        wait_until(&self.runtime, "the program is dead", || !self.driver.has_program());
        // The session has no window any more; there is nothing to end in it.
        self.client.borrow_mut().take();
    }

    fn with_client<T>(&self, act: impl AsyncFnOnce(&Client) -> T) -> T {
        let client = self.client.borrow();
        self.runtime.block_on(act(client.as_ref().expect("an open session")))
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if std::thread::panicking() && self.client.try_borrow().is_ok_and(|client| client.is_some()) {
            let path = env::temp_dir().join(format!(
                "war-room-failed-{}.png",
                std::thread::current().name().unwrap_or("test").replace("::", "-")
            ));
            let client = self.client.borrow();
            let picture = client.as_ref().map(|client| self.runtime.block_on(client.screenshot()));
            if let Some(Ok(png)) = picture
                && fs::write(&path, png).is_ok()
            {
                println!("The window at the moment of the failure: {}", path.display());
            }
        }
        if let Some(client) = self.client.borrow_mut().take() {
            // The driver is ended next, whether or not the session ends well.
            let _ = self.runtime.block_on(client.close());
        }
    }
}

fn entry(value: &Value) -> Entry {
    let field = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Entry { id: field("id"), line: field("line"), state: field("state"), words: field("words") }
}

fn code(name: &str) -> char {
    match name {
        "ctrl" => Key::Control.into(),
        "shift" => Key::Shift.into(),
        // The main keyboard's: `Key::Enter` is the one of the number block.
        "enter" => Key::Return.into(),
        "escape" => Key::Escape.into(),
        "tab" => Key::Tab.into(),
        "down" => Key::Down.into(),
        "up" => Key::Up.into(),
        "left" => Key::Left.into(),
        "right" => Key::Right.into(),
        _ => {
            let mut letters = name.chars();
            let letter = letters.next().expect("a key's name");
            assert!(letters.next().is_none(), "no key is called {name}");
            letter
        }
    }
}
