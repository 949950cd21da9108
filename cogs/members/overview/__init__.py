"""What the secretariat should look after."""
