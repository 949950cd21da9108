"""Files of statements and decisions: their versions, their fingerprints, and the bytes while they are needed."""
