"""Twelve topics at four levels, and the poll that chooses among them: examples, none of them proposed in fact."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.demo.dates import CLOSING, in_new_york, working_day
from bot.demo.world import NEW_YORK, World
from bot.outbox import MEMBERS
from bot.services import Services
from cogs.polls.rules import electors, owed
from storage.database import Transaction
from storage.members.models import Seat
from storage.polls.models import Elector, PollOption, PollPlan
from storage.topics.models import TopicFormat, TopicLevel

OPEN_FOR: Final = 9
"""Days from today."""
OPENED: Final = "example"
"""Stands for the opened paper that each ballot was cast from."""
QUESTION: Final = "An example: which four topics should the next workshops take up?"

# Title, level, format, who proposed it and who supports it.
_TOPICS: Final[tuple[tuple[str, TopicLevel, TopicFormat, tuple[str, ...]], ...]] = (
    ("What a focal point needs: a mandate, time, a way to the minister", "national", "workshop", ("CR", "FI", "SN")),
    ("A review of risks at home: how to begin", "national", "workshop", ("DK", "GH", "NL", "AU")),
    ("From early warning to a decision, across ministries", "national", "case_study", ("GH", "BW", "SE")),
    ("Sharing early warning between neighbours", "sub_regional", "workshop", ("BJ", "SL", "SN", "GH", "CI")),
    ("Hate speech that crosses borders", "sub_regional", "workshop", ("BA", "RW", "BE")),
    ("What sub-regional organisations can do first", "sub_regional", "plenary", ("MZ", "ZA")),
    ("Regional networks of focal points", "regional", "workshop", ("UY", "AR", "MX", "GT")),
    ("Regional courts and commissions in prevention", "regional", "case_study", ("CR", "UY")),
    ("Training for officials, police and soldiers", "regional", "workshop", ("ID", "PH", "KR")),
    ("Prevention in the work of the Human Rights Council", "global", "plenary", ("CH", "NZ", "CZ", "ES")),
    ("Women, peace and security, and prevention", "global", "workshop", ("SE", "ES", "BD")),
    ("Satellite pictures and open sources: what they show", "global", "case_study", ("US", "GB", "AU")),
)
# Who has voted already, and for which topics (counted from 1, as listed in the poll).
_BALLOTS: Final = {
    "FI": (1, 5, 11),
    "NZ": (3, 5, 10),
    "CR": (1, 7, 12),
    "AU": (1, 8),
    "SN": (3, 10, 12),
    "UY": (6, 7),
    "SE": (3, 12),
    "KR": (9, 11),
}


async def furnish_topics(services: Services, world: World) -> None:
    """List the topics with their support, and open the poll on them; some delegations have voted."""
    guild_id = world.guild_id
    seats = await services.members.seats(guild_id, services.clock.today(NEW_YORK))
    by_code = {seat.delegation.code: seat for seat in seats}
    async with services.transaction() as tx:
        listed: dict[str, int] = {}
        for title, level, format_, codes in _TOPICS:
            first = by_code[codes[0]]
            topic_id = await services.topics.propose(
                tx, guild_id, first.delegation.id, first.holders[0].person.id, title, level, format_
            )
            await services.topics.decide(tx, guild_id, topic_id, ("proposed",), "listed")
            for code in codes[1:]:
                await services.topics.support(tx, guild_id, topic_id, by_code[code].delegation.id, wanted=True)
            listed[title] = topic_id
        poll_id = await _open_poll(services, tx, listed, seats, guild_id)
    for code, choice in _BALLOTS.items():
        account_id = by_code[code].holders[0].person.account_id
        elector = Elector(by_code[code].delegation.id)
        async with services.transaction(account_id) as tx:
            await services.ballots.cast(tx, guild_id, poll_id, elector, choice, token=OPENED, zone=NEW_YORK)


async def _open_poll(
    services: Services, tx: Transaction, listed: Mapping[str, int], seats: Sequence[Seat], guild_id: int
) -> int:
    plan = PollPlan(
        question=QUESTION,
        method="approval",
        options=tuple(
            PollOption(number, title, topic_id=listed[title]) for number, title in enumerate(sorted(listed), 1)
        ),
        closes_at=in_new_york(working_day(services.clock.today(NEW_YORK), OPEN_FOR), CLOSING),
        timezone=NEW_YORK,
        seats=4,
        quorum=16,
    )
    poll_id = await services.polls.open(tx, guild_id, plan, electors(seats, plan.voters, plan.audience, None))
    await services.outbox.plan_now(tx, guild_id, "poll", poll_id, "opened", MEMBERS)
    await services.outbox.plan(tx, guild_id, "poll", poll_id, owed(plan))
    return poll_id
