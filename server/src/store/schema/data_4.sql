-- Photos of entries, as they arrive.
CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    doc BLOB NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    -- HMAC of the content's hash under the scope's key.
    reference BLOB NOT NULL,
    -- Length of the whole, and of what is here.
    whole INTEGER NOT NULL,
    received INTEGER NOT NULL,
    begun INTEGER NOT NULL,
    device BLOB NOT NULL,
    -- How many were whole when this one became so, itself included; none until then.
    place INTEGER UNIQUE,
    UNIQUE (doc, reference)
) STRICT;
CREATE INDEX attachments_by_device ON attachments (device, begun);

-- Sealed under the key of scope and class.
CREATE TABLE attachment_chunks (
    attachment INTEGER NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    chunk INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (attachment, chunk)
) STRICT;

-- How many whole attachments a backup covers.
ALTER TABLE office ADD COLUMN photos_backed_up INTEGER NOT NULL DEFAULT 0;
