-- Roll-calls that closed before names were written down at closing: who voted is called as the directory has them now,
-- as these polls showed them so far.
UPDATE elector SET name = (SELECT h.name FROM person AS h WHERE h.guild_id = elector.guild_id AND h.id = person_id)
WHERE voted = 1 AND name = ''
AND EXISTS (SELECT 1 FROM person AS h WHERE h.guild_id = elector.guild_id AND h.id = person_id)
AND EXISTS (
    SELECT 1 FROM poll AS p
    WHERE p.guild_id = elector.guild_id AND p.id = poll_id AND p.secret = 0 AND p.state = 'closed'
);
