-- The annual meeting: its dates and place, its sessions, and who of each delegation comes. Its days are ISO dates
-- in its own zone, its instants UTC seconds. Delegations stand as codes, because the record of past meetings knows
-- states that have no seat in the network (any more). `sequence` counts the changes a calendar has to hear of.

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    uid TEXT NOT NULL UNIQUE,
    number INTEGER CHECK (number > 0),
    starts_on TEXT NOT NULL CHECK (starts_on = date(starts_on)),
    ends_on TEXT NOT NULL CHECK (ends_on = date(ends_on) AND ends_on >= starts_on),
    city TEXT NOT NULL CHECK (city <> ''),
    country TEXT CHECK (country = upper(country) AND length(country) = 2),
    timezone TEXT NOT NULL,
    theme TEXT NOT NULL DEFAULT '',
    hosts TEXT NOT NULL DEFAULT '[]' CHECK (json_type(hosts) = 'array'),
    partners TEXT NOT NULL DEFAULT '[]' CHECK (json_type(partners) = 'array'),
    register_by INTEGER,
    reminders TEXT,
    panelists INTEGER CHECK (panelists >= 0),
    observers INTEGER CHECK (observers >= 0),
    countries INTEGER CHECK (countries >= 0),
    countries_more_than INTEGER CHECK (countries_more_than >= 0),
    source TEXT NOT NULL DEFAULT '',
    is_recorded INTEGER NOT NULL DEFAULT 0 CHECK (is_recorded IN (0, 1)),
    cancelled_at INTEGER,
    cancel_reason TEXT NOT NULL DEFAULT '',
    sequence INTEGER NOT NULL DEFAULT 0,
    event_id INTEGER,
    UNIQUE (guild_id, id)
) STRICT;

-- A cancelled meeting leaves its number to the one that takes its place.
CREATE UNIQUE INDEX meeting_number ON meeting (guild_id, number) WHERE cancelled_at IS NULL;
CREATE INDEX meeting_by_day ON meeting (guild_id, starts_on);

-- A removed session stays as a row, so that calendars which hold it hear that it is cancelled.
CREATE TABLE meeting_session (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    uid TEXT NOT NULL UNIQUE,
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes > 0),
    format TEXT NOT NULL CHECK (format IN ('plenary', 'case_study', 'workshop')),
    level TEXT CHECK (level IN ('national', 'sub_regional', 'regional', 'global')),
    title TEXT NOT NULL CHECK (title <> ''),
    speakers TEXT NOT NULL DEFAULT '',
    links TEXT NOT NULL DEFAULT '[]' CHECK (json_type(links) = 'array'),
    removed_at INTEGER,
    sequence INTEGER NOT NULL DEFAULT 0,
    UNIQUE (guild_id, id),
    FOREIGN KEY (guild_id, meeting_id) REFERENCES meeting (guild_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX session_of_meeting ON meeting_session (guild_id, meeting_id, starts_at);

-- One answer for each delegation; the last one counts. `comes` is who comes, in the delegation's own words.
CREATE TABLE registration (
    guild_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code = upper(code)),
    attendance TEXT NOT NULL CHECK (attendance IN ('in_person', 'online', 'not_attending')),
    representative TEXT CHECK (representative IN ('capital', 'mission')),
    comes TEXT NOT NULL DEFAULT '',
    source TEXT NOT NULL CHECK (source IN ('delegation', 'note_verbale', 'record')),
    account_id INTEGER,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, meeting_id, code),
    FOREIGN KEY (guild_id, meeting_id) REFERENCES meeting (guild_id, id) ON DELETE CASCADE,
    CHECK (attendance = 'not_attending' OR representative IS NOT NULL)
) STRICT, WITHOUT ROWID;
