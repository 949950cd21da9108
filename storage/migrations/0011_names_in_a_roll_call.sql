-- name: what a person who voted in a roll-call was called when it closed ('' for all others, and once erased).
-- Without it a roll-call changed with the directory.
ALTER TABLE elector ADD COLUMN name TEXT NOT NULL DEFAULT '' CHECK (name = '' OR (voted = 1 AND person_id <> 0));
