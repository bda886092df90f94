import DoorstepCore

/// Where one can be in the app, beyond the first screen.
enum Place: Hashable {
    case people
    /// Choosing whom a record is about, of a kind or of one still to be chosen.
    case choosePerson(kind: EntryKind?)
    case chooseKind(CaseId)
    case record(DraftId)
    case aCase(CaseId)
    /// All that is written down about a person.
    case details(CaseId)
    /// Opening a case.
    case newPerson
    case entry(DocId)
    /// Words about the version of an entry that was read.
    case remark(DocId, seen: Heads, RemarkKind)
    case history(DocId)
    /// An entry as it read at an earlier moment.
    case earlier(DocId, Heads)
    /// Choosing whose an entry is that was filed under the wrong person.
    case copyEntry(DocId)
    /// One photo, large.
    case photo(PhotosOf, AttachmentId)
    /// Whose cases a group session is credited to.
    case participants(DraftId)
    /// Looking for persons and for what was written.
    case search
    case queue
    case attention
    case sync
    case settings
}
