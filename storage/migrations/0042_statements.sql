-- Joint statements: which delegations join which text. Who does not join is recorded nowhere.

-- authoritative: the language of the authoritative file. sequence: raised by every change, so that of two people who
-- change it at once one is told. The files are in the table document; its latest version is the statement's.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    url TEXT NOT NULL DEFAULT '' CHECK (url = '' OR url LIKE 'https://%'),
    authoritative TEXT NOT NULL DEFAULT '',
    audience TEXT NOT NULL CHECK (audience IN ('all', 'steering', 'region', 'delegations')),
    region TEXT CHECK ((region IS NOT NULL) = (audience = 'region')),
    show_count INTEGER NOT NULL DEFAULT 0 CHECK (show_count IN (0, 1)),
    closes_at INTEGER NOT NULL,
    closes_at_local TEXT,
    closes_at_fold INTEGER NOT NULL DEFAULT 0,
    timezone TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'final', 'open', 'closed', 'delivered', 'cancelled')),
    sequence INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    opened_at INTEGER,
    closed_at INTEGER,
    delivered_at INTEGER,
    cancelled_at INTEGER,
    cancel_reason TEXT NOT NULL DEFAULT '',
    UNIQUE (guild_id, id)
) STRICT;

CREATE INDEX statement_by_state ON statement (guild_id, state, closes_at);

-- The delegations that draft it, and those chosen as its audience (where that is 'delegations').
CREATE TABLE statement_delegation (
    guild_id INTEGER NOT NULL,
    statement_id INTEGER NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('penholder', 'audience')),
    delegation_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, statement_id, part, delegation_id),
    FOREIGN KEY (guild_id, statement_id) REFERENCES statement (guild_id, id) ON DELETE CASCADE,
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

-- version: of the text that the delegation has joined. account_id: who joined for it, or who recorded it (NULL: erased).
-- by_secretariat: recorded by the secretariat, with the reference of what it came by.
CREATE TABLE statement_joining (
    guild_id INTEGER NOT NULL,
    statement_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    joined_at INTEGER NOT NULL,
    is_late INTEGER NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1)),
    by_secretariat INTEGER NOT NULL DEFAULT 0 CHECK (by_secretariat IN (0, 1)),
    reference TEXT NOT NULL DEFAULT '',
    account_id INTEGER,
    PRIMARY KEY (guild_id, statement_id, delegation_id),
    FOREIGN KEY (guild_id, statement_id) REFERENCES statement (guild_id, id) ON DELETE CASCADE,
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

-- No name stands under words that its delegation has not joined: only a text that is open, or closed and not yet
-- delivered, is joined, and only its latest version.
CREATE TRIGGER statement_joined BEFORE INSERT ON statement_joining
BEGIN
    SELECT raise(ABORT, 'only an open statement is joined') WHERE NOT EXISTS (
        SELECT 1 FROM statement AS s
        WHERE s.guild_id = NEW.guild_id AND s.id = NEW.statement_id AND s.state IN ('open', 'closed')
    );
    SELECT raise(ABORT, 'another version is joined') WHERE NEW.version <> (
        SELECT max(d.version) FROM document AS d
        WHERE d.guild_id = NEW.guild_id AND d.subject = 'statement' AND d.subject_id = NEW.statement_id
    );
END;

CREATE TRIGGER statement_joining_kept BEFORE UPDATE OF delegation_id, statement_id, version ON statement_joining
BEGIN
    SELECT raise(ABORT, 'a joining is of one delegation and one version');
END;

-- What a person asked for: one reminder a day before closing ('more_time'), or none. Gone once it is delivered.
CREATE TABLE statement_mark (
    guild_id INTEGER NOT NULL,
    statement_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    mark TEXT NOT NULL CHECK (mark IN ('more_time', 'no_reminders')),
    PRIMARY KEY (guild_id, statement_id, person_id),
    FOREIGN KEY (guild_id, statement_id) REFERENCES statement (guild_id, id) ON DELETE CASCADE,
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id)
) STRICT, WITHOUT ROWID;
