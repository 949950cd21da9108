"""What is owed, sent and missed of a meeting, for the secretariat."""

from datetime import timedelta
from typing import Final

import discord

from bot.outbox.reasons import STATES, described
from bot.services import Services
from bot.texts import Reader, t
from cogs.meetings import cards, words
from cogs.meetings.answering import SUBJECT
from storage.meeting_models import Meeting
from storage.models import OutboxRow

_SHOWN: Final = 20
_TROUBLE: Final = frozenset({"missed", "failed", "unknown"})
_SILENT: Final = frozenset({"cancelled", "not_owed"})
_LATE: Final = timedelta(minutes=2)


async def reminders_card(services: Services, meeting: Meeting, reader: Reader) -> discord.Embed:
    """Show the messages of a meeting by due time: those ahead, and of those behind the latest."""
    rows = await services.outbox.of(meeting.guild_id, SUBJECT, meeting.id)
    shown = [row for row in rows if row.parent_id is None and not row.is_direct and row.state not in _SILENT]
    waiting = [row for row in shown if row.state == "pending"]
    settled = [row for row in shown if row.state != "pending"]
    kept = max(_SHOWN - len(waiting), _SHOWN // 2)
    lines = [await _line(services, row, meeting, reader) for row in (*settled[-kept:], *waiting[:_SHOWN])]
    card = discord.Embed(title=f"{words.heading(meeting, reader)} · {meeting.city}"[:256], colour=cards.BLUE)
    card.description = "\n".join(lines)[:4096] or reader.say(t("Nothing is owed for this meeting."))
    return card


async def _line(services: Services, row: OutboxRow, meeting: Meeting, reader: Reader) -> str:
    title = await services.outbox.title(row)
    state = reader.say(STATES[row.state])
    if row.message_id is not None and row.channel_id is not None:
        state = f"[{state}](https://discord.com/channels/{row.guild_id}/{row.channel_id}/{row.message_id})"
    if row.settled_at is not None and row.state == "sent" and row.settled_at - row.due_at > _LATE:
        state = f"{state}, {reader.say(t('late'))}"
    line = f"{reader.stamp(row.due_at, meeting.timezone, 'f')} · {reader.say(title)} · **{state}**"
    if row.state in _TROUBLE:
        problem, fix = described(row)
        line = f"{line}\n└ {reader.say(problem)} {reader.say(fix)}"
    return line
