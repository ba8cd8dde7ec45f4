use std::sync::Arc;

use maskinporten::OrgNumber;

use crate::{
    Failure, Host, Identity, IdentityId, KeptKey, OwnKeyOrder, PublicKeyTexts, Session,
    own_key::{make_own_key, wanted_kid},
    session::lock,
};

impl<H: Host> Session<H> {
    /// Makes a key without certificate, and keeps it. Its name is made of the organisation number of the active
    /// profile, where that is known.
    ///
    /// Errors with `key_id_malformed`, `own_key_name_taken`, `own_key_length` for lengths that are not offered, and what
    /// the keychain says.
    pub async fn make_own_key(&self, order: OwnKeyOrder) -> Result<Identity, Failure> {
        let now = self.host.now();
        let (owner, uuid) = (self.owner(), self.host.make_id());
        let kid = wanted_kid(&order, owner.as_ref(), &uuid, now)?;
        let has_name = |other: &Identity| {
            let own = other.own_key.as_ref();
            own.is_some_and(|own| own.kid == kid.as_str())
        };
        if self.list_identities().await.iter().any(has_name) {
            return Err(Failure::new("own_key_name_taken").with("kid", kid.as_str()));
        }
        let keep = order.keep;
        // Off the window's thread: a long key takes seconds.
        let make = move || make_own_key(&order, owner.as_ref(), &uuid, now);
        let made = tokio::task::spawn_blocking(make).await;
        let own = made.map_err(|_| Failure::new("internal"))??;
        let id = self.keep_key(KeptKey::Own(own), keep).await?;
        self.listed(&id).await
    }

    /// The public half of a key, to paste into self-service. The keychain is not asked.
    pub async fn public_key_of(&self, id: &str) -> Result<PublicKeyTexts, Failure> {
        let missing = || Failure::new("identity_missing");
        let facts = self.facts(id).await.ok_or_else(missing)?;
        let (public, kid) = facts.public_key().ok_or_else(missing)?;
        PublicKeyTexts::write(&public, kid)
    }

    /// Notes that an own key was put on the client now: its year begins anew. Errors with `identity_missing` where
    /// there is no such own key, and what the keychain says.
    pub async fn note_key_posted(&self, id: &str) -> Result<Identity, Failure> {
        let missing = || Failure::new("identity_missing");
        let kept = self.identity(id).await?;
        let KeptKey::Own(own) = &*kept else {
            return Err(missing());
        };
        let posted = KeptKey::Own(own.posted(self.host.now())?);
        let id = IdentityId::from_stored(id).ok_or_else(missing)?;
        let is_held = lock(&self.held).contains_key(id.as_str());
        match is_held {
            true => drop(lock(&self.held).insert(id.as_str().to_owned(), Arc::new(posted))),
            false => self.vault.seal(&id, &posted).await?,
        }
        self.listed(&id).await
    }

    /// The organisation that the active profile is for, where it is known.
    fn owner(&self) -> Option<OrgNumber> {
        let profile = self.store().active().cloned()?;
        profile.order_form.org_number.parse().ok()
    }
}
