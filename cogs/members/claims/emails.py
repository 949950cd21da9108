"""What the people of a delegation are sent by e-mail of an account that came in for it: no name, no account. Pure."""

from bot.names.delegation_names import called
from bot.outbox.email_text import EmailText
from bot.texts import Reader, t
from storage.members.models import Delegation


def text_of(kind: str, delegation: Delegation, reader: Reader) -> EmailText:
    """Say that an account came in with a code ("claimed"), or that it was somebody else's ("refused")."""
    name = called(delegation, reader.language)
    if kind == "claimed":
        said = t(
            "Somebody has entered a code for {delegation}; the network's server on Discord shows who. If you expect"
            " nobody, please write to the secretariat.",
            delegation=name,
        )
        return EmailText(t("somebody entered a code for your delegation"), [said])
    said = t(
        "An account that had entered a code for {delegation} was somebody else's. It can no longer act for the"
        " delegation. The network's server on Discord shows what it did.",
        delegation=name,
    )
    return EmailText(t("an account of your delegation was somebody else's"), [said])
