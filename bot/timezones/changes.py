"""When the rules of a time zone change, what was announced as a local time keeps it: all that follows is put right."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, ClassVar, Final, cast

import discord

from bot.outbox import MEMBERS, SECRETARIAT, Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Markdown, Reader, Text, nt, t
from bot.timezones import data as zone_data
from storage.database import Transaction
from storage.local_times import (
    DECISION_EXPIRY,
    LOCAL_TIMES,
    POLL_CLOSE,
    POLL_OPTION,
    REGISTRATION_DEADLINE,
    SESSION_START,
    STATEMENT_CLOSE,
    WEBINAR_START,
    MovedTime,
)
from storage.outbox.models import OutboxRow

SUBJECT: Final = "zone_data"
MOVED: Final = "moved"
DEADLINES: Final = "deadlines"
_DEADLINES: Final = frozenset(time.name for time in LOCAL_TIMES if time.is_deadline)
_SHOWN: Final = 20
_TYPED_WITH_TIMES: Final = tuple(sorted({time.subject for time in LOCAL_TIMES}))
"""How the kinds of drafts begin that hold instants."""
_WHAT: Final = {
    WEBINAR_START.name: t("the start of {what}"),
    SESSION_START.name: t("a session of {what}"),
    REGISTRATION_DEADLINE.name: t("the registration deadline of {what}"),
    POLL_CLOSE.name: t("the closing time of {what}"),
    POLL_OPTION.name: t("a proposed date of {what}"),
    DECISION_EXPIRY.name: t("the expiry of {what}"),
    STATEMENT_CLOSE.name: t("the closing time of {what}"),
}
if _UNSAID := [time.name for time in LOCAL_TIMES if time.name not in _WHAT]:
    raise TypeError(f"{__name__}._WHAT: nothing is said of {', '.join(_UNSAID)}")


async def follow_zone_data(services: Services) -> None:
    """Work every time ahead out again if other zone data are in force than when it was last worked out.

    Called at the start, once every room has registered its messages. One transaction changes the records, what they
    owe, the messages that were sent, and tells each network what moved.
    """
    version = zone_data.in_force().version
    if version and version == await services.local_times.noted_version():
        return
    async with services.transaction() as tx:
        moved = await services.local_times.work_out_again(tx)
        services.outbox.is_planned_again = True
        for guild_id in await services.settings.present_networks(tx):
            await services.outbox.plan_all_again(tx, guild_id)
        for guild_id, times in groupby(sorted(moved, key=lambda one: one.guild_id), key=lambda one: one.guild_id):
            await _put_right(services, tx, guild_id, list(times), version)
        # What somebody has typed and not yet confirmed holds instants of the old data. The bot's first version did not
        # note in drafts which data that were: where nothing moved, its drafts stay.
        await services.settings.forget_drafts(tx, _TYPED_WITH_TIMES, version, unmarked=bool(moved))
        await services.local_times.note_version(tx, version)


async def _put_right(services: Services, tx: Transaction, guild_id: int, times: list[MovedTime], version: str) -> None:
    for subject, subject_id in sorted({(one.subject, one.subject_id) for one in times}):
        await services.outbox.edit(tx, guild_id, subject, subject_id, people_too=True)
    payload = {"version": version, "times": [asdict(one) for one in times]}
    await services.outbox.plan_now(tx, guild_id, SUBJECT, 0, MOVED, SECRETARIAT, payload=payload)
    if kept := [asdict(one) for one in times if one.old == one.new and one.name in _DEADLINES and one.is_announced]:
        await services.outbox.plan_now(tx, guild_id, SUBJECT, 0, DEADLINES, MEMBERS, payload={"times": kept})


class ZoneChanges(RecordlessSubject):
    """Says what moved, and to the members which deadlines have another local time."""

    name: ClassVar[str] = SUBJECT

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - what moved is told in any case
        """Tell that it is owed until it is sent."""
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the message in lists."""
        if row.kind == DEADLINES:
            return t("To the members: deadlines whose local time has changed")
        return t("To the secretariat: times that follow the new rules of a time zone")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say in one sentence what happened, and in the card what each time is now."""
        times = [MovedTime(**one) for one in cast(list[dict[str, Any]], row.payload["times"])]
        card = discord.Embed(description="\n".join(await self._lines(row.guild_id, times, reader)))
        if row.kind == DEADLINES:
            said = nt(
                "The clocks of a time zone have changed: {count} deadline stays at the same moment and has another"
                " local time.",
                "The clocks of a time zone have changed: {count} deadlines stay at the same moment and have another"
                " local time.",
                len(times),
            )
            return Message(reader.say(said), card)
        said = nt(
            "The rules of a time zone have changed (time zone data {version}): {count} time was worked out again. Its"
            " local time stays as announced, and messages already sent are corrected.",
            "The rules of a time zone have changed (time zone data {version}): {count} times were worked out again."
            " Their local times stay as announced, and messages already sent are corrected.",
            len(times),
            version=str(row.payload["version"]),
        )
        return Message(reader.say(said), card)

    async def _lines(self, guild_id: int, times: Sequence[MovedTime], reader: Reader) -> Iterable[str]:
        lines = [f"• {reader.say(await self._line(guild_id, one, reader))}" for one in times[:_SHOWN]]
        if (more := len(times) - _SHOWN) > 0:
            lines.append(reader.say(nt("… and {count} more", "… and {count} more", more)))
        return lines

    async def _line(self, guild_id: int, one: MovedTime, reader: Reader) -> Text:
        subject = self._services.outbox.subject(one.subject)
        what = await subject.called(guild_id, one.subject_id) if subject is not None else Text(one.subject)
        instant = datetime.fromtimestamp(one.new, UTC)
        values: dict[str, object] = {
            "what": replace(_WHAT[one.name], values={"what": what}),
            "moment": Markdown(reader.stamp(instant, one.zone)),
        }
        minutes = (one.new - one.old) // 60
        if minutes == 0:
            return t("{what}: the same moment as before, now {moment}", **values)
        if minutes > 0:
            return nt(
                "{what}: {moment}, {count} minute later", "{what}: {moment}, {count} minutes later", minutes, **values
            )
        return nt(
            "{what}: {moment}, {count} minute earlier", "{what}: {moment}, {count} minutes earlier", -minutes, **values
        )
