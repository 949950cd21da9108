"""Ballots that arrive at the same instant, as raw interactions: nobody waits for another's answer."""

import asyncio
import time
from datetime import timedelta
from typing import Any

from simcord import interactions
from simcord.backend import serializers

from storage.polls.models import Poll
from tests.people import Person
from tests.polls.booth import RECEIPT, Booth

VOTERS = 500
COMPONENT = 3
BUTTON = 2
LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000) SELECT count(*) FROM n"
"""Keeps the database's reader busy for about a second."""


class Crowd:
    """Many voters who press at once, each on the message they have before them."""

    def __init__(self, booth: Booth, voters: list[Person]) -> None:
        self.env = booth.world.env
        self.channel_id = booth.server.channels["general"].id
        self.guild_id = booth.server.id
        self.voters = voters
        self.work = booth.world.bot.work

    async def press(self, messages: list[Any], custom_ids: list[str]) -> list[Any]:
        """Deliver one press of each voter in the same instant, all answered, and return their records."""
        records = self.deliver(messages, custom_ids)
        # SimCord looks at every waiting task again and again: it settles once all have been answered.
        while self.work._running or not all(record.responded for record in records):
            await asyncio.to_thread(time.sleep, 0.02)
        await self.env.settle()
        return records

    def deliver(self, messages: list[Any], custom_ids: list[str]) -> list[Any]:
        records: list[Any] = []
        for voter, message, custom_id in zip(self.voters, messages, custom_ids, strict=True):
            data = {"custom_id": custom_id, "component_type": BUTTON}
            record, payload = interactions.base_payload(
                self.env.backend,
                type=COMPONENT,
                channel_id=self.channel_id,
                guild_id=self.guild_id,
                user_id=voter.id,
                data=data,
            )
            shown = dict(serializers.message_payload(self.env.backend, message))
            shown["components"] = [{"type": 1, "components": [{"type": BUTTON, "style": 3, "custom_id": custom_id}]}]
            payload["message"] = shown
            record.source_message_id = message.id
            self.env.backend.emit("INTERACTION_CREATE", payload)
            records.append(record)
        return records

    def shown(self, record: Any) -> Any:
        """Return the message that the voter was shown: of those who had to wait their turn, what followed."""
        return self.stored(record.followup_ids[0] if record.followup_ids else record.message_id)

    def stored(self, message_id: int) -> Any:
        return self.env.backend.get_message(self.channel_id, message_id)


async def appointed(booth: Booth, count: int) -> list[Person]:
    world = booth.world
    services = world.bot.services
    voters = [world.add_member(booth.server, f"voter-{n}", booth.server.member_role) for n in range(count)]
    with world.as_bot():
        async with services.transaction() as tx:
            delegation = await services.members.delegation(booth.server.id, "DK")
            assert delegation is not None
            for n, actor in enumerate(voters):
                person = await services.members.add_person(tx, booth.server.id, f"Voter {n}", account_id=actor.id)
                today = services.clock.today("America/New_York")
                await services.members.appoint(tx, booth.server.id, delegation.id, person, "adviser", today)
                # They have been here before: nobody is asked about direct messages in the middle of it.
                await services.settings.change_account(tx, booth.server.id, actor.id, channel="none")
                await services.settings.remember_locale(tx, booth.server.id, actor.id, "en-US")
    return voters


def cast_buttons(crowd: Crowd, opened: list[Any]) -> list[str]:
    """Return each ballot's cast button, with the mark of a choice as the list above it would set it."""
    found: list[str] = []
    for n, record in enumerate(opened):
        message = crowd.shown(record)
        ids = [c["custom_id"] for row in message.components for c in row["components"]]
        found.append(next(i for i in ids if i.startswith("pb:cast:")) + str(n % 3))
    return found


async def counted(booth: Booth, poll: Poll) -> list[int]:
    box = await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id)
    return [sum(b.choice == (option,) for b in box) for option in (1, 2, 3)]


async def test_five_hundred_ballots_at_the_same_instant_are_all_counted(booth: Booth) -> None:
    crowd = Crowd(booth, await appointed(booth, VOTERS))
    poll = await booth.open(voters="members")
    public = crowd.stored(booth.message_of(poll).id)
    opened = await crowd.press([public] * VOTERS, [f"poll:vote:{poll.id}"] * VOTERS)
    papers = [crowd.shown(record) for record in opened]
    await crowd.press(papers, cast_buttons(crowd, opened))
    assert await counted(booth, poll) == [167, 167, 166]
    receipts = {RECEIPT.search(crowd.stored(paper.id).content or "") for paper in papers}
    assert None not in receipts
    assert len({match[1] for match in receipts if match}) == VOTERS
    await booth.pass_time(timedelta(seconds=5))
    assert "500 of" in str(booth.message_of(poll).embeds[0].to_dict())


async def test_a_cast_ballot_is_acknowledged_while_the_database_is_busy_with_others(booth: Booth) -> None:
    """Discord waits three seconds, and hundreds of ballots are ahead in the queue: it must not be stood in first."""
    [voter] = voters = await appointed(booth, 1)
    crowd = Crowd(booth, voters)
    poll = await booth.open(voters="members")
    opened = await crowd.press([crowd.stored(booth.message_of(poll).id)], [f"poll:vote:{poll.id}"])
    paper = crowd.shown(opened[0])
    busy = asyncio.ensure_future(booth.world.bot.services.database.fetch(LONG))
    [record] = crowd.deliver([paper], cast_buttons(crowd, opened))
    while not record.responded:
        await asyncio.to_thread(time.sleep, 0.005)
    assert not busy.done()
    await busy
    await booth.world.env.settle()
    assert await counted(booth, poll) == [1, 0, 0]
    assert RECEIPT.search(crowd.stored(paper.id).content or ""), voter
