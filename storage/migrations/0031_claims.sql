-- Whoever comes in with a code has claimed a seat. The account is linked to its person once the secretariat confirms
-- it: until then the claim alone knows of it. Accounts that are linked at this upgrade stay linked.

CREATE TABLE claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    delegation_id INTEGER NOT NULL,
    account_id INTEGER,
    list_id INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'confirmed', 'refused', 'replaced', 'withdrawn')),
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id),
    FOREIGN KEY (guild_id, delegation_id) REFERENCES delegation (guild_id, id)
) STRICT;

-- A person, and an account, has one claim at a time.
CREATE UNIQUE INDEX claim_of_person ON claim (guild_id, person_id) WHERE state = 'waiting';
CREATE UNIQUE INDEX claim_of_account ON claim (guild_id, account_id) WHERE state = 'waiting';
CREATE INDEX claim_in_list ON claim (guild_id, list_id);

-- Whoever links an account, by whatever way, has answered what was claimed for it or for its person.
CREATE TRIGGER claim_person_linked AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NOT NULL
BEGIN
    UPDATE claim SET state = 'replaced'
    WHERE guild_id = NEW.guild_id AND state = 'waiting' AND (person_id = NEW.id OR account_id = NEW.account_id);
END;

CREATE TRIGGER claim_person_added AFTER INSERT ON person
WHEN NEW.account_id IS NOT NULL
BEGIN
    UPDATE claim SET state = 'replaced'
    WHERE guild_id = NEW.guild_id AND state = 'waiting' AND account_id = NEW.account_id;
END;

-- The secretariat's list says what has become of each claim: another instant than that of an edit under way.
CREATE TRIGGER claim_decided AFTER UPDATE OF state ON claim
WHEN NEW.state <> OLD.state
BEGIN
    UPDATE outbox SET wake_at = coalesce(wake_at + 1, 0)
    WHERE guild_id = NEW.guild_id AND subject = 'claims' AND subject_id = NEW.list_id AND state = 'sent'
        AND message_id IS NOT NULL;
END;
