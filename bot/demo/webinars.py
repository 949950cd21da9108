"""The webinars of the demo: two ahead and one past with its recording, each of which says that it is an example."""

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Final

from bot.demo.dates import in_new_york, working_day
from bot.demo.world import NEW_YORK, Account
from bot.outbox import ANNOUNCEMENTS
from bot.services import Services
from cogs.webinars.messages import owed_by
from cogs.webinars.recording.proposals import resource_of
from cogs.webinars.rules import DEFAULT_REMINDERS, SUBJECT, Kind, unsaved
from storage.database import Transaction
from storage.webinars.models import WEBINAR_REPLIES, WebinarValue

EXAMPLE: Final = "An example for this demo: no such webinar is planned."
RECORDING: Final = "https://example.org/recordings/early-warning"

# Days from today, or the next working day after these; New York's hour, title, languages.
_PAST: Final = (-9, 9, "From early warning to early action", ("en",))
_AHEAD: Final = (
    (5, 9, "How a focal point works across ministries", ("en", "fr")),
    (16, 14, "What neighbours can do together", ("en", "es")),
)


async def furnish_webinars(services: Services, tx: Transaction, guild_id: int, accounts: Sequence[Account]) -> None:
    """Announce two webinars, and keep the recording of a third with the answers that it had."""
    for days, hour, title, languages in _AHEAD:
        fields = _fields(services, days, hour, title, languages)
        webinar_id = await services.webinars.add(tx, guild_id, fields)
        await services.outbox.plan(tx, guild_id, SUBJECT, webinar_id, owed_by(unsaved(guild_id, fields)))
        await services.outbox.plan_now(tx, guild_id, SUBJECT, webinar_id, Kind.ANNOUNCED, ANNOUNCEMENTS)
    past = _fields(services, *_PAST)
    webinar_id = await services.webinars.add(tx, guild_id, past)
    members = [account for account in accounts if account.code is not None]
    for number, account in enumerate(members):
        reply = WEBINAR_REPLIES[(0, 0, 1, 0, 2)[number % 5]]
        await services.webinars.answer(tx, guild_id, webinar_id, account.user_id, reply)
    await services.webinars.record(tx, guild_id, webinar_id, RECORDING)
    await services.shelf.keep(tx, guild_id, resource_of(unsaved(guild_id, past), RECORDING))


def _fields(
    services: Services, days: int, hour: int, title: str, languages: tuple[str, ...]
) -> dict[str, WebinarValue]:
    day = working_day(services.clock.today(NEW_YORK), days)
    return {
        "title": title,
        "starts_at": in_new_york(day, time(hour)),
        "length": timedelta(minutes=90),
        "timezone": NEW_YORK,
        "link": "https://example.org/rooms/r2p",
        "description": EXAMPLE,
        "languages": languages,
        "reminders": DEFAULT_REMINDERS,
    }
