"""What awaits a delegation: each room contributes its lines here; ``/pending`` and what newcomers get read them."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.names.delegation_names import order_of
from bot.texts import Reader, Text, t
from storage.members.models import Appointment, Delegation, Person, Seat

_NEVER: Final = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person who speaks for ``delegations`` today (one or more), with the posts that they hold for them."""

    person: Person
    delegations: tuple[Delegation, ...]
    posts: tuple[Appointment, ...]

    @property
    def guild_id(self) -> int:
        """The network's server."""
        return self.person.guild_id


def delegate_among(seats: Iterable[Seat], person_id: int) -> Delegate | None:
    """Return the person as a delegate of the seats that they hold a post in; None for somebody who holds none."""
    held = [(seat.delegation, holder) for seat in seats for holder in seat.holders if holder.person.id == person_id]
    if not held:
        return None
    delegations = {delegation.id: delegation for delegation, _ in held}
    return Delegate(held[0][1].person, tuple(delegations.values()), tuple(holder.appointment for _, holder in held))


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing that a delegation may do now. ``what`` says it as a request (markdown).

    ``custom_id`` is the button that does it, whose ``label`` is one or two words. ``until`` is the last instant at
    which it can be done (None: no deadline), shown in ``zone``. ``is_optional``: nobody waits for it.
    """

    what: str
    custom_id: str
    label: Text
    until: datetime | None = None
    zone: str = "UTC"
    is_optional: bool = False


Source = Callable[[Delegate, Reader], Awaitable[Sequence[Awaited]]]
"""What a room contributes: it reads, and never writes. It is also asked while the writer is held."""


class Pending:
    """What awaits each delegation, put together from all rooms."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def register(self, source: Source) -> None:
        """Let a room contribute its lines; in its ``setup``, before the bot is ready."""
        self._sources.append(source)

    async def of(self, delegate: Delegate, reader: Reader) -> list[Awaited]:
        """Return what awaits the delegate, the first deadline first; what is optional comes last."""
        found = [one for source in self._sources for one in await source(delegate, reader)]
        return sorted(found, key=lambda one: (one.is_optional, one.until or _NEVER))


def in_order(delegations: Iterable[Delegation], reader: Reader) -> list[Delegation]:
    """Return delegations in the alphabet of the reader's language, organisations after states."""
    return sorted(delegations, key=lambda delegation: order_of(delegation, reader.language))


def described(one: Awaited, number: int, reader: Reader) -> str:
    """Write one thing that awaits a delegation on one or two lines, numbered as its button is."""
    said = f"**{reader.number(number)}.** {one.what}"
    if one.until is None:
        return said
    until = reader.say(t("Until {moment}", moment=reader.stamp(one.until, one.zone, "f")))
    return f"{said}\n⏳ {until} · <t:{int(one.until.timestamp())}:R>"
