-- When a bot last heard of Discord on this file: what comes after it, until one hears of Discord again, is an outage.
-- That a bot ran (alive_at) says less: one may start again and again without getting there.
ALTER TABLE database_file ADD COLUMN heard_at INTEGER;

UPDATE database_file SET heard_at = alive_at;
