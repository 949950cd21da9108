"""What ``/topic propose`` does: a topic goes to the secretariat. No role of its own: the command's work."""

from datetime import timedelta
from typing import Final, NamedTuple, cast

import discord

from bot.commands import Command
from bot.errors import UserError
from bot.limits import TOPICS_WAITING, require_below_limit, require_few_topics
from bot.outbox import SECRETARIAT
from bot.previews.country_named import country_named
from bot.previews.preview import quoted
from bot.texts import escaped, t
from bot.ui import Choice, Confirmation, Context, Correction, Values
from bot.ui.drafts import typed_in
from cogs.topics.cards import topic_card
from cogs.topics.queries import own_delegation_named
from cogs.topics.rules import description_of, format_of, level_of, title_of
from storage.database import Transaction
from storage.models import Draft
from storage.topics.models import TopicFormat, TopicLevel

_THANKS: Final = t("Thank you: the secretariat will look at your topic, and you will receive its decision.")


class _Typed(NamedTuple):
    title: str
    level: TopicLevel
    format: TopicFormat
    description: str


def _read(values: Values) -> _Typed:
    return _Typed(
        title_of(values.get("title", "")),
        level_of(values.get("level", "")),
        format_of(values.get("format", "")),
        description_of(values.get("description", "")),
    )


async def propose(context: Context, code: str | None, values: Values, correction: Correction) -> None:
    """Hand a topic to the secretariat; where its title names a country, ask first.

    ``code`` is that of the delegation, None where the asker speaks for one only. Raises UserError.
    """
    typed = _read(values)
    await _require_new(context, typed.title)
    if asked := country_named(typed.title, context.reader):
        content = "\n".join([*asked, quoted(str(escaped(typed.title)))])
        choices = [Choice(ConfirmProposal.kind)]
        await context.ask(choices, {"code": code}, content, corrections=[correction], typed=values)
        return
    async with context.write() as tx:
        topic_id = await _write(context, tx, code, typed)
    await context.answer(_THANKS, embed=await _card(context, topic_id))


class ConfirmProposal(Confirmation):
    """A topic whose title names a country goes to the secretariat, after *Confirm*."""

    kind = "topic_propose"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Hand it to the secretariat."""
        typed = _read(typed_in(draft))
        await _require_new(context, typed.title)
        async with context.write() as tx:
            await context.take(tx, draft)
            topic_id = await _write(context, tx, cast(str | None, draft.payload["code"]), typed)
        await context.replace(_THANKS, embed=await _card(context, topic_id))


async def _require_new(context: Context, title: str) -> None:
    known = await context.services.topics.topics(context.guild_id, ("proposed", "listed"))
    if any(topic.title.casefold() == title.casefold() for topic in known):
        raise UserError(
            t("{title} is proposed already: support it with {command}.", title=title, command=Command("topic list"))
        )


async def _write(context: Context, tx: Transaction, code: str | None, typed: _Typed) -> int:
    services, guild_id = context.services, context.guild_id
    delegation = await own_delegation_named(context, code)
    person = context.asker.person
    assert person is not None  # noqa: S101 - the person who holds an appointment is a person
    # Counted while the writer is held: two proposals sent at once are counted one after the other.
    waiting = await services.topics.topics(guild_id, ("proposed",))
    since = services.clock.now() - timedelta(days=1)
    require_few_topics(await services.topics.proposed_since(guild_id, delegation.id, since))
    require_below_limit(sum(topic.delegation_id == delegation.id for topic in waiting), TOPICS_WAITING)
    topic_id = await services.topics.propose(tx, guild_id, delegation.id, person.id, *typed)
    await services.outbox.plan_now(tx, guild_id, "topic", topic_id, "proposed", SECRETARIAT)
    return topic_id


async def _card(context: Context, topic_id: int) -> discord.Embed | None:
    topic = await context.services.topics.topic(context.guild_id, topic_id)
    return topic_card(topic, context.reader) if topic else None
