-- What a person had chosen before they got the account that they have or had last: it is what counts again where the
-- account turns out to be somebody else's.
CREATE TABLE choices_before (
    guild_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    channel TEXT NOT NULL,
    language TEXT,
    timezone TEXT,
    PRIMARY KEY (guild_id, person_id),
    FOREIGN KEY (guild_id, person_id) REFERENCES person (guild_id, id) ON DELETE CASCADE
) STRICT;

-- What those had chosen who have an account already was not kept.
INSERT INTO choices_before (guild_id, person_id, account_id, channel, timezone)
SELECT guild_id, id, account_id, 'not_asked', timezone FROM person WHERE account_id IS NOT NULL;

CREATE TRIGGER person_had_chosen AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id
BEGIN
    INSERT INTO choices_before (guild_id, person_id, account_id, channel, language, timezone)
    VALUES (NEW.guild_id, NEW.id, NEW.account_id, OLD.channel, OLD.language, OLD.timezone)
    ON CONFLICT (guild_id, person_id) DO UPDATE SET account_id = excluded.account_id, channel = excluded.channel,
        language = excluded.language, timezone = excluded.timezone;
END;

CREATE TRIGGER person_added_had_chosen AFTER INSERT ON person WHEN NEW.account_id IS NOT NULL
BEGIN
    INSERT INTO choices_before (guild_id, person_id, account_id, channel, language, timezone)
    VALUES (NEW.guild_id, NEW.id, NEW.account_id, NEW.channel, NEW.language, NEW.timezone);
END;

-- To which address an e-mail went, the person's own or, of what the secretariat sent itself, the one that it was given.
-- Empty: to none, or it is not known.
ALTER TABLE outbox ADD COLUMN address TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_addressed ON outbox (guild_id, settled_at) WHERE address <> '';
