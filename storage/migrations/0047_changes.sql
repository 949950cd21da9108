-- Which seats and webinars have changed, the latest last: what is held of them in memory is brought up to date by
-- reading these alone. A version is given once (AUTOINCREMENT): a network that was erased and comes again never meets an
-- old one. This takes the place of one number for a whole directory, after whose change all of it was read again.

DROP TRIGGER delegation_added_to_directory;
DROP TRIGGER delegation_changed_in_directory;
DROP TRIGGER delegation_removed_from_directory;
DROP TRIGGER delegation_name_added_to_directory;
DROP TRIGGER delegation_name_changed_in_directory;
DROP TRIGGER delegation_name_removed_from_directory;
DROP TRIGGER person_added_to_directory;
DROP TRIGGER person_changed_in_directory;
DROP TRIGGER person_removed_from_directory;
DROP TRIGGER appointment_added_to_directory;
DROP TRIGGER appointment_changed_in_directory;
DROP TRIGGER appointment_removed_from_directory;
DROP TRIGGER steering_term_added_to_directory;
DROP TRIGGER steering_term_changed_in_directory;
DROP TRIGGER steering_term_removed_from_directory;
DROP TRIGGER zone_added_to_directory;
DROP TRIGGER zone_changed_in_directory;
DROP TRIGGER zone_removed_from_directory;
DROP TABLE directory_version;

CREATE TABLE seat_change (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    UNIQUE (guild_id, delegation_id)
) STRICT;
CREATE INDEX seat_change_by_version ON seat_change (guild_id, version);
INSERT INTO seat_change (guild_id, delegation_id) SELECT guild_id, id FROM delegation;

CREATE TABLE webinar_change (
    version INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    webinar_id INTEGER NOT NULL,
    UNIQUE (guild_id, webinar_id)
) STRICT;
CREATE INDEX webinar_change_by_version ON webinar_change (guild_id, version);
INSERT INTO webinar_change (guild_id, webinar_id) SELECT guild_id, id FROM webinar;

CREATE TRIGGER delegation_added_changes_seat AFTER INSERT ON delegation
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_changed_changes_seat AFTER UPDATE ON delegation
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_removed_changes_seat AFTER DELETE ON delegation
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (OLD.guild_id, OLD.id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_name_added_changes_seat AFTER INSERT ON delegation_name
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_name_changed_changes_seat AFTER UPDATE ON delegation_name
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER delegation_name_removed_changes_seat AFTER DELETE ON delegation_name
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (OLD.guild_id, OLD.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_added_changes_seat AFTER INSERT ON steering_term
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_changed_changes_seat AFTER UPDATE ON steering_term
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER steering_term_removed_changes_seat AFTER DELETE ON steering_term
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (OLD.guild_id, OLD.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_added_changes_seat AFTER INSERT ON appointment
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_removed_changes_seat AFTER DELETE ON appointment
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id) VALUES (OLD.guild_id, OLD.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER appointment_changed_changes_seat AFTER UPDATE ON appointment
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id)
    VALUES (OLD.guild_id, OLD.delegation_id), (NEW.guild_id, NEW.delegation_id)
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

-- A person is seen in the seats of their posts: which, and which is the latest, this index alone says.
DROP INDEX appointment_of_person;
CREATE INDEX appointment_of_person ON appointment (guild_id, person_id, delegation_id, starts_on);

CREATE TRIGGER person_changed_changes_seats AFTER UPDATE ON person
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id)
    SELECT guild_id, delegation_id FROM appointment
    WHERE guild_id = NEW.guild_id AND person_id = NEW.id
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

-- A linked person's zone is the choice of the account.
CREATE TRIGGER zone_added_changes_seats AFTER INSERT ON account_setting WHEN NEW.timezone IS NOT NULL
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id)
    SELECT guild_id, delegation_id FROM appointment
    WHERE guild_id = NEW.guild_id AND person_id = (
        SELECT id FROM person WHERE guild_id = NEW.guild_id AND account_id = NEW.account_id
    )
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER zone_changed_changes_seats AFTER UPDATE ON account_setting WHEN NEW.timezone IS NOT OLD.timezone
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id)
    SELECT guild_id, delegation_id FROM appointment
    WHERE guild_id = NEW.guild_id AND person_id = (
        SELECT id FROM person WHERE guild_id = NEW.guild_id AND account_id = NEW.account_id
    )
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER zone_removed_changes_seats AFTER DELETE ON account_setting WHEN OLD.timezone IS NOT NULL
BEGIN
    INSERT INTO seat_change (guild_id, delegation_id)
    SELECT guild_id, delegation_id FROM appointment
    WHERE guild_id = OLD.guild_id AND person_id = (
        SELECT id FROM person WHERE guild_id = OLD.guild_id AND account_id = OLD.account_id
    )
    ON CONFLICT (guild_id, delegation_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER webinar_added AFTER INSERT ON webinar
BEGIN
    INSERT INTO webinar_change (guild_id, webinar_id) VALUES (NEW.guild_id, NEW.id)
    ON CONFLICT (guild_id, webinar_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER webinar_changed AFTER UPDATE OF title, starts_at, minutes, cancelled_at ON webinar
BEGIN
    INSERT INTO webinar_change (guild_id, webinar_id) VALUES (NEW.guild_id, NEW.id)
    ON CONFLICT (guild_id, webinar_id) DO UPDATE SET version = excluded.version;
END;

CREATE TRIGGER webinar_removed AFTER DELETE ON webinar
BEGIN
    INSERT INTO webinar_change (guild_id, webinar_id) VALUES (OLD.guild_id, OLD.id)
    ON CONFLICT (guild_id, webinar_id) DO UPDATE SET version = excluded.version;
END;
