"""Who speaks for a delegation, with all the posts that run or lie ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.names.delegation_names import called
from bot.texts import Reader
from cogs.members.sentences import ROLES, post_name
from storage.members.models import Appointment, Delegation, Holder, Person


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody with posts for a delegation that run or lie ahead, the first to begin first."""

    delegation: Delegation
    person: Person
    posts: tuple[Appointment, ...]

    def name(self, reader: Reader) -> str:
        """Return the person's name, or the post's where the delegation wrote none; no markdown."""
        return self.person.name or reader.label(post_name(self.posts[0].role, called(self.delegation, reader.language)))

    def roles(self, reader: Reader) -> str:
        """List the roles, such as "Focal point and Adviser"."""
        return reader.listing(dict.fromkeys(reader.label(ROLES[post.role]) for post in self.posts))


def people_of(delegation: Delegation, holders: Sequence[Holder], today: date) -> list[Member]:
    """Return who has a post for the delegation that has not ended, focal points first."""
    posts: dict[int, list[Appointment]] = {}
    people: dict[int, Person] = {}
    order = list(ROLES)
    for holder in sorted(holders, key=lambda h: (order.index(h.appointment.role), h.appointment.starts_on)):
        if holder.appointment.ends_on is None or holder.appointment.ends_on >= today:
            people[holder.person.id] = holder.person
            posts.setdefault(holder.person.id, []).append(holder.appointment)
    return [Member(delegation, person, tuple(posts[person_id])) for person_id, person in people.items()]
