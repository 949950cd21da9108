-- Decisions by silence procedure: adopted at a stated hour unless a delegation objects, and never by a bot that was away.

-- When the bot did not run, or could not be reached on Discord; and when a network held its messages.
CREATE TABLE outage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL CHECK (ended_at > began_at)
) STRICT;

CREATE TABLE outbox_pause (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL CHECK (ended_at >= began_at)
) STRICT;

CREATE INDEX outbox_pause_of_network ON outbox_pause (guild_id, ended_at);

-- seats: how many delegations are listed. made_up_at: until when outages and pauses have been made up for. year and number: of an adopted one, "2027/3".
-- objection_*: what is published of an objection; the delegation only where its author wished it.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    url TEXT NOT NULL DEFAULT '' CHECK (length(url) <= 512),
    audience TEXT NOT NULL CHECK (audience IN ('all', 'steering', 'region')),
    region TEXT,
    timezone TEXT NOT NULL,
    seats INTEGER NOT NULL CHECK (seats > 0),
    opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    expires_at_local TEXT,
    expires_at_fold INTEGER NOT NULL DEFAULT 0,
    made_up_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'unreached', 'adopted', 'broken', 'not_valid', 'cancelled')),
    ended_at INTEGER,
    year INTEGER,
    number INTEGER,
    objection_reason TEXT NOT NULL DEFAULT '',
    objection_amendment TEXT NOT NULL DEFAULT '',
    objector_id INTEGER,
    UNIQUE (guild_id, id),
    UNIQUE (guild_id, year, number),
    CHECK ((state = 'adopted') = (number IS NOT NULL) AND (number IS NULL) = (year IS NULL)),
    CHECK ((state IN ('open', 'unreached')) = (ended_at IS NULL)),
    CHECK (state = 'broken' OR (objection_reason = '' AND objection_amendment = '' AND objector_id IS NULL)),
    FOREIGN KEY (guild_id, objector_id) REFERENCES delegation (guild_id, id)
) STRICT;

-- The electorate, fixed when the procedure opens. A vacant seat is listed and does not count.
CREATE TABLE decision_seat (
    guild_id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    is_vacant INTEGER NOT NULL CHECK (is_vacant IN (0, 1)),
    reached_at INTEGER,
    reached_by TEXT CHECK (reached_by IN ('direct_message', 'reply', 'seen', 'secretariat')),
    wants_time INTEGER NOT NULL DEFAULT 0 CHECK (wants_time IN (0, 1)),
    PRIMARY KEY (guild_id, decision_id, delegation_id),
    CHECK ((reached_at IS NULL) = (reached_by IS NULL)),
    FOREIGN KEY (guild_id, decision_id) REFERENCES decision (guild_id, id),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

-- Who has pressed *Object* and not confirmed yet: the hour that counts. Gone when the procedure ends.
CREATE TABLE objection_press (
    guild_id INTEGER NOT NULL,
    decision_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    pressed_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, decision_id, account_id),
    FOREIGN KEY (guild_id, decision_id) REFERENCES decision (guild_id, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX outage_by_end ON outage (ended_at);
CREATE INDEX outbox_pause_by_end ON outbox_pause (ended_at);
CREATE INDEX decision_under_way ON decision (ended_at);

-- What was decided is never changed, nor is what is decided on.
CREATE TRIGGER decision_ended BEFORE UPDATE ON decision
WHEN OLD.state NOT IN ('open', 'unreached')
BEGIN
    SELECT raise(ABORT, 'the decision has ended');
END;

CREATE TRIGGER decision_opened BEFORE UPDATE OF title, url, audience, region, timezone, seats, opened_at ON decision
BEGIN
    SELECT raise(ABORT, 'what is decided on is fixed');
END;

CREATE TRIGGER decision_seat_ended BEFORE UPDATE ON decision_seat
WHEN (SELECT state FROM decision WHERE guild_id = OLD.guild_id AND id = OLD.decision_id)
    NOT IN ('open', 'unreached')
BEGIN
    SELECT raise(ABORT, 'the decision has ended');
END;

CREATE TRIGGER decision_electorate BEFORE INSERT ON decision_seat
WHEN (SELECT count(*) FROM decision_seat WHERE guild_id = NEW.guild_id AND decision_id = NEW.decision_id)
    >= (SELECT seats FROM decision WHERE guild_id = NEW.guild_id AND id = NEW.decision_id)
BEGIN
    SELECT raise(ABORT, 'the electorate is fixed');
END;

-- Decisions have a category of their own on the shelf. The list of categories is part of the table, which is made anew.
CREATE TABLE resource_anew (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    url TEXT NOT NULL CHECK (length(url) <= 512),
    sameness TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    category TEXT NOT NULL CHECK (category IN
        ('norm', 'manual', 'practice', 'research', 'meeting', 'statement', 'decision', 'network', 'training')),
    language TEXT,
    year INTEGER,
    authors TEXT NOT NULL DEFAULT '[]' CHECK (json_type(authors) = 'array'),
    published TEXT NOT NULL DEFAULT '',
    doi TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_type(tags) = 'array'),
    descriptions TEXT NOT NULL DEFAULT '{}' CHECK (json_type(descriptions) = 'object'),
    visibility TEXT NOT NULL DEFAULT 'public' CHECK (visibility IN ('public', 'members')),
    meeting_id INTEGER,
    state TEXT NOT NULL CHECK (state IN ('shelved', 'suggested', 'declined', 'removed')),
    added_at INTEGER NOT NULL,
    suggested_by INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (guild_id, id),
    FOREIGN KEY (guild_id, meeting_id) REFERENCES meeting (guild_id, id)
) STRICT;

INSERT INTO resource_anew (
    id, guild_id, url, sameness, title, category, language, year, authors, published, doi, tags, descriptions,
    visibility, meeting_id, state, added_at, suggested_by, reason
)
SELECT
    id, guild_id, url, sameness, title, category, language, year, authors, published, doi, tags, descriptions,
    visibility, meeting_id, state, added_at, suggested_by, reason
FROM resource;

DROP TABLE resource;
ALTER TABLE resource_anew RENAME TO resource;

CREATE UNIQUE INDEX resource_once ON resource (guild_id, sameness) WHERE state IN ('shelved', 'suggested');
CREATE INDEX resource_newest ON resource (guild_id, state, year DESC, id DESC);
CREATE INDEX resource_of_meeting ON resource (guild_id, meeting_id) WHERE meeting_id IS NOT NULL;

-- A network that is forgotten leaves no words behind.
CREATE TRIGGER resource_forgotten AFTER DELETE ON resource
BEGIN
    DELETE FROM resource_text WHERE rowid = OLD.id;
END;
