"""``/member overview``: what the secretariat should look after, as a card and as a spreadsheet."""

import io
from collections.abc import Mapping, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.csvfiles import file_of
from bot.naming import called, with_flag
from bot.services import Services
from bot.texts import Reader, Text, escaped, nt, t
from bot.ui import answer, asker_of
from cogs.members.cards import COLOUR, empty_directory, person_name
from cogs.members.directory import seats_of
from cogs.members.overview_rules import Concern, Finding, concerns
from cogs.members.words import ROLES

COLUMNS: Final = ("concern", "delegation", "name", "person", "role", "since")
_SHOWN: Final = 12
_HEADINGS: Final[Mapping[Finding, Text]] = {
    "vacant": t("Vacant seats"),
    "no_focal_point": t("Seats without a focal point"),
    "long_term": t("Terms older than three years"),
    "no_account": t("People without a linked account"),
    "quiet": t("No recorded activity for a year"),
}


async def overview(interaction: discord.Interaction, services: Services) -> None:
    """Answer with what to look after."""
    asker = asker_of(interaction)
    today = services.today(asker.network)
    zone = ZoneInfo(services.zone(asker.network))
    last = {seat: at.astimezone(zone).date() for seat, at in (await services.activity.last(asker.guild_id)).items()}
    seats = await seats_of(services, asker)
    found = concerns(seats, last, today)
    waiting = len(await services.nominations.waiting(asker.guild_id))
    card = overview_card(found, waiting, asker.reader) if seats else _empty(asker.reader)
    sheet = file_of([_cells(concern, asker.reader) for concern in found], COLUMNS)
    name = f"overview-{today.isoformat()}.csv"
    said = t("Keep this within the secretariat.")
    await answer(interaction, asker.reader.say(said), embed=card, files=[discord.File(io.BytesIO(sheet), name)])


def overview_card(found: Sequence[Concern], waiting: int, reader: Reader) -> discord.Embed:
    """Show how many there are of each kind, with the first of them."""
    card = discord.Embed(title=_title(reader), colour=COLOUR)
    if waiting:
        card.description = reader.say(
            nt("{count} nomination waits for you.", "{count} nominations wait for you.", waiting)
        )
    for finding, heading in _HEADINGS.items():
        some = [concern for concern in found if concern.finding == finding]
        if some:
            lines = [_line(concern, reader) for concern in some[:_SHOWN]]
            if len(some) > _SHOWN:
                more = nt("and {count} more in the file", "and {count} more in the file", len(some) - _SHOWN)
                lines.append(reader.say(more))
            name = f"{reader.label(heading)}: {reader.number(len(some))}"
            card.add_field(name=name, value="\n".join(lines)[:1024], inline=False)
    if not found and not waiting:
        card.description = reader.say(t("Every seat is taken, and there is nothing to look after."))
    return card


def _title(reader: Reader) -> str:
    return reader.label(t("Overview of the seats"))


def _empty(reader: Reader) -> discord.Embed:
    return discord.Embed(title=_title(reader), description=reader.say(empty_directory()), colour=COLOUR)


def _line(concern: Concern, reader: Reader) -> str:
    parts = [str(escaped(with_flag(concern.delegation, reader.language)))]
    if concern.holder is not None and concern.holder.person.name:
        parts.append(str(escaped(concern.holder.person.name)))
    if concern.since is not None:
        parts.append(reader.day(concern.since))
    return " · ".join(parts)[:80]


def _cells(concern: Concern, reader: Reader) -> tuple[str, ...]:
    holder = concern.holder
    return (
        concern.finding,
        concern.delegation.code,
        called(concern.delegation, reader.language),
        person_name(holder, concern.delegation, reader) if holder is not None else "",
        reader.label(ROLES[holder.appointment.role]) if holder is not None else "",
        concern.since.isoformat() if concern.since is not None else "",
    )
