"""What a digest has to say, and to whom."""

from datetime import datetime

from bot import working_days
from bot.ahead import Viewer
from bot.months import month_after, work_begins
from bot.reach import by_email
from bot.services import Services
from bot.texts import Reader
from cogs.digests.planning import workplace_of_network
from cogs.digests.rules import Monthly, Weekly, month_of, soon, within_horizon
from storage.members.models import Person
from storage.models import Network
from storage.outbox.models import OutboxRow


async def weekly_of(services: Services, guild_id: int, reader: Reader) -> Weekly:
    """Return the weekly digest of a network as it would read now."""
    viewer = Viewer(guild_id, is_member=True, is_secretariat=True)
    ahead = await services.ahead.all(viewer, reader)
    return Weekly(await services.attention.of(guild_id, reader), soon(ahead, services.clock.now()))


async def monthly_of(services: Services, viewer: Viewer, since: datetime, until: datetime, reader: Reader) -> Monthly:
    """Return the monthly digest for a viewer: what lies ahead now, and what is new between the two instants."""
    sections = await services.ahead.sections(viewer, reader)
    news = await services.ahead.news(viewer, since, until, reader)
    return Monthly(within_horizon(sections, services.clock.now()), news)


async def news_since(services: Services, network: Network, kind: str) -> datetime:
    """Return since when what a monthly digest names is new: since the one of the month before."""
    await working_days.load()
    return work_begins(month_after(month_of(kind), -1), workplace_of_network(services, network))


def viewer_of_channel(network: Network, channel_id: int | None = None) -> Viewer:
    """Return for whom the monthly digest is in the channel: without a members' channel, for everybody on the server.

    ``channel_id`` is the one that it has gone to (None: it has not).
    """
    is_members = network.members_channel_id is not None and channel_id in {None, network.members_channel_id}
    return Viewer(network.guild_id, is_member=is_members)


async def viewer_of_person(services: Services, row: OutboxRow) -> Viewer | None:
    """Return the person whom a row is for as a viewer; None where they hold no post today."""
    network = await services.settings.network(row.guild_id)
    today = services.today(network)
    posts = await services.posts.of_person(row.guild_id, row.person_id or 0)
    held = frozenset(post.delegation_id for _, post in posts if post.is_current(today))
    return Viewer(row.guild_id, is_member=True, delegation_ids=held) if held else None


async def people_asking(services: Services, guild_id: int) -> list[Person]:
    """Return the persons with a post today who have asked for the monthly e-mail, and whom e-mails reach."""
    asking = await services.settings.accounts_with_monthly_email(guild_id)
    if not asking:
        return []
    network = await services.settings.network(guild_id)
    email, today = by_email(services, network, has_text=True), services.today(network)
    found = {
        holder.person.id: holder.person
        for holder in await services.members.holders(guild_id)
        if holder.appointment.is_current(today) and holder.person.account_id in asking
    }
    return [person for person in found.values() if email.reaches(person)]
