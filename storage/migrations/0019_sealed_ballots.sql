-- A secret ballot is sealed while its poll is open: one value for each elector, under a key that is in no copy of
-- this file. Polls that are open now end as they began: their ballots and links stay as they are until closing.
ALTER TABLE poll ADD COLUMN sealed INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1));

-- The key of a sealed poll was lost (a copy of the file on another machine): it cannot be counted.
ALTER TABLE poll ADD COLUMN key_lost INTEGER NOT NULL DEFAULT 0 CHECK (key_lost IN (0, 1));

ALTER TABLE elector ADD COLUMN sealed BLOB;

-- That a delegation voted secretly is known by its day alone: in the audit log its place among the other lines, and
-- the order of two of them, said when. These rows have no number and no hour.
CREATE TABLE secret_vote_day (
    guild_id INTEGER NOT NULL,
    day TEXT NOT NULL CHECK (day IS date(day)),
    delegation_id INTEGER NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('vote', 'revote')),
    PRIMARY KEY (guild_id, day, delegation_id, action),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT, WITHOUT ROWID;

INSERT OR IGNORE INTO secret_vote_day (guild_id, day, delegation_id, action)
SELECT a.guild_id, date(a.at, 'unixepoch'), a.subject_id, a.action
FROM audit AS a JOIN delegation AS d ON d.guild_id = a.guild_id AND d.id = a.subject_id
WHERE a.action IN ('vote', 'revote') AND a.subject = 'delegation' AND a.account_id IS NULL;

DELETE FROM audit WHERE action IN ('vote', 'revote') AND subject = 'delegation' AND account_id IS NULL;
