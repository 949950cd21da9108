"""Annual meetings, their sessions and their registrations."""
