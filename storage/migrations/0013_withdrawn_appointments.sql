-- An appointment that never began may be withdrawn: its id, which messages are about, is not given to another.
CREATE TABLE appointment_kept (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('focal_point', 'alternate', 'mission', 'adviser')),
    title TEXT NOT NULL DEFAULT '',
    ministry TEXT NOT NULL DEFAULT '',
    starts_on TEXT NOT NULL CHECK (starts_on = date(starts_on)),
    ends_on TEXT CHECK (ends_on = date(ends_on) AND ends_on >= starts_on),
    UNIQUE (guild_id, id),
    UNIQUE (guild_id, delegation_id, person_id, role, starts_on),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id),
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id)
) STRICT;

INSERT INTO appointment_kept (id, guild_id, delegation_id, person_id, role, title, ministry, starts_on, ends_on)
SELECT id, guild_id, delegation_id, person_id, role, title, ministry, starts_on, ends_on FROM appointment;

DROP TABLE appointment;
ALTER TABLE appointment_kept RENAME TO appointment;

CREATE INDEX appointment_of_person ON appointment (guild_id, person_id);

CREATE TRIGGER appointment_one_focal_point_added BEFORE INSERT ON appointment
WHEN NEW.role = 'focal_point' AND EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.guild_id = NEW.guild_id AND other.delegation_id = NEW.delegation_id
      AND other.role = 'focal_point'
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31')
      AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN
    SELECT raise(ABORT, 'two focal points at once');
END;

CREATE TRIGGER appointment_one_focal_point_changed BEFORE UPDATE ON appointment
WHEN NEW.role = 'focal_point' AND EXISTS (
    SELECT 1 FROM appointment AS other
    WHERE other.guild_id = NEW.guild_id AND other.delegation_id = NEW.delegation_id
      AND other.role = 'focal_point' AND other.id <> NEW.id
      AND other.starts_on <= coalesce(NEW.ends_on, '9999-12-31')
      AND coalesce(other.ends_on, '9999-12-31') >= NEW.starts_on
)
BEGIN
    SELECT raise(ABORT, 'two focal points at once');
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
