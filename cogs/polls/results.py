"""A closed poll, put together from the records: its message, its chart, its file."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

import discord

from bot.access import network_reader
from bot.charts import draw_bars
from bot.naming import called
from bot.services import Services
from bot.texts import Reader, escaped, t
from cogs.polls.cards import result_card
from cogs.polls.outcome import bars_of, count_of, file_of, headline, roll_call
from cogs.polls.published import digest
from storage.poll_models import Poll

_LONGEST_FIELD: Final = 1000


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
            self._drawn[key] = await draw_bars(bars_of(poll, reader))
        return self._drawn[key]

    async def public(self, services: Services, poll: Poll) -> bytes | None:
        """Return the chart that the network's own message shows."""
        return await self.of(poll, network_reader(services, await services.settings.network(poll.guild_id)))


async def voter_names(services: Services, poll: Poll, reader: Reader | None = None) -> dict[tuple[int, int], str]:
    """Return how to call each elector of a closed poll, by delegation and person.

    Delegations are called by their codes where nobody reads, persons as they were called when the poll closed.
    """
    delegations = await services.members.delegations(poll.guild_id)
    names = {d.id: called(d, reader.language) if reader is not None else d.code for d in delegations}
    electors = await services.polls.electors(poll.guild_id, poll.id)
    return {
        (e.delegation_id, e.person_id): " · ".join(part for part in (names.get(e.delegation_id, "?"), e.name) if part)
        for e in electors
    }


async def published_file(services: Services, poll: Poll) -> bytes:
    """Return the file that a closed poll publishes: the same bytes each time."""
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id)
    return file_of(poll, ballots, await voter_names(services, poll))


async def result_of(services: Services, charts: Charts, poll: Poll, reader: Reader) -> Result:
    """Put together what is shown of a closed poll."""
    content = await published_file(services, poll)
    card = result_card(poll, count_of(poll), reader, digest(content))
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id)
    by_name = roll_call(poll, ballots, await voter_names(services, poll, reader), reader)
    if by_name:
        cut = escaped(by_name)[:_LONGEST_FIELD]
        card.add_field(name=reader.label(t("How each voted")), value=cut, inline=False)
    files = [discord.File(BytesIO(content), filename=f"poll-{poll.id}.json")]
    if count_of(poll).ballots:
        name = f"poll-{poll.id}.png"
        picture = await charts.of(poll, reader)
        if picture is not None:
            files.append(discord.File(BytesIO(picture), filename=name, description=bars_of(poll, reader).alt_text))
            card.set_image(url=f"attachment://{name}")
    return Result(headline(poll, reader), card, files)
