"""What is owed, sent and missed of a meeting, a line each."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.meeting_names import full_name
from bot.outbox.reasons import STATES, described, in_trouble
from bot.texts import Reader, escaped, t
from bot.ui import colours
from cogs.meetings import sentences
from storage.meetings.models import Meeting
from storage.outbox.models import OutboxRow

_LONGEST: Final = 4096
"""Characters of a card's text: Discord's limit."""
_LATE: Final = timedelta(minutes=2)


def reminders_card(meeting: Meeting, rows: Sequence[OutboxRow], reader: Reader, now: datetime) -> discord.Embed:
    """Show messages in their order, those in trouble with the reason and the fix; what does not fit is cut in front."""
    card = discord.Embed(title=escaped(full_name(meeting, reader))[:256], colour=colours.EVENT)
    lines = [_line(row, meeting, now, reader) for row in rows]
    while sum(len(line) + 1 for line in lines) > _LONGEST:
        lines.pop(0)
    card.description = "\n".join(lines) or reader.say(t("Nothing is owed for this meeting."))
    return card


def _line(row: OutboxRow, meeting: Meeting, now: datetime, reader: Reader) -> str:
    waits_late = row.state == "pending" and now - row.due_at > _LATE
    state = reader.say(t("late") if waits_late else STATES[row.state])
    if row.message_id is not None and row.channel_id is not None:
        state = f"[{state}](https://discord.com/channels/{row.guild_id}/{row.channel_id}/{row.message_id})"
    if row.settled_at is not None and row.state == "sent" and row.settled_at - row.due_at > _LATE:
        state = f"{state}, {reader.say(t('late'))}"
    title = reader.say(sentences.row_title(row.kind))
    line = f"- {reader.stamp(row.due_at, meeting.timezone, 'f')} · {title} · **{state}**"
    if in_trouble(row):
        problem, fix = described(row)
        line = f"{line}\n  {reader.say(problem)} {reader.say(fix)}"
    return line
