-- Whose public holidays the secretariat keeps: the code of a country; NULL: that of the network's time zone.
ALTER TABLE network ADD COLUMN country TEXT;
