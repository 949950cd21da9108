"""A meeting is planned, changed and cancelled."""
