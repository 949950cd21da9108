"""What the secretariat does with an open silence procedure: extend it, cancel it, send its text."""
