"""The errors that people see, and the only mapping from an exception to a reply."""

from bot.texts import Text


class UserError(Exception):
    """Bad input: one plain sentence that says what to do next. Nothing typed is lost, nothing was changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.singular)
        self.text = text


class NotAllowedError(UserError):
    """Refused to whoever asked; the text says how to get in."""


class NotFoundError(UserError):
    """What was named is not there (any more); the text says how to find it."""
