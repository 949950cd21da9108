"""``/member overview``: what the secretariat should look after, as a card and as a spreadsheet."""

import io
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.csvfiles import file_of
from bot.naming import called
from bot.texts import Reader, t
from bot.ui import Context
from cogs.members.directory.cards import person_name
from cogs.members.directory.queries import seats_of
from cogs.members.overview.cards import empty_card, overview_card
from cogs.members.overview.rules import Concern, concerns
from cogs.members.sentences import ROLES

COLUMNS: Final = ("concern", "delegation", "name", "person", "role", "since")


async def overview(context: Context) -> None:
    """Answer with what to look after."""
    today = context.services.today(context.network)
    zone = ZoneInfo(context.services.zone(context.network))
    last = {
        seat: at.astimezone(zone).date()
        for seat, at in (await context.services.activity.last(context.guild_id)).items()
    }
    seats = await seats_of(context)
    found = concerns(seats, last, today)
    waiting = len(await context.services.nominations.waiting(context.guild_id))
    card = overview_card(found, waiting, context.reader) if seats else empty_card(context.reader)
    sheet = file_of([_cells(concern, context.reader) for concern in found], COLUMNS)
    name = f"overview-{today.isoformat()}.csv"
    said = t("Keep this within the secretariat.")
    await context.answer(said, embed=card, files=[discord.File(io.BytesIO(sheet), name)])


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
