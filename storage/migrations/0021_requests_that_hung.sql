-- A request that Discord leaves without any answer is given up after half a minute, so that it does not hold up its
-- channel; Discord may still store the message minutes later. Its row waits longer before it is searched for.

-- hung: the last request was given up without an answer of any kind.
ALTER TABLE outbox ADD COLUMN hung INTEGER NOT NULL DEFAULT 0 CHECK (hung IN (0, 1));
