from collections.abc import Sequence

import discord

from bot.access import Asker, Level
from bot.errors import UserError
from bot.outbox import SECRETARIAT
from bot.texts import Reader, t
from bot.ui import Field, Form, Values, answer, host_of
from bot.values import FORMATS, LEVELS
from cogs.topics.cards import topic_card
from cogs.topics.rules import (
    LONGEST_DESCRIPTION,
    LONGEST_TITLE,
    description_of,
    format_of,
    level_of,
    title_of,
)
from cogs.topics.speaking import meant_of


class ProposeForm(Form):
    """A topic for the workshops, for the secretariat to approve; its argument is the delegation's code."""

    kind = "topic_propose"
    level = Level.DELEGATES
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

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Hand the proposal to the secretariat."""
        title = title_of(values.get("title", ""))
        level, format_ = level_of(values.get("level", "")), format_of(values.get("format", ""))
        description = description_of(values.get("description", ""))
        services = host_of(interaction).services
        known = await services.topics.topics(asker.guild_id, ("proposed", "listed"))
        if any(topic.title.casefold() == title.casefold() for topic in known):
            raise UserError(
                t("{title} is proposed already: support it with {command}.", title=title, command="/topic list")
            )
        delegation = await meant_of(services, asker, self.arguments[0] if self.arguments else None)
        person = asker.person
        assert person is not None  # noqa: S101 - whoever holds an appointment is a person
        async with services.transaction(asker.account_id) as tx:
            topic_id = await services.topics.propose(
                tx, asker.guild_id, delegation.id, person.id, title, level, format_, description
            )
            await services.outbox.plan_now(tx, asker.guild_id, "topic", topic_id, "proposed", SECRETARIAT)
        topic = await services.topics.topic(asker.guild_id, topic_id)
        said = t("Thank you: the secretariat will look at your topic, and you will be told what becomes of it.")
        await answer(interaction, asker.reader.say(said), embed=topic_card(topic, asker.reader) if topic else None)
