-- Regional and preparatory meetings beside the annual one, each with the delegations that it invites. The meetings that
-- there are so far are annual ones, which invite all.

ALTER TABLE meeting ADD COLUMN kind TEXT NOT NULL DEFAULT 'annual'
    CHECK (kind IN ('annual', 'regional', 'preparatory'));

-- region: whose meeting it is; NULL: that of no region.
ALTER TABLE meeting ADD COLUMN region TEXT CHECK (region IS NULL OR kind <> 'annual');

-- is_public: whether it is announced where everybody reads, and shown as Discord's event.
ALTER TABLE meeting ADD COLUMN is_public INTEGER NOT NULL DEFAULT 1 CHECK (is_public IN (0, 1));

-- Meetings are counted by kind and region. A cancelled one leaves its number to the one that takes its place.
DROP INDEX meeting_number;
CREATE UNIQUE INDEX meeting_number ON meeting (guild_id, kind, ifnull(region, ''), number) WHERE cancelled_at IS NULL;

-- Whom a meeting invites that does not invite all, by code, as registrations are.
CREATE TABLE invited_delegation (
    guild_id INTEGER NOT NULL,
    meeting_id INTEGER NOT NULL,
    code TEXT NOT NULL CHECK (code = upper(code)),
    PRIMARY KEY (guild_id, meeting_id, code),
    FOREIGN KEY (guild_id, meeting_id) REFERENCES meeting (guild_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- reference: of the note verbale, or of what else the secretariat recorded the answer from.
ALTER TABLE registration ADD COLUMN reference TEXT NOT NULL DEFAULT '';

-- meeting_id: which meeting is meant by "attending" and "unanswered"; NULL: the next annual one.
ALTER TABLE message ADD COLUMN meeting_id INTEGER;
