from collections.abc import Sequence
from datetime import timedelta

from bot.commands import Command
from bot.errors import UserError
from bot.labels import FORMATS, LEVELS
from bot.limits import TOPICS_WAITING, require_below_limit, require_few_topics
from bot.outbox import SECRETARIAT
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Word
from cogs.topics.cards import topic_card
from cogs.topics.queries import own_delegation_named
from cogs.topics.rules import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    description_of,
    format_of,
    level_of,
    title_of,
)


class ProposeForm(Form):
    """A topic for the workshops, for the secretariat to approve; its argument is the delegation's code."""

    kind = "topic_propose"
    takes = (Word,)
    title = t("Propose a topic")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the four lines of a proposal."""
        return (
            Field("title", t("Topic"), max_length=LONGEST_TITLE),
            Field("level", t("Level"), choices=tuple(LEVELS.items())),
            Field("format", t("Format"), choices=tuple(FORMATS.items())),
            Field(
                "description",
                t("Why (no country situations, please)"),
                required=False,
                long=True,
                max_length=LONGEST_DESCRIPTION,
                placeholder=t("What should be discussed? No country situations, please."),
            ),
        )

    async def on_submit(self, context: Context, values: Values) -> None:
        """Hand the proposal to the secretariat."""
        title = title_of(values.get("title", ""))
        level, format_ = level_of(values.get("level", "")), format_of(values.get("format", ""))
        description = description_of(values.get("description", ""))
        services = context.services
        known = await services.topics.topics(context.guild_id, ("proposed", "listed"))
        if any(topic.title.casefold() == title.casefold() for topic in known):
            raise UserError(
                t("{title} is proposed already: support it with {command}.", title=title, command=Command("topic list"))
            )
        delegation = await own_delegation_named(context, self.arguments[0] if self.arguments else None)
        person = context.asker.person
        assert person is not None  # noqa: S101 - the person who holds an appointment is a person
        async with context.write() as tx:
            # Counted while the writer is held: two proposals sent at once are counted one after the other.
            waiting = await services.topics.topics(context.guild_id, ("proposed",))
            since = services.clock.now() - timedelta(days=1)
            require_few_topics(await services.topics.proposed_since(context.guild_id, delegation.id, since))
            require_below_limit(sum(topic.delegation_id == delegation.id for topic in waiting), TOPICS_WAITING)
            topic_id = await services.topics.propose(
                tx, context.guild_id, delegation.id, person.id, title, level, format_, description
            )
            await services.outbox.plan_now(tx, context.guild_id, "topic", topic_id, "proposed", SECRETARIAT)
        topic = await services.topics.topic(context.guild_id, topic_id)
        said = t("Thank you: the secretariat will look at your topic, and you will receive its decision.")
        await context.answer(said, embed=topic_card(topic, context.reader) if topic else None)
