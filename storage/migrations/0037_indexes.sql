-- What is looked for often is found by an index, whatever the tables have grown to.
CREATE INDEX draft_by_age ON draft (created_at);
CREATE INDEX invitation_of_person ON invitation (guild_id, person_id);
CREATE INDEX invitation_of_delegation ON invitation (guild_id, delegation_id);
CREATE INDEX outbox_retrying ON outbox (wake_at) WHERE retrying = 1;
CREATE INDEX poll_open ON poll (closes_at) WHERE state = 'open';
CREATE INDEX audit_by_time ON audit (guild_id, at, id);
CREATE INDEX audit_of_account ON audit (guild_id, account_id, at, id);
CREATE INDEX audit_of_withdrawals ON audit (guild_id, subject_id, at) WHERE action = 'withdraw';
