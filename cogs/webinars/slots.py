"""``/webinar slots``: when in a day the network is at work, awake or asleep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.access import Asker
from bot.charts import HeatMap, draw_heat_map
from bot.errors import UserError
from bot.naming import called
from bot.services import Services
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.timeparse import parse_day, parse_duration
from bot.ui import Context
from bot.values import REGIONS
from cogs.webinars import hours
from cogs.webinars.hours import Hours, Office, Region, Slot
from cogs.webinars.words import WITHOUT_GROUP, length
from storage.models import Seat
from storage.webinar_models import Webinar

DEFAULT_LENGTH: Final = timedelta(minutes=90)
_BEST: Final = 5
_WORTH: Final = {Hours.ASLEEP: 0.0, Hours.AWAKE: 0.5, Hours.WORKING: 1.0}
_ALT: Final = 1024


@dataclass(frozen=True, slots=True)
class Question:
    """A day in a zone, and how long the webinar is to be."""

    day: date
    zone: str
    length: timedelta


async def show_slots(
    interaction: discord.Interaction, services: Services, asker: Asker, typed_day: str, typed_length: str | None
) -> None:
    """Answer with the fairest starts of a day, and a picture of all of it."""
    now, reader = services.clock.now(), asker.reader
    day = parse_day(typed_day, now=now, zone=reader.zone, language=reader.language)
    question = Question(day, reader.zone, parse_duration(typed_length) if typed_length else DEFAULT_LENGTH)
    seats = await services.members.seats(asker.guild_id, services.today(asker.network))
    offices, unknown = hours.offices_of(seats)
    if not offices:
        raise UserError(
            t(
                "No delegation is in the directory yet, so nobody's hours are known: begin with {command}.",
                command=Markdown("`/member import`"),
            )
        )
    slots = hours.slots_of(question.day, question.zone, question.length, offices, now)
    if not slots:
        raise UserError(t("{day} has passed: type a day that is still to come.", day=day))
    await interaction.response.defer(ephemeral=True, thinking=True)
    last = await services.webinars.last(asker.guild_id, now)
    bore = hours.bore_the_night(last.starts_at, last.length, offices) if last is not None else None
    best = hours.ranked(slots, bore.offices if bore is not None else ())[:_BEST]
    picture = _picture(question, slots, best[0], offices, reader)
    lines = [_best_line(number, slot, reader) for number, slot in enumerate(best, start=1)]
    lines += ["", *_last_time(last, bore, reader), *_left_out(unknown, reader)]
    card = discord.Embed(
        title=reader.label(
            t(
                "{day}: when to meet for {length}",
                day=reader.day(day, weekday=True),
                length=length(question.length, reader),
            )
        )[:256],
        description="\n".join(lines)[:4000],
        colour=discord.Colour(0x009EDB),
    )
    card.set_footer(text=_legend(reader))
    drawn = await draw_heat_map(picture)
    files: list[discord.File] = []
    if drawn is not None:
        said = _in_words(slots, best, question, reader)[:_ALT]
        files = [discord.File(BytesIO(drawn), "hours.png", description=said)]
        card.set_image(url="attachment://hours.png")
    await Context.of(interaction).answer(embed=card, files=files)


def _legend(reader: Reader) -> str:
    place = reader.place(reader.zone)
    return reader.label(
        t(
            "Times are those of {place}. At work: 9:00 to 18:00 on a working day there; asleep: 23:00 to 7:00.",
            place=place,
        )
    )


def _best_line(number: int, slot: Slot, reader: Reader) -> str:
    return reader.say(
        t(
            "**{number}.** {start} · 💼 {working} at work · 🌤️ {awake} awake · 🌙 {asleep} asleep",
            number=number,
            start=reader.stamp(slot.starts_at, reader.zone, "t"),
            working=slot.count(Hours.WORKING),
            awake=slot.count(Hours.AWAKE),
            asleep=slot.count(Hours.ASLEEP),
        )
    )


def _last_time(last: Webinar | None, bore: Region | None, reader: Reader) -> list[str]:
    if last is None:
        return [reader.say(t("There was no webinar before, so no region has borne the night yet."))]
    moment = Markdown(reader.moment(last.starts_at, last.timezone))
    if bore is None:
        return [reader.say(t("Last time ({moment}) it was nobody's night.", moment=moment))]
    region = region_name(bore)
    return [reader.say(t("Last time ({moment}), the night fell to: {region}.", moment=moment, region=region))]


def _left_out(unknown: Sequence[Seat], reader: Reader) -> list[str]:
    if not unknown:
        return []
    named = reader.listing([str(escaped(called(seat.delegation, reader.language))) for seat in unknown[:10]])
    return [
        reader.say(
            nt(
                "{count} delegation is not counted, because its time zone is not known: {names}.",
                "{count} delegations are not counted, because their time zone is not known: {names}.",
                len(unknown),
                names=Markdown(named),
            )
        )
    ]


def region_name(region: Region) -> Text:
    """Name a regional group; the delegations without one stand together."""
    return REGIONS[region.group] if region.group is not None else WITHOUT_GROUP


def _picture(
    question: Question, slots: Sequence[Slot], best: Slot, offices: Sequence[Office], reader: Reader
) -> HeatMap:
    rows: list[tuple[str, Sequence[float], Sequence[str]]] = []
    for region in hours.regions_of(offices):
        values = [sum(_WORTH[s.hours[o.code]] for o in region.offices) / len(region.offices) for s in slots]
        asleep = [slot.asleep(region.offices) for slot in slots]
        label = f"{reader.label(region_name(region))} ({len(region.offices)})"
        rows.append((label, values, [str(count) if count else "" for count in asleep]))
    day, place = reader.day(question.day), reader.place(question.zone)
    return HeatMap(
        title=reader.label(
            t("{day}, start of the hour in {place}; the figures count who is asleep", day=day, place=place)
        ),
        columns=[_hour(slot, question) for slot in slots],
        rows=rows,
        marked=slots.index(best),
        scale=(reader.label(t("asleep")), reader.label(t("awake")), reader.label(t("at work"))),
    )


def _hour(slot: Slot, question: Question) -> str:
    return f"{slot.starts_at.astimezone(ZoneInfo(question.zone)):%H}"


def _in_words(slots: Sequence[Slot], best: Sequence[Slot], question: Question, reader: Reader) -> str:
    said = "; ".join(f"{_hour(slot, question)}:00: {slot.count(Hours.ASLEEP)}" for slot in slots)
    return reader.label(
        t(
            "Heat map of {day} by region and starting hour in {place}. Best start: {best}. Delegations asleep by"
            " starting hour: {hours}.",
            day=reader.day(question.day),
            place=reader.place(question.zone),
            best=reader.time(best[0].starts_at, question.zone),
            hours=said,
        )
    )
