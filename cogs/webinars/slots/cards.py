"""The fairest starts of a day, and a picture of all of it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.charts.figures import LONGEST_ALT, note_of
from bot.charts.heat_map import HeatMap
from bot.labels import REGIONS
from bot.names.delegation_names import called
from bot.texts import Markdown, Reader, Text, clipped, nt, t
from bot.ui import colours
from bot.ui.embed_limits import listed
from cogs.webinars.sentences import WITHOUT_GROUP, length
from cogs.webinars.slots import rules
from cogs.webinars.slots.rules import Comparison, Hours, Region, Slot
from storage.members.models import Seat

_HOURS: Final = 10
"""Starting hours in the picture: a phone shows as many in letters that can be read. The words beside it have all."""
_WORTH: Final = {Hours.ASLEEP: 0.0, Hours.AWAKE: 0.5, Hours.WORKING: 1.0}


def slots_card(found: Comparison, reader: Reader) -> discord.Embed:
    """Show the fairest starts of a day, and whose night it was last time."""
    day, long = reader.day(found.day, weekday=True), length(found.length, reader)
    lines = [_best_line(number, slot, reader) for number, slot in enumerate(found.best, start=1)]
    lines += ["", _nights(found, reader), _last_time(found, reader), *_left_out(found.unknown, reader)]
    card = discord.Embed(
        title=reader.label(t("{day}: when to meet for {length}", day=day, length=long))[:256],
        description="\n".join(lines)[:4000],
        colour=colours.EVENT,
    )
    card.set_footer(text=_legend(reader))
    return card


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


def _nights(found: Comparison, reader: Reader) -> str:
    """Say what the picture shows: how many are asleep at each starting hour."""
    runs = [
        (count, [_hour(slot, found) for slot in slots])
        for count, slots in groupby(found.slots, lambda slot: slot.count(Hours.ASLEEP))
    ]
    said = ", ".join(f"{'–'.join(dict.fromkeys((hours[0], hours[-1])))}: {count}" for count, hours in runs)
    return reader.say(t("Delegations asleep, by starting hour: {hours}.", hours=said))


def _last_time(found: Comparison, reader: Reader) -> str:
    if found.last is None:
        return reader.say(t("No webinar has been held yet, so no region has had a night-time slot."))
    moment = Markdown(reader.moment(found.last.starts_at, found.last.timezone))
    if found.last_night is None:
        return reader.say(t("Last time ({moment}) it was not night for anybody.", moment=moment))
    region = region_name(found.last_night)
    return reader.say(t("Last time ({moment}) it was night for: {region}.", moment=moment, region=region))


def _left_out(unknown: Sequence[Seat], reader: Reader) -> list[str]:
    if not unknown:
        return []
    named = listed([called(seat.delegation, reader.language) for seat in unknown], reader)
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
    """Name a regional group; those of the delegations without one are one region."""
    return REGIONS[region.group] if region.group is not None else WITHOUT_GROUP


def heat_map(found: Comparison, reader: Reader) -> HeatMap:
    """Return the picture of a day: how each region has it at the hours around the fairest start."""
    slots = _pictured(found)
    rows: list[tuple[str, Sequence[float], Sequence[str]]] = []
    for region in rules.regions_of(found.offices):
        values = [sum(_WORTH[s.hours[o.code]] for o in region.offices) / len(region.offices) for s in slots]
        asleep = [slot.asleep(region.offices) for slot in slots]
        label = f"{reader.label(region_name(region))} ({len(region.offices)})"
        rows.append((label, values, [str(count) if count else "" for count in asleep]))
    day, place = reader.day(found.day), reader.place(found.zone)
    return HeatMap(
        note=note_of(reader),
        title=reader.label(
            t("{day}, start of the hour in {place}; the figures count who is asleep", day=day, place=place)
        ),
        columns=[_hour(slot, found) for slot in slots],
        rows=rows,
        marked=slots.index(found.best[0]),
        scale=(reader.label(t("asleep")), reader.label(t("awake")), reader.label(t("at work"))),
    )


def _pictured(found: Comparison) -> Sequence[Slot]:
    """Return the hours, one after another and with the fairest start, at which the fewest are asleep."""
    best = found.slots.index(found.best[0])
    begins = range(max(0, best - _HOURS + 1), min(best, max(0, len(found.slots) - _HOURS)) + 1)
    begin = min(begins, key=lambda start: sum(s.count(Hours.ASLEEP) for s in found.slots[start : start + _HOURS]))
    return found.slots[begin : begin + _HOURS]


def _hour(slot: Slot, found: Comparison) -> str:
    return f"{slot.starts_at.astimezone(ZoneInfo(found.zone)):%H}"


def in_words(found: Comparison, reader: Reader) -> str:
    """Say what the picture shows, for those who do not see it."""
    said = "; ".join(f"{_hour(slot, found)}:00: {slot.count(Hours.ASLEEP)}" for slot in found.slots)
    words = reader.label(
        t(
            "Heat map of {day} by region and starting hour in {place}. Best start: {best}. Delegations asleep by"
            " starting hour: {hours}.",
            day=reader.day(found.day),
            place=reader.place(found.zone),
            best=reader.time(found.best[0].starts_at, found.zone),
            hours=said,
        )
    )
    return clipped(words, LONGEST_ALT)
