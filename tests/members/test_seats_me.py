"""One's own entry: seen, corrected in one form, handed back filled in when something is wrong."""

from datetime import date
from typing import Any

import pytest
from simcord.results import InteractionResult

from tests.members.test_seats_posts import holders, office
from tests.world import TERM_STARTS, World, card, embed_text, said


async def me(world: World, code: str = "GH") -> InteractionResult:
    return await world.server.members[code].slash(world.server.channels["general"], "member me")


async def edit(world: World, label: str = "Edit my entry", **values: object) -> InteractionResult:
    ghana = world.server.members["GH"]
    shown = await me(world)
    assert shown.response is not None
    form = await ghana.click(shown.response, label=label)
    return await ghana.submit_modal(form, values)


async def test_the_entry_is_corrected_in_one_form(world: World) -> None:
    done = await edit(
        world,
        post="Director\nMinistry of Foreign Affairs",
        languages="anglais, français",
        expertise="early warning; law",
        timezone="Accra",
        visibility=["members"],
    )
    assert "The directory now says this about you" in said(done)
    (ghana,) = await holders(world, "GH")
    person, post = ghana.person, ghana.appointment
    assert (post.title, post.ministry) == ("Director", "Ministry of Foreign Affairs")
    assert (person.languages, person.expertise) == (("en", "fr"), ("early warning", "law"))
    assert (person.timezone, person.visibility) == ("Africa/Accra", "members")
    entries, _ = await world.bot.services.audit.page(world.server.id, account_id=world.server.members["GH"].id)
    assert "Director" not in str(entries)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"languages": "Klingonese"}, "There is no language Klingonese"),
        ({"timezone": "Nowhere at all"}, "Nowhere at all"),
        ({"post": "one\ntwo\nthree"}, "Two lines are read here"),
        ({}, "Nothing differs"),
    ],
)
async def test_a_wrong_form_comes_back_filled_in(world: World, wrong: dict[str, Any], refusal: str) -> None:
    refused = await edit(world, **{"visibility": ["secretariat"], **wrong})
    assert refusal in said(refused)
    assert refused.response is not None
    again = await world.server.members["GH"].click(refused.response, label="Correct")
    assert again.modal is not None
    for typed in wrong.values():
        assert typed.splitlines()[0] in str(world.env.http_requests[-1].json)


async def test_contact_details_have_a_form_of_their_own(world: World) -> None:
    refused = await edit(world, "Edit my contact details", email="nobody")
    assert "is not an e-mail address" in said(refused)
    await edit(world, "Edit my contact details", email="ama@mfa.gov.gh", phone="+233 30 266 4951")
    (ghana,) = await holders(world, "GH")
    assert (ghana.person.email, ghana.person.phone) == ("ama@mfa.gov.gh", "+233 30 266 4951")


async def test_a_delegation_sees_what_it_has_asked_for(world: World) -> None:
    ghana = world.server.members["GH"]
    await ghana.slash(
        world.server.channels["general"], "member nominate", delegation="GH", name="Ama Mensah", role="adviser"
    )
    assert "Ama Mensah · Adviser · waiting for the secretariat" in said(await me(world))
    assert "Ama Mensah" not in said(await me(world, "DK"))


async def test_the_overview_is_the_secretariats_alone(world: World) -> None:
    await office(world, "appoint", delegation="DK", name="Bo Ek", role="adviser")
    answer = await office(world, "overview")
    shown = embed_text(card(answer))
    assert "Seats without a focal point" in shown
    assert f"Terms older than three years: {world.server.terms - len({world.server.untidy.successor})}" in shown
    assert "People without a linked account: 2" in shown
    assert "Bo Ek" in shown
    assert f"No recorded activity for a year: {world.server.delegations}" in shown
    assert answer.response is not None
    (file,) = answer.response.attachments
    assert file.filename == f"overview-{date(2025, 12, 31)}.csv"
    rows = (await file.read()).decode("utf-8-sig").splitlines()
    assert rows[0] == "concern,delegation,name,person,role,since"
    assert f"no_account,DK,Denmark,Bo Ek,Adviser,{date(2025, 12, 31)}" in rows
    refused = await world.server.members["GH"].slash(world.server.channels["general"], "member overview")
    assert "This is for the secretariat" in said(refused)


async def test_a_delegation_that_did_something_is_not_quiet(world: World) -> None:
    await edit(world, "Edit my contact details", email="ama@mfa.gov.gh")
    shown = embed_text(card(await office(world, "overview")))
    assert f"No recorded activity for a year: {world.server.delegations - 1}" in shown


async def test_each_of_several_posts_has_its_own_title(world: World) -> None:
    services, server = world.bot.services, world.server
    person = await services.members.person_of_account(server.id, server.members["GH"].id)
    sweden = await services.members.delegation(server.id, "SE")
    assert person is not None
    assert sweden is not None
    async with services.transaction() as tx:
        post_id = await services.members.appoint(tx, server.id, sweden.id, person.id, "adviser", TERM_STARTS)
    label = "Edit my post: Adviser, Sweden"
    done = await edit(world, label, post="Counsellor\nEmbassy")
    assert "The directory now says this about you" in said(done)
    shown = embed_text(card(await me(world)))
    assert "Counsellor" in shown
    assert "Embassy" in shown
    (ghana,) = await holders(world, "GH")
    assert (ghana.appointment.title, ghana.appointment.ministry) == ("", "")
    assert "Nothing differs" in said(await edit(world, label, post="Counsellor\nEmbassy"))
    shown = await me(world)
    async with services.transaction() as tx:
        await services.members.change_appointment(tx, server.id, post_id, ends_on=TERM_STARTS)
    refused = await server.members["GH"].click(shown.response, label=label)
    assert "You do not hold that post any more" in said(refused)


async def test_a_form_opened_before_another_post_was_given_corrects_the_post_it_showed(world: World) -> None:
    ghana = world.server.members["GH"]
    form = await ghana.click((await me(world)).response, label="Edit my entry")
    services = world.bot.services
    (own,) = await holders(world, "GH")
    sweden = await services.members.delegation(world.server.id, "SE")
    assert sweden is not None
    async with services.transaction() as tx:
        await services.members.change_appointment(tx, world.server.id, own.appointment.id, role="adviser")
        post = (world.server.id, sweden.id, own.person.id)
        await services.members.appoint(tx, *post, "alternate", date(2025, 12, 1), title="Envoy")
    await ghana.submit_modal(form, {"post": "Director", "visibility": ["secretariat"]})
    titles = {h.appointment.role: h.appointment.title for code in ("GH", "SE") for h in await holders(world, code)}
    assert (titles["adviser"], titles["alternate"]) == ("Director", "Envoy")
