"""What somebody reads whose term ends, and what the secretariat reads of it beforehand."""

from datetime import date
from typing import Final

from bot.commands import Command
from bot.names.delegation_names import with_code
from bot.texts import Markdown, Reader, Text, t
from cogs.members.sentences import ROLES
from storage.members.models import Delegation, Role

DO_NOT_WRITE: Final = t("Do not write to the predecessor")
WRITE: Final = t("Write to the predecessor")


def thanks(role: Role, delegation: Delegation, last: date, reader: Reader) -> Text:
    """Thank somebody whose term ends on ``last``."""
    return t(
        "Thank you: your term as {role} of {delegation} ends on {day}.",
        role=ROLES[role],
        delegation=with_code(delegation, reader.language),
        day=last,
    )


def withdrawn(role: Role, starts_on: date, delegation: Delegation, reader: Reader) -> Text:
    """Say that an appointment that was to begin on ``starts_on`` was withdrawn."""
    return t(
        "The secretariat has withdrawn your appointment as {role} of {delegation}, which was to begin on {day}: write"
        " to it if that is a surprise.",
        role=ROLES[role],
        delegation=with_code(delegation, reader.language),
        day=starts_on,
    )


def will_be_sent(person: str, sentence: str, reader: Reader) -> str:
    """Say what a person whose term ends will be sent, with the card below. ``sentence`` is markdown."""
    return reader.say(
        t("{person} will be sent this, with the card below: {message}", person=person, message=Markdown(sentence))
    )


def will_not_be_sent(person: str) -> Text:
    """Say that a person whose term ends is sent nothing."""
    return t("Nothing will be sent to {person}.", person=person)


def is_coming(person: str, delegation: str, first: date) -> Text:
    """Say that a seat has its next focal point already."""
    return t(
        "{person} is already to be focal point of {delegation} from {day}: the secretariat can withdraw that with"
        " {command}.",
        person=person,
        delegation=delegation,
        day=first,
        command=Command("member end"),
    )
