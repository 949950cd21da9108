-- Texts name commands as Discord's mentions, which need the ids that Discord gave the commands ('{}': not known yet).
ALTER TABLE command_sync ADD COLUMN ids TEXT NOT NULL DEFAULT '{}' CHECK (json_type(ids) = 'object');
