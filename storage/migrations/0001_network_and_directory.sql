-- The network, its members and what they chose. A seat (delegation) exists on its own and may be vacant;
-- persons come and go through appointments. Instants are UTC seconds, days are ISO dates in the network's zone.

CREATE TABLE network (
    guild_id INTEGER PRIMARY KEY,
    secretariat_role_id INTEGER,
    member_role_id INTEGER,
    announcements_channel_id INTEGER,
    members_channel_id INTEGER,
    secretariat_channel_id INTEGER,
    language TEXT CHECK (language IN ('en', 'fr', 'es')),
    timezone TEXT,
    privacy_contact TEXT,
    greeted_at INTEGER,
    removed_at INTEGER
) STRICT;

CREATE TABLE account_setting (
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    timezone TEXT,
    language TEXT CHECK (language IN ('en', 'fr', 'es')),
    locale TEXT,
    direct_messages TEXT NOT NULL DEFAULT 'not_asked' CHECK (direct_messages IN ('not_asked', 'yes', 'no')),
    PRIMARY KEY (guild_id, account_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE delegation (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code = upper(code) AND length(code) BETWEEN 2 AND 8),
    kind TEXT NOT NULL CHECK (kind IN ('state', 'organisation')),
    joined_on TEXT,
    left_on TEXT,
    UNIQUE (guild_id, code),
    UNIQUE (guild_id, id)
) STRICT;

CREATE TABLE delegation_name (
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'fr', 'es')),
    name TEXT NOT NULL CHECK (name <> ''),
    PRIMARY KEY (guild_id, delegation_id, language),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- An empty name is a person whom the delegation has not named: shown as "Focal point of Denmark".
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    languages TEXT NOT NULL DEFAULT '[]' CHECK (json_type(languages) = 'array'),
    expertise TEXT NOT NULL DEFAULT '[]' CHECK (json_type(expertise) = 'array'),
    timezone TEXT,
    visibility TEXT NOT NULL DEFAULT 'secretariat' CHECK (visibility IN ('members', 'secretariat')),
    account_id INTEGER,
    UNIQUE (guild_id, account_id),
    UNIQUE (guild_id, id)
) STRICT;

CREATE TABLE appointment (
    id INTEGER PRIMARY KEY,
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

CREATE INDEX appointment_of_person ON appointment (guild_id, person_id);

-- One focal point at a time for each delegation: terms may not overlap, which no unique index can say.
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

CREATE TABLE steering_term (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    starts_on TEXT NOT NULL CHECK (starts_on = date(starts_on)),
    ends_on TEXT CHECK (ends_on = date(ends_on) AND ends_on >= starts_on),
    UNIQUE (guild_id, delegation_id, starts_on),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT;

-- Which row and which fields changed, never the values.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    guild_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    account_id INTEGER,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id INTEGER,
    fields TEXT NOT NULL DEFAULT '[]' CHECK (json_type(fields) = 'array')
) STRICT;

CREATE INDEX audit_of_network ON audit (guild_id, id);

-- What somebody has typed and not yet confirmed: the owner's alone, for a day, never a ballot.
CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL CHECK (json_valid(payload)),
    created_at INTEGER NOT NULL
) STRICT;

-- The commands that Discord was last given, by the bot's application id.
CREATE TABLE command_sync (
    application_id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL
) STRICT;
