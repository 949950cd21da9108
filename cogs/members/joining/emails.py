"""What the e-mail with a code says, no matter who sends it: the bot, or the secretariat from a file. Pure."""

from dataclasses import dataclass
from datetime import datetime

from bot.commands import Command
from bot.names.delegation_names import called
from bot.texts import Markdown, Reader, Text, t
from cogs.members.rules import Member
from cogs.members.sentences import ROLES


@dataclass(frozen=True, slots=True)
class Invitation:
    """What all the e-mails of one invitation say.

    ``link`` leads to the server ("": none is set), ``contact`` answers questions, ``sender`` is the account that signs
    ("": the secretariat does); the codes work ``until`` then.
    """

    network: str
    link: str
    contact: str
    sender: str
    until: datetime


def subject_of(invitation: Invitation) -> Text:
    """Return the subject line where it stands alone."""
    return t("Your access to {network}", network=invitation.network)


def paragraphs(invitation: Invitation, member: Member, code: str, writer: Reader) -> list[Text]:
    """Invite one person, as ``writer`` reads."""
    link, network = invitation.link, invitation.network
    return [
        t("Dear {person},", person=member.name(writer)),
        t(
            "the secretariat of {network} invites you to its server on Discord as {role} of {delegation}.",
            network=network,
            role=writer.label(ROLES[member.posts[0].role]),
            delegation=called(member.delegation, writer.language),
        ),
        *([t("1. Open the server: {link}", link=Markdown(link))] if link else [t("1. Open the server.")]),
        t("2. Type {command} there, and this code: {code}", command=Command("member claim"), code=Markdown(code)),
        t("3. The secretariat confirms that the account is yours."),
        t(
            "The code works once, until {moment}. Please give it to nobody and do not forward this message.",
            moment=writer.moment(invitation.until),
        ),
        _genuine(invitation.contact),
        _signature(invitation),
    ]


def _genuine(contact: str) -> Text:
    if contact:
        return t(
            "Is this message genuine? Ask the secretariat at an address that you know already, or {contact}. It never"
            " asks for a password.",
            contact=contact,
        )
    return t(
        "Is this message genuine? Ask the secretariat at an address that you know already. It never asks for a"
        " password."
    )


def _signature(invitation: Invitation) -> Text:
    network = invitation.network
    if invitation.sender:
        return t("{sender}, for the secretariat of {network}", sender=invitation.sender, network=network)
    return t("The secretariat of {network}", network=network)
