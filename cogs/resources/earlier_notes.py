"""The monthly notes of earlier versions, now part of the digest. No role of its own: a part of messages.py.

Those that were on their way at the upgrade are still sent, and the *Details* of those that were sent are still shown.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bot import working_days
from bot.ahead import Viewer
from bot.months import month_after, work_begins
from bot.outbox import Message
from bot.services import Services
from bot.shelf import ON_A_PAGE, Found
from bot.texts import Reader, nt
from bot.workplaces import workplace_of_secretariat
from cogs.resources.ahead import news
from cogs.resources.cards import list_card
from storage.outbox.models import OutboxRow
from storage.resources.models import Resource

KIND: Final = "note:"
"""How the kind of each note begins; its month follows, such as 2027-03."""


async def resources_of(services: Services, row: OutboxRow) -> Sequence[Resource]:
    """Return what came onto the shelf between the note of the month before and this one."""
    network = await services.settings.network(row.guild_id)
    month = date.fromisoformat(f"{row.kind.removeprefix(KIND)}-01")
    await working_days.load()
    since = work_begins(month_after(month, -1), workplace_of_secretariat(services.zone(network), network.country))
    is_members = network.members_channel_id is not None and row.channel_id in {None, network.members_channel_id}
    viewer = Viewer(row.guild_id, is_member=is_members)
    return await news(services, viewer, since, row.due_at, "en")


def note(new: Sequence[Resource], reader: Reader) -> Message:
    """Render the note of at least one ``new`` resource."""
    sentence = nt(
        "{count} link is new in the library since last month.",
        "{count} links are new in the library since last month.",
        len(new),
    )
    return Message(reader.say(sentence), list_card(Found(new[:ON_A_PAGE], len(new)), reader, ""))
