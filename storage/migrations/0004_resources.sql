-- The shelf: links that the network keeps, suggested ones until they are decided, and their words for the search.
-- A page is on a shelf once, however its address is spelled. What is declined or removed frees its address.

CREATE TABLE shelf (
    guild_id INTEGER PRIMARY KEY,
    opened_at INTEGER NOT NULL,
    has_digest INTEGER NOT NULL DEFAULT 0 CHECK (has_digest IN (0, 1))
) STRICT;

CREATE TABLE resource (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    url TEXT NOT NULL CHECK (length(url) <= 512),
    sameness TEXT NOT NULL,
    title TEXT NOT NULL CHECK (title <> ''),
    category TEXT NOT NULL CHECK (category IN
        ('norm', 'manual', 'practice', 'research', 'meeting', 'statement', 'network', 'training')),
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

CREATE UNIQUE INDEX resource_once ON resource (guild_id, sameness) WHERE state IN ('shelved', 'suggested');
CREATE INDEX resource_newest ON resource (guild_id, state, year DESC, id DESC);
CREATE INDEX resource_of_meeting ON resource (guild_id, meeting_id) WHERE meeting_id IS NOT NULL;

-- Only what is on the shelf; the rowid is the resource's id. FTS5 stems English alone, so the stems of the three
-- languages are columns of their own.
CREATE VIRTUAL TABLE resource_text USING fts5 (
    title, authors, tags, category, year, published, description, title_stems, stems,
    tokenize = 'unicode61 remove_diacritics 2',
    prefix = '2 3'
);

-- A network that is forgotten leaves no words behind.
CREATE TRIGGER resource_forgotten AFTER DELETE ON resource
BEGIN
    DELETE FROM resource_text WHERE rowid = OLD.id;
END;
