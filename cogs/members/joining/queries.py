"""Who is to be invited."""

from bot.services import Services
from cogs.members.joining.rules import Invited, invited
from cogs.members.rules import Member, people_of
from storage.models import Network


async def invited_now(services: Services, network: Network, code: str | None) -> Invited:
    """Return who has a post and no account, of the delegation with that code or (None) of all, in their order."""
    guild_id, today = network.guild_id, services.today(network)
    waiting = {claim.person_id for claim in await services.claims.waiting(guild_id)}
    members: list[Member] = []
    for delegation in await services.members.delegations(guild_id, on=today):
        if code in (None, delegation.code):
            members += people_of(delegation, await services.members.holders(guild_id, delegation.id), today)
    return invited(members, waiting)
