-- What a search before a resend must wait for: the last moment at which a request may have been made. It was counted
-- from the claim, but discord.py repeats requests, and a process may be killed while one hangs.

-- in_flight: a request may be on its way. attempted_at: when one last may have been, as far as is known.
-- called_off: what is on its way may arrive, but is not sent again.
ALTER TABLE outbox ADD COLUMN in_flight INTEGER NOT NULL DEFAULT 0 CHECK (in_flight IN (0, 1));
ALTER TABLE outbox ADD COLUMN called_off INTEGER NOT NULL DEFAULT 0 CHECK (called_off IN (0, 1));

UPDATE outbox SET in_flight = 1 WHERE state = 'sending';

DROP INDEX outbox_sending;
CREATE INDEX outbox_in_flight ON outbox (id) WHERE in_flight = 1;

-- restored_at: when this file was put back from a backup (NULL: never); what was due before may have been sent from
-- the file it replaced.
ALTER TABLE outbox_salt RENAME TO outbox_file;
ALTER TABLE outbox_file ADD COLUMN restored_at INTEGER;
