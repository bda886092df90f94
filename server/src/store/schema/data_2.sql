-- What phones still hold of before a restore, as they tell with each sync, and what was decided about it.
-- Belongs to one lineage: the next restore empties it.
CREATE TABLE frozen (
    device BLOB NOT NULL REFERENCES devices (device),
    scope BLOB NOT NULL,
    class INTEGER NOT NULL,
    told INTEGER NOT NULL,
    -- When somebody confirmed that it has ended, and who; none while it waits.
    ended INTEGER,
    ended_by BLOB,
    PRIMARY KEY (device, scope, class)
) STRICT, WITHOUT ROWID;

CREATE INDEX set_aside_by_device ON set_aside (device);
CREATE INDEX set_aside_by_verdict ON set_aside (verdict, id);
