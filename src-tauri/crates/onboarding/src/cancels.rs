use std::{
    collections::HashMap,
    future::Future,
    sync::{Arc, Mutex},
};

use tokio::sync::Notify;

use crate::session::lock;

/// What the user can have had enough of. Each has a cancel of its own, so that one request that is
/// broken off takes no other with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Cancellable {
    /// The token of a profile.
    Token {
        /// Id of the profile.
        profile: String,
    },
    /// The tokens for all customers of a profile.
    Tokens {
        /// Id of the profile.
        profile: String,
    },
}

/// The cancels of a session.
#[derive(Debug, Default)]
pub(crate) struct Cancels(Mutex<HashMap<Cancellable, Arc<Notify>>>);

impl Cancels {
    /// Ends when the user has had enough; what comes between this call and the first look at the
    /// answer counts too.
    pub(crate) fn asked(&self, of: Cancellable) -> impl Future<Output = ()> + use<> {
        let notify = Arc::clone(lock(&self.0).entry(of).or_default());
        notify.notified_owned()
    }

    /// The user has had enough of what is under way; what begins later is another matter.
    pub(crate) fn cancel(&self, of: &Cancellable) {
        if let Some(notify) = lock(&self.0).get(of) {
            notify.notify_waiters();
        }
    }
}
