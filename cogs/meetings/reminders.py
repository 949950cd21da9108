"""What is owed, sent and missed of a meeting, for the secretariat."""

from datetime import datetime, timedelta
from typing import Final

import discord

from bot.outbox.actions import Action, ActionButton, actions_for
from bot.outbox.reasons import STATES, described, in_trouble
from bot.services import Services
from bot.texts import Reader, t
from bot.ui import stored_view
from cogs.meetings import cards, notices, words
from cogs.meetings.answering import SUBJECT
from storage.meeting_models import Meeting
from storage.models import OutboxRow

_SHOWN: Final = 20
_SILENT: Final = frozenset({"cancelled", "not_owed"})
_BUTTONS: Final = 5
_LONGEST: Final = 4096
"""Characters of a card's text: Discord's limit."""
_LATE: Final = timedelta(minutes=2)


async def reminders_page(
    services: Services, meeting: Meeting, reader: Reader
) -> tuple[discord.Embed, discord.ui.View | None]:
    """Show the messages of a meeting by due time: those ahead, and of those behind the latest.

    Those in trouble are told with the reason, the fix and a button for what can be done.
    """
    rows = await services.outbox.of(meeting.guild_id, SUBJECT, meeting.id)
    shown = [row for row in rows if row.parent_id is None and not row.is_direct and row.state not in _SILENT]
    waiting = [row for row in shown if row.state == "pending"]
    settled = [row for row in shown if row.state != "pending"]
    kept = max(_SHOWN - len(waiting), _SHOWN // 2)
    chosen = [*settled[-kept:], *waiting[:_SHOWN]]
    card = discord.Embed(
        title=f"{words.heading(meeting, reader)} · {words.city(meeting, reader)}"[:256], colour=cards.BLUE
    )
    lines = [_line(row, meeting, services.clock.now(), reader) for row in chosen]
    while sum(len(line) + 1 for line in lines) > _LONGEST:
        lines.pop(0)
    card.description = "\n".join(lines) or reader.say(t("Nothing is owed for this meeting."))
    buttons = [_button(action, row, reader) for row in chosen if in_trouble(row) for action in actions_for(row)]
    return card, stored_view(buttons[-_BUTTONS:]) if buttons else None


def _button(action: Action, row: OutboxRow, reader: Reader) -> ActionButton:
    button = ActionButton.of(action, row.id, reader)
    named = t("{name}: {value}", name=button.item.label or "", value=notices.row_title(row.kind))
    button.item.label = reader.label(named)[:80]
    return button


def _line(row: OutboxRow, meeting: Meeting, now: datetime, reader: Reader) -> str:
    waits_late = row.state == "pending" and now - row.due_at > _LATE
    state = reader.say(t("late") if waits_late else STATES[row.state])
    if row.message_id is not None and row.channel_id is not None:
        state = f"[{state}](https://discord.com/channels/{row.guild_id}/{row.channel_id}/{row.message_id})"
    if row.settled_at is not None and row.state == "sent" and row.settled_at - row.due_at > _LATE:
        state = f"{state}, {reader.say(t('late'))}"
    title = reader.say(notices.row_title(row.kind))
    line = f"- {reader.stamp(row.due_at, meeting.timezone, 'f')} · {title} · **{state}**"
    if in_trouble(row):
        problem, fix = described(row)
        line = f"{line}\n  {reader.say(problem)} {reader.say(fix)}"
    return line
