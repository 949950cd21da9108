"""Two proposals under silence procedure, both invented: one that is open, and one that an objection has ended."""

from dataclasses import replace
from typing import Final

from bot.demo.dates import OFFICE
from bot.demo.world import NEW_YORK, World
from bot.outbox import MEMBERS
from bot.services import Services
from cogs.decisions.rules import SENT_WITHIN, SUBJECT, Kind, earliest_expiry, electorate_of, owed
from storage.decisions.models import Decision, Objection, unsaved

_TEXT: Final = "https://example.org/invented-proposal"
_OPEN: Final = "An invented example: the working languages of the mailing list"
_BROKEN: Final = "An invented example: the length of statements at the meeting"
_REASON: Final = "An invented reason: three minutes are too short for joint statements."


async def furnish_decisions(services: Services, world: World) -> None:
    """Open both for all delegations; the objection to the second one names nobody, as nobody wished to be named."""
    guild_id, now = world.guild_id, services.clock.now()
    expires_at = earliest_expiry(now + SENT_WITHIN, OFFICE)
    seats = await services.members.seats(guild_id, services.clock.today(NEW_YORK))
    for title in (_BROKEN, _OPEN):
        values = {"url": _TEXT, "audience": "all", "region": None, "timezone": NEW_YORK, "expires_at": expires_at}
        decision = unsaved(guild_id, {"title": title, **values}, now)
        async with services.transaction() as tx:
            decision_id = await services.decisions.open(tx, decision, electorate_of(seats, "all", None))
            written: Decision = replace(decision, id=decision_id)
            if title == _BROKEN:
                await services.decisions.break_silence(tx, written, Objection(_REASON))
            else:
                reached = [seat.delegation.id for seat in seats]
                await services.decisions.reach(tx, written, reached, "direct_message", now)
                await services.outbox.plan_now(tx, guild_id, SUBJECT, decision_id, Kind.OPENED, MEMBERS)
                # Its end alone: a person who travels in time comes from one thing that can be seen to the next.
                end = [one for one in owed(written) if one.kind == Kind.EXPIRY]
                await services.outbox.plan(tx, guild_id, SUBJECT, decision_id, end)
