"""Time zones: which data are in force, what follows when they change, and which zone a place has."""
