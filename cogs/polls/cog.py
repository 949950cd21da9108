from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.choosing import choices, offered
from bot.services import Services
from bot.texts import t
from bot.timeparse import parse_zone, zone_choices
from bot.ui import Context, Form, Values
from bot.values import REGIONS
from cogs.polls import asking, rules, words
from cogs.polls.creating import CALL, YES
from cogs.polls.ending import Cancelling, Closing, current
from cogs.polls.forms import CreateForm, Kind, TopicsPollForm
from cogs.polls.lists import export_files, list_page, results_of, verification
from cogs.polls.methods import METHODS
from cogs.polls.results import Charts
from cogs.polls.rules import meant
from storage.poll_models import Audience, Poll, PollMethod, PollState, Publish, Voters

_METHODS = choices({key: method.name for key, method in METHODS.items()})
_VOTERS = choices(words.VOTERS)
_AUDIENCES = choices(words.AUDIENCES)
_REGIONS = choices(REGIONS)
_PUBLISH = choices(words.PUBLISH)
_TOPIC_METHODS = choices({key: method.name for key, method in METHODS.items() if method.fits_topics})
_LONGEST_TEXT = 4000


class PollsCog(commands.GroupCog, name="poll", description=locale_str("Vote, see results, and check the count")):
    """``/poll``: one delegation, one ballot, and a count that anyone can check."""

    def __init__(self, services: Services, charts: Charts) -> None:
        self.services = services
        self.charts = charts

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
        method: PollMethod = "single",
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
        method: PollMethod = "approval",
        seats: app_commands.Range[int, 1, 49] | None = None,
    ) -> None:
        """Make a poll of the topics on the list."""
        form = TopicsPollForm(method)
        question = Context.of(interaction).reader.label(t("Which topics should the workshops take up?"))
        given = _given({"question": question, "closes": closes, "seats": str(seats) if seats else None})
        await _submit(interaction, form, given, complete="closes" in given)

    @app_commands.command(description=locale_str("Move the closing time of a poll"))
    @app_commands.describe(poll=locale_str("The poll"), closes=locale_str("Such as 2027-03-12 18:00, or a day"))
    async def edit(self, interaction: discord.Interaction, poll: str, closes: str) -> None:
        """Move the closing time after *Confirm*; nothing else can change."""
        await asking.ask_to_move(Context.of(interaction), await self._meant(interaction, poll), closes)

    @app_commands.command(description=locale_str("Cancel a poll: its ballots are erased"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def cancel(self, interaction: discord.Interaction, poll: str) -> None:
        """Cancel a poll after *Confirm*."""
        await asking.ask_to_end(Context.of(interaction), await self._meant(interaction, poll), Cancelling)

    @app_commands.command(description=locale_str("Close a poll before its time and count it"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def close(self, interaction: discord.Interaction, poll: str) -> None:
        """Close a poll early after *Confirm*."""
        await asking.ask_to_end(Context.of(interaction), await self._meant(interaction, poll), Closing)

    @app_commands.command(name="list", description=locale_str("See the polls, open ones first"))
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the first page of the polls."""
        embed, view = await list_page(Context.of(interaction), 0)
        await Context.of(interaction).answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("See what came out of a poll, or the turnout so far"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def results(self, interaction: discord.Interaction, poll: str) -> None:
        """Show the result of a closed poll, of an open one the turnout only."""
        found = await self._meant(interaction, poll)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await results_of(Context.of(interaction), self.charts, found)

    @app_commands.command(description=locale_str("Take a poll away as files"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def export(self, interaction: discord.Interaction, poll: str) -> None:
        """Hand out the turnout, and the published file of a closed poll."""
        found = await self._meant(interaction, poll)
        files = await export_files(Context.of(interaction), found)
        said = t("Whoever voted is for the secretariat alone; what is published is in the other file.")
        if found.state != "closed":
            said = t("Before closing there is the turnout and nothing else, for the secretariat alone.")
        await Context.of(interaction).answer(said, files=files)

    @app_commands.command(description=locale_str("Check that a ballot was counted, by its receipt"))
    @app_commands.describe(receipt=locale_str("The letters and digits that you were given"))
    async def verify(self, interaction: discord.Interaction, receipt: app_commands.Range[str, 1, 100]) -> None:
        """Tell whether the ballot with that receipt was counted."""
        context = Context.of(interaction)
        await context.answer(await verification(context, receipt))

    @create.autocomplete("timezone")
    async def _timezone(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        choices = zone_choices(typed, Context.of(interaction).reader.language, self.services.clock.now())
        return [Choice(name=label[:100], value=zone) for label, zone in choices]

    @edit.autocomplete("poll")
    @cancel.autocomplete("poll")
    @close.autocomplete("poll")
    async def _open(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await self._choices(interaction, typed, "open")

    @results.autocomplete("poll")
    @export.autocomplete("poll")
    async def _any(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await self._choices(interaction, typed, "open", "closed")

    async def _choices(self, interaction: discord.Interaction, typed: str, *states: PollState) -> list[Choice[str]]:
        polls = await self.services.polls.polls(Context.of(interaction).guild_id, states)
        return offered(polls, typed, lambda poll: str(poll.id), lambda poll: poll.plan.question)

    async def _meant(self, interaction: discord.Interaction, typed: str) -> Poll:
        guild_id = Context.of(interaction).guild_id
        found = meant(await self.services.polls.polls(guild_id), typed)
        return await current(self.services, guild_id, found.id)


def topic_poll_command(cog: PollsCog) -> app_commands.Command[Any, ..., None]:
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
