"""Appoint, hand over, end and link: what is written, what is refused, who is told."""

from datetime import date

import pytest
from simcord.backend.errors import SetupError
from simcord.results import InteractionResult

from storage.members.models import Holder
from storage.outbox.models import OutboxRow
from tests.people import Person
from tests.world import World, card, embed_text, said

TODAY = date(2025, 12, 31)
"""In New York, when SimCord's first second of 2026 begins in UTC."""


async def office(world: World, command: str, **options: object) -> InteractionResult:
    server = world.server
    return await server.secretariat.slash(server.channels["secretariat"], f"member {command}", **options)


async def confirm(world: World, asked: InteractionResult, actor: Person | None = None) -> str:
    assert asked.response is not None
    done = await (actor or world.server.secretariat).click(asked.response, label="Confirm")
    return done.response.content if done.response is not None else said(done)


async def holders(world: World, code: str) -> list[Holder]:
    delegation = await world.bot.services.members.delegation(world.server.id, code)
    assert delegation is not None
    return await world.bot.services.members.holders(world.server.id, delegation.id)


async def told(world: World, subject: str, subject_id: int) -> list[OutboxRow]:
    return await world.bot.services.outbox.of(world.server.id, subject, subject_id)


async def test_an_alternate_is_appointed_at_once_and_told(world: World) -> None:
    user = world.add_member(world.server, "anna")
    answer = await office(
        world, "appoint", delegation="Denmark", name="Anna Berg", role="alternate", user=user, title="Head of Unit"
    )
    assert "Anna Berg is Alternate of 🇩🇰 Denmark (DK)" in said(answer)
    anna = next(h for h in await holders(world, "DK") if h.person.name == "Anna Berg")
    assert (anna.appointment.title, anna.appointment.starts_on, anna.person.account_id) == (
        "Head of Unit",
        TODAY,
        user.id,
    )
    (row,) = await told(world, "appointment", anna.appointment.id)
    assert (row.kind, row.target) == ("appointed", f"person:{anna.person.id}")


async def test_two_focal_points_at_once_are_refused_with_the_way_out(world: World) -> None:
    answer = said(await office(world, "appoint", delegation="DK", name="Anna Berg", role="focal_point"))
    assert "one focal point at a time" in answer
    assert "/member handover" in answer
    assert len(await holders(world, "DK")) == 1


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"ends_on": "2020-01-01"}, "cannot end before it starts"),
        ({"name": "…"}, "A name needs letters"),
        ({"delegation": "Niger"}, None),
        ({"delegation": "Nowhere"}, "Nothing here is called Nowhere"),
        ({"starts_on": "03/04/2027"}, "2027"),
    ],
)
async def test_bad_input_to_appoint(world: World, options: dict[str, str], refusal: str | None) -> None:
    given = {"delegation": "DK", "name": "Anna Berg", "role": "adviser"} | options
    answer = said(await office(world, "appoint", **given))
    if refusal is None:
        assert "🇳🇪 Niger (NE) has no seat in this network. Give it one" in answer
    else:
        assert refusal in answer
    assert len(await holders(world, "DK")) == 1


async def test_a_state_without_a_seat_gets_one_after_confirm(world: World) -> None:
    asked = await office(world, "appoint", delegation="Chile", name="Ana Soto", role="focal_point")
    assert "Ana Soto is Focal point of 🇨🇱 Chile (CL)" in await confirm(world, asked)
    (ana,) = await holders(world, "CL")
    assert ana.person.name == "Ana Soto"


async def test_one_account_cannot_be_two_people(world: World) -> None:
    ghana = world.server.members["GH"]
    answer = said(await office(world, "appoint", delegation="DK", name="Anna", role="adviser", user=ghana))
    assert "belongs to somebody else" in answer
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser")
    answer = said(await office(world, "link", delegation="DK", person="Bo Ek", user=ghana))
    assert "belongs to somebody else" in answer


async def test_the_same_post_is_not_given_twice(world: World) -> None:
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser")
    answer = said(await office(world, "appoint", delegation="DK", name="bo ek", role="adviser"))
    assert "is Adviser of 🇩🇰 Denmark (DK) already" in answer


async def test_an_alternate_who_becomes_adviser_stays_one_person(world: World) -> None:
    user = world.add_member(world.server, "bo")
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="alternate", user=user)
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser", starts_on="2030-01-01")
    people = {h.person.id for h in await holders(world, "DK") if h.person.name == "Bo Ek"}
    assert len(people) == 1


async def test_handover_ends_one_term_the_day_before_the_next(world: World) -> None:
    user = world.add_member(world.server, "new")
    asked = await office(world, "handover", delegation="Ghana", name="Ama Mensah", user=user, starts_on="2026-03-01")
    assert "ends on 28 February 2026, and Ama Mensah begins on 1 March 2026" in said(asked)
    said_after = await confirm(world, asked)
    # One sentence for each: the news may not go by e-mail, the thanks may.
    assert said_after.count("next reply to them") == 2
    assert "cannot be reached" not in said_after
    new, old = await holders(world, "GH")
    assert (old.appointment.ends_on, new.appointment.starts_on) == (date(2026, 2, 28), date(2026, 3, 1))
    assert [row.kind for row in await told(world, "appointment", old.appointment.id)] == ["thanks"]
    assert [row.kind for row in await told(world, "appointment", new.appointment.id)] == ["succeeds"]


async def test_confirm_works_once_and_after_a_restart(world: World) -> None:
    asked = await office(world, "handover", delegation="Ghana", name="Ama Mensah", starts_on="2026-03-01")
    await world.restart()
    said_after = await confirm(world, asked)
    # The successor has no account yet, so nothing reaches her.
    assert "Ama Mensah cannot be reached" in said_after
    assert "Ghana see" in said_after
    assert len(await holders(world, "GH")) == 2
    with pytest.raises(SetupError, match="No matching component"):
        await confirm(world, asked)


async def test_a_handover_before_the_term_began_is_refused(world: World) -> None:
    await confirm(world, await office(world, "handover", delegation="GH", name="Ama Mensah"))
    answer = said(await office(world, "handover", delegation="GH", name="Efua Owusu"))
    assert "has been focal point since 31 December 2025 only" in answer
    assert "Choose a later" in answer


async def test_a_handover_to_oneself_or_over_a_coming_term_is_refused(world: World) -> None:
    await confirm(world, await office(world, "handover", delegation="GH", name="Ama Mensah", starts_on="2026-06-01"))
    answer = said(await office(world, "handover", delegation="GH", name="Efua Owusu", starts_on="2026-03-01"))
    assert "one focal point at a time: Ama Mensah, from 1 June 2026 on" in answer
    history = await office(world, "history", delegation="GH")
    assert "from 1 June 2026 on" in embed_text(card(history))
    answer = said(await office(world, "handover", delegation="GH", name="Ama Mensah", starts_on="2027-03-01"))
    assert "is the focal point already" in answer


async def test_a_handover_of_a_vacant_seat_is_an_appointment(world: World) -> None:
    await confirm(world, await office(world, "end", delegation="GH", person="Focal point of Ghana"))
    await world.travel(2 * 86400)
    answer = said(await office(world, "handover", delegation="GH", name="Ama"))
    assert "has no focal point" in answer


async def test_end_asks_with_the_full_name_and_keeps_the_history(world: World) -> None:
    asked = await office(world, "end", delegation="GH", person="Focal point of Ghana", ends_on="2026-06-30")
    assert "Focal point of 🇬🇭 Ghana (GH) ends on 30 June 2026" in said(asked)
    await confirm(world, asked)
    (old,) = await holders(world, "GH")
    assert old.appointment.ends_on == date(2026, 6, 30)


async def test_a_term_that_would_end_before_it_starts_is_refused(world: World) -> None:
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="adviser", starts_on="2026-05-01")
    answer = said(await office(world, "end", delegation="GH", person="Ama Mensah", ends_on="2026-04-01"))
    assert "cannot end before it starts" in answer


async def test_somebody_unknown_is_answered_with_who_is_there(world: World) -> None:
    answer = said(await office(world, "end", delegation="GH", person="Nobody"))
    assert "Focal point of Ghana" in answer


async def test_a_person_changes_account_after_confirm(world: World) -> None:
    user = world.add_member(world.server, "second account")
    asked = await office(world, "link", delegation="GH", person="Focal point of Ghana", user=user)
    assert "The other account loses its access" in said(asked)
    await confirm(world, asked)
    (ghana,) = await holders(world, "GH")
    assert ghana.person.account_id == user.id


async def test_the_lists_offer_people_of_the_chosen_delegation(world: World) -> None:
    server = world.server
    channel = server.channels["secretariat"]
    offered = await server.secretariat.autocomplete(channel, "member end", "person", "", delegation="GH")
    assert [choice["name"] for choice in offered] == ["Focal point of Ghana · Focal point"]


async def test_what_was_typed_to_appoint_or_hand_over_comes_back_in_a_form(world: World) -> None:
    user = world.add_member(world.server, "kofi")
    given = {"delegation": "Ghana", "name": "Kofi Annan", "user": user, "ministry": "Foreign Affairs"}
    secretary = world.server.secretariat
    for command, role in (("appoint", {"role": "adviser"}), ("handover", {})):
        refused = await office(world, command, **given, **role, starts_on="some day")
        form = await secretary.click(refused.response, label="Correct")
        assert "Foreign Affairs" in str(form.modal)
        typed = {"name": "Kofi Annan", "title": "", "ministry": "Foreign Affairs", "starts_on": "2026-02-01"}
        done = said(await secretary.submit_modal(form, typed))
        assert "Kofi Annan" in done
        assert "1 February 2026" in done
    (adviser,) = [h for h in await holders(world, "GH") if h.appointment.role == "adviser"]
    assert (adviser.person.account_id, adviser.appointment.ministry) == (user.id, "Foreign Affairs")


async def test_a_mission_is_in_new_york_or_in_geneva(world: World) -> None:
    given = {"delegation": "Ghana", "name": "Kofi Annan", "role": "mission", "place": "geneva"}
    # The place is kept also while something else is corrected.
    refused = await office(world, "appoint", **given, starts_on="some day")
    form = await world.server.secretariat.click(refused.response, label="Correct")
    typed = {"name": "Kofi Annan", "title": "", "ministry": "", "starts_on": "2026-02-01", "ends_on": ""}
    await world.server.secretariat.submit_modal(form, typed)
    (mission,) = [h for h in await holders(world, "GH") if h.appointment.role == "mission"]
    assert mission.appointment.place == "geneva"
    no_mission = await office(world, "appoint", **given | {"role": "adviser", "name": "Ama Mensah"})
    assert "Only a permanent mission has a place" in said(no_mission)
    assert all(h.person.name != "Ama Mensah" for h in await holders(world, "GH"))


async def test_a_term_that_two_end_on_the_same_day_ends_once(world: World) -> None:
    first, second = [await office(world, "end", delegation="GH", person="Focal point of Ghana") for _ in range(2)]
    assert "ends on 31 December 2025" in await confirm(world, first)
    assert "ends on 31 December 2025 already: nothing was changed." in await confirm(world, second)
    again = await office(world, "end", delegation="GH", person="Focal point of Ghana")
    assert "ends on 31 December 2025 already: nothing was changed." in said(again)


async def test_who_was_thanked_for_a_last_day_is_not_thanked_again_by_the_hand_over(world: World) -> None:
    ending = {"delegation": "GH", "person": "Focal point of Ghana", "ends_on": "2026-01-31"}
    await confirm(world, await office(world, "end", **ending))
    handed = await office(world, "handover", delegation="GH", name="Kofi", starts_on="2026-02-01")
    assert "is focal point of" in await confirm(world, handed)
    ghana = next(h for h in await holders(world, "GH") if not h.person.name)
    assert [row.kind for row in await told(world, "appointment", ghana.appointment.id)] == ["thanks"]


async def test_two_who_give_a_new_seat_to_the_same_person_give_it_once(world: World) -> None:
    asked = [await office(world, "appoint", delegation="Andorra", name="Eva", role="adviser") for _ in range(2)]
    assert "Eva is Adviser of 🇦🇩 Andorra (AD)" in await confirm(world, asked[0])
    assert "already, from 31 December 2025 on: nothing was changed." in await confirm(world, asked[1])
    assert len(await holders(world, "AD")) == 1


async def test_a_name_that_is_nearly_another_is_asked_about_and_one_written_otherwise_is_the_same(world: World) -> None:
    await office(world, "appoint", delegation="DK", name="Anna Berg Holm", role="alternate")
    same = await office(world, "appoint", delegation="DK", name="ANNA\u00a0BERG  HOLM", role="adviser")
    assert "Adviser of" in said(same)
    asked = await office(world, "appoint", delegation="DK", name="Anna Berg Holmm", role="mission")
    assert "Anna Berg Holm:" in said(asked)
    there = [h for h in await holders(world, "DK") if h.person.name]
    assert len(there) == 2
    assert {h.person.name for h in there} == {"Anna Berg Holm"}
    assert "Permanent mission" in await confirm(world, asked)
    assert len({h.person.id for h in await holders(world, "DK") if h.person.name}) == 2


async def test_a_handover_to_a_name_that_is_nearly_another_says_so_in_its_question(world: World) -> None:
    await office(world, "appoint", delegation="DK", name="Anna Holm", role="alternate")
    asked = await office(world, "handover", delegation="DK", name="Ana Holm", starts_on="2026-02-01")
    assert "has Anna Holm" in said(asked)
