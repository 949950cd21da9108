"""How a person is reached, and whom nothing reaches: one place, for previews, sending and what is said of both."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from bot.services import Services
from bot.smtp.addresses import is_address
from bot.texts import Text, nt
from storage.members.models import Person
from storage.models import Network


class Way(Enum):
    """What brings a message to a person, in the order in which it is tried."""

    DIRECT = "direct_message"
    EMAIL = "email"
    NEXT_ANSWER = "reply"


@dataclass(slots=True)
class Reach:
    """Persons by what reaches them; those of ``direct`` who want an e-mail beside it are in ``doubly`` too."""

    direct: list[Person] = field(default_factory=list[Person])
    doubly: list[Person] = field(default_factory=list[Person])
    emailed: list[Person] = field(default_factory=list[Person])
    noticed: list[Person] = field(default_factory=list[Person])
    unreachable: list[Person] = field(default_factory=list[Person])

    @property
    def emails(self) -> int:
        """How many e-mails leave: also those beside a direct message."""
        return len(self.emailed) + len(self.doubly)

    @property
    def total(self) -> int:
        """How many the message concerns."""
        return self.reached + len(self.unreachable)

    @property
    def reached(self) -> int:
        """How many the message reaches."""
        return len(self.direct) + len(self.emailed) + len(self.noticed)

    def ways(self) -> list[Text]:
        """Say how many are reached by what: parts that add up to those who are reached."""
        parts = [
            nt("{count} by direct message", "{count} by direct message", len(self.direct)),
            nt("{count} by e-mail", "{count} by e-mail", len(self.emailed)),
            nt(
                "{count} at the top of the bot's next reply here",
                "{count} at the top of the bot's next reply here",
                len(self.noticed),
            ),
        ]
        return [part for part in parts if part.count]

    def missed(self) -> list[Text]:
        """Say how many nothing reaches; empty where there are none."""
        count = len(self.unreachable)
        return [nt("{count} cannot be reached", "{count} cannot be reached", count)] if count else []

    def counted(self) -> list[Text]:
        """Say how many are reached by what, and how many by nothing: parts that add up to the total."""
        return [*self.ways(), *self.missed()]


@dataclass(frozen=True, slots=True)
class ByEmail:
    """Whether a message goes by e-mail where Discord does not reach; ``has_text`` says whether it can be written so."""

    network: Network
    sends: bool
    has_text: bool

    @property
    def is_open(self) -> bool:
        """Whether the message may go by e-mail to those who can be written to so."""
        return self.sends and self.network.email_enabled and self.has_text

    def reaches(self, person: Person) -> bool:
        """Tell whether the message may go to the person by e-mail."""
        return self.is_open and is_address(person.address) and person.takes_emails


def by_email(services: Services, network: Network, *, has_text: bool) -> ByEmail:
    """Return whether a message of the network may go by e-mail, as the operator and the secretariat have set it up."""
    return ByEmail(network, services.mail is not None, has_text)


def way_of(person: Person, email: ByEmail, *, refused_directly: bool = False) -> Way | None:
    """Return what reaches a person; None: nothing does.

    ``refused_directly``: Discord has refused to bring them the message directly.
    """
    if person.account_id is not None and person.channel in ("direct_message", "both") and not refused_directly:
        return Way.DIRECT
    if email.reaches(person):
        return Way.EMAIL
    return Way.NEXT_ANSWER if person.account_id is not None else None


def wants_both(person: Person, email: ByEmail) -> bool:
    """Tell whether somebody whom direct messages reach wants an e-mail beside each."""
    return person.account_id is not None and person.channel == "both" and email.reaches(person)


async def reach_of(services: Services, guild_id: int, people: Iterable[Person], *, has_email_text: bool) -> Reach:
    """Sort persons, each once, by what reaches them; ``has_email_text``: whether the message can go by e-mail."""
    found = Reach()
    email = by_email(services, await services.settings.network(guild_id), has_text=has_email_text)
    for person in {person.id: person for person in people}.values():
        match way_of(person, email):
            case Way.DIRECT:
                found.direct.append(person)
                if wants_both(person, email):
                    found.doubly.append(person)
            case Way.EMAIL:
                found.emailed.append(person)
            case Way.NEXT_ANSWER:
                found.noticed.append(person)
            case None:
                found.unreachable.append(person)
    return found
