-- Where a mission is accredited, and so which working hours its people keep. NULL: New York.
ALTER TABLE appointment ADD COLUMN place TEXT
    CHECK (place IS NULL OR (place IN ('new_york', 'geneva') AND role = 'mission'));

-- What a delegation asked for; copied to the appointment when it is approved.
ALTER TABLE nomination ADD COLUMN place TEXT
    CHECK (place IS NULL OR (place IN ('new_york', 'geneva') AND role = 'mission'));
