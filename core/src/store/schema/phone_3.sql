-- Entries whose date was cleared are few, and search finds them all the same.
CREATE INDEX documents_undated ON documents (kind) WHERE date IS NULL AND kind = 3;
-- When a draft was thrown away; it can be taken up again for a while.
ALTER TABLE drafts ADD COLUMN deleted INTEGER;
-- The cases whose persons take part in a group session that is being typed.
ALTER TABLE drafts ADD COLUMN participants BLOB;
