"""What lies ahead for a network: each room contributes its lines here; the digests and the calendar read them."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from bot.calendar import CalendarEvent
from bot.texts import Reader, Text, t


class Section(Enum):
    """The parts of what lies ahead, in the order in which digests show them."""

    MEETINGS = "meetings"
    WEBINARS = "webinars"
    POLLS = "polls"
    DECISIONS = "decisions"
    STATEMENTS = "statements"
    DAYS = "days"


SECTIONS: Final[Mapping[Section, Text]] = {
    Section.MEETINGS: t("Meetings"),
    Section.WEBINARS: t("Webinars"),
    Section.POLLS: t("Polls"),
    Section.DECISIONS: t("Decisions"),
    Section.STATEMENTS: t("Statements"),
    Section.DAYS: t("Days to prepare for"),
}
"""What each part is called above its lines."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """For whom what lies ahead is put together, in one network.

    ``is_member`` lets in what only members see. ``delegation_ids`` are the delegations that the viewer speaks for;
    None: a channel, which many read and which shows what concerns all of them.
    """

    guild_id: int
    is_member: bool = False
    is_secretariat: bool = False
    delegation_ids: frozenset[int] | None = None

    def sees(self, invited: Collection[int] | None) -> bool:
        """Tell whether what invites these delegations, by their ids, is shown to the viewer; None: it invites all."""
        if invited is None or self.is_secretariat:
            return True
        return bool((self.delegation_ids or frozenset()).intersection(invited))


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One thing that lies ahead. ``what`` says it in the reader's language (markdown), without its time.

    ``begins`` is an aware instant, shown in the IANA ``zone`` too, or a day there; ``ends`` the last instant or the
    last day (None: the same). A deadline is a thing of its own, and begins when it is reached. ``custom_id`` is a
    button that shows it privately ("": none), ``label`` its one or two words.
    """

    what: str
    begins: datetime | date
    zone: str
    ends: datetime | date | None = None
    custom_id: str = ""
    label: Text | None = None

    @property
    def first_instant(self) -> datetime:
        """The instant at which it begins, for days their first one."""
        if isinstance(self.begins, datetime):
            return self.begins
        return datetime.combine(self.begins, time(), ZoneInfo(self.zone)).astimezone(UTC)


class Source(Protocol):
    """What a room contributes: it reads, and never writes. It is also asked while the writer is held."""

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return what lies ahead or is on, as far as the viewer may see it."""
        ...

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return the same for calendars, with what was called off, so that those which hold it strike it out."""
        ...


NewsSource = Callable[[Viewer, datetime, datetime, Reader], Awaitable[Sequence[str]]]
"""What a room has to say that is new from the first instant to the second: lines of markdown."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new, under a heading of its own, one line for each thing (markdown)."""

    heading: Text
    lines: Sequence[str]


class Ahead:
    """What lies ahead and what is new, put together from all rooms."""

    def __init__(self) -> None:
        self._sources: list[tuple[Section, Source]] = []
        self._news: list[tuple[Text, NewsSource]] = []

    def register(self, section: Section, source: Source) -> None:
        """Let a room contribute to a section; in its ``setup``, before the bot is ready."""
        self._sources.append((section, source))

    def register_news(self, heading: Text, source: NewsSource) -> None:
        """Let a room say what is new, under its heading; in its ``setup``."""
        self._news.append((heading, source))

    async def sections(self, viewer: Viewer, reader: Reader) -> dict[Section, list[Upcoming]]:
        """Return what lies ahead by section, in the order of the sections, what begins first coming first.

        Sections without anything are left out.
        """
        found: dict[Section, list[Upcoming]] = {section: [] for section in Section}
        for section, source in self._sources:
            found[section] += await source.upcoming(viewer, reader)
        return {section: in_order(items) for section, items in found.items() if items}

    async def all(self, viewer: Viewer, reader: Reader) -> list[Upcoming]:
        """Return all that lies ahead, what begins first coming first."""
        return in_order([one for items in (await self.sections(viewer, reader)).values() for one in items])

    async def entries(self, viewer: Viewer, reader: Reader) -> list[CalendarEvent]:
        """Return all that lies ahead for calendars, with what was called off."""
        return [one for _, source in self._sources for one in await source.entries(viewer, reader)]

    async def news(self, viewer: Viewer, since: datetime, until: datetime, reader: Reader) -> list[News]:
        """Return what came between two instants, by heading; headings without anything are left out."""
        found = [News(heading, await source(viewer, since, until, reader)) for heading, source in self._news]
        return [one for one in found if one.lines]


def in_order(items: Sequence[Upcoming]) -> list[Upcoming]:
    """Return the items, what begins first coming first."""
    return sorted(items, key=lambda one: one.first_instant)


def when(item: Upcoming, reader: Reader) -> str:
    """Write when something is, in markdown: a stamp with the time in its own zone, or its days."""
    if isinstance(item.begins, datetime):
        return reader.stamp(item.begins, item.zone, "f")
    last = item.ends if item.ends is not None and not isinstance(item.ends, datetime) else item.begins
    return reader.days(item.begins, last)


def described(item: Upcoming, reader: Reader) -> str:
    """Write one thing that lies ahead on two lines (markdown)."""
    return f"{item.what}\n🗓️ {when(item, reader)}"
