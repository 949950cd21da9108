"""A delegation nominates, the secretariat decides once; everybody is told."""

import discord
import pytest
from simcord.results import InteractionResult

from bot.texts import Reader
from bot.ui import stored_view
from cogs.members.overview.cards import overview_card
from storage.members.models import Holder, Nomination
from tests.members.test_seats_posts import holders, office
from tests.world import World, said


async def nominate(world: World, by: str = "GH", **options: object) -> InteractionResult:
    given = {"delegation": "Ghana", "name": "Ama Mensah", "role": "alternate"} | options
    return await world.server.members[by].slash(world.server.channels["general"], "member nominate", **given)


async def press(world: World, action: str, nomination: Nomination) -> InteractionResult:
    """Press the button that the secretariat's card bears, wherever that card stands."""
    channel = world.bot.get_channel(world.server.channels["secretariat"].id)
    assert isinstance(channel, discord.TextChannel)
    subject = world.bot.services.outbox.subject("nomination")
    assert subject is not None
    (row,) = await world.bot.services.outbox.of(world.server.id, "nomination", nomination.id, "asked")
    message = await subject.message(await subject.loaded(row), Reader("en", "UTC"))
    assert message.card is not None
    sent = await channel.send(message.sentence, embed=message.card, view=stored_view(message.buttons))
    return await world.server.secretariat.click(sent, label=action)


async def asked(world: World) -> list[Nomination]:
    return await world.bot.services.nominations.waiting(world.server.id)


async def named(world: World, name: str) -> list[Holder]:
    return [h for h in await holders(world, "GH") if h.person.name == name]


async def test_a_nomination_is_put_before_the_secretariat_and_approved_once(world: World) -> None:
    user = world.add_member(world.server, "ama")
    answer = said(await nominate(world, user=user, title="Deputy Director"))
    assert "The secretariat will decide on Ama Mensah" in answer
    (nomination,) = await asked(world)
    assert await named(world, "Ama Mensah") == []
    approved = await press(world, "Approve", nomination)
    assert "Approved: Ama Mensah is Alternate of 🇬🇭 Ghana (GH)" in said(approved)
    (ama,) = await named(world, "Ama Mensah")
    assert (ama.person.account_id, ama.appointment.title) == (user.id, "Deputy Director")
    outbox = world.bot.services.outbox
    (news,) = await outbox.of(world.server.id, "appointment", ama.appointment.id)
    subject = outbox.subject("appointment")
    assert subject is not None
    message = await subject.message(await subject.loaded(news), Reader("en", "UTC"))
    assert message.card is not None
    assert "Your delegation nominated you and entered your name" in (message.card.description or "")
    (answer,) = await outbox.of(world.server.id, "nomination", nomination.id, "decided")
    assert answer.target == f"person:{nomination.nominated_by}"


async def test_a_mission_that_is_nominated_keeps_its_place(world: World) -> None:
    await nominate(world, role="mission", place="geneva")
    (nomination,) = await asked(world)
    await press(world, "Approve", nomination)
    (ama,) = await named(world, "Ama Mensah")
    assert (nomination.place, ama.appointment.place) == ("geneva", "geneva")


async def test_buttons_work_after_a_restart_and_once(world: World) -> None:
    await nominate(world)
    (nomination,) = await asked(world)
    await world.restart()
    first = await press(world, "Approve", nomination)
    assert "Approved" in said(first)
    second = await world.server.secretariat.click(await _card(world, nomination), custom_id=_id(nomination))
    assert "has decided on this nomination already" in said(second)
    assert len(await named(world, "Ama Mensah")) == 1


def _id(nomination: Nomination) -> str:
    return f"nomination:approve:{nomination.id}"


async def _card(world: World, nomination: Nomination) -> discord.Message:
    channel = world.bot.get_channel(world.server.channels["secretariat"].id)
    assert isinstance(channel, discord.TextChannel)
    view = discord.ui.View(timeout=None).add_item(discord.ui.Button(label="Approve", custom_id=_id(nomination)))
    return await channel.send("again", view=view)


async def test_a_nominee_for_two_posts_is_one_person(world: World) -> None:
    await nominate(world)
    await nominate(world, name="AMA MENSAH", role="adviser")
    for nomination in await asked(world):
        assert "Approved" in said(await press(world, "Approve", nomination))
    alternate, adviser = await named(world, "Ama Mensah")
    assert alternate.person.id == adviser.person.id


async def test_a_nominee_who_was_appointed_meanwhile_stays_one_person(world: World) -> None:
    await nominate(world)
    await office(world, "appoint", delegation="Ghana", name="Ama Mensah", role="adviser")
    (nomination,) = await asked(world)
    assert "Approved" in said(await press(world, "Approve", nomination))
    alternate, adviser = await named(world, "Ama Mensah")
    assert alternate.person.id == adviser.person.id


async def test_a_nomination_that_nobody_would_see_is_refused(world: World) -> None:
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, world.server.id, secretariat_channel_id=None)
    assert "has named no channel to receive nominations yet" in said(await nominate(world))
    assert await asked(world) == []


async def test_declining_asks_why_and_tells_the_delegation(world: World) -> None:
    await nominate(world)
    (nomination,) = await asked(world)
    form = await press(world, "Decline", nomination)
    done = await world.server.secretariat.submit_modal(form, {"reason": "Please send a note verbale."})
    assert "Declined: Ama Mensah" in said(done)
    assert await asked(world) == []
    assert await named(world, "Ama Mensah") == []
    (answer,) = await world.bot.services.outbox.of(world.server.id, "nomination", nomination.id, "decided")
    subject = world.bot.services.outbox.subject("nomination")
    assert subject is not None
    message = await subject.message(await subject.loaded(answer), Reader("en", "UTC"))
    assert message.sentence.endswith("Please send a note verbale.")


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ({"delegation": "Denmark"}, "is not your delegation"),
        ({"delegation": "Niger"}, "has no seat in this network"),
        ({"name": "🙂"}, "A name needs letters"),
    ],
)
async def test_refusals(world: World, options: dict[str, str], refusal: str) -> None:
    assert refusal in said(await nominate(world, **options))
    assert await asked(world) == []


async def test_the_same_is_not_asked_twice(world: World) -> None:
    await nominate(world)
    assert "has asked for Ama Mensah as Alternate already" in said(await nominate(world))


async def test_a_nominee_s_account_may_not_be_anothers(world: World) -> None:
    answer = said(await nominate(world, user=world.server.members["DK"]))
    assert "belongs to somebody else in the network" in answer


async def test_what_was_typed_comes_back_in_a_form_also_after_a_restart(world: World) -> None:
    member = world.server.members["GH"]
    refused = await nominate(world, title="Directrice adjointe", starts_on="next week perhaps")
    assert "“next week perhaps”" in said(refused)
    await world.restart()
    form = await member.click(refused.response, label="Correct")
    assert "Directrice adjointe" in str(form.modal)
    typed = {"name": "Ama Mensah", "title": "Directrice adjointe", "ministry": "", "starts_on": "2026-02-01"}
    assert "The secretariat will decide on Ama Mensah as Alternate" in said(await member.submit_modal(form, typed))
    (nomination,) = await asked(world)
    assert nomination.title == "Directrice adjointe"
    assert str(nomination.starts_on) == "2026-02-01"


async def test_a_nomination_that_waits_is_not_hidden_by_seats_that_are_all_in_order(world: World) -> None:
    await nominate(world)
    card = overview_card([], len(await asked(world)), 0, 0, Reader("en", "UTC"))
    assert "1 nomination waits for you" in str(card.description)
    assert "nothing to look after" not in str(card.description)
