-- The test of a poll keeps its plan beside what else a test says; it was the plan alone. The outbox names such a test by
-- its question.
UPDATE outbox SET payload = json_object('plan', json(payload), 'public', json('true'))
WHERE subject = 'poll' AND kind = 'test' AND json_type(payload, '$.plan') IS NULL;
