-- E-mail as the second way out of the outbox.

ALTER TABLE network ADD COLUMN email_enabled INTEGER NOT NULL DEFAULT 0 CHECK (email_enabled IN (0, 1));
ALTER TABLE network ADD COLUMN email_reply_to TEXT;
ALTER TABLE network ADD COLUMN email_links INTEGER NOT NULL DEFAULT 0 CHECK (email_links IN (0, 1));

-- Many people have no account, so that a stop that came by reply is kept on the person.
ALTER TABLE person ADD COLUMN email_allowed INTEGER NOT NULL DEFAULT 1 CHECK (email_allowed IN (0, 1));

-- Whether direct messages were accepted becomes by what somebody is written to.
ALTER TABLE account_setting ADD COLUMN channel TEXT NOT NULL DEFAULT 'not_asked'
    CHECK (channel IN ('not_asked', 'direct_message', 'email', 'both', 'none'));
UPDATE account_setting SET channel = CASE direct_messages
    WHEN 'yes' THEN 'direct_message'
    WHEN 'no' THEN 'none'
    ELSE 'not_asked'
END;
ALTER TABLE account_setting DROP COLUMN direct_messages;

-- How far the row's e-mail is: it waits its turn, the mail server is being asked, or the server may have the content.
ALTER TABLE outbox ADD COLUMN email_step TEXT CHECK (email_step IN ('queued', 'asked', 'handed_over'));
CREATE INDEX outbox_email ON outbox (wake_at) WHERE email_step IS NOT NULL;
