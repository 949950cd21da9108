-- What is ahead is said in digests: the weekly one to the secretariat, the monthly one to members. The shelf's own
-- monthly note becomes a part of the latter.

ALTER TABLE network ADD COLUMN weekly_digest INTEGER NOT NULL DEFAULT 0 CHECK (weekly_digest IN (0, 1));
ALTER TABLE network ADD COLUMN monthly_digest INTEGER NOT NULL DEFAULT 0 CHECK (monthly_digest IN (0, 1));

-- What was on stays on.
INSERT INTO network (guild_id) SELECT guild_id FROM shelf WHERE has_digest = 1 ON CONFLICT DO NOTHING;
UPDATE network SET monthly_digest = 1 WHERE guild_id IN (SELECT guild_id FROM shelf WHERE has_digest = 1);
ALTER TABLE shelf DROP COLUMN has_digest;

-- The notes to come are digests. One that is due may have been tried, by this file or by one that it was copied from:
-- it keeps the key by which it is found.
UPDATE outbox SET subject = 'digest', kind = 'monthly:' || substr(kind, 6)
WHERE subject = 'shelf' AND subject_id = 0 AND kind GLOB 'note:*' AND state = 'pending' AND attempted_at IS NULL
    AND due_at > CAST(strftime('%s', 'now') AS INTEGER);

-- Who has asked for the monthly digest by e-mail.
ALTER TABLE account_setting ADD COLUMN monthly_email INTEGER NOT NULL DEFAULT 0 CHECK (monthly_email IN (0, 1));
