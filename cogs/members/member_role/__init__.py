"""Discord's role of the members follows the appointments."""
