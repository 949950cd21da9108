"""For which delegation somebody acts, where they speak for several."""

from bot import names
from bot.delegations import own_delegations
from bot.errors import NotAllowedError, UserError
from bot.folding import normalise
from bot.naming import with_code
from bot.texts import t
from bot.ui import Context
from storage.models import Delegation


async def meant_of(context: Context, typed: str | None) -> Delegation:
    """Return the asker's delegation with that code or name (None: the only one).

    Raises UserError where several could be meant, NotAllowedError for one that is not theirs.
    """
    own = await own_delegations(context.services, context.asker)
    if typed is None:
        if len(own) == 1:
            return own[0]
        raise UserError(t("You speak for several delegations: name one of them with the option *delegation*."))
    code, word = names.resolve(typed, exactly=True), normalise(typed)
    for delegation in own:
        if delegation.code == code or word in map(normalise, (delegation.code, *delegation.names.values())):
            return delegation
    listed = context.reader.listing([with_code(delegation, context.reader.language) for delegation in own])
    raise NotAllowedError(
        t("“{typed}” is no delegation of yours: you speak for {delegations}.", typed=typed[:100], delegations=listed)
    )
