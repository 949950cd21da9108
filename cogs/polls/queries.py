"""What all the sub-packages read, one typed thing at a time."""

from bot.audience import entitled, seats_today
from bot.request_reach import RequestReach, reach_of_request
from bot.services import Services
from bot.ui import Context
from cogs.polls import emails
from cogs.polls.rules import ASKING, SUBJECT
from storage.members.models import Seat
from storage.polls.models import Poll


async def reach_of_voters(services: Services, poll: Poll) -> RequestReach:
    """Count those who have not voted, by whether a message that asks them to has reached them."""
    seats = await seats_today(services, poll.guild_id)
    electors = await services.polls.electors(poll.guild_id, poll.id)
    owing = [[holder.person for holder in entitled(one, seats)] for one in electors if not one.voted]
    by_email = set(ASKING) <= set(emails.KINDS)
    return await reach_of_request(services, poll.guild_id, owing, SUBJECT, poll.id, ASKING, has_email_text=by_email)


async def seats_now(context: Context) -> list[Seat]:
    """Return the network's seats with who holds them today."""
    return await seats_today(context.services, context.guild_id)
