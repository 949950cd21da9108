-- Meetings say what is out of step with Discord's scheduled event as webinars do. An event that somebody deleted was
-- kept as the id 0.

-- event_state: what is out of step with the event ('' nothing).
ALTER TABLE meeting ADD COLUMN event_state TEXT NOT NULL DEFAULT '' CHECK (event_state IN ('', 'refused', 'gone'));
UPDATE meeting SET event_id = NULL, event_state = 'gone' WHERE event_id = 0;
