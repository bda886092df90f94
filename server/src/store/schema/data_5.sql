-- Phones' database keys, each sealed to the office's recovery key, which is in keys.db.
CREATE TABLE recovery_keys (
    device BLOB PRIMARY KEY REFERENCES devices (device),
    sealed BLOB NOT NULL,
    kept INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Phones that ask for their key: one request each, the last.
CREATE TABLE recoveries (
    device BLOB PRIMARY KEY REFERENCES devices (device),
    -- The public key that the answer is sealed to.
    fresh BLOB NOT NULL,
    sealed BLOB NOT NULL,
    asked INTEGER NOT NULL,
    -- Since when requests are counted, and how many there were: a phone asks a few times a day at most.
    counted_since INTEGER NOT NULL,
    requests INTEGER NOT NULL,
    -- Codes that were typed and did not fit this request.
    wrong INTEGER NOT NULL DEFAULT 0,
    confirmed INTEGER,
    confirmed_by BLOB,
    -- When the answer went out first.
    given INTEGER
) STRICT, WITHOUT ROWID;
