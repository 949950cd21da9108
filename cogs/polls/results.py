"""A closed poll, put together from the records: its message, its chart, its file."""

from dataclasses import dataclass
from io import BytesIO

import discord

from bot import names
from bot.charts import draw
from bot.identify import network_reader
from bot.naming import called
from bot.services import Services
from bot.texts import Reader, t
from bot.ui.room import add_lines
from cogs.polls.cards import result_card
from cogs.polls.outcome import chart_of, count_of, file_of, headline, roll_call
from cogs.polls.published import digest
from storage.poll_models import Poll


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


async def voter_codes(services: Services, poll: Poll) -> dict[tuple[int, int], str]:
    """Return what the published file calls each elector, by delegation and person.

    That is the delegation's code, and the person as called when the poll closed.
    """
    codes = {d.id: d.code for d in await services.members.delegations(poll.guild_id)}
    return {
        (e.delegation_id, e.person_id): _named(codes.get(e.delegation_id, "?"), e.name)
        for e in await services.polls.electors(poll.guild_id, poll.id)
    }


async def voter_names(services: Services, poll: Poll, reader: Reader) -> list[tuple[tuple[int, int], str]]:
    """Return each elector, as delegation and person, with its name, in the alphabet of the reader's language."""
    delegations = {d.id: d for d in await services.members.delegations(poll.guild_id)}
    found: list[tuple[tuple[bool, tuple[str, str], str], str, tuple[tuple[int, int], str]]] = []
    for elector in await services.polls.electors(poll.guild_id, poll.id):
        delegation = delegations.get(elector.delegation_id)
        code, name = (delegation.code, called(delegation, reader.language)) if delegation is not None else ("", "?")
        who = (elector.delegation_id, elector.person_id)
        order = names.order_key(code, name, reader.language)
        found.append((order, elector.name, (who, _named(name, elector.name))))
    return [named for *_, named in sorted(found, key=lambda one: one[:2])]


def _named(delegation: str, person: str) -> str:
    return " · ".join(part for part in (delegation, person) if part)


async def published_file(services: Services, poll: Poll) -> bytes:
    """Return the file that a closed poll publishes: the same bytes each time."""
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id)
    return file_of(poll, ballots, await voter_codes(services, poll))


async def result_of(services: Services, charts: Charts, poll: Poll, reader: Reader) -> Result:
    """Put together what is shown of a closed poll."""
    content = await published_file(services, poll)
    card = result_card(poll, count_of(poll), reader, digest(content))
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id)
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
