-- Whether a poll takes abstentions, and the majority of those voting yes or no that it asks for (NULL: none).
ALTER TABLE poll ADD COLUMN abstain INTEGER NOT NULL DEFAULT 0 CHECK (abstain IN (0, 1));
ALTER TABLE poll ADD COLUMN majority TEXT CHECK (majority IN ('simple', 'two_thirds'));
