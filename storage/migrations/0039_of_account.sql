-- Who writes to the bot directly is looked for in all networks by the account alone.
CREATE INDEX person_of_account ON person (account_id, guild_id) WHERE account_id IS NOT NULL;
CREATE INDEX account_setting_of_account ON account_setting (account_id, guild_id);
