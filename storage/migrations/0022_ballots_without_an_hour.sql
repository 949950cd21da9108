-- That a colleague is told of a ballot says when the ballot was cast. Such a row has no hour and no place among the
-- others: it is due from the beginning of the day, and its number is by chance and below zero.

UPDATE outbox SET
    id = -1 - abs(random() % 4611686018427387904),
    due_at = due_at - due_at % 86400
WHERE kind = 'voted';

-- Whatever ends such a row (sent, shown, refused, called off) leaves its day alone.
CREATE TRIGGER outbox_without_hour AFTER UPDATE OF settled_at ON outbox
WHEN NEW.kind = 'voted' AND NEW.settled_at IS NOT NULL AND NEW.settled_at <> NEW.due_at
BEGIN
    UPDATE outbox SET
        settled_at = due_at, attempted_at = NULL, channel_id = NULL, after_id = NULL, message_id = NULL,
        reason = iif(instr(reason, ':') > 0, substr(reason, 1, instr(reason, ':') - 1), reason)
    WHERE id = NEW.id;
END;

UPDATE outbox SET settled_at = settled_at WHERE kind = 'voted' AND settled_at IS NOT NULL;

-- A notice is shown above whatever its person asks next, and that may be their ballot: when is not kept.
UPDATE outbox SET settled_at = due_at WHERE state = 'sent' AND message_id IS NULL AND settled_at IS NOT NULL;

-- When a person was first asked about direct messages may be when they came to vote: the day is enough.
UPDATE account_setting SET asked_at = asked_at - asked_at % 86400 WHERE asked_at IS NOT NULL;
