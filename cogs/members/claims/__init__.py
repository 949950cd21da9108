"""Who came in with a code is confirmed by the secretariat, or found to be somebody else."""
