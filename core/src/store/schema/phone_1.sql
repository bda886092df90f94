-- Small single values: identity, keys, epoch, cursor, directory.
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;

-- Every document on the phone, with the columns that lists ask for in front of the large ones.
CREATE TABLE documents (
    doc BLOB NOT NULL UNIQUE,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    -- Version of the summary's computation; another than today's is computed again when there is time.
    version INTEGER NOT NULL,
    -- Of entries that are contacts.
    date TEXT,
    outcome TEXT,
    next_date TEXT,
    conflicts INTEGER NOT NULL,
    summary BLOB NOT NULL,
    snapshot BLOB NOT NULL
) STRICT;
CREATE INDEX documents_by_scope ON documents (scope, date, outcome);
CREATE INDEX documents_by_date ON documents (date) WHERE date IS NOT NULL;
CREATE INDEX documents_planned ON documents (next_date) WHERE next_date IS NOT NULL;
CREATE INDEX documents_parts ON documents (kind, scope) WHERE kind < 3;
CREATE INDEX documents_in_conflict ON documents (conflicts) WHERE conflicts > 0;

CREATE TABLE actions (
    action BLOB PRIMARY KEY,
    subject BLOB NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- When the server took it; none while only this phone has it.
    received INTEGER,
    signed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actions_by_subject ON actions (subject);
CREATE INDEX actions_by_kind ON actions (kind);

-- This phone's own work in the order in which it was done. Kept until a backup of the server covers it.
CREATE TABLE own (
    id INTEGER PRIMARY KEY,
    doc BLOB NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    -- 0: change, 1: action.
    item INTEGER NOT NULL,
    signed BLOB NOT NULL,
    made INTEGER NOT NULL,
    -- Where it stands in the server's ledger.
    position INTEGER,
    -- What became of it (wire::ItemVerdict); none while it waits.
    verdict TEXT,
    code TEXT
) STRICT;
CREATE INDEX own_waiting ON own (id) WHERE verdict IS NULL;
CREATE INDEX own_by_doc ON own (doc);

-- What is typed and not yet saved.
CREATE TABLE drafts (
    draft BLOB PRIMARY KEY,
    -- The entry being edited; none for a new one.
    doc BLOB,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    base BLOB NOT NULL,
    edits BLOB NOT NULL,
    updated INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What may be read. `state`: 'active', 'leaving' (ended, own work not yet handed over), 'frozen' (after a restore).
CREATE TABLE grants (
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    state TEXT NOT NULL,
    filled INTEGER NOT NULL,
    -- Position below which documents are still wanted.
    after INTEGER,
    PRIMARY KEY (scope, class)
) STRICT, WITHOUT ROWID;
-- What is still wanted, in the order in which it is asked for: contact parts first, so that lists have names.
CREATE INDEX grants_wanted ON grants ((class > 0), scope, class) WHERE filled = 0 AND state = 'active';

-- What a person should look at.
CREATE TABLE attention (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    scope BLOB,
    doc BLOB,
    code TEXT,
    made INTEGER NOT NULL
) STRICT;

-- A branch that the server would not take, readable until its author has looked.
CREATE TABLE parked (
    id INTEGER PRIMARY KEY,
    doc BLOB NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    snapshot BLOB NOT NULL,
    -- Why the server would not take it.
    code TEXT NOT NULL,
    made INTEGER NOT NULL
) STRICT;
