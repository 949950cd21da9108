-- The days that a network prepares for, once or each year.

-- day: the only one, or the first one of a yearly entry. title_key: what two spellings of one title share.
-- sequence: counts what calendars that hold the entry have to hear of. A removed entry is kept, to be struck out there.
CREATE TABLE calendar_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    title_key TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day = date(day)),
    is_yearly INTEGER NOT NULL DEFAULT 0 CHECK (is_yearly IN (0, 1)),
    link TEXT NOT NULL DEFAULT '',
    description TEXT NOT NULL DEFAULT '',
    sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0),
    removed_at INTEGER
) STRICT;

CREATE INDEX calendar_entry_of_network ON calendar_entry (guild_id);
CREATE UNIQUE INDEX calendar_entry_once ON calendar_entry (guild_id, title_key, day)
    WHERE removed_at IS NULL AND is_yearly = 0;
CREATE UNIQUE INDEX calendar_entry_each_year ON calendar_entry (guild_id, title_key, substr(day, 6))
    WHERE removed_at IS NULL AND is_yearly = 1;

-- The bot's own days that a network does not want.
CREATE TABLE removed_day (
    guild_id INTEGER NOT NULL,
    day_key TEXT NOT NULL CHECK (day_key <> ''),
    removed_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, day_key)
) STRICT, WITHOUT ROWID;
