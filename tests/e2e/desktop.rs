//! The desktop's part: asking a window to close, as the cross in its frame does; and a key that is held down.
//!
//! Owns: the X protocol of it. WebDriver has no such thing: it ends the program, which then keeps nothing; and a key that
//! it holds down is not repeated, as the keys of a real keyboard are.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;
use x11rb::{CURRENT_TIME, connect};

/// Asks every window that can be asked to close. There is one window at a time on the tests' display.
pub(crate) fn close_all_windows() {
    let (connection, screen) = connect(None).expect("the display");
    let root = connection.setup().roots[screen].root;
    let protocols = atom(&connection, "WM_PROTOCOLS");
    let delete = atom(&connection, "WM_DELETE_WINDOW");
    let windows = connection.query_tree(root).expect("a request").reply().expect("the display's windows").children;
    let mut asked = 0;
    for window in windows.into_iter().filter(|window| understands(&connection, *window, protocols, delete)) {
        let message = ClientMessageEvent::new(32, window, protocols, [delete, CURRENT_TIME, 0, 0, 0]);
        connection.send_event(false, window, EventMask::NO_EVENT, message).expect("a request");
        asked += 1;
    }
    connection.flush().expect("the display takes it");
    assert!(asked > 0, "no window on the display can be asked to close");
}

/// The names that X has for the keys that are held down here.
pub(crate) const RETURN: u32 = 0xff0d;
pub(crate) const SPACE: u32 = 0x20;
pub(crate) const CONTROL: u32 = 0xffe3;

/// Holds these keys down until `is_enough`, pressed in this order, and lets them go in the other.
pub(crate) fn hold_down(keys: &[u32], is_enough: impl FnOnce()) {
    let (connection, screen) = connect(None).expect("the display");
    let root = connection.setup().roots[screen].root;
    let protocols = atom(&connection, "WM_PROTOCOLS");
    let delete = atom(&connection, "WM_DELETE_WINDOW");
    let windows = connection.query_tree(root).expect("a request").reply().expect("the display's windows").children;
    let window = windows.into_iter().rfind(|window| understands(&connection, *window, protocols, delete));
    let window = window.expect("a window that can be asked to close");
    // No window manager gives it the keyboard here.
    connection.set_input_focus(InputFocus::POINTER_ROOT, window, CURRENT_TIME).expect("a request");
    let fake = |kind: u8, key: u8| {
        connection.xtest_fake_input(kind, key, CURRENT_TIME, root, 0, 0, 0).expect("a request");
        connection.flush().expect("the display takes it");
    };
    let codes: Vec<u8> = keys.iter().map(|key| code_of(&connection, *key)).collect();
    for code in &codes {
        fake(KEY_PRESS_EVENT, *code);
    }
    is_enough();
    for code in codes.iter().rev() {
        fake(KEY_RELEASE_EVENT, *code);
    }
    connection.get_input_focus().expect("a request").reply().expect("all of it is done");
}

/// The key of the display's keyboard that has this name.
fn code_of(connection: &RustConnection, name: u32) -> u8 {
    let setup = connection.setup();
    let (first, count) = (setup.min_keycode, setup.max_keycode - setup.min_keycode + 1);
    let map = connection.get_keyboard_mapping(first, count).expect("a request").reply().expect("the keyboard's map");
    let each = usize::from(map.keysyms_per_keycode);
    let at = map.keysyms.chunks(each).position(|names| names.first() == Some(&name)).expect("a key of this name");
    first + u8::try_from(at).expect("keys are few")
}

fn understands(connection: &RustConnection, window: Window, protocols: u32, delete: u32) -> bool {
    let reply = connection.get_property(false, window, protocols, AtomEnum::ATOM, 0, 32).map(|request| request.reply());
    matches!(reply, Ok(Ok(reply)) if reply.value32().is_some_and(|mut atoms| atoms.any(|atom| atom == delete)))
}

fn atom(connection: &RustConnection, name: &str) -> u32 {
    connection.intern_atom(false, name.as_bytes()).expect("a request").reply().expect("an atom").atom
}
