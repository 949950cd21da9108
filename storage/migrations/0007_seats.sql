-- How people come and go while the seat stays: nominations that wait for the secretariat, one-time codes for
-- getting in, the member role as the bot granted it, and which erasures this file has been through.

ALTER TABLE network ADD COLUMN welcome_channel_id INTEGER;

-- The trouble with the member role that the secretariat was last told of, so that it is told once.
ALTER TABLE network ADD COLUMN role_trouble TEXT NOT NULL DEFAULT '';

-- The nominee is a person without a post until the nomination is approved: names live in person alone.
-- starts_on NULL: from the day of the approval. account_id: the nominee's, linked when approved.
CREATE TABLE nomination (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    nominated_by INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('focal_point', 'alternate', 'mission', 'adviser')),
    title TEXT NOT NULL DEFAULT '',
    ministry TEXT NOT NULL DEFAULT '',
    starts_on TEXT CHECK (starts_on = date(starts_on)),
    account_id INTEGER,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'approved', 'declined')),
    reason TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER,
    UNIQUE (guild_id, id),
    CHECK ((state = 'waiting') = (decided_at IS NULL)),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id),
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id),
    FOREIGN KEY (guild_id, nominated_by) REFERENCES person (guild_id, id)
) STRICT;

CREATE INDEX nomination_of_delegation ON nomination (guild_id, delegation_id, id);

-- A one-time code is kept as its SHA-256 alone. One code at a time for a person: a new one replaces the old.
CREATE TABLE invitation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    code_hash BLOB NOT NULL UNIQUE CHECK (length(code_hash) = 32),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'replaced')),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id),
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id)
) STRICT;

CREATE UNIQUE INDEX invitation_open ON invitation (guild_id, person_id) WHERE state = 'open';

CREATE TABLE claim_attempt (
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    failures INTEGER NOT NULL CHECK (failures > 0),
    last_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, account_id)
) STRICT, WITHOUT ROWID;

-- Whom the bot gave the member role, so that it can take it back from an account that is linked to nobody.
CREATE TABLE role_grant (
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, account_id)
) STRICT, WITHOUT ROWID;

-- The erasures that this file has been through, by the key under which they are remembered beside it.
CREATE TABLE erasure (
    key TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
