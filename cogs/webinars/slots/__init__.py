"""Which hour of a day is the fairest for the whole network."""
