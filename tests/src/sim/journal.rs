//! What people typed and saved, so that it can be asked for in the end.

use doorstep_core::model::{DocId, Hash};

/// A mark that somebody typed into an entry's text. Everything typed is kept at every pause.
#[derive(Debug, Clone)]
pub struct Mark {
    /// As it stands in the text.
    pub text: String,
    /// Once it was saved: in which entry, and by which change first.
    pub saved: Option<(DocId, Hash)>,
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
    /// A new mark, to be typed.
    pub fn coin(&mut self) -> String {
        self.next += 1;
        format!("<m{}>", self.next)
    }

    /// Notes that a mark was typed: the call that keeps the draft returned.
    pub fn typed(&mut self, text: String, phone: &str) {
        self.marks.push(Mark { text, saved: None, phone: phone.to_owned(), is_excused: false });
    }

    /// Notes that a mark was saved: the call that stored it returned. A copy of a phone may save it again.
    pub fn saved(&mut self, text: String, saved: (DocId, Hash), phone: &str) {
        let typed = |mark: &&mut Mark| mark.text == text && mark.phone == phone && mark.saved.is_none();
        match self.marks.iter_mut().find(typed) {
            Some(mark) => mark.saved = Some(saved),
            None => {
                self.marks.push(Mark { text, saved: Some(saved), phone: phone.to_owned(), is_excused: false })
            }
        }
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
