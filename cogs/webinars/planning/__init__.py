"""A webinar is scheduled, changed and cancelled."""
