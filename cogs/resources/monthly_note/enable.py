"""What ``/resource digest`` does, and the notes that are owed from then on. No role of its own: the command's work."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot import working_days
from bot.commands import Command
from bot.errors import UserError
from bot.identify import network_reader
from bot.outbox import MEMBERS, Owed
from bot.services import Services
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, Context
from cogs.resources.monthly_note.messages import KIND, goes_to_members, note
from cogs.resources.monthly_note.rules import first_working_day, month_after, months_ahead, note_due
from storage.database import Transaction
from storage.models import Draft, Network
from storage.resources.models import Resource

SUBJECT: Final = "shelf"
NO_RESOURCE: Final = 0
"""The subject id of the notes, which are not about a single resource."""


async def disable(context: Context) -> None:
    """Turn the note off at once."""
    services = context.services
    async with context.write() as tx:
        await services.shelf.resources.set_digest(tx, context.guild_id, enabled=False)
        await services.outbox.plan(tx, context.guild_id, SUBJECT, NO_RESOURCE, [])
    await context.answer(t("The monthly note of what is new on the shelf is off."))


async def offer_to_enable(context: Context) -> None:
    """Say when the note goes out, show how it would read now, and ask. Raises UserError without a channel for it."""
    if context.network.members_channel_id is None and context.network.announcements_channel_id is None:
        raise UserError(
            t("There is no channel for the note yet: name one with {command}.", command=Command("setup channels"))
        )
    await working_days.load()
    await context.services.shelf.scope(context.guild_id, for_members=True)
    schedule = context.say(_schedule(context))
    new = await _new_by_now(context.services, context.network)
    if not new:
        said = context.say(t("Nothing is new since the beginning of last month, so none would go now."))
        await context.preview(ConfirmMonthlyNote.kind, {}, f"{schedule} {said}")
        return
    now = note(new, network_reader(context.services, context.network))
    said = context.say(t("Sent now, it would read:"))
    await context.preview(ConfirmMonthlyNote.kind, {}, f"{schedule} {said}\n\n{now.sentence}", embed=now.card)


def _schedule(context: Context) -> Text:
    month, _ = _months_due(context.services, context.network)[0]
    return t(
        "On the first working day of each month at 09:00, {place}, a note of what is new on the shelf goes to"
        " {channel} and calls nobody; a month without news has none. The next is due on {day}.",
        place=context.reader.place(context.services.zone(context.network)),
        channel=Markdown(f"<#{context.network.members_channel_id or context.network.announcements_channel_id}>"),
        day=first_working_day(month, context.services.zone(context.network)),
    )


async def _new_by_now(services: Services, network: Network) -> Sequence[Resource]:
    month = month_after(services.today(network), -1)
    since = note_due(month, services.zone(network))
    for_members = goes_to_members(network)
    return await services.shelf.news(network.guild_id, since, services.clock.now(), for_members=for_members)


class ConfirmMonthlyNote(Confirmation):
    """The monthly note about to be turned on."""

    kind = "shelf_digest"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Turn it on and plan a year of it."""
        services = context.services
        await working_days.load()
        async with context.write() as tx:
            await context.take(tx, draft)
            await services.shelf.resources.set_digest(tx, context.guild_id, enabled=True)
            await _plan_notes(services, tx, context.network)
        await context.replace(t("The monthly note of what is new on the shelf is on."))


def _months_due(services: Services, network: Network) -> list[tuple[date, Owed]]:
    """Return the notes of the year to come, by the first days of their months."""
    zone = services.zone(network)
    return [
        (month, Owed(f"{KIND}{month:%Y-%m}", note_due(month, zone), MEMBERS))
        for month in months_ahead(services.clock.now(), zone)
    ]


async def _plan_notes(services: Services, tx: Transaction, network: Network) -> None:
    owed = [one for _, one in _months_due(services, network)]
    await services.outbox.plan(tx, network.guild_id, SUBJECT, NO_RESOURCE, owed)


async def plan_all_notes(services: Services) -> None:
    """Owe the notes of the year to come in every network that wants them; at each start."""
    for guild_id in await services.shelf.resources.networks_with_digest():
        network = await services.settings.network(guild_id)
        await working_days.load()
        async with services.transaction() as tx:
            await _plan_notes(services, tx, network)
