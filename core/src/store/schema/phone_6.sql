-- Words about an entry that are not sent yet: what is asked for in a return, a comment, why it is withdrawn.
CREATE TABLE remarks (
    doc BLOB NOT NULL,
    kind INTEGER NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    fields BLOB NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (doc, kind)
) STRICT, WITHOUT ROWID;
