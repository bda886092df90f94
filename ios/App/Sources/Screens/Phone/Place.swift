import DoorstepCore

/// Where one can be in the app, beyond the first screen.
enum Place: Hashable {
    case people
    /// Choosing whom a record is about, of a kind or of one still to be chosen.
    case choosePerson(kind: EntryKind?)
    case chooseKind(CaseId)
    case record(DraftId)
    case aCase(CaseId)
    case entry(DocId)
    /// Why an entry goes back.
    case returning(DocId)
    /// One photo, large.
    case photo(PhotosOf, AttachmentId)
    /// Whose cases a group session is credited to.
    case participants(DraftId)
    case queue
    case attention
    case sync
    case settings
}
