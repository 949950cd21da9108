"""Charts as PNG, readable on a phone and told apart without colours. matplotlib is imported when one is drawn."""
