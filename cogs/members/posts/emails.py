"""What appointees are sent by e-mail: their own post, never a hand-over note or another's name. Pure."""

from datetime import date

from bot.outbox.email_text import EmailText
from bot.texts import Reader, t
from cogs.members.posts import sentences
from cogs.members.welcome import sentences as welcome
from storage.members.models import Appointment, Delegation, Role


def appointed(post: Appointment, delegation: Delegation, reader: Reader) -> EmailText:
    """Say which post somebody has, and how they come in."""
    come_in = t(
        "What comes with it is in the network's server on Discord. If you are not there yet, the secretariat sends you"
        " a code."
    )
    said = welcome.appointed(post, delegation, reader)
    return EmailText(t("your appointment from {day}", day=post.starts_on), [said, come_in])


def thanks(post: Appointment, delegation: Delegation, reader: Reader) -> EmailText:
    """Thank somebody whose term ends, and say that they can leave a note."""
    last = post.ends_on or post.starts_on
    note = t("In the network's server on Discord you can leave a note for the next person in your post.")
    said = sentences.thanks(post.role, delegation, last, reader)
    return EmailText(t("your term ends on {day}", day=last), [said, note])


def withdrawn(role: Role, starts_on: date, delegation: Delegation, reader: Reader) -> EmailText:
    """Say that an appointment ahead was withdrawn."""
    said = sentences.withdrawn(role, starts_on, delegation, reader)
    return EmailText(t("your appointment is withdrawn"), [said], "an_answer")
