from collections.abc import Sequence
from typing import Annotated, Literal

from bot.identify import network_reader
from bot.names import REGIONAL_GROUPS
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Zone
from cogs.polls.methods import METHODS
from cogs.polls.opening.fields import MAJORITIES, NO_REGION, OF_POLL, OF_TOPICS, Kind, plan_of, plan_of_topics
from cogs.polls.opening.proposals import propose_poll
from cogs.polls.queries import seats_now
from storage.polls.models import Audience, Publish, Voters

_Region = Annotated[str, "|".join((NO_REGION, *map(str, range(len(REGIONAL_GROUPS)))))]
_Rule = Annotated[str, f"[0-{2 * len(MAJORITIES) - 1}]?"]
_Method = Annotated[str, "|".join(METHODS)]


class CreateForm(Form):
    """A poll's question, options and times; its kind is in the form's arguments."""

    kind = "poll_create"
    takes = (_Method, Voters, Audience, _Region, Literal["0", "1"], Publish, Zone, _Rule)
    title = t("New poll")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form."""
        return [field.line() for field in OF_POLL]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Read the poll and show it."""
        kind, now = Kind.read(self.arguments), context.services.clock.now()
        plan = plan_of(values, kind, context.reader, now, await seats_now(context))
        await propose_poll(context, plan, self.correction(), values)


class TopicsPollForm(Form):
    """A poll of the topics on the list; its method is in the form's arguments."""

    kind = "poll_topics"
    takes = (_Method,)
    title = t("Poll on the topics")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form."""
        return [field.line() for field in OF_TOPICS]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Make a poll of all the topics on the list and show it."""
        services = context.services
        plan = plan_of_topics(
            values,
            self.arguments[0],
            await services.topics.topics(context.guild_id),
            context.reader,
            network_reader(services, context.network),
            services.clock.now(),
            await seats_now(context),
        )
        await propose_poll(context, plan, self.correction(), values)
