"""The monthly note: which resources it names, and how it reads."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot import working_days
from bot.commands import Command
from bot.names import collation_key
from bot.outbox import Message
from bot.services import Services
from bot.shelf import ON_A_PAGE, Found
from bot.texts import Reader, nt, t
from cogs.resources.cards import list_card
from cogs.resources.monthly_note.rules import month_after, note_due
from storage.models import Network
from storage.outbox.models import OutboxRow
from storage.resources.models import Resource

KIND: Final = "note:"
"""How the kind of each note begins; its month follows, such as 2027-03."""


async def resources_of(services: Services, row: OutboxRow) -> Sequence[Resource]:
    """Return what came onto the shelf between the note of the month before and this one."""
    network = await services.settings.network(row.guild_id)
    month = date.fromisoformat(f"{row.kind.removeprefix(KIND)}-01")
    await working_days.load()
    since = note_due(month_after(month, -1), services.zone(network))
    for_members = goes_to_members(network) and row.channel_id in {None, network.members_channel_id}
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


def goes_to_members(network: Network) -> bool:
    """Tell whether the note goes to the members' channel: without one it goes where everybody on the server reads."""
    return network.members_channel_id is not None
