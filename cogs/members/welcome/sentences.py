"""What a newcomer reads above the card."""

from bot.names.delegation_names import with_code
from bot.texts import Reader, Text, nt, t
from cogs.members.sentences import role_at
from storage.members.models import Appointment, Delegation


def appointed(post: Appointment, delegation: Delegation, reader: Reader) -> Text:
    """Say which post somebody has, from which day."""
    return t(
        "You are {role} of {delegation} in the network from {day}.",
        role=role_at(post),
        delegation=with_code(delegation, reader.language),
        day=post.starts_on,
    )


def undone(count: int) -> Text:
    """Say how much still awaits somebody's delegation a week after they got in."""
    return nt(
        "{count} thing still awaits your delegation.",
        "{count} things still await your delegation.",
        count,
    )
