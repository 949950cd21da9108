"""What a newcomer is shown: read from all that concerns their delegation."""

from bot.audience import region_of, seats_today
from bot.pending import Awaited, delegate_among
from bot.search.folding import person_key
from bot.services import Services
from bot.texts import Reader
from cogs.members.directory.queries import delegation_by_id
from cogs.members.welcome.rules import Welcome, predecessor_of
from storage.members.models import Holder, Seat


async def welcome_of(services: Services, holder: Holder, reader: Reader) -> Welcome:
    """Return what there is for somebody who holds a post, which has begun."""
    guild_id, post = holder.person.guild_id, holder.appointment
    delegation = await delegation_by_id(services, guild_id, post.delegation_id)
    assert delegation is not None, "appointments keep their delegation"  # noqa: S101 - narrows the type
    network = await services.settings.network(guild_id)
    return Welcome(
        post=post,
        delegation=delegation,
        awaited=await awaited_by(services, guild_id, holder.person.id, reader),
        nominator=await nominator_of(services, guild_id, holder.person.id),
        predecessor=predecessor_of(post, await services.members.holders(guild_id, post.delegation_id)),
        region=region_of(delegation.code),
        neighbours=len(await neighbours_of(services, guild_id, delegation.code)),
        privacy_contact=network.privacy_contact,
    )


async def awaited_by(services: Services, guild_id: int, person_id: int, reader: Reader) -> list[Awaited]:
    """Return what awaits the delegations that somebody speaks for today; nothing for a person without a post."""
    delegate = delegate_among(await seats_today(services, guild_id), person_id)
    return await services.pending.of(delegate, reader) if delegate is not None else []


async def nominator_of(services: Services, guild_id: int, person_id: int) -> str | None:
    """Return the name of the person whose nomination of somebody was approved last, "" for a person without one.

    None where nobody nominated them.
    """
    own = [h for h in await services.members.holders(guild_id) if h.person.id == person_id]
    asked = await services.nominations.of_delegations(guild_id, sorted({h.appointment.delegation_id for h in own}))
    # The nominee may have become one with whom the delegation had under that name.
    names = {person_key(holder.person.name) for holder in own} - {""}
    approved = [one for one in asked if one.state == "approved" and person_key(one.person.name) in names]
    if not approved:
        return None
    nominator = await services.members.person(guild_id, approved[0].nominated_by)
    return nominator.name if nominator is not None else ""


async def neighbours_of(services: Services, guild_id: int, code: str) -> list[Seat]:
    """Return the other seats of a delegation's regional group; none where it is in no group."""
    region = region_of(code)
    seats = await seats_today(services, guild_id) if region is not None else []
    return [seat for seat in seats if region_of(seat.delegation.code) == region and seat.delegation.code != code]
