"""What a predecessor will be sent is shown before, and can be left out; a nomination for a held seat is a hand-over."""

from datetime import date, timedelta

import pytest
from simcord.results import InteractionResult

from tests.members.test_seats_nominations import asked, nominate, press
from tests.members.test_seats_posts import confirm, holders, office, told
from tests.people import Person
from tests.world import World, embed_text, labels, said


def buttons(result: InteractionResult) -> list[str]:
    assert result.response is not None
    return [c["label"] for row in result.response.components for c in row["components"]]


async def hand_over(world: World, **options: object) -> InteractionResult:
    given = {"delegation": "GH", "name": "Ama Mensah", "starts_on": "2026-03-02", **options}
    return await office(world, "handover", **given)


async def test_the_preview_of_a_hand_over_shows_what_the_predecessor_will_be_sent(world: World) -> None:
    shown = await hand_over(world)
    assert "Thank you: your term as Focal point of 🇬🇭 Ghana (GH) ends on 1 March 2026." in said(shown)
    assert "What to hand over" in said(shown)
    assert "next reply to them" in said(shown), "how it reaches them"
    assert buttons(shown) == ["Confirm", "Do not write to the predecessor", "Cancel"]


@pytest.mark.parametrize("command", ["handover", "end"])
async def test_a_predecessor_who_is_not_written_to_is_sent_nothing(world: World, command: str) -> None:
    (term,) = await holders(world, "GH")
    given = {"person": str(term.person.id), "ends_on": "2026-03-01"} if command == "end" else {}
    shown = await (office(world, "end", delegation="GH", **given) if command == "end" else hand_over(world))
    await world.restart()
    secretariat = world.server.secretariat
    await secretariat.click(shown.response, label="Do not write to the predecessor")
    text = shown.response.content
    assert "Nothing will be sent to" in text
    assert "Thank you" not in text
    assert not shown.response.embeds
    assert buttons(shown) == ["Confirm", "Write to the predecessor", "Cancel"]
    await secretariat.click(shown.response, label="Write to the predecessor")
    assert "Thank you" in shown.response.content
    await secretariat.click(shown.response, label="Do not write to the predecessor")
    done = await confirm(world, shown)
    old = next(h for h in await holders(world, "GH") if h.person.id == term.person.id)
    assert old.appointment.ends_on == date(2026, 3, 1)
    assert await told(world, "appointment", old.appointment.id) == []
    assert "next reply to them" not in done


async def test_the_preview_of_an_end_shows_what_the_person_will_be_sent(world: World) -> None:
    (term,) = await holders(world, "GH")
    shown = await office(world, "end", delegation="GH", person=str(term.person.id))
    assert "Thank you: your term as Focal point of 🇬🇭 Ghana (GH) ends on 31 December 2025." in said(shown)
    await confirm(world, shown)
    assert [row.kind for row in await told(world, "appointment", term.appointment.id)] == ["thanks"]


@pytest.fixture
def ama(world: World) -> Person:
    return world.add_member(world.server, "ama")


async def test_a_nomination_for_a_held_seat_is_approved_as_a_hand_over(world: World, ama: Person) -> None:
    (old,) = await holders(world, "GH")
    await nominate(world, role="focal_point", user=ama, starts_on="2026-03-02")
    put = list(world.server.channels["secretariat"].history())[-1]
    assert "last day will be 1 March 2026" in embed_text(put.embeds[0])
    (nomination,) = await asked(world)
    shown = await press(world, "Approve", nomination)
    assert "ends on 1 March 2026, and Ama Mensah begins on 2 March 2026" in said(shown)
    assert buttons(shown) == ["Confirm", "Do not write to the predecessor", "Cancel"]
    assert await asked(world) == [nomination], "nothing is decided before Confirm"
    await confirm(world, shown)
    assert await asked(world) == []
    new, before = await holders(world, "GH")
    assert (before.person.id, before.appointment.ends_on) == (old.person.id, date(2026, 3, 1))
    assert (new.person.account_id, new.appointment.starts_on) == (ama.id, date(2026, 3, 2))
    assert [row.kind for row in await told(world, "appointment", before.appointment.id)] == ["thanks"]
    assert [row.kind for row in await told(world, "nomination", nomination.id)] == ["asked", "decided"]
    await world.env.settle()
    after = [m for m in world.server.channels["secretariat"].history() if m.id == put.id]
    assert "Approve" not in labels(after[0])


async def test_a_hand_over_by_nomination_may_leave_the_predecessor_out(world: World) -> None:
    (old,) = await holders(world, "GH")
    await nominate(world, role="focal_point")
    put = list(world.server.channels["secretariat"].history())[-1]
    assert "the day before the approval" in embed_text(put.embeds[0])
    (nomination,) = await asked(world)
    shown = await press(world, "Approve", nomination)
    await world.server.secretariat.click(shown.response, label="Do not write to the predecessor")
    await confirm(world, shown)
    assert await asked(world) == []
    assert await told(world, "appointment", old.appointment.id) == []
    before = next(h for h in await holders(world, "GH") if h.person.id == old.person.id)
    assert before.appointment.ends_on == date(2025, 12, 30)


async def test_a_seat_that_has_its_next_focal_point_takes_no_nomination(world: World) -> None:
    shown = await hand_over(world, name="Kofi Boateng")
    await confirm(world, shown)
    refused = said(await nominate(world, role="focal_point"))
    assert "Kofi Boateng is already to be focal point of 🇬🇭 Ghana (GH) from 2 March 2026" in refused
    assert await asked(world) == []


async def test_a_seat_waits_for_one_nomination_as_focal_point(world: World) -> None:
    await nominate(world, role="focal_point")
    refused = said(await nominate(world, role="focal_point", name="Kofi Boateng"))
    assert "has nominated Ama Mensah as its next focal point already" in refused
    assert len(await asked(world)) == 1


async def test_approving_after_somebody_else_was_made_to_follow_is_refused(world: World) -> None:
    await nominate(world, role="focal_point")
    (nomination,) = await asked(world)
    await confirm(world, await hand_over(world, name="Kofi Boateng"))
    assert "Kofi Boateng is already to be focal point" in said(await press(world, "Approve", nomination))
    await world.travel(timedelta(hours=1))
    assert len(await asked(world)) == 1
