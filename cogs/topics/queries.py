"""What the room reads: a topic, and for which delegation somebody acts who speaks for several."""

from typing import cast

from bot import names
from bot.commands import Command
from bot.delegations import own_delegations
from bot.errors import NotAllowedError, NotFoundError, UserError
from bot.names.delegation_names import with_code
from bot.search.folding import normalise
from bot.texts import t
from bot.ui import Context
from storage.members.models import Delegation
from storage.models import Draft
from storage.topics.models import Topic


async def own_delegation_named(context: Context, typed: str | None) -> Delegation:
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
        t(
            "“{typed}” is not one of your delegations: you speak for {delegations}.",
            typed=typed[:100],
            delegations=listed,
        )
    )


async def topic_in(context: Context, draft: Draft, field: str) -> Topic:
    """Return the topic whose id the draft keeps in ``field``. Raises NotFoundError."""
    topic = await context.services.topics.topic(context.guild_id, cast(int, draft.payload[field]))
    if topic is None:
        raise NotFoundError(t("That topic no longer exists: see all with {command}.", command=Command("topic list")))
    return topic
