"""A claim counts once the secretariat has confirmed it, and what a stranger did counts no longer."""

from datetime import timedelta

import pytest

from bot import retention
from storage.members.models import ClaimState
from storage.members.voiding import ACTS, BALLOTS, LEFT
from storage.personal_data import PERSONAL
from tests.meetings.conftest import Room
from tests.members.claiming import AN_HOUR, claim, claimed, claiming, code_for, invited, lists, press
from tests.members.test_seats_posts import confirm, holders, office
from tests.members.test_seats_roles import has_role
from tests.polls.booth import Booth, ids_of
from tests.untidy import VACANT
from tests.world import World, embed_text, labels, said


async def linked(world: World, name: str = "Ama Mensah", seat: str = "GH") -> int | None:
    return next(h.person.account_id for h in await holders(world, seat) if h.person.name == name)


async def states(world: World) -> list[ClaimState]:
    rows = await world.bot.services.database.fetch("SELECT state FROM claim ORDER BY id")
    return [row["state"] for row in rows]


async def test_a_claim_waits_for_the_secretariat_which_reads_it_within_the_hour(world: World) -> None:
    ama = await claiming(world)
    assert await linked(world) is None
    assert lists(world) == []
    await world.travel(AN_HOUR)
    (message,) = lists(world)
    assert "1 account" in message.content
    shown = embed_text(message.embeds[0])
    assert all(part in shown for part in ("Ghana (GH)", "Ama Mensah", f"<@{ama.id}>"))
    assert labels(message)[:2] == ["Confirm", "Not this person"]
    answer = await press(world, message, "Confirm")
    assert f"<@{ama.id}>" in answer
    assert await linked(world) == ama.id
    assert await states(world) == ["confirmed"]
    (message,) = lists(world)
    assert "Confirm" not in labels(message)
    assert "confirmed" in embed_text(message.embeds[0])


async def test_the_role_and_the_welcome_come_with_the_confirmation(world: World) -> None:
    ama = await claiming(world)
    general = world.server.channels["general"]
    assert "Thank you" not in said(await ama.slash(general, "help"))
    assert not has_role(world, ama)
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Confirm")
    assert has_role(world, ama)
    assert "Alternate of 🇬🇭 Ghana (GH)" in said(await ama.slash(general, "help"))
    assert "Ama Mensah" in said(await ama.slash(general, "member me"))


@pytest.mark.parametrize("chosen", ["none", None])
async def test_a_strangers_choice_not_to_be_written_to_does_not_stay_with_the_person(
    world: World, chosen: str | None
) -> None:
    stranger = await claiming(world)
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Confirm")
    if chosen is not None:
        await stranger.slash(world.server.channels["general"], "settings reminders", channel=chosen)

    async def channel() -> str:
        [row] = await world.bot.services.database.fetch("SELECT channel FROM person WHERE name = 'Ama Mensah'")
        return row["channel"]

    before = await channel()
    assert chosen in (None, before)
    await press(world, lists(world)[0], "Not this person")
    assert await linked(world) is None
    assert await channel() == "not_asked"
    undone = await world.bot.services.database.fetch(
        "SELECT id FROM audit WHERE subject = 'person' AND fields = ?", ('["channel", "language", "timezone"]',)
    )
    assert len(undone) == (before != "not_asked"), "where nothing was undone, nothing is said to be"


async def test_claims_of_an_hour_come_in_one_list_and_are_confirmed_together(world: World) -> None:
    people = [await claiming(world, f"account-{n}", f"Person {n}") for n in range(3)]
    await world.travel(AN_HOUR)
    late = await claiming(world, "late", "Person late")
    (message,) = lists(world)
    assert {"Confirm 1", "Not this person 3", "Confirm all"} <= set(labels(message))
    assert labels(message)[-2:] == ["Confirm all", "Details"]
    await press(world, message, "Not this person 2")
    answer = await press(world, lists(world)[0], "Confirm all")
    assert f"<@{people[0].id}>" in answer
    assert [await linked(world, f"Person {n}") for n in range(3)] == [people[0].id, None, people[2].id]
    await world.travel(AN_HOUR)
    _, second = lists(world)
    assert f"<@{late.id}>" in embed_text(second.embeds[0])
    assert labels(second)[:2] == ["Confirm", "Not this person"]


async def test_a_ninth_claim_begins_another_list(world: World) -> None:
    for n in range(9):
        await claiming(world, f"account-{n}", f"Person {n}")
    await world.travel(AN_HOUR)
    assert [len(message.embeds[0].fields) for message in lists(world)] == [8, 1]
    assert len(labels(lists(world)[0])) == 8 * 2 + 2


async def test_the_colleagues_are_told_at_once(world: World) -> None:
    ama = await claiming(world)
    ghana = world.server.members["GH"]
    told = said(await ghana.slash(world.server.channels["general"], "help"))
    assert f"<@{ama.id}>" in told
    assert "Ama Mensah" in told


async def test_what_is_claimed_reads_its_registration_and_no_contact_details(world: World) -> None:
    general = world.server.channels["general"]
    room = Room(world)
    await room.plan(room.today() + timedelta(days=60))
    ghana = world.server.members["GH"]
    await ghana.slash(general, "meeting register", attendance="online", representative="capital")
    ama = await claiming(world)
    shown = await ama.slash(general, "meeting show")
    assert "Ghana: Online" in said(shown)
    assert shown.response is not None
    assert not any("in_person" in one for one in ids_of(shown.response))
    for command, options in (("member find", {"who": "Ghana"}), ("member me", {}), ("poll list", {})):
        assert said(await ama.slash(general, command, **options)).startswith("The secretariat has not confirmed")
    exported = await ama.slash(general, "privacy export")
    assert exported.response is not None
    text = (await exported.response.attachments[1].read()).decode()
    assert "Ghana" in text or "GH" in text
    assert "Ama Mensah" not in text


async def test_two_claims_of_one_code_at_once_are_one_claim(world: World) -> None:
    code = await invited(world)
    first, second = world.add_member(world.server, "first"), world.add_member(world.server, "second")
    asked, also = await claim(world, first, code), await claim(world, second, code)
    done = said(await first.click(asked.response, label="Confirm"))
    refused = said(await second.click(also.response, label="Confirm"))
    assert "was used already" in refused
    assert "was used already" not in done
    assert await states(world) == ["waiting"]


async def test_who_waits_does_not_claim_again(world: World) -> None:
    ama = await claiming(world)
    code = await invited(world, "Kofi Addo", role="adviser")
    assert said(await claim(world, ama, code)).startswith("The secretariat has not confirmed")
    other = world.add_member(world.server, "other")
    answer = said(await office(world, "invite", delegation="Ghana", person="Ama Mensah"))
    assert "waits" in answer
    assert said(await claim(world, other, code)).startswith("Do you represent")


async def test_a_link_by_hand_decides_what_was_claimed(world: World) -> None:
    ama = await claiming(world)
    await world.travel(AN_HOUR)
    own = world.add_member(world.server, "ama's own account")
    await office(world, "link", delegation="Ghana", person="Ama Mensah", user=own)
    assert await states(world) == ["replaced"]
    await world.travel(AN_HOUR)
    assert "linked in another way" in embed_text(lists(world)[0].embeds[0])
    general = world.server.channels["general"]
    assert said(await ama.slash(general, "member me")).startswith("This is for members")


async def test_a_claim_ends_with_the_term_and_with_who_leaves(world: World) -> None:
    ama = await claiming(world)
    await claiming(world, "kofi", "Kofi Addo")
    await world.travel(AN_HOUR)
    await confirm(world, await office(world, "end", delegation="Ghana", person="Kofi Addo"))
    world.server.guild.remove_member(ama)
    await world.travel(timedelta(days=2))
    assert await states(world) == ["withdrawn", "waiting"]
    assert "no longer holds a post" in await press(world, lists(world)[0], "Confirm 2")
    assert await states(world) == ["withdrawn", "withdrawn"]


async def test_erasing_a_claim_leaves_the_person_as_they_are(world: World) -> None:
    ama = await claiming(world)
    await world.travel(AN_HOUR)
    asked = await ama.slash(world.server.channels["general"], "privacy erase")
    await ama.click(asked.response, label="Confirm")
    assert await states(world) == ["withdrawn"]
    (ghana,) = [h for h in await holders(world, "GH") if h.person.name == "Ama Mensah"]
    assert ghana.appointment.ends_on is None
    await world.travel(AN_HOUR)
    assert str(ama.id) not in embed_text(lists(world)[0].embeds[0])


async def test_a_handover_ends_what_the_predecessor_claimed(world: World) -> None:
    await office(world, "appoint", delegation=VACANT, name="Luz Rojas", role="focal_point", starts_on="2025-06-01")
    luz = world.add_member(world.server, "luz")
    await claimed(world, luz, await code_for(world, VACANT, "Luz Rojas"))
    await world.travel(AN_HOUR)
    await confirm(world, await office(world, "handover", delegation=VACANT, name="Ana Vega"))
    await world.travel(timedelta(days=1))
    assert said(await luz.slash(world.server.channels["general"], "poll list")).startswith("The secretariat has not")
    assert "no longer holds a post" in await press(world, lists(world)[0], "Confirm")
    assert said(await luz.slash(world.server.channels["general"], "poll list")).startswith("This is for members")


async def test_not_this_person_undoes_what_the_account_did(world: World) -> None:
    server, general, services = world.server, world.server.channels["general"], world.bot.services
    ama = await claiming(world)
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Confirm")
    room, booth = Room(world), Booth(world)
    async with services.transaction() as tx:
        await services.settings.change_network(tx, server.id, members_channel_id=general.id)
    await room.plan(room.today() + timedelta(days=60))
    await room.told("register", ama, attendance="online", representative="capital")
    secret, roll_call = await booth.open(), await booth.open(secret=False)
    for poll in (secret, roll_call):
        await booth.vote(ama, poll, 1)
    proposed = {"title": "Atrocity alerts", "level": "national", "format": "workshop", "description": "How"}
    await ama.slash(general, "topic propose", **proposed)
    await ama.slash(general, "member nominate", delegation="GH", name="Kwesi", role="adviser")
    assert len(await services.nominations.waiting(server.id)) == 1
    meeting = await room.meeting()
    answer = await press(world, lists(world)[0], "Not this person")
    assert "is not Ama Mensah" in answer
    assert "ballot" not in answer
    told = "".join([said(await server.members["GH"].slash(general, "help")) for _ in range(4)])
    assert all(part in told for part in ("the registration for a meeting", "ballots in open polls", "nominations"))
    assert await linked(world) is None
    assert await services.registrations.of_delegation(server.id, meeting.id, "GH") is None
    for poll in (secret, roll_call):
        assert await services.ballots.counted_ballots(server.id, poll.id) == []
        assert not any(elector.voted for elector in await services.polls.electors(server.id, poll.id))
        await booth.vote(server.members["GH"], poll, 2)
    assert (await services.nominations.waiting(server.id)) == []
    (topic,) = await services.database.fetch("SELECT state FROM topic")
    assert topic["state"] == "withdrawn"
    assert not has_role(world, ama)
    assert said(await ama.slash(general, "member me")).startswith("This is for members")
    assert "Not this person" not in labels(lists(world)[0])


async def test_what_was_done_before_the_claim_and_by_others_stays(world: World) -> None:
    room = Room(world)
    await room.plan(room.today() + timedelta(days=60))
    await room.told("register", world.server.members["GH"], attendance="in_person", representative="capital")
    ama = await claiming(world)
    await world.travel(AN_HOUR)
    answer = await press(world, lists(world)[0], "Not this person")
    assert f"<@{ama.id}>" in answer
    meeting = await room.meeting()
    kept = await world.bot.services.registrations.of_delegation(world.server.id, meeting.id, "GH")
    assert kept is not None
    told = said(await world.server.members["GH"].slash(world.server.channels["general"], "help"))
    assert "no longer counts" not in told


async def test_a_press_that_comes_late_changes_nothing(world: World) -> None:
    await claiming(world)
    await world.travel(AN_HOUR)
    (message,) = lists(world)
    asked = await world.server.secretariat.click(message, label="Not this person")
    ama = world.add_member(world.server, "ama's own account")
    await office(world, "link", delegation="Ghana", person="Ama Mensah", user=ama)
    assert "decided already" in said(await world.server.secretariat.click(asked.response, label="Confirm"))
    assert labels(lists(world)[0])[:1] == ["Details"]
    assert await linked(world) == ama.id


async def test_decided_claims_are_forgotten_after_a_while(world: World) -> None:
    await claiming(world)
    await world.travel(AN_HOUR)
    await press(world, lists(world)[0], "Not this person")
    await claiming(world, "kofi", "Kofi Addo")
    kept = int((retention.CLAIMS - timedelta(days=2)).total_seconds())
    for age, left in ((kept, ["refused", "waiting"]), (2 * kept, ["waiting"])):
        with world.as_bot():
            async with world.bot.services.transaction() as tx:
                await tx.execute("UPDATE claim SET claimed_at = ?", (tx.at - age,))
        await world.travel(timedelta(days=1))
        assert await states(world) == left


def test_every_act_is_undone_or_has_a_reason_to_stay() -> None:
    assert PERSONAL.keys() == {*ACTS, *BALLOTS, *LEFT}
