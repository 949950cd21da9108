"""Telling those concerned by a webinar one by one, after two minutes in which it can be stopped."""

from collections.abc import Mapping

from discord import ui

from bot.outbox import GRACE, PEOPLE
from bot.outbox.actions import ActionButton
from bot.services import Services
from bot.texts import Reader
from bot.ui import stored_view
from cogs.webinars.events import SUBJECT
from storage.database import Transaction
from storage.webinar_models import Webinar


async def tell_people(
    services: Services, tx: Transaction, webinar: Webinar, kind: str, payload: Mapping[str, object] | None = None
) -> int:
    """Owe a message to all whom it concerns when it goes out, after the time for *Stop*; return its row's id."""
    return await services.outbox.plan_now(
        tx, webinar.guild_id, SUBJECT, webinar.id, kind, PEOPLE, delay=GRACE, payload=payload
    )


def stop_view(row_id: int, reader: Reader) -> ui.View:
    """Return *Stop* and *Take back* for a message to several people."""
    return stored_view([ActionButton.of(action, row_id, reader) for action in ("stop", "back")])
