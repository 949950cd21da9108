"""For which delegation somebody acts, where they speak for several."""

from bot import names
from bot.access import Asker
from bot.errors import NotAllowedError, UserError
from bot.folding import normalise
from bot.naming import with_code
from bot.services import Services
from bot.texts import t
from storage.models import Delegation


async def spoken_for(services: Services, asker: Asker) -> list[Delegation]:
    """Return the delegations that the asker speaks for today, by code."""
    held = {appointment.delegation_id for appointment in asker.appointments}
    return [delegation for delegation in await services.members.delegations(asker.guild_id) if delegation.id in held]


async def meant_of(services: Services, asker: Asker, typed: str | None) -> Delegation:
    """Return the asker's delegation with that code or name (None: the only one).

    Raises UserError where several could be meant, NotAllowedError for one that is not theirs.
    """
    own = await spoken_for(services, asker)
    if typed is None:
        if len(own) == 1:
            return own[0]
        raise UserError(t("You speak for several delegations: name one of them with the option *delegation*."))
    code, word = names.resolve(typed, exactly=True), normalise(typed)
    for delegation in own:
        if delegation.code == code or word in map(normalise, (delegation.code, *delegation.names.values())):
            return delegation
    listed = asker.reader.listing([with_code(delegation, asker.reader.language) for delegation in own])
    raise NotAllowedError(
        t("“{typed}” is no delegation of yours: you speak for {delegations}.", typed=typed[:100], delegations=listed)
    )
