"""What came out of a poll: shown, published, checked."""
