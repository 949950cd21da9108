-- Which person cast the ballot: an account can pass to a successor, who is not to read it. 0: from before, not known.
ALTER TABLE ballot_link ADD COLUMN caster_id INTEGER NOT NULL DEFAULT 0;
