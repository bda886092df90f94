//! What is inside each document: the schema in one place, typed reading, edits of the smallest
//! field, and the guarded merge of what others wrote.
//!
//! All use of automerge is in here. Nothing here stores, signs or decides who may.
//!
//! ```
//! use doorstep_core::documents::{Document, Stamp};
//! use doorstep_core::env::Env;
//! use doorstep_core::model::{Actor, DocKind, Edit, MemberId};
//!
//! let env = Env::system();
//! let stamp = Stamp { actor: Actor(env.bytes()), member: MemberId::new(&env), time: env.now() };
//! let (mut visit, first) =
//!     Document::create(DocKind::Entry, &stamp, &[Edit::set("kind", "home_visit")]).unwrap();
//! let base = visit.heads();
//! let second = visit.edit(&stamp, &base, &[Edit::set("outcome", "not_home")]).unwrap();
//! assert_eq!((first.seq, second.unwrap().seq), (1, 2));
//! assert_eq!(visit.fields().text("outcome"), "not_home");
//! ```

mod chunk;
mod columns;
mod conflict;
mod document;
mod fields;
mod guard;
mod history;
mod leb128;
pub mod limits;
mod merge;
mod schema;
mod summary;
mod text;
mod write;

#[cfg(test)]
mod tests;

pub use chunk::{ChunkFacts, ChunkFault, inspect};
pub use conflict::{Conflict, Side};
pub use document::{Document, LoadFault, NewChange, Stamp};
pub use fields::Fields;
pub use history::{FieldChange, HistoryStep};
pub use merge::{MergeFault, MergeGuards, Merged, merge, merge_into};
pub use summary::summarise;
pub use text::{Piece, PieceKind, text_difference};
pub use write::EditFault;
