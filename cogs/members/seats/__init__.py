"""A delegation's seat: its name here, and its terms in the steering group."""
