"""Claims with the persons and the seats that they are about."""

from collections.abc import Sequence

from bot.errors import NotFoundError
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.members.claims.rules import ClaimedSeat
from cogs.members.rules import people_of
from storage.members.models import Claim


async def claimed_seats(services: Services, claims: Sequence[Claim]) -> list[ClaimedSeat]:
    """Return the claims, of one network, with what they are about, in the same order."""
    if not claims:
        return []
    guild_id = claims[0].guild_id
    today = services.today(await services.settings.network(guild_id))
    delegations = {d.id: d for d in await services.members.delegations(guild_id)}
    found: list[ClaimedSeat] = []
    for claim in claims:
        delegation = delegations[claim.delegation_id]
        holders = await services.members.holders(guild_id, delegation.id)
        members = people_of(delegation, holders, today)
        member = next((m for m in members if m.person.id == claim.person_id), None)
        person = member.person if member is not None else await services.members.person(guild_id, claim.person_id)
        assert person is not None, "a claim keeps its person"  # noqa: S101 - narrows the type
        found.append(ClaimedSeat(claim, delegation, person, member))
    return found


async def claim_of(context: Context, claim_id: int) -> Claim:
    """Return the claim that a button is about. Raises NotFoundError."""
    claim = await context.services.claims.claim(context.guild_id, claim_id)
    if claim is None:
        raise _forgotten()
    return claim


async def claims_in(context: Context, list_id: int) -> list[Claim]:
    """Return the claims of the list that a button is about. Raises NotFoundError."""
    claims = await context.services.claims.in_list(context.guild_id, list_id)
    if not claims:
        raise _forgotten()
    return claims


def _forgotten() -> NotFoundError:
    return NotFoundError(t("This claim was decided some time ago, and the bot no longer keeps it."))
