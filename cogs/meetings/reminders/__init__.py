"""What the secretariat sees of a meeting's reminders."""
