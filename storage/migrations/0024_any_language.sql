-- The working languages are the bot's to know: a language that is added needs no migration. Each column is made anew,
-- because SQLite changes no CHECK.

ALTER TABLE network ADD COLUMN any_language TEXT CHECK (length(any_language) BETWEEN 2 AND 3);
UPDATE network SET any_language = language;
ALTER TABLE network DROP COLUMN language;
ALTER TABLE network RENAME COLUMN any_language TO language;

ALTER TABLE account_setting ADD COLUMN any_language TEXT CHECK (length(any_language) BETWEEN 2 AND 3);
UPDATE account_setting SET any_language = language;
ALTER TABLE account_setting DROP COLUMN language;
ALTER TABLE account_setting RENAME COLUMN any_language TO language;

-- Part of a key, the language of a name cannot be dropped: the table is made anew, and its triggers of 0009.
ALTER TABLE delegation_name RENAME TO old_delegation_name;
CREATE TABLE delegation_name (
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 3),
    name TEXT NOT NULL CHECK (name <> ''),
    PRIMARY KEY (guild_id, delegation_id, language),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO delegation_name SELECT guild_id, delegation_id, language, name FROM old_delegation_name;
DROP TABLE old_delegation_name;

CREATE TRIGGER delegation_name_added_to_directory AFTER INSERT ON delegation_name
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_name_changed_in_directory AFTER UPDATE ON delegation_name
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_name_removed_from_directory AFTER DELETE ON delegation_name
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;
