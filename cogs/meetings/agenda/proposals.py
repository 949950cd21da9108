"""Adding, changing and removing sessions."""

from collections.abc import Mapping
from dataclasses import replace as with_changes
from typing import Any, Final, cast

import discord

from bot.errors import UserError
from bot.meeting_names import days
from bot.texts import Markdown, t
from bot.ui import Confirmation, Context, colours
from cogs.meetings import queries, rules
from cogs.meetings.agenda import cards
from cogs.meetings.agenda.fields import session_fields
from cogs.meetings.cards import Viewer
from cogs.meetings.events import MeetingEventButton
from cogs.meetings.queries import meeting_of
from storage.meetings.models import Meeting, Session
from storage.models import Draft


async def propose_session(
    context: Context,
    meeting: Meeting,
    session: Session | None,
    values: Mapping[str, str],
) -> None:
    """Write a session from what was typed (``session`` None: a new one). Raises UserError, asking back."""
    services, reader = context.services, context.reader
    queries.require_ahead(services, meeting)
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
                days=Markdown(days(meeting, reader)),
            )
        )
    async with context.write() as tx:
        if session is None:
            await services.sessions.add(tx, context.guild_id, meeting.id, **fields)
        else:
            await services.sessions.change(tx, context.guild_id, session.id, **fields)
    said = t("In the agenda of {day}:", day=rules.day_of(shown, meeting))
    block = cards.session_block(shown, meeting, reader, Viewer(is_member=True))
    await context.answer(said, embed=discord.Embed(description=block, colour=colours.EVENT))
    await MeetingEventButton.keep(context, meeting.id)


_NEW: Final[dict[str, object]] = {"id": 0, "guild_id": 0, "meeting_id": 0, "uid": ""}


async def propose_removal(context: Context, meeting: Meeting, session: Session) -> None:
    """Ask for *Confirm* before a session is taken out of the agenda."""
    block = cards.session_block(session, meeting, context.reader, Viewer(is_member=True))
    day = context.reader.day(rules.day_of(session, meeting), weekday=True)
    said = t("Remove this session of {day} from the agenda?", day=day)
    embed = discord.Embed(description=block, colour=colours.CANCELLED)
    payload = {"meeting": meeting.id, "session": session.id}
    await context.preview(RemoveSession.kind, payload, said, embed=embed, destroys=True)


class RemoveSession(Confirmation):
    """A session is taken out of the agenda; calendars that hold it strike it out."""

    kind = "meeting_session_remove"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write that the session is removed."""
        services = context.services
        meeting = await meeting_of(context, cast(int, draft.payload["meeting"]))
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.sessions.remove(tx, context.guild_id, cast(int, draft.payload["session"])):
                raise UserError(t("That session was removed from the agenda already; nothing was done a second time."))
        await context.replace(t("The session is removed from the agenda."))
        await MeetingEventButton.keep(context, meeting.id)
