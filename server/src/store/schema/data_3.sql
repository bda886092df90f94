-- Approved by someone who handed the entry in: for a later second look. An index, as `waiting_since`
-- is one; `rebuild --repair` works it out for entries from before this column.
ALTER TABLE documents ADD COLUMN self_reviewed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX documents_self_reviewed ON documents (scope, class) WHERE self_reviewed = 1;

-- When a supervisor put it away, and who. It is kept all the same, and taken in if it fits some day.
ALTER TABLE set_aside ADD COLUMN dismissed INTEGER;
ALTER TABLE set_aside ADD COLUMN dismissed_by BLOB;
DROP INDEX set_aside_by_device;
CREATE INDEX set_aside_by_device ON set_aside (device, dismissed);
DROP INDEX set_aside_by_verdict;
CREATE INDEX set_aside_by_push ON set_aside (push);
