-- What somebody leaves to the person who follows them in a post: read by the people of that delegation alone.

-- read_at: when the person who follows first read it.
CREATE TABLE handover_note (
    guild_id INTEGER NOT NULL,
    appointment_id INTEGER NOT NULL,
    author_id INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> ''),
    written_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (guild_id, appointment_id),
    FOREIGN KEY (guild_id, appointment_id) REFERENCES appointment (guild_id, id) ON DELETE CASCADE,
    FOREIGN KEY (guild_id, author_id) REFERENCES person (guild_id, id)
) STRICT;
