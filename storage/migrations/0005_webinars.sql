-- Webinars: one record from which the card, the reminders, the calendar files and Discord's event all follow, and
-- who answered what. An answer is a person's own, given from one account.

-- sequence: raised by every change, so that of two people who change it at once one is told, and calendars follow.
-- event_id: Discord's scheduled event. event_state: what is out of step with it ('' nothing).
CREATE TABLE webinar (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    timezone TEXT NOT NULL,
    link TEXT NOT NULL CHECK (link LIKE 'https://%'),
    description TEXT NOT NULL DEFAULT '',
    speakers TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '[]' CHECK (json_type(languages) = 'array'),
    reminders TEXT NOT NULL,
    sequence INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    cancelled_at INTEGER,
    cancel_reason TEXT NOT NULL DEFAULT '',
    recording TEXT NOT NULL DEFAULT '' CHECK (recording = '' OR recording LIKE 'https://%'),
    event_id INTEGER,
    event_state TEXT NOT NULL DEFAULT '' CHECK (event_state IN ('', 'refused', 'gone')),
    UNIQUE (guild_id, id)
) STRICT;

CREATE INDEX webinar_by_start ON webinar (guild_id, starts_at);

CREATE TABLE webinar_answer (
    guild_id INTEGER NOT NULL,
    webinar_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    answer TEXT CHECK (answer IN ('attending', 'maybe', 'cant')),
    answered_at INTEGER NOT NULL,
    wants_recording INTEGER NOT NULL DEFAULT 0 CHECK (wants_recording IN (0, 1)),
    PRIMARY KEY (guild_id, webinar_id, account_id),
    FOREIGN KEY (guild_id, webinar_id) REFERENCES webinar (guild_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
