"""The engine that delivers what the outbox owes: claimed, sent once, searched for before it is sent again."""
