"""How a person is reached, and whom nothing reaches: one place, for previews, sending and what is said of both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from bot.services import Services
from bot.texts import Text, nt
from storage.members.models import Person
from storage.models import AccountSettings


class Way(Enum):
    """What brings a message to a person, in the order in which it is tried."""

    DIRECT = "direct_message"
    NEXT_ANSWER = "reply"


@dataclass(slots=True)
class Reach:
    """Persons by what reaches them; ``nobody`` are those whom nothing reaches."""

    direct: list[Person] = field(default_factory=list[Person])
    noticed: list[Person] = field(default_factory=list[Person])
    unreachable: list[Person] = field(default_factory=list[Person])

    @property
    def total(self) -> int:
        """How many the message concerns."""
        return self.reached + len(self.unreachable)

    @property
    def reached(self) -> int:
        """How many the message reaches."""
        return len(self.direct) + len(self.noticed)

    def ways(self) -> list[Text]:
        """Say how many are reached by what: parts that add up to those who are reached."""
        parts = [
            nt("{count} by direct message", "{count} by direct message", len(self.direct)),
            nt("{count} above their next answer here", "{count} above their next answer here", len(self.noticed)),
        ]
        return [part for part in parts if part.count]

    def missed(self) -> list[Text]:
        """Say how many nothing reaches; empty where there are none."""
        count = len(self.unreachable)
        return [nt("{count} cannot be reached", "{count} cannot be reached", count)] if count else []

    def counted(self) -> list[Text]:
        """Say how many are reached by what, and how many by nothing: parts that add up to the total."""
        return [*self.ways(), *self.missed()]


def way_of(settings: AccountSettings) -> Way:
    """Return what reaches an account that is linked to a person."""
    return Way.DIRECT if settings.direct_messages == "yes" else Way.NEXT_ANSWER


async def reach_of(services: Services, guild_id: int, people: Iterable[Person]) -> Reach:
    """Sort persons, each once, by what reaches them."""
    found = Reach()
    for person in {person.id: person for person in people}.values():
        if person.account_id is None:
            found.unreachable.append(person)
        elif way_of(await services.settings.account(guild_id, person.account_id)) is Way.DIRECT:
            found.direct.append(person)
        else:
            found.noticed.append(person)
    return found
