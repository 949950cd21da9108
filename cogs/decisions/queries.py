"""What all parts of the room read, one typed thing at a time."""

from bot.audience import people_in, seats_today
from bot.errors import NotAllowedError
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.decisions.rules import acting_for, counted
from storage.decisions.models import Decision
from storage.members.models import Delegation, Person


async def delegations_of(services: Services, guild_id: int) -> dict[int, Delegation]:
    """Return the network's delegations by their ids."""
    return {delegation.id: delegation for delegation in await services.members.delegations(guild_id)}


async def objector_of(services: Services, decision: Decision) -> Delegation | None:
    """Return the delegation that is named as having objected; None where none is."""
    if decision.objection.delegation_id is None:
        return None
    return (await delegations_of(services, decision.guild_id)).get(decision.objection.delegation_id)


async def people_of(services: Services, decision: Decision) -> list[Person]:
    """Return who holds a post today in a seat of the electorate, advisers too: they see what is decided on."""
    listed = {seat.delegation_id for seat in counted(await services.decisions.seats(decision.guild_id, decision.id))}
    seats = await seats_today(services, decision.guild_id)
    return people_in(seat for seat in seats if seat.delegation.id in listed)


async def own_seats(context: Context, decision: Decision) -> list[Delegation]:
    """Return the delegations of the electorate that the asker acts for, in the order of the delegations' ids.

    Raises NotAllowedError, saying why, where there is none.
    """
    seats = await context.services.decisions.seats(context.guild_id, decision.id)
    electorate = {seat.delegation_id for seat in counted(seats)}
    own = electorate & acting_for(context.asker.appointments)
    if own:
        found = await delegations_of(context.services, context.guild_id)
        return [found[number] for number in sorted(own) if number in found]
    if electorate & context.asker.delegation_ids:
        raise NotAllowedError(
            t("An adviser can read a proposal but cannot act on it: ask your focal point, alternate or mission.")
        )
    if any(seat.delegation_id in context.asker.delegation_ids for seat in seats):
        raise NotAllowedError(
            t("Your delegation's seat was vacant when this procedure opened: it does not count here.")
        )
    raise NotAllowedError(t("Your delegation is not among those that decide here."))
