-- All that is owed, sent, late, missed or failed: each message to the public or to several people is a row, owed
-- once and sent once. Rows are the truth; the engine only looks at those whose wake_at has come.

-- Which networks owe anything, and whether their outbox is held (paused_at). One row for each network.
CREATE TABLE outbox_network (
    guild_id INTEGER PRIMARY KEY,
    paused_at INTEGER
) STRICT;

-- Makes nonces that no other database makes.
CREATE TABLE outbox_salt (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    salt BLOB NOT NULL CHECK (length(salt) = 16)
) STRICT;

INSERT INTO outbox_salt VALUES (1, randomblob(16));

-- due_at: when it is owed. deadline: after it, the message makes no sense (NULL: the subject says).
-- wake_at: when the engine looks at the row next (NULL: never again by itself). retrying: wake_at is a backoff.
-- planned: 1 where it follows from the subject's own plan, 0 where somebody or something asked for it once.
-- after_id: the channel's newest message just before the first attempt; what we sent is newer.
-- told_in: the line to the secretariat that tells of this row's trouble.
CREATE TABLE outbox (
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
        'pending', 'sending', 'expanded', 'notice', 'sent', 'not_owed', 'missed', 'failed', 'unknown', 'cancelled',
        'withdrawing', 'withdrawn'
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
    UNIQUE (guild_id, subject, subject_id, kind, target, occurrence),
    CHECK (state <> 'sent' OR message_id IS NOT NULL OR target LIKE 'person:%')
) STRICT;

CREATE INDEX outbox_wake ON outbox (guild_id, wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX outbox_sending ON outbox (id) WHERE state = 'sending';
CREATE INDEX outbox_notice ON outbox (guild_id, target) WHERE state = 'notice';
CREATE INDEX outbox_children ON outbox (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX outbox_told ON outbox (told_in) WHERE told_in IS NOT NULL;
CREATE INDEX outbox_by_state ON outbox (guild_id, state, due_at);

-- Set when the account has been asked whether the bot may write to it directly: it is asked once.
ALTER TABLE account_setting ADD COLUMN asked_at INTEGER;

-- What the secretariat wrote with /message send, kept for as long as the outbox refers to it.
CREATE TABLE message (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    audience TEXT NOT NULL,
    region TEXT,
    text TEXT NOT NULL CHECK (text <> ''),
    created_at INTEGER NOT NULL,
    UNIQUE (guild_id, id)
) STRICT;
