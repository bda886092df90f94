-- The organisation that this database belongs to. One row: one SQLite database holds one organisation.
CREATE TABLE office (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    org BLOB NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    -- Lineage of this database: new after every restore.
    epoch BLOB NOT NULL,
    -- Grows with every change of the rows that directories are made of; also numbers grants' generations.
    directory_revision INTEGER NOT NULL,
    -- CBOR of model::Template.
    template BLOB NOT NULL,
    -- Highest position, and the running hash there.
    head INTEGER NOT NULL,
    chain BLOB NOT NULL,
    -- Position up to which a backup covers everything.
    backed_up INTEGER NOT NULL,
    -- Release that last opened the database: after an upgrade, what was set aside is tried again.
    release TEXT NOT NULL
) STRICT;

CREATE TABLE members (
    member BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    -- Name to sign in with at the console; none for members who only use a phone.
    login TEXT UNIQUE,
    -- Argon2id, in its own text form.
    password TEXT,
    -- 'zh' or 'en'.
    language TEXT NOT NULL,
    created INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE member_roles (
    member BLOB NOT NULL REFERENCES members (member),
    role TEXT NOT NULL,
    PRIMARY KEY (member, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE teams (
    team BLOB PRIMARY KEY,
    name TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE team_members (
    team BLOB NOT NULL REFERENCES teams (team),
    member BLOB NOT NULL REFERENCES members (member),
    supervises INTEGER NOT NULL,
    PRIMARY KEY (team, member)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_members_by_member ON team_members (member);

CREATE TABLE cases (
    case_id BLOB PRIMARY KEY,
    team BLOB NOT NULL REFERENCES teams (team),
    kind TEXT NOT NULL,
    minor INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    opened_by BLOB NOT NULL REFERENCES members (member)
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_by_team ON cases (team);

-- Who works on a case. An ended assignment stays: it is why late work is kept, not refused.
CREATE TABLE assignments (
    assignment INTEGER PRIMARY KEY,
    case_id BLOB NOT NULL REFERENCES cases (case_id),
    member BLOB NOT NULL REFERENCES members (member),
    role TEXT NOT NULL,
    began INTEGER NOT NULL,
    began_by BLOB,
    ended INTEGER,
    ended_by BLOB
) STRICT;
CREATE UNIQUE INDEX assignments_active ON assignments (case_id, member) WHERE ended IS NULL;
CREATE INDEX assignments_by_member ON assignments (member, case_id);

-- What follows from roles, teams and assignments: kept so that a generation lasts as long as its grant.
CREATE TABLE grants (
    scope BLOB NOT NULL,
    member BLOB NOT NULL REFERENCES members (member),
    class INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (scope, member, class)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_by_member ON grants (member);

CREATE TABLE devices (
    device BLOB PRIMARY KEY,
    -- None for the console's own device, which acts for whoever is signed in.
    member BLOB REFERENCES members (member),
    key BLOB NOT NULL UNIQUE,
    -- 'phone', or 'console': the server acting for a member.
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    -- 'active', 'unconfirmed' (certified, but unknown to a restored server), 'revoked'.
    state TEXT NOT NULL,
    enrolled INTEGER NOT NULL,
    last_seen INTEGER,
    revoked INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_by_member ON devices (member);

CREATE TABLE actors (
    actor BLOB PRIMARY KEY,
    device BLOB NOT NULL REFERENCES devices (device),
    incarnation BLOB NOT NULL,
    first_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX actors_by_device ON actors (device);

-- One-time codes. Only the hash of the secret is kept.
CREATE TABLE invites (
    secret_hash BLOB PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (member),
    created INTEGER NOT NULL,
    created_by BLOB,
    expires INTEGER NOT NULL,
    used INTEGER,
    device BLOB
) STRICT, WITHOUT ROWID;

CREATE TABLE console_sessions (
    -- Only the hash of the cookie is kept.
    token_hash BLOB PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (member),
    csrf BLOB NOT NULL,
    agent TEXT NOT NULL,
    created INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    ended INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX console_sessions_by_member ON console_sessions (member);

-- One row a document. Everything here can be rebuilt from `log`.
CREATE TABLE documents (
    -- Position of its first change. Also the rowid, so that a fill reads rows in their order.
    created_position INTEGER PRIMARY KEY,
    doc BLOB NOT NULL UNIQUE,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    author BLOB NOT NULL,
    -- Position of its latest change or action.
    last_position INTEGER NOT NULL,
    -- Number of changes so far; part of the associated data of the seals below.
    revision INTEGER NOT NULL,
    operations INTEGER NOT NULL,
    -- Since when a supervisor has something to do (an index for the queue).
    waiting_since INTEGER,
    summary_version INTEGER NOT NULL,
    -- Sealed.
    summary BLOB NOT NULL,
    snapshot BLOB NOT NULL
) STRICT;
CREATE INDEX documents_by_scope ON documents (scope, class, created_position);
CREATE INDEX documents_waiting ON documents (scope, class, waiting_since) WHERE waiting_since IS NOT NULL;

-- The signed log: every accepted change and action in order of acceptance. The source of truth; only ever grows.
CREATE TABLE log (
    position INTEGER PRIMARY KEY,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    doc BLOB NOT NULL,
    -- 0: change, 1: action.
    item INTEGER NOT NULL,
    -- Of a change.
    actor BLOB,
    seq INTEGER,
    -- Of an action.
    action BLOB,
    -- HMAC of the content's hash under the scope's key.
    reference BLOB NOT NULL,
    -- SHA-256 over the chain before and this reference.
    chain BLOB NOT NULL,
    received INTEGER NOT NULL,
    device BLOB NOT NULL,
    -- Sealed CBOR of SignedChange or SignedAction.
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX log_by_scope ON log (scope, class, position);
CREATE UNIQUE INDEX log_by_change ON log (doc, actor, seq) WHERE item = 0;
CREATE INDEX log_actions_of ON log (doc, position) WHERE item = 1;
CREATE UNIQUE INDEX log_by_action ON log (action) WHERE item = 1;

-- Proven to be a member's, but not part of a document: held, quarantined or late.
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    -- Items of one push share the id of its first item: they are tried again together.
    push INTEGER NOT NULL,
    -- wire::ItemVerdict: 'held', 'quarantined' or 'late'.
    verdict TEXT NOT NULL,
    -- wire::RefusalCode.
    code TEXT NOT NULL,
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    kind INTEGER,
    doc BLOB NOT NULL,
    item INTEGER NOT NULL,
    actor BLOB,
    seq INTEGER,
    action BLOB,
    -- 1 if sealed under the scope's key, 0 if under the office's (the scope is unknown).
    under_scope INTEGER NOT NULL,
    reference BLOB NOT NULL,
    received INTEGER NOT NULL,
    member BLOB NOT NULL,
    device BLOB NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE INDEX set_aside_by_doc ON set_aside (doc, actor, seq);
CREATE INDEX set_aside_by_scope ON set_aside (scope, class);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    member BLOB,
    device BLOB,
    verb TEXT NOT NULL,
    -- What it was about: an identifier, never content.
    subject BLOB,
    -- A stable code or a number, never content.
    detail TEXT
) STRICT;
