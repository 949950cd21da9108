-- The question whether a meeting is changed, or whether posts end, keeps what it was asked about, so that Confirm does no
-- more than that. Those that were asked before are to be asked again.
DELETE FROM draft WHERE kind IN ('meeting_change', 'term_ends');
