-- Topics for workshops, and polls: one electorate fixed at opening, one ballot for each elector, and nothing that
-- leads from a voter to a secret ballot once the poll has closed.

CREATE TABLE topic (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    level TEXT NOT NULL CHECK (level IN ('national', 'sub_regional', 'regional', 'global')),
    format TEXT NOT NULL CHECK (format IN ('plenary', 'case_study', 'workshop')),
    description TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'proposed'
        CHECK (state IN ('proposed', 'listed', 'declined', 'withdrawn', 'merged')),
    merged_into INTEGER,
    proposed_at INTEGER NOT NULL,
    UNIQUE (guild_id, id),
    CHECK ((state = 'merged') = (merged_into IS NOT NULL)),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id),
    FOREIGN KEY (guild_id, merged_into) REFERENCES topic (guild_id, id)
) STRICT;

CREATE INDEX topic_by_state ON topic (guild_id, state);

-- A delegation supports a topic once, whoever of it pressed the button.
CREATE TABLE topic_support (
    guild_id INTEGER NOT NULL,
    topic_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, topic_id, delegation_id),
    FOREIGN KEY (guild_id, topic_id) REFERENCES topic (guild_id, id),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

-- seats: how many options a proportional approval poll chooses (NULL: it finds one winner). quorum: 0 is none.
-- electorate: how many electors there were at opening; it never moves. result: what was counted, as JSON.
-- published: what the count gave to check, which is less than promised where too few voted.
CREATE TABLE poll (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    question TEXT NOT NULL CHECK (question <> ''),
    method TEXT NOT NULL CHECK (method IN ('single', 'approval', 'ranked', 'date')),
    voters TEXT NOT NULL CHECK (voters IN ('delegations', 'members')),
    audience TEXT NOT NULL CHECK (audience IN ('all', 'steering', 'region')),
    region TEXT,
    secret INTEGER NOT NULL CHECK (secret IN (0, 1)),
    publish TEXT NOT NULL CHECK (publish IN ('ballots', 'totals')),
    seats INTEGER CHECK (seats IS NULL OR (seats > 0 AND method = 'approval')),
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
    UNIQUE (guild_id, id),
    CHECK ((audience = 'region') = (region IS NOT NULL)),
    CHECK ((state = 'open') = (ended_at IS NULL)),
    CHECK ((state = 'closed') = (result IS NOT NULL)),
    CHECK ((state = 'closed') = (published IS NOT NULL))
) STRICT;

CREATE INDEX poll_by_state ON poll (guild_id, state, closes_at);

-- A closed poll cannot reopen.
CREATE TRIGGER poll_stays_ended BEFORE UPDATE ON poll WHEN OLD.state <> 'open'
BEGIN
    SELECT raise(ABORT, 'a closed poll cannot change');
END;

-- at: the instant that a date poll offers (NULL: the option is a text).
CREATE TABLE poll_option (
    guild_id INTEGER NOT NULL,
    poll_id INTEGER NOT NULL,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 50),
    text TEXT NOT NULL CHECK (text <> ''),
    at INTEGER,
    topic_id INTEGER,
    PRIMARY KEY (guild_id, poll_id, number),
    UNIQUE (guild_id, poll_id, text),
    FOREIGN KEY (guild_id, poll_id) REFERENCES poll (guild_id, id),
    FOREIGN KEY (guild_id, topic_id) REFERENCES topic (guild_id, id)
) STRICT, WITHOUT ROWID;

-- Who may vote, written at opening: person_id is 0 where the delegation votes. voted says that, never when.
CREATE TABLE elector (
    guild_id INTEGER NOT NULL,
    poll_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    voted INTEGER NOT NULL DEFAULT 0 CHECK (voted IN (0, 1)),
    PRIMARY KEY (guild_id, poll_id, delegation_id, person_id),
    FOREIGN KEY (guild_id, poll_id) REFERENCES poll (guild_id, id),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

-- Ballots lie in the order of their random keys and have no time. choice is NULL once a count that publishes
-- totals has counted it; the receipt stays, so that it can be verified.
CREATE TABLE ballot (
    key BLOB PRIMARY KEY CHECK (length(key) = 16),
    guild_id INTEGER NOT NULL,
    poll_id INTEGER NOT NULL,
    receipt BLOB NOT NULL CHECK (length(receipt) = 10),
    choice TEXT CHECK (json_type(choice) = 'array'),
    UNIQUE (guild_id, receipt),
    FOREIGN KEY (guild_id, poll_id) REFERENCES poll (guild_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX ballot_of_poll ON ballot (guild_id, poll_id, key);

-- Which ballot is whose, so that it can be replaced: erased when a secret poll closes, and left out of every copy.
-- account_id cast it, from the opened ballot that bore the token: pressing twice is casting once.
CREATE TABLE ballot_link (
    guild_id INTEGER NOT NULL,
    poll_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    ballot_key BLOB NOT NULL UNIQUE REFERENCES ballot (key),
    account_id INTEGER NOT NULL,
    token TEXT NOT NULL,
    PRIMARY KEY (guild_id, poll_id, delegation_id, person_id),
    FOREIGN KEY (guild_id, poll_id, delegation_id, person_id)
        REFERENCES elector (guild_id, poll_id, delegation_id, person_id)
) STRICT, WITHOUT ROWID;
