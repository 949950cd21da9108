-- When the directory of a network last changed: a number that no two changes share, so that what was read of it
-- may be kept in memory and is thrown away at the first change, by whatever path. Random, not counted: a network
-- that was erased and comes again never meets an old number.

CREATE TABLE directory_version (
    guild_id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL
) STRICT;

INSERT INTO directory_version SELECT guild_id, random() FROM delegation GROUP BY guild_id;

CREATE TRIGGER delegation_added_to_directory AFTER INSERT ON delegation
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_changed_in_directory AFTER UPDATE ON delegation
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_removed_from_directory AFTER DELETE ON delegation
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

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

CREATE TRIGGER person_added_to_directory AFTER INSERT ON person
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER person_changed_in_directory AFTER UPDATE ON person
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER person_removed_from_directory AFTER DELETE ON person
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_added_to_directory AFTER INSERT ON appointment
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_changed_in_directory AFTER UPDATE ON appointment
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_removed_from_directory AFTER DELETE ON appointment
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_added_to_directory AFTER INSERT ON steering_term
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_changed_in_directory AFTER UPDATE ON steering_term
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_removed_from_directory AFTER DELETE ON steering_term
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

-- A linked person's zone is the choice of the account.
CREATE TRIGGER zone_added_to_directory AFTER INSERT ON account_setting WHEN NEW.timezone IS NOT NULL
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER zone_changed_in_directory AFTER UPDATE ON account_setting WHEN NEW.timezone IS NOT OLD.timezone
BEGIN
    INSERT INTO directory_version VALUES (NEW.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER zone_removed_from_directory AFTER DELETE ON account_setting WHEN OLD.timezone IS NOT NULL
BEGIN
    INSERT INTO directory_version VALUES (OLD.guild_id, random())
    ON CONFLICT (guild_id) DO UPDATE SET version = excluded.version;
END;
