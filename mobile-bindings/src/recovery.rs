//! A wiped keystore: the database is there, its key is not, and the office gives it back.

use crate::failure::ClientError;
use doorstep_core::app::{self, Failure};
use doorstep_core::env::Env;
use doorstep_core::sync::HttpTransport;
use std::path::Path;
use zeroize::Zeroizing;

/// A phone that has its database and lost its key.
#[derive(uniffi::Object)]
pub struct Recovery {
    core: app::Recovery,
    way: HttpTransport,
}

#[uniffi::export]
impl Recovery {
    /// Begins, for the database at a path. `NotFound` if nothing was sealed for it: it was never
    /// enrolled, or the file beside it is gone.
    #[uniffi::constructor]
    pub fn begin(path: &str) -> Result<Self, ClientError> {
        Self::of(app::Recovery::begin(Path::new(path), Env::system()))
    }

    /// Goes on after the app was killed, with what `secret` gave.
    #[uniffi::constructor]
    pub fn resume(path: &str, secret: Vec<u8>) -> Result<Self, ClientError> {
        let secret = Zeroizing::new(secret);
        let fresh = secret.as_slice().try_into().map_err(|_| ClientError::invalid("secret", "length"))?;
        Self::of(app::Recovery::resume(Path::new(path), Env::system(), Zeroizing::new(fresh)))
    }

    /// For the platform's keystore only: with it the same request can be gone on with.
    pub fn secret(&self) -> Vec<u8> {
        self.core.secret().to_vec()
    }

    /// What the person reads to the office: twelve digits in groups of four.
    pub fn code(&self) -> String {
        self.core.code()
    }

    /// Asks for the key; none while nobody in the office has confirmed. To be asked again every few
    /// seconds while the code is shown. `SignInNeeded` if the phone was revoked or is unknown. The key
    /// goes into the keystore, then `Client.open` with it and no marker.
    pub fn fetch(&self) -> Result<Option<Vec<u8>>, ClientError> {
        Ok(self.core.fetch(&self.way)?.map(|key| key.as_bytes().to_vec()))
    }
}

impl Recovery {
    fn of(core: Result<app::Recovery, Failure>) -> Result<Self, ClientError> {
        let core = core?;
        let way = core.way()?;
        Ok(Self { core, way })
    }
}
