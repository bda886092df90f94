-- Uploads that were begun and not gone on with: what is left behind is found by its age.
CREATE INDEX attachments_half_sent ON attachments (begun) WHERE place IS NULL;
