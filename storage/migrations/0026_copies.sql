-- A copy of this file, made by whatever program, must know that it is one before it sends or gives out numbers again.

-- mark: drawn by lot at each start. alive_at: the last minute in which a bot ran on this file. Both are also in a file
-- beside the database; a file that says otherwise was copied.
-- checked_at: when it was last certain that no other copy had taken over.
-- generation: raised at each take-over by a copy. holder: drawn by lot with it. claims: the messages in the
-- secretariats' channels that say so, as JSON of their ids by channel.
-- take_over_owed: this file is a copy that has not taken over yet. copied_at: the last minute before it was made.
CREATE TABLE database_file (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL DEFAULT '',
    alive_at INTEGER,
    checked_at INTEGER,
    generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0),
    holder TEXT NOT NULL DEFAULT '',
    claims TEXT NOT NULL DEFAULT '{}' CHECK (json_type(claims) = 'object'),
    take_over_owed INTEGER NOT NULL DEFAULT 0 CHECK (take_over_owed IN (0, 1)),
    copied_at INTEGER
) STRICT;

INSERT INTO database_file (id) VALUES (1);

-- The generation in which a person asked for the message; 0: the bot owes it by itself, as every copy would. Part of
-- its nonce: what somebody asks for again after a take-over is another message than the one that was lost.
ALTER TABLE outbox ADD COLUMN generation INTEGER NOT NULL DEFAULT 0 CHECK (generation >= 0);
