//! A desktop that counts what it is told, on a message bus of its own.

use std::{
    collections::HashMap,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use tests::bus::Bus;
use zbus::{
    blocking::{Connection, connection::Builder},
    zvariant::OwnedValue,
};

/// A notification service that writes down each title.
pub(crate) struct Desktop {
    told: Arc<Mutex<Vec<String>>>,
    hangs: Arc<AtomicBool>,
    // In this order they end.
    connection: Connection,
    _bus: Bus,
}

struct Service {
    told: Arc<Mutex<Vec<String>>>,
    hangs: Arc<AtomicBool>,
    number: AtomicU32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "sound".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("counts".into(), "War Room".into(), "1".into(), "1.2".into())
    }

    #[allow(clippy::too_many_arguments, reason = "the specification has as many")]
    async fn notify(
        &self,
        _application: String,
        _replaces: u32,
        _icon: String,
        title: String,
        _body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout_ms: i32,
    ) -> u32 {
        self.told.lock().expect("nobody broke off").push(title);
        if self.hangs.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.number.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn close_notification(&self, _number: u32) {}
}

impl Desktop {
    /// Starts bus and service in a folder.
    pub(crate) fn start(folder: &Path) -> Self {
        let bus = Bus::start(folder).unwrap_or_else(|words| panic!("{words}"));
        let (told, hangs) = (Arc::<Mutex<Vec<String>>>::default(), Arc::new(AtomicBool::new(false)));
        let service = Service { told: Arc::clone(&told), hangs: Arc::clone(&hangs), number: AtomicU32::new(0) };
        let connection = Builder::address(Bus::address_in(folder).as_str())
            .and_then(|builder| builder.name("org.freedesktop.Notifications"))
            .and_then(|builder| builder.serve_at("/org/freedesktop/Notifications", service))
            .and_then(Builder::build)
            .expect("the service is on the bus");
        Self { told, hangs, connection, _bus: bus }
    }

    /// Whether it takes notifications and never says so.
    pub(crate) fn hang(&self, hangs: bool) {
        self.hangs.store(hangs, Ordering::SeqCst);
    }

    /// Waits until all that those who have ended had said was taken in: the bus hears that somebody has gone after all that they
    /// said, and the service hears this question after that.
    pub(crate) fn settle(&self) {
        let bus = "org.freedesktop.DBus";
        let others = || {
            let names = self.connection.call_method(Some(bus), "/org/freedesktop/DBus", Some(bus), "ListNames", &());
            let names: Vec<String> =
                names.and_then(|names| names.body().deserialize()).expect("the bus says who is there");
            let own = self.connection.unique_name().map(|name| name.to_string());
            names.into_iter().filter(|name| name.starts_with(':') && Some(name) != own.as_ref()).count()
        };
        assert!((0..100_000).any(|_| others() == 0), "somebody who has ended is still on the bus");
        let service = "org.freedesktop.Notifications";
        let path = "/org/freedesktop/Notifications";
        let said = self.connection.call_method(Some(service), path, Some(service), "GetServerInformation", &());
        said.expect("the service answers");
    }

    /// The titles that it was told since the last call.
    pub(crate) fn told(&self) -> Vec<String> {
        std::mem::take(&mut *self.told.lock().expect("nobody broke off"))
    }
}
