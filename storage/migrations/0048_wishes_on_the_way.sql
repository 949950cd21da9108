-- A message that is on its way, or of which that is not known, shows its subject as it was when it was claimed. Whoever
-- has it rendered anew meanwhile says so here: it is edited as soon as it is known to be there.
ALTER TABLE outbox ADD COLUMN edit_wanted INTEGER NOT NULL DEFAULT 0 CHECK (edit_wanted IN (0, 1));

-- Until now such a wish was lost: what is on its way is edited once, in case there was one.
UPDATE outbox SET edit_wanted = 1 WHERE state = 'sending' AND email_step IS NULL;
