//! What people saved, so that it can be asked for in the end.

use doorstep_core::model::{DocId, Hash};

/// A mark that somebody saved in an entry's text.
#[derive(Debug, Clone)]
pub struct Mark {
    /// As it stands in the text.
    pub text: String,
    /// In which entry.
    pub doc: DocId,
    /// By which change, first.
    pub hash: Hash,
    /// On which phone.
    pub phone: String,
    /// Nobody can have it any more: the phone and the server that knew it were both set back.
    pub is_excused: bool,
}

/// All marks of a world.
#[derive(Debug, Default)]
pub struct Journal {
    marks: Vec<Mark>,
    next: u32,
}

impl Journal {
    /// A new mark, to be saved.
    pub fn coin(&mut self) -> String {
        self.next += 1;
        format!("<m{}>", self.next)
    }

    /// Notes that a mark was saved: the call that stored it returned.
    pub fn saved(&mut self, text: String, (doc, hash): (DocId, Hash), phone: &str) {
        self.marks.push(Mark { text, doc, hash, phone: phone.to_owned(), is_excused: false });
    }

    /// Marks that must be found.
    pub fn owed(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| !mark.is_excused)
    }

    /// Excuses marks that are nowhere any more, for a reason outside of the software.
    pub fn excuse(&mut self, is_gone: impl Fn(&Mark) -> bool) {
        for mark in self.marks.iter_mut().filter(|mark| !mark.is_excused) {
            mark.is_excused = is_gone(mark);
        }
    }
}
