"""What somebody is sent by e-mail in the first days of a post. Pure."""

from bot.commands import Command
from bot.outbox.email_text import EmailText
from bot.texts import Reader, t
from cogs.members.welcome import sentences
from storage.members.models import Appointment, Delegation


def welcome(post: Appointment, delegation: Delegation, reader: Reader) -> EmailText:
    """Say that their post begins, and where what comes with it is."""
    where = t("What comes with it is in the network's server on Discord: {command} begins.", command=Command("help"))
    return EmailText(t("your post begins"), [sentences.appointed(post, delegation, reader), where])


def undone(count: int) -> EmailText:
    """Say how much still awaits their delegation."""
    pending = Command("pending")
    where = t("{command} in the network's server on Discord lists what, with the deadlines.", command=pending)
    return EmailText(t("what awaits your delegation"), [sentences.undone(count), where])
