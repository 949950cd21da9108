"""Adding, changing and removing sessions."""

from collections.abc import Mapping
from dataclasses import replace as with_changes
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

import discord

from bot.errors import UserError
from bot.texts import Markdown, Reader, t
from bot.timeparse import parse_duration, parse_instant
from bot.ui import Confirmation, Context
from cogs.meetings import cards, desk, rules, words
from cogs.meetings.fields import NOTHING
from cogs.meetings.views import keep_event, meeting_of
from storage.meeting_models import Meeting, MeetingValue, Session
from storage.models import Draft

SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(hours=12)
MOST_LINKS: Final = 5
_LINK: Final = 400
_SCHEMES: Final = ("https://", "http://")


async def propose_session(
    context: Context,
    meeting: Meeting,
    session: Session | None,
    values: Mapping[str, str],
) -> None:
    """Write a session from what was typed (``session`` None: a new one). Raises UserError, asking back."""
    services, reader = context.services, context.reader
    desk.require_ahead(services, meeting)
    fields = session_fields(values, meeting, services.clock.now(), reader)
    if session is None:
        fields = {"format": "plenary", **fields}
        shown = Session(**cast(Any, {**_NEW, **fields}))
    else:
        shown = with_changes(session, **cast(Any, fields))
    if rules.left_outside([shown], meeting):
        raise UserError(
            t(
                "{moment} is not on one of the meeting's days ({days}): type another start.",
                moment=reader.moment(shown.starts_at, meeting.timezone),
                days=Markdown(words.days(meeting, reader)),
            )
        )
    async with context.write() as tx:
        if session is None:
            await services.sessions.add(tx, context.guild_id, meeting.id, **fields)
        else:
            await services.sessions.change(tx, context.guild_id, session.id, **fields)
    said = t("In the agenda of {day}:", day=rules.day_of(shown, meeting))
    block = cards.session_block(shown, meeting, reader, cards.Sight(is_member=True))
    await context.answer(said, embed=discord.Embed(description=block, colour=cards.BLUE))
    await keep_event(context, meeting.id)


_NEW: Final[dict[str, object]] = {"id": 0, "guild_id": 0, "meeting_id": 0, "uid": ""}


def session_fields(
    values: Mapping[str, str], meeting: Meeting, now: datetime, reader: Reader
) -> dict[str, MeetingValue]:
    """Read what was typed of a session into the fields to write. ``-`` empties one. Raises UserError."""
    given = {key: value.strip() for key, value in values.items() if value.strip()}
    fields: dict[str, MeetingValue] = {}
    if "title" in given:
        fields["title"] = " ".join(given["title"].split())
    if "starts" in given:
        starts = parse_instant(given["starts"], meeting.timezone, now=now, language=reader.language)
        fields["starts_at"] = starts.astimezone(UTC)
    if "length" in given:
        length = parse_duration(given["length"], least=SHORTEST, most=LONGEST)
        fields["minutes"] = int(length.total_seconds()) // 60
    if "speakers" in given:
        fields["speakers"] = "" if given["speakers"] == NOTHING else given["speakers"]
    if "links" in given:
        fields["links"] = () if given["links"] == NOTHING else _links(given["links"])
    for key in ("format", "level"):
        if key in given:
            fields[key] = None if given[key] == NOTHING else given[key]
    return fields


def _links(typed: str) -> tuple[str, ...]:
    links = tuple(dict.fromkeys(typed.split()))
    if len(links) > MOST_LINKS:
        raise UserError(t("A session takes {count} links at most: put the others on the shelf.", count=MOST_LINKS))
    for link in links:
        if not link.startswith(_SCHEMES) or len(link) > _LINK:
            raise UserError(t("“{link}” is no link: it begins with https:// and has no spaces.", link=link[:80]))
    return links


async def propose_removal(context: Context, meeting: Meeting, session: Session) -> None:
    """Ask for *Confirm* before a session is taken out of the agenda."""
    block = cards.session_block(session, meeting, context.reader, cards.Sight(is_member=True))
    day = context.reader.day(rules.day_of(session, meeting), weekday=True)
    said = t("Take this session of {day} out of the agenda?", day=day)
    embed = discord.Embed(description=block, colour=cards.RED)
    payload = {"meeting": meeting.id, "session": session.id}
    await context.preview(RemoveSession.kind, payload, said, embed=embed, destroys=True)


class RemoveSession(Confirmation):
    """A session is taken out of the agenda; calendars that hold it strike it out."""

    kind = "meeting_session_remove"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write that the session is removed."""
        services = context.services
        meeting = await meeting_of(services, context.asker, cast(int, draft.payload["meeting"]))
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.sessions.remove(tx, context.guild_id, cast(int, draft.payload["session"])):
                raise UserError(t("That session is out of the agenda already; nothing was done a second time."))
        await context.replace(t("The session is out of the agenda."))
        await keep_event(context, meeting.id)
