-- When the last chunk of an upload came: one that is gone on with now and then is not left behind.
ALTER TABLE attachments ADD COLUMN touched INTEGER NOT NULL DEFAULT 0;
UPDATE attachments SET touched = begun;
DROP INDEX attachments_half_sent;
CREATE INDEX attachments_half_sent ON attachments (touched) WHERE place IS NULL;
