-- The ways to vote are the bot's to know, as languages are (0024): one that is added needs no migration. The list was a
-- CHECK, and the only one that fills seats was named in another: the table is made anew without both.

CREATE TABLE poll_anew (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    method TEXT NOT NULL CHECK (method <> ''),
    voters TEXT NOT NULL CHECK (voters IN ('delegations', 'members')),
    audience TEXT NOT NULL CHECK (audience IN ('all', 'steering', 'region')),
    region TEXT,
    secret INTEGER NOT NULL CHECK (secret IN (0, 1)),
    publish TEXT NOT NULL CHECK (publish IN ('ballots', 'totals')),
    seats INTEGER CHECK (seats > 0),
    quorum INTEGER NOT NULL CHECK (quorum BETWEEN 0 AND electorate),
    electorate INTEGER NOT NULL CHECK (electorate > 0),
    timezone TEXT NOT NULL,
    reminders TEXT NOT NULL,
    opened_at INTEGER NOT NULL,
    closes_at INTEGER NOT NULL CHECK (closes_at > opened_at),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'cancelled')),
    ended_at INTEGER,
    result TEXT CHECK (json_type(result) = 'object'),
    published TEXT CHECK (published IN ('ballots', 'totals')),
    closes_at_local TEXT,
    closes_at_fold INTEGER NOT NULL DEFAULT 0 CHECK (closes_at_fold IN (0, 1)),
    sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
    key_lost INTEGER NOT NULL DEFAULT 0 CHECK (key_lost IN (0, 1)),
    abstain INTEGER NOT NULL DEFAULT 0 CHECK (abstain IN (0, 1)),
    majority TEXT CHECK (majority IN ('simple', 'two_thirds')),
    sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    UNIQUE (guild_id, id),
    CHECK ((audience = 'region') = (region IS NOT NULL)),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'closed') = (result IS NOT NULL)),
    CHECK ((state = 'closed') = (published IS NOT NULL))
) STRICT;

INSERT INTO poll_anew (
    id, guild_id, question, method, voters, audience, region, secret, publish, seats, quorum, electorate, timezone,
    reminders, opened_at, closes_at, state, ended_at, result, published, closes_at_local, closes_at_fold, sealed,
    key_lost, abstain, majority, sequence
)
SELECT
    id, guild_id, question, method, voters, audience, region, secret, publish, seats, quorum, electorate, timezone,
    reminders, opened_at, closes_at, state, ended_at, result, published, closes_at_local, closes_at_fold, sealed,
    key_lost, abstain, majority, sequence
FROM poll;

-- No number is given out twice.
DELETE FROM sqlite_sequence WHERE name = 'poll_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'poll_anew', seq FROM sqlite_sequence WHERE name = 'poll';

DROP TABLE poll;
ALTER TABLE poll_anew RENAME TO poll;

CREATE INDEX poll_by_state ON poll (guild_id, state, closes_at);
CREATE INDEX poll_open ON poll (closes_at) WHERE state = 'open';

-- A closed poll cannot reopen.
CREATE TRIGGER poll_stays_ended BEFORE UPDATE ON poll WHEN OLD.state <> 'open'
BEGIN
    SELECT raise(ABORT, 'a closed poll cannot change');
END;
