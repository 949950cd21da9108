-- An address from which an e-mail came back is out of use until somebody mends it. That is a fact about the person.

ALTER TABLE person ADD COLUMN email_returned_at INTEGER;

-- Whoever gets another address, by whatever way, can be written to again: what did not reach them is looked at anew.
CREATE TRIGGER person_email_mended AFTER UPDATE OF email ON person
WHEN NEW.email <> OLD.email
BEGIN
    UPDATE person SET email_returned_at = NULL
    WHERE guild_id = NEW.guild_id AND id = NEW.id AND email_returned_at IS NOT NULL;
    UPDATE outbox SET wake_at = 0
    WHERE guild_id = NEW.guild_id AND target = 'person:' || NEW.id AND state = 'not_reached' AND NEW.email <> '';
END;
