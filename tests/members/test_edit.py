"""``/member edit``: the secretariat corrects somebody's entry."""

from typing import Any

from storage.members.models import Holder
from tests.world import World, labels, said


async def holder_of(world: World, code: str) -> Holder:
    members = world.bot.services.members
    delegation = await members.delegation(world.server.id, code)
    assert delegation is not None
    [holder] = await members.holders(world.server.id, delegation.id)
    return holder


async def edit(world: World, code: str = "GH", **options: str | bool) -> Any:
    server, holder = world.server, await holder_of(world, code)
    return await server.secretariat.slash(
        server.channels["secretariat"], "member edit", delegation=code, person=str(holder.person.id), **options
    )


async def test_what_is_given_is_corrected_and_all_else_stays(world: World) -> None:
    before = await holder_of(world, "GH")
    answer = await edit(
        world, email="mawu@example.org", timezone="Accra", language="fr", ministry="Ministry of Foreign Affairs"
    )
    for part in ("GH", "e-mail", "time zone", "languages", "ministry"):
        assert part in said(answer)
    after = await holder_of(world, "GH")
    assert (after.person.email, after.person.timezone) == ("mawu@example.org", "Africa/Accra")
    assert after.person.languages[0] == "fr"
    assert after.appointment.ministry == "Ministry of Foreign Affairs"
    assert (after.person.name, after.appointment.title) == (before.person.name, before.appointment.title)
    entries, _ = await world.bot.services.audit.page(world.server.id, limit=2)
    assert {(entry.action, entry.subject) for entry in entries} == {("change", "person"), ("change", "appointment")}


async def test_an_address_that_is_none_comes_back_in_the_form_with_all_else(world: World) -> None:
    refused = await edit(world, email="mawu at example", phone="+233 20 000 0000")
    assert "mawu at example" in said(refused)
    assert labels(refused.response.message) == ["Correct"]
    assert (await holder_of(world, "GH")).person.phone == ""
    form = await world.server.secretariat.click(refused.response, label="Correct")
    assert "mawu at example" in str(form.modal)
    assert "+233 20 000 0000" in str(form.modal)
    done = await world.server.secretariat.submit_modal(
        form,
        {
            "name": "Ms Mawu",
            "post": "Director\nMinistry",
            "email": "mawu@example.org",
            "phone": "+233 20 000 0000",
            "timezone": "",
        },
    )
    assert "e-mail" in said(done)
    after = await holder_of(world, "GH")
    assert (after.person.name, after.person.email) == ("Ms Mawu", "mawu@example.org")
    assert (after.appointment.title, after.appointment.ministry) == ("Director", "Ministry")


async def test_without_options_the_form_opens_filled_in(world: World) -> None:
    opened = await edit(world)
    assert opened.modal is not None
    await edit(world, name="Ms Mawu")
    nothing = await edit(world, name="Ms Mawu")
    assert "nothing was changed" in said(nothing)


async def test_an_address_out_of_use_is_in_use_again_when_it_is_typed_again(world: World) -> None:
    services, guild_id = world.bot.services, world.server.id
    await edit(world, email="mawu@example.org")
    person_id = (await holder_of(world, "GH")).person.id
    with world.as_bot():
        async with services.transaction() as tx:
            await tx.execute("UPDATE person SET email_returned_at = ? WHERE id = ?", (tx.at, person_id))
    secretary, room = world.server.secretariat, world.server.channels["secretariat"]
    assert "an e-mail came back: 1" in said(await secretary.slash(room, "member overview"))
    own = await world.server.members["GH"].slash(world.server.channels["general"], "member me")
    assert "came back" in said(own)
    again = await edit(world, email="mawu@example.org")
    assert "in use again" in said(again)
    assert (await holder_of(world, "GH")).person.address == "mawu@example.org"
    found = await services.members.person(guild_id, person_id)
    assert found is not None
    assert found.email_returned_at is None


async def test_a_stop_that_came_by_reply_is_recorded_and_undone(world: World) -> None:
    assert "e-mail" in said(await edit(world, email_allowed=False))
    assert not (await holder_of(world, "GH")).person.email_allowed
    assert "Nothing differs" in said(await edit(world, email_allowed=False))
    await edit(world, email_allowed=True)
    assert (await holder_of(world, "GH")).person.email_allowed
