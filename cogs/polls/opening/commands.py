"""``/poll create``, and ``/topic poll``, which belongs to the topics and opens a poll."""

from collections.abc import Mapping
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.labels import REGIONS
from bot.search.choosing import choices
from bot.texts import t
from bot.timeparse import parse_zone, zone_choices
from bot.ui import Context, Form, Values
from cogs.polls import rules, sentences
from cogs.polls.methods import METHODS, USUAL, USUAL_OF_TOPICS
from cogs.polls.opening.fields import YES
from cogs.polls.opening.forms import CreateForm, Kind, TopicsPollForm
from cogs.polls.rules import CALL
from storage.polls.models import Audience, Publish, Voters

_METHODS = choices({key: sentences.text_of(method.name) for key, method in METHODS.items()})
_VOTERS = choices(sentences.VOTERS)
_AUDIENCES = choices(sentences.AUDIENCES)
_REGIONS = choices(REGIONS)
_PUBLISH = choices(sentences.PUBLISH)
_TOPIC_METHODS = choices({key: sentences.text_of(method.name) for key, method in METHODS.items() if method.fits_topics})
_LONGEST_TEXT: Final = 4000


class OpeningCommands(commands.Cog):
    """Create."""

    @app_commands.command(description=locale_str("Open a poll, after seeing it"))
    @app_commands.describe(
        question=locale_str("What is asked"),
        options=locale_str("The answers, with a semicolon between; for dates, days with times"),
        method=locale_str("How people vote; one choice if left out"),
        voters=locale_str("Who has a ballot; each delegation if left out"),
        audience=locale_str("Which delegations; all if left out"),
        region=locale_str("Which region, where one regional group votes"),
        secret=locale_str("Secret ballot (default) or roll-call vote"),
        publish=locale_str("What is published of a secret ballot at closing; totals if left out"),
        closes=locale_str("Such as 2027-03-12 18:00, or a day"),
        timezone=locale_str("Where those times are; your own zone if left out"),
        quorum=locale_str("How many ballots at least; none if left out"),
        reminders=locale_str("How long before closing, such as 48h 6h"),
        call=locale_str("Whether its message calls the members' role; no if left out"),
    )
    @app_commands.choices(method=_METHODS, voters=_VOTERS, audience=_AUDIENCES, region=_REGIONS, publish=_PUBLISH)
    async def create(
        self,
        interaction: discord.Interaction,
        question: str | None = None,
        options: str | None = None,
        method: str = USUAL,
        voters: Voters = "delegations",
        audience: Audience = "all",
        region: str | None = None,
        secret: bool = True,
        publish: Publish | None = None,
        closes: str | None = None,
        timezone: str | None = None,
        quorum: app_commands.Range[int, 0, 100_000] | None = None,
        reminders: str | None = None,
        call: bool = False,
    ) -> None:
        """Show the poll as it would be, or the form with what is still missing."""
        reader = Context.of(interaction).reader
        zone = parse_zone(timezone, reader.language) if timezone else reader.zone
        published = rules.publish_of(publish, secret=secret)
        form = CreateForm(*Kind(zone, method, voters, audience, region, secret, published).written())
        typed = {"question": question, "options": options, "closes": closes, "reminders": reminders}
        typed[CALL] = YES if call else None
        given = _given({**typed, "quorum": str(quorum) if quorum else None})
        await _submit(interaction, form, given, complete={"question", "options", "closes"} <= given.keys())

    async def poll_topics(
        self,
        interaction: discord.Interaction,
        closes: str | None = None,
        method: str = USUAL_OF_TOPICS,
        seats: app_commands.Range[int, 1, 49] | None = None,
    ) -> None:
        """Make a poll of the topics on the list."""
        form = TopicsPollForm(method)
        question = Context.of(interaction).reader.label(t("Which topics should the workshops take up?"))
        given = _given({"question": question, "closes": closes, "seats": str(seats) if seats else None})
        await _submit(interaction, form, given, complete="closes" in given)

    @create.autocomplete("timezone")
    async def _timezone(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        context = Context.of(interaction)
        found = zone_choices(typed, context.reader.language, context.services.clock.now())
        return [Choice(name=label[:100], value=zone) for label, zone in found]


def topic_poll_command(cog: OpeningCommands) -> app_commands.Command[Any, ..., None]:
    """Return ``/topic poll``, which belongs to the topics and opens a poll."""
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="poll",
        description=locale_str("Make a poll of the topics on the list"),
        callback=cog.poll_topics,
    )
    return app_commands.describe(
        closes=locale_str("Such as 2027-03-12 18:00, or a day"),
        method=locale_str("How people vote; approval if left out"),
        seats=locale_str("How many topics are chosen, in proportion; one winner if left out"),
    )(app_commands.choices(method=_TOPIC_METHODS)(command))


def _given(values: Mapping[str, str | None]) -> dict[str, str]:
    # A form's line holds no more than Discord lets people type there.
    return {key: value[:_LONGEST_TEXT] for key, value in values.items() if value}


async def _submit(interaction: discord.Interaction, form: Form, given: Values, *, complete: bool) -> None:
    context = Context.of(interaction)
    if complete:
        await form.submit(context, given)
    else:
        await form.show_kept(context, given)
