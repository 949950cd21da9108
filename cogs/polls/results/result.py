"""A closed poll, put together from the records. No role of its own: the work of a command and of a message."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import discord

from bot.charts.figures import draw
from bot.identify import network_reader
from bot.names.delegation_names import in_order, with_flag
from bot.services import Services
from bot.texts import Reader, Text, t
from bot.ui import Context
from bot.ui.embed_limits import add_lines, listed
from cogs.polls.cards import poll_card
from cogs.polls.published import digest
from cogs.polls.queries import reach_of_voters, seats_now
from cogs.polls.results.cards import result_card
from cogs.polls.results.queries import published_file, voter_names
from cogs.polls.results.sentences import chart_of, count_of, headline, roll_call
from cogs.polls.sentences import key_lost, not_voted, unable_to_vote
from storage.members.models import Seat
from storage.polls.models import Elector, Poll


@dataclass(frozen=True, slots=True)
class Result:
    """What is shown of a closed poll, for one reader."""

    sentence: str
    card: discord.Embed
    files: list[discord.File]


class Charts:
    """Charts by poll and language, drawn once: a message is rendered while the outbox holds the writer."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[int, str, str], bytes | None] = {}

    async def of(self, poll: Poll, reader: Reader) -> bytes | None:
        """Return the chart of a closed poll as PNG, or None where it cannot be drawn."""
        key = (poll.id, reader.language, reader.zone)
        if key not in self._drawn:
            self._drawn[key] = await draw(chart_of(poll, reader))
        return self._drawn[key]

    async def public(self, services: Services, poll: Poll) -> bytes | None:
        """Return the chart that the network's own message shows."""
        return await self.of(poll, network_reader(services, await services.settings.network(poll.guild_id)))


async def result_of(services: Services, charts: Charts, poll: Poll, reader: Reader) -> Result:
    """Put together what is shown of a closed poll."""
    content = await published_file(services, poll)
    card = result_card(poll, count_of(poll), reader, digest(content))
    ballots = await services.ballots.counted_ballots(poll.guild_id, poll.id)
    by_name = roll_call(poll, ballots, await voter_names(services, poll, reader), reader)
    add_lines(card, reader.label(t("How each voted")), by_name, reader)
    files = [discord.File(BytesIO(content), filename=f"poll-{poll.id}.json")]
    if count_of(poll).places:
        name = f"poll-{poll.id}.png"
        picture = await charts.of(poll, reader)
        if picture is not None:
            files.append(discord.File(BytesIO(picture), filename=name, description=chart_of(poll, reader).alt_text))
            card.set_image(url=f"attachment://{name}")
    return Result(headline(poll, reader), card, files)


async def results_of(context: Context, charts: Charts, poll: Poll) -> None:
    """Answer with a poll's result; while it is open with the turnout, and to the secretariat with who has voted."""
    services = context.services
    if poll.state == "closed":
        result = await result_of(services, charts, poll, context.reader)
        await context.answer(result.sentence, embed=result.card, files=result.files)
        return
    card = poll_card(poll, context.reader)
    if poll.state == "open" and context.asker.is_secretariat:
        seats = await seats_now(context)
        electors = await services.polls.electors(context.guild_id, poll.id)
        for name, people in _who(electors, seats, context.reader):
            if people:
                card.add_field(name=context.label(name), value=listed(people, context.reader), inline=False)
    said = context.say(t("While a poll is open, only the turnout is shown; the result follows when it closes."))
    if poll.state == "open" and context.asker.is_secretariat:
        said = f"{said} {context.say(not_voted(await reach_of_voters(services, poll)))}."
    if poll.state == "cancelled":
        said = context.say(key_lost(poll) if poll.key_lost else t("This poll was cancelled: nothing was counted."))
    await context.answer(said, embed=card)


def _who(electors: Sequence[Elector], seats: Sequence[Seat], reader: Reader) -> list[tuple[Text, list[str]]]:
    listed_seats = in_order(seats, reader.language)
    voted = {e.delegation_id for e in electors if e.voted}
    waiting = {e.delegation_id for e in electors if not e.voted}

    def named(ids: set[int]) -> list[str]:
        return [with_flag(s.delegation, reader.language) for s in listed_seats if s.delegation.id in ids]

    unable = unable_to_vote([e for e in electors if not e.voted], seats, reader)
    return [
        (t("Voted (seen by the secretariat only)"), named(voted)),
        (t("Not yet"), named(waiting)),
        (t("Unable to vote: no linked account"), unable),
    ]
