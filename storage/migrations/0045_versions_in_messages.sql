-- A message that carries a statement's text says which version of it: the button below it joins that one and no other.
-- Each new text of a final one was announced by a message of its own, so those that follow count the versions back.

UPDATE outbox SET payload = json_set(payload, '$.version', (
    SELECT max(d.version) FROM document AS d
    WHERE d.guild_id = outbox.guild_id AND d.subject = 'statement' AND d.subject_id = outbox.subject_id
) - (
    SELECT count(*) FROM outbox AS later
    WHERE later.guild_id = outbox.guild_id AND later.subject = 'statement' AND later.subject_id = outbox.subject_id
        AND later.kind = 'revised' AND later.target = 'members' AND later.id > outbox.id
))
WHERE subject = 'statement' AND kind IN ('final', 'opened', 'revised') AND target = 'members';

-- Those in which there is an earlier text are to say so.
UPDATE outbox SET wake_at = due_at
WHERE subject = 'statement' AND kind IN ('final', 'opened', 'revised') AND target = 'members' AND state = 'sent'
    AND message_id IS NOT NULL AND wake_at IS NULL;

-- That an account joined tells who withdrew since, or whose joining is void: such a line goes when that happens. Those
-- of before go now.
CREATE INDEX audit_of_joinings ON audit (guild_id, subject_id) WHERE subject = 'statement' AND action = 'join';

DELETE FROM audit WHERE subject = 'statement' AND action = 'join' AND NOT EXISTS (
    SELECT 1 FROM statement_joining AS j
    WHERE j.guild_id = audit.guild_id AND j.statement_id = audit.subject_id AND j.joined_at = audit.at
        AND coalesce(j.account_id, 0) = coalesce(audit.account_id, 0)
);
