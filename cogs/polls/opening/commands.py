"""``/poll create``, and ``/topic poll``, which belongs to the topics and opens a poll."""

from collections.abc import Sequence
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.completion import time_zone
from bot.identify import network_reader
from bot.labels import REGIONS
from bot.occasions.fields import OccasionField, given
from bot.occasions.fields import options as described
from bot.search.choosing import choices
from bot.texts import t
from bot.timeparse import parse_zone
from bot.ui import Context, Form, Values
from cogs.polls import rules, sentences
from cogs.polls.methods import METHODS, USUAL, USUAL_OF_TOPICS
from cogs.polls.opening.fields import CLOSES, OF_POLL, OF_TOPICS, OPTIONS, QUESTION, SEATS, SIDES, YES, Kind
from cogs.polls.opening.forms import CreateForm, TopicsPollForm
from cogs.polls.rules import CALL
from storage.polls.models import Audience, Majority, Publish, Voters

_METHODS = choices({key: sentences.text_of(method.name) for key, method in METHODS.items()})
_VOTERS = choices(sentences.VOTERS)
_AUDIENCES = choices(sentences.AUDIENCES)
_REGIONS = choices(REGIONS)
_PUBLISH = choices(sentences.PUBLISH)
_MAJORITIES = choices(sentences.MAJORITIES)
_TOPIC_METHODS = choices({key: sentences.text_of(method.name) for key, method in METHODS.items() if method.fits_topics})
_LONGEST_TEXT: Final = 4000


class OpeningCommands(commands.Cog):
    """Create."""

    @app_commands.command(description=locale_str("Open a poll, after seeing it"))
    @app_commands.describe(
        **described(OF_POLL),
        method=locale_str("How people vote; one choice if left out"),
        voters=locale_str("Who has a ballot; each delegation if left out"),
        audience=locale_str("Which delegations; all if left out"),
        region=locale_str("Which region, where one regional group votes"),
        secret=locale_str("Secret ballot (default) or roll-call vote"),
        abstain=locale_str("Whether a ballot may abstain, which counts for the quorum only; no if left out"),
        majority=locale_str("The majority that the first of two options needs; the most ballots if left out"),
        publish=locale_str("What is published of a secret ballot at closing; totals if left out"),
        timezone=locale_str("The time zone of those times; your own if left out"),
        call=locale_str("Whether its message calls the members' role; no if left out"),
    )
    @app_commands.choices(
        method=_METHODS, voters=_VOTERS, audience=_AUDIENCES, region=_REGIONS, publish=_PUBLISH, majority=_MAJORITIES
    )
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
        abstain: bool = False,
        majority: Majority | None = None,
    ) -> None:
        """Show the poll as it would be, or the form with what is still missing."""
        context = Context.of(interaction)
        typed = given((field.option for field in OF_POLL), locals())
        reader = context.reader
        zone = parse_zone(timezone, reader.language) if timezone else reader.zone
        published = rules.publish_of(publish, secret=secret)
        kind = Kind(zone, method, voters, audience, region, secret, published, abstain, majority)
        if majority is not None and OPTIONS.option not in typed:
            typed[OPTIONS.option] = network_reader(context.services, context.network).label(SIDES)
        form = CreateForm(*kind.written())
        await _submit(context, form, typed | ({CALL: YES} if call else {}), OF_POLL)

    async def poll_topics(
        self,
        interaction: discord.Interaction,
        closes: str | None = None,
        method: str = USUAL_OF_TOPICS,
        seats: app_commands.Range[int, 1, 49] | None = None,
    ) -> None:
        """Make a poll of the topics on the list."""
        context = Context.of(interaction)
        typed = given((CLOSES.option, SEATS.option), locals())
        typed[QUESTION.option] = context.label(t("Which topics should the workshops take up?"))
        await _submit(context, TopicsPollForm(method), typed, OF_TOPICS)

    create.autocomplete("timezone")(time_zone)


def topic_poll_command(cog: OpeningCommands) -> app_commands.Command[Any, ..., None]:
    """Return ``/topic poll``, which belongs to the topics and opens a poll."""
    command: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="poll",
        description=locale_str("Make a poll of the topics on the list"),
        callback=cog.poll_topics,
    )
    about = described((CLOSES, SEATS)) | {"method": locale_str("How people vote; approval if left out")}
    return app_commands.describe(**about)(app_commands.choices(method=_TOPIC_METHODS)(command))


async def _submit(context: Context, form: Form, typed: Values, fields: Sequence[OccasionField]) -> None:
    """Submit the form where all that it needs was typed into the options; otherwise open it with what was."""
    # A form's line holds no more than Discord lets people type there.
    kept = {option: text[:_LONGEST_TEXT] for option, text in typed.items() if text}
    if all(field.option in kept for field in fields if field.required):
        await form.submit(context, kept)
    else:
        await form.show_kept(context, kept)
