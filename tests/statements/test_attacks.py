"""A careless or hostile delegate, and a secretariat that presses the wrong button."""

from datetime import timedelta

from tests.people import Person
from tests.statements.staging import TITLE, Room, inbox
from tests.statements.test_new_text import press_old
from tests.world import card, embed_text, said, twice


async def add_alternate(room: Room, code: str) -> Person:
    """Let a further person with an account be alternate of a delegation."""
    alternate = room.world.add_member(room.server, f"alternate of {code}")
    given = {"delegation": code, "name": "Kofi Boateng", "role": "alternate", "user": alternate}
    shown = await room.server.secretariat.slash(room.server.channels["general"], "member appoint", **given)
    if shown.response is not None and shown.response.components:
        await room.press(shown)
    return alternate


async def withdraw(room: Room, person: Person) -> None:
    shown = await room.type("show", person, statement=TITLE)
    await room.press(await room.press(shown, "Withdraw", person), by=person)


async def test_a_confirm_that_arrives_twice_joins_once(room: Room) -> None:
    statement = await room.opened()
    ghana = room.server.members["GH"]
    shown = await ghana.click(room.posted("general")[0], label="Join")
    with room.world.delivering(twice):
        await room.press(shown, by=ghana)
    assert await room.joined(statement) == ["GH"]
    joined = "SELECT 1 FROM audit WHERE subject = 'statement' AND action = 'join'"
    assert len(await room.world.bot.services.database.fetch(joined)) == 1


async def test_of_two_colleagues_who_confirm_the_second_hears_that_it_has_joined(room: Room) -> None:
    statement = await room.opened()
    ghana, alternate = room.server.members["GH"], await add_alternate(room, "GH")
    (posted,) = room.posted("general")
    first, second = await ghana.click(posted, label="Join"), await alternate.click(posted, label="Join")
    assert "receipt" in said(await room.press(first, by=ghana))
    assert "has joined “On the responsibility to prevent” already" in said(await room.press(second, by=alternate))
    assert await room.joined(statement) == ["GH"]


async def test_an_alternate_joins_after_the_focal_point_withdrew_and_nobody_hears_what_is_no_longer_so(
    room: Room,
) -> None:
    statement = await room.opened(penholders="DK")
    ghana, alternate = room.server.members["GH"], await add_alternate(room, "GH")
    await room.accept_direct_messages("GH", "DK")
    await room.join("GH", statement)
    await withdraw(room, ghana)
    shown = await alternate.click(room.posted("general")[0], label="Join")
    await room.press(shown, by=alternate)
    assert await room.joined(statement) == ["GH"]
    # What waited for the penholder's and the alternate's working hours is no longer so.
    await room.world.travel(timedelta(days=1))
    assert not [one for one in inbox(room.server.members["DK"]) if "withdrawn" in one.content]
    assert any("colleague has joined" in one.content for one in inbox(ghana))
    shown = await room.type("show", alternate, statement=TITLE)
    assert "no longer joins" not in said(shown)


async def test_a_button_of_one_network_joins_nothing_in_another(room: Room) -> None:
    statement = await room.opened()
    other, ghana = room.world.other, await room.delegation("GH")
    for custom_id in (
        f"statement:join:{other.id}:{statement.id}:1",
        f"statement:for:{other.id}:{statement.id}:{ghana.id}:1",
        f"statement:withdraw:{other.id}:{statement.id}:{ghana.id}",
    ):
        refused = said(await press_old(room, room.server.members["GH"], custom_id))
        assert TITLE not in refused
    assert await room.joined(statement) == []


async def test_who_lost_their_post_before_confirming_joins_nothing(room: Room) -> None:
    statement = await room.opened()
    ghana = room.server.members["GH"]
    shown = await ghana.click(room.posted("general")[0], label="Join")
    services = room.world.bot.services
    with room.world.as_bot():
        async with services.transaction() as tx:
            await tx.execute(
                "UPDATE appointment SET role = 'adviser' WHERE guild_id = ? AND delegation_id = ?",
                (room.server.id, (await room.delegation("GH")).id),
            )
    assert "focal point, alternate or mission" in said(await room.press(shown, by=ghana))
    assert await room.joined(statement) == []


async def test_who_presses_before_closing_and_confirms_after_it_is_late_and_hears_so(room: Room) -> None:
    statement = await room.opened()
    ghana = room.server.members["GH"]
    await room.world.travel_to(statement.closes_at - timedelta(minutes=1))
    shown = await ghana.click(room.posted("general")[0], label="Join")
    assert "joined later" not in said(shown)
    await room.world.travel_to(statement.closes_at + timedelta(minutes=1))
    assert "joined later" in said(await room.press(shown, by=ghana))
    (joining,) = await room.world.bot.services.statements.joinings(room.server.id, statement.id)
    assert joining.is_late
    refused = said(await press_old(room, ghana, f"statement:more_time:{room.server.id}:{statement.id}"))
    assert "no more reminders" in refused


async def test_a_withdrawal_begun_before_delivery_and_confirmed_after_it_is_refused(room: Room) -> None:
    statement = await room.opened()
    ghana = room.server.members["GH"]
    await room.join("GH", statement)
    asked = await room.press(await room.type("show", ghana, statement=TITLE), "Withdraw", ghana)
    for stage in ("Close", "Delivered"):
        await room.press(await room.press(await room.type("show", statement=TITLE), stage))
    await room.press(asked, by=ghana)
    assert await room.joined(statement) == ["GH"]
    (public,) = room.posted("announcements")
    assert "Ghana" in embed_text(public.embeds[0])


async def test_what_the_secretariat_presses_twice_or_too_late_is_done_once(room: Room) -> None:
    statement = await room.opened()
    await room.join("GH", statement)
    closing = [await room.press(await room.type("show", statement=TITLE), "Close") for _ in range(2)]
    await room.press(closing[0])
    assert "changed meanwhile" in said(await room.press(closing[1]))
    delivering = [await room.press(await room.type("show", statement=TITLE), "Delivered") for _ in range(2)]
    cancelling = await room.type("cancel", statement=TITLE)
    await room.press(delivering[0])
    for stale in (delivering[1], cancelling):
        assert "delivered" in said(await room.press(stale))
    assert (await room.now(statement)).state == "delivered"
    assert await room.joined(statement) == ["GH"]
    assert len(room.posted("announcements")) == 1


async def test_a_joining_recorded_for_the_wrong_delegation_is_taken_off_by_the_secretariat(room: Room) -> None:
    statement = await room.opened()
    await room.press(await room.type("join", statement=TITLE, delegation="SE", reference="NV 12/2026"))
    sweden = await room.delegation("SE")
    custom_id = f"statement:withdraw:{room.server.id}:{statement.id}:{sweden.id}"
    asked = await press_old(room, room.server.secretariat, custom_id)
    await room.press(asked)
    assert await room.joined(statement) == []
    assert "Sweden" not in embed_text(card(await room.type("show", statement=TITLE)))
