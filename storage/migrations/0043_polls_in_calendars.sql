-- When a poll closes stands in people's calendars: they hear of each change by a higher number.

ALTER TABLE poll ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0);
