-- An unanswered request counted as two attempts, and what was tried in vain before any request counted as one.

-- attempts: requests made. failures: what was in vain since it was last asked for, from which the backoff follows.
ALTER TABLE outbox ADD COLUMN failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0);
UPDATE outbox SET attempts = (attempts + 1) / 2 WHERE attempts > 1;
UPDATE outbox SET failures = attempts WHERE state IN ('pending', 'sending', 'withdrawing') AND retrying = 1;

-- send_unproven: somebody asked for it once more, though it cannot be proven that it is not there.
ALTER TABLE outbox ADD COLUMN send_unproven INTEGER NOT NULL DEFAULT 0 CHECK (send_unproven IN (0, 1));
UPDATE outbox SET send_unproven = 1, reason = '' WHERE reason = 'again';
