"""Discord's scheduled events, kept in step with a record of ours. They show to everyone: never put a link in one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord

LONGEST_NAME: Final = 100
LONGEST_DESCRIPTION: Final = 1000


@dataclass(frozen=True, slots=True)
class WantedEvent:
    """What an event has to say, in plain text; what is longer than Discord takes is cut."""

    name: str
    description: str
    location: str
    starts_at: datetime
    ends_at: datetime

    def differs(self, event: discord.ScheduledEvent) -> bool:
        """Tell whether Discord's event says something else."""
        wanted = (_cut(self.name, LONGEST_NAME), _cut(self.description, LONGEST_DESCRIPTION), self.location)
        return content_of(event) != (*wanted, self.starts_at, self.ends_at)


def content_of(event: discord.ScheduledEvent) -> tuple[object, ...]:
    """Return what Discord's event says of all that a :class:`WantedEvent` wants; not whether it has begun."""
    # Discord may trim what it is given: that is nobody's change, and putting it back would never end.
    return event.name.strip(), (event.description or "").strip(), event.location, event.start_time, event.end_time


async def make_or_move(
    guild: discord.Guild, event_id: int | None, wanted: WantedEvent, keep: Callable[[int | None], Awaitable[None]]
) -> int:
    """Make the event, or change the one that is there, and return its id. Raises discord.HTTPException.

    An event that was made although its answer was lost is taken on, not made twice. Discord does not move one that
    has begun: it gives way to another. ``keep`` writes down which event is the record's: none before that deletion,
    so that it is not taken for somebody else's, and the same one again where it is refused.
    """
    event = await _existing(guild, event_id, wanted)
    if event is not None and event.status is not discord.EventStatus.scheduled and wanted.differs(event):
        await keep(None)
        try:
            await delete(guild, event.id)
        except discord.HTTPException:
            await keep(event.id)
            raise
        event = None
    name = _cut(wanted.name, LONGEST_NAME)
    description = _cut(wanted.description, LONGEST_DESCRIPTION)
    if event is None:
        event = await guild.create_scheduled_event(
            name=name,
            description=description,
            entity_type=discord.EntityType.external,
            privacy_level=discord.PrivacyLevel.guild_only,
            location=wanted.location,
            start_time=wanted.starts_at,
            end_time=wanted.ends_at,
        )
    elif wanted.differs(event):
        await event.edit(
            name=name,
            description=description,
            # Somebody may have moved it into a voice channel.
            entity_type=discord.EntityType.external,
            location=wanted.location,
            start_time=wanted.starts_at,
            end_time=wanted.ends_at,
        )
    return event.id


async def delete(guild: discord.Guild, event_id: int) -> None:
    """Delete the event; one that is gone already is no error. Raises discord.HTTPException."""
    try:
        event = await guild.fetch_scheduled_event(event_id)
        await event.delete()
    except discord.NotFound:
        return


async def _existing(guild: discord.Guild, event_id: int | None, wanted: WantedEvent) -> discord.ScheduledEvent | None:
    if event_id is not None:
        try:
            return await guild.fetch_scheduled_event(event_id)
        except discord.NotFound:
            return None
    for event in await guild.fetch_scheduled_events():
        if event.creator_id == guild.me.id and not wanted.differs(event):
            return event
    return None


def _cut(text: str, longest: int) -> str:
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
