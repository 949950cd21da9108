"""What who nominated a colleague is sent by e-mail: no name, and nothing that the secretariat wrote. Pure."""

from bot.commands import Command
from bot.names.delegation_names import called
from bot.outbox.email_text import EmailText
from bot.texts import Reader, t
from storage.members.models import Delegation


def text_of(delegation: Delegation, reader: Reader) -> EmailText:
    """Say that the secretariat has decided, and where to read what."""
    said = t(
        "The secretariat has decided on your nomination for {delegation}: {command} in the network's server on Discord"
        " shows how.",
        delegation=called(delegation, reader.language),
        command=Command("member me"),
    )
    return EmailText(t("your nomination"), [said])
