-- Files of what the network says and decides together: statements and decisions. Each version of a record's text is one
-- file for each language; one of them is authoritative.

-- subject, subject_id: the record; '' and 0 while nobody has confirmed it. language: '' where the record has one file
-- only. fingerprint: the SHA-256 of the bytes, in hexadecimal; '' until they have arrived. content: NULL until they have
-- arrived, and again once they are not needed any more; the fingerprint stays.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    subject_id INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
    language TEXT NOT NULL,
    authoritative INTEGER NOT NULL DEFAULT 0 CHECK (authoritative IN (0, 1)),
    file_name TEXT NOT NULL CHECK (file_name <> ''),
    size INTEGER NOT NULL CHECK (size > 0),
    fingerprint TEXT NOT NULL DEFAULT '' CHECK (length(fingerprint) IN (0, 64)),
    content BLOB,
    added_at INTEGER NOT NULL,
    CHECK ((subject = '') = (subject_id = 0) AND (subject = '') = (version = 0)),
    CHECK (content IS NULL OR fingerprint <> ''),
    CHECK (subject = '' OR fingerprint <> ''),
    UNIQUE (guild_id, id)
) STRICT;

CREATE UNIQUE INDEX document_of_record ON document (guild_id, subject, subject_id, version, language)
WHERE subject <> '';
CREATE UNIQUE INDEX document_authoritative ON document (guild_id, subject, subject_id, version)
WHERE subject <> '' AND authoritative = 1;
