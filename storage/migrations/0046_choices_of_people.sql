-- By what somebody is written to is theirs, whatever account is linked, and also while none is. So are the language and
-- the zone that they chose: e-mails are written in these to people without an account.

ALTER TABLE person ADD COLUMN channel TEXT NOT NULL DEFAULT 'not_asked'
    CHECK (channel IN ('not_asked', 'direct_message', 'email', 'both', 'none'));
ALTER TABLE person ADD COLUMN language TEXT CHECK (length(language) BETWEEN 2 AND 3);

UPDATE person SET
    channel = s.channel,
    language = s.language,
    timezone = coalesce(s.timezone, person.timezone)
FROM account_setting AS s
WHERE s.guild_id = person.guild_id AND s.account_id = person.account_id;

-- An account keeps a choice only as long as it is linked to nobody.
UPDATE account_setting SET channel = 'not_asked'
WHERE EXISTS (
    SELECT 1 FROM person AS p WHERE p.guild_id = account_setting.guild_id AND p.account_id = account_setting.account_id
);

-- Whoever gets an account, by whatever way, gets what was chosen with it before; where nothing was, theirs stays.
CREATE TRIGGER person_chooses_as_account AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id
BEGIN
    UPDATE person SET
        channel = iif(s.channel = 'not_asked', person.channel, s.channel),
        language = coalesce(s.language, person.language),
        timezone = coalesce(s.timezone, person.timezone)
    FROM account_setting AS s
    WHERE person.guild_id = NEW.guild_id AND person.id = NEW.id
        AND s.guild_id = NEW.guild_id AND s.account_id = NEW.account_id;
    UPDATE account_setting SET channel = 'not_asked' WHERE guild_id = NEW.guild_id AND account_id = NEW.account_id;
END;

CREATE TRIGGER person_added_chooses_as_account AFTER INSERT ON person
WHEN NEW.account_id IS NOT NULL
BEGIN
    UPDATE person SET
        channel = iif(s.channel = 'not_asked', person.channel, s.channel),
        language = coalesce(s.language, person.language),
        timezone = coalesce(s.timezone, person.timezone)
    FROM account_setting AS s
    WHERE person.guild_id = NEW.guild_id AND person.id = NEW.id
        AND s.guild_id = NEW.guild_id AND s.account_id = NEW.account_id;
    UPDATE account_setting SET channel = 'not_asked' WHERE guild_id = NEW.guild_id AND account_id = NEW.account_id;
END;

-- Who next has the account is asked by what they want to be written to.
CREATE TRIGGER account_without_person AFTER UPDATE OF account_id ON person
WHEN OLD.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id
BEGIN
    UPDATE account_setting SET asked_at = NULL WHERE guild_id = OLD.guild_id AND account_id = OLD.account_id;
END;

-- A message that Discord refused to bring to its person directly is not tried so again: it goes by e-mail, or waits.
ALTER TABLE outbox ADD COLUMN refused_directly INTEGER NOT NULL DEFAULT 0 CHECK (refused_directly IN (0, 1));

CREATE TRIGGER outbox_asks_another_account AFTER UPDATE OF account_id ON person
WHEN NEW.account_id IS NOT NULL AND NEW.account_id IS NOT OLD.account_id
BEGIN
    UPDATE outbox SET refused_directly = 0
    WHERE guild_id = NEW.guild_id AND target = 'person:' || NEW.id AND state = 'not_reached' AND refused_directly = 1;
END;
