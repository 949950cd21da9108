"""What the secretariat sees of a meeting's messages, with buttons for those in trouble."""

from typing import Final

import discord
from discord import ui

from bot.delivery.actions import Action, ActionButton, actions_for
from bot.outbox.reasons import in_trouble
from bot.texts import Reader, t
from bot.ui import Context, stored_view
from cogs.meetings import sentences
from cogs.meetings.reminder_list.cards import reminders_card
from cogs.meetings.rules import SUBJECT
from storage.meetings.models import Meeting
from storage.outbox.models import OutboxRow

_SHOWN: Final = 20
_SILENT: Final = frozenset({"cancelled", "not_owed"})
_BUTTONS: Final = 5


async def reminders_page(context: Context, meeting: Meeting) -> tuple[discord.Embed, ui.View | None]:
    """Return the messages of a meeting by due time: those ahead, and of those behind the latest."""
    services, reader = context.services, context.reader
    rows = await services.outbox.of(meeting.guild_id, SUBJECT, meeting.id)
    shown = [row for row in rows if row.parent_id is None and not row.is_direct and row.state not in _SILENT]
    waiting = [row for row in shown if row.state == "pending"]
    settled = [row for row in shown if row.state != "pending"]
    kept = max(_SHOWN - len(waiting), _SHOWN // 2)
    chosen = [*settled[-kept:], *waiting[:_SHOWN]]
    buttons = [_button(action, row, reader) for row in chosen if in_trouble(row) for action in actions_for(row)]
    card = reminders_card(meeting, chosen, reader, services.clock.now())
    return card, stored_view(buttons[-_BUTTONS:]) if buttons else None


def _button(action: Action, row: OutboxRow, reader: Reader) -> ActionButton:
    button = ActionButton.of(action, row.id, reader)
    named = t("{name}: {value}", name=button.item.label or "", value=sentences.row_title(row.kind))
    button.item.label = reader.label(named)[:80]
    return button
