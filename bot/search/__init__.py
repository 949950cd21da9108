"""Forgiving search: what people type is folded, compared and ranked."""
