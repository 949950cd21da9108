"""Which annual meeting a resource belongs to, as people name meetings."""

from discord.app_commands import Choice

from bot.access import Asker
from bot.errors import NotFoundError
from bot.folding import normalise
from bot.services import Services
from bot.texts import t
from cogs.resources.cards import cut, meeting_name

_CHOICES = 25


async def meeting_typed(services: Services, asker: Asker, typed: str) -> int:
    """Return the id of the meeting that is meant: chosen from the list, or its only day, year or place.

    Raises NotFoundError.
    """
    meetings = await services.meetings.all(asker.guild_id)
    word = normalise(typed)
    chosen = [m.id for m in meetings if typed.strip() == f"#{m.id}"]
    fitting = chosen or [
        m.id
        for m in meetings
        if word and word in {normalise(m.city), str(m.starts_on.year), normalise(m.starts_on.isoformat())}
    ]
    if len(fitting) != 1:
        raise NotFoundError(
            t(
                "No one meeting is meant by “{typed}”: choose one from the list that opens as you type.",
                typed=cut(typed, 100),
            )
        )
    return fitting[0]


async def complete_meeting(services: Services, asker: Asker, typed: str) -> list[Choice[str]]:
    """Return the meetings that may be meant while somebody types, the latest first."""
    word = normalise(typed)
    named = [(meeting_name(m, asker.reader), m) for m in await services.meetings.all(asker.guild_id)]
    return [Choice(name=cut(name, 100), value=f"#{m.id}") for name, m in named if word in normalise(name)][:_CHOICES]
