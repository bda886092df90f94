//! Why the demo stopped.

use super::sample::SampleFault;
use crate::directory::DirectoryFault;
use crate::serve::ServeFault;
use crate::vault::MasterKeyFault;
use crate::{ActFault, OpenFault, StoreFault};
use doorstep_core::app::Failure;
use doorstep_core::model::FieldFault;
use std::path::PathBuf;

/// Why the demo stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// The embedded sample cannot be used.
    #[error(transparent)]
    Sample(#[from] SampleFault),
    /// The sample names a field that cannot be.
    #[error("sample: {0}")]
    Field(#[from] FieldFault),
    /// The sample speaks of something that it did not tell before.
    #[error("the sample does not tell of this {0}")]
    Untold(&'static str),
    /// The folder cannot be used.
    #[error("folder {0}: {1}")]
    Folder(PathBuf, #[source] std::io::Error),
    /// What was told could not be noted.
    #[error("file {0}: {1}")]
    Note(PathBuf, #[source] serde_json::Error),
    /// The master key cannot be read.
    #[error(transparent)]
    MasterKey(#[from] MasterKeyFault),
    /// The server's databases cannot be opened.
    #[error("server: {0}")]
    Open(#[from] OpenFault),
    /// The folder holds something that is not the demo's.
    #[error("folder {0} is not empty and not the demo's own: choose another with --dir")]
    Foreign(PathBuf),
    /// The server cannot listen, most likely because the port is taken.
    #[error("port {0} on 127.0.0.1: {1}; choose another with --port")]
    Listen(u16, #[source] ServeFault),
    /// The server's directory refused a member, a team or a phone.
    #[error("server: {0}")]
    Directory(#[from] DirectoryFault),
    /// The server's records could not be read or written.
    #[error("server: {0}")]
    Store(#[from] StoreFault),
    /// The server turned a decision down.
    #[error("server: {0}")]
    Decision(#[from] ActFault),
    /// A phone could not do it.
    #[error("phone: {0}")]
    Phone(#[from] Failure),
    /// A line of the story is not what the databases hold.
    #[error("the story did not come out as told: {0}")]
    Untrue(&'static str),
}

/// Goes on only if a line of the story is true.
pub fn check(is_true: bool, line: &'static str) -> Result<(), DemoFault> {
    if is_true { Ok(()) } else { Err(DemoFault::Untrue(line)) }
}
