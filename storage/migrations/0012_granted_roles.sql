-- Which role the bot gave, so that it can take it back: from an account that is linked to nobody, and when another
-- role has taken its place. What it gave before is taken to be the role named now.
CREATE TABLE role_granted (
    guild_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    role_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, account_id, role_id)
) STRICT, WITHOUT ROWID;

INSERT INTO role_granted (guild_id, account_id, role_id)
SELECT g.guild_id, g.account_id, n.member_role_id
FROM role_grant AS g JOIN network AS n ON n.guild_id = g.guild_id
WHERE n.member_role_id IS NOT NULL;

DROP TABLE role_grant;
ALTER TABLE role_granted RENAME TO role_grant;
