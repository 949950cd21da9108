"""The monthly digest by e-mail: who may ask for it, and what follows. No role of its own: the command's work."""

from typing import Final

from bot.access import Asker, Level
from bot.commands import Command
from bot.reach import by_email
from bot.smtp.addresses import is_address
from bot.texts import Text, t
from bot.ui import Context
from storage.models import RemindersChannel

_NO_EMAILS: Final = t("Your choice is saved, but this network sends no e-mails yet: the digest will come once it does.")
_NO_ADDRESS: Final = t(
    "Your choice is saved, but the directory has no e-mail address for you: add one with {command}.",
    command=Command("member me"),
)
_STOPPED: Final = t("Your choice is saved, but e-mails to you were stopped: ask the secretariat to allow them again.")
_NOTHING_WANTED: Final = t(
    "Your choice is saved, but you have chosen that the bot does not write to you: choose e-mail with {command}.",
    command=Command("settings reminders"),
)
_OFF: Final = t(
    "Your choice is saved, but this network's monthly digest is off: it will come once the secretariat turns it on"
    " with {command}.",
    command=Command("setup digests"),
)
_COMES: Final = t(
    "On the first working day of each month you get an e-mail with what is ahead; a month with nothing to say has none."
)


def require_member(asker: Asker) -> None:
    """Raise NotAllowedError for somebody who is no member: the digest is what members read."""
    asker.require(Level.DELEGATES)


def monthly_follows(context: Context, channel: RemindersChannel | None, *, is_wanted: bool) -> Text:
    """Say whether the monthly e-mail comes, and what stands in its way. ``channel`` was chosen just now, or None."""
    if not is_wanted:
        return t("You will no longer receive the monthly e-mail.")
    network, person = context.network, context.asker.person
    email = by_email(context.services, network, has_text=True)
    obstacles = [
        (not email.sends or not network.email_enabled, _NO_EMAILS),
        (person is None or not is_address(person.address), _NO_ADDRESS),
        (person is not None and not person.email_allowed, _STOPPED),
        ((channel or context.asker.settings.channel) == "none", _NOTHING_WANTED),
        (not network.monthly_digest, _OFF),
    ]
    return next((text for is_there, text in obstacles if is_there), _COMES)
