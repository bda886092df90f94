//! How large things may be. The phone holds these while a person types; the ledger holds those of
//! changes and documents against everyone.

/// Longest narrative in bytes of UTF-8.
pub const NARRATIVE_BYTES: usize = 100_000;
/// Longest narrative in characters: replacing all of it (taking away and writing anew) must stay
/// below [`CHANGE_OPERATIONS`], for each character is an operation.
pub const NARRATIVE_CHARACTERS: usize = 40_000;
/// Longest text in any other field, in bytes.
pub const FIELD_BYTES: usize = 4_000;
/// Most fields set in one edit.
pub const EDIT_FIELDS: usize = 256;
/// Most bytes of text in one edit, so that the change stays below [`CHANGE_BYTES`].
pub const EDIT_BYTES: usize = 200_000;
/// Most fields in a document.
pub const DOCUMENT_FIELDS: usize = 1_000;
/// Largest change in bytes.
pub const CHANGE_BYTES: usize = 256 * 1024;
/// Most operations that one change may claim.
pub const CHANGE_OPERATIONS: u64 = 100_000;
/// Most operations in one request to the server.
pub const REQUEST_OPERATIONS: u64 = 200_000;
/// Most operations in a document with all its history.
pub const DOCUMENT_OPERATIONS: u64 = 1_000_000;
/// Longest key of a map in a change, in bytes: longer than any field name, short enough that a
/// repeated key cannot grow into much.
pub const KEY_BYTES: u64 = 128;
/// Most objects that one change may make. A document's first change makes five.
pub const CHANGE_OBJECTS: u64 = 16;
/// Longest narrative that a merge accepts, in bytes: several people may have added to it at once.
pub const MERGED_NARRATIVE_BYTES: usize = 4 * NARRATIVE_BYTES;
/// Most fields that a merge accepts in a document: several people may have added to it at once.
pub const MERGED_FIELDS: usize = 2 * DOCUMENT_FIELDS;
/// Most values that one field may have by conflict.
pub const FIELD_VALUES: usize = 64;
