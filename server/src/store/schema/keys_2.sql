-- The certificate that phones pin, and its key. Here, so that it is encrypted like every other key and comes back with a
-- restore: phones trust nothing else.
CREATE TABLE tls (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    certificate BLOB NOT NULL,
    key BLOB NOT NULL
) STRICT;
