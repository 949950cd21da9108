"""What a welcome holds, whose seat somebody takes over, and when each message of an arrival falls due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.names import RegionalGroup
from bot.pending import Awaited
from storage.members.models import Appointment, Delegation, Holder

SUBJECT: Final = "arrival"
"""What the outbox calls the first days of an appointment."""
WELCOME: Final = "welcome"
"""On the first day of a post that was given ahead of it: the news went out at once, without the card."""
UNDONE: Final = "undone"
"""What still awaits the newcomer after the time of :data:`UNDONE_AFTER`, where anything does."""
NOT_UNSEEN: Final = "an import owes it to all at once, and nobody has seen it: the e-mail with the code is shown first"
"""Why the bot does not send the news of a post by e-mail."""
UNDONE_AFTER: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Welcome:
    """What a newcomer to a post is shown.

    ``awaited`` awaits their delegations, the first deadline first. ``nominator`` entered their name and post (None: the
    secretariat; empty: a person without a name). ``predecessor`` held the post before (None: nobody did). ``region``
    is the seat's regional group (None: it is in none), in which ``neighbours`` are the other seats.
    """

    post: Appointment
    delegation: Delegation
    awaited: Sequence[Awaited]
    nominator: str | None
    predecessor: Holder | None
    region: RegionalGroup | None
    neighbours: int
    privacy_contact: str | None


def predecessor_of(post: Appointment, holders: Iterable[Holder]) -> Holder | None:
    """Return who held the same post of the delegation last before ``post`` began; None for the first one.

    Only of focal points, of whom there is one at a time.
    """
    if post.role != "focal_point":
        return None
    before = [
        holder
        for holder in holders
        if holder.appointment.delegation_id == post.delegation_id
        and holder.appointment.role == post.role
        and holder.person.id != post.person_id
        and holder.appointment.ends_on is not None
        and holder.appointment.ends_on < post.starts_on
    ]
    return max(before, key=lambda holder: holder.appointment.starts_on, default=None)


def undone_at(now: datetime, begins: datetime) -> datetime:
    """Return when somebody is reminded of what is undone: a week after they got in, or after the post began."""
    return max(now, begins) + UNDONE_AFTER
