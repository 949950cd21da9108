"""Which person of which delegation a command means. No role of its own: for all the sub-packages."""

from datetime import date

from discord.app_commands import Choice

from bot import names
from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import NotFoundError, UserError
from bot.names.delegation_names import with_code
from bot.search.choosing import CHOICES
from bot.search.folding import person_key
from bot.texts import Markdown, clipped, t
from bot.timeparse import parse_day
from bot.ui import Context
from bot.ui.embed_limits import listed
from cogs.members.rules import Member, people_of
from storage.members.models import Delegation


async def member_typed(context: Context, delegation: Delegation, typed: str) -> Member:
    """Return the one person of the delegation that was chosen from the list, or typed with the whole name.

    Raises NotFoundError with who is there.
    """
    holders = await context.services.members.holders(context.guild_id, delegation.id)
    people = people_of(delegation, holders, context.services.today(context.network))
    wanted = person_key(typed)
    found = [m for m in people if str(m.person.id) == typed] or [
        m for m in people if wanted and person_key(m.name(context.reader)) == wanted
    ]
    if len(found) == 1:
        return found[0]
    name = with_code(delegation, context.reader.language)
    if not people:
        raise NotFoundError(
            t(
                "Nobody is appointed for {delegation}: appoint somebody with {command}.",
                delegation=name,
                command=Command("member appoint"),
            )
        )
    raise NotFoundError(
        t(
            "“{typed}” is not the whole name of one person of {delegation} ({people}): choose from the list that"
            " opens as you type.",
            typed=clipped(typed),
            delegation=name,
            people=Markdown(listed([m.name(context.reader) for m in people], context.reader)),
        )
    )


async def complete_person(context: Context, delegation: str | None, typed: str) -> list[Choice[str]]:
    """Return whom the command may mean while somebody types; nobody before the delegation is chosen."""
    if not delegation:
        return []
    try:
        seat = await delegation_typed(context.services, context.asker, delegation)
    except UserError:
        return []
    holders = await context.services.members.holders(context.guild_id, seat.id)
    wanted = names.normalise(typed)
    return [
        Choice(name=f"{m.name(context.reader)} · {m.roles(context.reader)}"[:100], value=str(m.person.id))
        for m in people_of(seat, holders, context.services.today(context.network))
        if wanted in names.normalise(m.name(context.reader))
    ][:CHOICES]


def day_typed(context: Context, typed: str | None) -> date | None:
    """Read a day as the asker writes it, in the network's zone. None stays None. Raises UserError."""
    if typed is None:
        return None
    zone = context.services.zone(context.network)
    return parse_day(typed, now=context.services.clock.now(), zone=zone, language=context.reader.language)
