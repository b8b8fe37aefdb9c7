//! The desktop's part: asking a window to close, as the cross in its frame does.
//!
//! Owns: the X protocol of it. WebDriver has no such thing: it ends the program, which then keeps nothing.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
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

fn understands(connection: &RustConnection, window: Window, protocols: u32, delete: u32) -> bool {
    let reply = connection.get_property(false, window, protocols, AtomEnum::ATOM, 0, 32).map(|request| request.reply());
    matches!(reply, Ok(Ok(reply)) if reply.value32().is_some_and(|mut atoms| atoms.any(|atom| atom == delete)))
}

fn atom(connection: &RustConnection, name: &str) -> u32 {
    connection.intern_atom(false, name.as_bytes()).expect("a request").reply().expect("an atom").atom
}
