"""Who asks is read in one trip, which says what single readings do."""

from datetime import date

import pytest

from storage.members.models import OwnPosts
from tests.world import World


@pytest.mark.parametrize("who", ["linked", "with two posts", "without a post", "chose", "nobody", "elsewhere"])
async def test_one_reading_says_what_the_single_ones_do(world: World, who: str) -> None:
    services, server = world.bot.services, world.server
    account_id, guild_id = server.members["GH"].id, server.id
    if who == "nobody":
        account_id = server.guest.id
    elif who == "elsewhere":
        guild_id = world.env.create_guild("A third server").id
    async with services.transaction() as tx:
        if who == "with two posts":
            person = await services.members.person_of_account(guild_id, account_id)
            assert person is not None
            seats = await services.members.delegations(guild_id)
            await services.members.appoint(tx, guild_id, seats[0].id, person.id, "adviser", date(2030, 1, 1))
        elif who == "without a post":
            account_id = server.guest.id
            await services.members.add_person(tx, guild_id, "Ama Mensah", account_id=account_id, languages=("fr",))
        elif who == "chose":
            await services.settings.change_account(
                tx, guild_id, account_id, timezone="Africa/Accra", language="fr", channel="none"
            )
    assert await services.claims.asker(guild_id, account_id) == (
        await services.settings.network(guild_id),
        await services.settings.account(guild_id, account_id),
        OwnPosts(
            await services.members.person_of_account(guild_id, account_id),
            tuple(await services.members.appointments_of_account(guild_id, account_id)),
            is_claimed=False,
        ),
    )


async def test_a_command_begins_with_two_readings(world: World) -> None:
    """Counts the statements that SQLite is given: `/settings reminders` reads nothing else before it writes."""
    services, channel = world.bot.services, world.server.channels["general"]
    ghana = world.server.members["GH"]
    await ghana.slash(channel, "settings reminders", channel="none")
    read: list[str] = []
    await services.database._reader.set_trace_callback(read.append)
    await ghana.slash(channel, "settings reminders", channel="none")
    await services.database._reader.set_trace_callback(None)  # pyright: ignore[reportArgumentType] - sqlite3 takes None
    begun = [sql for sql in read if "account_setting" in sql or "appointment" in sql]
    assert len(begun) == 2, begun
