"""What one's own entry is, and which post its form is about."""

from collections.abc import Sequence
from dataclasses import dataclass

from cogs.members.sentences import ROLES
from storage.members.models import Appointment, Delegation, Nomination, Person
from storage.models import RemindersChannel


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """What the directory says about somebody. ``nominations`` are their delegations', the latest first."""

    person: Person
    posts: Sequence[tuple[Appointment, Delegation]]
    nominations: Sequence[Nomination]
    channel: RemindersChannel


def main_post(posts: Sequence[Appointment]) -> Appointment:
    """Return the post that the form is about: as focal point, else the first in the order of roles."""
    order = list(ROLES)
    return min(posts, key=lambda post: (order.index(post.role), post.starts_on))
