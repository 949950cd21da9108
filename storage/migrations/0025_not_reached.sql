-- What nothing brings to its person is not reached, which is a fact of its own; a row that was sent to a person says by
-- what. The list of states is part of the table, which is made anew.

CREATE TABLE outbox_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL REFERENCES outbox_network (guild_id),
    subject TEXT NOT NULL,
    subject_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    occurrence INTEGER NOT NULL CHECK (occurrence > 0),
    target TEXT NOT NULL,
    parent_id INTEGER REFERENCES outbox (id) ON DELETE CASCADE,
    planned INTEGER NOT NULL CHECK (planned IN (0, 1)),
    payload TEXT NOT NULL DEFAULT '{}' CHECK (json_type(payload) = 'object'),
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN (
        'pending', 'sending', 'expanded', 'notice', 'sent', 'not_owed', 'not_reached', 'missed', 'failed', 'unknown',
        'cancelled', 'withdrawing', 'withdrawn'
    )),
    reason TEXT NOT NULL DEFAULT '',
    due_at INTEGER NOT NULL,
    deadline INTEGER,
    wake_at INTEGER,
    retrying INTEGER NOT NULL DEFAULT 0 CHECK (retrying IN (0, 1)),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempted_at INTEGER,
    channel_id INTEGER,
    after_id INTEGER,
    message_id INTEGER,
    settled_at INTEGER,
    told_in INTEGER REFERENCES outbox (id) ON DELETE SET NULL,
    in_flight INTEGER NOT NULL DEFAULT 0 CHECK (in_flight IN (0, 1)),
    called_off INTEGER NOT NULL DEFAULT 0 CHECK (called_off IN (0, 1)),
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    send_unproven INTEGER NOT NULL DEFAULT 0 CHECK (send_unproven IN (0, 1)),
    hung INTEGER NOT NULL DEFAULT 0 CHECK (hung IN (0, 1)),
    sent_by TEXT CHECK (sent_by IN ('direct_message', 'email', 'reply', 'secretariat')),
    UNIQUE (guild_id, subject, subject_id, kind, target, occurrence),
    CHECK (state <> 'sent' OR message_id IS NOT NULL OR target LIKE 'person:%')
) STRICT;

INSERT INTO outbox_anew (
    id, guild_id, subject, subject_id, kind, occurrence, target, parent_id, planned, payload, state, reason, due_at,
    deadline, wake_at, retrying, attempts, attempted_at, channel_id, after_id, message_id, settled_at, told_in,
    in_flight, called_off, failures, send_unproven, hung, sent_by
)
SELECT
    id, guild_id, subject, subject_id, kind, occurrence, target, parent_id, planned, payload,
    iif(state = 'not_owed' AND reason = 'no_account', 'not_reached', state),
    reason, due_at, deadline,
    -- Until when each notice makes sense is worked out at the start.
    iif(state = 'notice', coalesce(wake_at, due_at), wake_at),
    retrying, attempts, attempted_at, channel_id, after_id, message_id, settled_at, told_in, in_flight, called_off,
    failures, send_unproven, hung,
    CASE
        WHEN state <> 'sent' OR instr(target, ':') = 0 THEN NULL
        WHEN message_id IS NULL THEN 'reply'
        ELSE 'direct_message'
    END
FROM outbox;

-- No number is given out twice.
DELETE FROM sqlite_sequence WHERE name = 'outbox_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'outbox_anew', seq FROM sqlite_sequence WHERE name = 'outbox';

DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;

CREATE INDEX outbox_wake ON outbox (guild_id, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX outbox_in_flight ON outbox (id) WHERE in_flight = 1;
CREATE INDEX outbox_notice ON outbox (guild_id, target) WHERE state = 'notice';
CREATE INDEX outbox_not_reached ON outbox (guild_id, target) WHERE state = 'not_reached';
CREATE INDEX outbox_children ON outbox (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX outbox_told ON outbox (told_in) WHERE told_in IS NOT NULL;
CREATE INDEX outbox_by_state ON outbox (guild_id, state, due_at);

-- As in migration 0022: whatever ends a row about a ballot leaves its day alone.
CREATE TRIGGER outbox_without_hour AFTER UPDATE OF settled_at ON outbox
WHEN NEW.kind = 'voted' AND NEW.settled_at IS NOT NULL AND NEW.settled_at <> NEW.due_at
BEGIN
    UPDATE outbox SET
        settled_at = due_at, attempted_at = NULL, channel_id = NULL, after_id = NULL, message_id = NULL,
        reason = iif(instr(reason, ':') > 0, substr(reason, 1, instr(reason, ':') - 1), reason)
    WHERE id = NEW.id;
END;

-- Whoever gets an account, by whatever way, is owed again what still makes sense: the engine looks at it at once.
CREATE TRIGGER outbox_person_linked AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id
BEGIN
    UPDATE outbox SET wake_at = 0
    WHERE guild_id = NEW.guild_id AND target = 'person:' || NEW.id AND state = 'not_reached';
END;

-- Nothing is shown above the next answer to somebody who has no account any more.
CREATE TRIGGER outbox_person_unlinked AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NULL AND OLD.account_id IS NOT NULL
BEGIN
    UPDATE outbox SET state = 'not_reached', reason = 'no_account', wake_at = NULL
    WHERE guild_id = NEW.guild_id AND target = 'person:' || NEW.id AND state = 'notice';
END;
