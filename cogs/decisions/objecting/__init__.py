"""What a delegation does in a silence procedure: see it, ask for more time, object."""
