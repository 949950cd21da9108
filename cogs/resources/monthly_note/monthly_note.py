"""The monthly note of what is new on the shelf: whether it is sent, when, and what it says."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.commands import Command
from bot.errors import UserError
from bot.identify import network_reader
from bot.names import collation_key
from bot.outbox import MEMBERS, Message, Owed
from bot.services import Services
from bot.shelf import ON_A_PAGE, Found
from bot.texts import Markdown, Reader, Text, nt, t
from bot.ui import Confirmation, Context
from cogs.resources.cards import list_card
from cogs.resources.monthly_note.rules import first_working_day, month_after, months_ahead, note_due
from storage.database import Transaction
from storage.models import Draft, Network, OutboxRow
from storage.resource_models import Resource

KIND: Final = "note:"
SUBJECT: Final = "shelf"
NO_RESOURCE: Final = 0
"""The subject id of the notes, which are about no one resource."""


async def set_digest(context: Context, enabled: bool) -> None:
    """Turn the note off at once, or show what it would be like and ask."""
    services = context.services
    if not enabled:
        async with context.write() as tx:
            await services.shelf.resources.set_digest(tx, context.guild_id, enabled=False)
            await services.outbox.plan(tx, context.guild_id, SUBJECT, NO_RESOURCE, [])
        await context.answer(t("The monthly note of what is new on the shelf is off."))
        return
    if context.network.members_channel_id is None and context.network.announcements_channel_id is None:
        raise UserError(
            t("There is no channel for the note yet: name one with {command}.", command=Command("setup channels"))
        )
    await services.shelf.scope(context.guild_id, for_members=True)
    plan = context.say(_plan_told(context))
    new = await _new_by_now(services, context.network)
    if not new:
        said = context.say(t("Nothing is new since the beginning of last month, so none would go now."))
        await context.preview(TurnOn.kind, {}, f"{plan} {said}")
        return
    now = note(new, network_reader(services, context.network))
    said = context.say(t("Sent now, it would read:"))
    await context.preview(TurnOn.kind, {}, f"{plan} {said}\n\n{now.sentence}", embed=now.card)


def _plan_told(context: Context) -> Text:
    month, _ = months_due(context.services, context.network)[0]
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
    return await services.shelf.news(network.guild_id, since, services.clock.now(), for_members=_for_members(network))


class TurnOn(Confirmation):
    """The monthly note about to be turned on."""

    kind = "shelf_digest"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Turn it on and plan a year of it."""
        services = context.services
        async with context.write() as tx:
            await context.take(tx, draft)
            await services.shelf.resources.set_digest(tx, context.guild_id, enabled=True)
            await plan_notes(services, tx, context.network)
        await context.replace(t("The monthly note of what is new on the shelf is on."))


def months_due(services: Services, network: Network) -> list[tuple[date, Owed]]:
    """Return the notes of the year to come, by the first days of their months."""
    zone = services.zone(network)
    return [
        (month, Owed(f"{KIND}{month:%Y-%m}", note_due(month, zone), MEMBERS))
        for month in months_ahead(services.clock.now(), zone)
    ]


async def plan_notes(services: Services, tx: Transaction, network: Network) -> None:
    """Owe the notes of the year to come."""
    owed = [one for _, one in months_due(services, network)]
    await services.outbox.plan(tx, network.guild_id, SUBJECT, NO_RESOURCE, owed)


async def plan_all_notes(services: Services) -> None:
    """Owe the notes of the year to come in every network that wants them; at each start."""
    for guild_id in await services.shelf.resources.networks_with_digest():
        network = await services.settings.network(guild_id)
        async with services.transaction() as tx:
            await plan_notes(services, tx, network)


async def news_of(services: Services, row: OutboxRow) -> Sequence[Resource]:
    """Return what a note tells of: what came onto the shelf since the note of the month before."""
    network = await services.settings.network(row.guild_id)
    month = date.fromisoformat(f"{row.kind.removeprefix(KIND)}-01")
    since = note_due(month_after(month, -1), services.zone(network))
    for_members = _for_members(network) and row.channel_id in {None, network.members_channel_id}
    return await services.shelf.news(row.guild_id, since, row.due_at, for_members=for_members)


def note(new: Sequence[Resource], reader: Reader) -> Message:
    """Render the note of at least one ``new`` resource."""
    new = sorted(new, key=lambda resource: collation_key(resource.title, reader.language))
    sentence = nt(
        "{count} link is new on the shelf since last month.",
        "{count} links are new on the shelf since last month.",
        len(new),
    )
    found = Found(new[:ON_A_PAGE], len(new))
    more = t("Everything is in {command}.", command=Command("resource list"))
    card = list_card(found, reader, "")
    card.description = f"{card.description}\n\n{reader.say(more)}"
    return Message(reader.say(sentence), card)


def _for_members(network: Network) -> bool:
    # Without a members' channel the note goes to the announcements, which everybody reads.
    return network.members_channel_id is not None
