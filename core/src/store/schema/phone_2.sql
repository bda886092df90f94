-- Where a scope stands in the phone's own lists: what is still wanted is asked for in that order,
-- and in it the contact part first, so that names show.
ALTER TABLE grants ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
DROP INDEX grants_wanted;
CREATE INDEX grants_wanted ON grants (place, scope, class) WHERE filled = 0 AND state = 'active';
