"""Messages as e-mails: plain text in the person's language, and the file from which a mail program sends them.

The bot sends none of them itself: the secretariat does, from its own mail program.
"""

from bot.mail.compose import Mail, mail_of
from bot.mail.merge_file import DELETE_ONCE_SENT, merge_file, merge_file_name
from bot.mail.plain_text import plain_text

__all__ = [
    "DELETE_ONCE_SENT",
    "Mail",
    "mail_of",
    "merge_file",
    "merge_file_name",
    "plain_text",
]
