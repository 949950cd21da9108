"""The ballot: opened, marked, cast."""
