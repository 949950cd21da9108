"""Handing e-mails to a mail server: which server, what an address is, and the conversation with it."""
