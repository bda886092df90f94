-- Photos of entries and drafts: for each its thumbnail (kind 0) and itself (kind 1). Named by the SHA-256 of their bytes.
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    -- The photo that it is part of: the name in the entry.
    photo BLOB NOT NULL,
    name BLOB NOT NULL,
    kind INTEGER NOT NULL,
    -- One of the two: the entry, or the draft while it is not saved.
    doc BLOB,
    draft BLOB REFERENCES drafts (draft) ON DELETE CASCADE,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    -- 1: taken here, to be sent. 0: fetched, can be fetched again.
    own INTEGER NOT NULL,
    length INTEGER NOT NULL,
    -- How many bytes the server has.
    sent INTEGER NOT NULL DEFAULT 0,
    -- The server's count of whole attachments when it had this one; none until then.
    place INTEGER,
    -- Why the server will not take it.
    refused TEXT,
    made INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX attachments_of_doc ON attachments (doc, name) WHERE doc IS NOT NULL;
CREATE UNIQUE INDEX attachments_of_draft ON attachments (draft, name) WHERE draft IS NOT NULL;
CREATE INDEX attachments_by_name ON attachments (name);
CREATE INDEX attachments_waiting ON attachments (kind, id) WHERE own = 1 AND place IS NULL AND refused IS NULL;

-- Apart, so that noting progress does not write a photo again. No row: dropped, the server has it.
CREATE TABLE attachment_bytes (
    id INTEGER PRIMARY KEY REFERENCES attachments (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;
