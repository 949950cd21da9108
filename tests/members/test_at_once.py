"""Access that ends at once: a term ended now, and an account that was lost or stolen."""

from datetime import timedelta

import pytest

from tests.members.claiming import AN_HOUR, claiming, lists, press
from tests.members.spreadsheet import focal_point, sheet
from tests.members.test_seats_posts import TODAY, confirm, holders, office
from tests.members.test_seats_roles import has_role
from tests.people import Person
from tests.world import World, labels, said


async def test_a_term_ended_now_takes_the_role_and_the_access_at_once(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    assert has_role(world, ghana)
    (before,) = await holders(world, "GH")
    asked = await office(world, "end", delegation="GH", person=str(before.person.id), now=True)
    await confirm(world, asked)
    (after,) = await holders(world, "GH")
    assert after.appointment.ends_on == TODAY - timedelta(days=1)
    assert not has_role(world, ghana)
    assert said(await ghana.slash(world.server.channels["general"], "poll list")).startswith("This is for members")


async def test_what_began_today_is_withdrawn_now(world: World) -> None:
    await office(world, "appoint", delegation="Ghana", name="Ama Mensah", role="alternate")
    asked = await office(world, "end", delegation="Ghana", person="Ama Mensah", now=True)
    assert "since" in said(asked)
    await confirm(world, asked)
    assert "Ama Mensah" not in [h.person.name for h in await holders(world, "GH")]


async def test_now_and_a_day_are_one_too_many(world: World) -> None:
    (holder,) = await holders(world, "GH")
    options = {"delegation": "GH", "person": str(holder.person.id), "ends_on": "2026-03-01", "now": True}
    assert "leave `now` or `ends_on` out" in said(await office(world, "end", **options))


async def test_a_stolen_account_is_unlinked_after_confirm_and_loses_role_and_access(world: World) -> None:
    await world.restart()
    ghana = world.server.members["GH"]
    (holder,) = await holders(world, "GH")
    asked = await office(world, "link", delegation="GH", person=str(holder.person.id))
    assert f"<@{ghana.id}>" in said(asked)
    assert has_role(world, ghana)
    assert "/member invite" in await confirm(world, asked)
    (kept,) = await holders(world, "GH")
    assert kept.person.account_id is None
    assert kept.appointment.ends_on is None
    assert not has_role(world, ghana)
    assert said(await ghana.slash(world.server.channels["general"], "member me")).startswith("This is for members")
    again = await office(world, "link", delegation="GH", person=str(holder.person.id))
    assert "is not linked to an account" in said(again)


async def chosen(world: World) -> tuple[str, str | None, str | None]:
    """Return what counts for Ghana's focal point: by what they are written to, their language, their zone."""
    (holder,) = await holders(world, "GH")
    return holder.person.channel, holder.person.language, holder.person.timezone


async def choose(world: World, account: Person, channel: str, language: str, zone: str) -> None:
    general = world.server.channels["general"]
    await account.slash(general, "settings reminders", channel=channel)
    await account.slash(general, "settings language", language=language)
    await account.slash(general, "settings timezone", zone=zone)


async def linked_to_a_stranger(world: World) -> tuple[Person, str]:
    """Link Ghana's focal point, who has chosen for themselves, to a stranger, who chooses otherwise."""
    ghana, stranger = world.server.members["GH"], world.add_member(world.server, "stranger")
    await choose(world, ghana, "email", "fr", "Africa/Accra")
    (holder,) = await holders(world, "GH")
    person = str(holder.person.id)
    await confirm(world, await office(world, "link", delegation="GH", person=person, user=stranger))
    await choose(world, stranger, "none", "es", "Asia/Tokyo")
    assert await chosen(world) == ("none", "es", "Asia/Tokyo")
    return stranger, person


async def test_what_a_stranger_chose_is_undone_with_the_link(world: World) -> None:
    _, person = await linked_to_a_stranger(world)
    asked = await office(world, "link", delegation="GH", person=person)
    assert "Asia/Tokyo" in said(asked)
    done = await world.server.secretariat.click(asked.response, label="Confirm, and undo the choices")
    assert "Africa/Accra" in said(done)
    assert await chosen(world) == ("email", "fr", "Africa/Accra")
    (holder,) = await holders(world, "GH")
    assert holder.person.account_id is None
    audit = await world.bot.services.database.fetch("SELECT fields FROM audit WHERE action = 'change' ORDER BY id DESC")
    assert audit[0]["fields"] == '["channel", "language", "timezone"]'


async def test_what_a_stranger_chose_is_undone_with_the_link_to_the_right_account(world: World) -> None:
    _, person = await linked_to_a_stranger(world)
    ghana = world.server.members["GH"]
    asked = await office(world, "link", delegation="GH", person=person, user=ghana)
    await world.server.secretariat.click(asked.response, label="Confirm, and undo the choices")
    assert await chosen(world) == ("email", "fr", "Africa/Accra")
    (holder,) = await holders(world, "GH")
    assert holder.person.account_id == ghana.id


async def test_an_account_linked_since_the_question_is_not_taken_by_its_answer(world: World) -> None:
    _, person = await linked_to_a_stranger(world)
    ghana, other = world.server.members["GH"], world.add_member(world.server, "other")
    asked = await office(world, "link", delegation="GH", person=person, user=other)
    await confirm(world, await office(world, "link", delegation="GH", person=person, user=ghana))
    done = await world.server.secretariat.click(asked.response, label="Confirm, and undo the choices")
    assert "has changed since you asked" in said(done)
    (holder,) = await holders(world, "GH")
    assert holder.person.account_id == ghana.id


@pytest.mark.parametrize("by", ["edit", "import"])
async def test_what_the_secretariat_wrote_meanwhile_is_not_undone_with_the_link(world: World, by: str) -> None:
    _, person = await linked_to_a_stranger(world)
    if by == "edit":
        await office(world, "edit", delegation="GH", person=person, timezone="Africa/Dakar", language="en")
    else:
        (holder,) = await holders(world, "GH")
        row = focal_point("GH", holder.person.name, languages="en", timezone="Africa/Dakar")
        await office(world, "import", file=("directory.csv", sheet(row)))
    asked = await office(world, "link", delegation="GH", person=person)
    await world.server.secretariat.click(asked.response, label="Confirm, and undo the choices")
    assert await chosen(world) == ("email", None, "Africa/Dakar")


async def test_what_somebody_chose_stays_when_they_lose_their_account(world: World) -> None:
    await choose(world, world.server.members["GH"], "email", "fr", "Africa/Accra")
    (holder,) = await holders(world, "GH")
    asked = await office(world, "link", delegation="GH", person=str(holder.person.id))
    await confirm(world, asked)
    assert await chosen(world) == ("email", "fr", "Africa/Accra")


async def test_nothing_is_asked_about_choices_where_there_are_none(world: World) -> None:
    (holder,) = await holders(world, "GH")
    asked = await office(world, "link", delegation="GH", person=str(holder.person.id))
    assert labels(asked.response.message) == ["Confirm", "Cancel"]


async def test_unlinking_who_has_claimed_refuses_the_claim(world: World) -> None:
    ama = await claiming(world)
    asked = await office(world, "link", delegation="Ghana", person="Ama Mensah")
    assert f"<@{ama.id}>" in said(asked)
    await confirm(world, asked)
    await world.travel(AN_HOUR)
    assert lists(world) == []


async def test_what_a_stolen_account_did_is_undone_after_it_was_unlinked(world: World) -> None:
    await claiming(world)
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Confirm")
    await confirm(world, await office(world, "link", delegation="Ghana", person="Ama Mensah"))
    assert "no longer counts" in await press(world, lists(world)[0], "Not this person")
    other = world.add_member(world.server, "other")
    await office(world, "link", delegation="Ghana", person="Ama Mensah", user=other)
    assert "Not this person" not in labels(lists(world)[0])
