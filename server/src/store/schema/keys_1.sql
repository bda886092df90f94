-- One random key for each scope and class. Deleting the row deletes what it sealed, in backups of data.db too.
CREATE TABLE scope_keys (
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    key BLOB NOT NULL,
    created INTEGER NOT NULL,
    PRIMARY KEY (scope, class)
) STRICT, WITHOUT ROWID;

-- The office's own: 'signing' (certificates of devices), 'sealing' (what belongs to no known scope), 'console' (decisions made at the console).
CREATE TABLE office_keys (
    name TEXT PRIMARY KEY,
    key BLOB NOT NULL
) STRICT, WITHOUT ROWID;
